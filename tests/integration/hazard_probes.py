"""How hazards are asked for a filing that the caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from desktop.domain.hazard import HazardDraft, HazardRequest
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.patrol import PatrolLevel, PatrolRequest
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk

_Probe = Callable[[Desk, Any], Any]


def _hazards(desk: Desk, target: Any) -> HazardRequest:
    found = HazardDraft(finding="out_of_scope", description="超出登记范围", is_on_the_spot=True)
    site, on = SiteRef(filing_id=target.id), desk.office.today()
    return HazardRequest(act_id=str(uuid4()), site=site, hazards=(found,), found_on=on)


def _visit(desk: Desk, target: Any) -> PatrolRequest:
    return PatrolRequest(
        act_id=str(uuid4()),
        visited_on=desk.office.today(),
        patrollers=("何巡",),
        level=PatrolLevel.STREET,
        organisation="坪安街道应急办",
        site=SiteRef(filing_id=target.id),
    )


HAZARD_LISTS: Mapping[str, _Probe] = {
    "hazards.ids": lambda desk, t: desk.hazards.page(desk.hazards.ids(HazardCriteria(text=t.mark))),
    "hazards.escalation_checks": lambda desk, _t: desk.hazards.escalation_checks(),
}
HAZARD_ACTS: Mapping[str, _Probe] = {
    "hazards.propose": lambda desk, t: desk.hazards.propose(SiteRef(filing_id=t.id), "out_of_scope"),
    "hazards.record": lambda desk, t: desk.hazards.record(_hazards(desk, t)),
    "hazards.record_visit": lambda desk, t: desk.hazards.record_visit(_visit(desk, t), _hazards(desk, t)),
}
HAZARD_OTHERS: Mapping[str, str] = {
    "hazards.bad_record_of": "by the hazard's id: gated rows, proved with bad records of hazards",
    "hazards.counts": "counts of gated rows, proved with the hazards",
    "hazards.file": "by the hazard's id: gated rows, proved with the hazards",
    "hazards.findings": "rules",
    "hazards.pack_for": "rules",
    "hazards.page": "by the hazards' ids: gated rows, proved with the hazards",
    "hazards.step": "by the hazard's id: gated rows, proved with the hazards",
}
