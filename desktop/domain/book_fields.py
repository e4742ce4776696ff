"""Fields that many registers share: the day, whose it is, where."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import FieldSpec, FieldType

COMMUNITY_HELP: Final = "属于全街道的留空"


def day(key: str, label: str, *, heads: tuple[str, ...] = (), may_be_ahead: bool = False) -> FieldSpec:
    """Give the one day by which entries fall into periods."""
    return FieldSpec(
        key=key,
        label=label,
        type=FieldType.DAY,
        is_required=True,
        is_day=True,
        may_be_ahead=may_be_ahead,
        help="如 2026-03-02、3-2",
        heads=heads,
    )


def community() -> FieldSpec:
    """Give the community by which scopes are drawn; empty for the whole street."""
    return FieldSpec(
        key="community",
        label="社区",
        type=FieldType.COMMUNITY,
        help=COMMUNITY_HELP,
        heads=("所属社区", "社区名称", "村（社区）", "居委"),
    )


def organisation(label: str, *, heads: tuple[str, ...] = ()) -> FieldSpec:
    """Give whose entry it is."""
    return FieldSpec(key="organisation", label=label, type=FieldType.TEXT, is_required=True, heads=heads)


def place(label: str, *, heads: tuple[str, ...] = ()) -> FieldSpec:
    """Give where it took place."""
    return FieldSpec(key="place", label=label, type=FieldType.TEXT, heads=heads)


def filing(*, help_text: str) -> FieldSpec:
    """Give the number of the registration an entry is about."""
    return FieldSpec(
        key="filing",
        label="登记编号",
        type=FieldType.FILING,
        help=help_text,
        heads=("登记号", "工程编号", "备案编号", "登记件编号"),
    )
