"""Totals that must agree: figures of the reports against plain counts, stocks against what came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.agreement import Agreement
from desktop.domain.hazard import HazardState
from desktop.domain.local_rules import local
from desktop.domain.measure import Breakdown, Number, RowsAsked
from desktop.domain.period import Period, span
from desktop.models.filing import Filing, FilingVisit
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.queries.statistics.tally import ALL_COUNTS, tally

# What every row has exactly one code of, so that the parts must add up to the whole.
_PARTED: Final = {
    "registered": (Breakdown.KIND, Breakdown.COMMUNITY, Breakdown.RISK, Breakdown.STATION, Breakdown.FUNDING),
    "patrols": (Breakdown.COMMUNITY, Breakdown.PATROL_KIND, Breakdown.MONTH),
    "hazards_found": (Breakdown.COMMUNITY, Breakdown.HAZARD_GROUP, Breakdown.HAZARD_LEVEL),
    "transfers": (Breakdown.BODY, Breakdown.TRANSFER_KIND),
}
_STOCKS: Final = ("in_progress", "hazards_open")
_FLOWS: Final = ("registered", "closed", "revoked", "hazards_found", "hazards_cleared")


def agreements(session: Session, period: Period) -> tuple[Agreement, ...]:
    """Hold totals of a period against each other, as far as whoever asks sees them; also those that agree."""
    return (*_in_parts(session, period), *_stocks_and_flows(session, period), *_against_plain_counts(session, period))


def funding_counts(session: Session, period: Period) -> Mapping[str, Number]:
    """Count registrations of a period by their source of money; empty for not filled in."""
    parted = tally(session, ["registered"], period, by=Breakdown.FUNDING)
    return {funding: cell["registered"] for (funding, _none), cell in parted.items()}


def _in_parts(session: Session, period: Period) -> Iterator[Agreement]:
    for key, breakdowns in _PARTED.items():
        total = _total(session, key, period)
        for by in breakdowns:
            parts = sum(cell[key] for cell in tally(session, [key], period, by=by).values())
            word = local(ALL_COUNTS[key].source.word)
            yield Agreement(
                key=f"{key}_by_{by.value}",
                label=f"{word}按{by.label}相加",
                first="各项之和",
                first_value=parts,
                second="总数",
                second_value=total,
                first_rows=RowsAsked(measure=key, period=period),
                second_rows=RowsAsked(measure=key, period=period),
            )


def _stocks_and_flows(session: Session, period: Period) -> Iterator[Agreement]:
    day_before = period.first_on - timedelta(days=1)
    before = tally(session, _STOCKS, span(day_before, day_before))["", ""]
    after = tally(session, _STOCKS, period)["", ""]
    flows = tally(session, _FLOWS, period)["", ""]
    over = _registered_and_over(session, period)
    yield Agreement(
        key="in_progress_moves",
        label=local("登记有效件数的增减"),
        first=local("期初＋登记－注销－撤销"),
        first_value=before["in_progress"] + flows["registered"] - flows["closed"] - flows["revoked"] - over,
        second=local("期末登记有效"),
        second_value=after["in_progress"],
        working=(
            local(
                f"期初 {before['in_progress']} ＋ 登记 {flows['registered']} － 注销 {flows['closed']} "
                f"－ 撤销 {flows['revoked']}"
            )
            + (local(f" － 登记时已终止、日期不详 {over}") if over else "")
        ),
        second_rows=RowsAsked(measure="in_progress", period=period),
    )
    yield Agreement(
        key="hazards_open_moves",
        label="未销项隐患的增减",
        first="期初＋发现－销项",
        first_value=before["hazards_open"] + flows["hazards_found"] - flows["hazards_cleared"],
        second="期末未销项",
        second_value=after["hazards_open"],
        working=(f"期初 {before['hazards_open']} ＋ 发现 {flows['hazards_found']} － 销项 {flows['hazards_cleared']}"),
        second_rows=RowsAsked(measure="hazards_open", period=period),
    )


def _registered_and_over(session: Session, period: Period) -> int:
    """Count registrations of old ledgers that are over on a day nobody knows: they were never in progress."""
    no_day = ((Status.CLOSED, Filing.closed_on), (Status.REVOKED, Filing.revoked_on))
    accepted = select(func.count(Filing.id)).where(Filing.accepted_on.between(period.first_on, period.last_on))
    return sum(_count(session, accepted.where(Filing.status == status.value, day.is_(None))) for status, day in no_day)


def _against_plain_counts(session: Session, period: Period) -> Iterator[Agreement]:
    days = (period.first_on, period.last_on)
    plain = {
        "registered": select(func.count(Filing.id)).where(Filing.accepted_on.between(*days)),
        "patrols": select(func.count(Patrol.id)).where(Patrol.visited_on.between(*days)),
        "hazards_found": select(func.count(Hazard.id)).where(
            Hazard.found_on.between(*days), Hazard.state != HazardState.WITHDRAWN.value
        ),
    }
    for key, statement in plain.items():
        yield Agreement(
            key=f"{key}_in_ledger",
            label=f"{local(ALL_COUNTS[key].source.word)}与台账的条数",
            first="统计数",
            first_value=_total(session, key, period),
            second="台账条数",
            second_value=_count(session, statement),
            first_rows=RowsAsked(measure=key, period=period),
        )
    filings = select(func.coalesce(func.sum(Filing.visits), 0))
    yield Agreement(
        key="visits_in_ledger",
        label="全部到场次数",
        first=local("登记件上记的次数"),
        first_value=_count(session, filings),
        second="到场记录的条数",
        second_value=_count(session, select(func.count(FilingVisit.id))),
    )


def _total(session: Session, key: str, period: Period) -> Number:
    return tally(session, [key], period)["", ""][key]


def _count(session: Session, statement: Select[Any]) -> int:
    return int(session.scalar(statement) or 0)
