"""What every report paper has: its head or cover, what to know when reading it, definitions, its foot, its paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.documents.blocks import (
    Block,
    Cover,
    Fact,
    FactTable,
    Heading,
    Item,
    ItemTable,
    NumberedItems,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Shape,
)
from desktop.documents.figure_words import division_words, head_words, target_words
from desktop.documents.report_setting import is_comparison
from desktop.documents.wording import day
from desktop.domain.local_rules import in_brackets
from desktop.domain.measure import Figure, Measure
from desktop.domain.report import PackStanding, Report

_UNNUMBERED: Final = "（预览，未编号）"
_STOCK: Final = "期末数。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """A report with what its paper adds: the number (empty for a preview), the day, who has it made."""

    report: Report
    number: str
    on: date
    made_by: str

    @property
    def code(self) -> str:
        """Give the code of the paper, one a kind of report."""
        return f"report_{self.report.definition.kind}"

    def paper(self, title: str, blocks: Iterable[Block], *, shape: Shape) -> Paper:
        """Make the paper; its foot carries as-of moment, scope and fingerprint on every sheet."""
        report = self.report
        packs = "、".join(f"{pack.pack_id} {pack.version}" for pack in report.packs)
        return Paper(
            code=self.code,
            title=title,
            number=self.number,
            issuer=report.office,
            template_version=" · ".join(part for part in (packs, self.code) if part),
            shape=shape,
            blocks=tuple(blocks),
            foot=tuple(self._foot()),
            issued_on=self.on.isoformat(),
        )

    def _foot(self) -> Iterator[str]:
        report = self.report
        yield f"{report.period.label}；数据截至 {moment(report)}；范围：{report.scope}"
        if report.fingerprint:
            yield f"指纹（SHA-256）：{report.fingerprint}"

    def cover(self, title: str) -> Cover:
        """Give the first sheet."""
        report = self.report
        return Cover(
            title=title,
            period=report.period.label,
            facts=tuple(Fact(label=label, value=value) for label, value in self._facts()),
            office=report.office,
            date=day(self.on),
        )

    def head(self, *, office: str) -> FactTable:
        """Give the head of a report without a cover; ``office`` is the word for who reports."""
        facts = [Fact(label=office, value=self.report.office)]
        facts += [Fact(label=label, value=value) for label, value in self._facts()]
        return FactTable(rows=tuple(tuple(facts[start : start + 2]) for start in range(0, len(facts), 2)))

    def _facts(self) -> Iterator[tuple[str, str]]:
        report, period = self.report, self.report.period
        yield "编号", self.number or _UNNUMBERED
        yield "统计期间", f"{period.label}（{day(period.first_on)}至{day(period.last_on)}）"
        yield "统计范围", report.scope
        yield "数据截至", moment(report)
        yield "依据版本", "；".join(map(_pack_words, report.packs)) or "未核实"
        if self.made_by:
            yield "制表人", self.made_by


def moment(report: Report) -> str:
    """Write the moment the figures stand at, in the time of this place."""
    return f"{report.as_of.astimezone():%Y-%m-%d %H:%M:%S}"


def _pack_words(pack: PackStanding) -> str:
    return f"{pack.title}（{pack.version}）"


def notes(report: Report) -> Iterator[Block]:
    """Give what the reader must know, numbered."""
    if report.notes:
        yield Heading(text="说明")
        yield NumberedItems(items=tuple(Item(text=note.rstrip("。") + "。") for note in report.notes))


def definitions(report: Report, title: str) -> Iterator[Block]:
    """Give what every figure counts, up to when and by what article, and what each ratio divides."""
    if not report.measures:
        return
    yield PageBreak()
    yield Part(text=title)
    yield ItemTable(
        headers=("指标", "口径和来源"),
        rows=tuple((head_words(measure, measure.label), _definition(measure, report)) for measure in _in_order(report)),
        widths=(38, 132),
        small=True,
    )


def _in_order(report: Report) -> list[Measure]:
    """Give every measure once: those of the tables in their order, what a ratio is made of right below it."""
    order = [key for table in report.tables for key in table.spec.measures]
    asked = [report.measures[key] for key in (*order, *report.measures) if key in report.measures]
    keys = [part for measure in asked for part in (measure.key, measure.numerator, measure.denominator)]
    return [report.measures[key] for key in dict.fromkeys(keys) if key in report.measures]


def _definition(measure: Measure, report: Report) -> str:
    text = measure.definition.rstrip("。") + "。"
    if measure.is_stock and "期末" not in text:
        text += _STOCK
    if words := division_words(measure, report.measures):
        text += f"计算：{words}。"
    if target := target_words(measure):
        is_of_another = bool(measure.target_article) and measure.target_article != measure.article
        text += f"规定：{target}" + (f"{in_brackets(measure.target_article)}。" if is_of_another else "。")
    return text + (f"〔{measure.article}〕" if measure.article else "")


def written(report: Report, heading: str) -> str:
    """Give what the manager wrote under a heading."""
    return report.texts.get(heading, "").strip()


def texts(report: Report, headings: Iterable[str]) -> Iterator[Block]:
    """Give the headings under which the manager wrote something."""
    for heading in headings:
        if text := written(report, heading):
            yield Heading(text=heading)
            yield from paragraphs(text)


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give a text as running paragraphs, one a line."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(text=line.strip())


def figure_of(report: Report, key: str) -> Figure | None:
    """Find the figure of a measure over the whole period, wherever a table has it; None where none does."""
    for table in report.tables:
        if is_comparison(table):
            found = next((row.figures[0] for row in table.rows if row.member.code == key), None)
        elif table.spec.across:
            found = None
        else:
            place = next((at for at, column in enumerate(table.columns) if column.code == key), len(table.total))
            found = table.total[place] if place < len(table.total) else None
        if found is not None:
            return found
    return None
