"""Writing the hazards of one visit inside an open transaction, so that patrol, hazards and notice are one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.hazard import MOST_AT_ONCE, HazardDraft, HazardRequest, HazardState, StepKind
from desktop.domain.hazard_course import responsible_names
from desktop.domain.hazard_faults import hazard_faults
from desktop.domain.hazard_proposal import finding_codes, propose
from desktop.domain.register_number import Series
from desktop.domain.site import Site, SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.services.filing_keys import storable
from desktop.services.numbering import take_number
from desktop.services.once import row_of_act
from desktop.services.reach import require_in_area
from desktop.services.review_steps import name_at_work
from desktop.services.site import pack_on_site, require_on_site, site_of
from desktop.services.station import Station
from desktop.services.visits import visit_finding

NO_SITE: Final = SiteRef()


def require_fit(session: Session, request: HazardRequest, station: Station) -> None:
    """Raise ``ClerkError("hazard_incomplete")`` with every fault of hazards as entered."""
    findings = finding_codes(pack_on_site(session, station, request.site))
    faults = hazard_faults(request, findings=findings, today=station.today())
    if faults:
        raise ClerkError("hazard_incomplete", fields=tuple(fault.field for fault in faults), faults=faults)


def require_reach(session: Session, station: Station, request: HazardRequest) -> Site | None:
    """Give the site, None for a road; raises ``ClerkError``: not_permitted, outside_scope, and those of a site."""
    if request.site == NO_SITE:
        require_in_area(station.actor, Right.PATROL_FEEDBACK, clean_text(request.community))
        return None
    require_on_site(session, station.actor, Right.PATROL_FEEDBACK, request.site)
    return site_of(session, request.site)


def done_hazards(session: Session, act_id: str, site: SiteRef) -> tuple[Hazard, ...]:
    """Give the hazards that an act recorded before, none when it is new.

    Raises ``ClerkError("act_id_used")`` when it recorded those of another site.
    """
    first = row_of_act(session, Hazard, _act_of(act_id, 0))
    if first is None:
        return ()
    if site != SiteRef(filing_id=first.filing_id, found_site_id=first.found_site_id):
        raise ClerkError("act_id_used", act_id=act_id, number=first.number)
    own = [_act_of(act_id, place) for place in range(MOST_AT_ONCE)]
    return tuple(session.scalars(select(Hazard).where(Hazard.act_id.in_(own)).order_by(Hazard.id)))


def write_hazards(
    session: Session,
    station: Station,
    request: HazardRequest,
    *,
    patrol_id: int | None = None,
    notice: IssuedDocument | None = None,
) -> tuple[Hazard, ...]:
    """Write the hazards with their first steps and numbers; the caller records the event with each as touched.

    ``patrol_id`` stands in for that of the request where the patrol is written in the same transaction.
    Raises as ``require_fit``, ``require_reach`` and ``visit_finding``.
    """
    require_fit(session, request, station)
    site = require_reach(session, station, request)
    if notice is not None:
        give_to(notice, request.site.filing_id, site.community if site is not None else "")
        session.add(notice)
        session.flush()
    visit = request.patrol_id if patrol_id is None else patrol_id
    if visit is not None:
        visit_finding(
            session, visit, request.site, site.community if site is not None else clean_text(request.community)
        )
    return tuple(
        _write(session, station, request, place=place, site=site, patrol_id=visit, notice=notice)
        for place in range(len(request.hazards))
    )


def give_to(document: IssuedDocument, filing_id: int | None, community: str) -> None:
    """Say whom a paper belongs to before it is written: a filing, else a community; afterwards it never changes."""
    document.filing_id = filing_id
    document.community = community if filing_id is None else None


def is_noticed(draft: HazardDraft) -> bool:
    """Say whether a hazard stands on the rectification notice."""
    return not draft.is_on_the_spot


def _write(
    session: Session,
    station: Station,
    request: HazardRequest,
    *,
    place: int,
    site: Site | None,
    patrol_id: int | None,
    notice: IssuedDocument | None,
) -> Hazard:
    draft, on = request.hazards[place], request.found_on
    told = notice if notice is not None and is_noticed(draft) else None
    office = station.known_office()
    facts = site.facts if site is not None else Facts({})
    pack = pack_on_site(session, station, request.site)
    asked = propose(facts, pack, draft.finding, level=draft.level, on=on, is_refused=draft.is_refused)
    hazard = Hazard(
        act_id=_act_of(request.act_id, place),
        number=take_number(session, office.code, series=Series.HAZARD, year=station.today().year),
        filing_id=request.site.filing_id,
        found_site_id=request.site.found_site_id,
        community=site.community if site is not None else storable(clean_text(request.community)),
        patrol_id=patrol_id,
        report_id=request.report_id,
        found_on=on,
        found_at=station.now(),
        finding=draft.finding,
        entry=draft.entry,
        group=draft.group,
        description=_kept(draft.description),
        spot=_kept(draft.spot),
        level=draft.level.value,
        responsible=draft.responsible.value,
        responsible_name=_kept(draft.responsible_name) or _named(draft, site),
        measures=[measure.value for measure in draft.measures],
        state=_first_state(draft, is_told=told is not None).value,
        is_on_the_spot=draft.is_on_the_spot,
        due_on=None if draft.is_on_the_spot else draft.due_on,
        report_by=asked.report_by,
        cleared_on=on if draft.is_on_the_spot else None,
        refused_on=on if draft.is_refused else None,
        supervised_level="",
    )
    session.add(hazard)
    session.flush()
    _first_steps(session, station, hazard, draft=draft, told=told)
    return hazard


def _first_steps(
    session: Session, station: Station, hazard: Hazard, *, draft: HazardDraft, told: IssuedDocument | None
) -> None:
    steps: list[tuple[StepKind, IssuedDocument | None]] = [(StepKind.FOUND, None)]
    if draft.measures:
        steps.append((StepKind.MEASURES, None))
    if told is not None:
        steps.append((StepKind.NOTICE, told))
    if draft.is_on_the_spot:
        steps.append((StepKind.PASSED, None))
    if draft.is_refused:
        steps.append((StepKind.REFUSED, None))
    for kind, document in steps:
        session.add(
            HazardStep(
                hazard_id=hazard.id,
                act_id=f"{hazard.act_id}/{kind.value}",
                kind=kind.value,
                on=hazard.found_on,
                text="当场整改" if kind is StepKind.PASSED else "",
                due_on=hazard.due_on if kind is StepKind.NOTICE else None,
                patrol_id=hazard.patrol_id,
                document_id=document.id if document is not None else None,
                done_at=hazard.found_at,
                done_by=name_at_work(station),
                done_by_id=station.actor.account_id,
            )
        )
    session.flush()


def _first_state(draft: HazardDraft, *, is_told: bool) -> HazardState:
    if draft.is_on_the_spot:
        return HazardState.CLEARED
    if draft.is_refused:
        return HazardState.REFUSED
    return HazardState.RECTIFYING if is_told or draft.measures else HazardState.FOUND


def _named(draft: HazardDraft, site: Site | None) -> str:
    if site is None:
        return ""
    return responsible_names(draft.responsible, owner=site.owner_name, contractor=site.contractor_name)


def _act_of(act_id: str, place: int) -> str:
    return f"{act_id}/{place}"


def _kept(text: str) -> str:
    return storable(clean_text(text))


def numbers_of_hazards(hazards: Sequence[Hazard]) -> str:
    """Name hazards by their numbers, the many by the first and how many there are."""
    first = hazards[0].number
    return first if len(hazards) == 1 else f"{first} 等 {len(hazards)} 条"
