"""Reading a standing ledger out of the database: the rows of each sheet, one by one, as its columns say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.ledger_fit import without_unknown
from desktop.domain.ledger_line import LedgerLine, covered_line
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Progress
from desktop.domain.standing_ledger import ORDINAL, STANDING_LEDGERS, Cell, LedgerSpec, SheetSpec, StandingCriteria
from desktop.queries import standing_ledgers as reads
from desktop.queries.high_risk_lines import high_risk_lines
from desktop.queries.ledger_lines import lines_of
from desktop.queries.ledger_presence import on_record
from desktop.services import standing_cells as cells
from desktop.services.revealing import id_shows_area
from desktop.services.standing_told import dealt_with, followed_up

_A_STEP: Final = 200


class LedgerReading:
    """One ledger as it is read; ``filings`` are those whose matter was given whole."""

    def __init__(
        self, session: Session, asked: StandingCriteria, *, pack: PolicyPack, is_whole: bool, progress: Progress
    ) -> None:
        self._session = session
        self._asked = asked
        self._pack = pack
        self.is_whole = is_whole
        self._progress = progress
        self._cover = cells.Cover(is_whole=is_whole)
        self._shows_area = id_shows_area(session)
        self._done = self._total = 0
        self.filings: list[int] = []

    def spec(self) -> LedgerSpec:
        """Give the sheets and columns of the ledger that is asked for, without what the rules do not know."""
        return without_unknown(STANDING_LEDGERS[self._asked.ledger], self._pack, on_record(self._session))

    def rows(self, sheet: SheetSpec) -> Iterator[tuple[Cell, ...]]:
        """Give the rows of a sheet in the order of its columns; raises ``Cancelled``."""
        found, reading = self._sources()[sheet.rows]()
        wanted = [reading[column.source] for column in sheet.columns if column.source != ORDINAL]
        has_ordinal = len(wanted) < len(sheet.columns)
        for place, row in enumerate(found, 1):
            self._step()
            told = tuple([read(row) for read in wanted])
            yield (place, *told) if has_ordinal else told
        self._progress.step(self._done, max(self._done, self._total))

    def _sources(self) -> Mapping[str, Callable[[], tuple[Iterable[Any], cells.Reading]]]:
        session, asked, cover = self._session, self._asked, self._cover
        return {
            "registrations": lambda: self._lines(reads.registered_ids(session, asked)),
            "works": lambda: self._lines(reads.standing_ids(session, asked)),
            "high_risk": self._high_risk,
            "patrols": self._patrols,
            "hazards": self._hazards,
            "transfers": lambda: (reads.transfers(session, asked), cells.transfer_cells(cover)),
            "close_outs": lambda: (reads.close_outs(session, asked), cells.close_out_cells(cover)),
            "dealt_with": lambda: (dealt_with(session, asked, self._pack), cells.told_cells(cover)),
            "followed_up": lambda: (followed_up(session, asked), cells.told_cells(cover)),
        }

    def _patrols(self) -> tuple[Iterable[Any], cells.Reading]:
        session, asked = self._session, self._asked
        self._total += reads.count_patrols(session, asked)
        return reads.patrols(session, asked), cells.patrol_cells(self._cover, reads.found_at(session))

    def _hazards(self) -> tuple[Iterable[Any], cells.Reading]:
        self._total += reads.count_hazards(self._session, self._asked)
        return reads.hazards(self._session, self._asked), cells.hazard_cells(self._cover, self._pack)

    def _lines(self, ids: tuple[int, ...]) -> tuple[Iterable[Any], cells.Reading]:
        self._total += len(ids)
        return self._given(lines_of(self._session, ids)), cells.filing_cells(self._cover)

    def _high_risk(self) -> tuple[Iterable[Any], cells.Reading]:
        ids = reads.standing_ids(self._session, self._asked, high_risk_only=True)
        self._total += len(ids)
        lines = high_risk_lines(self._session, ids, until=self._asked.last_on, given=self._one)
        return lines, cells.high_risk_cells(self._cover)

    def _given(self, lines: Iterable[LedgerLine]) -> Iterator[LedgerLine]:
        return map(self._one, lines)

    def _one(self, line: LedgerLine) -> LedgerLine:
        if self.is_whole:
            self.filings.append(line.row.id)
            return line
        return covered_line(line, shows_area=self._shows_area)

    def _step(self) -> None:
        if self._done % _A_STEP == 0:
            self._progress.step(self._done, max(self._done, self._total))
        self._done += 1
