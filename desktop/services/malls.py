"""Shops of one mall taken in one after another (商圈一揽子纳管), and the notice for merchants before they come.

Each shop stays a filing of its own with its own papers; what they share is carried over from the newest of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy.orm import Session

from desktop.documents.context import PaperContext
from desktop.documents.papers.merchant_notice import merchant_notice
from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.assess import assess
from desktop.domain.batch import BatchRow, mall_name, next_shop
from desktop.domain.errors import ClerkError
from desktop.domain.facts import SMALL_WORK, Facts
from desktop.domain.papers_together import Together
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import CellTrouble, CellValue
from desktop.domain.shop_list import Shop, ShopList, shop_key, shops_of_rows
from desktop.domain.walk_in import Batch, Place, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain, walk_in_to_plain
from desktop.domain.workdays import WorkdayCalendar
from desktop.models.database import Database
from desktop.models.desk_rows import DraftRow
from desktop.models.filing import Filing
from desktop.queries.filing_file import stored_filing
from desktop.queries.malls import filings_of_mall, malls, shops_on_record
from desktop.services.audit import record_event
from desktop.services.drafts import DraftService
from desktop.services.press import Press
from desktop.services.reach import require_for_filing
from desktop.services.register_rows import organisation_of, organisations_in
from desktop.services.station import Station

_NOBODY: Final = Shop(name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopsBegun:
    """How many drafts a list of shops began, and which shops were there already."""

    begun: int
    known: tuple[str, ...]
    changes: frozenset[Change] = frozenset({Change.DRAFTS})


class MallService:
    """Carries over what shops share, begins drafts for a list of them and makes their notices."""

    def __init__(self, database: Database, station: Station, *, drafts: DraftService, press: Press) -> None:
        self._database, self._station = database, station
        self._drafts, self._press = drafts, press

    def all(self) -> tuple[BatchRow, ...]:
        """List the malls of which filings are seen, the last used first."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            return malls(session)

    def after(self, filing_id: int) -> WalkIn:
        """Begin the next shop with what it shares with a filing, and record that its particulars were carried over.

        A filing without a mall gives its estate for one.  Raises ``ClerkError``: no_such_filing, not_permitted,
        outside_scope.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.writing() as session:
            filing = stored_filing(session, filing_id)
            require_for_filing(session, self._station.actor, Right.REGISTER, filing)
            shared = _next(filing)
            self._record_next(session, filing, shared)
        return shared

    def next_of(self, mall: str) -> WalkIn:
        """Begin the next shop of a mall by the newest filing within reach; raises as ``after``."""
        self._station.actor.require(Right.REGISTER)
        with self._database.writing() as session:
            filing = self._newest(session, mall)
            shared = _next(filing)
            self._record_next(session, filing, shared)
        return shared

    def begin_drafts(self, shops: Sequence[Shop], *, mall: str = "", beside: WalkIn | None = None) -> ShopsBegun:
        """Keep a draft for each shop of a mall, or beside a matter that is just typed; all of them or none.

        A shop that has a draft or a filing in that mall already gets no other.  Raises ``ClerkError`` as ``after``.
        """
        actor, now = self._station.actor, self._station.now()
        actor.require(Right.REGISTER)
        drafted = [draft.walk_in for draft in self._drafts.all()]
        with self._database.writing() as session:
            filing = None if beside is not None else self._newest(session, mall)
            shared = _next(filing) if filing is not None else next_shop(beside or WalkIn(), _batch_of(beside))
            known = self._known(session, shared.batch, drafted)
            wanted = [shop for shop in shops if shop_key(shop.name, shop.unit) not in known]
            for place, shop in enumerate(wanted):
                plain = walk_in_to_plain(shop.taken_into(shared))
                # The newest is offered first: so they stand in the order of the list.
                saved_at = now - timedelta(milliseconds=place)
                session.add(DraftRow(id=uuid4().hex, saved_at=saved_at, account_id=actor.account_id, walk_in=plain))
            summary = f"“{shared.batch.name}”一揽子纳管，按商户名单建草稿 {len(wanted)} 份"
            if wanted:
                filing_id = None if filing is None else filing.id
                record_event(session, self._station, act="shop_drafts", summary=summary, filing_id=filing_id)
        lines = tuple(shop.line for shop in shops if shop not in wanted)
        return ShopsBegun(begun=len(wanted), known=lines)

    def read_list(self, file: Path, progress: Progress = SILENT) -> ShopList:
        """Read a list of shops from the first sheet of a workbook or from a text file.

        Raises ``Cancelled`` and ``ClerkError`` as ``exchange.foreign_sheet.read_grid``.
        """
        from desktop.exchange.foreign_sheet import read_grid

        self._station.actor.require(Right.REGISTER)
        return shops_of_rows([_text(cell) for cell in row] for row in read_grid(file, progress=progress).rows)

    def notices(self, shops: Sequence[Shop], *, mall: str = "", progress: Progress = SILENT) -> Together:
        """Give the notices for the shops in one PDF, one notice for every shop of the mall where none is named.

        Raises ``Cancelled``, ``ClerkError``: not_permitted, office_not_set_up, missing_characters.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            points = [organisation_of(one) for one in organisations_in(session) if one.is_point]
        named = list(shops) or [_NOBODY]
        ctx = self._notice_context(mall)
        each = (replace(ctx, walk_in=shop.taken_into(ctx.walk_in)) for shop in named)
        return self._press.together([merchant_notice(one, points) for one in each], progress)

    def note_notices(self, mall: str, count: int) -> None:
        """Put on record that notices for a mall were printed or saved."""
        self._station.actor.require(Right.REGISTER)
        named = f"“{mall}”" if mall else ""
        with self._database.writing() as session:
            summary = f"打印{named}商户告知单 {count} 份"
            record_event(session, self._station, act="merchant_notice_out", summary=summary)

    def _newest(self, session: Session, mall: str) -> Filing:
        refused: ClerkError | None = None
        for filing in filings_of_mall(session, mall):
            try:
                require_for_filing(session, self._station.actor, Right.REGISTER, filing)
            except ClerkError as error:
                refused = error
            else:
                return filing
        raise refused or ClerkError("no_such_filing", filing_id=0)

    def _record_next(self, session: Session, filing: Filing, shared: WalkIn) -> None:
        summary = f"“{shared.batch.name}”一揽子纳管，带入共用内容登记下一户（含产权人完整信息）"
        record_event(session, self._station, act="next_shop", summary=summary, filing_id=filing.id)

    def _known(self, session: Session, batch: Batch, drafted: Sequence[WalkIn]) -> set[str]:
        on_record = shops_on_record(session, batch.name, batch.began_with)
        begun = ((one.owner.name, one.place.room) for one in drafted if one.batch.name == batch.name)
        return {shop_key(name, unit) for name, unit in (*on_record, *begun)}

    def _notice_context(self, mall: str) -> PaperContext:
        pack = self._station.pack()
        matter = WalkIn(facts=Facts({"kind": SMALL_WORK}), place=Place(), batch=Batch(name=mall))
        return PaperContext(
            office=self._station.known_office(),
            pack=pack,
            walk_in=matter,
            assessment=assess(matter.facts, pack, WorkdayCalendar()),
            number="",
            issued_on=self._station.today(),
        )


def _next(filing: Filing) -> WalkIn:
    before = walk_in_from_plain(filing.walk_in)
    began_with = before.batch.began_with if before.batch.name else filing.first_number
    return next_shop(before, Batch(name=mall_name(before), began_with=began_with))


def _batch_of(matter: WalkIn | None) -> Batch:
    return replace(matter.batch, name=mall_name(matter)) if matter is not None else Batch()


def _text(cell: CellValue) -> str:
    if cell is None or isinstance(cell, CellTrouble):
        return ""
    # A telephone in a cell of numbers.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
