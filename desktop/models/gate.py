"""The one gate through which every read of filings and of what hangs on them goes.

A session carries the grants of who asks; the criteria are added to every statement of it, whatever the query wrote.
Statements that name no mapped class pass by, so queries and services write none (an architecture test sees to it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, event, exists, false, or_, select, true
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session
from sqlalchemy.sql.base import ExecutableOption

from desktop.domain.access import Grant
from desktop.models.attachment import Attachment, StagedAttachment
from desktop.models.base import Base
from desktop.models.book_entry import BookEntry
from desktop.models.desk_rows import DraftRow
from desktop.models.evaluation import EvaluationLineRow, EvaluationRoundRow, SampledProjectRow
from desktop.models.filing import Filing, FilingDepartment, FilingNumber, FilingVisit, VisitMaterial
from desktop.models.firm import OwnerDemand
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument, Reprint
from desktop.models.issued_report import IssuedReport
from desktop.models.known_party import KnownParty, KnownPartyUse
from desktop.models.order import Order
from desktop.models.patrol import Patrol
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.public_report import PublicReport, PublicReportStep
from desktop.models.random_draw import DrawnFiling, RandomDraw, SplittingVerdict
from desktop.models.record import AuditEvent
from desktop.models.registration_life import CloseOut, Extension, OutsideReview, RegistrationChange, Revocation
from desktop.models.report_upward import Feedback, PatrollerNote, PreventionService
from desktop.models.review import Review
from desktop.models.transfer import Transfer, TransferStep
from desktop.models.verification import Verification

_CRITERIA: Final = "criteria"
_FILING: Final = Filing.__table__
_HANGING: Final = (
    FilingDepartment,
    FilingNumber,
    FilingVisit,
    PlatformEntryRow,
    Review,
    Order,
    KnownPartyUse,
    Verification,
    Extension,
    RegistrationChange,
    CloseOut,
    Revocation,
    OutsideReview,
    DrawnFiling,
    PreventionService,
)
# What may also belong to no filing: a site without registration, or a list.
_LOOSE: Final = (IssuedDocument, Attachment)
_ON_SITE: Final = (Patrol, Hazard, Transfer, PublicReport)
_STEPS: Final = (
    (HazardStep, Hazard, "hazard_id"),
    (TransferStep, Transfer, "transfer_id"),
    (PublicReportStep, PublicReport, "report_id"),
)


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Whose view a session has: the grants that let filings be seen, and whose drafts."""

    grants: tuple[Grant, ...]
    account_id: int | None
    sees_trail: bool  # an auditor reads every event, whatever filing it is about

    @property
    def is_whole(self) -> bool:
        """Say whether every filing is seen."""
        return any(grant.is_whole for grant in self.grants)


def see_as(session: Session, seen_by: SeenBy) -> None:
    """Let a session see what its owner may see."""
    # Made once: a page of many questions would spend more time on making them than on asking.
    session.info[_CRITERIA] = tuple(_criteria(seen_by))


def is_act_known(session: Session, entity: type[Base], act_id: str) -> bool:
    """Say whether an act id is taken, also by what is not to be seen; nothing else of that is told."""
    table = entity.__table__
    return session.scalar(select(exists().where(table.c.act_id == act_id))) is True


@event.listens_for(Session, "do_orm_execute")
def _close_gate(asked: ORMExecuteState) -> None:
    criteria = asked.session.info.get(_CRITERIA)
    if criteria is not None and (asked.is_select or asked.is_update or asked.is_delete):
        asked.statement = asked.statement.options(*criteria)


