"""Statistical reports on paper, every kind: what they say, by extracted text and by the rendered page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from PIL import ImageChops, ImageOps
from PIL.Image import Image

from desktop.documents.blocks import Cover, FigureTable, ItemTable, Paper, Part, Signatures, from_plain, to_plain
from desktop.documents.figure_words import change_words, figure_words
from desktop.documents.papers.report import report_paper
from desktop.documents.pdf import Mark, render
from desktop.documents.report_setting import numeral
from desktop.documents.titles import TITLES
from desktop.domain.local_rules import LocalRules, at_work, work_by
from desktop.domain.measure import Breakdown, Figure, Member, Number
from desktop.domain.report import ChartKind, Report, ReportKind, ReportTable, TableRow, TableSpec
from desktop.domain.report_kinds import HEADINGS
from tests.paper_desk import words_of
from tests.unit.rich_report import rich_report

_NUMBER = "PA-TJ-2026-000007"
_DAY = date(2026, 4, 1)


def _made(report: Report, *, number: str = _NUMBER) -> Paper:
    return report_paper(report, number=number, on=_DAY, made_by="王一一")


def _texts(pdf: bytes) -> list[str]:
    """Give the text of every page without the breaks of lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]


def _pictures(pdf: bytes) -> list[Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=1).to_pil().convert("L") for page in document]


@pytest.mark.requirement("LG-21-2d", "LG-43", "LG-22-2c", "HL-0", "SJ-0", "LG-14-1")
@pytest.mark.parametrize("kind", [*ReportKind])
def test_every_kind_prints_its_head_its_foot_and_every_table(kind: ReportKind) -> None:
    report = rich_report(kind)
    paper = _made(report)
    pages = _texts(render(paper))
    whole = "".join(pages)
    assert paper.code == f"report_{kind}"
    assert TITLES[paper.code] == kind.label
    assert _NUMBER in pages[0]
    for page in pages:
        assert report.fingerprint in page
        assert "数据截至" in page
        assert "范围：全部社区" in page
    for table in report.tables:
        for row in table.rows:
            assert (row.member.label or "未填") in whole
    if kind is not ReportKind.IMPLEMENTATION:
        assert report.period.label.removesuffix("年") in pages[0]


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize("kind", [*ReportKind])
def test_nothing_is_printed_outside_the_margins(kind: ReportKind) -> None:
    for picture in _pictures(render(_made(rich_report(kind)))):
        left, top, right, bottom = ImageOps.invert(picture).getbbox() or (0, 0, 0, 0)
        # 15 mm at the sides, 5 mm above (the code of the number), 6 mm below.
        assert min(left, picture.width - right) >= 42
        assert top >= 14
        assert picture.height - bottom >= 17


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize("kind", [*ReportKind])
def test_printed_again_it_is_the_same_to_the_byte(kind: ReportKind) -> None:
    paper = _made(rich_report(kind))
    stored = json.dumps(to_plain(paper))
    assert from_plain(json.loads(stored)) == paper == _made(rich_report(kind))
    assert render(from_plain(json.loads(stored))) == render(paper)
    again = render(paper, mark=Mark.REPRINT)
    assert again == render(from_plain(json.loads(stored)), mark=Mark.REPRINT) != render(paper)


@pytest.mark.requirement("LG-N1", "LG-N2", "JS-N1")
def test_every_ratio_says_what_it_divides_and_what_the_rules_ask() -> None:
    report = rich_report(ReportKind.ANNUAL)
    words = words_of(_made(report))
    ratios = [measure for measure in report.measures.values() if measure.is_ratio]
    assert ratios
    for ratio in ratios:
        division = f"{report.measures[ratio.numerator].label} ÷ {report.measures[ratio.denominator].label}"
        # Among the definitions, and below its table where that has few ratios.
        assert division in words, ratio.key
        assert ratio.definition.rstrip("。") in words
        assert ratio.target is None or ratio.target_article in words


@pytest.mark.requirement("JS-N1", "JS-4.2")
def test_the_annual_sheet_holds_rates_against_what_the_rules_ask() -> None:
    asked = {f"measure.{key}_target": "二（四）" for key in ("draw_share", "monthly_check_rate")}
    work_by(LocalRules(articles={**at_work().articles, **asked}))
    report = rich_report(ReportKind.ANNUAL)
    table = next(
        block
        for block in _made(report).blocks
        if isinstance(block, FigureTable) and "规定" in block.headers and block.headers[-1] == "结果"
    )
    lines = {line.cells[0]: line.cells for line in table.lines}
    share = lines[report.measures["draw_share"].label]
    assert share[-2:] == ("≥ 5.0%", "达到")
    monthly = lines[report.measures["monthly_check_rate"].label]
    assert monthly[-1] == "未达到"


