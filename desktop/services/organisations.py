"""The register of organisations: who they are, which areas they answer for, and what is still lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import article
from desktop.domain.organisations import (
    ENTRUSTED_KINDS,
    PATROL_NORM,
    AcceptanceScope,
    Gap,
    HeadCount,
    Organisation,
    OrganisationKind,
    OrganisationRow,
    Post,
    narrower,
)
from desktop.domain.search_keys import normalise
from desktop.models.database import Database
from desktop.models.organisation import OrganisationRecord
from desktop.models.person import PersonRecord
from desktop.services.audit import record_event
from desktop.services.entrustments import running_entrustments
from desktop.services.organisation_writing import refuse_clashes, write_organisation
from desktop.services.register_rows import (
    may_read,
    organisation_of,
    organisations_in,
    persons_in,
    stored_organisation,
)
from desktop.services.station import Station
from desktop.services.touched import ORGANISATION, PERSON

_LED = frozenset(
    {OrganisationKind.DISTRICT, OrganisationKind.DEPARTMENT, OrganisationKind.STREET_OFFICE}
)  # need 分管领导 and 系统后台管理员


class OrganisationService:
    """Keeps the tree of organisations (区、街道、社区 and whoever helps them)."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def all(self, *, with_inactive: bool = False) -> tuple[OrganisationRow, ...]:
        """List the organisations, each below the one it belongs to; raises ``ClerkError("not_permitted")``."""
        may_read(self._station)
        with self._database.reading() as session:
            records = organisations_in(session, with_inactive=with_inactive)
            people = Counter(person.organisation_id for person in persons_in(session))
            names = {record.id: record.name for record in organisations_in(session, with_inactive=True)}
        return tuple(_row(record, names, people) for record in _as_tree(records))

    def add(self, organisation: Organisation) -> int:
        """Enter an organisation and give its id.

        Raises ``ClerkError``: not_permitted, register_incomplete(fields), name_taken, area_taken, scope_too_wide,
        phone_unfit, term_reversed.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            return write_organisation(session, self._station, organisation)

    def change(self, organisation_id: int, organisation: Organisation) -> None:
        """Change an organisation; raises as ``add``, and no_such_organisation, own_parent."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            write_organisation(session, self._station, organisation, organisation_id=organisation_id)

    def deactivate(self, organisation_id: int, reason: str) -> None:
        """Take an organisation with its people out of use; raises ``ClerkError``: reason_required and unknown ids."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        if not reason.strip():
            raise ClerkError("reason_required", why="请写明停用的原因，原因会留在记录中。")
        with self._database.writing() as session:
            record = stored_organisation(session, organisation_id)
            people = [person for person in persons_in(session) if person.organisation_id == organisation_id]
            record.is_active = False
            for person in people:
                person.is_active = False
            self._record(session, record, act="organisation_ended", verb="停用", reason=reason, people=people)

    def activate(self, organisation_id: int) -> None:
        """Take an organisation into use again, without its people; raises ``ClerkError`` as ``add``."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            record = stored_organisation(session, organisation_id)
            refuse_clashes(session, organisation_of(record), organisation_id)
            record.is_active = True
            self._record(session, record, act="organisation", verb="恢复", reason="", people=())

    def areas_without_node(self) -> tuple[str, ...]:
        """List the office's communities for which no organisation answers."""
        may_read(self._station)
        with self._database.reading() as session:
            taken = {normalise(area) for record in organisations_in(session) for area in record.areas}
        office = self._station.office
        return tuple(area for area in (office.communities if office else ()) if normalise(area) not in taken)

    def gaps(self) -> tuple[Gap, ...]:
        """List what organisations and areas still lack, each with its article."""
        areas = [
            Gap(code="area_without_node", what=area, article=article("area_coverage"))
            for area in self.areas_without_node()
        ]
        with self._database.reading() as session:
            posts: dict[int, set[str]] = {}
            for person in persons_in(session):
                posts.setdefault(person.organisation_id, set()).update(person.posts)
            on = self._station.today()
            running = {entrustment.organisation_id for entrustment in running_entrustments(session, on)}
            found = [
                gap
                for record in organisations_in(session)
                for gap in _lacking(record, posts.get(record.id, set()), running, on)
            ]
        return (*areas, *found)

    def head_counts(self) -> tuple[HeadCount, ...]:
        """Count the patrollers of each third-party team against the norm of its level."""
        may_read(self._station)
        with self._database.reading() as session:
            present = Counter(
                person.organisation_id for person in persons_in(session) if Post.PATROLLER.value in person.posts
            )
            teams = [
                (record, organisation_of(record).level)
                for record in organisations_in(session)
                if record.kind == OrganisationKind.THIRD_PARTY
            ]
        return tuple(
            HeadCount(organisation=record.name, level=level, present=present[record.id], norm=PATROL_NORM[level])
            for record, level in teams
            if level in PATROL_NORM
        )

    def scope_of_point(self, organisation_id: int) -> AcceptanceScope:
        """Say what a point may take today: its setting, and of whoever needs one its entrustment."""
        may_read(self._station)
        with self._database.reading() as session:
            return scope_on(session, stored_organisation(session, organisation_id), self._station.today())

    def _record(
        self,
        session: Session,
        record: OrganisationRecord,
        *,
        act: str,
        verb: str,
        reason: str,
        people: Sequence[PersonRecord],
    ) -> None:
        record_event(
            session,
            self._station,
            act=act,
            summary=f"{verb}组织：{record.name}",
            reason=reason,
            touched=[(ORGANISATION, record.id), *((PERSON, person.id) for person in people)],
        )


