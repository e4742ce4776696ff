"""The evaluation table as shipped, in our own words and without marks: an office words and weighs its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from desktop.domain.errors import Fault
from desktop.domain.evaluation import Dimension, EvaluationItem
from desktop.domain.local_rules import local
from desktop.domain.typed_text import text_fault

LONGEST_ITEM: Final = 200
LONGEST_CODE: Final = 12
MOST_ITEMS: Final = 80
MOST_MARKS: Final = Decimal(1000)
_ONE_PLACE: Final = -1


def _item(code: str, dimension: Dimension, text: str, *measures: str) -> EvaluationItem:
    # The documents give no marks: 未核实 until the office sets them.
    return EvaluationItem(code=code, dimension=dimension, text=text, full_marks=None, measures=measures)


STANDARD_ITEMS: Final = (
    _item("A1", Dimension.SETUP, "成立领导小组，成员和分工明确"),
    _item("A2", Dimension.SETUP, "定有牵头部门和专人，人员与工作量相称", "registered_per_person"),
    _item("A3", Dimension.SETUP, "管理制度写明排摸、巡查和日常监管怎样做，不只写立项和资金"),
    _item("A4", Dimension.SETUP, "组织业务培训，及时传达新要求", "trainings", "trained_persons"),
    _item("B1", Dimension.RECORDING, "开工前登记，登记资料齐全", "registered", "files_complete_rate"),
    _item("B2", Dimension.RECORDING, "完工后办理竣工备案（注销），与开工登记对得上", "closed", "closed_recorded_rate"),
    _item("B3", Dimension.RECORDING, "台账清楚完整，没有重复和长期不更新的记录", "doubles", "stale_open"),
    _item("C1", Dimension.INFORMING, "开工前向建设单位和施工企业书面告知安全生产事项"),
    _item("C2", Dimension.INFORMING, "双方承诺书签字齐全，存入档案"),
    _item("D1", Dimension.COVERAGE, "政府、集体、社会投资的工程都纳入管理", "registered", "funding_missing"),
    _item(
        "D2",
        Dimension.COVERAGE,
        "定期排摸，发现未登记的督促登记",
        "found_unregistered",
        "found_registered_rate",
        "found_open",
    ),
    _item("D3", Dimension.COVERAGE, "发现超出登记范围的违法建设，及时登记移交", "transfers"),
    _item("E1", Dimension.SUPERVISION, "按频次巡查并留下记录", "patrols", "monthly_check_rate"),
    _item(
        "E2",
        Dimension.SUPERVISION,
        "隐患督促整改到位，形成闭环",
        "hazards_found",
        "hazard_clearing_rate",
        "hazards_overdue",
    ),
    _item("E3", Dimension.SUPERVISION, "违法违规行为督办或者移送，跟踪到底", "stop_works", "transfer_reply_rate"),
    _item("F1", Dimension.PROJECTS, "抽查项目：脚手架、临边和高处作业防护到位"),
    _item("F2", Dimension.PROJECTS, "抽查项目：临时用电符合要求"),
    _item("F3", Dimension.PROJECTS, "抽查项目：教育交底、方案和关键岗位人员齐备"),
    _item("F4", Dimension.PROJECTS, "抽查项目：没有应当办理许可而未办理的情形"),
    _item("G1", Dimension.INNOVATION, "引入第三方服务，或者与园区、商圈签订责任书共管"),
    _item("G2", Dimension.INNOVATION, "片区和网格结合、数字化等做法有成效"),
    _item("G3", Dimension.INNOVATION, "安全生产责任保险投保有序", "small_works_insurable", "insurance_rate"),
    _item("G4", Dimension.INNOVATION, "借助媒体等开展宣传", "publicity"),
)


def standard_items() -> tuple[EvaluationItem, ...]:
    """Give the table as shipped in the words of the place."""
    return tuple(replace(item, text=local(item.text)) for item in STANDARD_ITEMS)


def item_faults(items: Sequence[EvaluationItem]) -> tuple[Fault, ...]:
    """Give what is wrong with a table of items; ``where`` is the place of the line, counted from 1."""
    if not items:
        return (Fault("1", "评价表至少要有一项"),)
    if len(items) > MOST_ITEMS:
        return (Fault(str(MOST_ITEMS + 1), f"评价表最多 {MOST_ITEMS} 项"),)
    return tuple(_faults(items))


def _faults(items: Sequence[EvaluationItem]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, item in enumerate(items, 1):
        if why := _fault_of(item):
            yield Fault(str(place), why)
        elif item.code in seen:
            yield Fault(str(place), f"序号 {item.code} 用了两次")
        seen.add(item.code)


def _fault_of(item: EvaluationItem) -> str:
    if not item.code.strip() or not item.text.strip():
        return "序号和评价内容都要填"
    if why := text_fault(item.code, longest=LONGEST_CODE) or text_fault(item.text, longest=LONGEST_ITEM):
        return why
    return "" if item.full_marks is None else marks_fault(item.full_marks, most=MOST_MARKS, least_open=True)


def marks_fault(marks: Decimal, *, most: Decimal | None, least_open: bool = False) -> str:
    """Say what is wrong with a score; empty when nothing is.  ``least_open`` leaves out 0 itself."""
    if not marks.is_finite() or marks < 0 or (least_open and marks == 0):
        return "分数应是大于 0 的数" if least_open else "分数应是 0 以上的数"
    exponent = marks.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _ONE_PLACE:
        return "分数最多一位小数"
    return f"分数不能超过 {most:f}" if most is not None and marks > most else ""
