"""The Chinese words of the life of a registration, for papers, record and screen alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.life_acts import (
    ChangeKind,
    ChangeSource,
    CloseOutKind,
    CloseOutState,
    DeliveryManner,
    WasteRecord,
)
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.registration_life import CompletionSource, LifeAct, LifeState
from desktop.domain.walk_in import Verdict

# What goes on after the content of a registration is no longer changed; the delivery is of the notice.
READ_ONLY_AFTER_REVOKING: Final = "登记内容只供查看；巡查、隐患、照片和送达仍可记"
LIFE_ACT_WORDS: Final[Mapping[LifeAct, str]] = LocalCatalogue(
    {
        LifeAct.EXTEND: "延期",
        LifeAct.CHANGE: "变更",
        LifeAct.NOTE_COMPLETION: "记完工",
        LifeAct.WITHDRAW_COMPLETION: "撤回完工",
        LifeAct.APPLY_CLOSEOUT: "申报注销",
        LifeAct.VERIFY_CLOSEOUT: "现场核实",
        LifeAct.CLOSE_LAPSED: "逾期失联注销",
        LifeAct.REVOKE: "撤销登记",
        LifeAct.DELIVER: "送达",
        LifeAct.BEGIN_AGAIN: "重新登记",
    },
    local,
)
LIFE_STATE_WORDS: Final[Mapping[LifeState, str]] = LocalCatalogue(
    {
        LifeState.NOT_REGISTERED: "未登记",
        LifeState.UNDER_WAY: "在建",
        LifeState.EXPIRING: "即将到期",
        LifeState.EXTENDABLE: "可申请延期",
        LifeState.OVERDUE: "已过期",
        LifeState.COMPLETED: "已完工未注销",
        LifeState.AWAITING_CLOSEOUT: "待注销核实",
        LifeState.CLOSED: "已注销",
        LifeState.REVOKED: "已撤销",
    },
    local,
)
COMPLETION_WORDS: Final[Mapping[CompletionSource, str]] = LocalCatalogue(
    {
        CompletionSource.OWNER: "建设单位（业主）告知",
        CompletionSource.PATROL: "巡查发现已完工未注销",
    },
    local,
)
CHANGE_KIND_WORDS: Final[Mapping[ChangeKind, str]] = LocalCatalogue(
    {
        ChangeKind.PERSONS: "人员",
        ChangeKind.CONTRACTOR: "生产经营单位",
        ChangeKind.OWNER: "建设单位（业主）",
        ChangeKind.SCOPE: "内容和规模",
        ChangeKind.PERIOD: "工期",
        ChangeKind.OTHER: "其他",
    },
    local,
)
WANTING: Final = "待补"  # of a paper that is still to be brought
_PAPER_WORDS: Final[Mapping[Verdict, str]] = {Verdict.IN_ORDER: "齐", Verdict.NOT_APPLICABLE: "不适用"}
CHANGE_SOURCE_WORDS: Final[Mapping[ChangeSource, str]] = LocalCatalogue(
    {
        ChangeSource.APPLICATION: "申请",
        ChangeSource.PATROL: "巡查发现与登记不符",
    },
    local,
)
CLOSEOUT_KIND_WORDS: Final[Mapping[CloseOutKind, str]] = {
    CloseOutKind.COMPLETED: "完工",
    CloseOutKind.LAPSED: "逾期失联",
}
CLOSEOUT_STATE_WORDS: Final[Mapping[CloseOutState, str]] = LocalCatalogue(
    {
        CloseOutState.AWAITING_CHECK: "待现场核实",
        CloseOutState.VERIFIED: "已注销",
        CloseOutState.NOT_COMPLETE: "核实未完工，退回在建",
    },
    local,
)
DELIVERY_WORDS: Final[Mapping[DeliveryManner, str]] = {
    DeliveryManner.IN_PERSON: "直接送达",
    DeliveryManner.LEFT: "留置送达",
    DeliveryManner.MAIL: "邮寄送达",
    DeliveryManner.ELECTRONIC: "电子送达",
    DeliveryManner.PUBLIC_NOTICE: "公告送达",
}


def waste_words(waste: WasteRecord | None) -> str:
    """Say where the waste went; empty where nothing was asked."""
    if waste is None:
        return ""
    if waste.is_none:
        return "无"
    parts = (waste.kind, waste.amount, waste.hauler, waste.site, waste.taken_on.isoformat() if waste.taken_on else "")
    return "，".join(part for part in parts if part)


def paper_word(verdict: Verdict) -> str:
    """Say how a paper that a change asks for stands."""
    return _PAPER_WORDS.get(verdict, WANTING)
