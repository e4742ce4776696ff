"""Acts that take a number: papers rendered under the number foreseen, all written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper, to_plain
from desktop.domain.errors import ClerkError
from desktop.domain.register_number import Series
from desktop.models.database import Database
from desktop.models.issued_document import IssuedDocument
from desktop.services.audit import FieldChange, record_event
from desktop.services.numbering import next_number, take_number
from desktop.services.press import Press, RenderedPaper
from desktop.services.station import Station
from desktop.services.touched import LOOSE_PAPER, Subject

_MOST_ATTEMPTS: Final = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an act wrote: its event, and whom its papers belong to (``community`` where there is no filing)."""

    act: str
    summary: str
    filing_id: int | None = None
    community: str | None = None
    reason: str = ""
    changes: Sequence[FieldChange] = ()
    touched: Sequence[Subject] = ()


class NumberedActs:
    """Carries out acts of later life; the number is taken only in the transaction that uses it."""

    def __init__(self, database: Database, station: Station, press: Press) -> None:
        self._database, self._station, self._press = database, station, press

    def carry_out(
        self,
        series: Series,
        *,
        done: Callable[[Session], T | None],
        compose: Callable[[Session, str], Sequence[Paper]],
        write: Callable[[Session, str, Sequence[IssuedDocument]], tuple[T, Written]],
    ) -> T:
        """Do one act under the next number of a series.

        ``done`` gives the result of an act that was done before (the same act id), ``compose`` the papers under the
        number foreseen, ``write`` the rows; it runs in the writing transaction and must look at what it relies on
        again.  All three see what who is signed in may see.  Raises what they raise, and ``ClerkError``:
        office_not_set_up, missing_characters, database_locked, disk_full, read_only.
        """
        office, on = self._station.known_office(), self._station.today()
        for _ in range(_MOST_ATTEMPTS):
            with self._database.reading() as session:
                if (before := done(session)) is not None:
                    return before
                number = next_number(session, office.code, series=series, year=on.year)
                papers = compose(session, number)
            rendered = [self._press.issue(paper) for paper in papers]
            with self._database.writing() as session:
                if (before := done(session)) is not None:
                    return before
                if take_number(session, office.code, series=series, year=on.year) != number:
                    session.rollback()
                    continue
                documents = [self._document(paper) for paper in rendered]
                result, written = write(session, number, documents)
                self._record(session, written, documents)
            return result
        raise ClerkError("database_locked", why="numbers were taken by another program again and again")

    def issue(
        self,
        session: Session,
        paper: Paper,
        written: Written,
        *,
        bind: Callable[[IssuedDocument], None] | None = None,
    ) -> IssuedDocument:
        """Issue one more paper, without a number of its own, in an open writing transaction, and record the act.

        ``bind`` gets the paper with its id before the act is recorded, for rows that name it.
        """
        document = self._document(self._press.issue(paper))
        if bind is not None:
            document.filing_id, document.community = written.filing_id, written.community
            session.add(document)
            session.flush()
            bind(document)
        self._record(session, written, [document])
        return document

    def _document(self, rendered: RenderedPaper) -> IssuedDocument:
        return IssuedDocument(
            code=rendered.paper.code,
            title=rendered.paper.title,
            number=rendered.paper.number,
            pages=rendered.pages,
            template_version=rendered.paper.template_version,
            issued_at=self._station.now(),
            sha256=rendered.sha256,
            content_sha256=rendered.content_sha256,
            paper=to_plain(rendered.paper),
        )

    def _record(self, session: Session, written: Written, documents: Sequence[IssuedDocument]) -> None:
        for document in documents:
            document.filing_id, document.community = written.filing_id, written.community
            if document not in session:
                session.add(document)
        session.flush()
        loose = [] if written.filing_id is not None else [(LOOSE_PAPER, document.id) for document in documents]
        record_event(
            session,
            self._station,
            act=written.act,
            summary=written.summary,
            reason=written.reason,
            filing_id=written.filing_id,
            paper_ids=[document.id for document in documents],
            changes=written.changes,
            touched=[*written.touched, *loose],
        )
