"""Every word for a closed list, in one place; ``word`` says it in the words of the place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from desktop.domain.access import Role
from desktop.domain.acts import Act, Change, StationKind, Status
from desktop.domain.attachments import AttachedKind
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.ledger import LedgerColumn, LedgerException
from desktop.domain.ledger_table import AreaKind
from desktop.domain.life_acts import ChangeKind, ChangeSource, CloseOutKind, CloseOutState, DeliveryManner
from desktop.domain.life_words import (
    CHANGE_KIND_WORDS,
    CHANGE_SOURCE_WORDS,
    CLOSEOUT_KIND_WORDS,
    CLOSEOUT_STATE_WORDS,
    COMPLETION_WORDS,
    DELIVERY_WORDS,
    LIFE_ACT_WORDS,
    LIFE_STATE_WORDS,
)
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.order import OrderKind
from desktop.domain.pack_rules import IntakeResult, Outcome, Standing
from desktop.domain.registration_life import CompletionSource, LifeAct, LifeState
from desktop.domain.retention import KeptKind
from desktop.domain.standing_ledger import SheetFormat, StandingLedger
from desktop.domain.verification import DATUM_WORDS, FINDING_WORDS, MANNER_WORDS, Datum, Finding, Manner
from desktop.domain.walk_in import IdKind, PaperForm, PartyKind, Verdict
from desktop.views.inspections.inspection_words import INSPECTION_WORDS
from desktop.views.patrol.patrol_words import PATROL_WORDS
from desktop.views.registers.firm_words import FIRM_WORDS
from desktop.views.registers.register_words import REGISTER_WORDS
from desktop.views.shared.chips import Tone
from desktop.views.shared.words_of import words_of
from desktop.views.worklist.worklist_words import WORKLIST_WORDS

# By class first: members of different classes with the same value are equal as keys.
WORDS: Final[Mapping[type[Enum], Mapping[Enum, str]]] = {
    **REGISTER_WORDS,
    **FIRM_WORDS,
    **INSPECTION_WORDS,
    **WORKLIST_WORDS,
    **PATROL_WORDS,
    Act: {
        Act.ACCEPT: "受理并打印",
        Act.ONE_TIME_NOTICE: "一次性告知",
        Act.INFORM_PERMIT: "告知办理施工许可",
        Act.MUST_NOT_START: "告知不得开工",
        Act.NOT_APPLICABLE: "不适用",
        Act.TO_STREET_OFFICE: "转街道办理",
        Act.SUBMIT_FOR_REVIEW: "送审",
    },
    Status: {
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
    Change: {
        Change.FILINGS: "申报件",
        Change.PAPERS: "文书",
        Change.DRAFTS: "草稿",
        Change.PARTIES: "单位和人员",
        Change.SETTINGS: "设置",
        Change.CALENDAR: "工作日历",
        Change.ON_SITE: "巡查、隐患、移交和投诉举报",
        Change.BOOKS: "登记簿",
    },
    AreaKind: {
        AreaKind.COMMUNITY: "社区台账",
        AreaKind.PROPERTY: "物业巡查台账",
        AreaKind.STREET: "街道管理台账",
    },
    StandingLedger: {
        StandingLedger.REGISTRATION: "登记台账",
        StandingLedger.PATROL: "巡查台账",
        StandingLedger.HAZARD: "隐患台账",
        StandingLedger.TRANSFER: "移交台账",
        StandingLedger.HIGH_RISK: "高风险台账",
        StandingLedger.CLOSE_OUT: "注销台账",
        StandingLedger.FIVE_PARTS: "监管工作台账（五部分）",
    },
    SheetFormat: {
        SheetFormat.XLSX: "Excel 表格",
        SheetFormat.CSV: "CSV 文本",
        SheetFormat.PDF: "PDF（打印）",
    },
    Role: {
        Role.CITY_GOVERNMENT_USER: "市级政府用户",
        Role.CITY_GOVERNMENT_ADMIN: "市级政府管理员",
        Role.CITY_DEPARTMENT_USER: "市级主管部门用户",
        Role.CITY_DEPARTMENT_ADMIN: "市级主管部门管理员",
        Role.DISTRICT_GOVERNMENT_USER: "区级政府用户",
        Role.DISTRICT_GOVERNMENT_ADMIN: "区级政府管理员",
        Role.DISTRICT_DEPARTMENT_USER: "区级主管部门用户",
        Role.DISTRICT_DEPARTMENT_ADMIN: "区级主管部门管理员",
        Role.WINDOW_CLERK: "窗口受理员",
        Role.REVIEWER: "审核员",
        Role.PATROLLER: "巡查员",
        Role.ENFORCEMENT_OFFICER: "执法人员",
        Role.MANAGER: "分管领导",
        Role.AUDITOR: "审计员",
        Role.ADMINISTRATOR: "系统管理员",
    },
    StationKind: {
        StationKind.STREET_OFFICE: "街道办事处",
        StationKind.COMMUNITY_STATION: "社区工作站",
        StationKind.PROPERTY_COMPANY: "物业服务企业",
    },
    Standing: {
        Standing.IN_FORCE: "现行",
        Standing.TRIAL: "试行",
        Standing.DRAFT: "征求意见稿",
        Standing.EXPIRED: "已失效",
    },
    Outcome: {
        Outcome.REGISTER: "属于登记范围",
        Outcome.PERMIT_REQUIRED: "限额以上，应办理施工许可",
        Outcome.TREAT_AS_HIGH_RISK: "限额以上，参照高风险小型工程纳管",
        Outcome.NOT_APPLICABLE: "不适用本细则",
        Outcome.PROHIBITED: "不得开工，移交处理",
        Outcome.NEEDS_REVIEW: "需要会商",
    },
    IntakeResult: {
        IntakeResult.ACCEPT: "可以受理",
        IntakeResult.ONE_TIME_NOTICE: "一次性告知",
        IntakeResult.REDIRECT: "转街道办理",
        IntakeResult.INFORM_PERMIT: "告知办理施工许可",
        IntakeResult.TRANSFER: "告知不得开工并移交",
        IntakeResult.NOT_APPLICABLE: "告知不适用",
        IntakeResult.REFER: "提请会商",
    },
    PartyKind: {
        PartyKind.ORGANISATION: "企业及其他单位",
        PartyKind.PARTNERSHIP: "合伙组织",
        PartyKind.SOLE_TRADER: "个体工商户",
        PartyKind.PERSON: "自然人",
    },
    IdKind: {
        IdKind.RESIDENT_ID: "居民身份证",
        IdKind.CREDIT_CODE: "统一社会信用代码",
        IdKind.PASSPORT: "护照",
        IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
        IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
        IdKind.FOREIGN_RESIDENT_ID: "外国人永久居留身份证",
        IdKind.OTHER: "其他证件",
    },
    Verdict: {
        Verdict.UNJUDGED: "未核对",
        Verdict.IN_ORDER: "齐",
        Verdict.MISSING: "缺",
        Verdict.UNREADABLE: "不清",
        Verdict.UNSIGNED: "未签",
        Verdict.EXPIRED: "过期",
        Verdict.INCONSISTENT: "不一致",
        Verdict.OTHER: "其他",
        Verdict.NOT_APPLICABLE: "不适用",
    },
    PaperForm: {
        PaperForm.ORIGINAL: "原件",
        PaperForm.COPY: "复印件",
        PaperForm.ORIGINAL_SEEN: "复印件（原件已核）",
    },
    AttachedKind: {
        AttachedKind.SITE_PHOTO: "现场照片",
        AttachedKind.PATROL_PHOTO: "巡查照片",
        AttachedKind.SIGNED_PAPER: "签字盖章文书",
        AttachedKind.QUALIFICATION: "资质证书",
        AttachedKind.CONTRACT: "合同",
        AttachedKind.DRAWING: "图纸",
        AttachedKind.STAFF_PAPER: "人员证件",
        AttachedKind.OTHER: "其他附件",
    },
    KeptKind: {
        KeptKind.IDENTITY_SCAN: "身份证件扫描件",
        KeptKind.OTHER_SCAN: "其他扫描件和照片",
        KeptKind.DRAFT: "未办完的草稿",
    },
    OrderKind: {
        OrderKind.STOP: "责令停止施工（作业）通知书",
        OrderKind.RECTIFY: "责令限期改正通知书",
    },
    LifeAct: words_of(LifeAct, LIFE_ACT_WORDS),
    LifeState: words_of(LifeState, LIFE_STATE_WORDS),
    CompletionSource: words_of(CompletionSource, COMPLETION_WORDS),
    ChangeKind: words_of(ChangeKind, CHANGE_KIND_WORDS),
    ChangeSource: words_of(ChangeSource, CHANGE_SOURCE_WORDS),
    CloseOutKind: words_of(CloseOutKind, CLOSEOUT_KIND_WORDS),
    CloseOutState: words_of(CloseOutState, CLOSEOUT_STATE_WORDS),
    DeliveryManner: words_of(DeliveryManner, DELIVERY_WORDS),
    Datum: words_of(Datum, DATUM_WORDS),
    Manner: words_of(Manner, MANNER_WORDS),
    Finding: words_of(Finding, FINDING_WORDS),
    LedgerException: {
        LedgerException.OVERRIDDEN: "另有理由的判定",
        LedgerException.INCOMPLETE_NOTICE: "一次性告知不到位",
        LedgerException.FEEDBACK_OVERDUE: "逾期未反馈",
        LedgerException.FEEDBACK_TODAY: "今日应反馈",
        LedgerException.SITE_CHECK_TODAY: "今日应首次检查",
        LedgerException.EXPIRING: "即将到期，可申请延期",
        LedgerException.OPINION: "意见待答复",
        LedgerException.UNPATROLLED: "登记后无巡查",
        LedgerException.OPEN_HAZARD: "隐患未闭环",
    },
    LedgerColumn: {
        LedgerColumn.NUMBER: "编号",
        LedgerColumn.FILED_ON: "申报日期",
        LedgerColumn.PROJECT: "工程（作业）名称",
        LedgerColumn.PLACE: "地点",
        LedgerColumn.COMMUNITY: "社区",
        LedgerColumn.OWNER: "建设单位 / 业主",
        LedgerColumn.CONTRACTOR: "生产经营单位",
        LedgerColumn.KIND: "类别",
        LedgerColumn.CATEGORY: "类型",
        LedgerColumn.RISK: "风险",
        LedgerColumn.STATUS: "状态",
        LedgerColumn.VALID_UNTIL: "有效期至",
    },
}

STATUS_TONES: Final[Mapping[Status, Tone]] = {
    Status.AWAITING_CORRECTION: Tone.AMBER,
    Status.REGISTERED: Tone.GREEN,
    Status.REFUSED_PERMIT: Tone.RED,
    Status.TRANSFERRED: Tone.RED,
    Status.NOT_APPLICABLE: Tone.GREY,
    Status.REDIRECTED: Tone.BLUE,
    Status.AWAITING_REVIEW: Tone.BLUE,
    Status.RETURNED: Tone.AMBER,
    Status.AWAITING_CLOSEOUT: Tone.AMBER,
    Status.CLOSED: Tone.GREY,
    Status.REVOKED: Tone.RED,
}

VERDICT_TONES: Final[Mapping[Verdict, Tone]] = {
    Verdict.UNJUDGED: Tone.GREY,
    Verdict.IN_ORDER: Tone.GREEN,
    Verdict.MISSING: Tone.RED,
    Verdict.UNREADABLE: Tone.RED,
    Verdict.UNSIGNED: Tone.RED,
    Verdict.EXPIRED: Tone.RED,
    Verdict.INCONSISTENT: Tone.RED,
    Verdict.OTHER: Tone.RED,
    Verdict.NOT_APPLICABLE: Tone.GREY,
}

KIND_WORDS: Final[Mapping[str, str]] = LocalCatalogue({SMALL_WORK: "小型工程", MINOR_OPERATION: "零星作业"}, local)


def word(value: Enum) -> str:
    """Give the Chinese word of a member of a closed list; raises ``KeyError`` for one without a word."""
    return local(WORDS[type(value)][value])


def kind_word(kind: str, unknown: str = "") -> str:
    """Give the short word of one of the two kinds of work; ``unknown`` for anything else."""
    return KIND_WORDS.get(kind, unknown)
