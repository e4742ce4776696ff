"""Charts on paper: what they draw of a table, to scale, and that no colour is needed to read them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from itertools import combinations

import pypdfium2
import pytest
from PIL import ImageStat
from PIL.Image import Image, Resampling
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.blocks import Chart, ChartForm, ChartRow, FigureLine, FigureTable, Heading, Paper, Paragraph
from desktop.documents.chart_limits import DARKEST, MOST_LINES, MOST_SERIES
from desktop.documents.chart_marks import DASHES, GROUNDS, area, marker, scale, size_of
from desktop.documents.figure_table import SHADES
from desktop.documents.pdf import page_count, render
from desktop.documents.report_charts import charts_of
from desktop.documents.sheet import Pen
from desktop.domain.measure import Breakdown, Figure, Member
from desktop.domain.report import ChartKind, ReportKind, ReportTable, TableRow, TableSpec
from tests.unit.rich_report import rich_report

_DARK = 90  # of 255
_SCALE = 2  # pixels a point


def _paper(*blocks: Chart | FigureTable | Heading | Paragraph) -> Paper:
    return Paper(
        code="report_period",
        title="报表",
        number="",
        issuer="坪安街道办事处",
        template_version="v",
        shape="report",
        blocks=blocks,
    )


def _picture(pdf: bytes, *, scale: float = _SCALE) -> Image:
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image = document[0].render(scale=scale).to_pil().convert("RGB")
    return picture


def _text(pdf: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[page].get_textpage().get_text_range())


def _bars(*values: str) -> Chart:
    rows = tuple(ChartRow(label=f"第{place}社区", values=(value,)) for place, value in enumerate(values, 1))
    return Chart(form="bars", series=("登记",), rows=rows, unit="件")


def _dark_bars(picture: Image) -> list[int]:
    """Give the lengths in pixels of the dark bars from the top down; frames and type are no bars."""
    grey = picture.convert("L")
    width, found, inside = grey.width, [], 0
    for y in range(grey.height):
        line = bytes(255 if value < _DARK else 0 for value in grey.crop((0, y, width, y + 1)).tobytes())
        long = max(map(len, line.split(b"\0")))
        inside = inside + 1 if 60 < long < 900 else 0
        if inside == 4:
            found.append(long)
    return found


@pytest.mark.requirement("LG-21-2d")
def test_bars_are_as_long_as_their_figures_and_bear_them() -> None:
    pdf = render(_paper(_bars("2000", "1000", "500")))
    long, half, quarter = _dark_bars(_picture(pdf))
    assert half == pytest.approx(long / 2, abs=4)
    assert quarter == pytest.approx(long / 4, abs=4)
    assert all(figure in _text(pdf) for figure in ("2,000", "1,000", "500"))


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize("form", ["bars", "lines", "shares"])
def test_no_chart_has_a_colour(form: ChartForm) -> None:
    rows = tuple(ChartRow(label=f"{month}月", values=("3", "4", "", "6")) for month in range(1, 5))
    chart = Chart(form=form, series=("登记", "在建", "注销", "撤销"), rows=rows, unit="件")
    picture = _picture(render(_paper(chart)), scale=0.5)
    bands = [band.tobytes() for band in picture.split()]
    assert max(map(max, zip(*bands, strict=True))) == 255
    assert all(abs(red - green) <= 2 and abs(red - blue) <= 2 for red, green, blue in zip(*bands, strict=True))


@pytest.mark.requirement("LG-21-2d")
def test_grounds_of_series_differ_in_lightness_or_in_pattern_when_printed_grey() -> None:
    looks = [_look(place) for place in range(MOST_SERIES)]
    assert len(looks) == len(GROUNDS)
    for one, other in combinations(looks, 2):
        assert any(abs(this - that) > 20 for this, that in zip(one, other, strict=True)), (one, other)


def _look(place: int) -> tuple[float, float, float]:
    """Give how light a ground is, how much that varies, and how much from line to line."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(60, 60), invariant=1)
    area(Pen(canvas, 60), 0, 0, 60, 60, GROUNDS[place])
    canvas.showPage()
    canvas.save()
    inner = _picture(target.getvalue()).convert("L").crop((8, 8, 112, 112))
    stat = ImageStat.Stat(inner)
    lines = ImageStat.Stat(inner.resize((1, inner.height), Resampling.BOX))
    return stat.mean[0], stat.stddev[0], lines.stddev[0]


