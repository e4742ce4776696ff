"""The states of a work found unregistered as they change, and what is known of it for papers and forms."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK, Facts
from desktop.domain.found_site import ABOVE_LIMIT, WAITING, FoundSiteDraft, FoundState
from desktop.domain.local_rules import local
from desktop.domain.site import Site, SiteRef
from desktop.domain.walk_in import Contractor, Party, Place, WalkIn
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.services.audit import FieldChange


def mark_reported(found: FoundSite, on: date) -> tuple[FieldChange, ...]:
    """Note that enforcement was told of a work on a day; the day by which it had to be stays on record."""
    due = settled_report_day(found, on)
    return put_into(found, FoundState.REPORTED, on=on, report_by=due, reported_on=found.reported_on or on)


def settled_report_day(found: FoundSite, on: date) -> date | None:
    """Give the day by which enforcement has to know, None while it need not; what comes later never moves it."""
    if found.report_by is None and found.state in WAITING and found.register_by is not None and found.register_by < on:
        return found.register_by + timedelta(days=1)
    return found.report_by


def put_into(found: FoundSite, state: FoundState, *, on: date, **values: object) -> tuple[FieldChange, ...]:
    """Put a work into a state and give what that changed."""
    new: dict[str, object] = {"state": state.value, "state_on": on, "state_reason": "", **values}
    changes = []
    for name, value in new.items():
        before = getattr(found, name)
        if before != value:
            changes.append((name, _plain(before), _plain(value)))
            setattr(found, name, value)
    return tuple(changes)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def require_state(found: FoundSite, allowed: frozenset[FoundState]) -> None:
    """Raise ``ClerkError("found_site_closed")`` unless a work is in one of some states."""
    if FoundState(found.state) not in allowed:
        raise ClerkError("found_site_closed", number=found.number, state=found.state)


def unsuccessful(session: Session, found: FoundSite) -> frozenset[FoundState]:
    """Let a work be tied anew whose filing was not accepted."""
    if found.state != FoundState.LINKED.value:
        return frozenset()
    accepted = session.scalar(select(Filing.accepted_on).where(Filing.id == found.filing_id))
    return frozenset() if accepted else frozenset({FoundState.LINKED})


def drafted_site(draft: FoundSiteDraft, number: str) -> Site:
    """Give a work that is only being recorded, as papers speak of it."""
    return Site(
        ref=SiteRef(),
        number=number,
        project_name=draft.work,
        place=draft.place,
        community=draft.community,
        grid=draft.grid,
        kind=draft.kind,
        owner_name=draft.owner_name,
        owner_phone=draft.owner_phone,
        contractor_name=draft.contractor_name,
    )


def begun_walk_in(found: FoundSite) -> WalkIn:
    """Give what is known of a work as the beginning of a form."""
    kind = {"kind": found.kind} if found.kind in (SMALL_WORK, MINOR_OPERATION) else {}
    # The form puts the community before the rest of the address by itself.
    return WalkIn(
        facts=Facts(dict(kind)),
        content=found.work,
        place=Place(
            community=found.community, grid=found.grid, detail=found.place.removeprefix(found.community).strip()
        ),
        owner=Party(name=found.owner_name, phone=found.owner_phone),
        contractor=Contractor(party=Party(name=found.contractor_name)),
    )


def kind_word(kind: str) -> str:
    """Give the word of the record for a kind of work."""
    return {SMALL_WORK: local("小型工程"), MINOR_OPERATION: local("零星作业"), ABOVE_LIMIT: "限额以上工程"}.get(
        kind, "工程（作业）"
    )
