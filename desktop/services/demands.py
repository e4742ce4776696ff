"""What owners look for (业主需求): taken in at the window, checked and then published or answered."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.papers.firm_lists import list_of_demands
from desktop.domain.access import Actor, Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.demands import OUTCOMES, DemandDraft, DemandState, demand_faults
from desktop.domain.errors import ClerkError
from desktop.domain.firm_register import DemandRow
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.masking import mask_phone
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.firm import OwnerDemand
from desktop.services.audit import changed_fields, flattened, record_event
from desktop.services.filing_keys import storable
from desktop.services.firms import needed_reason
from desktop.services.once import row_of_act
from desktop.services.press import Press
from desktop.services.station import Station
from desktop.services.touched import DEMAND

_CHANGED = frozenset({Change.PARTIES})
_WORDS = {DemandState.PUBLISHED: "发布", DemandState.ANSWERED: "答复", DemandState.DECLINED: "不予发布"}


class DemandService:
    """The small register of demands; each belongs to a community and is seen where that is seen."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database = database
        self._station = station
        self._press = press

    def all(self, state: DemandState | None = None) -> tuple[DemandRow, ...]:
        """List demands, the open ones first, then the last taken in."""
        self._station.actor.require(Right.SEE)
        asked = select(OwnerDemand).order_by(OwnerDemand.state != DemandState.OPEN.value, OwnerDemand.id.desc())
        if state is not None:
            asked = asked.where(OwnerDemand.state == state.value)
        with self._database.reading() as session:
            return tuple(_row(demand) for demand in session.scalars(asked))

    def faults(self, draft: DemandDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed demand."""
        return demand_faults(draft)

    def take_in(self, draft: DemandDraft, *, act_id: str) -> int:
        """Take a demand in and give its number; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, outside_scope, demand_unfit (field, why), database_locked, disk_full.
        """
        community = clean_text(draft.community)
        _require_area(self._station.actor, Right.REGISTER, community)
        fault = next(iter(demand_faults(draft)), None)
        if fault is not None:
            raise ClerkError("demand_unfit", field=fault.field, why=fault.message)
        with self._database.writing() as session:
            done = row_of_act(session, OwnerDemand, act_id)
            if done is not None:
                return done.id
            demand = OwnerDemand(
                act_id=act_id,
                works=clean_text(draft.works),
                trade=clean_text(draft.trade),
                community=community,
                place=clean_text(draft.place),
                wanted_from=draft.wanted_from,
                wanted_to=draft.wanted_to,
                owner_name=clean_text(draft.owner_name),
                owner_phone=clean_text(draft.owner_phone),
                remark=clean_text(draft.remark),
                state=DemandState.OPEN.value,
                taken_on=self._station.today(),
                taken_by=self._who(),
                answer="",
                answered_by="",
            )
            session.add(demand)
            session.flush()
            taken = changed_fields({}, flattened(_plain(draft)))
            self._record(session, demand, "demand_taken", local("受理业主需求"), changes=taken)
            return demand.id

    def review(self, demand_id: int, outcome: DemandState, answer: str) -> frozenset[Change]:
        """Publish a demand to the firms of the register, answer it, or decline it (业主需求审核).

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_demand, demand_closed (state), reason_required for
        an answer without words.
        """
        actor = self._station.actor
        actor.require(Right.REVIEW_DEMAND)
        if outcome not in OUTCOMES:
            raise ValueError(f"no outcome: {outcome}")
        said = clean_text(answer) if outcome is DemandState.PUBLISHED else needed_reason(answer)
        with self._database.writing() as session:
            demand = _demand(session, demand_id)
            _require_area(actor, Right.REVIEW_DEMAND, demand.community)
            before = DemandState(demand.state)
            if before not in (DemandState.OPEN, DemandState.PUBLISHED) or before is outcome:
                raise ClerkError("demand_closed", state=before.value)
            demand.state, demand.answer = outcome.value, said
            demand.answered_on, demand.answered_by = self._station.today(), self._who()
            changes = (("state", before.value, outcome.value),)
            self._record(
                session, demand, "demand_reviewed", local(f"业主需求{_WORDS[outcome]}"), changes=changes, reason=said
            )
        return _CHANGED

    def owner_phone(self, demand_id: int, purpose: str) -> str:
        """Give the owner's phone whole, for calling back, and record that it was seen and what for.

        Raises ``ClerkError``: not_permitted without the right to see whole, outside_scope, reason_required,
        no_such_demand.
        """
        self._station.actor.require(Right.SEE_WHOLE)
        why = needed_reason(purpose)
        with self._database.writing() as session:
            demand = _demand(session, demand_id)
            _require_area(self._station.actor, Right.SEE_WHOLE, demand.community)
            self._record(session, demand, "demand_phone_seen", local("查看业主电话"), changes=(), reason=why)
            return demand.owner_phone

    def list_pdf(self) -> bytes:
        """Give the published demands for the firms of the register, without names, houses and phones."""
        rows = self.all(DemandState.PUBLISHED)
        paper = list_of_demands(rows, office=self._station.known_office(), on=self._station.today())
        return self._press.plain(paper)

    def _record(
        self,
        session: Session,
        demand: OwnerDemand,
        act: str,
        what: str,
        *,
        changes: tuple[tuple[str, object, object], ...],
        reason: str = "",
    ) -> None:
        summary = f"{what}：第 {demand.id} 号，{demand.community}，{demand.works}"
        touched = [(DEMAND, demand.id)]
        record_event(session, self._station, act=act, summary=summary, reason=reason, changes=changes, touched=touched)

    def _who(self) -> str:
        office = self._station.office
        return storable(self._station.actor.name or (office.clerk_name if office else ""))


def _require_area(actor: Actor, right: Right, community: str) -> None:
    """Ask for the right in the area; a demand is of no trade yet.  Raises ``ClerkError``: as ``require_for``."""
    actor.require(right)
    if not any(grant.areas is None or community in grant.areas for grant in actor.grants_for(right)):
        raise ClerkError("outside_scope", right=right.value, user=actor.user_name, community=community)


def _demand(session: Session, demand_id: int) -> OwnerDemand:
    # Asked by a statement, so that the gate keeps back what lies outside.
    demand = session.scalar(select(OwnerDemand).where(OwnerDemand.id == demand_id))
    if demand is None:
        raise ClerkError("no_such_demand", demand_id=demand_id)
    return demand


def _plain(draft: DemandDraft) -> dict[str, object]:
    plain = {**asdict(draft), "owner_phone": mask_phone(draft.owner_phone)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


def _row(demand: OwnerDemand) -> DemandRow:
    return DemandRow(
        id=demand.id,
        works=cover_numbers(demand.works),
        trade=demand.trade,
        community=demand.community,
        place=cover_numbers(demand.place),
        wanted_from=demand.wanted_from,
        wanted_to=demand.wanted_to,
        owner_name=cover_numbers(demand.owner_name),
        phone_shown=mask_phone(demand.owner_phone),
        remark=cover_numbers(demand.remark),
        state=DemandState(demand.state),
        taken_on=demand.taken_on,
        taken_by=demand.taken_by,
        answer=cover_numbers(demand.answer),
        answered_on=demand.answered_on,
        answered_by=demand.answered_by,
    )
