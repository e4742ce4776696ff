"""What owners look for (业主需求): taken in at the window, checked, published or answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.local_rules import local
from desktop.domain.phones import check_phone
from desktop.domain.typed_text import text_fault

_LONGEST_TEXT: Final = 200


class DemandState(StrEnum):
    """What became of a demand."""

    OPEN = "open"  # 待审核
    PUBLISHED = "published"  # 已向名录企业发布
    ANSWERED = "answered"  # 已答复
    DECLINED = "declined"  # 不予发布


OUTCOMES: Final = (DemandState.PUBLISHED, DemandState.ANSWERED, DemandState.DECLINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandDraft:
    """A demand as taken in: which works, where, when, of which trade, and how the owner is reached."""

    works: str = ""
    trade: str = ""
    community: str = ""
    place: str = ""
    wanted_from: date | None = None
    wanted_to: date | None = None
    owner_name: str = ""
    owner_phone: str = ""
    remark: str = ""


def term_words(first: date | None, last: date | None) -> str:
    """Write when the works are wanted; the term may be open at either end."""
    if first is None:
        return f"{last.isoformat()} 前" if last else "时间面议"
    return f"{first.isoformat()} 至 {last.isoformat()}" if last else f"{first.isoformat()} 起"


def demand_faults(draft: DemandDraft) -> tuple[FieldFault, ...]:
    """List what is wrong with a typed demand."""
    return tuple(_faults(draft))


def _faults(draft: DemandDraft) -> Iterator[FieldFault]:
    needed = (
        ("works", draft.works, "请填写要做的工程或者作业。"),
        ("community", draft.community, "请填写所在社区。"),
        ("owner_name", draft.owner_name, local("请填写业主姓名或者名称。")),
        ("owner_phone", draft.owner_phone, local("请填写业主电话，以便答复。")),
    )
    for field, value, message in needed:
        if not value.strip():
            yield _fault(field, "missing", message)
    for field in ("works", "trade", "community", "place", "owner_name", "remark"):
        why = text_fault(getattr(draft, field), longest=_LONGEST_TEXT)
        if why:
            yield _fault(field, "text", f"{why}。")
    if draft.owner_phone.strip():
        phone = check_phone(draft.owner_phone)
        if not phone.valid:
            yield _fault("owner_phone", "phone_invalid", phone.why)
    if draft.wanted_from is not None and draft.wanted_to is not None and draft.wanted_to < draft.wanted_from:
        yield _fault("wanted_to", "before_start", "结束日期早于开始日期。")


def _fault(field: str, code: str, message: str) -> FieldFault:
    return FieldFault(field=field, code=code, message=message)
