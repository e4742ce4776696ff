"""The lines of ``small-works check-id``."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.id_report import report_lines

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.requirement("LG-28-2.1")


@pytest.mark.parametrize(
    ("number", "credit_code", "begins"),
    [
        ("11010519491231002x", False, "11010519491231002X valid "),
        ("１１０１０５１９４９１２３１００２Ｘ", False, "11010519491231002X valid "),
        ("430602199002301234", False, "430602199002301234 invalid 出生日期不存在"),
        ("91350100m000100y43", True, "91350100M000100Y43 valid "),
        ("91350100M000100Y4Z", True, "91350100M000100Y4Z invalid 第 18 位“Z”"),
        ("92430602MA4L0000Y0", True, "92430602MA4L0000Y0 valid "),
        ("", False, "- invalid 未填写身份证号"),
        ("12\x1b[2J\x0b3", False, "12\\u001b[2J\\u000b3 invalid "),
        ("12\udcff3", False, "12\\udcff3 invalid "),
    ],
)
def test_a_line_gives_number_verdict_and_reason(number: str, credit_code: bool, begins: str) -> None:
    (line,) = report_lines([number], credit_code, TODAY)
    assert line.startswith(begins)


def test_the_lines_keep_the_order_of_the_numbers() -> None:
    lines = report_lines(["34052419800101001X", "1", "440524188001010014"], False, TODAY)
    assert [line.split()[1] for line in lines] == ["valid", "invalid", "valid"]


@given(number=st.text(st.characters(codec=None)), credit_code=st.booleans())
def test_any_argument_gives_one_printable_line_of_three_parts(number: str, credit_code: bool) -> None:
    (line,) = report_lines([number], credit_code, TODAY)
    assert len(line.splitlines()) == 1
    assert line.split(maxsplit=2)[1] in ("valid", "invalid")
    line.encode("utf-8")
