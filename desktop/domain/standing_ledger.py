"""The standing ledgers of an office as data: which there are, their sheets, and the columns of each.

Registration, patrol, hazard, transfer, high-risk works and close-out, and the ledger of
supervision in five parts: the works, the visits, what was dealt with, the hazards, and what became of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import article, local

Cell = str | date | Decimal | int | None


class StandingLedger(StrEnum):
    """Which ledger."""

    REGISTRATION = "registration"  # 登记台账
    PATROL = "patrol"  # 巡查台账
    HAZARD = "hazard"  # 隐患台账
    TRANSFER = "transfer"  # 移交台账
    HIGH_RISK = "high_risk"  # 高风险台账
    CLOSE_OUT = "close_out"  # 注销台账
    FIVE_PARTS = "five_parts"  # 安全生产监管工作台账, in five parts


class SheetFormat(StrEnum):
    """As what kind of file a ledger leaves the program; the value is the ending of its name."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


class CellKind(StrEnum):
    """What stands in a column, by which it is written and set."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"  # two places


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: heading, what it is read from, width in characters; ``is_total`` adds it up below the rows.

    What is not ``on_paper`` stands in files only: a sheet across has no room for everything.
    """

    heading: str
    source: str
    width: int
    kind: CellKind = CellKind.TEXT
    is_total: bool = False
    on_paper: bool = True

    @property
    def paper_width(self) -> int:
        """Give its part of a paper's width: days and numbers of ours are never broken."""
        if self.kind is CellKind.DATE:
            return 30
        return 46 if self.heading.endswith("编号") else max(10, self.width)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """One sheet of a ledger: its name, the rows it holds (``rows`` names the reader) and its columns."""

    name: str
    rows: str
    columns: tuple[SheetColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSpec:
    """One ledger: its title, the article that asks for it, and its sheets in order."""

    title: str
    article: str
    sheets: tuple[SheetSpec, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCriteria:
    """Which ledger over which days, both included; ``community`` None is all that may be taken out."""

    ledger: StandingLedger
    first_on: date
    last_on: date
    community: str | None = None


def period_words(first_on: date, last_on: date) -> str:
    """Write a period as ledgers do."""
    days = (f"{day.year}年{day.month}月{day.day}日" for day in (first_on, last_on))
    return "至".join(days)


def _day(heading: str, source: str, *, on_paper: bool = True) -> SheetColumn:
    return SheetColumn(heading, source, 12, CellKind.DATE, on_paper=on_paper)


def _count(heading: str, source: str, width: int = 8) -> SheetColumn:
    return SheetColumn(heading, source, width, CellKind.NUMBER, is_total=True)


def _file_only(heading: str, source: str, width: int) -> SheetColumn:
    return SheetColumn(heading, source, width, on_paper=False)


ORDINAL: Final = "ordinal"
_PLACE_IN_LIST: Final = SheetColumn("序号", ORDINAL, 7, CellKind.NUMBER)
_SITE: Final = (
    SheetColumn("工地编号", "site_number", 20),
    SheetColumn("工程（作业）名称", "site_name", 30),
)
_COMMUNITY: Final = SheetColumn("社区", "community", 12)

REGISTRATIONS: Final = SheetSpec(
    name="登记台账",
    rows="registrations",
    columns=(
        _PLACE_IN_LIST,
        SheetColumn("登记编号", "registration_number", 20),
        _day("受理日期", "accepted_on"),
        _file_only("类别", "kind", 10),
        SheetColumn("工程（作业）名称", "project_name", 30),
        SheetColumn("地点", "place", 34),
        _file_only("社区", "community", 12),
        _file_only("网格", "grid", 8),
        SheetColumn("类型", "category", 18),
        SheetColumn("风险", "risk", 8),
        SheetColumn("状态", "status", 12),
        _day("有效期至", "valid_until"),
        SheetColumn("建设单位（业主）", "owner_name", 26),
        _file_only("业主证件号码", "owner_id_number", 21),
        _file_only("业主联系电话", "owner_phone", 14),
        SheetColumn("生产经营单位", "contractor_name", 28),
        _file_only("信用代码/证件号码", "contractor_id_number", 21),
        _file_only("单位联系电话", "contractor_phone", 14),
        _file_only("项目负责人", "manager_name", 11),
        _file_only("项目负责人电话", "manager_phone", 14),
        _file_only("监理单位", "supervisor_name", 22),
        _file_only("物业服务企业", "property_company", 22),
        SheetColumn("合同金额（元）", "contract_amount", 15, CellKind.MONEY, is_total=True),
        SheetColumn("施工面积（㎡）", "floor_area", 13, CellKind.MONEY, is_total=True, on_paper=False),
        _day("计划开始", "planned_start_on", on_paper=False),
        _day("计划结束", "planned_end_on", on_paper=False),
        _file_only("行业主管部门", "departments", 22),
        _file_only("受理点", "acceptance_point", 22),
        _file_only("平台编号", "platform_number", 18),
        _file_only("备注", "remark", 24),
    ),
)
PATROLS: Final = SheetSpec(
    name="巡查台账",
    rows="patrols",
    columns=(
        _day("日期", "visited_on"),
        SheetColumn("时间", "visited_time", 7),
        *_SITE,
        SheetColumn("地点或者路段", "site_place", 30),
        _COMMUNITY,
        SheetColumn("类型", "kind", 12),
        SheetColumn("巡查单位", "organisation", 22),
        SheetColumn("巡查人员", "patrollers", 16),
        SheetColumn("结果", "result", 14),
        _count("发现隐患", "hazards", 10),
        SheetColumn("备注", "remark", 24),
    ),
)
HAZARDS: Final = SheetSpec(
    name="隐患台账",
    rows="hazards",
    columns=(
        _PLACE_IN_LIST,
        SheetColumn("编号", "number", 20),
        _day("发现日期", "found_on"),
        *_SITE,
        _file_only("社区", "community", 12),
        SheetColumn("问题", "finding", 24),
        SheetColumn("位置和描述", "description", 34),
        SheetColumn("级别", "level", 7),
        SheetColumn("责任方", "responsible", 22),
        _file_only("现场措施", "measures", 22),
        _day("整改期限", "due_on"),
        _day("反馈日期", "feedback_on", on_paper=False),
        SheetColumn("状态", "state", 12),
        _day("销项日期", "cleared_on"),
        _day("停工日期", "stopped_on", on_paper=False),
        _day("拒不整改", "refused_on", on_paper=False),
        _file_only("督办", "supervised", 18),
    ),
)
TRANSFERS: Final = SheetSpec(
    name="移交台账",
    rows="transfers",
    columns=(
        _PLACE_IN_LIST,
        SheetColumn("编号", "number", 20),
        SheetColumn("文书", "kind", 10),
        SheetColumn("依据", "article", 16),
        SheetColumn("接收机构", "to_body", 20),
        *_SITE,
        _file_only("社区", "community", 12),
        SheetColumn("违法违规情形", "violation", 30),
        _day("发出日期", "sent_on"),
        _file_only("经办人", "sent_by", 11),
        _day("反馈期限", "reply_by"),
        _day("接收日期", "received_on", on_paper=False),
        _day("反馈日期", "replied_on", on_paper=False),
        SheetColumn("状态", "state", 10),
        SheetColumn("处理结果", "result", 26),
        _file_only("处罚", "penalty", 20),
    ),
)
HIGH_RISK: Final = SheetSpec(
    name="高风险台账",
    rows="high_risk",
    columns=(
        _PLACE_IN_LIST,
        SheetColumn("登记编号", "registration_number", 20),
        SheetColumn("工程（作业）名称", "project_name", 30),
        SheetColumn("地点", "place", 34),
        _file_only("社区", "community", 12),
        SheetColumn("类型", "category", 18),
        SheetColumn("风险", "risk", 10),
        _day("提级日期", "escalated_on", on_paper=False),
        SheetColumn("建设单位（业主）", "owner_name", 26),
        _file_only("业主联系电话", "owner_phone", 14),
        SheetColumn("生产经营单位", "contractor_name", 28),
        _file_only("单位联系电话", "contractor_phone", 14),
        _file_only("项目负责人", "manager_name", 11),
        _file_only("项目负责人电话", "manager_phone", 14),
        _day("受理日期", "accepted_on", on_paper=False),
        _day("有效期至", "valid_until"),
        _day("首次检查期限", "site_check_by", on_paper=False),
        _count("巡查次数", "patrols", 9),
        _day("最近巡查", "last_patrol_on"),
        _count("未销项隐患", "open_hazards", 11),
        SheetColumn("状态", "status", 12),
    ),
)
CLOSE_OUTS: Final = SheetSpec(
    name="注销台账",
    rows="close_outs",
    columns=(
        _PLACE_IN_LIST,
        SheetColumn("编号", "number", 20),
        SheetColumn("登记编号", "registration_number", 20),
        SheetColumn("工程（作业）名称", "project_name", 30),
        SheetColumn("地点", "place", 34),
        _file_only("社区", "community", 12),
        SheetColumn("建设单位（业主）", "owner_name", 24),
        SheetColumn("情形", "kind", 12),
        _day("完工日期", "completed_on", on_paper=False),
        _day("申请日期", "applied_on"),
        _day("应当申请期限", "apply_by", on_paper=False),
        SheetColumn("是否逾期", "is_late", 10),
        _day("核实日期", "checked_on"),
        SheetColumn("核实人", "checked_by", 11),
        _file_only("核实情况", "check_text", 26),
        SheetColumn("结果", "state", 12),
        _day("注销日期", "closed_on"),
    ),
)
_WORKS: Final = SheetSpec(
    name="工程基本信息",
    rows="works",
    columns=tuple(
        column
        for column in REGISTRATIONS.columns
        if column.source not in ("departments", "acceptance_point", "platform_number", "remark")
    ),
)
_DEALT_WITH: Final = SheetSpec(
    name="违法违规行为查处情况",
    rows="dealt_with",
    columns=(
        _PLACE_IN_LIST,
        _day("日期", "on"),
        *_SITE,
        _COMMUNITY,
        SheetColumn("情形", "violation", 36),
        SheetColumn("依据", "article", 18),
        SheetColumn("处理", "measures", 28),
        SheetColumn("文号", "number", 20),
        SheetColumn("结果", "result", 30),
    ),
)
_FOLLOWED_UP: Final = SheetSpec(
    name="整改跟踪督办结果",
    rows="followed_up",
    columns=(
        _PLACE_IN_LIST,
        _day("日期", "on"),
        *_SITE,
        _COMMUNITY,
        SheetColumn("编号", "number", 20),
        SheetColumn("步骤", "step", 18),
        SheetColumn("内容", "text", 44),
        _day("期限", "due_on"),
        SheetColumn("经办", "who", 14),
    ),
)


def _said(spec: LedgerSpec) -> LedgerSpec:
    """Say a ledger in the words of the place; until then its article stands as a key."""
    return replace(spec, title=local(spec.title), article=article(spec.article), sheets=tuple(map(_sheet, spec.sheets)))


def _sheet(sheet: SheetSpec) -> SheetSpec:
    columns = tuple(replace(column, heading=local(column.heading)) for column in sheet.columns)
    return replace(sheet, name=local(sheet.name), columns=columns)


STANDING_LEDGERS: Final[Mapping[StandingLedger, LedgerSpec]] = LocalCatalogue(
    {
        StandingLedger.REGISTRATION: LedgerSpec(
            title="小型工程和零星作业登记台账", article="ledger_registration", sheets=(REGISTRATIONS,)
        ),
        StandingLedger.PATROL: LedgerSpec(
            title="小型工程和零星作业巡查台账", article="ledger_patrol", sheets=(PATROLS,)
        ),
        StandingLedger.HAZARD: LedgerSpec(title="安全隐患排查整治台账", article="ledger_hazard", sheets=(HAZARDS,)),
        StandingLedger.TRANSFER: LedgerSpec(title="案件移交台账", article="ledger_transfer", sheets=(TRANSFERS,)),
        StandingLedger.HIGH_RISK: LedgerSpec(
            title="高风险小型工程和零星作业台账", article="ledger_high_risk", sheets=(HIGH_RISK,)
        ),
        StandingLedger.CLOSE_OUT: LedgerSpec(title="完工注销台账", article="ledger_close_out", sheets=(CLOSE_OUTS,)),
        StandingLedger.FIVE_PARTS: LedgerSpec(
            title="安全生产监管工作台账",
            article="ledger_five_parts",
            sheets=(
                _WORKS,
                SheetSpec(name="日常检查记录", rows="patrols", columns=PATROLS.columns),
                _DEALT_WITH,
                SheetSpec(name="安全事故隐患清单", rows="hazards", columns=HAZARDS.columns),
                _FOLLOWED_UP,
            ),
        ),
    },
    _said,
)