@pytest.mark.requirement("LG-14-4")
def test_the_district_summary_ranks_and_leaves_room_for_the_analysis() -> None:
    report = rich_report(ReportKind.DISTRICT, texts={"分析研判": "两个社区巡查不足。"})
    ranking = next(table for table in report.tables if table.spec.key == "by_community")
    tied = [replace(row, figures=(Figure(7), *row.figures[1:])) for row in ranking.rows[:2]]
    none = replace(ranking.rows[2], figures=(Figure(None), *ranking.rows[2].figures[1:]))
    best = replace(ranking.rows[3], figures=(Figure(9), *ranking.rows[3].figures[1:]))
    report = replace(report, tables=(replace(ranking, rows=(none, *tied, best)),))
    paper = _made(report)
    table = next(block for block in paper.blocks if isinstance(block, FigureTable))
    assert [line.cells[0] for line in table.lines] == ["1", "2", "2", "—", ""]
    assert table.lines[0].cells[1] == best.member.label
    text = "".join(_texts(render(paper)))
    assert "两个社区巡查不足。" in text
    assert "存在问题（手写）" in text


@pytest.mark.requirement("LG-22-2c")
@pytest.mark.parametrize("kind", [ReportKind.UPWARD, ReportKind.COMMUNITY])
def test_a_form_is_signed_on_the_sheet_of_its_figures(kind: ReportKind) -> None:
    paper = _made(rich_report(kind))
    signed = next(block for block in paper.blocks if isinstance(block, Signatures))
    (page,) = [text for text in _texts(render(paper)) if signed.lines[0] in text]
    assert "合计" in page
    assert "填报人" in signed.lines[0]
    assert not any(isinstance(block, Cover) for block in paper.blocks)


@pytest.mark.requirement("HL-0", "HL-2b", "HL-2c", "HL-2d")
def test_the_implementation_report_speaks_its_figures_under_its_headings() -> None:
    report = _with_headline(
        rich_report(ReportKind.IMPLEMENTATION, texts={"五、修订必要性": "规则将到期。\n建议重新印发。"})
    )
    paper = _made(report)
    parts = [block.text for block in paper.blocks if isinstance(block, Part)]
    assert tuple(parts[:5]) == HEADINGS[ReportKind.IMPLEMENTATION]
    words = words_of(paper)
    assert "登记纳管 20,213 件" in words
    assert "开展巡查 469,009 次" in words
    assert "完成整改 2,690 处" in words
    assert "投入专项工作经费 7,820,000 元" in words
    assert "参加培训 1,100 人次" in words
    assert "建议重新印发。" in words
    assert paper.title == "实施情况评估报告"
    assert "《小型工程和零星作业纳管实施细则》" in words


@pytest.mark.requirement("HL-0")
def test_a_zero_is_spoken_of_only_where_none_is_the_news() -> None:
    report = rich_report(ReportKind.IMPLEMENTATION)
    none = tuple(
        replace(table, rows=tuple(replace(row, figures=(Figure(0),) * len(row.figures)) for row in table.rows))
        for table in report.tables
    )
    words = words_of(_made(replace(report, tables=none)))
    assert "登记事故 0 起，死亡 0 人，受伤 0 人" in words
    assert "投入专项工作经费" not in words


def _with_headline(report: Report) -> Report:
    known: dict[str, Number] = {
        "registered": 20213,
        "patrols": 469009,
        "hazards_cleared": 2690,
        "trained_persons": 1100,
        "funds": Decimal("7820000.00"),
    }
    headline = next(table for table in report.tables if table.spec.key == "headline")
    rows = tuple(
        replace(row, figures=(Figure(known[row.member.code]), Figure(None), Figure(None)))
        if row.member.code in known
        else row
        for row in headline.rows
    )
    others = tuple(table for table in report.tables if table.spec.key != "headline")
    return replace(report, tables=(replace(headline, rows=rows), *others))


@pytest.mark.requirement("SJ-0")
def test_the_circular_has_its_five_headings_with_texts_and_tables_under_them() -> None:
    headings = HEADINGS[ReportKind.CIRCULAR]
    report = rich_report(ReportKind.CIRCULAR, texts={heading: f"{heading}的文字。" for heading in headings})
    paper = _made(report)
    parts = [block.text for block in paper.blocks if isinstance(block, Part)]
    assert parts[:5] == [f"{numeral(place)}、{heading}" for place, heading in enumerate(headings, 1)]
    text = "".join(_texts(render(paper)))
    where = [text.index(f"{heading}的文字。") for heading in headings]
    assert where == sorted(where)
    assert text.index("突出问题") > where[3]
    assert "各有关单位：" in text


@pytest.mark.requirement("LG-21-2d", "LG-43")
def test_a_year_is_held_against_the_year_before_once_and_a_month_against_two_periods() -> None:
    of_year, of_month = (_made(rich_report(kind)) for kind in (ReportKind.ANNUAL, ReportKind.UPWARD))
    year, month = (
        next(block for block in paper.blocks if isinstance(block, FigureTable)) for paper in (of_year, of_month)
    )
    assert year.headers == ("指标", "单位", "本期", "上年", "较上年")
    assert "本期：2026年；上年：2025年。" in year.notes
    assert month.headers == ("指标", "单位", "本期", "上期", "上年同期", "较上期", "较上年同期")
    assert "本期：2026年3月；上期：2026年2月；上年同期：2025年3月。" in month.notes
    assert all(len(line.cells) == len(year.headers) for line in year.lines if line.form != "part")


