"""Registers of accidents: those of small works, and all of a field.  Pure data."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import BookKind, BookSpec, FieldSpec, FieldType
from desktop.domain.book_fields import community, day, filing, organisation, place

WORKS: Final = (
    ("small_work", "小型工程"),
    ("minor_operation", "零星作业"),
    ("above_limit", "限额以上工程"),
    ("other", "其他"),
)
TYPES_OF_ACCIDENT: Final = (
    ("fall", "高处坠落"),
    ("electric", "触电"),
    ("struck", "物体打击"),
    ("collapse", "坍塌"),
    ("poisoning", "中毒和窒息"),
    ("machinery", "机械伤害"),
    ("fire", "火灾"),
    ("other", "其他"),
)

ACCIDENT: Final = BookSpec(
    kind=BookKind.ACCIDENT,
    title="事故登记簿",
    fields=(
        day("happened_on", "事故日期", heads=("日期", "发生日期", "发生时间", "事故时间")),
        FieldSpec(
            key="works",
            label="工程类别",
            type=FieldType.CHOICE,
            is_required=True,
            choices=WORKS,
            aliases=(("小散工程", "small_work"), ("小微工程", "small_work"), ("限额以上", "above_limit")),
            heads=("工程类型", "类别", "作业类别"),
        ),
        FieldSpec(
            key="type",
            label="事故类型",
            type=FieldType.CHOICE,
            is_required=True,
            choices=TYPES_OF_ACCIDENT,
            aliases=(("高坠", "fall"), ("高空坠落", "fall"), ("中毒窒息", "poisoning"), ("机械", "machinery")),
            heads=("事故类别", "类型"),
        ),
        community(),
        place("事故地点", heads=("地点", "发生地点", "地址")),
        FieldSpec(
            key="is_registered",
            label="已登记",
            type=FieldType.YES_NO,
            is_required=True,
            help="事故发生时是否已经登记",
            heads=("是否登记", "是否备案"),
        ),
        filing(help_text="已登记的填编号"),
        FieldSpec(
            key="dead", label="死亡", type=FieldType.COUNT, unit="人", is_required=True, heads=("死亡人数", "死亡数")
        ),
        FieldSpec(
            key="injured",
            label="受伤",
            type=FieldType.COUNT,
            unit="人",
            is_required=True,
            heads=("受伤人数", "伤者", "受伤数"),
        ),
        FieldSpec(
            key="loss", label="直接经济损失", type=FieldType.MONEY, unit="元", heads=("经济损失", "损失", "损失金额")
        ),
        FieldSpec(
            key="state",
            label="调查状态",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(("reported", "已上报"), ("investigating", "调查中"), ("closed", "已结案")),
            heads=("状态", "调查情况"),
        ),
        FieldSpec(
            key="report_document",
            label="调查报告",
            type=FieldType.TEXT,
            help="调查报告的名称、文号或存放处",
            heads=("调查报告文号", "报告"),
        ),
        FieldSpec(
            key="summary",
            label="经过和原因",
            type=FieldType.LONG_TEXT,
            is_required=True,
            help="不写伤亡人员的姓名和证件号码",
            heads=("事故经过", "简要经过", "原因"),
        ),
        FieldSpec(
            key="measures",
            label="处置和防范措施",
            type=FieldType.LONG_TEXT,
            help="善后处置、信访稳控、整改要求",
            heads=("措施", "防范措施", "善后处置"),
        ),
        FieldSpec(
            key="result",
            label="处理结果",
            type=FieldType.LONG_TEXT,
            help="结案时填",
            heads=("结案情况", "处理情况"),
        ),
    ),
    columns=("happened_on", "works", "type", "community", "place", "dead", "injured", "loss", "state"),
    empty="没有事故记录。发生事故后先记一条“已上报”，调查结案后改为“已结案”。",
)

ACCIDENT_TOTAL: Final = BookSpec(
    kind=BookKind.ACCIDENT_TOTAL,
    title="全部事故数登记簿",
    fields=(
        day("first_on", "起日", heads=("开始日期", "期间起", "统计起日")),
        FieldSpec(
            key="last_on",
            label="止日",
            type=FieldType.DAY,
            is_required=True,
            heads=("结束日期", "期间止", "统计止日"),
        ),
        FieldSpec(
            key="field",
            label="范围",
            type=FieldType.TEXT,
            is_required=True,
            help="如：全区建设领域",
            heads=("领域", "统计范围"),
        ),
        FieldSpec(
            key="accidents",
            label="事故总数",
            type=FieldType.COUNT,
            unit="起",
            is_required=True,
            heads=("事故数", "事故起数", "起数"),
        ),
        FieldSpec(key="dead", label="死亡总数", type=FieldType.COUNT, unit="人", heads=("死亡", "死亡人数")),
        FieldSpec(
            key="source",
            label="数据来源",
            type=FieldType.TEXT,
            is_required=True,
            help="提供数字的部门和文件",
            heads=("来源", "提供单位"),
        ),
        organisation("填报单位", heads=("单位",)),
        community(),
    ),
    columns=("first_on", "last_on", "field", "accidents", "dead", "source"),
    empty="还没有全部事故数。应急部门提供的总数记在这里，用来计算小型工程和零星作业事故的占比。",
)
