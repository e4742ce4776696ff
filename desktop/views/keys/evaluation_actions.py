"""What keys do in the part 专项评价 of the page 统计, and in what it opens."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec

_PART: Final = "专项评价"


def _evaluation(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"evaluation.{key}", neutral=text, shortcut=shortcut, page="statistics", part=_PART)


def _dialog(page: str, key: str, text: str, shortcut: str, *also: str) -> ActionSpec:
    return ActionSpec(key=f"{page}.{key}", neutral=text, shortcut=shortcut, page=page, also=also)


EVALUATION: Final[tuple[ActionSpec, ...]] = (
    _evaluation("new", "开展新的一轮", "Insert"),
    _evaluation("organisation", "选中单位的评价表", "F2"),
    _evaluation("handed_in", "记自评报告收到、实地评价日", "F6"),
    _evaluation("draw", "抽取实地评价的单位", "F8"),
    _evaluation("appoint", "指定实地评价的单位，写明理由", "Shift+F8"),
    _evaluation("project", "记现场抽查的项目", "F7"),
    _evaluation("follow_up", "记选中的改进措施完成", "F9"),
    _evaluation("read_in", "读入填好的评价表（Excel）", "Ctrl+I"),
    _evaluation("template", "存出要填的评价表（Excel）", "Ctrl+B"),
    _evaluation("give_out", "整轮存为 Excel", "Ctrl+E"),
    _evaluation("print", "汇总、整改跟踪、自评报告等，查看和打印", "Ctrl+P"),
    _evaluation("items", "评价表的内容和分值", "F4"),
    _evaluation("close", "结束这一轮", "Ctrl+Delete"),
    _dialog("evaluation_items", "add", "加一项", "Insert"),
    _dialog("evaluation_items", "remove", "去掉选中的一项", "Ctrl+Delete"),
    _dialog("evaluation_items", "shipped", "改回自带的评价表", "Ctrl+T"),
    _dialog("evaluation_project", "add", "再加一条问题", "Ctrl+Enter", "Ctrl+Return"),
    _dialog("evaluation_organisation", "print", "这个单位的评价表，查看和打印", "Ctrl+P"),
)
