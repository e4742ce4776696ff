"""Measures of the works on the key lists: crowded places, hot work in them, insulation."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Measure, MeasureGroup, RowKind

_listed = partial(Measure, group=MeasureGroup.REGISTRATION, rows=RowKind.FILING, unit="件")

KEY_LIST_MEASURES: Final[tuple[Measure, ...]] = (
    _listed(
        key="registered_crowded",
        label="其中：人员密集场所",
        definition=(
            "统计期内登记、登记事项写明在人员密集场所，或者场所种类为规则所称人员密集场所的登记件；"
            "以统计时台账所记为准。"
        ),
    ),
    _listed(
        key="registered_hot_work",
        label="其中：人员密集场所动火",
        definition="统计期内登记、写明在人员密集场所动火，或者未写明而场所和作业内容表明如此的登记件；以统计时台账所记为准。",
    ),
    _listed(
        key="registered_insulation",
        label="其中：涉及保温材料",
        definition="统计期内登记、登记事项写明涉及保温材料的登记件；以统计时台账所记为准。",
    ),
)
