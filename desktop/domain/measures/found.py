"""Measures of works found without registration, and of those that came to be registered."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

_measure = partial(Measure, group=MeasureGroup.FOUND, rows=RowKind.FOUND_SITE)

FOUND: Final[tuple[Measure, ...]] = (
    _measure(
        unit="处",
        key="found_unregistered",
        label="发现未登记",
        definition="发现日期在统计期内的未登记工程（作业），不论以后如何处理。",
    ),
    _measure(
        unit="处",
        key="found_registered",
        label="其中：后已登记",
        definition="发现日期在统计期内、至统计时已经受理登记的未登记工程（作业）。",
        good=Good.HIGH,
    ),
    _measure(
        key="found_registered_rate",
        label="发现后登记率",
        definition="期内发现、至统计时已登记的 ÷ 期内发现的全部；无需登记的、移交执法的也在分母内。",
        unit="%",
        numerator="found_registered",
        denominator="found_unregistered",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
    _measure(
        unit="处",
        key="found_open",
        label="尚未处理完的未登记工程",
        definition="统计期最后一日以前发现、该日尚未登记、未上报执法、也未认定无需登记的未登记工程（作业）。",
        is_stock=True,
        good=Good.LOW,
    ),
)
