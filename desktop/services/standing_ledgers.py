"""The standing ledgers as files: Excel in the office's layout, CSV or paper; covered by default, always on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.documents.papers.standing_ledger import standing_ledger_paper
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.ledger_table import LedgerTable
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.progress import SILENT, Progress
from desktop.domain.site import Site, SiteRef
from desktop.domain.standing_ledger import (
    STANDING_LEDGERS,
    Cell,
    LedgerSpec,
    SheetFormat,
    SheetSpec,
    StandingCriteria,
    period_words,
)
from desktop.exchange.layout_book import write_layout_book
from desktop.exchange.sheet_csv import write_csv
from desktop.exchange.sheet_layout import SheetLayout
from desktop.models.database import Database
from desktop.models.gate import SeenBy, see_as
from desktop.services.audit import FieldChange, record_event
from desktop.services.file_writing import written_file
from desktop.services.paper_rows import paper_rows
from desktop.services.press import Press
from desktop.services.revealing import stated_purpose
from desktop.services.standing_reading import LedgerReading
from desktop.services.station import Station

_ACT = "standing_ledger_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWritten:
    """What came of it: the file, and how many rows its sheets hold together."""

    file: Path
    count: int


class StandingLedgerService:
    """Writes the ledgers that an office keeps, over a period."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database = database
        self._station = station
        self._press = press

    def write(
        self,
        asked: StandingCriteria,
        file: Path,
        *,
        form: SheetFormat = SheetFormat.XLSX,
        whole: bool = False,
        purpose: str = "",
        progress: Progress = SILENT,
    ) -> LedgerWritten:
        """Write a ledger into a file and put that on record; what may be seen but not taken out stays out.

        Raises ``ClerkError``: not_permitted, period_reversed, purpose_required, list_too_long (count, most),
        cannot_save_file, disk_full, database_locked; on paper office_not_set_up and missing_characters as well;
        ``Cancelled``, and then there is neither file nor record.
        """
        rights = (Right.SEE, Right.EXPORT, Right.SEE_WHOLE) if whole else (Right.SEE, Right.EXPORT)
        for right in rights:
            self._station.actor.require(right)
        if asked.first_on > asked.last_on:
            raise ClerkError("period_reversed", first=asked.first_on, last=asked.last_on)
        reason = stated_purpose(purpose) if whole else cover_numbers(purpose.strip())
        with written_file(file) as fresh:
            count, filings = self._write(fresh, asked, form, rights=rights, reason=reason, progress=progress)
            progress.step(count, count)  # the last moment to stop: what is on record has left
            self._record(asked, form, count, filings=filings if whole else None, reason=reason)
        return LedgerWritten(file=file, count=count)

    def _write(
        self,
        file: Path,
        asked: StandingCriteria,
        form: SheetFormat,
        *,
        rights: Sequence[Right],
        reason: str,
        progress: Progress,
    ) -> tuple[int, list[int]]:
        actor, is_whole = self._station.actor, Right.SEE_WHOLE in rights
        grants = tuple(grant for grant in actor.grants if grant.rights.issuperset(rights))
        write: Callable[[Path, StandingCriteria, LedgerReading, str], int] = {
            SheetFormat.XLSX: self._write_book,
            SheetFormat.CSV: self._write_csv,
            SheetFormat.PDF: self._write_paper,
        }[form]
        with self._database.reading() as session:
            see_as(session, SeenBy(grants, actor.account_id, sees_trail=False))
            reading = LedgerReading(session, asked, pack=self._station.pack(), is_whole=is_whole, progress=progress)
            return write(file, asked, reading, reason), reading.filings

    def _write_book(self, file: Path, asked: StandingCriteria, reading: LedgerReading, reason: str) -> int:
        spec = reading.spec()
        sheets = [(self._layout(spec, sheet, asked), reading.rows(sheet)) for sheet in spec.sheets]
        is_whole = reading.is_whole

        def note(counts: Sequence[int]) -> list[tuple[str, str]]:
            return self._said(asked, sum(counts), is_whole=is_whole, reason=reason)

        return sum(write_layout_book(file, sheets, note))

    def _write_csv(self, file: Path, _asked: StandingCriteria, reading: LedgerReading, _reason: str) -> int:
        sheets = reading.spec().sheets
        parts = [(sheet.name, [column.heading for column in sheet.columns], reading.rows(sheet)) for sheet in sheets]
        return write_csv(file, parts)

    def _write_paper(self, file: Path, asked: StandingCriteria, reading: LedgerReading, reason: str) -> int:
        spec = reading.spec()
        tables = list(_tables(spec, reading))
        count = sum(len(table.rows) for table in tables)
        said = [("期间", period_words(asked.first_on, asked.last_on)), ("社区", _area(asked))]
        if spec.article:
            said.append(("依据", spec.article))
        if reading.is_whole:
            said.append(("用途", reason))
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=Site(ref=SiteRef(), number="", project_name="", place="", community=asked.community or ""),
            number="",
            issued_on=self._station.today(),
        )
        file.write_bytes(self._press.plain(standing_ledger_paper(ctx, spec.title, tables, said=said)))
        return count

    def _layout(self, spec: LedgerSpec, sheet: SheetSpec, asked: StandingCriteria) -> SheetLayout:
        office = self._station.office
        points = (office.street_name, office.station_name) if office else ()
        return SheetLayout(
            name=sheet.name,
            title=spec.title if len(spec.sheets) == 1 else f"{spec.title}：{sheet.name}",
            unit=" ".join(dict.fromkeys(filter(None, (*points, asked.community)))),
            said=f"期间：{period_words(asked.first_on, asked.last_on)}",
            columns=sheet.columns,
        )

    def _said(self, asked: StandingCriteria, count: int, *, is_whole: bool, reason: str) -> list[tuple[str, str]]:
        office, spec = self._station.office, STANDING_LEDGERS[asked.ledger]
        said = (
            ("导出内容", spec.title),
            ("期间", period_words(asked.first_on, asked.last_on)),
            ("社区", _area(asked)),
            ("依据", spec.article),
            ("行数", str(count)),
            ("导出人", self._station.actor.name or (office.clerk_name if office else "")),
            ("导出时间", f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"),
            ("个人信息", "完整显示，用后请删除" if is_whole else "证件号码和电话已遮盖"),
            ("用途", reason),
            ("记录", "本次导出已记入审计记录。"),
        )
        return [(name, text) for name, text in said if text]

    def _record(
        self, asked: StandingCriteria, form: SheetFormat, count: int, *, filings: list[int] | None, reason: str
    ) -> None:
        changes: list[FieldChange] = [
            ("asked.period", None, period_words(asked.first_on, asked.last_on)),
            ("asked.community", None, _area(asked)),
            ("asked.format", None, form.value),
        ]
        if filings is not None:
            changes.append(("filings", None, filings))
        shown = "个人信息已遮盖" if filings is None else "完整个人信息"
        with self._database.writing() as session:
            summary = f"导出{STANDING_LEDGERS[asked.ledger].title} {count} 行（{shown}）"
            record_event(session, self._station, act=_ACT, summary=summary, reason=reason, changes=changes)


def _tables(spec: LedgerSpec, reading: LedgerReading) -> Iterator[LedgerTable]:
    taken = 0
    for sheet in spec.sheets:
        shown = [place for place, column in enumerate(sheet.columns) if column.on_paper]
        rows = paper_rows((_words(row, shown) for row in reading.rows(sheet)), taken=taken)
        taken += len(rows)
        yield LedgerTable(
            title=sheet.name,
            headers=tuple(sheet.columns[place].heading for place in shown),
            widths=tuple(sheet.columns[place].paper_width for place in shown),
            rows=rows,
            note=f"共 {len(rows)} 条。" if rows else f"期间没有{sheet.name}的记录。",
        )


def _words(row: Sequence[Cell], shown: Sequence[int]) -> tuple[str, ...]:
    return tuple("" if (cell := row[place]) is None else str(cell) for place in shown)


def _area(asked: StandingCriteria) -> str:
    return asked.community or "全部（本人可以导出的范围）"
