"""The three person lists between the registers and the office's files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.organisations import POST_NAMES, OrganisationKind, Post
from desktop.domain.person_lists import SHAPES, Annex, Listed, ListRow, PersonLists, RegionRow
from desktop.exchange.person_lists import read_person_lists, write_person_lists
from desktop.models.database import Database
from desktop.models.organisation import OrganisationRecord
from desktop.models.person import PersonRecord
from desktop.services.audit import record_event
from desktop.services.list_taking import Effect, ImportLine, ListTaking
from desktop.services.register_rows import organisation_of, organisations_in, persons_in
from desktop.services.station import Station

__all__ = ["Effect", "ImportLine", "ImportPlan", "PersonListService"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a file changes in the registers, line by line; nothing when it says what they hold already."""

    lines: tuple[ImportLine, ...]


class PersonListService:
    """Reads the lists in, whole or not at all, and gives them out in the same layout."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def plan(self, file: Path) -> ImportPlan:
        """Say what a file would change, without changing anything.

        Raises ``FaultyInput`` with every fault, ``ClerkError``: not_permitted, no_workbook,
        cannot_read_file, file_too_large.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        lists = read_person_lists(file)
        with self._database.writing() as session:
            plan = self._taken(session, lists)
            session.rollback()
        return plan

    def take_in(self, file: Path, *, expected: ImportPlan | None = None) -> ImportPlan:
        """Take a file into the registers in one transaction; the same file again changes nothing.

        Raises as ``plan``, and ``ClerkError("registers_changed")`` when it would no longer do what was ``expected``.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        lists = read_person_lists(file)
        with self._database.writing() as session:
            plan = self._taken(session, lists)
            if expected is not None and plan != expected:
                session.rollback()
                raise ClerkError("registers_changed")
            if plan.lines:
                summary = f"导入汇总表：改动 {len(plan.lines)} 处"
                record_event(session, self._station, act="person_lists_in", summary=summary)
        return plan

    def export(self, file: Path) -> int:
        """Write the lists with whole telephones, on record; gives the count of rows.

        Raises ``ClerkError``: not_permitted, cannot_save_file.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        lists = self.lists()
        write_person_lists(lists, file)
        with self._database.writing() as session:
            summary = f"导出汇总表：{len(lists.rows)} 行，含完整电话"
            record_event(session, self._station, act="person_lists_out", summary=summary)
        return len(lists.rows)

    def lists(self) -> PersonLists:
        """Give the registers as the three lists; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.reading() as session:
            return lists_of(session)

    def _taken(self, session: Session, lists: PersonLists) -> ImportPlan:
        taking = ListTaking(session, self._station, POST_NAMES)
        taking.take(lists)
        if taking.faults:
            raise FaultyInput(tuple(taking.faults))
        return ImportPlan(lines=tuple(taking.lines))


def lists_of(session: Session) -> PersonLists:
    """Give what the registers hold as the three lists."""
    parties = organisations_in(session)
    names = {record.id: record for record in parties}
    people: dict[int, list[PersonRecord]] = {}
    for person in persons_in(session):
        people.setdefault(person.organisation_id, []).append(person)
    regions, rows = [], []
    for annex, shape in SHAPES.items():
        units = [record for record in parties if record.kind in shape.unit_kinds]
        above = {record.parent_id for record in units}
        for region in (record for record in parties if record.kind == shape.region_kind):
            if region.id in above or annex is Annex.STREETS:
                regions.append(_region(annex, region, people.get(region.id, [])))
        rows += [_row(annex, record, names, people.get(record.id, [])) for record in units]
    return PersonLists(regions=tuple(regions), rows=tuple(rows))


def _region(annex: Annex, record: OrganisationRecord, people: list[PersonRecord]) -> RegionRow:
    admins = tuple(one for post in (Post.SYSTEM_ADMIN, Post.DEPUTY_ADMIN) for one in _holding(people, post))
    has_admins = annex is Annex.STREETS and record.kind == OrganisationKind.DISTRICT
    return RegionRow(annex=annex, name=record.name, admins=admins if has_admins else ())


def _row(
    annex: Annex, record: OrganisationRecord, names: dict[int, OrganisationRecord], people: list[PersonRecord]
) -> ListRow:
    shape = SHAPES[annex]
    above = names.get(record.parent_id) if record.parent_id is not None else None
    first, second, third = (_holding(people, post) for post in shape.posts)
    return ListRow(
        annex=annex,
        region=above.name if above is not None and above.kind == shape.region_kind else "",
        unit=record.name,
        people=(first, second, third),
        roles=organisation_of(record).roles,
    )


def _holding(people: list[PersonRecord], post: Post) -> tuple[Listed, ...]:
    return tuple(Listed(one.name, one.phone) for one in people if post.value in one.posts)
