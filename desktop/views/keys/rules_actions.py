"""What keys do on the tab 规则 of the settings and in what it opens."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec


def _rules(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"rules.{key}", neutral=text, shortcut=shortcut, page="admin", part="规则")


def _dialog(page: str, key: str, text: str, shortcut: str, *also: str) -> ActionSpec:
    return ActionSpec(key=f"{page}.{key}", neutral=text, shortcut=shortcut, page=page, also=also)


RULES: Final[tuple[ActionSpec, ...]] = (
    _rules("fill", "补齐待填项，存为新版本", "F6"),
    _rules("draft", "由选中的版本起草新版本", "Insert"),
    _rules("edit", "修改选中的草稿", "F2"),
    _rules("compare", "比较两个版本，逐条看改了什么", "F3"),
    _rules("papers", "文书样张：选中版本的文书，看用语", "F4"),
    _rules("dry_run", "试算：在以前的登记上看会有什么变化", "F5"),
    _rules("submit", "提交复核", "F7"),
    _rules("recall", "收回提交的版本", "Shift+F7"),
    _rules("decide", "复核选中的版本", "F9"),
    _rules("send_back", "退回，写明理由", "F8"),
    _rules("withdraw", "撤回尚未施行的版本", "Shift+F8"),
    _rules("give_out", "导出为签名文件，供其他单位导入", "Ctrl+E"),
    _rules("take", "导入签名文件或者规则文件", "Ctrl+I"),
    _rules("discard", "删除草稿", "Ctrl+Delete"),
    _dialog("rules_gaps", "save", "存为新版本并提交复核", "Ctrl+S"),
    _dialog("rules_gaps", "adopt", "把光标所在项的建议抄入，仍是未核实", "Alt+J"),
    _dialog("rules_gaps", "add", "清单再加一类", "Ctrl+Enter", "Ctrl+Return"),
    _dialog("rules_gaps", "remove", "去掉光标所在的一类", "Ctrl+Delete"),
    _dialog("rules_comparison", "sides", "换比较的版本", "F4"),
    _dialog("rules_comparison", "copy", "复制全部差异", "Ctrl+Shift+C"),
    _dialog("rules_comparison", "save", "存为 PDF", "Ctrl+S"),
    _dialog("rules_comparison", "print", "打印", "Ctrl+P"),
    _dialog("rules_decision", "bind", "复核，自施行日起适用", "F9"),
    _dialog("rules_decision", "send_back", "退回修改", "F8"),
    _dialog("rules_decision", "dry_run", "试算", "F5"),
    _dialog("rules_editor", "check", "检查全部内容", "F9"),
    _dialog("rules_editor", "faults", "到错误清单", "F8"),
    _dialog("rules_editor", "submit", "提交复核", "F7"),
    _dialog("rules_editor", "parts", "到下一栏：章节、条目、内容", "F6"),
    _dialog("rules_editor", "head", "到版本号、施行日期、修改说明", "F4"),
    _dialog("rules_editor", "compare", "与原版本比较", "F3"),
    _dialog("rules_editor", "find", "在本节条目中查找", "Ctrl+F"),
    _dialog("rules_editor", "add", "加一条", "Insert"),
    _dialog("rules_editor", "copy", "复制选中的一条", "Ctrl+D"),
    _dialog("rules_editor", "remove", "删去选中的一条", "Ctrl+Delete"),
    _dialog("rules_editor", "earlier", "上移选中的一条", "Alt+Up"),
    _dialog("rules_editor", "later", "下移选中的一条", "Alt+Down"),
    _dialog("rules_editor", "save", "存盘（平时自动保存）", "Ctrl+S"),
)
