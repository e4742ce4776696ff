"""A statistical report on paper, each kind in its own form; a paper of the same report is the same to the byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.papers.report_forms import annual, community, upward
from desktop.documents.papers.report_narratives import circular, implementation
from desktop.documents.papers.report_of_district import district
from desktop.documents.papers.report_of_period import period
from desktop.documents.report_parts import ReportPaper
from desktop.domain.report import Report, ReportKind

_COMPOSED: Final[Mapping[ReportKind, Callable[[ReportPaper], Paper]]] = MappingProxyType(
    {
        ReportKind.PERIOD: period,
        ReportKind.UPWARD: upward,
        ReportKind.COMMUNITY: community,
        ReportKind.DISTRICT: district,
        ReportKind.ANNUAL: annual,
        ReportKind.IMPLEMENTATION: implementation,
        ReportKind.CIRCULAR: circular,
    }
)


def report_paper(report: Report, *, number: str, on: date, made_by: str = "") -> Paper:
    """Compose the paper of a report; without a number it is a preview.

    ``on`` is the day of issue, ``made_by`` who has it made; everything else stands in the report.
    """
    return _COMPOSED[report.definition.kind](ReportPaper(report=report, number=number, on=on, made_by=made_by))
