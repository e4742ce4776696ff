"""Numbers of registrations and notices: office, series, year and serial, e.g. ``PA-DJ-2026-000123``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Act
from desktop.domain.checked import half_width
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local


class Series(StrEnum):
    """The series of numbers an office keeps; each starts anew every year."""

    REGISTRATION = "DJ"
    ONE_TIME_NOTICE = "GZ"
    PERMIT_NOTICE = "XK"
    MUST_NOT_START = "JZ"
    TRANSFER = "YJ"
    NOT_APPLICABLE = "BS"
    TO_STREET_OFFICE = "ZB"
    RECEIVED = "SJ"
    ORDER = "ZL"
    HAZARD = "YH"
    RECTIFICATION = "ZG"
    ESCALATION = "TG"
    FOUND_SITE = "FX"
    REPORT = "JB"
    LETTER = "HG"
    PATROL_PAPER = "XC"
    CHANGE = "BG"
    EXTENSION = "YQ"
    CLOSEOUT = "ZX"
    REVOCATION = "CX"
    DRAW = "CC"
    BOOK = "BC"
    STATISTICS = "TJ"
    EVALUATION = "PJ"

    @property
    def label(self) -> str:
        """Give the Chinese name of the series."""
        return _LABELS[self]


_LABELS: Final = LocalCatalogue(
    {
        Series.REGISTRATION: "登记",
        Series.ONE_TIME_NOTICE: "一次性告知",
        Series.PERMIT_NOTICE: "告知办理施工许可",
        Series.MUST_NOT_START: "告知不得开工",
        Series.TRANSFER: "移送（转办）",
        Series.NOT_APPLICABLE: "不属受理范围",
        Series.TO_STREET_OFFICE: "转街道办理",
        Series.RECEIVED: "收件送审",
        Series.ORDER: "责令",
        Series.HAZARD: "隐患",
        Series.RECTIFICATION: "整改通知",
        Series.ESCALATION: "提级管理",
        Series.FOUND_SITE: "发现未登记",
        Series.REPORT: "投诉举报",
        Series.LETTER: "函告",
        Series.PATROL_PAPER: "巡查文书",
        Series.CHANGE: "变更",
        Series.EXTENSION: "延期",
        Series.CLOSEOUT: "注销",
        Series.REVOCATION: "撤销",
        Series.DRAW: "抽查",
        Series.BOOK: "登记簿",
        Series.STATISTICS: "统计",
        Series.EVALUATION: "评价",
    },
    local,
)

SERIES_OF_ACT: Final = {
    Act.ACCEPT: Series.REGISTRATION,
    Act.ONE_TIME_NOTICE: Series.ONE_TIME_NOTICE,
    Act.INFORM_PERMIT: Series.PERMIT_NOTICE,
    Act.MUST_NOT_START: Series.MUST_NOT_START,
    Act.NOT_APPLICABLE: Series.NOT_APPLICABLE,
    Act.TO_STREET_OFFICE: Series.TO_STREET_OFFICE,
    Act.SUBMIT_FOR_REVIEW: Series.RECEIVED,
}

SERIAL_DIGITS: Final = 6
LONGEST_OFFICE_CODE: Final = 12
_OFFICE_CODE: Final = re.compile(f"[A-Z0-9]{{1,{LONGEST_OFFICE_CODE}}}")
_SERIES: Final = "|".join(series.value for series in Series)
_PARTED: Final = re.compile(rf"([A-Z0-9]{{1,{LONGEST_OFFICE_CODE}}})-({_SERIES})-([0-9]{{4}})-([0-9]{{1,15}})")
_RUN_TOGETHER: Final = re.compile(
    rf"([A-Z0-9]{{1,{LONGEST_OFFICE_CODE}}}?)({_SERIES})([0-9]{{4}})([0-9]{{{SERIAL_DIGITS},15}})"
)
_DASHES: Final = re.compile("[‐-―−－_]")
_BLANKS: Final = re.compile(r"\s+|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterNumber:
    """The four parts of a number."""

    office_code: str
    series: Series
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.office_code}-{self.series.value}-{self.year:04}-{self.serial:0{SERIAL_DIGITS}}"


def is_office_code(text: str) -> bool:
    """Say whether a text can head numbers: 1 to 12 capital letters A–Z and digits."""
    return _OFFICE_CODE.fullmatch(text) is not None


def format_number(*, office_code: str, series: Series, year: int, serial: int) -> str:
    """Give a number as printed; serials beyond six digits are written out in full.

    Raises ``ValueError`` for an office code, year or serial that no number can have.
    """
    if not is_office_code(office_code):
        raise ValueError(f"office code must be 1 to {LONGEST_OFFICE_CODE} of A-Z and 0-9")
    if not 1000 <= year <= 9999 or serial < 1:
        raise ValueError(f"no such number: year {year}, serial {serial}")
    return str(RegisterNumber(office_code=office_code, series=series, year=year, serial=serial))


def parse_number(text: str) -> RegisterNumber | None:
    """Read a number as typed, None when it is none.

    Case, width, spaces and the kind of dash do not matter; without dashes the serial must have all its digits.
    """
    typed = _DASHES.sub("-", _BLANKS.sub("", half_width(text))).upper()
    match = _PARTED.fullmatch(typed) or _RUN_TOGETHER.fullmatch(typed)
    if match is None or int(match[3]) < 1000 or int(match[4]) < 1:
        return None
    return RegisterNumber(office_code=match[1], series=Series(match[2]), year=int(match[3]), serial=int(match[4]))
