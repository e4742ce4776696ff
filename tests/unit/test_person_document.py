"""Documents of persons for which the form has no field of its own kind."""

from __future__ import annotations

import pytest

from desktop.domain.person_document import check_person_document, document_of
from desktop.domain.walk_in import IdKind
from tests.factories import FILED_ON, PERSON_ID

pytestmark = pytest.mark.requirement("LG-28-2.1", "LG-28-Lc")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("E00000000", IdKind.PASSPORT),
        ("ea 0000000", IdKind.PASSPORT),
        ("000000000", IdKind.PASSPORT),
        ("H00000000", IdKind.HK_MACAO_PERMIT),
        ("M0000000001", IdKind.HK_MACAO_PERMIT),
        ("00000000", IdKind.TAIWAN_PERMIT),
        ("ABC000000000000", IdKind.FOREIGN_RESIDENT_ID),
        (PERSON_ID, IdKind.RESIDENT_ID),
    ],
)
def test_a_document_is_recognised_by_the_form_of_its_number(number: str, kind: IdKind) -> None:
    assert document_of(number) is kind
    assert check_person_document(number, FILED_ON).valid


@pytest.mark.parametrize(
    ("number", "says"),
    [
        pytest.param(PERSON_ID[:-1], "现有 17 位", id="a-digit-short"),
        pytest.param(PERSON_ID[:-1] + "1", "校验码不符", id="wrong-check-symbol"),
        pytest.param("110105491231002", "15 位旧身份证号", id="old"),
        pytest.param("1234", "应为 18 位", id="far-too-short"),
        pytest.param("91000000000000000", "现有 17 位", id="foreign-a-digit-short"),
    ],
)
def test_a_slip_in_a_resident_id_is_not_taken_for_another_document(number: str, says: str) -> None:
    checked = check_person_document(number, FILED_ON)
    assert not checked.valid
    assert says in checked.why
