"""Writes a statistical report as a workbook: cover, a sheet a table with live charts, ratios recomputed, definitions.

The figures are those of the report, as numbers; what can be worked out from them (changes, ratios) stands as formulas,
so that who opens the file can follow them.  An unknown figure stays a dash and never becomes zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.measure import Figure, Measure
from desktop.domain.report import Report, TableSpec
from desktop.exchange.fit_text import fit
from desktop.exchange.open_book import open_book
from desktop.exchange.report_formats import ReportFormats
from desktop.exchange.report_sheet import TITLE_HEIGHT, UNKNOWN, TableSheet, lines_of, write_figure, write_table_sheet
from desktop.exchange.report_sheet_names import sheet_names

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

COVER: Final = "封面"
RATIOS: Final = "比率计算"
DEFINITIONS: Final = "口径"
TEXTS: Final = "文字说明"
_OWN: Final = (COVER, RATIOS, DEFINITIONS, TEXTS)
_RATIO_HEADS: Final = ("所在表", "行", "列", "指标", "分子", "分母", "结果", "单位")
_DEFINITION_HEADS: Final = ("指标", "单位", "统计时点", "统计口径", "分子", "分母", "依据", "要求值", "要求依据")
_RATIO_WIDTHS: Final = (24, 20, 20, 24, 12, 12, 12, 8)
_DEFINITION_WIDTHS: Final = (22, 8, 14, 60, 20, 20, 24, 9, 24)
_COVER_WIDTH: Final = 68
_TEXT_WIDTH: Final = 84


def write_report(file: Path, report: Report, *, number: str = "") -> None:
    """Write the report; ``number`` is that under which it was issued, empty for one that was not.  Raises ``OSError``.

    The file is made in memory: a report has some thousand cells, and charts keep a copy of theirs.
    """
    with open_book(file, keeps_rows=True) as book:
        formats = ReportFormats.of(book)
        book.set_properties({"title": fit(_title(report)), "subject": report.period.label, "author": report.office})
        names = sheet_names([table.spec.title for table in report.tables], taken=_OWN)
        cover = book.add_worksheet(COVER)
        for table, name in zip(report.tables, names, strict=True):
            asked = TableSheet(book=book, formats=formats, report=report, table=table, name=name, cover=COVER)
            write_table_sheet(asked)
        others = [*names, *_write_ratios(book, formats, report, names)]
        others += [_write_definitions(book, formats, report), *_write_texts(book, formats, report)]
        _write_cover(cover, formats, report, number, others)
        cover.activate()


def _title(report: Report) -> str:
    return report.definition.name or report.definition.kind.label


def _write_cover(sheet: Worksheet, formats: ReportFormats, report: Report, number: str, sheets: Sequence[str]) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, _COVER_WIDTH)
    sheet.set_row(0, TITLE_HEIGHT)
    _page(sheet, is_across=False)
    sheet.write_string(0, 0, fit(_title(report)), formats.title)
    line = 2
    for name, text in _cover_lines(report, number):
        sheet.write_string(line, 0, name, formats.head_left)
        sheet.write_string(line, 1, fit(text), formats.text)
        sheet.set_row(line, _height(lines_of(text, _COVER_WIDTH)))
        line += 1
    sheet.set_row(line + 1, TITLE_HEIGHT)
    sheet.write_string(line + 1, 0, "内容", formats.title)
    for place, name in enumerate(sheets, line + 2):
        sheet.write_number(place, 0, place - line - 1, formats.count)
        sheet.write_url(place, 1, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", formats.link, name)


def _cover_lines(report: Report, number: str) -> list[tuple[str, str]]:
    packs = "；".join(f"{pack.title}（{pack.pack_id} {pack.version}）" for pack in report.packs)
    within = "；".join(f"{breakdown.label}：{code or '未填'}" for breakdown, code in report.definition.within)
    lines = [
        ("编号", number or "未编号（未出具）"),
        ("单位", report.office),
        ("统计期间", f"{report.period.label}（{report.period.first_on} 至 {report.period.last_on}）"),
        ("数据截至", f"{report.as_of.astimezone():%Y-%m-%d %H:%M}"),
        ("统计范围", report.scope + (f"；{within}" if within else "")),
        ("适用规则版本", packs or "期间内无按规则判定的件"),
        *(("说明", note) for note in report.notes),
        ("数据指纹", report.fingerprint),
        ("读法", "“—”不等于 0。增减和比率是公式，可以核对。"),
    ]
    return [(name, text) for name, text in lines if text]


def _ratio_cells(report: Report) -> list[tuple[int, str, str, Measure, Figure]]:
    """Give every ratio in the tables with place of its table, row and column."""
    found = []
    for place, table in enumerate(report.tables):
        rows = [(row.member.label, row.member.code, row.figures) for row in table.rows]
        if table.total:
            rows.append(("合计", "", table.total))
        for label, code, figures in rows:
            for column, figure in zip(table.columns, figures, strict=True):
                measure = report.measures.get(_measure_of(table.spec, code, column.code))
                if measure is not None and measure.is_ratio and figure.denominator is not None:
                    found.append((place, label, column.label, measure, figure))
    return found


def _measure_of(spec: TableSpec, row: str, column: str) -> str:
    """Give the key of the measure that a cell counts."""
    if spec.across is not None:
        return spec.measures[0]
    return row if spec.by is None else column


def _write_ratios(book: Workbook, formats: ReportFormats, report: Report, names: Sequence[str]) -> list[str]:
    cells = _ratio_cells(report)
    if not cells:
        return []
    sheet = book.add_worksheet(RATIOS)
    _listing(sheet, formats, _RATIO_HEADS, _RATIO_WIDTHS)
    for line, (place, row, column, measure, figure) in enumerate(cells, 1):
        for at, text in enumerate((names[place], row or "未填", column or "未填", measure.label)):
            sheet.write_string(line, at, fit(text), formats.text)
        parts = (measure.numerator, figure.numerator), (measure.denominator, figure.denominator)
        for at, (key, value) in enumerate(parts, 4):
            write_figure(sheet, line, at, value, formats.number(_places(report, key)))
        quotient = f'=IF(N(F{line + 1})=0,"{UNKNOWN}",E{line + 1}/F{line + 1}*{measure.scale})'
        result = UNKNOWN if figure.value is None else float(figure.value)
        sheet.write_formula(line, 6, quotient, formats.number(measure.places), result)
        sheet.write_string(line, 7, measure.unit, formats.text)
    sheet.autofilter(0, 0, len(cells), len(_RATIO_HEADS) - 1)
    return [RATIOS]


def _places(report: Report, key: str) -> int:
    measure = report.measures.get(key)
    return measure.places if measure else 0


def _write_definitions(book: Workbook, formats: ReportFormats, report: Report) -> str:
    sheet = book.add_worksheet(DEFINITIONS)
    _listing(sheet, formats, _DEFINITION_HEADS, _DEFINITION_WIDTHS)
    for line, measure in enumerate(report.measures.values(), 1):
        for place, text in enumerate(_definition(report, measure)):
            if text:
                sheet.write_string(line, place, fit(text), formats.text)
            else:
                sheet.write_blank(line, place, None, formats.text)
        sheet.set_row(line, _height(max(map(lines_of, _definition(report, measure), _DEFINITION_WIDTHS))))
        if measure.target is not None:
            sheet.write_number(line, 7, float(measure.target), formats.number(measure.places))
    return DEFINITIONS


def _definition(report: Report, measure: Measure) -> tuple[str, ...]:
    numerator, denominator = (
        report.measures[key].label if key in report.measures else key
        for key in (measure.numerator, measure.denominator)
    )
    return (
        measure.label,
        measure.unit,
        "期末（存量）" if measure.is_stock else "期间内发生",
        measure.definition,
        numerator,
        denominator,
        measure.article,
        "",
        measure.target_article,
    )


def _write_texts(book: Workbook, formats: ReportFormats, report: Report) -> list[str]:
    texts = [(heading, text) for heading, text in report.texts.items() if text]
    if not texts:
        return []
    sheet = book.add_worksheet(TEXTS)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    _page(sheet, is_across=False)
    line = 0
    for heading, text in texts:
        sheet.set_row(line, TITLE_HEIGHT)
        sheet.write_string(line, 0, fit(heading), formats.title)
        # A row has a greatest height, so each paragraph gets its own.
        for paragraph in text.splitlines():
            line += 1
            sheet.set_row(line, _height(lines_of(paragraph, _TEXT_WIDTH)))
            sheet.write_string(line, 0, fit(paragraph), formats.text)
        line += 2
    return [TEXTS]


def _height(lines: int) -> float:
    """Give the height of a row in points; no row is higher than a workbook allows."""
    return min(409.0, 4 + 13.5 * lines)


def _listing(sheet: Worksheet, formats: ReportFormats, heads: Sequence[str], widths: Sequence[int]) -> None:
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, formats.head)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _page(sheet, is_across=True)


def _page(sheet: Worksheet, *, is_across: bool) -> None:
    sheet.set_paper(9)
    if is_across:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
