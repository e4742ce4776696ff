"""What keys do on the page 统计 and in what it opens."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec

_TABS: Final = "各栏"
_DASHBOARD: Final = "总览"
_REPORTS: Final = "报表"
_ISSUED: Final = "已出报表"
_QUALITY: Final = "数据质量"


def _statistics(key: str, text: str, shortcut: str, part: str = "", *also: str) -> ActionSpec:
    return ActionSpec(key=f"statistics.{key}", neutral=text, shortcut=shortcut, page="statistics", part=part, also=also)


def _dialog(page: str, key: str, text: str, shortcut: str, *also: str) -> ActionSpec:
    return ActionSpec(key=f"{page}.{key}", neutral=text, shortcut=shortcut, page=page, also=also)


STATISTICS: Final[tuple[ActionSpec, ...]] = (
    _statistics("open", "列出光标所在数字的明细", "Enter"),
    _statistics("earlier", "前一期", "Alt+Left"),
    _statistics("later", "后一期", "Alt+Right"),
    _statistics("period", "到期间一栏：← → 前后，1 至 7 选日、周、月、季、半年、年、起止", "Alt+Q"),
    _statistics("tab_dashboard", "总览", "Alt+1", _TABS),
    _statistics("tab_reports", "报表", "Alt+2", _TABS),
    _statistics("tab_books", "登记簿", "Alt+3", _TABS),
    _statistics("tab_evaluation", "专项评价", "Alt+4", _TABS),
    _statistics("tab_issued", "已出报表", "Alt+5", _TABS),
    _statistics("tab_quality", "数据质量", "Alt+6", _TABS),
    _statistics("dashboard_anew", "重新统计", "F5", _DASHBOARD),
    _statistics("dashboard_report", "看这一期的报表", "F9", _DASHBOARD),
    _statistics("definition", "选报表", "F2", _REPORTS),
    _statistics("anew", "重新统计", "F5", _REPORTS),
    _statistics("as_of", "截至以前某一时点", "F4", _REPORTS),
    _statistics("within", "限定社区、类别等范围", "F6", _REPORTS),
    _statistics("tables", "到各表的目录", "F7", _REPORTS),
    _statistics("texts", "写说明文字", "F8", _REPORTS),
    _statistics("print", "预览、出报表并打印", "Ctrl+P", _REPORTS),
    _statistics("workbook", "存为 Excel", "Ctrl+E", _REPORTS),
    _statistics("keep", "存为常用报表", "Ctrl+S", _REPORTS),
    _statistics("forget", "去掉选中的常用报表", "Ctrl+Delete", _REPORTS),
    _statistics("issued_look", "查看、补打选中的报表", "Ctrl+P", _ISSUED),
    _statistics("compare", "与现在的台账核对，列出补录和变化", "F9", _ISSUED),
    _statistics("issued_workbook", "存为 Excel", "Ctrl+E", _ISSUED),
    _statistics("quality_anew", "重新检查", "F5", _QUALITY),
    _dialog("statistics_rows", "open", "打开选中的一条", "Ctrl+O"),
    _dialog("statistics_rows", "more", "再列一些", "Ctrl+M"),
    _dialog("statistics_rows", "find", "在列出的条目中查找", "Ctrl+F"),
)
