"""Reports printed to a folder by a scheduler: the period that has just ended, papers and workbooks, under numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final
from uuid import uuid4

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.measure import Breakdown
from desktop.domain.period import Period, PeriodKind, parse_period, period_of
from desktop.domain.report import Report, ReportDefinition, ReportKind
from desktop.domain.report_kinds import USUAL_PERIOD
from desktop.services.desk import Desk
from desktop.services.file_writing import written_file

_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """What a scheduler asks for.

    ``period_kind`` is the length of a period report, None for the usual one of the kind.  ``period`` is a period's
    code, empty for the one that ended last.  ``definition`` names a saved one.  A draft takes no number and stays out
    of the list of printed reports.
    """

    kind: ReportKind
    period_kind: PeriodKind | None = None
    period: str = ""
    definition: str = ""
    community: str = ""
    is_draft: bool = False
    has_workbook: bool = False


def print_reports(desk: Desk, order: ReportOrder, folder: Path) -> list[dict[str, str]]:
    """Print what is ordered into a folder and say which files were made.

    A community's sheet without a community named is made for each that the office names and the user sees.  Whatever
    would keep a file from being made is found before a number is taken.  Raises ``ClerkError``: not_permitted,
    period_required, period_unfit (``period``), no_such_statistics, no_such_community, folder_unusable, and those of
    ``StatisticsService``.
    """
    desk.sign_in.actor.require(Right.STATISTICS)
    if order.has_workbook:
        desk.sign_in.actor.require(Right.EXPORT)
    period = _period(desk, order)
    definition = _definition(desk, order, period)
    _require_community(desk, order.community)
    _require_room(folder)
    return [_printed(desk, each, period, order, folder) for each in _parts(desk, definition, order)]


def _require_community(desk: Desk, community: str) -> None:
    """Refuse a name that neither the office nor any filing has: all its figures would be zero."""
    known = desk.statistics.communities()
    if community and community not in known and not desk.ledger.ids(LedgerCriteria(community=community)):
        raise ClerkError("no_such_community", community=community, known="、".join(known))


def _require_room(folder: Path) -> None:
    """Make the folder, and prove by a file that is gone at once that files can be made there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ClerkError("folder_unusable", path=str(folder), why=error.strerror or str(error)) from error


def _period(desk: Desk, order: ReportOrder) -> Period:
    wanted = order.period_kind or USUAL_PERIOD[order.kind]
    if not order.period:
        if wanted is PeriodKind.SPAN:
            raise ClerkError("period_required", why="name the period, such as 2022-03-07..2024-12-31")
        return period_of(wanted, desk.office.today()).before()
    period = parse_period(order.period)
    # Only a period report is of one length; the others are made over whatever is named.
    if period is None or (order.period_kind is not None and period.kind is not order.period_kind):
        raise ClerkError("period_unfit", period=order.period, wanted=wanted.value)
    if period.first_on > desk.office.today():
        raise ClerkError("period_unfit", period=order.period, why="it has not begun")
    return period


def _definition(desk: Desk, order: ReportOrder, period: Period) -> ReportDefinition:
    if not order.definition:
        return desk.statistics.standard(order.kind, period.kind)
    for saved in desk.statistics.definitions():
        if saved.name == order.definition:
            return saved
    raise ClerkError("no_such_statistics", name=order.definition)


def _parts(desk: Desk, definition: ReportDefinition, order: ReportOrder) -> Iterator[ReportDefinition]:
    limits = dict(definition.within)
    if order.community:
        yield replace(definition, within=tuple({**limits, Breakdown.COMMUNITY: order.community}.items()))
    elif order.kind is ReportKind.COMMUNITY and Breakdown.COMMUNITY not in limits:
        for community in desk.statistics.communities():
            yield replace(definition, within=tuple({**limits, Breakdown.COMMUNITY: community}.items()))
    else:
        yield definition


def _printed(
    desk: Desk, definition: ReportDefinition, period: Period, order: ReportOrder, folder: Path
) -> dict[str, str]:
    report = desk.statistics.report(definition, period)
    if order.is_draft:
        number, pdf = "", desk.statistics.draft_pdf(report, texts={})
    else:
        texts = desk.statistics.texts_before(definition.kind) if order.definition else {}
        issued = desk.statistics.issue(report, texts=texts, act_id=str(uuid4()))
        number, pdf = issued.number, desk.statistics.pdf(issued.id, is_reprint=False)
    name = _file_name(report, number)
    paper = folder / f"{name}.pdf"
    with written_file(paper) as fresh:
        fresh.write_bytes(pdf)
    made = {"number": number, "period": period.code, "scope": report.scope, "paper": str(paper)}
    if order.has_workbook:
        workbook = folder / f"{name}.xlsx"
        desk.statistics.save_workbook(report, workbook)
        made["workbook"] = str(workbook)
    return {**made, "fingerprint": report.fingerprint}


def _file_name(report: Report, number: str) -> str:
    limits = [code for by, code in report.definition.within if by is Breakdown.COMMUNITY]
    parts = [number, report.definition.name, *limits, report.period.code]
    return _UNSAFE.sub("_", " ".join(part for part in parts if part))[:_LONGEST_NAME].strip(" .")
