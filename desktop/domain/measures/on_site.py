"""Measures of patrols and random inspections: visits, persons, the monthly checks of key works, the share drawn."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

_OF = MeasureGroup.PATROL
_patrol = partial(Measure, group=_OF, rows=RowKind.PATROL)
_filing = partial(Measure, group=_OF, rows=RowKind.FILING)

ON_SITE: Final[tuple[Measure, ...]] = (
    _patrol(
        key="patrols",
        label="巡查次数",
        unit="次",
        definition="巡查日期在统计期内的全部巡查记录，包括首次检查、复查、抽查和扫街，每到一处一次算一次。",
    ),
    _patrol(
        key="patrol_persons",
        label="巡查人次",
        unit="人次",
        definition="统计期内每次巡查的人数相加；同一人一天到几处按几次算。",
    ),
    _patrol(
        key="patrolled_sites",
        label="巡查到的工地",
        unit="处",
        definition="统计期内至少去过一次的已登记工程（作业）和排查发现的工地，同一处只算一次；无工地的沿路巡查不算。",
    ),
    _patrol(
        key="patrols_with_publicity",
        label="同时现场宣导的巡查",
        unit="次",
        definition="巡查日期在统计期内、记有现场宣导的巡查次数。",
    ),
    _patrol(
        key="patrollers",
        label="参加巡查的人员",
        unit="人",
        definition="统计期内至少参加过一次巡查的人，按记录的姓名识别，同名的算一人。",
    ),
    _patrol(
        key="patrols_per_person",
        label="人均巡查次数",
        unit="次/人",
        definition="分子为统计期内的巡查人次，分母为统计期内参加过巡查的人员数。",
        numerator="patrol_persons",
        denominator="patrollers",
        places=1,
    ),
    Measure(
        key="clerks",
        label="办理登记的人员",
        unit="人",
        group=MeasureGroup.COUNTER,
        rows=RowKind.VISIT,
        definition="统计期内至少办理过一件受理登记的经办人，按记录的姓名识别，同名的算一人。",
    ),
    _filing(
        key="registered_per_person",
        label="人均登记件数",
        unit="件/人",
        group=MeasureGroup.COUNTER,
        definition="分子为统计期内窗口受理登记的件数，分母为统计期内办理过受理登记的经办人数。",
        numerator="accepted",
        denominator="clerks",
        places=1,
    ),
    _filing(
        key="key_site_months",
        label="重点工程应查月次",
        unit="处·月",
        definition=(
            "高风险（含参照管理）或者提级的工程，在统计期内的每个月里只要有一天在施工"
            "（已登记，尚未完工、注销、撤销），该月算一处·月；登记变更后成为高风险的从变更当月算起，提级的从提级当月算起。按统计时登记的风险等级认定。"
        ),
    ),
    _filing(
        key="key_site_months_checked",
        label="重点工程已查月次",
        unit="处·月",
        definition="应查月次中，该工程当月至少有一次巡查、检查记录的处·月；未能进场的一次不算。",
    ),
    _filing(
        key="key_site_months_missed",
        label="重点工程漏查月次",
        unit="处·月",
        definition="应查月次中，该工程当月没有一次能够进场的巡查、检查记录的处·月；当月未过完的截至统计期末。",
        good=Good.LOW,
    ),
    _filing(
        key="monthly_check_rate",
        label="重点工程每月检查率",
        unit="%",
        definition="分子为已查月次，分母为应查月次；统计期不满一个月的，按该月截至统计期末计算。",
        numerator="key_site_months_checked",
        denominator="key_site_months",
        scale=100,
        places=1,
        good=Good.HIGH,
        target=Decimal(100),
    ),
    _filing(
        key="drawable",
        label="可抽查的登记",
        unit="件",
        definition="统计期内受理登记的工程（作业），到统计期末已经撤销的不算。",
    ),
    _filing(
        key="drawn",
        label="被抽中的登记",
        unit="件",
        definition="可抽查的登记中，到统计期末至少被随机抽查抽中一次的件数，抽中几次都算一件。",
    ),
    _filing(
        key="drawn_inspected",
        label="抽中并已检查的登记",
        unit="件",
        definition="可抽查的登记中，到统计期末抽中并且记有检查结果（有无问题均可）的件数。",
    ),
    _filing(
        key="draw_share",
        label="随机抽查比例",
        unit="%",
        definition="分子为被抽中的登记件数，分母为可抽查的登记件数，均截至统计期末。",
        numerator="drawn",
        denominator="drawable",
        scale=100,
        places=1,
        good=Good.HIGH,
        target=Decimal(5),
    ),
    _filing(
        key="inspected_share",
        label="抽查落实比例",
        unit="%",
        definition="分子为抽中并已检查的登记件数，分母为被抽中的登记件数，均截至统计期末。",
        numerator="drawn_inspected",
        denominator="drawn",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
)