@pytest.mark.requirement("HL-4c")
def test_a_cross_table_too_wide_for_the_sheet_comes_in_bands_and_loses_nothing() -> None:
    columns = tuple(Member(str(place), f"第{place}类") for place in range(1, 21))
    spec = TableSpec(
        key="wide", title="宽表", measures=("accidents",), by=Breakdown.WORKS_KIND, across=Breakdown.ACCIDENT_TYPE
    )
    rows = (TableRow(member=Member("small_work", "小型工程"), figures=tuple(Figure(100 + at) for at in range(20))),)
    report = rich_report(ReportKind.PERIOD)
    paper = _made(replace(report, tables=(ReportTable(spec=spec, columns=columns, rows=rows),)))
    bands = [block for block in paper.blocks if isinstance(block, FigureTable)]
    assert paper.shape == "report_wide"
    assert len(bands) == 2
    assert [head for band in bands for head in band.headers[1:]] == [column.label for column in columns]
    assert [cell for band in bands for cell in band.lines[0].cells[1:]] == [str(100 + at) for at in range(20)]


@pytest.mark.requirement("LG-21-2d")
def test_a_heat_table_is_darker_where_there_is_more() -> None:
    report = rich_report(ReportKind.PERIOD)
    spec = TableSpec(
        key="heat", title="热力表", measures=("hazards_found",), by=Breakdown.COMMUNITY,
        across=Breakdown.HAZARD_GROUP, chart=ChartKind.HEAT,
    )  # fmt: skip
    columns = tuple(Member(str(at), f"类{at}") for at in range(5))
    row = TableRow(member=Member("a", "坪安社区"), figures=tuple(map(Figure, (0, 1, 25, 60, 100))))
    paper = _made(replace(report, tables=(ReportTable(spec=spec, columns=columns, rows=(row,)),), notes=()))
    table = next(block for block in paper.blocks if isinstance(block, FigureTable))
    assert table.lines[0].shades == (0, 1, 1, 3, 4)
    shaded = _pictures(render(paper))[1]
    plain = replace(table, lines=(replace(table.lines[0], shades=()),))
    blocks = tuple(plain if block is table else block for block in paper.blocks)
    unshaded = _pictures(render(replace(paper, blocks=blocks)))[1]
    greys = {value for value in ImageChops.difference(shaded, unshaded).tobytes() if value}
    assert len(greys) >= 3  # three grounds besides white


def test_unknown_is_a_dash_and_zero_is_zero() -> None:
    measure = rich_report(ReportKind.PERIOD).measures["registered"]
    assert [figure_words(Figure(value), measure) for value in (None, 0, 20213)] == ["—", "0", "20,213"]


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize(
    ("key", "now", "then", "words"),
    [
        ("registered", 12, 10, "+2（20.0%）"),
        ("registered", 8, 10, "−2（20.0%）"),
        ("registered", 8, 8, "持平"),
        ("registered", 8, 0, "+8"),
        ("registered", 8, None, "—"),
        ("registered", 500, 10, "+490"),
        ("second_notice_rate", Decimal("12.34"), Decimal("10.04"), "+2.3 个百分点"),
    ],
)
def test_changes_are_said_as_a_reader_checks_them(
    key: str, now: int | Decimal, then: int | Decimal | None, words: str
) -> None:
    measure = rich_report(ReportKind.PERIOD).measures[key]
    assert change_words(Figure(now), Figure(then), measure) == words


def test_a_preview_says_that_it_has_no_number() -> None:
    assert "（预览，未编号）" in words_of(_made(rich_report(ReportKind.PERIOD), number=""))


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_parts_are_numbered_in_chinese(number: int, words: str) -> None:
    assert numeral(number) == words


def test_definitions_are_set_close_and_name_their_articles() -> None:
    report = rich_report(ReportKind.PERIOD)
    table = next(block for block in _made(report).blocks if isinstance(block, ItemTable))
    assert table.small
    assert table.headers == ("指标", "口径和来源")
    for measure in report.measures.values():
        said = next(text for label, text in table.rows if label.startswith(measure.label))
        assert not measure.article or said.endswith(f"〔{measure.article}〕")


def test_what_many_ratios_divide_is_told_once_at_the_end() -> None:
    report = rich_report(ReportKind.PERIOD)
    ratios = [key for key, measure in report.measures.items() if measure.is_ratio]
    notes = [
        (note, sum(line.cells[0] in {report.measures[key].label for key in ratios} for line in block.lines))
        for block in _made(report).blocks
        if isinstance(block, FigureTable)
        for note in block.notes
    ]
    assert notes
    for note, count in notes:
        assert not note.startswith("口径：") or count <= 6
