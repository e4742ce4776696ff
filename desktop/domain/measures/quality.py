"""Measures of how complete and how alive the ledger is (底数清、情况明、数字准、动态实)."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

STALE_DAYS: Final = 60  # our own measure; no rule states one

_filing = partial(Measure, group=MeasureGroup.QUALITY, rows=RowKind.FILING, unit="件")

QUALITY: Final[tuple[Measure, ...]] = (
    _filing(
        key="files_complete",
        label="备案资料齐全的登记",
        definition=(
            "统计期内受理登记，受理当次核对的材料都为“齐”或者“不适用”，没有未核对的，也不是由负责人特别决定受理的件数。"
        ),
        good=Good.HIGH,
    ),
    _filing(
        key="files_complete_rate",
        label="备案资料齐全率",
        unit="%",
        definition="分子为统计期内备案资料齐全的登记，分母为统计期内受理登记的件数。",
        numerator="files_complete",
        denominator="registered",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
    _filing(
        key="files_incomplete",
        label="备案资料不齐全的登记",
        definition="统计期内由窗口或者网上受理登记、备案资料不属于齐全的件数；旧台账的导入没有材料核对记录，不计入。",
        good=Good.LOW,
    ),
    _filing(
        key="scans_missing",
        label="没有材料扫描件的登记",
        definition="统计期内受理登记、没有留存任何一份申报材料扫描件的件数；以后补传的，自补传之时起不再计入。",
        good=Good.LOW,
    ),
    _filing(
        key="closed_recorded",
        label="有完工核实记录的注销",
        definition="统计期内注销，并有一份已核实的完工注销申请的件数；逾期失联注销、直接注销的不算。",
        good=Good.HIGH,
    ),
    _filing(
        key="closed_recorded_rate",
        label="完工（竣工）备案率",
        unit="%",
        definition="分子为统计期内注销并有完工核实记录的件数，分母为统计期内注销的件数。",
        numerator="closed_recorded",
        denominator="closed",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
    _filing(
        key="funding_missing",
        label="未填资金来源",
        definition="到统计期末登记有效（未注销、未撤销）、没有填写资金来源的件数。",
        is_stock=True,
        good=Good.LOW,
    ),
    _filing(
        key="grid_missing",
        label="未填网格",
        definition="到统计期末登记有效（未注销、未撤销）、没有填写网格的件数。",
        is_stock=True,
        good=Good.LOW,
    ),
    _filing(
        key="stale_open",
        label="久无动态",
        definition=(
            f"到统计期末登记有效，受理已满 {STALE_DAYS} 日，并且此前 {STALE_DAYS} 日内没有任何巡查记录的件数；"
            f"{STALE_DAYS} 日为本软件设定，规定没有写明。"
        ),
        is_stock=True,
        good=Good.LOW,
    ),
    _filing(
        key="doubles",
        label="疑似重复登记",
        definition=(
            "到统计期末登记有效，另有一件同样有效的登记与之地址、建设单位（业主）和施工（作业）单位都相同的件数；"
            "前后承接的不算。"
        ),
        is_stock=True,
        good=Good.LOW,
    ),
)
