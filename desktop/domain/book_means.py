"""Registers of what upholds the work: money and supervision from above.  Pure data."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import BookKind, BookSpec, FieldSpec, FieldType
from desktop.domain.book_fields import community, day, organisation

FUND: Final = BookSpec(
    kind=BookKind.FUND,
    title="专项工作经费登记簿",
    fields=(
        day("year_from", "起算日期", heads=("日期", "下达日期", "拨付日期"), may_be_ahead=True),
        FieldSpec(
            key="year",
            label="经费年度",
            type=FieldType.COUNT,
            unit="年",
            is_required=True,
            help="如 2026",
            heads=("年度", "年份"),
        ),
        FieldSpec(
            key="amount",
            label="金额",
            type=FieldType.MONEY,
            unit="元",
            is_required=True,
            help="可写“695万元”",
            heads=("经费", "经费金额", "落实金额"),
        ),
        FieldSpec(key="purpose", label="用途", type=FieldType.TEXT, is_required=True, heads=("项目", "经费用途")),
        FieldSpec(key="document", label="依据文件", type=FieldType.TEXT, help="下达经费的文件", heads=("文号", "文件")),
        organisation("使用单位", heads=("单位",)),
        community(),
    ),
    columns=("year", "year_from", "amount", "purpose", "organisation", "document"),
    empty="还没有经费记录。每笔专项工作经费下达后记一条。",
)

SUPERVISION: Final = BookSpec(
    kind=BookKind.SUPERVISION,
    title="督导检查登记簿",
    fields=(
        day("happened_on", "督导日期", heads=("日期", "检查日期", "督查日期")),
        FieldSpec(
            key="kind",
            label="督导类型",
            type=FieldType.CHOICE,
            is_required=True,
            choices=(("special", "专项督导"), ("routine", "日常督导")),
            heads=("类型", "检查类型"),
        ),
        FieldSpec(key="body", label="督导单位", type=FieldType.TEXT, is_required=True, heads=("检查单位", "督查单位")),
        FieldSpec(
            key="inspected",
            label="受督导单位",
            type=FieldType.TEXT,
            is_required=True,
            heads=("被检查单位", "受检单位", "被督查单位"),
        ),
        FieldSpec(key="subject", label="督导内容", type=FieldType.TEXT, is_required=True, heads=("内容", "检查内容")),
        community(),
        FieldSpec(key="findings", label="发现问题", type=FieldType.LONG_TEXT, heads=("问题", "存在问题")),
        FieldSpec(key="demand", label="整改要求", type=FieldType.LONG_TEXT, heads=("要求", "处理意见")),
        FieldSpec(key="due_on", label="整改期限", type=FieldType.DAY, may_be_ahead=True, heads=("期限", "限期")),
        FieldSpec(key="done_on", label="整改完成日期", type=FieldType.DAY, heads=("完成日期", "销项日期")),
    ),
    columns=("happened_on", "kind", "body", "inspected", "subject", "due_on", "done_on"),
    empty="还没有督导记录。上级来督导、本街道去督导之后记一条，整改完成后补填日期。",
)
