"""Judging the lines of an old ledger against the ledger: numbers in use, lines taken before, places within reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.old_ledger_fields import OldField
from desktop.domain.old_line import read_entry
from desktop.domain.old_registration import CellFault, LedgerMapping, ReadLine, is_mapped_well
from desktop.domain.progress import Progress
from desktop.domain.register_number import parse_number
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import Grid, GridRow
from desktop.domain.sheet_import import OLD_LEDGER, JudgedLine
from desktop.domain.sheet_layout import Skipped, entries, joined_headings
from desktop.models.filing import FilingNumber
from desktop.models.sheet_import import ImportedRow
from desktop.services.station import Station

CHUNK: Final = 400
_COMMUNITY_END: Final = re.compile(r"(?:社区|居民委员会|居委会|村委会|工作站|村)+$")


class SheetJudging:
    """Goes through a sheet in chunks; the session must see every number, whosever filing has it."""

    def __init__(self, session: Session, station: Station, *, mapping: LedgerMapping, grid: Grid) -> None:
        self._session, self._station, self._mapping, self._grid = session, station, mapping, grid
        self.headings = joined_headings(grid, mapping.headings)
        self.skipped: dict[Skipped, int] = {}
        self._lines_of_keys: dict[str, int] = {}
        office = station.office
        self._communities = {_folded(name): name for name in (office.communities if office else ())}
        self._reach: dict[str, bool] = {}
        self._require_mapping()

    def chunks(self, progress: Progress) -> Iterator[tuple[JudgedLine, ...]]:
        """Give the judged lines, some hundred at a time; raises ``Cancelled``."""
        lines, total = self._read(), len(self._grid.rows)
        while chunk := tuple(islice(lines, CHUNK)):
            progress.step(chunk[-1][0].line, total)
            yield self._judged(chunk)

    def _require_mapping(self) -> None:
        """See that a mapping will do; raises ``FaultyInput``."""
        wants = is_mapped_well(self._mapping)
        if wants:
            raise FaultyInput(tuple(Fault("列的对应", want) for want in wants))

    def _read(self) -> Iterator[tuple[ReadLine, GridRow]]:
        above: GridRow = ()
        for entry in entries(self._grid, self._mapping.headings, self.skipped):
            read, above = read_entry(entry, above, self._mapping, self.headings, self._station.today())
            yield self._placed(read), above

    def _placed(self, read: ReadLine) -> ReadLine:
        """Find the community as the office writes it, and see that it is within reach."""
        named = read.old.community
        if not named:
            return read
        known = self._communities.get(_folded(named))
        column = self._mapping.column_of(OldField.COMMUNITY)
        if known is None and self._communities:
            what = f"“{named[:20]}”不是本受理点的社区（{_several(self._communities.values())}），请核对"
            return _faulted(read, column, what)
        community = known or named
        if community not in self._reach:
            self._reach[community] = self._station.actor.may_for(Right.REGISTER, community, ())
        if not self._reach[community]:
            return _faulted(read, column, f"“{community}”不在您可以办理的范围内，请由该社区或者街道导入")
        return replace(read, old=replace(read.old, community=community))

    def _judged(self, chunk: Sequence[tuple[ReadLine, GridRow]]) -> tuple[JudgedLine, ...]:
        keys = {read.line: read.old.row_key for read, _cells in chunk if not read.faults}
        known = set(self._session.scalars(_known(list(keys.values()))))
        numbers = [read.old.number for read, _cells in chunk if read.old.number]
        held = set(self._session.scalars(select(FilingNumber.number).where(FilingNumber.number.in_(numbers))))
        return tuple(self._line(read, cells, keys, known, held) for read, cells in chunk)

    def _line(
        self, read: ReadLine, cells: GridRow, keys: dict[int, str], known: set[str], held: set[str]
    ) -> JudgedLine:
        key = keys.get(read.line)
        if key is None:
            return JudgedLine(read=read, cells=cells)
        if key in known:
            return JudgedLine(read=read, cells=cells, is_known=True)
        column, number = self._mapping.column_of(OldField.NUMBER), read.old.number
        twin = self._lines_of_keys.setdefault(key, read.line)
        if twin != read.line:
            if number:
                return JudgedLine(read=_faulted(read, column, f"编号与第 {twin} 行相同，请核对"), cells=cells)
            return JudgedLine(read=read, cells=cells, twin=twin)
        own = parse_number(number) if number else None
        # Said whether or not somebody has it: a number of a place out of sight is nobody's business.
        if own is not None and str(own) == number:
            what = "是本程序给出的编号，请由原受理点用上报包报来，不要从表格导入"
            return JudgedLine(read=_faulted(read, column, f"{number} {what}"), cells=cells)
        if number in held:
            return JudgedLine(read=_faulted(read, column, f"编号 {number} 台账中已有，请核对"), cells=cells)
        return JudgedLine(read=read, cells=cells)


def _known(keys: Sequence[str]) -> Select[str]:
    return select(ImportedRow.row_key).where(ImportedRow.purpose == OLD_LEDGER, ImportedRow.row_key.in_(keys))


def _faulted(read: ReadLine, column: int | None, what: str) -> ReadLine:
    return replace(read, faults=(*read.faults, CellFault(column=column, what=what)))


def _several(names: Iterable[str]) -> str:
    listed = list(names)
    return "、".join(listed[:6]) + (" 等" if len(listed) > 6 else "")


def _folded(name: str) -> str:
    folded = normalise(name)
    return _COMMUNITY_END.sub("", folded) or folded
