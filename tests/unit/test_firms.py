"""Certificates of the register by the day, and what a typed firm must have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.firms import (
    EXPIRY_NOTICE_DAYS,
    CertificateKind,
    FirmCertificate,
    FirmDraft,
    FirmKind,
    PapersState,
    as_contractor,
    expiring,
    firm_faults,
    newest_of_each,
    state_of,
)
from desktop.domain.walk_in import IdKind, PartyKind
from tests.factories import COMPANY_CODE, FILED_ON, PERSON_ID

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def certificate(valid_to: date | None = None, **changes: object) -> FirmCertificate:
    """A qualification."""
    made = FirmCertificate(
        kind=CertificateKind.QUALIFICATION, title="装修装饰专业承包", number="D344", grade="二级", valid_to=valid_to
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def firm(**changes: object) -> FirmDraft:
    """An enterprise that can be kept."""
    made = FirmDraft(name="深圳市匠新装饰工程有限公司", id_number=COMPANY_CODE, trade="装饰装修")
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.requirement("LG-13-2")
@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (-1, PapersState.EXPIRED),
        (0, PapersState.EXPIRING),
        (EXPIRY_NOTICE_DAYS, PapersState.EXPIRING),
        (EXPIRY_NOTICE_DAYS + 1, PapersState.VALID),
    ],
)
def test_the_last_valid_day_counts_and_sixty_days_before_it_notice_is_given(days_left: int, state: PapersState) -> None:
    assert certificate(FILED_ON + timedelta(days=days_left)).state_on(FILED_ON) is state


@pytest.mark.requirement("LG-13-2")
def test_a_certificate_without_an_end_does_not_run_out() -> None:
    assert certificate(None).state_on(date.max) is PapersState.VALID


@pytest.mark.requirement("LG-13-2")
@given(ends=st.lists(DAYS, max_size=5), day=DAYS)
def test_the_state_of_all_papers_is_that_of_the_worst_one(ends: list[date], day: date) -> None:
    papers = [certificate(end, title=f"证书{place}") for place, end in enumerate(ends)]
    states = [one.state_on(day) for one in papers]
    worst_first = [PapersState.EXPIRED, PapersState.EXPIRING, PapersState.VALID]
    assert state_of(papers, day) is next((state for state in worst_first if state in states), PapersState.NONE)


@pytest.mark.requirement("LG-13-2")
@given(ends=st.lists(DAYS, min_size=1, max_size=5), day=DAYS)
def test_a_renewed_certificate_speaks_for_the_ones_before_it(ends: list[date], day: date) -> None:
    renewed = [certificate(end, number=f"D{place}") for place, end in enumerate(ends)]
    [newest] = newest_of_each(renewed)
    assert newest.valid_to == max(ends)
    assert state_of(renewed, day) is newest.state_on(day)


@pytest.mark.requirement("LG-13-2")
@given(ends=st.lists(DAYS, max_size=6), day=DAYS, within=st.integers(0, 400))
def test_the_expiry_list_holds_exactly_what_ends_by_its_last_day_in_order(
    ends: list[date], day: date, within: int
) -> None:
    papers = [certificate(end, title=f"证书{place}") for place, end in enumerate(ends)]
    listed = [one.valid_to for one in expiring(papers, day, within_days=within)]
    assert listed == sorted(end for end in ends if end <= day + timedelta(days=within))


@pytest.mark.requirement("LG-13-2", "LG-10-1c")
def test_a_firm_becomes_a_contractor_with_its_longest_qualification_and_licence() -> None:
    old, new = certificate(date(2026, 1, 1), number="旧"), certificate(date(2029, 1, 1), number="新")
    licence = certificate(date(2028, 1, 1), kind=CertificateKind.SAFETY_LICENCE, number="安许0001")
    taken = as_contractor(firm(certificates=(new, old, licence)))
    assert (taken.qualification.number, taken.qualification.grade) == ("新", "二级")
    assert (taken.safety_licence.number, taken.safety_licence.valid_to) == ("安许0001", date(2028, 1, 1))


@pytest.mark.requirement("YC-4i", "YC-4b")
def test_a_craftsman_is_an_individual_contractor() -> None:
    craftsman = firm(kind=FirmKind.CRAFTSMAN, name="何平", id_kind=IdKind.RESIDENT_ID, id_number=PERSON_ID)
    assert firm_faults(craftsman, FILED_ON) == ()
    party = as_contractor(craftsman).party
    assert (party.kind, party.id_kind, party.id_number) == (PartyKind.PERSON, IdKind.RESIDENT_ID, PERSON_ID)


@pytest.mark.requirement("YC-4b")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"trade": ""}, "trade"),
        ({"id_number": ""}, "id_number"),
        ({"id_number": COMPANY_CODE[:-1] + "4"}, "id_number"),
        ({"phone": "12"}, "phone"),
        ({"listed_phone": "13800006612"}, "listed_phone"),
        ({"certificates": (certificate(number=" "),)}, "certificates.0.number"),
        ({"remark": "长" * 201}, "remark"),
    ],
)
def test_what_a_firm_lacks_is_named_at_its_field(changes: dict[str, object], field: str) -> None:
    assert [fault.field for fault in firm_faults(firm(**changes), FILED_ON)] == [field]


@pytest.mark.requirement("YC-4b")
def test_a_landline_may_stand_on_the_list_for_owners() -> None:
    assert firm_faults(firm(listed_phone="0755-20001234", phone="13800006612"), FILED_ON) == ()
