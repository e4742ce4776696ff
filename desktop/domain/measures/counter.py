"""Measures of the counter: visits and outcomes, one-time notices and their gaps, days waited."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

_measure = partial(Measure, group=MeasureGroup.COUNTER, rows=RowKind.VISIT)

COUNTER: Final[tuple[Measure, ...]] = (
    _measure(
        unit="次",
        key="visits",
        label="到场办理",
        definition="办理日期在统计期内的窗口办理，每到场一次计一次，含网上申报的登入；审核人的决定和旧台账的导入不计。",
    ),
    _measure(
        key="accepted",
        label="受理登记",
        definition="统计期内作出的受理登记，含审核后受理的；旧台账的导入不计。",
        unit="件",
    ),
    _measure(
        unit="次",
        key="one_time_notices",
        label="一次性告知",
        definition="统计期内作出的一次性告知，含同一件的第二次及以后的告知。",
    ),
    _measure(
        unit="次",
        key="second_notices",
        label="其中：再次告知",
        definition="统计期内作出的一次性告知中，该件此前已经告知过的。",
        good=Good.LOW,
    ),
    _measure(
        unit="次",
        key="incomplete_notices",
        label="其中：一次性告知不到位",
        definition="统计期内作出的再次告知中，列出了此前应当告知而未告知的缺项的。",
        good=Good.LOW,
    ),
    _measure(
        key="noticed_filings",
        label="被告知的申报件",
        definition="统计期内作出过一次性告知的申报件，一件计一次；分项相加可能多于合计。",
        unit="件",
    ),
    _measure(
        key="second_notice_rate",
        label="再次告知率",
        definition="统计期内的再次告知 ÷ 统计期内的一次性告知（含再次告知）。",
        unit="%",
        numerator="second_notices",
        denominator="one_time_notices",
        scale=100,
        places=1,
        good=Good.LOW,
    ),
    _measure(
        key="gaps",
        label="告知的缺项",
        definition="统计期内一次性告知中列出的缺项，一份告知列几项计几项。",
        unit="项",
    ),
    _measure(
        unit="次",
        key="permit_told",
        label="告知办理施工许可",
        definition="统计期内作出的“告知办理施工许可”。",
    ),
    _measure(
        unit="次",
        key="must_not_start",
        label="告知不得开工并转执法",
        definition="统计期内作出的“告知不得开工”并转执法的。",
    ),
    _measure(unit="次", key="not_applicable", label="不适用", definition="统计期内作出的“不适用”。"),
    _measure(unit="次", key="redirected", label="转街道办理", definition="统计期内告知转到街道办理的。"),
    _measure(
        unit="次",
        key="submitted_for_review",
        label="送审",
        definition="统计期内送审核的，送一次计一次。",
    ),
    _measure(
        unit="次",
        key="visits_of_registered",
        label="受理件的到场次数",
        definition="统计期内受理登记的各件，自首次申报至受理的到场次数之和。",
    ),
    _measure(
        unit="次",
        key="visits_per_filing",
        label="平均到场次数",
        definition="统计期内受理登记的各件的到场次数之和 ÷ 统计期内受理登记的件数。",
        numerator="visits_of_registered",
        denominator="accepted",
        places=2,
        good=Good.LOW,
    ),
    _measure(
        key="days_waited",
        label="受理件的等候天数",
        definition="统计期内受理登记的各件，自首次申报日至受理日的日历天数之和，当日受理的为 0。",
        unit="天",
    ),
    _measure(
        key="days_to_acceptance",
        label="平均受理天数",
        definition="统计期内受理登记的各件自首次申报至受理的日历天数之和 ÷ 统计期内受理登记的件数。",
        unit="天",
        numerator="days_waited",
        denominator="accepted",
        places=1,
        good=Good.LOW,
    ),
    _measure(
        key="accepted_after_notice",
        label="告知后受理",
        definition="统计期内受理登记、此前作过一次性告知的件数。",
        unit="件",
    ),
    _measure(
        key="days_after_notice",
        label="告知后补齐天数",
        definition="统计期内受理登记、此前作过一次性告知的各件，自首次告知日至受理日的日历天数之和。",
        unit="天",
    ),
    _measure(
        key="days_to_completion",
        label="平均补齐天数",
        definition="告知后受理的各件自首次告知至受理的日历天数之和 ÷ 告知后受理的件数。",
        unit="天",
        numerator="days_after_notice",
        denominator="accepted_after_notice",
        places=1,
        good=Good.LOW,
    ),
)