def test_markers_of_lines_all_differ() -> None:
    seen = set()
    for place in range(MOST_LINES):
        target = BytesIO()
        canvas = Canvas(target, pagesize=(10, 10), invariant=1)
        marker(Pen(canvas, 10), 5, 5, place)
        canvas.showPage()
        canvas.save()
        seen.add(_picture(target.getvalue()).tobytes())
    assert len(seen) == len(DASHES) == MOST_LINES


@pytest.mark.requirement("LG-14-4")
def test_a_line_has_a_gap_where_nothing_is_known() -> None:
    whole = Chart(
        form="lines",
        series=("登记",),
        rows=tuple(ChartRow(label=f"{month}月", values=("10",)) for month in range(1, 7)),
    )
    rows = tuple(ChartRow(label=row.label, values=("" if row.label == "3月" else "10",)) for row in whole.rows)
    gap = Chart(form="lines", series=("登记",), rows=rows)
    dark = [
        sum(value < _DARK for value in _picture(render(_paper(chart))).convert("L").tobytes()) for chart in (whole, gap)
    ]
    assert dark[1] < dark[0]
    figures = [_text(render(_paper(chart))).count("10") for chart in (whole, gap)]
    assert figures[1] == figures[0] - 1


@pytest.mark.requirement("LG-21-2d")
def test_figures_of_different_units_never_share_a_scale() -> None:
    report = rich_report(ReportKind.ANNUAL)
    trend = next(table for table in report.tables if table.spec.key == "trend")
    units = {report.measures[key].unit for key in trend.spec.measures}
    charts = [*charts_of(report, trend)]
    assert [chart.unit for chart in charts] == [
        *dict.fromkeys(report.measures[key].unit for key in trend.spec.measures)
    ]
    assert len(charts) == len(units) > 1


@pytest.mark.requirement("LG-21-2d")
def test_shares_beyond_eight_stand_together_and_nothing_is_lost() -> None:
    report = rich_report(ReportKind.PERIOD)
    spec = TableSpec(
        key="x", title="x", measures=("accidents",), by=Breakdown.WORKS_KIND, across=Breakdown.ACCIDENT_TYPE,
        chart=ChartKind.SHARES,
    )  # fmt: skip
    columns = tuple(Member(str(place), f"类{place}") for place in range(11))
    row = TableRow(member=Member("a", "小型工程"), figures=tuple(Figure(place) for place in range(11)))
    (chart,) = charts_of(report, ReportTable(spec=spec, columns=columns, rows=(row,)))
    assert chart.series[-1] == "其余 4 项"
    assert sum(map(Decimal, chart.rows[0].values)) == sum(range(11))


def test_a_heat_table_has_a_ground_for_every_shade() -> None:
    assert len(SHADES) == DARKEST + 1
    assert [*SHADES[1:]] == sorted((ground for ground in SHADES if ground is not None), reverse=True)


def test_a_table_without_figures_has_no_chart() -> None:
    report = rich_report(ReportKind.PERIOD)
    spec = TableSpec(key="x", title="x", measures=("registered",), by=Breakdown.COMMUNITY, chart=ChartKind.BARS)
    row = TableRow(member=Member("a", "坪安社区"), figures=(Figure(0),))
    table = ReportTable(spec=spec, columns=(Member("registered", "登记"),), rows=(row,))
    assert not [*charts_of(report, table)]


@pytest.mark.requirement("LG-21-2d")
def test_a_heading_stands_on_the_page_of_its_chart_and_table() -> None:
    filling = [Paragraph(text=f"第{line}行。") for line in range(36)]
    table = FigureTable(
        headers=("社区", "登记"),
        lines=tuple(FigureLine(cells=(f"第{place}社区", "1")) for place in range(3)),
        widths=(2, 1),
        notes=("口径：甲 = 乙 ÷ 丙。",),
    )
    pdf = render(_paper(*filling, Heading(text="按社区"), _bars("3", "2", "1"), table))
    assert page_count(pdf) == 2
    first, second = _text(pdf), _text(pdf, 1)
    assert "按社区" not in first
    assert all(word in second for word in ("按社区", "第0社区", "口径"))


@pytest.mark.parametrize(("largest", "step"), [(0, 1), (1, 0.2), (9, 2), (37, 10), (1234, 250), (469009, 100000)])
def test_scales_are_round_and_hold_the_largest_value(largest: int, step: float) -> None:
    own, top = scale(largest)
    assert own == pytest.approx(step)
    assert top >= largest


@pytest.mark.parametrize("text", ["", "—", "NaN", "1e99", "Infinity"])
def test_what_is_no_size_is_not_drawn(text: str) -> None:
    assert size_of(text) is None
    assert render(_paper(_bars("1", text)))
