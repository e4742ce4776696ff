"""Registers of what is to be read: rule documents and typical cases.  Pure data."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import BookKind, BookSpec, FieldSpec, FieldType
from desktop.domain.book_fields import community, day, organisation

SUBJECTS_OF_RULES: Final = (
    ("survey", "排摸"),
    ("patrol", "巡查"),
    ("daily", "日常监管"),
    ("approval", "审批"),
    ("money", "资金"),
    ("registration", "登记备案"),
    ("technical", "施工技术"),
    ("enforcement", "执法"),
    ("emergency", "应急处置"),
    ("other", "其他"),
)

LIBRARY: Final = BookSpec(
    kind=BookKind.LIBRARY,
    title="制度文件登记簿",
    fields=(
        FieldSpec(
            key="kind",
            label="文件类型",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(
                ("guide", "登记巡查指引"),
                ("technical", "技术指引"),
                ("enforcement", "执法指引"),
                ("rule", "管理制度"),
                ("notice", "通知"),
                ("other", "其他"),
            ),
            heads=("类型", "类别"),
        ),
        FieldSpec(
            key="title", label="文件名称", type=FieldType.TEXT, is_required=True, heads=("名称", "标题", "文件标题")
        ),
        FieldSpec(
            key="subjects",
            label="涉及事项",
            type=FieldType.SEVERAL,
            choices=SUBJECTS_OF_RULES,
            help="可以选几项，专项评价按事项查找制度",
            heads=("事项", "内容"),
        ),
        FieldSpec(
            key="issuer",
            label="发文单位",
            type=FieldType.TEXT,
            is_required=True,
            heads=("制定单位", "发布单位", "印发单位"),
        ),
        FieldSpec(key="document_number", label="文号", type=FieldType.TEXT, heads=("发文字号", "文件编号")),
        day("issued_on", "印发日期", heads=("日期", "发文日期", "发布日期", "成文日期")),
        FieldSpec(key="version", label="版本", type=FieldType.TEXT, help="如：2026 年修订", heads=("版次",)),
        FieldSpec(
            key="state",
            label="效力",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(("in_force", "现行有效"), ("withdrawn", "已废止")),
            heads=("状态", "是否有效"),
        ),
        FieldSpec(
            key="withdrawn_on",
            label="废止日期",
            type=FieldType.DAY,
            may_be_ahead=True,
            help="已废止的填；到期失效的填到期日",
            heads=("失效日期",),
        ),
        community(),
    ),
    columns=("issued_on", "kind", "title", "issuer", "document_number", "version", "state"),
    empty="还没有制度文件。部门印发的指引、本街道的管理制度记在这里，旧版标为已废止。",
)

TYPICAL_CASE: Final = BookSpec(
    kind=BookKind.TYPICAL_CASE,
    title="典型案例登记簿",
    fields=(
        day("published_on", "发布日期", heads=("日期", "时间", "印发日期")),
        FieldSpec(
            key="title", label="案例名称", type=FieldType.TEXT, is_required=True, heads=("名称", "标题", "案例标题")
        ),
        organisation("发布单位", heads=("单位", "印发单位")),
        FieldSpec(key="source", label="来源", type=FieldType.TEXT, help="如：本街道查处、区通报", heads=("案例来源",)),
        FieldSpec(
            key="filing",
            label="登记编号",
            type=FieldType.FILING,
            help="本台账的案例填编号；印发的摘要不写编号、姓名和门牌",
            heads=("登记件", "工程编号"),
        ),
        community(),
        FieldSpec(
            key="summary",
            label="案情摘要",
            type=FieldType.LONG_TEXT,
            is_required=True,
            help="写经过、违反的规定和处理结果，不写姓名、电话和门牌",
            heads=("摘要", "内容", "案情"),
        ),
        FieldSpec(key="lesson", label="警示要点", type=FieldType.LONG_TEXT, heads=("教训", "启示")),
    ),
    columns=("published_on", "title", "source", "organisation", "community"),
    empty="还没有典型案例。查处的典型问题写成摘要，可以打印后发给企业和社区。",
)
