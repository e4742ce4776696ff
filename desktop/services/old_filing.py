"""Lines of an old ledger written as filings: what they say and nothing else, never judged, no deadline made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.facts import Facts, FactValue
from desktop.domain.old_registration import OldRegistration, OldState
from desktop.domain.pack import PolicyPack
from desktop.domain.register_number import Series
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import column_letters, is_blank, text_of
from desktop.domain.sheet_import import OLD_LEDGER, JudgedLine
from desktop.domain.unjudged import unjudged
from desktop.domain.walk_in import Contractor, IdKind, Party, PartyKind, Place, WalkIn
from desktop.domain.walk_in_json import walk_in_to_plain
from desktop.models.filing import Filing, FilingNumber, FilingVisit
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.search_index import FILING_SEARCH
from desktop.models.sheet_import import ImportedRow
from desktop.services.filing_keys import search_texts, sort_key, storable
from desktop.services.numbering import take_number
from desktop.services.recording import shown_columns
from desktop.services.station import Station

IMPORTED: Final = "imported"  # the act of a visit that never was one at this window
_STATUSES: Final = {
    OldState.UNDER_WAY: Status.REGISTERED,
    OldState.COMPLETED: Status.REGISTERED,
    OldState.CLOSED: Status.CLOSED,
    OldState.REVOKED: Status.REVOKED,
}
_LONGEST_PERSON: Final = 4  # characters; a longer name is that of an organisation
_BECAUSE: Final = "由旧台账《{file}》第 {line} 行导入，内容照原表，本程序未作判定；原表没有写的一律算未知。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The import that lines are written for."""

    id: int
    act_id: str
    file_name: str
    at: datetime
    headings: tuple[str, ...]


def write_lines(session: Session, station: Station, made: Import, lines: Sequence[JudgedLine]) -> tuple[int, ...]:
    """Write lines that are ready in the open transaction; give the ids of their filings."""
    walk_ins = [old_walk_in(line.read.old, station.pack_on(_filed_on(line.read.old))) for line in lines]
    filings = [_filing(session, station, made, line, walk_in) for line, walk_in in zip(lines, walk_ins, strict=True)]
    session.add_all(filings)
    session.flush()
    for line, filing in zip(lines, filings, strict=True):
        session.add_all(_hanging(line, filing, made, station))
    session.flush()
    indexed = [
        {"rowid": filing.id, **search_texts(walk_in, [filing.number])}
        for filing, walk_in in zip(filings, walk_ins, strict=True)
    ]
    session.execute(insert(FILING_SEARCH), indexed)
    ids = tuple(filing.id for filing in filings)
    session.expunge_all()  # thousands of rows are written; none of them is looked at again
    return ids


def old_walk_in(old: OldRegistration, pack: PolicyPack) -> WalkIn:
    """Give what a line says as a matter; what it does not say stays unknown."""
    return WalkIn(
        facts=_facts(old, pack),
        project_name=old.project_name,
        content=old.content,
        place=Place(community=old.community, grid=old.grid, detail=old.place.removeprefix(old.community)),
        owner=_party(old.owner_name, old.owner_id, contact=old.owner_contact, phone=old.owner_phone),
        contractor=Contractor(
            party=_party(
                old.contractor_name, old.contractor_code, contact=old.contractor_contact, phone=old.contractor_phone
            )
        ),
        planned_start_on=old.planned_start_on,
        planned_end_on=old.planned_end_on,
        remark=old.remark,
    )


def _facts(old: OldRegistration, pack: PolicyPack) -> Facts:
    category = _category(old, pack)
    said: dict[str, FactValue | None] = {
        "kind": old.kind or next((known.kind for known in pack.categories if known.code == category), "") or None,
        "category": category or None,
        "contract_amount_yuan": old.amount_yuan,
        "floor_area_m2": old.area_m2,
    }
    return Facts({name: _plain(value) for name, value in said.items() if value is not None})


