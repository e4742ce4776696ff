"""What stands beside the figures of a report: the packs by which filings were judged, and what a reader must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.agreement import funding_warning
from desktop.domain.duties import notes_for_period
from desktop.domain.errors import ClerkError
from desktop.domain.measure import Breakdown
from desktop.domain.period import Period
from desktop.domain.report import PackStanding, ReportDefinition, ReportTable
from desktop.models.filing import Filing, FilingVisit
from desktop.policy.loader import Packs
from desktop.queries.statistics.filing_source import IMPORTED
from desktop.services.duties import stored_duties

Within = Sequence[tuple[Breakdown, str]]
_SLICED: Final = {
    Breakdown.COMMUNITY: Filing.community,
    Breakdown.KIND: Filing.kind,
    Breakdown.CATEGORY: Filing.category,
}


def packs_of(session: Session, period: Period, packs: Packs, *, within: Within) -> tuple[PackStanding, ...]:
    """Give the packs by which the filings accepted in a period were judged, those of an old ledger left out."""
    asked = (
        select(Filing.pack_id, Filing.pack_version)
        .where(Filing.accepted_on.between(period.first_on, period.last_on), Filing.id.not_in(_imported()))
        .where(*(_SLICED[by] == code for by, code in within if by in _SLICED))
        .distinct()
    )
    found = sorted((pack_id, version) for pack_id, version in session.execute(asked))
    return tuple(
        PackStanding(pack_id=pack_id, version=version, title=_title(packs, pack_id, version))
        for pack_id, version in found
    )


def notes_of(
    session: Session,
    definition: ReportDefinition,
    period: Period,
    tables: Sequence[ReportTable],
    *,
    counted_on: date,
) -> tuple[str, ...]:
    """Say what a reader must know to read the figures right."""
    return tuple(_notes(session, definition, period, tables, counted_on))


def _notes(
    session: Session, definition: ReportDefinition, period: Period, tables: Sequence[ReportTable], counted_on: date
) -> Iterator[str]:
    if period.last_on >= counted_on:
        yield f"本期尚未结束，数字截至 {counted_on.isoformat()}。"
    begins = _first_day(session)
    if begins is not None and any(table.spec.by is None for table in tables):
        compared = [each.label for each in period.compared()[1:] if each.first_on < begins]
        if compared:
            yield f"台账最早的记录在 {begins.isoformat()}，{'、'.join(dict.fromkeys(compared))}的对比数字不完整。"
    unjudged = _unjudged(session, period)
    if unjudged:
        yield f"其中 {unjudged} 件由旧台账导入，没有经过规则判定，风险等级按原台账的记载。"
    yield from dict.fromkeys(said for table in tables if (said := _of_funding(table)))
    if any(figure.value is None for table in tables for row in table.rows for figure in row.figures):
        yield "“—”表示没有可以相除的数，或者该项不能按所列口径分开。"
    yield from notes_for_period(stored_duties(session), period.first_on, min(period.last_on, counted_on))
    if definition.within:
        yield "只计所限定的范围，其他范围的数字不在本表内。"


def _first_day(session: Session) -> date | None:
    """Give the first day that anything was filed or accepted; two questions, each answered by the end of an index."""
    visited = session.scalar(select(func.min(FilingVisit.visited_on)))
    accepted = session.scalar(select(func.min(Filing.accepted_on)).where(Filing.accepted_on.is_not(None)))
    return min((day for day in (visited, accepted) if day is not None), default=None)


def _imported() -> Select[int]:
    """Ask for what came from an old ledger: it names the pack of its day, by which nobody judged it."""
    return select(FilingVisit.filing_id).where(FilingVisit.act == IMPORTED)


def _unjudged(session: Session, period: Period) -> int:
    asked = (
        select(func.count())
        .select_from(Filing)
        .where(Filing.accepted_on.between(period.first_on, period.last_on), Filing.id.in_(_imported()))
    )
    return session.scalar(asked) or 0


def _of_funding(table: ReportTable) -> str:
    """Say of which source of money nothing is registered, where a table shows it."""
    if table.spec.by is not Breakdown.FUNDING or table.spec.measures[0] != "registered":
        return ""
    return funding_warning({row.member.code: row.figures[0].value or 0 for row in table.rows})


def _title(packs: Packs, pack_id: str, version: str) -> str:
    try:
        return packs.exact(pack_id, version).title
    except ClerkError:
        return pack_id  # a version that this program no longer ships
