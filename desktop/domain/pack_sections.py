"""What a pack file holds, section by section, in Chinese words: for comparing versions and for editing one.

A section that is not listed here is shown under its own key; nothing of a pack is ever left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Shape(Enum):
    """How a section is laid out."""

    RECORD = "one table of fields"
    ENTRIES = "a list of tables"
    NAMED = "tables by name"
    WORDS = "texts by name"
    CONDITIONS = "conditions by name"


class Kind(Enum):
    """What a field holds."""

    TEXT = "a line"
    LONG = "lines"
    WHOLE = "a whole number"
    FLAG = "true or false"
    DAY = "a day"
    TEXTS = "a list of texts"
    CONDITION = "a condition"
    PLAIN = "anything else, as TOML"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: where it lies in the tree, what it is called, and the keys its entries may have."""

    path: tuple[str, ...]
    label: str
    shape: Shape
    keys: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()  # the keys by which people tell its entries apart


def _section(path: str, label: str, shape: Shape, keys: str = "", named_by: str = "") -> Section:
    return Section(
        path=tuple(path.split(".")),
        label=label,
        shape=shape,
        keys=tuple(keys.split()),
        named_by=tuple(named_by.split()),
    )


# In the order of the tests.
SECTIONS: Final[tuple[Section, ...]] = (
    _section(
        "pack",
        "文件",
        Shape.RECORD,
        "title document_number standing effective_to effective_note interpreted_by legal_nature legal_nature_article "
        "hotlines counter_article notice_article street_documents",
    ),
    _section(
        "parameters", "数值", Shape.NAMED, "label value article unverified gap why proposal proposal_source words"
    ),
    _section(
        "deadlines",
        "期限",
        Shape.RECORD,
        "validity_months validity_article extension_window_days extension_article feedback_working_days "
        "feedback_article on_the_spot_channels site_check_working_days site_check_article closeout_working_days "
        "closeout_article",
    ),
    _section("open_lists", "待补清单", Shape.ENTRIES, "code label article why fact known proposals", "label code"),
    _section(
        "scopes",
        "范围和限额",
        Shape.ENTRIES,
        "kind article within because_within because_above permit_article",
        "kind",
    ),
    _section("conditions", "条件", Shape.CONDITIONS),
    _section(
        "categories",
        "类别",
        Shape.ENTRIES,
        "code kind label article asks null_area_does_not_apply help",
        "label code",
    ),
    _section("high_risk", "高风险情形", Shape.ENTRIES, "item article label because when", "item label"),
    _section("stops", "不予登记的情形", Shape.ENTRIES, "code article because outcome intake kinds when", "because"),
    _section("above_limit_kinds", "限额以上而纳管的工程", Shape.ENTRIES, "code item article label when", "label"),
    _section("supervision", "监理", Shape.RECORD, "article because when"),
    _section(
        "counters",
        "受理地点",
        Shape.ENTRIES,
        "point article because redirect_because channels kinds told_at_counter when",
        "because point",
    ),
    _section("departments", "主管部门", Shape.ENTRIES, "department article lead row when", "department"),
    _section("guiding_departments", "行业部门", Shape.ENTRIES, "name aliases field article", "name"),
    _section(
        "materials",
        "申报材料",
        Shape.ENTRIES,
        "code label article cure help kinds required optional expired expired_because unusable unusable_because "
        "is_information",
        "label code",
    ),
    _section("reminders", "提示", Shape.ENTRIES, "text article when", "text"),
    _section("closeout_needs", "办结所需", Shape.ENTRIES, "text article when", "text"),
    _section("questions", "提问", Shape.ENTRIES, "fact group label article help unit kinds when", "label fact"),
    _section("choices", "选项", Shape.NAMED),
    _section("labels", "称谓", Shape.WORDS),
    _section("words", "用语", Shape.WORDS),
    _section("articles", "条文", Shape.WORDS),
    _section(
        "findings",
        "巡查发现的处理",
        Shape.ENTRIES,
        "code article actions if_refused if_not_rectified report_to transfer_to status_change "
        "managed_as_high_risk when",
        "code",
    ),
    _section("finding_labels", "巡查发现的名称", Shape.WORDS),
    _section(
        "revocations",
        "撤销登记的情形",
        Shape.ENTRIES,
        "code article actions if_not_rectified report_to transfer_to status_change when",
        "code",
    ),
    _section(
        "transfers", "移送", Shape.ENTRIES, "code article actions report_to transfer_to status_change when", "code"
    ),
    _section(
        "bodies",
        "移送单位",
        Shape.ENTRIES,
        "code name level kind article violations departments is_street_enforcement",
        "name",
    ),
    _section("power_question", "职权的提问", Shape.RECORD, "article text within beyond"),
    _section("order_clauses", "责令依据", Shape.ENTRIES, "code article text kinds", "text"),
    _section(
        "check_items",
        "检查项目",
        Shape.ENTRIES,
        "code label group article finding entry help when",
        "label code",
    ),
    _section("check_lists", "检查表", Shape.ENTRIES, "code label kinds patrol_kinds high_risk items", "label code"),
    _section(
        "hazard_entries",
        "隐患条目",
        Shape.ENTRIES,
        "code label group topic finding measure is_major",
        "label code",
    ),
    _section("patrol_plan", "巡查频次", Shape.NAMED, "every_days monthly article unverified"),
    _section("platform_template", "平台导入表", Shape.RECORD, "title article unverified"),
    _section(
        "platform_template.columns",
        "平台导入表的列",
        Shape.ENTRIES,
        "heading source kind required values also kinds longest",
        "heading",
    ),
    _section("papers", "文书用语", Shape.NAMED, "title article opening closing signatures"),
)
BY_PATH: Final = {section.path: section for section in SECTIONS}
PAPER_DUTIES: Final = ("text", "article", "code", "when")

