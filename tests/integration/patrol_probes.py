"""How patrols are asked for a filing that the caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from desktop.domain.errors import FaultyInput
from desktop.domain.patrol import PatrolCriteria, PatrolKind, PatrolLevel, PatrolRequest
from desktop.domain.patrol_sheet import SheetRow
from desktop.domain.site import SiteRef
from desktop.exchange.patrol_template import write_patrol_sheet
from desktop.services.desk import Desk

_ON = date(2026, 3, 2)
_FIRST, _LAST = date(2026, 1, 1), date(2026, 12, 31)


def _visit(filing_id: int) -> PatrolRequest:
    return PatrolRequest(
        act_id=str(uuid4()),
        site=SiteRef(filing_id=filing_id),
        visited_on=_ON,
        patrollers=("何巡",),
        organisation="坪安社区工作站",
        level=PatrolLevel.COMMUNITY,
    )


def _sheet(desk: Desk, target: Any, *, is_taken: bool) -> Any:
    """Offer a sheet that names the filing; what is refused names nothing but what the sheet itself holds."""
    file = target.folder / f"{uuid4()}.xlsx"
    row = SheetRow(
        row=2,
        number=target.number,
        visited_on=_ON,
        patrollers=("何巡",),
        organisation="坪安社区工作站",
        level=PatrolLevel.COMMUNITY,
    )
    write_patrol_sheet([row], file)
    try:
        if is_taken:
            return desk.patrol_import.take_in(file, act_id=str(uuid4()))
        return desk.patrol_import.plan(file)
    except FaultyInput:
        return ()


PATROL_LISTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "patrols.site_by_code": lambda desk, t: (
        desk.patrols.site_by_code(t.number),
        desk.patrols.site_by_code(t.mark),
        desk.patrols.site_by_code(t.number[-6:]),
    ),
    "patrols.recent": lambda desk, t: desk.patrols.recent(SiteRef(filing_id=t.id)),
    "patrols.of_day": lambda desk, _t: desk.patrols.of_day(_ON),
    "patrols.ids": lambda desk, _t: desk.patrols.page(desk.patrols.ids(PatrolCriteria())),
    "patrols.page": lambda desk, _t: desk.patrols.page(range(1, 100)),
    "patrols.property_ledger": lambda desk, _t: desk.patrols.property_ledger("", first=_FIRST, last=_LAST),
    "patrols.totals": lambda desk, _t: desk.patrols.totals(PatrolCriteria()),
    "patrols.community_months": lambda desk, _t: desk.patrols.community_months(None, first=_FIRST, last=_LAST),
    "patrols.last_entry": lambda desk, _t: desk.patrols.last_entry(),
    "patrol_plan.due": lambda desk, _t: desk.patrol_plan.due(_LAST),
}
PATROL_ACTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "patrols.record": lambda desk, t: desk.patrols.record(_visit(t.id)),
    "patrols.site": lambda desk, t: desk.patrols.site(SiteRef(filing_id=t.id)),
    "patrols.check_list": lambda desk, t: desk.patrols.check_list(SiteRef(filing_id=t.id), PatrolKind.REGULAR),
    "patrol_import.plan": lambda desk, t: _sheet(desk, t, is_taken=False),
    "patrol_import.take_in": lambda desk, t: _sheet(desk, t, is_taken=True),
}
PATROL_OTHERS: Mapping[str, str] = {
    "attachments.add_to": "by the subject's id: gated rows, proved with the patrols",
    "attachments.attached_to": "by the subject's id: gated rows, proved with the patrols",
    "patrols.set_platform_number": "by the patrol's id: gated rows, proved with the patrols",
    "patrols.add_photo": "by the patrol's id: gated rows, proved with the patrols",
    "patrols.photos": "by the patrol's id: gated rows, proved with the patrols",
    "patrol_import.export": "by the patrols' ids: gated rows, proved with the patrols",
    "patrol_import.template": "an empty sheet",
    "patrol_plan.*": "settings",
    "duties.*": "settings",
}
