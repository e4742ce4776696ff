"""How the methods of statistics are asked for what their caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from desktop.domain.measure import RowsAsked
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.report import ReportKind
from desktop.queries.statistics.tally import ALL_COUNTS
from desktop.services.desk import Desk

_YEAR = period_of(PeriodKind.YEAR, date(2026, 1, 1))


def _report(desk: Desk, kind: ReportKind) -> Any:
    return desk.statistics.report(desk.statistics.standard(kind, PeriodKind.YEAR), _YEAR)


def _issued(desk: Desk, _target: Any) -> list[Any]:
    report = _report(desk, ReportKind.UPWARD)
    desk.statistics.issue(report, texts={}, act_id=str(uuid4()))
    rows = desk.statistics.issued()[:2]  # the last ones: each example prints one more
    return [(desk.statistics.issued_report(row.id), desk.statistics.compare(row.id)) for row in rows]


STATISTICS_LISTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    # The period report names contractors and clerks; it has every breakdown that the others have.
    "statistics.report": lambda desk, _t: _report(desk, ReportKind.PERIOD),
    # A quarter of the measures at a time; over the examples all come up.
    "statistics.rows": lambda desk, t: [
        desk.statistics.rows(RowsAsked(measure=key, period=_YEAR)) for key in list(ALL_COUNTS)[t.id % 4 :: 4]
    ],
    "statistics.issued": _issued,
    "statistics.quality": lambda desk, _t: desk.statistics.quality(_YEAR),
    "statistics.dashboard": lambda desk, _t: desk.statistics.dashboard(_YEAR),
}
STATISTICS_OTHERS: Mapping[str, str] = {
    "statistics.communities": "names of communities within the caller's grants",
    "statistics.compare": "reached through statistics.issued",
    "statistics.definitions": "names of tables and measures, no figures",
    "statistics.draft_pdf": "a report that the caller counted, on paper",
    "statistics.forget_definition": "names of tables and measures, no figures",
    "statistics.headings": "headings",
    "statistics.issue": "reached through statistics.issued",
    "statistics.issued_report": "reached through statistics.issued",
    "statistics.pdf": "by the id of a printed report: gated rows, proved with the printed reports",
    "statistics.save_definition": "names of tables and measures, no figures",
    "statistics.save_issued_workbook": "as statistics.pdf",
    "statistics.save_workbook": "a report that the caller counted, as a workbook",
    "statistics.standard": "names of tables and measures, no figures",
    "statistics.texts_before": "by the caller's printed reports: gated rows, proved with them",
}
