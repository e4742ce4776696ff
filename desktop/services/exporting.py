"""Giving the ledger's list out as a file: a right of its own, covered by default, every time on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.papers.standing_ledger import standing_ledger_paper
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Actor, Right
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.ledger_line import ExportNote, LedgerLine, covered_line
from desktop.domain.ledger_table import LedgerTable
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.progress import SILENT, Progress
from desktop.domain.site import Site, SiteRef
from desktop.domain.standing_ledger import SheetFormat
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.exchange.ledger_workbook import (
    LEDGER_TITLE,
    paper_columns,
    paper_row,
    write_ledger_csv,
    write_ledger_workbook,
)
from desktop.models.database import Database
from desktop.queries.ledger import find_ids
from desktop.queries.ledger_lines import lines_of
from desktop.services.audit import FieldChange, record_event
from desktop.services.file_writing import written_file
from desktop.services.paper_rows import paper_rows
from desktop.services.press import Press
from desktop.services.revealing import id_shows_area, stated_purpose
from desktop.services.station import Station

_ORDER: Final = frozenset({"sort_by", "descending"})
_ASKED_WORDS: Final = LocalCatalogue(
    {
        "text": "查找",
        "kind": "类别",
        "status": "状态",
        "high_risk": "高风险",
        "community": "社区",
        "awaits_platform": "平台未录入",
        "filed_from": "申报日期起",
        "filed_to": "申报日期止",
    },
    local,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What came of an export: the file, how many filings it holds, and how many found ones it must not."""

    file: Path
    count: int
    left_out: int


class ExportingService:
    """Writes what is found into files of others."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database = database
        self._station = station
        self._press = press

    def may_export(self) -> bool:
        """Say whether who is signed in may export anything."""
        return self._station.actor.may(Right.EXPORT)

    def ledger_file(
        self,
        criteria: LedgerCriteria,
        file: Path,
        *,
        form: SheetFormat = SheetFormat.XLSX,
        whole: bool = False,
        purpose: str = "",
        progress: Progress = SILENT,
    ) -> Exported:
        """Write the filings found into a file, in their order, and record what was asked and how many came.

        Filings that are seen but not to be exported (or not to be seen whole, when ``whole``) are left out.
        Raises ``ClerkError``: not_permitted, purpose_required, cannot_save_file, disk_full, database_locked; on paper
        list_too_long (count, most), office_not_set_up and missing_characters as well; ``Cancelled``, and then there is
        neither file nor record.
        """
        actor = self._station.actor
        rights = (Right.EXPORT, Right.SEE_WHOLE) if whole else (Right.EXPORT,)
        for right in (Right.SEE, *rights):
            actor.require(right)
        reason = stated_purpose(purpose) if whole else cover_numbers(purpose.strip())
        with written_file(file) as fresh:
            count, found, ids = self._write(fresh, criteria, form, rights=rights, reason=reason, progress=progress)
            self._record(criteria, count, whole_ids=ids if whole else None, reason=reason)
        return Exported(file=file, count=count, left_out=found - count)

    def _write(
        self,
        file: Path,
        criteria: LedgerCriteria,
        form: SheetFormat,
        *,
        rights: Sequence[Right],
        reason: str,
        progress: Progress,
    ) -> tuple[int, int, list[int]]:
        actor, office, is_whole = self._station.actor, self._station.office, Right.SEE_WHOLE in rights
        note = ExportNote(
            at=self._station.now(),
            station=office.station_name if office else "",
            who=actor.name or (office.clerk_name if office else ""),
            asked=asked_words(criteria),
            is_whole=is_whole,
            purpose=reason,
        )
        written: list[int] = []
        with self._database.reading() as session:
            ids = find_ids(session, criteria)
            shows_area = id_shows_area(session)
            given = _given(session, ids, actor, rights, written, progress)
            lines = given if is_whole else (covered_line(line, shows_area=shows_area) for line in given)
            count = self._write_lines(file, lines, note, form)
        return count, len(ids), written

    def _write_lines(self, file: Path, lines: Iterable[LedgerLine], note: ExportNote, form: SheetFormat) -> int:
        if form is SheetFormat.CSV:
            return write_ledger_csv(file, lines)
        if form is SheetFormat.XLSX:
            return write_ledger_workbook(file, lines, note)
        rows = paper_rows(map(paper_row, lines))
        table = LedgerTable(
            title=local(LEDGER_TITLE),
            headers=tuple(column.heading for column in paper_columns()),
            widths=tuple(column.paper_width for column in paper_columns()),
            rows=rows,
            note=f"共 {len(rows)} 件。",
        )
        said = [("范围", "；".join(note.asked) or "全部（本人可见范围）"), ("用途", note.purpose)]
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=Site(ref=SiteRef(), number="", project_name="", place="", community=""),
            number="",
            issued_on=self._station.today(),
        )
        paper = standing_ledger_paper(ctx, local(LEDGER_TITLE), [table], said=[pair for pair in said if pair[1]])
        file.write_bytes(self._press.plain(paper))
        return len(rows)

    def note_list(self, criteria: LedgerCriteria, count: int) -> None:
        """Put on record that a list left the program, numbers covered; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.EXPORT)
        self._record(criteria, count, whole_ids=None, reason="")

    def _record(self, criteria: LedgerCriteria, count: int, *, whole_ids: list[int] | None, reason: str) -> None:
        changes = list(_asked(criteria))
        if whole_ids is not None:
            changes.append(("filings", None, whole_ids))
        with self._database.writing() as session:
            record_event(
                session,
                self._station,
                act="export",
                summary=f"导出台账 {count} 件（{'完整个人信息' if whole_ids is not None else '个人信息已遮盖'}）",
                reason=reason,
                changes=changes,
            )


def asked_words(criteria: LedgerCriteria) -> tuple[str, ...]:
    """Say what was looked for, in words; numbers of persons covered."""
    return tuple(f"{_ASKED_WORDS[name.removeprefix('asked.')]}：{value}" for name, _, value in _asked(criteria))


def _asked(criteria: LedgerCriteria) -> Iterator[FieldChange]:
    for field in fields(criteria):
        value = getattr(criteria, field.name)
        if field.name in _ORDER or value in (None, ""):
            continue
        if field.name == "status":
            value = STATUS_WORDS[value]
        yield (f"asked.{field.name}", None, cover_numbers(str(value)))


def _given(
    session: Session,
    ids: Sequence[int],
    actor: Actor,
    rights: Sequence[Right],
    written: list[int],
    progress: Progress,
) -> Iterator[LedgerLine]:
    for done, line in enumerate(lines_of(session, ids)):
        progress.step(done, len(ids))
        if all(actor.may_for(right, line.row.community, line.departments) for right in rights):
            written.append(line.row.id)
            yield line
    progress.step(len(ids), len(ids))
