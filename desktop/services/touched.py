"""What an act left behind, as one hash: every stored row of its subject, so that a later change by hand shows.

Hashed is what the file holds, not what the program makes of it, so that a newer program finds the same hash.  Two
rules keep old hashes true when the schema grows: a column added to one of these tables may be empty (an empty column
says nothing), and a table added to a subject has no row for the subjects of before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, String, Table, bindparam, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop.models.account import Account, AccountGrant
from desktop.models.attachment import Attachment
from desktop.models.base import Base
from desktop.models.book_entry import BookEntry
from desktop.models.closing_sheet import ClosingSheet
from desktop.models.desk_rows import CalendarDayRow, Setting
from desktop.models.evaluation import EvaluationLineRow, EvaluationRoundRow, SampledProjectRow
from desktop.models.filing import Filing, FilingDepartment, FilingNumber, FilingVisit, VisitMaterial
from desktop.models.firm import BadRecord, Firm, FirmCertificateRow, FirmMeasure, OwnerDemand
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument, Reprint
from desktop.models.issued_report import IssuedReport, ReportDefinitionRow
from desktop.models.order import Order
from desktop.models.organisation import EntrustmentRecord, LetterRecord, OrganisationRecord
from desktop.models.pack_version import PackVersionRow
from desktop.models.package import ExchangeConflict, ReceivedPackage, SentPackage
from desktop.models.patrol import Patrol
from desktop.models.person import PersonRecord, RotationRecord
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.public_report import PublicReport, PublicReportStep
from desktop.models.random_draw import DrawnFiling, RandomDraw, SplittingVerdict
from desktop.models.record import VoidNumber
from desktop.models.registration_life import CloseOut, Extension, OutsideReview, RegistrationChange, Revocation
from desktop.models.report_upward import Feedback, PatrollerNote, PreventionService
from desktop.models.review import Review
from desktop.models.station_key import KnownStation, StationKey
from desktop.models.transfer import Transfer, TransferStep
from desktop.models.verification import Verification
from desktop.services.stored_form import canonical, names_of, stored_columns

FILING: Final = "filing"
ACCOUNT: Final = "account"
SETTING: Final = "setting"
ORGANISATION: Final = "organisation"
PERSON: Final = "person"
CLOSING: Final = "closing"
FIRM: Final = "firm"
DEMAND: Final = "demand"
CALENDAR: Final = "calendar"
VOID: Final = "void_number"
PATROL: Final = "patrol"
HAZARD: Final = "hazard"
FOUND_SITE: Final = "found_site"
TRANSFER: Final = "transfer"
REPORT: Final = "public_report"
DRAW: Final = "random_draw"
SPLITTING: Final = "splitting_verdict"
LOOSE_PAPER: Final = "loose_paper"  # an issued paper without a filing
LOOSE_ATTACHMENT: Final = "loose_attachment"  # a photo without a filing
FEEDBACK: Final = "feedback"
PREVENTION: Final = "prevention_service"
PATROLLER_NOTE: Final = "patroller_note"
SENT_PACKAGE: Final = "sent_package"
STATION_KEY: Final = "station_key"
KNOWN_STATION: Final = "known_station"
RECEIVED_PACKAGE: Final = "received_package"
CONFLICT: Final = "exchange_conflict"
BOOK_ENTRY: Final = "book_entry"
EVALUATION: Final = "evaluation_round"
ISSUED_REPORT: Final = "issued_report"
REPORT_DEFINITION: Final = "report_definition"
PACK_VERSION: Final = "pack_version"

Key = int | str
Subject = tuple[str, Key]
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table that belong to a subject, found by ``key``; ``source`` is the table with what it needs."""

    table: Table
    key: ColumnElement[Any]
    source: FromClause
    only: ColumnElement[bool] | None = None  # the rows that belong to such a subject at all

    def of_one(self) -> Select[Any]:
        """Select the rows of the subject given as ``subject`` in their order."""
        return self._all().where(self.key == bindparam("subject")).order_by(*self.table.primary_key)

    def every(self) -> Select[Any]:
        """Select all rows, those of a subject together; the key comes first."""
        return self._all().order_by(self.key, *self.table.primary_key).execution_options(yield_per=_BATCH)

    def _all(self) -> Select[Any]:
        asked = select(self.key, *stored_columns(self.table)).select_from(self.source)
        return asked if self.only is None else asked.where(self.only)


