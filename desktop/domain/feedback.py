"""What is told to the level above (情况反馈, 意见建议) and what came back.  Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.typed_text import text_fault

_LONGEST: Final = 2000
_LONGEST_NAME: Final = 100


class FeedbackKind(StrEnum):
    """What a feedback is about; each value is stored."""

    SITUATION = "situation"  # 新情况、新问题
    PLATFORM = "platform"  # 平台使用意见建议


KIND_WORDS: Final = {FeedbackKind.SITUATION: "情况反馈", FeedbackKind.PLATFORM: "平台使用意见建议"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackDraft:
    """A feedback as typed; it may be told, and answered, later."""

    kind: FeedbackKind = FeedbackKind.SITUATION
    noticed_on: date | None = None
    content: str = ""
    told_to: str = ""
    told_on: date | None = None
    reply: str = ""
    replied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRow:
    """One feedback as it stands; numbers of persons covered."""

    id: int
    kind: FeedbackKind
    noticed_on: date
    content: str
    told_to: str
    told_on: date | None
    reply: str
    replied_on: date | None
    noted_at: datetime
    noted_by: str

    @property
    def state(self) -> str:
        """Say how far it is, in a word."""
        if self.replied_on is not None:
            return "已答复"
        return "已反馈" if self.told_on is not None else "未反馈"


def feedback_faults(draft: FeedbackDraft, today: date) -> tuple[FieldFault, ...]:
    """Say what is wrong with a typed feedback, field by field."""
    return tuple(FieldFault(field=name, code="feedback", message=said) for name, said in _faults(draft, today) if said)


def _faults(draft: FeedbackDraft, today: date) -> Iterator[tuple[str, str]]:
    yield "content", _text(draft.content, "请写明情况或者意见", longest=_LONGEST)
    yield "noticed_on", _day(draft.noticed_on, today, needed="请填写发现的日期")
    yield "told_to", "" if draft.told_on is None else _text(draft.told_to, "请写明反馈给谁", longest=_LONGEST_NAME)
    yield "told_to", text_fault(draft.told_to, longest=_LONGEST_NAME) if draft.told_to.strip() else ""
    yield "told_on", _order(draft.told_on, draft.noticed_on, today, "反馈日期早于发现日期")
    yield "told_on", "先填反馈日期，再填答复" if draft.replied_on is not None and draft.told_on is None else ""
    is_answered = bool(draft.reply.strip()) or draft.replied_on is not None
    yield "reply", _text(draft.reply, "请写明答复的内容", longest=_LONGEST) if is_answered else ""
    yield "replied_on", "请填写答复的日期" if is_answered and draft.replied_on is None else ""
    yield "replied_on", _order(draft.replied_on, draft.told_on, today, "答复日期早于反馈日期")


def _text(typed: str, needed: str, *, longest: int) -> str:
    return text_fault(typed, longest=longest) if typed.strip() else needed


def _day(day: date | None, today: date, *, needed: str) -> str:
    if day is None:
        return needed
    return "日期晚于今天" if day > today else ""


def _order(day: date | None, before: date | None, today: date, said: str) -> str:
    if day is None:
        return ""
    if day > today:
        return "日期晚于今天"
    return said if before is not None and day < before else ""
