"""The columns of an exported ledger, in the order in which stations keep their lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.acts import Status
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.ledger_line import LedgerLine
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.standing_ledger import Cell, CellKind
from desktop.domain.walk_in import IdKind

STATUS_WORDS: Final[Mapping[Status, str]] = LocalCatalogue(
    {
        Status.AWAITING_CORRECTION: "待补正",
        Status.REGISTERED: "已登记",
        Status.REFUSED_PERMIT: "应办施工许可",
        Status.TRANSFERRED: "已移交",
        Status.NOT_APPLICABLE: "不适用",
        Status.REDIRECTED: "已转街道",
        Status.AWAITING_REVIEW: "待审核",
        Status.RETURNED: "审核退回",
        Status.AWAITING_CLOSEOUT: "待注销核实",
        Status.CLOSED: "已注销",
        Status.REVOKED: "已撤销",
    },
    local,
)
ID_KIND_WORDS: Final[Mapping[IdKind, str]] = {
    IdKind.RESIDENT_ID: "居民身份证",
    IdKind.CREDIT_CODE: "统一社会信用代码",
    IdKind.PASSPORT: "护照",
    IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdKind.FOREIGN_RESIDENT_ID: "外国人永久居留身份证",
    IdKind.OTHER: "其他证件",
}
_KIND_WORDS: Final = LocalCatalogue({SMALL_WORK: "小型工程", MINOR_OPERATION: "零星作业"}, local)
_RISK_WORDS: Final = LocalCatalogue({True: "高风险", False: "一般", None: "未定"}, local)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, what stands in it, and whether paper has room for it."""

    heading: str
    width: int
    value: Callable[[LedgerLine], Cell]
    kind: CellKind = CellKind.TEXT
    is_total: bool = False
    on_paper: bool = False


def _number(fact: str) -> Callable[[LedgerLine], Cell]:
    return lambda line: line.walk_in.facts.number(fact)


COLUMNS: Final = (
    Column("编号", 20, lambda line: line.row.number, on_paper=True),
    Column("登记编号", 20, lambda line: line.registration_number),
    Column("申报日期", 11, lambda line: line.row.filed_on, CellKind.DATE, on_paper=True),
    Column("受理日期", 11, lambda line: line.accepted_on, CellKind.DATE),
    Column("受理点", 22, lambda line: line.acceptance_point),
    Column("工程（作业）名称", 30, lambda line: line.row.project_name, on_paper=True),
    Column("地点", 34, lambda line: line.row.place, on_paper=True),
    Column("片区", 10, lambda line: line.walk_in.place.sub_area),
    Column("社区", 12, lambda line: line.row.community, on_paper=True),
    Column("网格", 8, lambda line: line.walk_in.place.grid),
    Column("类别", 10, lambda line: _KIND_WORDS.get(line.row.kind, "")),
    Column("类型", 18, lambda line: line.row.category_label, on_paper=True),
    Column("风险", 8, lambda line: _RISK_WORDS[line.row.high_risk], on_paper=True),
    Column("状态", 12, lambda line: STATUS_WORDS[line.row.status], on_paper=True),
    Column("有效期至", 11, lambda line: line.row.valid_until, CellKind.DATE, on_paper=True),
    Column("到窗口次数", 10, lambda line: line.row.visits, CellKind.NUMBER),
    Column("建设单位/业主", 28, lambda line: line.row.owner_name, on_paper=True),
    Column("业主证件类型", 18, lambda line: _kind_of_number(line.walk_in.owner.id_number, line.walk_in.owner.id_kind)),
    Column("业主证件号码", 20, lambda line: line.walk_in.owner.id_number),
    Column("业主联系人", 10, lambda line: line.walk_in.owner.contact_name),
    Column("业主联系电话", 14, lambda line: line.walk_in.owner.phone),
    Column("生产经营单位", 30, lambda line: line.row.contractor_name, on_paper=True),
    Column("信用代码/证件号码", 20, lambda line: line.walk_in.contractor.party.id_number),
    Column("单位联系人", 10, lambda line: line.walk_in.contractor.party.contact_name),
    Column("单位联系电话", 14, lambda line: line.walk_in.contractor.party.phone),
    Column("项目负责人", 10, lambda line: line.walk_in.contractor.project_manager.name),
    Column("项目负责人电话", 14, lambda line: line.walk_in.contractor.project_manager.phone),
    Column(
        "合同金额（元）",
        14,
        _number("contract_amount_yuan"),
        CellKind.MONEY,
        is_total=True,
    ),
    Column("施工面积（㎡）", 12, _number("floor_area_m2"), CellKind.MONEY, is_total=True),
    Column("计划开始", 11, lambda line: line.walk_in.planned_start_on, CellKind.DATE),
    Column("计划结束", 11, lambda line: line.walk_in.planned_end_on, CellKind.DATE),
    Column("行业主管部门", 22, lambda line: "、".join(line.departments)),
    Column("平台编号", 18, lambda line: line.platform_number),
    Column("备注", 24, lambda line: line.walk_in.remark),
)


def _kind_of_number(number: str, kind: IdKind) -> str:
    return ID_KIND_WORDS[kind] if number else ""
