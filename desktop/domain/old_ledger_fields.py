"""What a column of an old ledger can be, with the words by which offices head it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class OldField(StrEnum):
    """The fields of an old registration; each value is stored in saved mappings."""

    NUMBER = "number"
    PROJECT = "project_name"
    CONTENT = "content"
    KIND = "kind"
    CATEGORY = "category"
    COMMUNITY = "community"
    GRID = "grid"
    PLACE = "place"
    OWNER = "owner_name"
    OWNER_CONTACT = "owner_contact"
    OWNER_PHONE = "owner_phone"
    OWNER_ID = "owner_id"
    CONTRACTOR = "contractor_name"
    CONTRACTOR_CONTACT = "contractor_contact"
    CONTRACTOR_PHONE = "contractor_phone"
    CONTRACTOR_CODE = "contractor_code"
    AMOUNT_YUAN = "amount_yuan"
    AMOUNT_WAN = "amount_wan"
    AREA = "area_m2"
    HIGH_RISK = "high_risk"
    FILED_ON = "filed_on"
    ACCEPTED_ON = "accepted_on"
    VALID_UNTIL = "valid_until"
    PLANNED_START = "planned_start_on"
    PLANNED_END = "planned_end_on"
    PERIOD = "planned_period"
    COMPLETED_ON = "completed_on"
    CLOSED_ON = "closed_on"
    STATE = "state"
    PLATFORM_NUMBER = "platform_number"
    REMARK = "remark"

    @property
    def label(self) -> str:
        """Give the name of the field as the mapping shows it."""
        return _WORDS[self][0]

    @property
    def words(self) -> tuple[str, ...]:
        """Give the headings that name the field for certain, the label among them."""
        return _WORDS[self]


_WORDS: Final[Mapping[OldField, tuple[str, ...]]] = {
    OldField.NUMBER: (
        "登记编号",
        "编号",
        "备案编号",
        "备案号",
        "登记号",
        "受理编号",
        "纳管编号",
        "项目编号",
        "工程编号",
        "回执编号",
        "登记证编号",
    ),
    OldField.PROJECT: (
        "工程名称",
        "项目名称",
        "工程（作业）名称",
        "作业名称",
        "工程项目名称",
        "小散工程名称",
        "小型工程名称",
        "零星作业名称",
        "工程或作业名称",
        "名称",
    ),
    OldField.CONTENT: (
        "工程内容",
        "施工内容",
        "作业内容",
        "建设内容",
        "主要内容",
        "工程概况",
        "施工内容及规模",
        "工作内容",
    ),
    OldField.KIND: ("工程或作业", "工程/作业", "类型", "工程类型", "项目类型", "纳管类型", "登记类型", "备案类型"),
    OldField.CATEGORY: (
        "类别",
        "工程类别",
        "作业类别",
        "工程（作业）类别",
        "项目类别",
        "细类",
        "小类",
        "工程种类",
        "施工类别",
    ),
    OldField.COMMUNITY: (
        "社区",
        "所属社区",
        "社区名称",
        "所在社区",
        "村居",
        "村（社区）",
        "社区（村）",
        "居委会",
        "辖区社区",
    ),
    OldField.GRID: ("网格", "所属网格", "网格编号", "网格号", "基础网格", "网格名称"),
    OldField.PLACE: (
        "地点",
        "工程地点",
        "工程地址",
        "施工地点",
        "施工地址",
        "项目地址",
        "项目地点",
        "地址",
        "详细地址",
        "作业地点",
        "作业地址",
        "建设地点",
        "具体地址",
        "工程位置",
        "所在位置",
    ),
    OldField.OWNER: (
        "建设单位（业主）",
        "建设单位",
        "业主",
        "业主姓名",
        "业主名称",
        "建设单位名称",
        "建设单位/业主",
        "建设方",
        "业主单位",
        "甲方",
        "建设单位或个人",
        "申报人",
        "业主（建设单位）",
        "建设单位（个人）",
    ),
    OldField.OWNER_CONTACT: ("建设单位联系人", "业主联系人", "建设单位负责人", "业主负责人", "建设单位项目负责人"),
    OldField.OWNER_PHONE: ("业主电话", "建设单位电话", "业主联系电话", "建设单位联系电话", "业主手机", "业主联系方式"),
    OldField.OWNER_ID: (
        "业主证件号码",
        "业主身份证号",
        "业主身份证号码",
        "身份证号",
        "身份证号码",
        "建设单位统一社会信用代码",
        "业主证件号",
        "业主身份证",
    ),
    OldField.CONTRACTOR: (
        "施工单位",
        "施工方",
        "施工单位名称",
        "生产经营单位",
        "承建单位",
        "承包单位",
        "施工队",
        "作业单位",
        "乙方",
        "施工单位（个人）",
        "施工企业",
        "装修公司",
    ),
    OldField.CONTRACTOR_CONTACT: (
        "施工单位联系人",
        "施工负责人",
        "施工单位负责人",
        "项目负责人",
        "现场负责人",
        "项目经理",
        "施工现场负责人",
    ),
    OldField.CONTRACTOR_PHONE: (
        "施工单位电话",
        "施工单位联系电话",
        "施工负责人电话",
        "施工方电话",
        "施工单位联系方式",
        "项目负责人电话",
        "现场负责人电话",
    ),
    OldField.CONTRACTOR_CODE: (
        "施工单位信用代码",
        "施工单位统一社会信用代码",
        "统一社会信用代码",
        "信用代码",
        "社会信用代码",
    ),
    OldField.AMOUNT_YUAN: (
        "合同金额（元）",
        "合同价（元）",
        "造价（元）",
        "工程造价（元）",
        "投资额（元）",
        "金额（元）",
        "合同造价（元）",
        "投资金额（元）",
        "总投资（元）",
    ),
    OldField.AMOUNT_WAN: (
        "合同金额（万元）",
        "合同价（万元）",
        "造价（万元）",
        "工程造价（万元）",
        "投资额（万元）",
        "金额（万元）",
        "合同造价（万元）",
        "投资金额（万元）",
        "总投资（万元）",
        "合同金额（万）",
    ),
    OldField.AREA: (
        "面积",
        "施工面积",
        "建筑面积",
        "装修面积",
        "工程面积",
        "面积（平方米）",
        "施工面积（㎡）",
        "建设规模（平方米）",
        "作业面积",
    ),
    OldField.HIGH_RISK: (
        "高风险",
        "是否高风险",
        "高风险工程",
        "是否属高风险",
        "是否高风险工程",
        "风险等级",
        "是否危大",
        "高风险作业",
    ),
    OldField.FILED_ON: ("申报日期", "申请日期", "申报时间", "申请时间", "报备日期", "报备时间", "收件日期"),
    OldField.ACCEPTED_ON: (
        "登记日期",
        "备案日期",
        "受理日期",
        "登记时间",
        "备案时间",
        "受理时间",
        "纳管日期",
        "纳管时间",
        "发证日期",
        "日期",
    ),
    OldField.VALID_UNTIL: ("有效期至", "有效期", "登记有效期", "到期日期", "有效期限", "有效截止日期", "到期时间"),
    OldField.PLANNED_START: (
        "计划开工日期",
        "开工日期",
        "开工时间",
        "计划开工时间",
        "拟开工日期",
        "进场日期",
        "开始日期",
        "施工开始日期",
    ),
    OldField.PLANNED_END: (
        "计划完工日期",
        "计划竣工日期",
        "计划完工时间",
        "计划竣工时间",
        "预计完工日期",
        "拟完工日期",
        "结束日期",
        "预计竣工时间",
    ),
    OldField.PERIOD: ("计划工期（起止日期）", "施工期限", "计划工期", "工期", "施工起止日期", "施工时间", "起止时间"),
    OldField.COMPLETED_ON: ("完工日期", "竣工日期", "完工时间", "竣工时间", "实际完工日期", "实际竣工日期"),
    OldField.CLOSED_ON: ("注销日期", "注销时间", "办结日期", "销项日期", "办结时间", "结案日期", "销号日期"),
    OldField.STATE: (
        "状态",
        "工程状态",
        "项目状态",
        "登记状态",
        "进度",
        "施工状态",
        "工程进度",
        "是否注销",
        "是否完工",
        "目前状态",
        "当前状态",
    ),
    OldField.PLATFORM_NUMBER: (
        "平台编号",
        "纳管平台编号",
        "平台登记编号",
        "系统编号",
        "市平台编号",
        "平台登记号",
        "平台号",
    ),
    OldField.REMARK: ("备注", "说明", "备注说明", "其他说明"),
}
# Headings that no field is meant by, however much they look like one.
FAULTS_HEADING: Final = "要改的地方"  # the column that the program itself adds to a sheet of errors
LEFT_OUT: Final = (
    FAULTS_HEADING,
    "序号",
    "序",
    "行号",
    "街道",
    "所属街道",
    "区",
    "所属区",
    "办理人",
    "经办人",
    "受理人",
    "填表人",
)
# Words of a heading that say what of the party before it is meant.
PARTY_PARTS: Final[Mapping[str, tuple[OldField | None, OldField | None]]] = {
    "名称": (OldField.OWNER, OldField.CONTRACTOR),
    "姓名": (OldField.OWNER, OldField.CONTRACTOR),
    "单位名称": (OldField.OWNER, OldField.CONTRACTOR),
    "联系人": (OldField.OWNER_CONTACT, OldField.CONTRACTOR_CONTACT),
    "负责人": (OldField.OWNER_CONTACT, OldField.CONTRACTOR_CONTACT),
    "电话": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "联系电话": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "联系方式": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "手机": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "手机号": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "手机号码": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "联系人电话": (OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE),
    "证件号码": (OldField.OWNER_ID, OldField.CONTRACTOR_CODE),
    "证件号": (OldField.OWNER_ID, OldField.CONTRACTOR_CODE),
    "身份证号": (OldField.OWNER_ID, None),
    "身份证号码": (OldField.OWNER_ID, None),
    "身份证": (OldField.OWNER_ID, None),
    "统一社会信用代码": (OldField.OWNER_ID, OldField.CONTRACTOR_CODE),
    "信用代码": (OldField.OWNER_ID, OldField.CONTRACTOR_CODE),
}
OWNER_WORDS: Final = ("建设单位", "业主", "建设方", "甲方", "申报人", "申请人")
CONTRACTOR_WORDS: Final = ("施工", "生产经营", "承建", "承包", "作业单位", "乙方", "装修公司", "作业人")
AMOUNT_WORDS: Final = ("金额", "合同价", "造价", "投资额", "投资", "合同款")
