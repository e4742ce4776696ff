"""Old ledgers as offices keep them, built with openpyxl; every name, number and phone is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook

from tests.factories import COMPANY_CODE, PERSON_ID

OLD_NUMBER: Final = "旧备字"  # what the numbers of the former ledger begin with
HEADINGS: Final = (
    "序号",
    "备案编号",
    "工程名称",
    "所属社区",
    "施工地址",
    "业主",
    "联系电话",
    "身份证号",
    "施工单位",
    "统一社会信用代码",
    "工程造价（万元）",
    "面积",
    "类型",
    "类别",
    "是否高风险",
    "备案日期",
    "有效期",
    "完工日期",
    "状态",
    "旧系统批次",
)
PLAIN: Final[tuple[Any, ...]] = (
    1,
    "旧备字001号",
    "坪安路9号商铺装修",
    "坪安",
    "坪安社区坪安路9号",
    "陈小满",
    "１３８００００２７１９",
    PERSON_ID,
    "深圳市匠新装饰工程有限公司",
    COMPANY_CODE,
    "12.5万元",
    "80㎡",
    "小散工程",
    "零星翻新",
    "否",
    "2024.3.1",
    "2024年5月31日",
    "",
    "在建",
    "B7",
)


def old_line(**changes: Any) -> tuple[Any, ...]:
    """Give one line; the names of the changes are headings."""
    values = dict(zip(HEADINGS, PLAIN, strict=True))
    unknown = set(changes) - set(values)
    assert not unknown, unknown
    return tuple({**values, **changes}.values())


def lines(count: int, *, first: int = 1) -> list[tuple[Any, ...]]:
    """Give several lines with numbers of their own."""
    return [
        old_line(序号=place, 备案编号=f"{OLD_NUMBER}{place:05}号", 工程名称=f"坪安路{place}号商铺装修")
        for place in range(first, first + count)
    ]


def plain_sheet(file: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write a sheet with one line of headings."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "台账"
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(list(row))
    workbook.save(file)
    return file


def messy_sheet(file: Path) -> Path:
    """Write what offices really keep: titles, two lines of headings, merged cells, totals, blank lines, mixed forms."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "2024年台账"
    sheet.append(["某街道小散工程和零星作业备案台账"])
    sheet.merge_cells("A1:L1")
    sheet.append(["填报单位：安全办", "", "", "", "", "", "", "", "单位：万元"])
    sheet.append(
        [
            "序号",
            "备案编号",
            "工程名称",
            "社区",
            "地址",
            "建设单位",
            "",
            "施工单位",
            "",
            "造价（万元）",
            "备案时间",
            "状态",
        ]
    )
    sheet.append(["", "", "", "", "", "名称", "联系电话", "名称", "联系电话", "", "", ""])
    for letter in "ABCDEJKL":
        sheet.merge_cells(f"{letter}3:{letter}4")
    sheet.merge_cells("F3:G3")
    sheet.merge_cells("H3:I3")
    first = [1, "安备〔2024〕1号", "新禾路1号厂房内装修", "坪安", "新禾路1号", "陈小满", 13800002719]
    sheet.append([*first, "深圳市匠新装饰工程有限公司", "0755-26000000", 35.5, date(2024, 3, 1), "已注销"])
    sheet.append([2, "安备〔2024〕2号", "新禾路2号雨棚安装", "", "新禾路2号", "林知远", "１３８００００３３４４"])
    sheet["H6"], sheet["J6"], sheet["K6"], sheet["L6"] = "同上", "８，０００元", "2024年3月5日", "在建"
    sheet.merge_cells("D5:D6")
    sheet.append([])
    sheet.append(["小计", "", "", "", "", "", "", "", "", 36.3])
    sheet.append(["新禾社区"] * 1 + [""] * 11)
    sheet.merge_cells("A9:L9")
    sheet.append(
        [
            3,
            "安备〔2024〕3号",
            "新禾街3号招牌更换",
            "新禾社区",
            "新禾街3号",
            "周望",
            "",
            "自然人周望",
            "",
            "1,2",
            20240312,
            "在建",
        ]
    )
    sheet.append(
        [4, "安备〔2024〕4号", "新禾街4号外墙清洗", "新禾社区", "新禾街4号", "何平", "", "", "", 2, "3月15日", "在建"]
    )
    sheet.append(["合  计", "", "", "", "", "", "", "", "", 38])
    sheet.append(["填表人：某某", "", "", "", "审核人：某某"])
    workbook.save(file)
    return file