FIELD_LABELS: Final[Mapping[str, str]] = {
    "actions": "处理",
    "aliases": "别名",
    "also": "表头的其他写法",
    "article": "依据",
    "asks": "另外要问的",
    "because": "说明",
    "because_above": "超过限额的说明",
    "because_within": "限额以内的说明",
    "beyond": "超出职权的",
    "channels": "申报方式",
    "closeout_article": "办结期限的依据",
    "closeout_working_days": "办结期限（工作日）",
    "closing": "结尾",
    "code": "代码",
    "columns": "列",
    "counter_article": "受理地点的依据",
    "cure": "补正办法",
    "department": "部门",
    "departments": "部门",
    "document_number": "文号",
    "duties": "事项",
    "effective_from": "施行日期",
    "effective_note": "施行的说明",
    "effective_to": "有效期至",
    "entry": "隐患条目",
    "every_days": "每几天一次",
    "expired": "过期的条件",
    "expired_because": "过期的说明",
    "extension_article": "延期的依据",
    "extension_window_days": "届满前可申请延期（日）",
    "fact": "事实",
    "feedback_article": "受理反馈的依据",
    "feedback_working_days": "受理反馈（工作日）",
    "field": "行业领域",
    "finding": "巡查发现",
    "gap": "待填",
    "group": "分组",
    "heading": "表头",
    "help": "填写说明",
    "high_risk": "高风险用",
    "hotlines": "热线电话",
    "id": "规则包代码",
    "if_not_rectified": "逾期不改的",
    "if_refused": "拒不改正的",
    "intake": "窗口办理",
    "interpreted_by": "解释单位",
    "is_information": "只登记，不交材料",
    "is_major": "重大隐患",
    "is_street_enforcement": "街道执法队伍",
    "item": "项号",
    "items": "项目",
    "kind": "种类",
    "kinds": "适用",
    "known": "文件所说的类数",
    "label": "名称",
    "lead": "主管",
    "legal_nature": "登记性质",
    "legal_nature_article": "登记性质的依据",
    "level": "层级",
    "longest": "最多字数",
    "managed_as_high_risk": "按高风险管理",
    "measure": "整改措施",
    "monthly": "每月一次",
    "name": "名称",
    "notice_article": "一次性告知的依据",
    "null_area_does_not_apply": "没有面积的不看面积",
    "on_the_spot_channels": "当场答复的申报方式",
    "opening": "开头",
    "optional": "可以提交的条件",
    "outcome": "判定",
    "patrol_kinds": "检查种类",
    "permit_article": "告知许可的依据",
    "point": "受理地点",
    "proposal": "未核实建议",
    "proposal_source": "建议的来源",
    "proposals": "未核实建议",
    "redirect_because": "转办的说明",
    "report_to": "报告",
    "required": "必须提交的条件",
    "row": "行号",
    "signatures": "签名栏",
    "site_check_article": "首次现场检查的依据",
    "site_check_working_days": "首次现场检查（工作日）",
    "source": "取自",
    "standing": "效力",
    "status_change": "状态变化",
    "street_documents": "本街道的规定",
    "text": "内容",
    "title": "名称",
    "told_at_counter": "在窗口说明的",
    "topic": "主题",
    "transfer_to": "移送",
    "unit": "单位",
    "unusable": "不能用的条件",
    "unusable_because": "不能用的说明",
    "unverified": "未核实",
    "validity_article": "有效期的依据",
    "validity_months": "有效期（月）",
    "value": "数值",
    "values": "各值的写法",
    "version": "版本号",
    "violations": "违法行为",
    "when": "条件",
    "why": "没有写明什么",
    "within": "限额以内的条件",
    "words": "各值的意思",
}
_CONDITIONS: Final = frozenset({"when", "within", "required", "optional", "expired", "unusable"})
_LONG: Final = frozenset(
    {
        "because", "because_above", "because_within", "beyond", "closing", "cure", "effective_note", "expired_because",
        "help", "measure", "opening", "redirect_because", "text", "unusable_because", "why", "legal_nature",
    }
)  # fmt: skip
_WHOLE: Final = frozenset(
    {
        "validity_months", "extension_window_days", "feedback_working_days", "site_check_working_days",
        "closeout_working_days", "item", "row", "known", "every_days", "longest",
    }
)  # fmt: skip
_FLAGS: Final = frozenset(
    {
        "gap", "unverified", "null_area_does_not_apply", "lead", "told_at_counter", "is_information", "monthly",
        "managed_as_high_risk", "is_major", "is_street_enforcement", "high_risk",
    }
)  # fmt: skip
_TEXTS: Final = frozenset(
    {
        "hotlines", "asks", "kinds", "channels", "aliases", "actions", "violations", "departments", "items", "also",
        "patrol_kinds", "signatures", "on_the_spot_channels", "street_documents",
    }
)  # fmt: skip
_PLAIN: Final = frozenset({"words", "proposals", "values", "columns", "duties"})
_DAYS: Final = frozenset({"effective_to", "effective_from"})


def section_label(path: tuple[str, ...]) -> str:
    """Give the word for a section; the key itself where it has none."""
    known = BY_PATH.get(path)
    return known.label if known is not None else ".".join(path)


def field_label(key: str) -> str:
    """Give the word for a field; the key itself where it has none."""
    return FIELD_LABELS.get(key, key)


def kind_of(section: tuple[str, ...], key: str) -> Kind:
    """Say what a field of a section holds, whatever stands in it now."""
    if section == ("platform_template", "columns") and key == "required":
        return Kind.FLAG
    if section == ("power_question",) and key == "within":
        return Kind.LONG
    for kind, keys in (
        (Kind.CONDITION, _CONDITIONS),
        (Kind.LONG, _LONG),
        (Kind.WHOLE, _WHOLE),
        (Kind.FLAG, _FLAGS),
        (Kind.TEXTS, _TEXTS),
        (Kind.PLAIN, _PLAIN),
        (Kind.DAY, _DAYS),
    ):
        if key in keys:
            return kind
    return Kind.TEXT
