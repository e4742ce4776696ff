"""What keys do on the page 巡查."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec

_ENTRY: Final = "录入巡查"
_LOOK: Final = "检查表和隐患"
_HAZARDS: Final = "隐患"
_FOUND: Final = "未登记工地"
_TRANSFERS: Final = "移交"
_REPORTS: Final = "投诉举报"
_TABS: Final = "各栏"


def _patrol(key: str, text: str, shortcut: str, part: str, *also: str) -> ActionSpec:
    return ActionSpec(key=f"patrol.{key}", neutral=text, shortcut=shortcut, page="patrol", part=part, also=also)


PATROL: Final[tuple[ActionSpec, ...]] = (
    _patrol("in_order", "未发现问题，保存，下一处", "Ctrl+Enter", _ENTRY, "Ctrl+Return"),
    _patrol("save", "保存本条，有隐患的一并出整改通知", "F9", _ENTRY),
    _patrol("site", "到工地一栏", "Ctrl+G", _ENTRY),
    _patrol("checks", "到检查表", "F2", _ENTRY),
    _patrol("road", "没有工地，记道路、小区", "F3", _ENTRY),
    _patrol("found", "发现没有登记的工地", "F4", _ENTRY),
    _patrol("details", "旁站、进场核查、首次检查的内容", "F5", _ENTRY),
    _patrol("hazard", "加一条隐患", "F6", _ENTRY),
    _patrol("photos", "添加照片", "F7", _ENTRY),
    _patrol("clear", "清空本条", "F8", _ENTRY),
    _patrol("day", "到当天清单", "Ctrl+J", _ENTRY),
    _patrol("paper", "打印清单中选中的巡查记录", "Ctrl+P", _ENTRY),
    _patrol("import", "导入一天的 Excel 表", "Ctrl+I", _ENTRY),
    _patrol("template", "存一份空白的 Excel 表", "Ctrl+T", _ENTRY),
    _patrol("check_in_order", "符合", "1", _LOOK, "Space"),
    _patrol("check_failed", "不符合，记一条隐患", "2", _LOOK),
    _patrol("check_not_applicable", "不涉及", "3", _LOOK),
    _patrol("hazard_off", "去掉一条隐患", "Delete", _LOOK),
    _patrol("hazard_feedback", "施工单位反馈已整改", "F2", _HAZARDS),
    _patrol("hazard_notice", "出整改通知", "F3", _HAZARDS),
    _patrol("hazard_passed", "复查合格，销项", "F4", _HAZARDS),
    _patrol("hazard_transfer", "移交、上报文书", "F5", _HAZARDS),
    _patrol("hazard_failed", "复查不合格", "F6", _HAZARDS),
    _patrol("hazard_photos", "加整改前的照片", "F7", _HAZARDS),
    _patrol("hazard_refused", "拒不整改", "F8", _HAZARDS),
    _patrol("hazard_stopped", "停工整改", "F9", _HAZARDS),
    _patrol("hazard_resumed", "同意复工", "Shift+F9", _HAZARDS),
    _patrol("hazard_term", "调整期限", "Ctrl+T", _HAZARDS),
    _patrol("hazard_measures", "记又采取的措施", "Shift+F2", _HAZARDS),
    _patrol("hazard_materials", "要求补材料", "Shift+F3", _HAZARDS),
    _patrol("hazard_supervised", "督办", "Ctrl+U", _HAZARDS),
    _patrol("hazard_reported", "记已上报", "Ctrl+R", _HAZARDS),
    _patrol("hazard_escalated", "提级管理", "Ctrl+E", _HAZARDS),
    _patrol("hazard_lifted", "解除提级", "Shift+F6", _HAZARDS),
    _patrol("hazard_withdrawn", "撤回误记", "Ctrl+Delete", _HAZARDS),
    _patrol("hazard_conduct", "列入不良档案，表单按经过填好", "Ctrl+B", _HAZARDS),
    _patrol("hazard_papers", "看文书", "Ctrl+P", _HAZARDS),
    _patrol("hazard_site", "看一件一档", "Ctrl+O", _HAZARDS),
    _patrol("found_new", "记一处", "Insert", _FOUND),
    _patrol("found_urge", "督促登记", "F2", _FOUND),
    _patrol("found_patrol", "记一次巡查", "F4", _FOUND),
    _patrol("found_report", "上报执法", "F5", _FOUND),
    _patrol("found_refuse", "拒不登记", "F8", _FOUND),
    _patrol("found_register", "转受理，填好已知内容", "F9", _FOUND),
    _patrol("found_link", "关联登记件", "Ctrl+R", _FOUND),
    _patrol("found_dismiss", "无需登记", "Ctrl+Delete", _FOUND),
    _patrol("found_papers", "看文书", "Ctrl+P", _FOUND),
    _patrol("transfer_received", "对方已接收", "F2", _TRANSFERS),
    _patrol("transfer_progress", "处理中", "F3", _TRANSFERS),
    _patrol("transfer_reminded", "催办", "F6", _TRANSFERS),
    _patrol("transfer_joint", "会同排险", "F7", _TRANSFERS),
    _patrol("transfer_replied", "对方反馈", "F9", _TRANSFERS),
    _patrol("transfer_papers", "看文书", "Ctrl+P", _TRANSFERS),
    _patrol("transfer_site", "看一件一档", "Ctrl+O", _TRANSFERS),
    _patrol("transfer_register", "移交登记簿，打印或者存为 Excel", "Ctrl+R", _TRANSFERS),
    _patrol("report_new", "接收一件", "Insert", _REPORTS),
    _patrol("report_assign", "交办", "F2", _REPORTS),
    _patrol("report_found", "记为未登记工地", "F3", _REPORTS),
    _patrol("report_patrol", "记一次巡查", "F4", _REPORTS),
    _patrol("report_transfer", "移送其他机构", "F5", _REPORTS),
    _patrol("report_verify", "核查结果", "F6", _REPORTS),
    _patrol("report_reward", "举报奖励", "F7", _REPORTS),
    _patrol("report_answer", "答复", "F9", _REPORTS),
    _patrol("report_link", "关联工地", "Ctrl+R", _REPORTS),
    _patrol("report_who", "看举报人，须写明用途", "Ctrl+H", _REPORTS),
    _patrol("report_papers", "看登记单", "Ctrl+P", _REPORTS),
    _patrol("tab_entry", "巡查", "Alt+1", _TABS),
    _patrol("tab_hazards", "隐患", "Alt+2", _TABS),
    _patrol("tab_found", "未登记工地", "Alt+3", _TABS),
    _patrol("tab_transfers", "移交", "Alt+4", _TABS),
    _patrol("tab_reports", "投诉举报", "Alt+5", _TABS),
    _patrol("find", "查找", "Ctrl+F", _TABS),
    _patrol("open", "打开选中的一条", "Enter", _TABS),
)
