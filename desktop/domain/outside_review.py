"""A third party's review of qualification, drawings or scheme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

STOPS_CLOCK: Final = "outside_review_stops_clock"  # parameter of the pack, 1 or 0
LONGEST_REVIEWER: Final = 80
LONGEST_OPINION: Final = 800


class ReviewedPaper(StrEnum):
    """What is given to a third party; each value is stored."""

    QUALIFICATION = "qualification"  # 施工资质
    DRAWINGS = "drawings"  # 施工图
    SCHEME = "scheme"  # 施工方案


class OutsideVerdict(StrEnum):
    """What came back; each value is stored, none while it is out."""

    FIT = "fit"  # 符合
    TO_CORRECT = "to_correct"  # 须修改
    UNFIT = "unfit"  # 不符合


PAPER_WORDS: Final = {
    ReviewedPaper.QUALIFICATION: "施工资质",
    ReviewedPaper.DRAWINGS: "施工图",
    ReviewedPaper.SCHEME: "施工方案",
}
VERDICT_WORDS: Final = {
    OutsideVerdict.FIT: "符合",
    OutsideVerdict.TO_CORRECT: "须修改",
    OutsideVerdict.UNFIT: "不符合",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReviewNote:
    """One entry: that a review was asked for, or what came back (then with day and verdict)."""

    act_id: str
    filing_id: int
    paper: ReviewedPaper
    reviewer: str
    asked_on: date
    returned_on: date | None = None
    verdict: OutsideVerdict | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReviewRow:
    """One review as it stands: the latest entry on it; numbers of persons covered."""

    paper: ReviewedPaper
    reviewer: str
    asked_on: date
    returned_on: date | None
    verdict: OutsideVerdict | None
    opinion: str
    noted_at: datetime
    noted_by: str

    @property
    def is_out(self) -> bool:
        """Say whether the answer is still awaited."""
        return self.returned_on is None


def note_fault(note: OutsideReviewNote, today: date) -> tuple[str, str] | None:
    """Give the field and the sentence of what keeps an entry from being kept, None when nothing does."""
    if not note.reviewer.strip():
        return "reviewer", "请填写第三方机构名称。"
    if note.asked_on > today:
        return "asked_on", "送审日期晚于今天。"
    if (note.returned_on is None) != (note.verdict is None):
        return ("returned_on", "请填写收到意见的日期。") if note.verdict else ("verdict", "请选择审查结论。")
    if note.returned_on is not None and not note.asked_on <= note.returned_on <= today:
        return "returned_on", "收到意见的日期应在送审日期和今天之间。"
    if note.verdict not in (None, OutsideVerdict.FIT) and not note.opinion.strip():
        return "opinion", "结论不是“符合”的，请写明意见。"
    return None
