"""Reading a ledger over a period: a community's, a property company's, the street's, with totals by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, false, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.domain.acts import UNDER_WAY, Status
from desktop.domain.covered_text import covered_text
from desktop.domain.errors import ClerkError
from desktop.domain.ledger_table import AreaCriteria, AreaKind, AreaLedger, LedgerTable
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import PatrolRow
from desktop.domain.progress import SILENT, Progress
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.transfer import Transfer
from desktop.queries.patrols import rows_of
from desktop.services.dossier_reading import (
    HAZARD_HEADERS,
    HAZARD_WIDTHS,
    VISIT_HEADERS,
    VISIT_WIDTHS,
    Row,
    day_of,
    hazard_line,
    visit_line,
)

# A paper of more rows is for a workbook.
LONGEST_PAPER: Final = 3_000
# So many visits are read before the clerk may stop it.
_BATCH: Final = 1_000
_COUNTED: Final = (Status.REGISTERED, Status.AWAITING_CLOSEOUT, Status.CLOSED, Status.REVOKED)


@dataclass(frozen=True, slots=True)
class _Counts:
    """What happened in the period at one work."""

    patrols: Mapping[int | None, tuple[int, date]]  # filing: how many, the last
    hazards: Mapping[int | None, int]
    open: Mapping[int | None, int]


def area_ledger(
    session: Session, criteria: AreaCriteria, *, pack: PolicyPack, progress: Progress = SILENT
) -> AreaLedger:
    """Give the ledger.

    Raises ``ClerkError``: period_reversed, organisation_required for a property without a name; ``Cancelled``.
    """
    if criteria.first_on > criteria.last_on:
        raise ClerkError("period_reversed", first=criteria.first_on, last=criteria.last_on)
    if criteria.kind is AreaKind.PROPERTY and not criteria.organisation.strip():
        raise ClerkError("organisation_required")
    filings = session.scalars(select(Filing).where(_works(criteria)).order_by(Filing.accepted_on, Filing.id)).all()
    patrol_ids = session.scalars(
        select(Patrol.id).where(*_visits(criteria)).order_by(Patrol.visited_on, Patrol.id)
    ).all()
    hazards = session.scalars(select(Hazard).where(*_hazards(criteria)).order_by(Hazard.found_on, Hazard.id)).all()
    ended = [one for one in filings if _is_inside(one.closed_on, criteria) or _is_inside(one.revoked_on, criteria)]
    return AreaLedger(
        criteria=criteria,
        works=_works_table(filings, _counts(session, criteria), pack),
        patrols=_table("巡查", _PATROLS, tuple(_patrol_rows(session, patrol_ids, progress))),
        hazards=_table("隐患", (HAZARD_HEADERS, HAZARD_WIDTHS), tuple(hazard_line(one, pack) for one in hazards)),
        endings=_table(local("注销和撤销"), _ENDINGS, tuple(_ending(one) for one in ended)),
        months=_months(session, criteria, filings),
    )


_WORKS: Final = (
    (
        "登记编号",
        "工程（作业）名称",
        "地点",
        "社区",
        "风险",
        "状态",
        "受理日期",
        "有效期至",
        "巡查",
        "最近巡查",
        "隐患",
        "未销项",
    ),
    (50, 40, 38, 26, 15, 18, 29, 29, 12, 29, 12, 14),
)
_PATROLS: Final = (("工地编号", "名称或者路段", *VISIT_HEADERS), (50, 40, *VISIT_WIDTHS))
_ENDINGS: Final = (
    ("登记编号", "工程（作业）名称", "地点", "受理日期", "完工日期", "注销日期", "撤销日期"),
    (46, 60, 60, 26, 26, 26, 26),
)


def _table(title: str, shape: tuple[tuple[str, ...], tuple[int, ...]], rows: tuple[Row, ...]) -> LedgerTable:
    headers, widths = shape
    return LedgerTable(
        title=title,
        headers=tuple(local(each) for each in headers),
        widths=widths,
        rows=rows,
        note="" if rows else f"期间没有{title}记录。",
    )


def _works_table(filings: Sequence[Filing], counts: _Counts, pack: PolicyPack) -> LedgerTable:
    """List the works, without the columns of what the rules do not know and no work has."""
    has = {
        "有效期至": pack.deadlines.validity_months is not None or any(one.valid_until for one in filings),
        "风险": pack.tells_risk_apart or any(one.high_risk or one.escalated_on for one in filings),
    }
    headers, widths = _WORKS
    kept = [place for place, heading in enumerate(headers) if has.get(heading, True)]
    rows = tuple(tuple(row[place] for place in kept) for row in _work_rows(filings, counts))
    shape = (tuple(headers[place] for place in kept), tuple(widths[place] for place in kept))
    return _table(local("登记"), shape, rows)


def _works(criteria: AreaCriteria) -> ColumnElement[bool]:
    """Say which works belong: registered and not ended before the period began."""
    is_there = and_(
        Filing.status.in_([status.value for status in _COUNTED]),
        Filing.accepted_on <= criteria.last_on,
        or_(Filing.closed_on.is_(None), Filing.closed_on >= criteria.first_on),
        or_(Filing.revoked_on.is_(None), Filing.revoked_on >= criteria.first_on),
    )
    if criteria.community is not None:
        is_there = and_(is_there, Filing.community == criteria.community)
    if criteria.kind is not AreaKind.PROPERTY:
        return is_there
    of_property = func.json_extract(type_coerce(Filing.walk_in, String), "$.property_company") == criteria.organisation
    return and_(is_there, or_(of_property, Filing.id.in_(select(Patrol.filing_id).where(*_visits(criteria)))))


def _visits(criteria: AreaCriteria) -> list[ColumnElement[bool]]:
    wanted = [Patrol.visited_on >= criteria.first_on, Patrol.visited_on <= criteria.last_on]
    if criteria.community is not None:
        wanted.append(Patrol.community == criteria.community)
    if criteria.kind is AreaKind.PROPERTY:
        wanted.append(Patrol.organisation == criteria.organisation)
    return wanted


def _hazards(criteria: AreaCriteria) -> list[ColumnElement[bool]]:
    wanted = [Hazard.found_on >= criteria.first_on, Hazard.found_on <= criteria.last_on]
    if criteria.community is not None:
        wanted.append(Hazard.community == criteria.community)
    if criteria.kind is AreaKind.PROPERTY:
        of_company = select(Patrol.id).where(Patrol.organisation == criteria.organisation)
        wanted.append(Hazard.patrol_id.in_(of_company))
    return wanted


def _counts(session: Session, criteria: AreaCriteria) -> _Counts:
    visits = select(Patrol.filing_id, func.count(), func.max(Patrol.visited_on)).where(*_visits(criteria))
    found = select(Hazard.filing_id, func.count()).where(*_hazards(criteria))
    not_cleared = found.where(Hazard.cleared_on.is_(None))
    return _Counts(
        {key: (count, last) for key, count, last in session.execute(visits.group_by(Patrol.filing_id))},
        dict(session.execute(found.group_by(Hazard.filing_id)).all()),
        dict(session.execute(not_cleared.group_by(Hazard.filing_id)).all()),
    )


def _work_rows(filings: Sequence[Filing], counts: _Counts) -> list[Row]:
    return [_work_row(one, counts) for one in filings]


def _work_row(one: Filing, counts: _Counts) -> Row:
    count, last = counts.patrols.get(one.id, (0, None))
    risk = local("高风险") if one.high_risk else "提级" if one.escalated_on else "一般"
    return (
        one.registration_number or one.number,
        covered_text(one.project_name),
        covered_text(one.place),
        one.community,
        risk,
        STATUS_WORDS[Status(one.status)],
        day_of(one.accepted_on),
        day_of(one.valid_until),
        str(count),
        day_of(last),
        str(counts.hazards.get(one.id, 0)),
        str(counts.open.get(one.id, 0)),
    )


def _patrol_rows(session: Session, ids: Sequence[int], progress: Progress) -> Iterator[Row]:
    for start in range(0, len(ids), _BATCH):
        progress.step(start, len(ids))
        yield from (_patrol_row(row) for row in rows_of(session, ids[start : start + _BATCH]))
    progress.step(len(ids), len(ids))


def _patrol_row(row: PatrolRow) -> Row:
    return row.number, covered_text(row.project_name or row.place), *visit_line(row)


def _ending(one: Filing) -> Row:
    days = (one.accepted_on, one.completed_on, one.closed_on, one.revoked_on)
    number = one.registration_number or one.number
    return (number, covered_text(one.project_name), covered_text(one.place), *(day_of(each) for each in days))


def _months(session: Session, criteria: AreaCriteria, filings: Sequence[Filing]) -> LedgerTable:
    """Count each month; what stands under way at its end is not counted, for the ledger keeps no past states."""
    columns = {
        "登记": Counter(_month(one.accepted_on) for one in filings if _is_inside(one.accepted_on, criteria)),
        "巡查": _by_month(session, Patrol, Patrol.visited_on, _visits(criteria)),
        "发现隐患": _by_month(session, Hazard, Hazard.found_on, _hazards(criteria)),
        "销项": _by_month(session, Hazard, Hazard.cleared_on, _cleared(criteria)),
        "发现未登记": _by_month(
            session, FoundSite, FoundSite.found_on, _of_area(FoundSite, FoundSite.found_on, criteria)
        ),
        "移交": _by_month(session, Transfer, Transfer.sent_on, _of_area(Transfer, Transfer.sent_on, criteria)),
        "注销": Counter(_month(one.closed_on) for one in filings if _is_inside(one.closed_on, criteria)),
        "撤销": Counter(_month(one.revoked_on) for one in filings if _is_inside(one.revoked_on, criteria)),
    }
    months = sorted({month for counted in columns.values() for month in counted})
    rows = [(month, *(str(counted[month]) for counted in columns.values())) for month in months]
    rows.append(("合计", *(str(sum(counted.values())) for counted in columns.values())))
    under_way = sum(Status(one.status) in UNDER_WAY for one in filings)
    note = local(f"制表时在建（含待注销核实） {under_way} 件。")
    widths = (29,) * (len(columns) + 1)
    return LedgerTable(
        title="按月汇总",
        headers=("月份", *(local(each) for each in columns)),
        widths=widths,
        rows=tuple(rows),
        note=note,
    )


def _cleared(criteria: AreaCriteria) -> list[ColumnElement[bool]]:
    wanted = [Hazard.cleared_on >= criteria.first_on, Hazard.cleared_on <= criteria.last_on]
    return [*wanted, *_hazards(criteria)[2:]]


def _of_area(
    entity: type[FoundSite] | type[Transfer], column: Any, criteria: AreaCriteria
) -> list[ColumnElement[bool]]:
    # A property company neither registers works found nor hands matters on: that is the community's.
    if criteria.kind is AreaKind.PROPERTY:
        return [false()]
    wanted = [column >= criteria.first_on, column <= criteria.last_on]
    return wanted if criteria.community is None else [*wanted, entity.community == criteria.community]


def _by_month(session: Session, entity: type[Any], column: Any, wanted: Sequence[ColumnElement[bool]]) -> Counter[str]:
    month = func.substr(type_coerce(column, String), 1, 7)
    counted = select(month, func.count(entity.id)).where(*wanted).group_by(month)
    return Counter(dict(session.execute(counted).all()))


def _is_inside(day: date | None, criteria: AreaCriteria) -> bool:
    return day is not None and criteria.first_on <= day <= criteria.last_on


def _month(day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m}"
