"""Orders of enforcement (责令文书): only an enforcement officer issues one, on a clause of the rules."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.blocks import to_plain
from desktop.documents.context import PaperContext
from desktop.documents.registry import PAPERS
from desktop.domain.access import Right
from desktop.domain.acts import CHANNEL_OF, Change, IssuedPaper, Office
from desktop.domain.assess import assess
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import in_brackets
from desktop.domain.order import PAPER_OF, OrderClause, OrderKind, OrderRequest, OrderWords
from desktop.domain.register_number import Series
from desktop.domain.typed_text import clean_text, text_fault
from desktop.domain.walk_in import decisive_facts
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.filing import Filing, FilingNumber
from desktop.models.issued_document import IssuedDocument
from desktop.models.order import Order
from desktop.models.search_index import index_filing
from desktop.queries.decisions import last_visit, numbers_of
from desktop.queries.filing_file import stored_filing
from desktop.queries.papers import papers_of
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.filing_keys import search_texts
from desktop.services.numbering import next_number, take_number
from desktop.services.once import row_of_act
from desktop.services.press import Press, RenderedPaper
from desktop.services.reach import require_for_filing
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station

LONGEST_FACTS: Final = 800
LONGEST_CERTIFICATE: Final = 40
ORDER_CHANGES: Final = frozenset({Change.FILINGS, Change.PAPERS})  # what an order touches
_MOST_ATTEMPTS: Final = 20
_SUMMARIES: Final = {OrderKind.STOP: "责令停止施工（作业）", OrderKind.RECTIFY: "责令限期改正"}
_LOG = logging.getLogger(__name__)


class OrderService:
    """Issues orders in the name of the enforcement body; everybody else is refused."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService, press: Press) -> None:
        self._database, self._station = database, station
        self._calendar, self._press = calendar, press

    def clauses(self, kind: OrderKind, filing_id: int | None = None) -> tuple[OrderClause, ...]:
        """List the clauses of today's rules that an order of a kind may rest on; of a filing those it was judged by.

        Raises ``ClerkError``: no_such_filing, unknown_pack, version_unreadable.
        """
        pack = self._station.pack()
        if filing_id is not None:
            with self._database.reading() as session:
                pack = self._station.pack_of(stored_filing(session, filing_id))
        return tuple(clause for clause in pack.order_clauses if kind in clause.kinds)

    def last_certificate(self) -> str:
        """Give the certificate number that who is signed in stated last, empty when there is none."""
        self._station.actor.require(Right.ISSUE_ORDERS)
        with self._database.reading() as session:
            own = select(Order.certificate_number).where(Order.officer == name_at_work(self._station))
            return session.scalars(own.order_by(Order.id.desc()).limit(1)).first() or ""

    def issue(self, request: OrderRequest) -> IssuedPaper:
        """Issue an order with its own number; the same ``act_id`` twice gives the same paper.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, order_incomplete, missing_characters,
        office_not_set_up, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.ISSUE_ORDERS)
        office = self._station.known_office()
        words = self._words(request, office)
        for _ in range(_MOST_ATTEMPTS):
            paper = self._attempt(request, words, office)
            if paper is not None:
                _LOG.info("ordered %s filing %s", request.kind.value, request.filing_id)
                return paper
        raise ClerkError("database_locked", why="numbers were taken by another program again and again")

    def _attempt(self, request: OrderRequest, words: OrderWords, office: Office) -> IssuedPaper | None:
        on = self._station.today()
        with self._database.reading() as session:
            filing = self._within_reach(session, request.filing_id)
            if (done := _done(session, request.act_id)) is not None:
                return done
            number = next_number(session, office.code, series=Series.ORDER, year=on.year)
            context = self._context(filing, words, office=office, number=number)
        rendered = self._press.issue(PAPERS[PAPER_OF[request.kind]].compose(context))
        with self._database.writing() as session:
            filing = self._within_reach(session, request.filing_id)
            if (done := _done(session, request.act_id)) is not None:
                return done
            if take_number(session, office.code, series=Series.ORDER, year=on.year) != number:
                session.rollback()
                return None
            return self._write(session, filing, request, words=words, rendered=rendered)

    def _write(
        self, session: Session, filing: Filing, request: OrderRequest, *, words: OrderWords, rendered: RenderedPaper
    ) -> IssuedPaper:
        at, number = self._station.now(), rendered.paper.number
        document = IssuedDocument(
            filing_id=filing.id,
            visit_id=last_visit(session, filing.id).id,
            code=rendered.paper.code,
            title=rendered.paper.title,
            number=number,
            pages=rendered.pages,
            template_version=rendered.paper.template_version,
            issued_at=at,
            sha256=rendered.sha256,
            content_sha256=rendered.content_sha256,
            paper=to_plain(rendered.paper),
        )
        session.add(document)
        session.add(FilingNumber(number=number, filing_id=filing.id))
        session.flush()
        order = Order(
            act_id=request.act_id,
            filing_id=filing.id,
            document_id=document.id,
            kind=request.kind.value,
            number=number,
            ordered_at=at,
            officer=words.officer,
            certificate_number=words.certificate_number,
            clause=words.clause.code,
            article=words.clause.article,
            due_on=words.due_on,
        )
        session.add(order)
        session.flush()
        numbers = numbers_of(session, filing.id)
        index_filing(session, filing.id, search_texts(walk_in_from_plain(filing.walk_in), numbers))
        record_event(
            session,
            self._station,
            act="order",
            at=at,
            summary=f"{_SUMMARIES[request.kind]}，编号 {number}{in_brackets(words.clause.article)}",
            reason=words.facts,
            filing_id=filing.id,
            paper_ids=[document.id],
        )
        return _paper(session, filing.id, document.id)

    def _within_reach(self, session: Session, filing_id: int) -> Filing:
        filing = stored_filing(session, filing_id)
        require_for_filing(session, self._station.actor, Right.ISSUE_ORDERS, filing)
        return filing

    def _words(self, request: OrderRequest, office: Office) -> OrderWords:
        offered = self.clauses(request.kind, request.filing_id)
        clause = next((each for each in offered if each.code == request.clause), None)
        faulty = tuple(_faulty(request, has_clause=clause is not None, on=self._station.today()))
        if faulty or clause is None:
            raise ClerkError("order_incomplete", fields=faulty)
        labels = self._station.pack().labels
        return OrderWords(
            kind=request.kind,
            clause=clause,
            facts=clean_text(request.facts),
            asked=clean_text(request.asked),
            due_on=request.due_on,
            officer=name_at_work(self._station),
            certificate_number=clean_text(request.certificate_number),
            body=office.enforcement_body or labels.get("enforcement_body", office.street_name),
        )

    def _context(self, filing: Filing, words: OrderWords, *, office: Office, number: str) -> PaperContext:
        walk_in, pack = walk_in_from_plain(filing.walk_in), self._station.pack_of(filing)
        channel = CHANNEL_OF[office.station_kind]
        facts = decisive_facts(walk_in, filed_on=filing.filed_on, channel=channel)
        return PaperContext(
            office=office,
            pack=pack,
            walk_in=walk_in,
            assessment=assess(facts, pack, self._calendar.calendar()),
            number=number,
            issued_on=self._station.today(),
            order=words,
        )


def _faulty(request: OrderRequest, *, has_clause: bool, on: date) -> Iterator[str]:
    """Name what is wanting: an order is never issued without a clause, facts, what is asked and who signs."""
    if not has_clause:
        yield "clause"
    for name, longest in (
        ("facts", LONGEST_FACTS),
        ("asked", LONGEST_FACTS),
        ("certificate_number", LONGEST_CERTIFICATE),
    ):
        text = str(getattr(request, name))
        if not clean_text(text) or text_fault(text.strip(), longest=longest):
            yield name
    is_needed = request.kind is OrderKind.RECTIFY
    if (request.due_on is None and is_needed) or (request.due_on is not None and request.due_on < on):
        yield "due_on"


def _done(session: Session, act_id: str) -> IssuedPaper | None:
    order = row_of_act(session, Order, act_id)
    return None if order is None else _paper(session, order.filing_id, order.document_id)


def _paper(session: Session, filing_id: int, document_id: int) -> IssuedPaper:
    return next(paper for paper in papers_of(session, filing_id) if paper.id == document_id)
