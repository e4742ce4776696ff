"""An account in words: its roles with where they count, and its state."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.access import Grant
from desktop.services.accounts import AccountRow
from desktop.views.wording import word


def grant_words(grant: Grant) -> str:
    """Write one role with its areas and trades."""
    areas = "全部社区" if grant.areas is None else "、".join(sorted(grant.areas))
    trades = "" if grant.departments is None else "；" + "、".join(sorted(grant.departments))
    return f"{word(grant.role)}（{areas}{trades}）"


def grants_words(grants: Sequence[Grant]) -> str:
    """Write all roles of an account."""
    return "　".join(grant_words(grant) for grant in grants) or "没有角色"


def state_words(row: AccountRow) -> str:
    """Write the state of an account."""
    if not row.is_active:
        return "已停用"
    if row.is_locked:
        return "已锁定（密码输错）"
    return "待首次改密码" if row.must_change else "在用"
