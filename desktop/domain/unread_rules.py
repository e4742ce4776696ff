"""A version of the rules that applies and does not read: it is said so, and nothing is judged by another.

The window goes on speaking and listing by a version that reads; every judgement stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.conditions import Setting
from desktop.domain.errors import Fault
from desktop.domain.pack import PolicyPack

# What no version ever has: a scope that asks for it stays open.
_READABLE: Final = "readable_version"
_TOLD: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadVersion:
    """A version in force with its day, and why it does not read."""

    id: str
    version: str
    effective_from: date | None
    why: str

    def sentence(self) -> str:
        """Say which version it is, why, and what to do."""
        since = f"（自 {self.effective_from} 起施行）" if self.effective_from else ""
        return (
            f"规则版本 {self.id} {self.version}{since}本程序读不出：{self.why}。在改正以前不作任何判定，"
            "也不改用其他版本；请在“设置”的“规则”中据以另起草一个版本，或者更新本程序"
        )


def why_unread(faults: Iterable[Fault]) -> str:
    """Name the first faults, and how many there are."""
    told = [f"{fault.where} {fault.what}".strip() for fault in faults]
    more = f"，等 {len(told)} 处" if len(told) > _TOLD else ""
    return "；".join(told[:_TOLD]) + more


def standing_in(readable: PolicyPack, unread: UnreadVersion) -> PolicyPack:
    """Give the words and lists of a version that reads, under the name of the one that does not; it judges nothing."""
    is_open = Setting(parameter=_READABLE, op="is", value=Decimal(1))
    return replace(
        readable,
        id=unread.id,
        version=unread.version,
        effective_from=unread.effective_from,
        effective_to=None,
        unreadable=unread.sentence(),
        scopes=tuple(replace(scope, within=is_open) for scope in readable.scopes),
        stops=(),
        above_limit_kinds=(),
        high_risk=(),
        open_lists=(),
    )
