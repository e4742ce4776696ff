"""Troubles with sheets of other people, in the clerk's words and with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

Details = Mapping[str, object]
_Say = Callable[[Details], tuple[str, str]]
_SAVE_AS: Final = "请用 Excel 或者 WPS 打开，另存为“Excel 工作簿（*.xlsx）”，再选那个文件。"


def _most(details: Details) -> str:
    most = details.get("most")
    return f"{most:,}" if isinstance(most, int) else ""


SHEET_TROUBLES: Final[Mapping[str, _Say]] = {
    "sheet_protected": lambda _d: (
        "这个文件设了打开密码，读不出内容。",
        "请用 Excel 打开，去掉密码后另存一份，再选那个文件。",
    ),
    "sheet_old_format": lambda d: (f"这个文件其实是旧的 .{d.get('kind', 'xls')} 格式，不能直接读取。", _SAVE_AS),
    "sheet_web_page": lambda _d: ("这个文件其实是网页，不是 Excel 工作簿。", _SAVE_AS),
    "sheet_other_format": lambda d: (
        f"这个文件是{d.get('kind', '别的格式')}，不是表格。",
        "请选 .xlsx 或者 .csv 文件。",
    ),
    "sheet_encoding": lambda _d: (
        "这个文件的文字编码认不出来。",
        "请用 Excel 打开，另存为“CSV UTF-8”或者“Excel 工作簿”，再选那个文件。",
    ),
    "sheet_too_large": lambda _d: (
        "这个表格展开后太大，没有读取。",
        "请删去空白的行列、图片和多余的合并单元格，或者按年份分成几个文件。",
    ),
    "sheet_too_many_rows": lambda d: (f"表格有内容的行超过 {_most(d)} 行，没有读取。", "请按年份分成几个文件。"),
    "sheet_too_wide": lambda d: (f"表格有内容的列超过 {_most(d)} 列，没有读取。", "请删去与台账无关的列。"),
    "sheet_empty": lambda d: (f"工作表“{d.get('sheet', '')}”是空的。", "请选别的工作表。"),
    "no_such_sheet": lambda d: (f"文件里没有工作表“{d.get('sheet', '')}”。", "请重新选文件。"),
    "sheet_changed": lambda _d: ("检查之后文件改动过，没有导入任何内容。", "请再检查一次，然后导入。"),
    "sheet_rows_faulty": lambda d: (
        f"有 {d.get('count', '')} 行有误，没有导入任何内容。",
        "请改好再导入，或者选“只导入没有错误的行”。",
    ),
    "nothing_to_import": lambda _d: ("没有可以导入的行，台账没有改动。", "请看每一行要改的地方，改好后再导入。"),
}
