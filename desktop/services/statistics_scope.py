"""Whose rows a report counts, in words and as it is stored with a printed one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.domain.access import Grant, Role
from desktop.domain.measure import Breakdown

# Grants stored with a report tell where, not as whom; any role that sees serves to count there again.
_COUNTER = Role.MANAGER


def scope_words(grants: Sequence[Grant], limits: Sequence[tuple[Breakdown, str]]) -> str:
    """Say in words whose rows are counted; ``limits`` are those that the definition itself sets."""
    said = "全部社区、全部行业" if any(grant.is_whole for grant in grants) else "；".join(_words(grants))
    return "；".join([said, *(f"只计{by.label}：{label}" for by, label in limits)])


def grants_to_plain(grants: Sequence[Grant]) -> list[list[list[str] | None]]:
    """Write where grants count: areas and departments of each, null for everywhere and every trade."""
    if any(grant.is_whole for grant in grants):
        return [[None, None]]
    places = {(_plain(grant.areas), _plain(grant.departments)) for grant in grants}
    return [[_listed(areas), _listed(departments)] for areas, departments in sorted(places, key=repr)]


def grants_from_plain(plain: Sequence[Any]) -> tuple[Grant, ...]:
    """Read grants as they were stored with a report."""
    return tuple(Grant(role=_COUNTER, areas=_read(areas), departments=_read(trades)) for areas, trades in plain)


def is_inside(inner: Sequence[Grant], outer: Sequence[Grant]) -> bool:
    """Say whether some grants reach nowhere that others do not; of two grants together more than each is not told."""
    return all(any(_reaches(wide, narrow) for wide in outer) for narrow in inner)


def _reaches(wide: Grant, narrow: Grant) -> bool:
    return _covers(wide.areas, narrow.areas) and _covers(wide.departments, narrow.departments)


def _covers(wide: frozenset[str] | None, narrow: frozenset[str] | None) -> bool:
    return wide is None or (narrow is not None and narrow <= wide)


def _words(grants: Sequence[Grant]) -> list[str]:
    said = []
    for grant in grants:
        areas = "全部社区" if grant.areas is None else f"社区：{'、'.join(sorted(grant.areas))}"
        trades = "" if grant.departments is None else f"（主管部门：{'、'.join(sorted(grant.departments))}）"
        said.append(areas + trades)
    return sorted(dict.fromkeys(said)) or ["没有可统计的范围"]


def _plain(names: frozenset[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(sorted(names))


def _listed(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)


def _read(names: Any) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