def _criteria(seen_by: SeenBy) -> Iterator[ExecutableOption]:
    # Plain tables below: on the mapped classes the gate would apply to its own subqueries without end.
    filings = select(_FILING.c.id).where(_inside(seen_by.grants))
    draft = DraftRow.__table__.c
    yield _on(DraftRow, _own_drafts(DraftRow, seen_by, filings))
    of_drafts = select(draft.id).where(_own_drafts(draft, seen_by, filings))
    yield _on(StagedAttachment, StagedAttachment.draft_id.in_(of_drafts))
    if not seen_by.sees_trail:
        of_filings = AuditEvent.filing_id.is_not(None) if seen_by.is_whole else AuditEvent.filing_id.in_(filings)
        yield _on(AuditEvent, of_filings)
    if seen_by.is_whole:
        return
    yield _on(Filing, _inside(seen_by.grants))
    yield _on(BookEntry, _in_area(BookEntry.community, seen_by.grants))
    yield _on(OwnerDemand, _in_area(OwnerDemand.community, seen_by.grants))
    yield _on(FoundSite, _in_area(FoundSite.community, seen_by.grants))
    for hanging in _HANGING:
        yield _on(hanging, hanging.filing_id.in_(filings))
    for loose in _LOOSE:
        yield _on(loose, _loose(loose, seen_by.grants, filings))
    for on_site in _ON_SITE:
        yield _on(on_site, _on_site(on_site, seen_by.grants, filings))
    for step, above, column in _STEPS:
        table = above.__table__
        seen = select(table.c.id).where(_on_site(table.c, seen_by.grants, filings))
        yield _on(step, getattr(step, column).in_(seen))
    yield _on(VisitMaterial, VisitMaterial.visit_id.in_(_ids_of(FilingVisit, filings)))
    # They name filings in a list, which no criteria reach into: whoever does not see all sees their own.
    yield _on(RandomDraw, RandomDraw.drawn_by_id == seen_by.account_id)
    yield _on(SplittingVerdict, SplittingVerdict.decided_by_id == seen_by.account_id)
    # A report counts what its maker saw: whoever does not see all sees the own ones.
    yield _on(IssuedReport, IssuedReport.issued_by_id == seen_by.account_id)
    # An evaluation compares all organisations.
    yield _on(EvaluationRoundRow, EvaluationRoundRow.opened_by_id == seen_by.account_id)
    rounds = EvaluationRoundRow.__table__.c
    own_rounds = select(rounds.id).where(rounds.opened_by_id == seen_by.account_id)
    yield _on(EvaluationLineRow, EvaluationLineRow.round_id.in_(own_rounds))
    yield _on(SampledProjectRow, SampledProjectRow.round_id.in_(own_rounds))
    # They may tell of anything in the street.
    yield _on(Feedback, Feedback.noted_by_id == seen_by.account_id)
    yield _on(PatrollerNote, PatrollerNote.noted_by_id == seen_by.account_id)
    documents = IssuedDocument.__table__
    seen = select(documents.c.id).where(_loose(documents.c, seen_by.grants, filings))
    yield _on(Reprint, Reprint.document_id.in_(seen))
    use = KnownPartyUse.__table__
    is_same = and_(use.c.role == KnownParty.role, use.c.identity == KnownParty.identity)
    yield _on(KnownParty, exists().where(is_same, use.c.filing_id.in_(filings)))


def _own_drafts(draft: Any, seen_by: SeenBy, filings: Select[int]) -> ColumnElement[bool]:
    """Give one's own drafts, of a next visit while that filing is seen; those from before accounts to who sees all."""
    if seen_by.is_whole:
        return or_(draft.account_id.is_(None), draft.account_id == seen_by.account_id)
    is_seen = or_(draft.filing_id.is_(None), draft.filing_id.in_(filings))
    return and_(draft.account_id.is_not(None), draft.account_id == seen_by.account_id, is_seen)


class _AlsoOfAliases(LoaderCriteriaOption):
    """Criteria that speak of an alias where it is joined: SQLAlchemy would put them there as they stand, of the table.

    Then what the alias gives stays open, or the statement names a table that it does not ask.
    """

    inherit_cache = True
    # Without the key of what it says every statement would be compiled anew.
    _cache_key_traversal = LoaderCriteriaOption._traverse_internals

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        holds = super()._resolve_where_criteria(ext_info)
        adapter = ext_info._adapter if ext_info.is_aliased_class else None
        return holds if adapter is None else adapter.traverse(holds)


def _on(entity: type[Base], holds: ColumnElement[bool]) -> ExecutableOption:
    return _AlsoOfAliases(entity, holds, include_aliases=True)


def _ids_of(entity: type[FilingVisit], filings: Select[int]) -> Select[int]:
    table = entity.__table__
    return select(table.c.id).where(table.c.filing_id.in_(filings))


def _inside(grants: Sequence[Grant]) -> ColumnElement[bool]:
    return or_(false(), *(_covered(grant) for grant in grants))


def _in_area(community: Any, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Say what is inside that is of no trade yet, so that only the area counts."""
    areas = (true() if grant.areas is None else community.in_(sorted(grant.areas)) for grant in grants)
    return or_(false(), *areas)


def _loose(row: Any, grants: Sequence[Grant], filings: Select[int]) -> ColumnElement[bool]:
    """Say what is inside of what hangs on a filing, or on none and then on a community."""
    of_no_filing = and_(row.filing_id.is_(None), row.community.is_not(None), _in_area(row.community, grants))
    # One of no community either, such as the list of a draw, is for who sees all.
    return or_(row.filing_id.in_(filings), of_no_filing)


def _on_site(row: Any, grants: Sequence[Grant], filings: Select[int]) -> ColumnElement[bool]:
    """Say what is inside of what happens on sites: by community alone where no trade is asked for.

    A site without registration is of no trade yet; a registered one is inside as its filing is.
    """
    whole = [grant for grant in grants if grant.departments is None]
    by_trade = row.filing_id.in_(filings) if len(whole) < len(grants) else false()
    of_no_trade = and_(row.filing_id.is_(None), _in_area(row.community, grants))
    return or_(_in_area(row.community, whole), by_trade, of_no_trade)


def _covered(grant: Grant) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if grant.areas is not None:
        conditions.append(_FILING.c.community.in_(sorted(grant.areas)))
    if grant.departments is not None:
        department = FilingDepartment.__table__.c
        # A list of ids, not a question for every filing: the index of departments alone answers it.
        of_trade = select(department.filing_id).where(department.code.in_(sorted(grant.departments)))
        conditions.append(_FILING.c.id.in_(of_trade))
    return and_(*conditions)
