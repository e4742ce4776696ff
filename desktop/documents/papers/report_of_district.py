"""The summary of a district: streets or communities ranked, trends, and room for the analysis."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import Block, Fact, FactTable, Paper, Part, Signatures
from desktop.documents.papers.report_of_period import SIGNERS, parts, setting_of, shape_of
from desktop.documents.report_parts import ReportPaper, definitions, notes, paragraphs, written
from desktop.domain.report import Report
from desktop.domain.report_kinds import HEADINGS


def district(of: ReportPaper) -> Paper:
    """Compose the summary of a district."""
    title = of.report.definition.name or of.report.definition.kind.label
    return of.paper(title, _blocks(of, title), shape=shape_of(of.report))


def _blocks(of: ReportPaper, title: str) -> Iterator[Block]:
    report = of.report
    yield of.cover(title)
    yield from parts(setting_of(report, is_ranked=True), report.tables, is_flat=True)
    yield from judged(report)
    yield from notes(report)
    yield Signatures(lines=SIGNERS)
    yield from definitions(report, "附：指标口径")


def judged(report: Report) -> Iterator[Block]:
    """Give what the manager wrote under each heading, and room for a pen where nothing is written."""
    for heading in HEADINGS[report.definition.kind]:
        yield Part(text=heading)
        if text := written(report, heading):
            yield from paragraphs(text)
        else:
            yield FactTable(rows=((Fact(label="（手写）", value="\n\n\n"),),), tall=True)