def _category(old: OldRegistration, pack: PolicyPack) -> str:
    """Find the pack's category of exactly this name, and of this kind where the line says one."""
    wanted = normalise(old.category)
    fitting = [
        known.code
        for known in pack.categories
        if wanted and normalise(known.label) == wanted and old.kind in ("", known.kind)
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _plain(value: FactValue) -> FactValue:
    return value.normalize() + Decimal(0) if isinstance(value, Decimal) else value


def _party(name: str, identity: tuple[IdKind, str] | None, *, contact: str, phone: str) -> Party:
    is_person = identity[0] is IdKind.RESIDENT_ID if identity else 0 < len(name) <= _LONGEST_PERSON
    return Party(
        kind=PartyKind.PERSON if is_person else PartyKind.ORGANISATION,
        name=name,
        id_kind=identity[0] if identity else (IdKind.RESIDENT_ID if is_person else IdKind.CREDIT_CODE),
        id_number=identity[1] if identity else "",
        contact_name=contact,
        phone=phone,
    )


def _filing(session: Session, station: Station, made: Import, line: JudgedLine, walk_in: WalkIn) -> Filing:
    old = line.read.old
    filed_on = _filed_on(old)
    pack = station.pack_on(filed_on)
    number = storable(old.number) or take_number(
        session, station.known_office().code, series=Series.REGISTRATION, year=station.today().year
    )
    because = _BECAUSE.format(file=made.file_name, line=line.read.line)
    assessment = unjudged(pack_id=pack.id, pack_version=pack.version, high_risk=old.high_risk, because=because)
    return Filing(
        number=number,
        first_number=number,
        registration_number=number,
        filed_on=filed_on,
        status=_STATUSES[old.state].value,
        high_risk=old.high_risk,
        accepted_on=old.accepted_on or old.filed_on,
        valid_until=old.valid_until,
        extension_first=None,
        site_check_by=None,
        feedback_by=None,
        is_provisional=False,
        awaits_platform=False,
        visits=1,
        incomplete_notices=0,
        overrides=[],
        walk_in=walk_in_to_plain(walk_in),
        assessment=assessment_to_plain(assessment),
        pack_id=pack.id,
        pack_version=pack.version,
        completed_on=old.completed_on,
        closed_on=old.closed_on if old.state is OldState.CLOSED else None,
        **_shown(walk_in, old, pack),
    )


def _filed_on(old: OldRegistration) -> date:
    filed_on = old.filed_on or old.accepted_on
    assert filed_on is not None
    return filed_on


def _shown(walk_in: WalkIn, old: OldRegistration, pack: PolicyPack) -> dict[str, str]:
    """Give the columns of the lists; a category that the pack does not know is shown as it was written."""
    columns = shown_columns(walk_in, pack)
    if columns["category"] or not old.category:
        return columns
    return {**columns, "category_label": storable(old.category), "category_sort": sort_key(old.category)}


def _hanging(line: JudgedLine, filing: Filing, made: Import, station: Station) -> list[Any]:
    """Give the rows that hang on a filing: its number, the visit that stands for the old entry, where it came from."""
    old = line.read.old
    visit = FilingVisit(
        filing_id=filing.id,
        ordinal=1,
        visited_on=filing.filed_on,
        decided_at=made.at,
        act=IMPORTED,
        number=filing.number,
        clerk="",
        reviewer="",
        facts_fingerprint="",
        noticed=[],
        settled=[],
        reason="",
        is_notice_incomplete=False,
        is_signed=False,
        is_video_watched=False,
        video="",
    )
    row = ImportedRow(
        import_id=made.id,
        purpose=OLD_LEDGER,
        row_key=old.row_key,
        row_number=line.read.line,
        subject="filing",
        subject_id=filing.id,
        kept=_kept(line, made.headings),
    )
    rows: list[Any] = [FilingNumber(number=filing.number, filing_id=filing.id), visit, row]
    if old.platform_number:
        rows.append(
            PlatformEntryRow(
                act_id=f"{made.act_id}:{line.read.line}",
                filing_id=filing.id,
                number=storable(old.platform_number),
                entered_at=made.at,
                clerk=storable(station.actor.name),
            )
        )
    return rows


def _kept(line: JudgedLine, headings: Sequence[str]) -> dict[str, str]:
    """Give the cells by their headings, also those that were mapped to nothing."""
    kept: dict[str, str] = {}
    for place, cell in enumerate(line.cells):
        if not is_blank(cell):
            heading = headings[place].replace("\n", "/") if place < len(headings) else ""
            name = heading or column_letters(place)
            kept[storable(name if name not in kept else f"{name}（{column_letters(place)}）")] = storable(text_of(cell))
    return kept
