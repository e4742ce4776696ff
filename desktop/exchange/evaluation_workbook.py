"""The evaluation as a workbook: the table to be filled in by organisations, and a whole round for further work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.evaluation import Dimension, EvaluationItem, EvaluationLine, Stage
from desktop.domain.evaluation_course import WHOLE, Evaluation
from desktop.domain.evaluation_figures import figure_words
from desktop.domain.evaluation_sheet import HEADINGS, SHEET, Column
from desktop.domain.local_rules import local
from desktop.exchange.ledger_workbook import fit
from desktop.exchange.open_book import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
_WIDTHS: Final = (22, 9, 8, 16, 40, 30, 8, 8, 34, 24, 28, 28, 12, 12)


def write_template(file: Path, asked: Evaluation, organisations: Sequence[str], stage: Stage) -> None:
    """Write the table with what is said already, a line an item and organisation, to be read back; ``OSError``."""
    with open_book(file) as book:
        style = _Style(book)
        rows = [
            _line_cells(asked, item, asked.line(organisation, item.code, stage))
            for organisation in organisations
            for item in asked.round.items_at(stage)
        ]
        style.table(SHEET, [HEADINGS[column][0] for column in Column], rows, _WIDTHS)
        style.table("填写说明", ("事项", "说明"), _HELP, (16, 80))


def write_round(
    file: Path, asked: Evaluation, topics: dict[str, tuple[str, str]], note: Sequence[tuple[str, str]]
) -> int:
    """Write a whole round; gives how many lines of the tables there are.  ``topics`` are group and words by entry."""
    with open_book(file) as book:
        style = _Style(book)
        count = 0
        for stage in Stage:
            style.table(f"{stage.label}汇总", *_summary(asked, stage))
        for stage in Stage:
            named = asked.round.organisations if stage is Stage.SELF else asked.round.visited
            style.table(f"{stage.label}逐项", *_beside(asked, named, stage))
            rows = [
                _line_cells(asked, item, asked.line(name, item.code, stage))
                for name in named
                for item in asked.round.items_at(stage)
            ]
            style.table(f"{stage.label}明细", [HEADINGS[column][0] for column in Column], rows, _WIDTHS)
            count += len(rows)
        style.table("整改跟踪", *_follow_ups(asked))
        style.table("抽查项目", *_projects(asked, topics))
        style.table("说明", ("事项", "内容"), note, (16, 80))
    return count


class _Style:
    """The formats of one workbook, and how a table is written with them."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self._text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self._number: Format = book.add_format({"num_format": "0.0#", "valign": "top"})
        self._whole: Format = book.add_format({"num_format": "0", "valign": "top"})

    def table(self, name: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> None:
        """Write one sheet: headings that stay in sight and on every printed page, then the rows."""
        sheet = self._book.add_worksheet(name)
        for place, (text, width) in enumerate(zip(headers, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, text, self._head)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self._cell(sheet, line, place, value)

    def _cell(self, sheet: Worksheet, line: int, place: int, value: Cell) -> None:
        match value:
            case None | "":
                return
            case date():
                sheet.write_datetime(line, place, value, self._day)
            case int():
                sheet.write_number(line, place, value, self._whole)
            case Decimal():
                sheet.write_number(line, place, float(value), self._number)
            case str():
                sheet.write_string(line, place, fit(value), self._text)


def _line_cells(asked: Evaluation, item: EvaluationItem, line: EvaluationLine) -> tuple[Cell, ...]:
    return (
        line.organisation,
        line.stage.label,
        item.code,
        item.dimension.label,
        item.text,
        figure_words(asked, line.organisation, item),
        item.full_marks,
        line.score,
        line.text,
        line.evidence,
        line.problem,
        line.measure,
        line.due_on,
        line.done_on,
    )


_Table = tuple[Sequence[str], list[tuple[Cell, ...]], Sequence[int]]


def _summary(asked: Evaluation, stage: Stage) -> _Table:
    held = [one for one in Dimension if any(item.dimension is one for item in asked.round.items_at(stage))]
    headers = ["单位", "自评报告收到" if stage is Stage.SELF else "实地评价日", *(one.label for one in held)]
    headers += ["得分合计", "满分合计", "未评项数", "问题", "未完成措施", "总体情况"]
    rows: list[tuple[Cell, ...]] = []
    for one in asked.standings():
        if stage is Stage.FIELD and not one.is_visited:
            continue
        score = one.own if stage is Stage.SELF else one.field
        marks = [asked.score(one.organisation, stage, dimension).given for dimension in held]
        when = one.handed_in_on if stage is Stage.SELF else one.visited_on
        whole = asked.line(one.organisation, WHOLE, stage)
        unscored = score.items - score.scored
        sums: tuple[Cell, ...] = (score.given, score.full, unscored, one.problems, one.open_measures, whole.text)
        rows.append((one.organisation, when, *marks, *sums))
    return headers, rows, [24, 14, *[12] * len(held), 10, 10, 10, 8, 11, 50]


def _beside(asked: Evaluation, named: Sequence[str], stage: Stage) -> _Table:
    rows: list[tuple[Cell, ...]] = [
        (
            item.code,
            item.text,
            item.dimension.label,
            item.full_marks,
            *(asked.line(name, item.code, stage).score for name in named),
        )
        for item in asked.round.items_at(stage)
    ]
    return ["序号", "评价内容", "维度", "满分", *named], rows, [8, 44, 16, 8, *[12] * len(named)]


def _follow_ups(asked: Evaluation) -> _Table:
    rows: list[tuple[Cell, ...]] = [
        (
            each.line.organisation,
            each.line.stage.label,
            each.item,
            each.line.problem,
            each.line.measure,
            each.line.due_on,
            each.line.done_on,
            each.state,
        )
        for each in asked.follow_ups()
    ]
    headers = ("单位", "阶段", "评价内容", "问题", "改进措施", "完成时限", "完成日期", "进展")
    return headers, rows, (24, 10, 40, 40, 40, 12, 12, 10)


def _projects(asked: Evaluation, topics: dict[str, tuple[str, str]]) -> _Table:
    rows: list[tuple[Cell, ...]] = []
    for project in asked.projects:
        for code, said in project.findings or (("", ""),):
            topic, label = topics.get(code, ("", ""))
            rows.append(
                (
                    project.organisation,
                    project.seen_on,
                    project.project,
                    project.filing_number,
                    topic,
                    label,
                    said,
                    project.result,
                )
            )
    headers = ("单位", "检查日期", "项目", local("登记编号"), "问题类别", "隐患条目", "现场情况", "处理意见")
    return headers, rows, (24, 12, 36, 22, 20, 40, 40, 40)


_HELP: Final = (
    ("怎样填", "只填“得分”至“完成日期”各列；前面各列是核对用的，改动不会写入，单位、阶段和序号改了就读不回来。"),
    ("得分", "写数，最多一位小数，不超过满分；没有评的空着，不写 0。"),
    ("问题和改进措施", "有问题的写明问题、改进措施和完成时限；措施完成后填完成日期。"),
    ("台账数据", "由程序按台账统计填入；台账中没有这个单位的，显示“—”。"),
)
