"""Measures of terms kept: answers, first checks, close-outs, reports of the same day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind


def _kept(
    due: Measure, in_time: tuple[str, str, str], rate: tuple[str, str], *, target: Decimal | None
) -> Iterator[Measure]:
    """Give what fell due, what of it was in time, and the share of the two."""
    key, label, definition = in_time
    yield due
    yield Measure(
        key=key,
        label=label,
        unit=due.unit,
        group=due.group,
        rows=due.rows,
        definition=definition,
        good=Good.HIGH,
    )
    yield Measure(
        key=f"{key}_rate",
        label=rate[0],
        unit="%",
        group=due.group,
        rows=due.rows,
        definition=rate[1],
        numerator=key,
        denominator=due.key,
        scale=100,
        places=1,
        good=Good.HIGH,
        target=target,
    )


def _due(key: str, label: str, definition: str, *, rows: RowKind, unit: str = "件") -> Measure:
    group = MeasureGroup.DEADLINES
    return Measure(key=key, label=label, unit=unit, group=group, rows=rows, definition=definition)


_ALL: Final = Decimal(100)

DEADLINES: Final[tuple[Measure, ...]] = (
    *_kept(
        _due(
            "acceptance_due",
            "应反馈受理意见",
            "受理反馈期限在统计期内的申报件；在街道办事处当场受理反馈的没有期限，不计入。",
            rows=RowKind.FILING,
        ),
        (
            "acceptance_in_time",
            "按期反馈",
            "受理反馈期限在统计期内、末次申报在期限以前（含当日）已经作出答复的申报件；送审不算答复。",
        ),
        ("受理反馈按期率", "按期反馈的件数 ÷ 反馈期限在统计期内的件数。"),
        target=None,  # 原则上
    ),
    *_kept(
        _due(
            "site_checks_due",
            "应首次现场检查",
            "首次现场检查期限在统计期内的高风险登记件；期限以统计时台账所记为准。",
            rows=RowKind.FILING,
        ),
        (
            "site_checks_in_time",
            "按期首次检查",
            "首次现场检查期限在统计期内、自登记（变更后成为高风险的自变更）至期限有首次检查记录的；未能进入现场的不算。",
        ),
        ("首次现场检查按期率", "按期首次检查的件数 ÷ 检查期限在统计期内的件数。"),
        target=_ALL,
    ),
    Measure(
        key="site_checks_missed",
        label="首次检查逾期、漏查",
        unit="件",
        group=MeasureGroup.DEADLINES,
        rows=RowKind.FILING,
        definition="首次现场检查期限在统计期内的高风险登记件中，到期限没有首次检查记录的，含以后才补查的。",
        good=Good.LOW,
    ),
    *_kept(
        _due(
            "close_outs_due",
            "应申报注销",
            "完工日期在统计期内的登记件；由旧台账导入的不知道何时申报，不计入。",
            rows=RowKind.FILING,
        ),
        (
            "close_outs_in_time",
            "按期申报注销",
            "完工日期在统计期内、在完工后规定的工作日内申报注销的；尚未申报的不算按期。",
        ),
        (
            "申报注销按期率",
            "按期申报注销的件数 ÷ 完工日期在统计期内的件数；统计期末刚完工、期限未满而未申报的也在分母内。",
        ),
        target=_ALL,
    ),
    *_kept(
        _due(
            "reports_due",
            "应当日上报的隐患",
            "应当上报执法的日期在统计期内的隐患，已作为误记撤回的不算；整改期满未整改的，自记下这一情形起计入。",
            rows=RowKind.HAZARD,
            unit="处",
        ),
        (
            "reports_same_day",
            "当日上报",
            "应当上报执法的日期在统计期内、在该日 24 时以前已经上报的隐患。",
        ),
        ("隐患当日上报率", "当日上报的隐患 ÷ 应当日上报的隐患。"),
        target=_ALL,
    ),
    *_kept(
        _due(
            "found_reports_due",
            "应当日上报的未登记工程",
            "应当上报执法的日期在统计期内的未登记工程；督促期满无人登记的，以期满次日为应当上报之日，期满以后才来登记的仍算。",
            rows=RowKind.FOUND_SITE,
            unit="处",
        ),
        (
            "found_reports_same_day",
            "未登记工程当日上报",
            "应当上报执法的日期在统计期内、在该日 24 时以前已经上报的未登记工程。",
        ),
        ("未登记工程当日上报率", "当日上报的未登记工程 ÷ 应当日上报的未登记工程。"),
        target=_ALL,
    ),
)
