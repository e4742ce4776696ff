"""Issued papers: given out again as they were, blank forms, and drafts of what is not decided yet."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper, from_plain
from desktop.documents.registry import BLANKS, MINOR_BLANKS, blank, bundle
from desktop.domain.access import Right
from desktop.domain.acts import Act, DecisionRequest, IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.progress import SILENT, Progress
from desktop.domain.registration_life import knows_extension
from desktop.domain.walk_in import WalkIn
from desktop.models.database import Database
from desktop.models.issued_document import IssuedDocument, Reprint
from desktop.queries.filing_file import stored_filing
from desktop.queries.papers import papers_of
from desktop.services.audit import record_event
from desktop.services.bundling import Numbers, paper_context
from desktop.services.filing_keys import sort_key
from desktop.services.intake import IntakeService
from desktop.services.once import row_of_act
from desktop.services.paper_numbers import PAPER_OPENED, is_opened_today, is_own_of_today, states_numbers
from desktop.services.press import Press, content_sha256
from desktop.services.reach import require_for_row
from desktop.services.station import Station
from desktop.services.touched import LOOSE_PAPER

_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NO_NUMBER: Final = "（草稿，未编号）"
_LONG: Final = 18
_EXTENSION_FORM: Final = "extension_application"
_FIRST_CHECK_FORM: Final = "site_check_record"


class IssuingService:
    """Gives out papers; only what the store knows is printed without a mark."""

    def __init__(self, database: Database, station: Station, *, intake: IntakeService, press: Press) -> None:
        self._database = database
        self._station = station
        self._intake = intake
        self._press = press

    def pdf(self, paper_id: int) -> bytes:
        """Give a paper as issued, byte by byte while the program's typesetter is the same.

        A paper that states numbers of persons whole is for who may see them whole, and opening it is on record, once
        a day; whoever issued it the same day knows them.  Raises ``ClerkError``: no_such_paper, not_permitted,
        outside_scope, and paper_changed when the stored words are not those issued.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            document = _document(session, paper_id)
            is_told = self._requires_record(session, document)
        pdf = self._press.again(_whole(document), document.sha256)
        if is_told:
            with self._database.writing() as session:
                self._record_opening(session, document)
        return pdf

    def _requires_record(self, session: Session, document: IssuedDocument) -> bool:
        if is_own_of_today(session, self._station, document) or not states_numbers(session, document):
            return False
        require_for_row(session, self._station.actor, Right.SEE_WHOLE, document)
        return not is_opened_today(session, self._station, document)

    def _record_opening(self, session: Session, document: IssuedDocument) -> None:
        record_event(
            session,
            self._station,
            act=PAPER_OPENED,
            summary=f"打开《{document.title}》（{document.number}），其中有完整号码",
            filing_id=document.filing_id,
            paper_ids=[document.id],
        )

    def reprint(self, paper_id: int, *, act_id: str) -> bytes:
        """Give a paper again with the mark 补打, and record it; the same ``act_id`` twice is recorded once."""
        actor = self._station.actor
        actor.require(Right.REGISTER, Right.PATROL_FEEDBACK)
        with self._database.reading() as session:
            document = _document(session, paper_id)
            # Papers of the counter are the counter's; those of a site's life also theirs who look after the site.
            is_patrols = document.visit_id is None and not actor.may(Right.REGISTER)
            require_for_row(session, actor, Right.PATROL_FEEDBACK if is_patrols else Right.REGISTER, document)
            self._requires_record(session, document)  # the reprint itself is on record
        pdf = self._press.reprint(_whole(document))
        with self._database.writing() as session:
            if row_of_act(session, Reprint, act_id) is None:
                self._record_reprint(session, document, act_id)
        return pdf

    def warm_up(self) -> None:
        """Load typesetter, fonts and pinyin while nobody waits, so that the first decision is as quick as the next."""
        office = self._station.office
        if office is not None:
            self._press.plain(blank(next(iter(BLANKS)), office=office, pack=self._station.pack()))
        sort_key("拼音")

    def blanks(self) -> tuple[tuple[str, str], ...]:
        """List the blank forms: code and title; none for what the rules do not know."""
        self._station.actor.require(*Right)
        pack = self._station.pack()
        left_out = set() if knows_extension(pack) else {_EXTENSION_FORM}
        if not pack.tells_risk_apart:
            left_out.add(_FIRST_CHECK_FORM)
        if MINOR_OPERATION not in pack.kinds():
            left_out |= MINOR_BLANKS
        return tuple((code, title) for code, title in BLANKS.items() if code not in left_out)

    def blank(self, code: str) -> bytes:
        """Give a blank form for somebody who came without; raises ``ClerkError("no_such_form")``."""
        self._station.actor.require(*Right)
        if code not in BLANKS:
            raise ClerkError("no_such_form", form=code)
        return self._press.plain(blank(code, office=self._station.known_office(), pack=self._station.pack()))

    def draft_papers(self, walk_in: WalkIn, act: Act, *, filing_id: int | None = None) -> tuple[tuple[str, bytes], ...]:
        """Give title and PDF of the papers of an act that is not decided yet, marked 草稿.

        What comes again (``filing_id``) is judged by the rules of its filing day; raises then as ``revisit``.
        """
        self._station.actor.require(Right.REGISTER)
        request = DecisionRequest(act_id="", act=act, walk_in=walk_in, filing_id=filing_id)
        revisit = self._intake.revisit(filing_id) if filing_id is not None else None
        context = paper_context(
            request,
            self._intake.foreseen(request, revisit),
            office=self._station.known_office(),
            pack=revisit.pack if revisit else self._station.pack(),
            numbers=Numbers(own=_NO_NUMBER),
            visit=revisit.visit if revisit else 1,
            on=self._station.today(),
        )
        return tuple((paper.title, self._press.draft(paper)) for paper in bundle(act, context))

    def save_bundle(self, filing_id: int, folder: Path, progress: Progress = SILENT) -> tuple[Path, ...]:
        """Write all papers of a filing into a folder, named by number and title, never by people.

        Raises ``ClerkError``: not_permitted, no_such_filing, folder_unusable, disk_full.
        """
        self._station.actor.require(Right.EXPORT)
        with self._database.reading() as session:
            papers = papers_of(session, stored_filing(session, filing_id).id)
        files = self.save_papers(papers, folder, progress=progress)
        with self._database.writing() as session:
            summary = f"另存文书 {len(files)} 份"
            ids = [paper.id for paper in papers]
            record_event(session, self._station, act="save_papers", summary=summary, filing_id=filing_id, paper_ids=ids)
        return files

    def save_papers(
        self, papers: Sequence[IssuedPaper], folder: Path, *, progress: Progress = SILENT
    ) -> tuple[Path, ...]:
        """Write some papers into a folder, in their order; raises as ``save_bundle``."""
        self._station.actor.require(Right.SEE)
        written: list[Path] = []
        for done, paper in enumerate(papers):
            progress.step(done, len(papers))
            written.append(_write(folder / _file_name(paper), self.pdf(paper.id)))
        progress.step(len(papers), len(papers))
        return tuple(written)

    def _record_reprint(self, session: Session, document: IssuedDocument, act_id: str) -> None:
        office, at = self._station.office, self._station.now()
        clerk = office.clerk_name if office else ""
        session.add(Reprint(act_id=act_id, document_id=document.id, reprinted_at=at, clerk=clerk))
        record_event(
            session,
            self._station,
            act="reprint",
            at=at,
            summary=f"补打《{document.title}》（{document.number}）",
            filing_id=document.filing_id,
            paper_ids=[document.id],
            touched=[(LOOSE_PAPER, document.id)] if document.filing_id is None else (),
        )


def _document(session: Session, paper_id: int) -> IssuedDocument:
    document = session.get(IssuedDocument, paper_id)
    if document is None:
        raise ClerkError("no_such_paper", paper_id=paper_id)
    return document


def _whole(document: IssuedDocument) -> Paper:
    """Give what a paper said, unless somebody changed it behind the program's back."""
    if content_sha256(document.paper) != document.content_sha256:
        raise ClerkError("paper_changed", paper_id=document.id, number=document.number)
    return from_plain(document.paper)


def _file_name(paper: IssuedPaper) -> str:
    return f"{_UNFIT.sub('', paper.number)} {_UNFIT.sub('', paper.title)}.pdf"


def _write(file: Path, content: bytes) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "folder_unusable"
        raise ClerkError(code, path=str(file.parent), why=error.strerror or str(error)) from error
    return file
