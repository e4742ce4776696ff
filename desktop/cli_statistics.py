"""The command that prints reports to a folder: ``small-works report month --period 2026-03 --out DIR``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from desktop.domain.period import PeriodKind
from desktop.domain.report import ReportKind

Print = Callable[[object], None]

_LENGTHS: Final = {
    "day": PeriodKind.DAY,
    "daily": PeriodKind.DAY,
    "week": PeriodKind.WEEK,
    "weekly": PeriodKind.WEEK,
    "month": PeriodKind.MONTH,
    "monthly": PeriodKind.MONTH,
    "quarter": PeriodKind.QUARTER,
    "quarterly": PeriodKind.QUARTER,
    "half-year": PeriodKind.HALF_YEAR,
    "half-yearly": PeriodKind.HALF_YEAR,
    "year": PeriodKind.YEAR,
    "yearly": PeriodKind.YEAR,
    "span": PeriodKind.SPAN,
}
_KINDS: Final = {kind.value: kind for kind in ReportKind if kind is not ReportKind.PERIOD}


def add_statistics_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, print_answer: Print
) -> None:
    """Add the command; it prints one JSON answer, a list of the files made."""
    command = commands.add_parser("report", help="print a statistical report into a folder, for schedulers")
    command.add_argument("report", choices=[*_LENGTHS, *_KINDS], help="length of a period report, or another kind")
    command.add_argument("--period", default="", help="2026, 2026-H1, 2026-Q3, 2026-03, 2026-W12, a day or DAY..DAY")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the papers")
    command.add_argument("--xlsx", action="store_true", help="a workbook beside each paper")
    command.add_argument("--definition", default="", metavar="NAME", help="a report saved under a name")
    command.add_argument("--community", default="", help="only what lies in one community")
    command.add_argument("--draft", action="store_true", help="without a number, marked as a draft")
    command.add_argument("--user", default="", help="who prints it, where the ledger has accounts")
    command.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")

    def run(chosen: argparse.Namespace) -> int:
        print_answer(_report(chosen))
        return 0

    command.set_defaults(run=run)


def _report(chosen: argparse.Namespace) -> object:
    from desktop.app import signed_in_desk
    from desktop.services.statistics_batch import ReportOrder, print_reports

    order = ReportOrder(
        kind=_KINDS.get(chosen.report, ReportKind.PERIOD),
        period_kind=_LENGTHS.get(chosen.report),
        period=chosen.period,
        definition=chosen.definition,
        community=chosen.community,
        is_draft=chosen.draft,
        has_workbook=chosen.xlsx,
    )
    with signed_in_desk(chosen.data, chosen.user) as desk:
        return print_reports(desk, order, chosen.out)
