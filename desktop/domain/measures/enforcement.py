"""Measures of stop-works, escalations, transfers and their replies, and reports from the public."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.domain.measure import Good, Measure, MeasureGroup, RowKind

_OF = MeasureGroup.ENFORCEMENT
_step = partial(Measure, group=_OF, rows=RowKind.HAZARD, unit="次")
_transfer = partial(Measure, group=_OF, rows=RowKind.TRANSFER, unit="件")
_report = partial(Measure, group=_OF, rows=RowKind.REPORT, unit="件")

ENFORCEMENT: Final[tuple[Measure, ...]] = (
    _step(
        key="stop_works",
        label="停工整改",
        definition="记有“停工整改”、日期在统计期内的次数；同一隐患停工几次按几次算，隐患作为误记撤回的不算。",
    ),
    _step(
        key="stops_lifted",
        label="复工",
        definition="记有“复工”、日期在统计期内的次数，隐患已撤回的不算。",
    ),
    _step(
        key="escalations",
        label="提级管理",
        definition="记有“提级管理”、日期在统计期内的次数，隐患已撤回的不算；之后解除的仍算。",
    ),
    _transfer(
        key="transfers",
        label="移交、上报、函告",
        definition="发出日期在统计期内的移交单、上报单和函告函。",
    ),
    _transfer(
        key="transfers_replied",
        label="其中已有反馈",
        definition="发出日期在统计期内、到统计期末对方已经反馈处理结果的件数。",
        good=Good.HIGH,
    ),
    _transfer(
        key="transfer_reply_rate",
        label="移送反馈率",
        unit="%",
        definition="分子为统计期内发出并到期末已有反馈的件数，分母为统计期内发出的件数。",
        numerator="transfers_replied",
        denominator="transfers",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
    _transfer(
        key="transfers_waiting",
        label="等待反馈",
        definition="到统计期末已经发出、对方尚未反馈的件数，不论何时发出。",
        is_stock=True,
        good=Good.LOW,
    ),
    _report(
        key="public_reports",
        label="举报、投诉和反馈",
        definition="收到日期在统计期内的举报、投诉以及有关单位的反馈、函告。",
    ),
    _report(
        key="reports_borne_out",
        label="其中查证属实",
        definition="收到日期在统计期内，到统计期末核查结论为属实或者部分属实的件数。",
    ),
    _report(
        key="reports_answered",
        label="其中已答复",
        definition="收到日期在统计期内，到统计期末已经答复的件数。",
        good=Good.HIGH,
    ),
    _report(
        key="report_answer_rate",
        label="举报答复率",
        unit="%",
        definition="分子为统计期内收到并到期末已答复的件数，分母为统计期内收到的件数。",
        numerator="reports_answered",
        denominator="public_reports",
        scale=100,
        places=1,
        good=Good.HIGH,
    ),
)