def _of(entity: type[Base], column: str) -> Rows:
    table = _table(entity)
    return Rows(table, table.c[column], table)


def _through(entity: type[Base], column: str, parent: type[Base]) -> Rows:
    table, above = _table(entity), _table(parent)
    source = table.join(above, table.c[column] == above.c.id)
    return Rows(table, above.c.filing_id, source, above.c.filing_id.is_not(None))


def _loose(entity: type[Base]) -> Rows:
    """Give the rows that no filing has, each a subject of its own."""
    table = _table(entity)
    return Rows(table, table.c.id, table, table.c.filing_id.is_(None))


def _loose_through(entity: type[Base], column: str, parent: type[Base]) -> Rows:
    """Give the rows that hang on what no filing has, such as the reprints of its papers."""
    table, above = _table(entity), _table(parent)
    return Rows(table, above.c.id, table.join(above, table.c[column] == above.c.id), above.c.filing_id.is_(None))


def _of_filings(entity: type[Base]) -> Rows:
    table = _table(entity)
    return Rows(table, table.c.filing_id, table, table.c.filing_id.is_not(None))


def _by_year(entity: type[Base], column: str) -> Rows:
    """Give rows that belong together by the year of a day: "2026"."""
    table = _table(entity)
    return Rows(table, func.substr(type_coerce(table.c[column], String), 1, 4), table)


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


# Kind of subject: the rows that make it up.
ROWS_OF: Final[Mapping[str, tuple[Rows, ...]]] = {
    FILING: (
        _of(Filing, "id"),
        _of(FilingNumber, "filing_id"),
        _of(FilingDepartment, "filing_id"),
        _of(FilingVisit, "filing_id"),
        _through(VisitMaterial, "visit_id", FilingVisit),
        _of_filings(IssuedDocument),
        _through(Reprint, "document_id", IssuedDocument),
        _of(PlatformEntryRow, "filing_id"),
        _of_filings(Attachment),
        _of(Review, "filing_id"),
        _of(Order, "filing_id"),
        _of(Verification, "filing_id"),
        _of(Extension, "filing_id"),
        _of(RegistrationChange, "filing_id"),
        _of(CloseOut, "filing_id"),
        _of(Revocation, "filing_id"),
        _of(OutsideReview, "filing_id"),
    ),
    ACCOUNT: (_of(Account, "id"), _of(AccountGrant, "account_id")),
    SETTING: (_of(Setting, "key"),),
    ORGANISATION: (
        _of(OrganisationRecord, "id"),
        _of(EntrustmentRecord, "organisation_id"),
        _of(LetterRecord, "organisation_id"),
    ),
    CLOSING: (_of(ClosingSheet, "id"),),
    PERSON: (_of(PersonRecord, "id"), _of(RotationRecord, "person_id")),
    FIRM: (
        _of(Firm, "id"),
        _of(FirmCertificateRow, "firm_id"),
        _of(BadRecord, "firm_id"),
        _of(FirmMeasure, "firm_id"),
    ),
    DEMAND: (_of(OwnerDemand, "id"),),
    CALENDAR: (_by_year(CalendarDayRow, "day"),),
    VOID: (_of(VoidNumber, "number"),),
    PATROL: (_of(Patrol, "id"),),
    HAZARD: (_of(Hazard, "id"), _of(HazardStep, "hazard_id")),
    FOUND_SITE: (_of(FoundSite, "id"),),
    TRANSFER: (_of(Transfer, "id"), _of(TransferStep, "transfer_id")),
    REPORT: (_of(PublicReport, "id"), _of(PublicReportStep, "report_id")),
    DRAW: (_of(RandomDraw, "id"), _of(DrawnFiling, "draw_id")),
    SPLITTING: (_of(SplittingVerdict, "id"),),
    LOOSE_PAPER: (_loose(IssuedDocument), _loose_through(Reprint, "document_id", IssuedDocument)),
    LOOSE_ATTACHMENT: (_loose(Attachment),),
    FEEDBACK: (_of(Feedback, "id"),),
    PREVENTION: (_of(PreventionService, "id"),),
    PATROLLER_NOTE: (_of(PatrollerNote, "id"),),
    SENT_PACKAGE: (_of(SentPackage, "id"),),
    STATION_KEY: (_of(StationKey, "id"),),
    KNOWN_STATION: (_of(KnownStation, "id"),),
    RECEIVED_PACKAGE: (_of(ReceivedPackage, "id"),),
    CONFLICT: (_of(ExchangeConflict, "id"),),
    BOOK_ENTRY: (_of(BookEntry, "id"),),
    EVALUATION: (
        _of(EvaluationRoundRow, "id"),
        _of(EvaluationLineRow, "round_id"),
        _of(SampledProjectRow, "round_id"),
    ),
    ISSUED_REPORT: (_of(IssuedReport, "id"),),
    REPORT_DEFINITION: (_of(ReportDefinitionRow, "id"),),
    PACK_VERSION: (_of(PackVersionRow, "id"),),
}


