"""Random inspections (随机抽查): a fair draw that anybody can repeat, and what inspections found."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper, from_plain
from desktop.documents.papers.draw_list import RESULT_WORDS, draw_list, draw_results
from desktop.domain.access import Right
from desktop.domain.deadlines import add_months
from desktop.domain.errors import ClerkError
from desktop.domain.register_number import Series
from desktop.domain.sampling import (
    DEFAULT_PERIOD_MONTHS,
    DEFAULT_SHARE,
    PERIOD_MONTHS,
    SHARE,
    Coverage,
    Draw,
    DrawRequest,
    DrawRow,
    InspectionNote,
    Population,
    Redrawn,
    drawn_from,
    percent,
    sample_size,
)
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.queries.filing_file import departments_of, stored_filing
from desktop.queries.inspections import (
    can_be_drawn,
    covered_between,
    draw_row,
    drawn_rows,
    filings_numbered,
    results_seen,
    stored_draws,
)
from desktop.services.audit import FieldChange, record_event
from desktop.services.draw_making import DrawMaking, told_of_draw
from desktop.services.draw_notes import check_patrol, fit_words, put_note
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.once import row_of_act
from desktop.services.press import Press, content_sha256
from desktop.services.station import Station
from desktop.services.touched import DRAW

_LONGEST_SEED: Final = 80
_SEED_BYTES: Final = 16
_NOTING: Final = (Right.PATROL_FEEDBACK, Right.DRAW_INSPECTIONS)
_LOG = logging.getLogger(__name__)


class DrawService:
    """Draws filings to be inspected and keeps the results."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database, self._station, self._press = database, station, press
        self._acts = NumberedActs(database, station, press)

    def usual(self) -> tuple[Population, Decimal]:
        """Give the population and share that a draw begins with: all under way that a period up to today brought."""
        self._station.actor.require(Right.SEE)
        numbers, today = self._station.pack().numbers(), self._station.today()
        months = int(numbers.get(PERIOD_MONTHS, Decimal(DEFAULT_PERIOD_MONTHS)))
        return Population(first_on=add_months(today, -months), last_on=today), numbers.get(SHARE, DEFAULT_SHARE)

    def foreseen(self, population: Population, share: Decimal) -> tuple[int, int]:
        """Count what can be drawn and how many of that a share draws; raises ``ClerkError("draw_unfit")``."""
        self._station.actor.require(Right.DRAW_INSPECTIONS)
        _require_share(share)
        with self._database.reading() as session:
            frame = self._frame(session, population)
        return len(frame), sample_size(len(frame), share)

    def draw(self, request: DrawRequest) -> Draw:
        """Draw, number and keep a list with its paper; the same ``act_id`` twice gives the same draw.

        The frame is what the one at work may draw when the draw is made.  Raises ``ClerkError``: not_permitted,
        draw_unfit (period, share below the pack's least share, seed), draw_empty, act_id_used, office_not_set_up,
        missing_characters, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.DRAW_INSPECTIONS)
        self._check(request)
        seed = clean_text(request.seed) or secrets.token_hex(_SEED_BYTES)
        made = DrawMaking(self._station, request, seed)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[int, Written]:
            return made.write(session, number, documents)

        def compose(session: Session, number: str) -> tuple[Paper]:
            made.take(number, self._frame(session, request.population))
            office = self._station.known_office()
            return (draw_list(made.as_shown(session), office=office, pack=self._station.pack()),)

        def done(session: Session) -> int | None:
            before = row_of_act(session, RandomDraw, request.act_id, told_of_draw(request))
            return None if before is None else before.id

        draw_id = self._acts.carry_out(Series.DRAW, done=done, compose=compose, write=write)
        _LOG.info("drew %s", draw_id)
        return self.open(draw_id)

    def all(self) -> tuple[DrawRow, ...]:
        """List the draws of which a drawn filing is seen, the newest first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            seen = results_seen(session)
        return tuple(draw_row(draw, seen[draw.id]) for draw in self._stored(seen))

    def open(self, draw_id: int) -> Draw:
        """Give a draw with its filings, as far as they are seen; raises ``ClerkError("no_such_draw")``."""
        self._station.actor.require(Right.SEE)
        return self._draw(self._head(draw_id))

    def record(self, note: InspectionNote) -> Draw:
        """Keep what the inspection of one drawn filing came to; a later note takes the place of an earlier one.

        What was not inspected or had problems needs words.  Raises ``ClerkError``: not_permitted, outside_scope,
        no_such_draw, not_drawn, no_such_patrol (none, or of another site), note_unfit, day_not_possible.
        """
        self._station.actor.require(*_NOTING)
        words = fit_words(note, self._station.today())
        draw = self._head(note.draw_id)
        with self._database.writing() as session:
            drawn = session.get(DrawnFiling, (note.draw_id, note.filing_id))
            if drawn is None:
                raise ClerkError("not_drawn", filing_id=note.filing_id)
            filing = stored_filing(session, note.filing_id)
            self._require_reach(session, filing)
            check_patrol(session, note)
            if note.inspected_on < draw.drawn_on:
                raise ClerkError("day_not_possible", why=f"检查日期早于抽取日期 {draw.drawn_on.isoformat()}。")
            changes = put_note(drawn, note, words)
            if changes:
                self._record_result(session, draw, filing, note, words=words, changes=changes)
        return self._draw(draw)

    def verify(self, draw_id: int) -> Redrawn:
        """Draw again from the recorded frame, share and seed, and hold it against what is recorded.

        Raises ``ClerkError``: not_permitted, no_such_draw, outside_scope when not all that was drawn is seen.
        """
        self._station.actor.require(Right.DRAW_INSPECTIONS, Right.AUDIT)
        draw = self._head(draw_id)
        expected = self._all_drawn(draw)
        with self._database.reading() as session:
            recorded = tuple(row.number for row in drawn_rows(session, draw_id))
        return Redrawn(draw_id=draw_id, frame_size=len(draw.frame), expected=expected, recorded=recorded)

    def coverage(self, first: date, last: date) -> Coverage:
        """Say how far the registrations of a period were drawn and inspected, of those that are seen."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            registered, drawn, inspected = covered_between(session, first, last)
        least = self._station.pack().numbers().get(SHARE, DEFAULT_SHARE)
        return Coverage(
            first_on=first,
            last_on=last,
            registered=registered,
            drawn=drawn,
            inspected=inspected,
            least_share=least,
        )

    def list_pdf(self, draw_id: int) -> bytes:
        """Give the list as it was drawn, for who sees all of it; raises as ``verify``, and no_such_paper."""
        self._station.actor.require(Right.SEE)
        paper, sha256 = self._stored_list(draw_id)
        return self._press.again(paper, sha256)

    def reprint(self, draw_id: int) -> bytes:
        """Give the list again with the mark 补打, and record it; raises as ``list_pdf``."""
        self._station.actor.require(*_NOTING)
        paper, _sha256 = self._stored_list(draw_id)
        pdf = self._press.reprint(paper)
        with self._database.writing() as session:
            summary = f"补打《{paper.title}》（{paper.number}）"
            record_event(session, self._station, act="draw_reprint", summary=summary, touched=[(DRAW, draw_id)])
        return pdf

    def results_pdf(self, draw_id: int) -> bytes:
        """Give the results as they are today; raises as ``list_pdf``."""
        self._station.actor.require(Right.SEE)
        head = self._head(draw_id)
        self._all_drawn(head)
        draw = self._draw(head)
        office, on = self._station.known_office(), self._station.today().isoformat()
        return self._press.plain(draw_results(draw, office=office, pack=self._station.pack(), on=on))

    def _stored_list(self, draw_id: int) -> tuple[Paper, str]:
        """Give the paper of a draw, which names all that was drawn and so is for who sees all of it."""
        head = self._head(draw_id)
        self._all_drawn(head)
        with self._database.reading(is_whole=True) as session:
            document = session.get(IssuedDocument, head.document_id) if head.document_id is not None else None
            if document is None:
                raise ClerkError("no_such_paper", draw_id=draw_id)
            if content_sha256(document.paper) != document.content_sha256:
                raise ClerkError("paper_changed", paper_id=document.id, number=document.number)
            return from_plain(document.paper), document.sha256

    def _frame(self, session: Session, population: Population) -> dict[str, int]:
        """Give number and id of what can be drawn: what is seen and lies where the right to draw counts."""
        actor = self._station.actor
        return {
            number: filing_id
            for number, (filing_id, community, departments) in can_be_drawn(session, population).items()
            if actor.may_for(Right.DRAW_INSPECTIONS, community, departments)
        }

    def _check(self, request: DrawRequest) -> None:
        population, least = request.population, self._station.pack().numbers().get(SHARE, DEFAULT_SHARE)
        _require_share(request.share)
        if population.first_on > population.last_on:
            raise ClerkError("draw_unfit", fields=("first_on", "last_on"), why="期间的起日晚于止日。")
        if not least <= request.share <= 1:
            raise ClerkError("draw_unfit", fields=("share",), why=f"比例应在 {percent(least)} 至 100% 之间。")
        if fault := text_fault(request.seed.strip(), longest=_LONGEST_SEED):
            raise ClerkError("draw_unfit", fields=("seed",), why=f"种子{fault}。")

    def _require_reach(self, session: Session, filing: Filing) -> None:
        actor, departments = self._station.actor, departments_of(session, filing.id)
        if not any(actor.may_for(right, filing.community, departments) for right in _NOTING):
            held = next(right for right in _NOTING if actor.may(right))
            actor.require_for(held, filing.community, departments)

    def _head(self, draw_id: int) -> RandomDraw:
        """Give a draw of which a drawn filing is seen; raises ``ClerkError("no_such_draw")``."""
        with self._database.reading() as session:
            seen = results_seen(session, [draw_id])
        found = self._stored(seen)
        if not found:
            raise ClerkError("no_such_draw", draw_id=draw_id)
        return found[0]

    def _stored(self, draw_ids: Collection[int]) -> tuple[RandomDraw, ...]:
        """Give draws that were found by what is seen of them; who sees a part of one looks at that part only."""
        with self._database.reading(is_whole=True) as session:
            return stored_draws(session, draw_ids)

    def _draw(self, head: RandomDraw) -> Draw:
        with self._database.reading() as session:
            row = draw_row(head, results_seen(session, [head.id])[head.id])
            return Draw(row=row, seed=head.seed, drawn_at=head.drawn_at, drawn=drawn_rows(session, head.id))

    def _all_drawn(self, draw: RandomDraw) -> tuple[str, ...]:
        """Draw again from the record; raises ``ClerkError("outside_scope")`` when not all of it is seen."""
        actor, numbers = self._station.actor, drawn_from(draw.frame, seed=draw.seed, share=Decimal(draw.share))
        sees_all = any(grant.is_whole for grant in actor.grants_for(Right.SEE))
        if not sees_all:
            with self._database.reading() as session:
                sees_all = len(filings_numbered(session, numbers)) == len(numbers)
        if not sees_all:
            raise ClerkError("outside_scope", right=Right.SEE.value, user=actor.user_name)
        return numbers

    def _record_result(
        self,
        session: Session,
        draw: RandomDraw,
        filing: Filing,
        note: InspectionNote,
        *,
        words: str,
        changes: Sequence[FieldChange],
    ) -> None:
        record_event(
            session,
            self._station,
            act="draw_result",
            summary=f"抽查 {draw.number}：{RESULT_WORDS[note.result]}",
            reason=words,
            filing_id=filing.id,
            changes=changes,
            touched=[(DRAW, draw.id)],
        )


def _require_share(share: Decimal) -> None:
    """Raise ``ClerkError("draw_unfit")`` for what is no number, before it is compared with anything."""
    if not share.is_finite():
        raise ClerkError("draw_unfit", fields=("share",), why="比例不是一个数，请填 5% 这样的百分数。")
