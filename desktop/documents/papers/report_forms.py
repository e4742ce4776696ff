"""Reports that are forms to sign: the regular summary upward, a community's sheet, the annual assessment's figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, Fact, FactTable, Heading, Paper, Shape, Signatures
from desktop.documents.papers.report_of_district import judged
from desktop.documents.papers.report_of_period import parts, setting_of, shape_of
from desktop.documents.report_parts import ReportPaper, definitions, notes, texts
from desktop.documents.report_setting import is_comparison
from desktop.documents.report_tables import comparison, table_blocks, without_chart
from desktop.documents.wording import day
from desktop.domain.measure import Breakdown
from desktop.domain.report import Report
from desktop.domain.report_kinds import HEADINGS

_UPWARD: Final = ("填报人（签名）：", "审核人（签名）：", "负责人（签名）：", "联系电话：")
_COMMUNITY: Final = ("填报人（签名）：", "社区负责人（签名）：", "街道接收人（签名）：", "接收日期：")
_ANNUAL: Final = ("填报人（签名）：", "审核人（签名）：", "负责人（签名）：")


def upward(of: ReportPaper) -> Paper:
    """Compose the regular summary upward: short, figures only, three signatures and the seal."""
    return of.paper(_dated(of), _upward(of), shape=_form(of.report))


def community(of: ReportPaper) -> Paper:
    """Compose the sheet of a community, or of all communities together."""
    name = next((code for by, code in of.report.definition.within if by is Breakdown.COMMUNITY), "")
    return of.paper(f"{name}{_dated(of)}", _community(of), shape=_form(of.report))


def annual(of: ReportPaper) -> Paper:
    """Compose the figures that the annual assessment needs, with what the rules ask for."""
    return of.paper(_dated(of), _annual(of), shape=shape_of(of.report))


def _dated(of: ReportPaper) -> str:
    title, label = of.report.definition.name or of.report.definition.kind.label, of.report.period.label
    # 2026年度…, not 2026年年度….
    return f"{label.removesuffix('年')}{title}" if title.startswith("年") else f"{label}{title}"


def _form(report: Report) -> Shape:
    return "wide" if shape_of(report) == "report_wide" else "form"


def _upward(of: ReportPaper) -> Iterator[Block]:
    yield of.head(office="报送单位")
    yield from _plain_tables(of.report)
    yield from texts(of.report, HEADINGS[of.report.definition.kind])
    yield from notes(of.report)
    yield Signatures(lines=_UPWARD, seal=of.report.office, date=day(of.on))
    yield from definitions(of.report, "附：填报口径")


def _community(of: ReportPaper) -> Iterator[Block]:
    yield of.head(office="汇总单位")
    yield from _plain_tables(of.report)
    yield from texts(of.report, HEADINGS[of.report.definition.kind])
    yield from notes(of.report)
    yield Signatures(lines=_COMMUNITY)
    yield from definitions(of.report, "附：填报口径")


def _plain_tables(report: Report) -> Iterator[Block]:
    """Give the tables as a form holds them: all comparisons in one, the others without charts."""
    setting = setting_of(report)
    compared = [table for table in report.tables if is_comparison(table)]
    if compared:
        yield Heading(text="主要指标")
        yield comparison(setting, compared)
    for table in report.tables:
        if not is_comparison(table):
            yield from table_blocks(setting, without_chart(table), table.spec.title)


def _annual(of: ReportPaper) -> Iterator[Block]:
    report = of.report
    yield of.head(office="被考核单位")
    yield from parts(setting_of(report, is_ranked=True), report.tables, is_flat=True)
    yield from judged(report)
    yield from notes(report)
    yield FactTable(
        rows=(
            (Fact(label="考核得分", value=""), Fact(label="考核等次", value="")),
            (Fact(label="考核意见", value="\n\n"),),
        ),
        tall=True,
    )
    yield Signatures(lines=_ANNUAL, seal=report.office, date=day(of.on))
    yield from definitions(report, "附：指标口径")
