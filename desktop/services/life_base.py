"""What every act on the life of a registration does: who may, in which state, on which paper, under which number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.expiry import in_time_until
from desktop.domain.life_acts import LifeDone
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import (
    RIGHTS_OF_LIFE,
    STATUS_AFTER_LIFE,
    LifeAct,
    Registration,
    require_in_life,
)
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text, text_fault
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.base import Base
from desktop.models.database import Database
from desktop.models.filing import Filing, FilingNumber
from desktop.models.issued_document import IssuedDocument
from desktop.models.search_index import index_filing
from desktop.queries.decisions import numbers_of
from desktop.queries.filing_file import departments_of, stored_filing
from desktop.queries.papers import papers_of
from desktop.queries.registration_life import registration_of
from desktop.services.calendar import CalendarService
from desktop.services.filing_keys import search_texts, storable
from desktop.services.numbered_act import NumberedActs
from desktop.services.once import row_of_act
from desktop.services.press import Press
from desktop.services.site import site_of
from desktop.services.station import Station

LONGEST_TEXT = 800


class LifeBase:
    """The desk of one kind of act; a filing is looked at again in the transaction that writes."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService, press: Press) -> None:
        self._database, self._station = database, station
        self._calendar, self._press = calendar, press
        self._acts = NumberedActs(database, station, press)

    def _filing(self, session: Session, act: LifeAct, filing_id: int) -> tuple[Filing, Registration]:
        """Find a filing on which who is at work may do an act, in a state in which it can be done.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state.
        """
        filing = stored_filing(session, filing_id)
        self._require_reach(session, filing, RIGHTS_OF_LIFE[act])
        registration = registration_of(session, filing)
        require_in_life(act, registration)
        return filing, registration

    def _require_reach(self, session: Session, filing: Filing, rights: Sequence[Right]) -> None:
        actor, departments = self._station.actor, departments_of(session, filing.id)
        actor.require(*rights)
        if not any(actor.may_for(right, filing.community, departments) for right in rights):
            held = next(right for right in rights if actor.may(right))
            actor.require_for(held, filing.community, departments)

    def _may_except(self, session: Session, filing: Filing) -> bool:
        """Say whether who is at work grants exceptions on a filing (分管领导)."""
        departments = departments_of(session, filing.id)
        return self._station.actor.may_for(Right.DECIDE_EXCEPTIONS, filing.community, departments)

    def _pack_of(self, filing: Filing) -> PolicyPack:
        """Give the version of the rules that a filing was registered under; raises ``ClerkError("unknown_pack")``."""
        return self._station.pack_of(filing)

    def _never_ends(self, filing: Filing, registration: Registration) -> bool:
        """Say whether a registration stands until it is closed out: its rules set no validity."""
        has_validity = self._pack_of(filing).deadlines.validity_months is not None
        return not has_validity and filing.valid_until is None and not registration.is_over

    def _in_time_until(self, filing: Filing) -> date | None:
        """Give the last day on which an end still counts as in time, None for a filing without one."""
        if filing.valid_until is None:
            return None
        return in_time_until(filing.valid_until, pack=self._pack_of(filing), calendar=self._calendar.calendar())

    def _context(self, session: Session, filing: Filing, number: str) -> SitePaper:
        return SitePaper(
            office=self._station.known_office(),
            pack=self._pack_of(filing),
            site=site_of(session, SiteRef(filing_id=filing.id)),
            number=number,
            issued_on=self._station.today(),
        )

    def _done(self, session: Session, entity: type[Base], act_id: str, **told: object) -> LifeDone | None:
        """Give what an act gave when it was done before; ``told`` as for ``row_of_act``, with ``filing_id``.

        Raises ``ClerkError("act_id_used")`` when it was done with something else.
        """
        row = row_of_act(session, entity, act_id, told)
        if row is None:
            return None
        filing_id, number = (getattr(row, row.__mapper__.columns[name].key) for name in ("filing_id", "number"))
        return self._result(session, filing_id, number)

    def _result(
        self, session: Session, filing_id: int, number: str, *, codes: Callable[[str], bool] = lambda _code: True
    ) -> LifeDone:
        papers = tuple(paper for paper in papers_of(session, filing_id) if paper.number == number and codes(paper.code))
        return LifeDone(filing_id=filing_id, number=number, papers=papers)

    def _keep(self, session: Session, filing: Filing, number: str, documents: Sequence[IssuedDocument]) -> int | None:
        """Keep papers and number with the filing, so that it is found by it; gives the id of the last paper."""
        session.add(FilingNumber(number=number, filing_id=filing.id))
        for document in documents:
            document.filing_id = filing.id
            session.add(document)
        session.flush()
        self._index(session, filing)
        return documents[-1].id if documents else None

    def _index(self, session: Session, filing: Filing) -> None:
        numbers = numbers_of(session, filing.id)
        index_filing(session, filing.id, search_texts(walk_in_from_plain(filing.walk_in), numbers))


def move(filing: Filing, act: LifeAct) -> None:
    """Put a filing into the state that an act leads to."""
    filing.status = STATUS_AFTER_LIFE[act].value


def fit_texts(**typed: str) -> dict[str, str]:
    """Give typed texts as they are kept; raises ``ClerkError("life_incomplete")`` with the names of those wanting.

    A name ending in ``_`` marks one that may be empty; it is given back without it.
    """
    wanting, fit = [], {}
    for key, text in typed.items():
        name, clean = key.removesuffix("_"), clean_text(text)
        if text_fault(text.strip(), longest=LONGEST_TEXT) or (not clean and not key.endswith("_")):
            wanting.append(name)
        fit[name] = storable(clean)
    if wanting:
        raise ClerkError("life_incomplete", fields=tuple(wanting))
    return fit
