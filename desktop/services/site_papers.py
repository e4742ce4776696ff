"""Papers of visits and of the entrance: sheets with what is known of a site, records of visits, the set to post."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.context import is_natural
from desktop.documents.papers.briefing import shift_briefing, technical_briefing
from desktop.documents.papers.entry_check import entry_check_record
from desktop.documents.papers.patrol_record import patrol_record
from desktop.documents.papers.risk_board import risk_board
from desktop.documents.papers.site_check import site_check_record
from desktop.documents.papers.standby import standby_record
from desktop.documents.pdfium import A4_TO_A3, joined
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import PatrolRow
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.register_number import Series
from desktop.domain.site import Site, SiteRef
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.issued_document import IssuedDocument, Reprint
from desktop.models.patrol import Patrol
from desktop.queries.filing_file import stored_filing
from desktop.services.audit import record_event
from desktop.services.issuing import IssuingService
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.paper_numbers import is_own_of_today, states_numbers
from desktop.services.patrol_on_paper import compose_record, lines_to_check, patrol_on_paper, patrol_row
from desktop.services.press import Press
from desktop.services.reach import require_any, require_for_row
from desktop.services.site import pack_on_site, site_of
from desktop.services.station import Station

_PLAIN_SHEETS: Final[Mapping[str, Callable[[SitePaper], Paper]]] = MappingProxyType(
    {
        "standby_record": standby_record,
        "entry_check_record": entry_check_record,
        "technical_briefing": technical_briefing,
        "shift_briefing": shift_briefing,
    }
)
_SHEETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "patrol_record": "巡查记录表",
        "standby_record": "旁站记录",
        "entry_check_record": "进场核查记录",
        "site_check_record": "首次现场检查记录",
        "technical_briefing": "安全技术交底记录",
        "shift_briefing": "班前安全生产交底记录",
        "risk_board": "安全风险公示牌（A3）",
    }
)
_FIRST_CHECK: Final = "site_check_record"  # of works of higher risk
# What hangs at the entrance, in the order of hanging; the last holds the people, covered.
POSTED: Final = ("receipt", "owner_commitment", "contractor_commitment", "risk_notice", "posting")

_WHO_PRINTS: Final = (Right.REGISTER, Right.PATROL_FEEDBACK, Right.SEE_WHOLE)
_NOT_TO_POST: Final = frozenset({"not_permitted", "outside_scope", "no_such_filing", "no_such_paper"})


class SitePaperService:
    """Gives out what is filled in and posted on sites; only records of visits take a number."""

    def __init__(self, database: Database, station: Station, *, press: Press, issuing: IssuingService) -> None:
        self._database = database
        self._station = station
        self._press = press
        self._issuing = issuing
        self._acts = NumberedActs(database, station, press)

    def sheets(self) -> tuple[tuple[str, str], ...]:
        """List code and title of the sheets that can be printed with what is known of a site."""
        self._station.actor.require(Right.SEE)
        knows_first_check = self._station.pack().tells_risk_apart
        return tuple((code, title) for code, title in _SHEETS.items() if knows_first_check or code != _FIRST_CHECK)

    def sheet(self, code: str, ref: SiteRef) -> bytes:
        """Give a sheet to be filled on site with the site's own rows, telephones covered; it takes no number.

        Raises ``ClerkError``: not_permitted, no_such_form, no_such_filing, no_such_found_site, site_required.
        """
        self._station.actor.require(Right.SEE)
        if code not in _SHEETS:
            raise ClerkError("no_such_form", form=code)
        with self._database.reading() as session:
            paper = self._sheet(session, code, site_of(session, ref))
        return self._press.plain(paper)

    def posting_set(self, filing_id: int, *, is_a3: bool = False) -> bytes:
        """Give in one file what is posted at the entrance: receipt, promises, risk notice, people, as issued.

        Whoever registers or patrols has it printed while its papers are covered; one that states numbers of persons
        whole makes it a matter of who may see them.  Raises ``ClerkError``: not_permitted, outside_scope,
        no_such_filing, no_such_paper for a matter that was not accepted.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            posted = _posted(session, filing_id)
            self._require_posting(session, posted)
            ids = [document.id for document in posted]
        return joined([self._issuing.pdf(each) for each in ids], scale=A4_TO_A3 if is_a3 else 1.0)

    def may_post(self, filing_id: int) -> bool:
        """Say whether who is at work can have the set of a matter; raises ``ClerkError("not_permitted")`` as reading.

        A matter out of sight or without a receipt has none.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            try:
                self._require_posting(session, _posted(session, filing_id))
            except ClerkError as refused:
                if refused.code not in _NOT_TO_POST:
                    raise
                return False
        return True

    def posting_out(self, filing_id: int, *, is_a3: bool = False) -> bytes:
        """Give what is posted to be printed or saved, and put that on record; raises as the set."""
        pdf = self.posting_set(filing_id, is_a3=is_a3)
        with self._database.writing() as session:
            summary = f"打印入口公示张贴文书（{'A3' if is_a3 else 'A4'}）"
            record_event(session, self._station, act="posting_out", summary=summary, filing_id=filing_id)
        return pdf

    def patrol_paper(self, patrol_id: int) -> IssuedPaper:
        """Give the record of a visit as a numbered paper; it is issued once, and the same when it is asked again.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_patrol, office_not_set_up, missing_characters,
        database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK, Right.REGISTER)

        def done(session: Session) -> IssuedPaper | None:
            self._require(session, patrol_id)
            return _issued_before(session, patrol_row(session, patrol_id))

        def compose(session: Session, number: str) -> Sequence[Paper]:
            return [self._record(session, patrol_row(session, patrol_id), number)]

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[IssuedPaper, Written]:
            row, document = patrol_row(session, patrol_id), documents[0]
            document.filing_id, document.community = row.ref.filing_id, row.community
            session.add(document)
            session.flush()
            summary = f"出具《{document.title}》（{number}）"
            written = Written(act="patrol_paper", summary=summary, filing_id=row.ref.filing_id, community=row.community)
            return _as_issued(document, reprints=0), written

        return self._acts.carry_out(Series.PATROL_PAPER, done=done, compose=compose, write=write)

    def patrol_paper_of(self, patrol_id: int) -> IssuedPaper | None:
        """Give the issued record of a visit, None while there is none; raises ``ClerkError("no_such_patrol")``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return _issued_before(session, patrol_row(session, patrol_id))

    def _require_posting(self, session: Session, posted: Sequence[IssuedDocument]) -> None:
        actor, receipt = self._station.actor, posted[0]
        require_any(actor, _WHO_PRINTS, lambda right: require_for_row(session, actor, right, receipt))
        for document in posted:
            if states_numbers(session, document) and not is_own_of_today(session, self._station, document):
                require_for_row(session, actor, Right.SEE_WHOLE, document)

    def _require(self, session: Session, patrol_id: int) -> None:
        actor, stored = self._station.actor, session.get(Patrol, patrol_id)
        if stored is None:
            raise ClerkError("no_such_patrol", patrol_id=patrol_id)
        right = Right.PATROL_FEEDBACK if actor.may(Right.PATROL_FEEDBACK) else Right.REGISTER
        require_for_row(session, actor, right, stored)

    def _record(self, session: Session, row: PatrolRow, number: str) -> Paper:
        pack = pack_on_site(session, self._station, row.ref)
        is_somewhere = row.ref != SiteRef()
        site = site_of(session, row.ref) if is_somewhere else _nowhere(row)
        patrol = patrol_on_paper(session, row, pack=pack, facts=_facts(site))
        paper = compose_record(self._context(site, pack, number, self._station.today()), patrol)
        return replace(paper, template_version=f"{paper.template_version} · {row.id}")

    def _sheet(self, session: Session, code: str, site: Site) -> Paper:
        ctx = self._context(site, pack_on_site(session, self._station, site.ref), "", date.min)
        if code == "risk_board":
            return _board(session, ctx)
        if code in _PLAIN_SHEETS:
            return _PLAIN_SHEETS[code](ctx)
        if code == "site_check_record":
            return site_check_record(ctx)
        return patrol_record(ctx, lines=lines_to_check(ctx.pack, site, PatrolKind.REGULAR))

    def _context(self, site: Site, pack: PolicyPack, number: str, on: date) -> SitePaper:
        office = self._station.known_office()
        return SitePaper(office=office, pack=pack, site=site, number=number, issued_on=on)


def _posted(session: Session, filing_id: int) -> tuple[IssuedDocument, ...]:
    """Give the last paper of each kind that is posted, in the order of hanging."""
    filing = stored_filing(session, filing_id)
    latest = (
        select(func.max(IssuedDocument.id))
        .where(IssuedDocument.filing_id == filing.id, IssuedDocument.code.in_(POSTED))
        .group_by(IssuedDocument.code)
    )
    by_code = {each.code: each for each in session.scalars(select(IssuedDocument).where(IssuedDocument.id.in_(latest)))}
    if POSTED[0] not in by_code:
        raise ClerkError("no_such_paper", filing_id=filing_id)
    return tuple(by_code[code] for code in POSTED if code in by_code)


def _board(session: Session, ctx: SitePaper) -> Paper:
    filing_id = ctx.site.ref.filing_id
    if filing_id is None:
        return risk_board(ctx)
    walk_in = walk_in_from_plain(stored_filing(session, filing_id).walk_in)
    return risk_board(
        ctx,
        is_owner_firm=not is_natural(walk_in.owner),
        is_contractor_firm=not is_natural(walk_in.contractor.party),
    )


def _nowhere(row: PatrolRow) -> Site:
    """Give what stands for the site of a visit to a road."""
    return Site(ref=row.ref, number="", project_name="", place=row.place, community=row.community, grid=row.grid)


def _facts(site: Site) -> Facts:
    return site.facts.with_facts(high_risk=site.is_managed_as_high_risk)


def _issued_before(session: Session, row: PatrolRow) -> IssuedPaper | None:
    document = IssuedDocument
    # The last part of the template's name says of which visit a record is.
    of_visit = document.template_version.endswith(f"record · {row.id}", autoescape=True)
    asked = select(document).where(document.filing_id == row.ref.filing_id, of_visit)
    if row.ref.filing_id is None:
        asked = select(document).where(document.filing_id.is_(None), of_visit)
    found = session.scalars(asked.order_by(document.id).limit(1)).first()
    if found is None:
        return None
    again = session.scalar(select(func.count()).select_from(Reprint).where(Reprint.document_id == found.id)) or 0
    return _as_issued(found, reprints=again)


def _as_issued(document: IssuedDocument, *, reprints: int) -> IssuedPaper:
    return IssuedPaper(
        id=document.id,
        filing_id=document.filing_id,
        code=document.code,
        title=document.title,
        number=document.number,
        issued_at=document.issued_at,
        pages=document.pages,
        sha256=document.sha256,
        reprints=reprints,
    )