def fingerprint_of(session: Session, kind: str, key: Key) -> str:
    """Give the SHA-256 of every row of a subject; empty when there is none left."""
    digest, is_there = hashlib.sha256(), False
    for rows, asked in _questions(kind):
        for line in _lines(rows, session.execute(asked, {"subject": key})):
            digest.update(line)
            is_there = True
    return digest.hexdigest() if is_there else ""


def every_fingerprint(session: Session, kind: str) -> Iterator[tuple[Key, str]]:
    """Give every subject of a kind with the hash ``fingerprint_of`` gives, each table read once."""
    yield from _hashed([_Groups(session, rows, rows.every()) for rows in _in_order(kind)])


def fingerprints_from(session: Session, kind: str, first: Key) -> Iterator[tuple[Key, str]]:
    """Give the subjects of a kind from a key on, as ``every_fingerprint`` does: those that one act wrote together."""
    yield from _hashed([_Groups(session, rows, rows.every().where(rows.key >= first)) for rows in _in_order(kind)])


def _hashed(groups: list[_Groups]) -> Iterator[tuple[Key, str]]:
    while True:
        waiting = [group for group in groups if group.key is not None]
        if not waiting:
            return
        first = min(waiting, key=lambda group: _rank(group.key))
        key, digest = first.key, hashlib.sha256()
        assert key is not None
        for group in waiting:
            if group.key == key:
                group.feed(digest)
        yield key, digest.hexdigest()


class _Groups:
    """One table read from end to end, subject by subject."""

    def __init__(self, session: Session, rows: Rows, asked: Select[Any]) -> None:
        self._rows = rows
        self._groups = groupby(session.execute(asked), key=itemgetter(0))
        self.key: Key | None = None
        self._group: Iterable[Any] = ()
        self._next()

    def feed(self, digest: Any) -> None:
        """Hash the rows of the subject one is at, and go on to the next."""
        for line in _lines(self._rows, self._group):
            digest.update(line)
        self._next()

    def _next(self) -> None:
        self.key, self._group = next(self._groups, (None, ()))


def _in_order(kind: str) -> list[Rows]:
    """Give the tables of a kind by name, so that the order of the list above means nothing."""
    return sorted(ROWS_OF[kind], key=lambda rows: rows.table.name)


@cache
def _questions(kind: str) -> tuple[tuple[Rows, Select[Any]], ...]:
    """Give the tables of a kind with what is asked of each, made once: every act asks it of all of them."""
    return tuple((rows, rows.of_one()) for rows in _in_order(kind))


def _lines(rows: Rows, found: Iterable[Any]) -> Iterator[bytes]:
    name, columns = rows.table.name, names_of(rows.table)
    for row in found:
        held = {column: value for column, value in zip(columns, row[1:], strict=True) if value is not None}
        yield canonical([name, held]) + b"\n"


def _rank(key: object) -> tuple[int, Any]:
    """Order keys as SQLite does, also one of the wrong type that somebody wrote by hand."""
    if isinstance(key, str):
        return 2, key.encode("utf-8", "surrogateescape")
    return (1, key) if isinstance(key, int | float) else (3, bytes(key) if isinstance(key, bytes) else b"")
