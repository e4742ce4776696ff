"""Measures of hazards (隐患) from finding to clearing; what was withdrawn as a mistake counts nowhere."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

_hazard = partial(Measure, group=MeasureGroup.HAZARD, rows=RowKind.HAZARD, unit="处")

HAZARDS: Final[tuple[Measure, ...]] = (
    _hazard(
        key="hazards_found",
        label="发现隐患",
        definition="发现日期在统计期内的隐患，已作为误记撤回的不算。",
    ),
    _hazard(
        key="hazards_major",
        label="其中重大隐患",
        definition="发现日期在统计期内、等级为重大的隐患，已撤回的不算。",
        good=Good.LOW,
    ),
    _hazard(
        key="hazards_on_the_spot",
        label="当场整改",
        definition="发现日期在统计期内、巡查人员在场时即整改完毕的隐患。",
    ),
    _hazard(
        key="hazards_found_cleared",
        label="本期发现并已销项",
        definition="发现日期在统计期内、到统计期末已经销项的隐患（当场整改的当日销项）。",
    ),
    _hazard(
        key="hazard_clearing_rate",
        label="隐患整改率",
        unit="%",
        definition="分子为本期发现并到统计期末已销项的隐患，分母为本期发现的隐患。",
        numerator="hazards_found_cleared",
        denominator="hazards_found",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
    _hazard(
        key="hazards_cleared",
        label="整改销项",
        definition="销项日期在统计期内的隐患，不论何时发现；当场整改的在内。",
    ),
    _hazard(
        key="hazards_in_time",
        label="其中按期整改",
        definition=(
            "销项日期在统计期内，当场整改或者在整改期限内整改的隐患；整改以施工单位反馈整改之日为准，"
            "没有反馈的以销项之日为准；期限调整过的以调整后的为准，没有定期限的不算。"
        ),
        good=Good.HIGH,
    ),
    _hazard(
        key="hazards_late",
        label="其中逾期整改",
        definition="销项日期在统计期内，整改之日（同“按期整改”）晚于整改期限的隐患。",
        good=Good.LOW,
    ),
    _hazard(
        key="hazards_in_time_rate",
        label="按期整改率",
        unit="%",
        definition="分子为按期整改的隐患，分母为统计期内整改销项的隐患。",
        numerator="hazards_in_time",
        denominator="hazards_cleared",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
    _hazard(
        key="hazards_open",
        label="尚未销项",
        definition="到统计期末已经发现、尚未销项的隐患，不论何时发现，已撤回的不算。",
        is_stock=True,
        good=Good.LOW,
    ),
    _hazard(
        key="hazards_overdue",
        label="其中逾期未整改",
        definition="到统计期末尚未销项，当时的整改期限早于统计期末日，施工单位到期末也没有反馈整改的隐患；期限末日当天不算逾期。",
        is_stock=True,
        good=Good.LOW,
    ),
)
