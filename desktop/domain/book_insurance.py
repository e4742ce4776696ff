"""Registers of insurance: policies, claims, prevention services.  Pure data."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import BookKind, BookSpec, FieldSpec, FieldType
from desktop.domain.book_fields import community, day, filing, organisation

KINDS_OF_INSURANCE: Final = (
    ("liability", "安全生产责任保险"),
    ("injury", "工伤保险"),
    ("accident", "意外伤害保险"),
)

INSURANCE: Final = BookSpec(
    kind=BookKind.INSURANCE,
    title="投保登记簿",
    fields=(
        filing(help_text="投保的工程或作业"),
        FieldSpec(
            key="kind",
            label="险种",
            type=FieldType.CHOICE,
            is_required=True,
            choices=KINDS_OF_INSURANCE,
            aliases=(("安责险", "liability"), ("工伤险", "injury"), ("意外险", "accident"), ("意外伤害险", "accident")),
            help="小型工程应有安责险；危险作业鼓励投保意外伤害险",
            heads=("保险种类", "保险险种", "险别"),
        ),
        FieldSpec(
            key="insurer", label="保险公司", type=FieldType.TEXT, is_required=True, heads=("承保公司", "承保机构")
        ),
        FieldSpec(
            key="policy_number",
            label="保单号",
            type=FieldType.TEXT,
            is_required=True,
            heads=("保单号码", "保险单号", "保单编号"),
        ),
        day("valid_from", "保险起日", heads=("起保日期", "生效日期", "保险起期", "起始日期"), may_be_ahead=True),
        FieldSpec(
            key="valid_to",
            label="保险止日",
            type=FieldType.DAY,
            is_required=True,
            may_be_ahead=True,
            help="早于工程结束时提醒续保",
            heads=("终保日期", "到期日期", "保险止期", "终止日期"),
        ),
        FieldSpec(key="persons", label="投保人数", type=FieldType.COUNT, unit="人", heads=("人数", "参保人数")),
        FieldSpec(key="premium", label="保费", type=FieldType.MONEY, unit="元", heads=("保险费", "保费金额")),
        community(),
    ),
    columns=("valid_from", "valid_to", "kind", "insurer", "policy_number", "filing", "persons", "premium"),
    empty="还没有投保记录。受理之后投保、续保的记在这里；受理时已填的保险不必重复。",
)

CLAIM: Final = BookSpec(
    kind=BookKind.CLAIM,
    title="保险理赔登记簿",
    fields=(
        FieldSpec(
            key="accident",
            label="事故编号",
            type=FieldType.ENTRY,
            of_book=BookKind.ACCIDENT,
            is_required=True,
            help="事故登记簿中的编号",
            heads=("事故", "事故登记编号"),
        ),
        FieldSpec(
            key="insurer", label="保险公司", type=FieldType.TEXT, is_required=True, heads=("承保机构", "承保公司")
        ),
        day("reported_on", "报案日期", heads=("日期", "报案时间")),
        FieldSpec(key="advanced", label="预付赔款", type=FieldType.MONEY, unit="元", heads=("预付", "预付金额")),
        FieldSpec(key="advanced_on", label="预付日期", type=FieldType.DAY, heads=("预付时间",)),
        FieldSpec(key="paid", label="赔付金额", type=FieldType.MONEY, unit="元", heads=("赔款", "理赔金额")),
        FieldSpec(key="paid_on", label="赔付日期", type=FieldType.DAY, heads=("赔付时间", "结案日期")),
        FieldSpec(
            key="state",
            label="理赔状态",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(
                ("reported", "已报案"),
                ("advanced", "已预付"),
                ("paid", "已赔付"),
                ("refused", "不予赔付"),
            ),
            heads=("状态",),
        ),
        FieldSpec(key="note", label="备注", type=FieldType.LONG_TEXT),
        community(),
    ),
    columns=("reported_on", "accident", "insurer", "state", "advanced", "paid"),
    empty="还没有理赔记录。保险公司接到报案、预付或者赔付时记录。",
)

SERVICE: Final = BookSpec(
    kind=BookKind.SERVICE,
    title="事故预防服务登记簿",
    fields=(
        FieldSpec(
            key="kind",
            label="服务类型",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(
                ("training", "安全培训"),
                ("risk", "风险辨识"),
                ("hazard", "隐患排查"),
                ("drill", "预案和演练"),
                ("other", "其他"),
            ),
            aliases=(("培训", "training"), ("应急演练", "drill"), ("预案演练", "drill")),
            heads=("类型", "服务项目"),
        ),
        day("served_on", "服务日期", heads=("日期", "服务时间")),
        organisation("服务机构", heads=("第三方机构", "服务单位", "技术服务机构")),
        FieldSpec(
            key="insurer", label="委托的保险公司", type=FieldType.TEXT, heads=("保险公司", "承保机构", "承保公司")
        ),
        filing(help_text="为哪件工程或作业服务"),
        FieldSpec(
            key="firm",
            label="受服务企业",
            type=FieldType.FIRM,
            help="填统一社会信用代码，或者与名录相同的名称",
            heads=("企业", "企业名称", "被服务单位", "施工单位"),
        ),
        FieldSpec(key="findings", label="发现的问题", type=FieldType.LONG_TEXT, heads=("问题", "发现问题")),
        community(),
    ),
    columns=("served_on", "kind", "organisation", "insurer", "filing", "firm", "findings"),
    empty="还没有服务记录。第三方机构的每次服务记一条；保险公司的整张清单在“交换”页导入。",
)
