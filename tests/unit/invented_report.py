"""An invented report with every sort of table, for the files made of it; the figures are nobody's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from desktop.domain.measure import Breakdown, Figure, Measure, MeasureGroup, Member, RowKind
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.report import (
    ChartKind,
    PackStanding,
    Report,
    ReportDefinition,
    ReportKind,
    ReportTable,
    TableRow,
    TableSpec,
)

COMMUNITIES: Final = ("坪安社区", "新禾社区", "")
NO_RATE: Final = Figure(None, 0, 0)


def _measure(key: str, label: str, unit: str, **more: object) -> Measure:
    given = {"group": MeasureGroup.REGISTRATION, "rows": RowKind.FILING, "definition": f"{label}：期间内的件数。"}
    return Measure(key=key, label=label, unit=unit, **{**given, **more})  # type: ignore[arg-type]


MEASURES: Final = {
    measure.key: measure
    for measure in (
        _measure("registered", "登记", "件", article="第二十七条"),
        _measure("hazards_cleared", "整改隐患", "处", group=MeasureGroup.HAZARD, rows=RowKind.HAZARD),
        _measure("in_progress", "在建", "件", is_stock=True),
        _measure("site_checks_due", "应首查", "件"),
        _measure("site_checks_in_time", "按时首查", "件"),
        _measure(
            "site_checks_in_time_rate",
            "首查及时率",
            "%",
            numerator="site_checks_in_time",
            denominator="site_checks_due",
            scale=100,
            places=1,
            target=Decimal(100),
            target_article="第三十二条(一)",
        ),
        _measure("funds", "专项工作经费", "元", group=MeasureGroup.MONEY, places=2),
    )
}


def _rate(numerator: int, denominator: int) -> Figure:
    return Figure(Decimal(numerator * 100) / denominator, numerator, denominator)


def _overview() -> ReportTable:
    spec = TableSpec(
        key="overview",
        title="主要指标",
        measures=("registered", "in_progress", "hazards_cleared", "site_checks_in_time_rate", "funds"),
        chart=ChartKind.BARS,
    )
    figures = (
        (Figure(30), Figure(24), Figure(0)),
        (Figure(12), Figure(12), Figure(None)),
        (Figure(0), Figure(5), Figure(2)),
        (_rate(3, 4), _rate(1, 2), NO_RATE),
        (Figure(Decimal("7820000.00")), Figure(Decimal("6950000.50")), Figure(None)),
    )
    rows = tuple(
        TableRow(member=Member(key, MEASURES[key].label), figures=each)
        for key, each in zip(spec.measures, figures, strict=True)
    )
    columns = (Member("now", "2026年3月"), Member("before", "2026年2月"), Member("year_before", "2025年3月"))
    return ReportTable(spec=spec, columns=columns, rows=rows)


def _by_community(chart: ChartKind, title: str) -> ReportTable:
    keys = ("registered", "hazards_cleared", "site_checks_in_time_rate")
    spec = TableSpec(key=title, title=title, measures=keys, by=Breakdown.COMMUNITY, chart=chart)
    figures = (
        (Figure(20), Figure(0), _rate(2, 3)),
        (Figure(8), Figure(0), _rate(1, 1)),
        (Figure(2), Figure(0), NO_RATE),
    )
    rows = tuple(
        TableRow(member=Member(each, each), figures=row) for each, row in zip(COMMUNITIES, figures, strict=True)
    )
    rest = TableRow(member=Member("rest", "其他"), figures=(Figure(0), Figure(0), NO_RATE), is_rest=True)
    return ReportTable(
        spec=spec,
        columns=tuple(Member(key, MEASURES[key].label) for key in keys),
        rows=(*rows, rest),
        total=(Figure(30), Figure(0), _rate(3, 4)),
    )


def _months() -> ReportTable:
    keys = ("site_checks_in_time_rate",)
    spec = TableSpec(key="months", title="首查及时率走势", measures=keys, by=Breakdown.MONTH, chart=ChartKind.LINES)
    rates = (_rate(1, 2), NO_RATE, _rate(3, 4))
    rows = tuple(
        TableRow(member=Member(f"2026-0{place}", f"2026年{place}月"), figures=(rate,))
        for place, rate in enumerate(rates, 1)
    )
    columns = (Member(keys[0], "首查及时率"),)
    return ReportTable(spec=spec, columns=columns, rows=rows, total=(_rate(4, 6),))


def _crossed(chart: ChartKind, title: str) -> ReportTable:
    spec = TableSpec(
        key=title,
        title=title,
        measures=("hazards_cleared",),
        by=Breakdown.COMMUNITY,
        across=Breakdown.HAZARD_GROUP,
        chart=chart,
    )
    columns = tuple(Member(code, label) for code, label in (("safety", "安全"), ("fire", "消防"), ("", "")))
    counts = ((4, 0, 1), (2, 6, 0), (0, 0, 3))
    rows = tuple(
        TableRow(member=Member(each, each), figures=tuple(map(Figure, row)))
        for each, row in zip(COMMUNITIES, counts, strict=True)
    )
    return ReportTable(spec=spec, columns=columns, rows=rows, total=(Figure(6), Figure(6), Figure(4)))


def invented_report(**changed: object) -> Report:
    """Give the report of an invented month."""
    tables = (
        _overview(),
        _by_community(ChartKind.BARS, "按社区"),
        _months(),
        _crossed(ChartKind.HEAT, "社区×隐患类别"),
        _crossed(ChartKind.SHARES, "隐患构成"),
        _by_community(ChartKind.NONE, "按社区"),
    )
    given: dict[str, object] = {
        "definition": ReportDefinition(
            kind=ReportKind.PERIOD,
            name="月报",
            period_kind=PeriodKind.MONTH,
            tables=tuple(table.spec for table in tables),
        ),
        "period": period_of(PeriodKind.MONTH, date(2026, 3, 1)),
        "as_of": datetime(2026, 4, 1, 2, 30, tzinfo=UTC),
        "scope": "全部社区",
        "office": "坪安街道办事处",
        "packs": (PackStanding(pack_id="longgang", version="2025-draft", title="龙岗办法"),),
        "measures": MEASURES,
        "tables": tables,
        "notes": ("上年同期无数据。",),
        "fingerprint": "ab" * 32,
    }
    return Report(**{**given, **changed})  # type: ignore[arg-type]
