"""Registers of training, publicity and what the public says.  Pure data."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import BookKind, BookSpec, FieldSpec, FieldType
from desktop.domain.book_fields import community, day, organisation, place

KINDS_OF_ACTIVITY: Final = (
    ("training", "培训"),
    ("publicity", "宣传"),
    ("warning", "警示教育"),
    ("drill", "应急演练"),
    ("case_study", "案例研讨"),
    ("media", "媒体宣传"),
)
LEVELS: Final = (
    ("district", "区"),
    ("street", "街道"),
    ("community", "社区"),
    ("property", "物业服务企业"),
    ("department", "部门"),
)

ACTIVITY: Final = BookSpec(
    kind=BookKind.ACTIVITY,
    title="宣传培训登记簿",
    fields=(
        FieldSpec(
            key="kind",
            label="活动类型",
            type=FieldType.CHOICE,
            is_required=True,
            choices=KINDS_OF_ACTIVITY,
            aliases=(("培训教育", "training"), ("安全培训", "training"), ("演练", "drill"), ("媒体", "media")),
            heads=("类型", "活动类别", "类别"),
        ),
        day("happened_on", "活动日期", heads=("日期", "时间", "活动时间", "培训日期", "宣传日期")),
        FieldSpec(
            key="level",
            label="组织层级",
            type=FieldType.CHOICE,
            is_required=True,
            choices=LEVELS,
            aliases=(("区级", "district"), ("街道级", "street"), ("社区级", "community"), ("物业", "property")),
            help="区一级每年都应组织培训",
            heads=("层级", "级别"),
        ),
        organisation("主办单位", heads=("组织单位", "单位", "举办单位")),
        FieldSpec(
            key="topic",
            label="主题",
            type=FieldType.TEXT,
            is_required=True,
            heads=("内容", "活动主题", "活动名称", "培训内容"),
        ),
        community(),
        place("活动地点", heads=("地点", "培训地点")),
        FieldSpec(
            key="audience",
            label="参加对象",
            type=FieldType.TEXT,
            help="如：网格员、物业管理人员、装修工人",
            heads=("对象", "培训对象"),
        ),
        FieldSpec(
            key="persons",
            label="参加人次",
            type=FieldType.COUNT,
            unit="人次",
            heads=("人次", "人数", "参加人数", "培训人次"),
        ),
        FieldSpec(
            key="materials",
            label="发放资料",
            type=FieldType.TEXT,
            help="如：宣传折页、海报、手册",
            heads=("资料", "宣传资料", "资料名称"),
        ),
        FieldSpec(
            key="copies",
            label="发放份数",
            type=FieldType.COUNT,
            unit="份",
            heads=("份数", "资料份数", "印发份数"),
        ),
        FieldSpec(
            key="channel",
            label="媒体或渠道",
            type=FieldType.TEXT,
            help="媒体宣传填媒体名称，如公众号、电视、社区广播",
            heads=("媒体", "渠道", "宣传渠道", "媒体名称"),
        ),
        FieldSpec(
            key="reach",
            label="覆盖人数",
            type=FieldType.COUNT,
            unit="人",
            heads=("覆盖", "阅读量", "覆盖人次"),
        ),
        FieldSpec(key="note", label="备注", type=FieldType.LONG_TEXT),
    ),
    columns=("happened_on", "kind", "level", "topic", "organisation", "community", "persons", "copies", "reach"),
    empty="还没有宣传培训记录。每次培训、宣传、警示教育或演练之后记一条，也可以导入 Excel。",
)

ATTENDANCE: Final = BookSpec(
    kind=BookKind.ATTENDANCE,
    title="企业和工匠参训登记簿",
    fields=(
        day("held_on", "培训日期", heads=("日期", "时间", "培训时间")),
        FieldSpec(
            key="topic", label="培训内容", type=FieldType.TEXT, is_required=True, heads=("内容", "主题", "培训主题")
        ),
        FieldSpec(
            key="firm",
            label="企业或工匠",
            type=FieldType.FIRM,
            is_required=True,
            help="填统一社会信用代码，或者与名录相同的名称",
            heads=("企业", "企业名称", "施工单位", "单位名称", "工匠", "姓名", "统一社会信用代码"),
        ),
        FieldSpec(key="persons", label="参训人数", type=FieldType.COUNT, unit="人", heads=("人数", "参加人数", "人次")),
        FieldSpec(
            key="result", label="考核结果", type=FieldType.TEXT, help="如：合格、补考后合格", heads=("结果", "成绩")
        ),
        organisation("培训单位", heads=("组织单位", "主办单位", "单位")),
        community(),
    ),
    columns=("held_on", "firm", "topic", "persons", "result", "organisation"),
    empty="还没有参训记录。企业、工匠参加安全培训后记一条，名录的企业页上也能看到。",
)

SURVEY: Final = BookSpec(
    kind=BookKind.SURVEY,
    title="公众评价登记簿",
    fields=(
        FieldSpec(
            key="kind",
            label="方式",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(("visit", "实地走访"), ("meeting", "座谈会"), ("questionnaire", "问卷调查")),
            heads=("调查方式", "形式"),
        ),
        day("happened_on", "调查日期", heads=("日期", "时间")),
        organisation("调查单位", heads=("单位", "组织单位")),
        community(),
        FieldSpec(
            key="asked",
            label="询问人数",
            type=FieldType.COUNT,
            unit="人",
            is_required=True,
            heads=("人数", "调查人数", "有效问卷", "回收份数"),
        ),
        FieldSpec(
            key="aware",
            label="知晓人数",
            type=FieldType.COUNT,
            unit="人",
            help="知道需要登记的人数；没有问就留空",
            heads=("知晓", "知道人数"),
        ),
        FieldSpec(
            key="satisfied",
            label="满意人数",
            type=FieldType.COUNT,
            unit="人",
            help="没有问就留空",
            heads=("满意", "满意份数"),
        ),
        FieldSpec(key="opinions", label="主要意见", type=FieldType.LONG_TEXT, heads=("意见", "意见建议", "建议")),
    ),
    columns=("happened_on", "kind", "organisation", "community", "asked", "aware", "satisfied"),
    empty="还没有公众评价记录。走访、座谈、问卷之后记一条，知晓率和满意率由此得出。",
)