def scope_on(session: Session, record: OrganisationRecord, on: date) -> AcceptanceScope:
    """Say what the point of an organisation may take on a day."""
    own = AcceptanceScope(record.scope)
    if OrganisationKind(record.kind) not in ENTRUSTED_KINDS:
        return own
    running = [one for one in running_entrustments(session, on) if one.organisation_id == record.id]
    entrusted = (AcceptanceScope(one.scope) for one in running)
    return narrower(own, max(entrusted, key=tuple(AcceptanceScope).index, default=AcceptanceScope.NONE))


def _lacking(record: OrganisationRecord, posts: set[str], running: set[int], on: date) -> Iterator[Gap]:
    kind = OrganisationKind(record.kind)
    if kind in _LED and Post.LEADER.value not in posts:
        yield Gap(code="no_leader", what=record.name, article=article("leader_in_charge"))
    if kind in _LED and Post.SYSTEM_ADMIN.value not in posts:
        yield Gap(code="no_system_admin", what=record.name, article=article("system_admin"))
    if record.is_point and Post.WINDOW_PERSON.value not in posts:
        yield Gap(code="no_window_person", what=record.name, article=article("window_person"))
    if kind is OrganisationKind.THIRD_PARTY and not _is_under_contract(record, on):
        yield Gap(code="no_contract", what=record.name, article=article("third_party_contract"))
    if kind in ENTRUSTED_KINDS and record.is_point and record.id not in running:
        yield Gap(code="no_entrustment", what=record.name, article=article("entrustment"))


def _is_under_contract(record: OrganisationRecord, on: date) -> bool:
    first, last = record.contract_first_on, record.contract_last_on
    return first is not None and last is not None and first <= on <= last


def _row(record: OrganisationRecord, names: dict[int, str], people: Counter[int]) -> OrganisationRow:
    return OrganisationRow(
        id=record.id,
        organisation=organisation_of(record),
        parent=names.get(record.parent_id, "") if record.parent_id is not None else "",
        people=people[record.id],
        is_active=record.is_active,
    )


def _as_tree(records: Sequence[OrganisationRecord]) -> list[OrganisationRecord]:
    known = {record.id for record in records}
    below: dict[int | None, list[OrganisationRecord]] = {}
    for record in records:
        below.setdefault(record.parent_id if record.parent_id in known else None, []).append(record)

    def walk(above: int | None) -> Iterable[OrganisationRecord]:
        for record in below.get(above, ()):
            yield record
            yield from walk(record.id)

    return list(walk(None))
