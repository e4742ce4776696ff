"""Invented reports of every kind with all tables of its standard definition; the figures are nobody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final

from desktop.domain.measure import Breakdown, Figure, Measure, MeasureGroup, Member, RowKind
from desktop.domain.measures import MEASURES
from desktop.domain.period import Period, PeriodKind, months_in, period_of
from desktop.domain.report import (
    PackStanding,
    Report,
    ReportKind,
    ReportTable,
    TableRow,
    TableSpec,
)
from desktop.domain.report_kinds import USUAL_PERIOD, standard_definition

_DAY: Final = date(2026, 3, 10)
_COMMUNITIES: Final = tuple(f"{head}{tail}社区" for head in "坪新龙南" for tail in ("安", "和", "乐", "禾"))
_MANY: Final = frozenset({MeasureGroup.REGISTRATION, MeasureGroup.PATROL, MeasureGroup.COUNTER})
_MEMBERS: Final = {
    Breakdown.COMMUNITY: _COMMUNITIES,
    Breakdown.CATEGORY: (
        "住宅室内装饰装修",
        "非住宅类房屋装饰装修",
        "地下管线施工",
        "水务设施零星维修",
        "园林绿化",
        "",
    ),
    Breakdown.HAZARD_GROUP: ("安全生产", "消防安全", "文明施工", "工程质量", "管理资料"),
    Breakdown.KIND: ("小型工程", "零星作业"),
    Breakdown.RISK: ("高风险", "非高风险", "待判定"),
    Breakdown.YEAR: ("2024年", "2025年", "2026年"),
    Breakdown.FUNDING: ("政府投资", "集体投资", "社会投资", ""),
    Breakdown.ACCIDENT_TYPE: ("高处坠落", "触电", "物体打击", "坍塌", "机械伤害", "火灾", "其他"),
    Breakdown.WORKS_KIND: ("小型工程", "零星作业"),
}


def rich_report(kind: ReportKind, **changed: object) -> Report:
    """Give a report of a kind over its usual period."""
    period_kind = USUAL_PERIOD[kind]
    definition = standard_definition(kind, PeriodKind.YEAR if period_kind is PeriodKind.SPAN else period_kind)
    period = period_of(definition.period_kind, _DAY)
    keys = dict.fromkeys(key for spec in definition.tables for key in spec.measures)
    measures = {key: _measure(key) for key in keys}
    for measure in [*measures.values()]:
        for part in filter(None, (measure.numerator, measure.denominator)):
            measures.setdefault(part, _measure(part))
    months = tuple(f"{each.first_on.month}月" for each in months_in(period))
    report = Report(
        definition=definition,
        period=period,
        as_of=datetime(2026, 4, 1, 2, 30, tzinfo=UTC),
        scope="全部社区",
        office="坪安街道办事处",
        packs=(PackStanding(pack_id="longgang", version="2025-draft", title="小型工程和零星作业纳管实施细则"),),
        measures=measures,
        tables=tuple(_table(spec, measures, months, period) for spec in definition.tables),
        notes=("台账最早的记录在 2025-06-02，2025年3月的对比数字不完整。",),
        fingerprint=sha256(kind.encode()).hexdigest(),
    )
    return replace(report, **changed)  # type: ignore[arg-type]


def _measure(key: str) -> Measure:
    is_rate = key.endswith(("_rate", "_share"))
    return MEASURES.get(key) or Measure(
        key=key,
        label=f"指标{key}",
        unit="%" if is_rate else "件",
        group=MeasureGroup.REGISTRATION,
        rows=RowKind.FILING,
        definition="日期在报告期内的件数。",
        places=1 if is_rate else 0,
    )


def _table(spec: TableSpec, measures: dict[str, Measure], months: tuple[str, ...], period: Period) -> ReportTable:
    if spec.by is None:
        codes = ("now", "before", "year_before")
        periods = tuple(Member(code, each.label) for code, each in zip(codes, period.compared(), strict=False))
        rows = tuple(
            TableRow(
                member=Member(key, measures[key].label),
                figures=tuple(_figure(key, at, measures) for at, _period in enumerate(periods)),
            )
            for key in spec.measures
        )
        return ReportTable(spec=spec, columns=periods, rows=rows)
    labels = _labels(spec.by, months)[: spec.most]
    across = _labels(spec.across, months) if spec.across else ()
    keys = spec.measures if not across else spec.measures[:1] * len(across)
    labels_across = tuple(Member(label, label) for label in across)
    columns = labels_across or tuple(Member(key, measures[key].label) for key in keys)
    rows = tuple(
        TableRow(
            member=Member(label, label),
            figures=tuple(_figure(f"{key}{place}", at, measures, key) for place, key in enumerate(keys)),
        )
        for at, label in enumerate(labels)
    )
    total = tuple(_figure(key, 9, measures) for key in keys)
    return ReportTable(spec=spec, columns=columns, rows=rows, total=total)


def _labels(by: Breakdown, months: tuple[str, ...]) -> tuple[str, ...]:
    return months if by is Breakdown.MONTH else _MEMBERS.get(by, tuple(f"{by.label}{place}" for place in "甲乙丙丁"))


def _figure(seed: str, at: int, measures: dict[str, Measure], key: str = "") -> Figure:
    measure = measures[key or seed]
    drawn = int(sha256(f"{seed}/{at}".encode()).hexdigest()[:6], 16)
    if drawn % 17 == 0:
        return Figure(None)
    if measure.unit == "%":
        return Figure(Decimal(800 + drawn % 200) / 10, 800 + drawn % 200, 1000)
    if measure.unit == "元":
        return Figure(Decimal(drawn * 10))
    return Figure(drawn % (1400 if measure.group in _MANY else 40))
