"""Measures of registrations: made, in progress, overdue, extended, changed, ended."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

_measure = partial(Measure, group=MeasureGroup.REGISTRATION, rows=RowKind.FILING)

REGISTRATION: Final[tuple[Measure, ...]] = (
    _measure(
        unit="件",
        key="registered",
        label="登记",
        definition="受理登记日期在统计期内的登记件，含由旧台账导入和网上申报登入的；以后注销、撤销的仍计入。",
    ),
    _measure(
        unit="件",
        key="registered_small_work",
        label="其中：小型工程",
        definition="统计期内登记、纳管类别为小型工程的登记件。",
    ),
    _measure(
        unit="件",
        key="registered_minor_operation",
        label="其中：零星作业",
        definition="统计期内登记、纳管类别为零星作业的登记件。",
    ),
    _measure(
        unit="件",
        key="registered_high_risk",
        label="其中：高风险",
        definition="统计期内登记、判定为高风险的登记件；风险未判定的不计入。风险以统计时台账所记为准。",
    ),
    _measure(
        unit="件",
        key="reregistered",
        label="其中：重新登记",
        definition="统计期内登记、接续一件已到期或者已终止登记的登记件。",
    ),
    _measure(
        unit="件",
        key="in_progress",
        label="在建",
        definition="统计期最后一日已经登记、尚未注销也未撤销的登记件；注销、撤销日期不明的按已终止计。",
        is_stock=True,
    ),
    _measure(
        unit="件",
        key="overdue_open",
        label="逾期未注销",
        definition="统计期最后一日仍在建、登记有效期在该日以前已满的登记件；该日以后才办理延期的，按当时有效期计。",
        is_stock=True,
        good=Good.LOW,
    ),
    _measure(
        unit="件",
        key="extended",
        label="延期",
        definition="申请日期在统计期内、已经办理的延期，一件多次延期的逐次计。",
    ),
    _measure(
        unit="件",
        key="changed",
        label="变更",
        definition="办理日期在统计期内的登记变更，一件多次变更的逐次计。",
    ),
    _measure(
        unit="件",
        key="closed",
        label="注销",
        definition="注销日期在统计期内的登记件，含逾期失联注销的。",
    ),
    _measure(
        unit="件",
        key="closed_lapsed",
        label="其中：逾期失联注销",
        definition="注销日期在统计期内、因逾期且联系不上而注销的登记件。",
        good=Good.LOW,
    ),
    _measure(
        unit="件",
        key="revoked",
        label="撤销",
        definition="撤销日期在统计期内的登记件。",
        good=Good.LOW,
    ),
)
