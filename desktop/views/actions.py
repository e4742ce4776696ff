"""One table of everything a key does: the pages bind from it, F1, hints and tests read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

ANYWHERE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing a key does.

    ``page`` is the key of the page it belongs to, empty for everywhere; ``part`` the part of the page where the key
    means this, empty for the whole page; ``also`` other keys that do the same.
    """

    key: str
    text: str
    shortcut: str
    page: str = ANYWHERE
    part: str = ""
    also: tuple[str, ...] = ()


def _a(key: str, text: str, shortcut: str, page: str = ANYWHERE) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page=page)


def _i(key: str, text: str, shortcut: str, part: str, *also: str) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page="intake", part=part, also=also)


def _backup(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page="admin", part="备份和加密")


def _accounts(key: str, text: str, shortcut: str, *also: str) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page="admin", part="账号", also=also)


def _keeping(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page="admin", part="附件和保存期限")


def _f(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page="filing", part="附件")


def _patrol(key: str, text: str, shortcut: str, part: str, *also: str) -> ActionSpec:
    return ActionSpec(key=f"patrol.{key}", text=text, shortcut=shortcut, page="patrol", part=part, also=also)


def _life(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"life.{key}", text=text, shortcut=shortcut, page="filing", part="在建管理")


_ACTS: Final = "办结"
_FORM: Final = "填表"
_GROUPS: Final = "到某一组"
_PAPERS: Final = "核对材料"
_LISTS: Final = "草稿和相近件的列表"
_DONE: Final = "办结之后"
_ENTRY: Final = "录入巡查"
_LOOK: Final = "检查表和隐患"
_HAZARDS: Final = "隐患"
_FOUND: Final = "未登记工地"
_TRANSFERS: Final = "移交"
_REPORTS: Final = "投诉举报"
_TABS: Final = "各栏"

_INTAKE: Final[tuple[ActionSpec, ...]] = (
    _i("act.accept", "受理并打印", "F9", _ACTS),
    _i("act.one_time_notice", "一次性告知", "F8", _ACTS),
    _i("act.inform_permit", "告知办许可", "F7", _ACTS),
    _i("act.must_not_start", "不得开工", "F6", _ACTS),
    _i("act.not_applicable", "不适用", "F5", _ACTS),
    _i("act.to_street_office", "转街道办理", "Shift+F9", _ACTS),
    _i("intake.draft", "草稿预览", "Ctrl+P", _ACTS),
    _i("intake.blanks", "空白表格", "Ctrl+B", _ACTS),
    _i("form.next_field", "到下一项", "Enter", _FORM),
    _i("form.next_unknown", "到下一个未知而要紧的事实", "F4", _FORM),
    _i("form.yes", "是", "Y", _FORM, "1"),
    _i("form.no", "否；数值不适用；都没有", "N", _FORM, "0"),
    _i("form.unknown", "未知", "Space", _FORM, "Delete", "Backspace"),
    _i("form.rest_no", "本组其余均无", "Ctrl+0", _FORM),
    _i("form.add", "加一人、一份、一证", "Ctrl+Enter", _FORM, "Ctrl+Return"),
    _i("form.remove", "去掉光标所在的一行", "Ctrl+Delete", _FORM),
    _i("intake.similar", "看相近的申报件", "Alt+D", _FORM),
    _i("intake.drafts", "看未办完的草稿", "Alt+K", _FORM),
    _i("group.kind", "类别", "Alt+L", _GROUPS),
    _i("group.work", "做什么", "Alt+G", _GROUPS),
    _i("group.place", "在哪里", "Alt+P", _GROUPS),
    _i("group.size", "多大", "Alt+J", _GROUPS),
    _i("group.scope", "范围", "Alt+F", _GROUPS),
    _i("group.prohibited", "禁止的行为", "Alt+I", _GROUPS),
    _i("group.risk", "风险情形", "Alt+R", _GROUPS),
    _i("group.contract", "合同和管理", "Alt+H", _GROUPS),
    _i("group.owner", "建设单位或业主", "Alt+Y", _GROUPS),
    _i("group.agent", "受委托人", "Alt+W", _GROUPS),
    _i("group.property_owner", "房屋产权人", "Alt+C", _GROUPS),
    _i("group.contractor", "生产经营单位", "Alt+S", _GROUPS),
    _i("group.safety", "现场安全管理人员", "Alt+A", _GROUPS),
    _i("group.workers", "作业人员", "Alt+Z", _GROUPS),
    _i("group.plan", "计划", "Alt+T", _GROUPS),
    _i("group.insurances", "保险", "Alt+X", _GROUPS),
    _i("group.others", "物业、备注和签字", "Alt+B", _GROUPS),
    _i("intake.materials", "申报材料", "Alt+M", _GROUPS, "Ctrl+M"),
    _i("verdict.in_order", "齐", "Space", _PAPERS),
    _i("verdict.missing", "缺", "1", _PAPERS),
    _i("verdict.unreadable", "不清", "2", _PAPERS),
    _i("verdict.unsigned", "未签", "3", _PAPERS),
    _i("verdict.expired", "过期", "4", _PAPERS),
    _i("verdict.inconsistent", "不一致", "5", _PAPERS),
    _i("verdict.other", "其他", "6", _PAPERS),
    _i("verdict.unjudged", "重核", "0", _PAPERS),
    _i("verdict.not_applicable", "不适用", "N", _PAPERS),
    _i("paper.original", "原件", "O", _PAPERS),
    _i("paper.copy", "复印", "C", _PAPERS),
    _i("paper.original_seen", "已核", "V", _PAPERS),
    # The second key takes the scan from the clipboard.
    _i("materials.scan", "附件", "A", _PAPERS, "Ctrl+V"),
    _i("materials.unscan", "去掉最后一份附件，按两次", "Shift+A", _PAPERS),
    _i("materials.rest", "其余全齐", "Shift+Space", _PAPERS),
    _i("materials.details", "份数、页数、有效期、说明", "Enter", _PAPERS),
    _i("list.open", "打开", "Enter", _LISTS),
    _i("list.discard", "丢弃草稿，按两次", "Delete", _LISTS),
    _i("done.papers", "预览、打印全部文书", "Ctrl+P", _DONE),
    _i("done.filing", "看一件一档", "Ctrl+O", _DONE),
    _i("done.link_found", "关联同一地点的未登记工地", "F2", _DONE),
)

_PATROL: Final[tuple[ActionSpec, ...]] = (
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

ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _a("page.intake", "到“受理”", "Ctrl+1"),
    _a("page.ledger", "到“台账”", "Ctrl+2"),
    _a("page.admin", "到“设置”", "Ctrl+3"),
    _a("page.registers", "到“名录”", "Ctrl+4"),
    _a("page.worklist", "到“待办”", "Ctrl+5"),
    _a("page.audit", "到“审计”", "Ctrl+6"),
    _a("page.patrol", "到“巡查”", "Ctrl+7"),
    _a("page.inspections", "到“抽查”", "Ctrl+8"),
    _a("closing.print", "打印日结单", "Ctrl+Shift+D"),
    _a("search", "搜索台账", "Ctrl+K"),
    _a("next_person", "下一位", "Ctrl+N"),
    _a("keys", "看本页键位", "F1"),
    _a("people.menu", "本人：改密码、退出", "F10"),
    _a("people.lock", "锁屏", "Ctrl+L"),
    _a("people.switch", "换人", "Ctrl+Shift+L"),
    _a("back", "退一步，不丢失已录内容", "Esc"),
    _a("text.larger", "放大文字", "Ctrl++"),
    _a("text.smaller", "缩小文字", "Ctrl+-"),
    *_INTAKE,
    _a("ledger.open", "打开选中的一件", "Enter", "ledger"),
    _a("ledger.copy", "复制编号", "Ctrl+C", "ledger"),
    _a("ledger.sort", "按当前列排序，再按一次倒序", "Ctrl+S", "ledger"),
    _a("ledger.clear", "清除全部筛选", "Ctrl+Backspace", "ledger"),
    _a("ledger.export", "导出列表为 Excel 表格，导出中再按则停止", "Ctrl+E", "ledger"),
    _a("ledger.area", "社区、物业、街道台账：打印、存为 Excel", "Ctrl+P", "ledger"),
    _a("ledger.filters", "到筛选条件", "Alt+F", "ledger"),
    _a("filing.papers", "预览、打印全部文书", "Ctrl+P", "filing"),
    _a("filing.correct", "办理补正", "F5", "filing"),
    _a("filing.platform_number", "记平台编号，或者更正", "Ctrl+E", "filing"),
    _a("filing.platform_sheet", "复制平台录入内容", "Ctrl+Shift+C", "filing"),
    _a("filing.approve", "审核通过", "F9", "filing"),
    _a("filing.return", "审核退回，写明意见", "F8", "filing"),
    _a("filing.opinion", "提意见", "F7", "filing"),
    _a("filing.answer", "答复意见", "Shift+F7", "filing"),
    _a("filing.order", "签发责令文书", "F6", "filing"),
    _a("filing.verify", "记一次核实", "F4", "filing"),
    _a("filing.sheets", "现场用表：巡查、旁站、交底等", "Ctrl+B", "filing"),
    _a("filing.posting", "入口公示张贴：A4 或者 A3", "Ctrl+Shift+B", "filing"),
    _a("filing.dossier", "一案一档：打印、存为 Excel", "Ctrl+D", "filing"),
    _a("filing.outside_review", "第三方审查", "Ctrl+Shift+T", "filing"),
    _f("filing.attachments", "到“附件”一栏", "Alt+F"),
    _f("attachments.add", "添加附件", "Alt+A"),
    _f("attachments.look", "预览选中的附件", "Enter"),
    _f("attachments.whole", "看证件原图，须写明用途", "Alt+O"),
    _f("attachments.save", "存为带水印的副本", "Ctrl+S"),
    _life("tab", "到“在建管理”一栏", "F2"),
    _life("extend", "办理延期", "Shift+F2"),
    _life("change", "办理变更", "Shift+F3"),
    _life("note_completion", "记完工", "Shift+F4"),
    _life("apply_closeout", "申报注销", "Shift+F5"),
    _life("verify_closeout", "注销现场核实", "Shift+F6"),
    _life("revoke", "撤销登记", "Shift+F8"),
    _life("deliver", "记撤销的送达", "Shift+F9"),
    _life("close_lapsed", "逾期失联注销", "Shift+F11"),
    _life("begin_again", "重新登记", "Shift+F12"),
    _a("life.commit", "办理", "F9", "life"),
    _a("filing.whole", "查看完整信息，再按恢复遮盖", "Ctrl+Shift+W", "filing"),
    _a("filing.next_tab", "下一栏", "Ctrl+Tab", "filing"),
    _a("worklist.open", "打开选中的一件，或者列出这一事项的全部", "Enter", "worklist"),
    _a("worklist.do", "办理选中的一件：到记检查、复查、答复、延期等的地方", "F9", "worklist"),
    _a("worklist.filters", "到筛选条件", "Alt+F", "worklist"),
    _a("worklist.clear", "清除全部筛选", "Ctrl+Backspace", "worklist"),
    _a("transfer_register.preview", "预览、打印移交登记簿", "Ctrl+P", "transfer_register"),
    _a("transfer_register.workbook", "存为 Excel", "Ctrl+E", "transfer_register"),
    _a("worklist.print", "待办清单，查看和打印", "Ctrl+P", "worklist"),
    _a("order.issue", "签发", "F9", "order"),
    _a("audit.verify", "核验整个台账", "F9", "audit"),
    _a("audit.finding", "到第一处断链或者异常", "F8", "audit"),
    _a("audit.export", "导出查到的记录", "Ctrl+E", "audit"),
    _a("audit.filters", "到查找条件", "Alt+F", "audit"),
    _a("audit.clear", "清除全部条件", "Ctrl+Backspace", "audit"),
    _a("papers.print", "打印勾选的文书", "Ctrl+P", "papers"),
    _a("papers.save", "存为 PDF", "Ctrl+S", "papers"),
    _a("papers.workbook", "存为 Excel 表格", "Ctrl+E", "papers"),
    _a("papers.next", "下一份文书", "Down", "papers"),
    _a("papers.tick", "勾选或者取消", "Space", "papers"),
    _a("papers.next_page", "下一页", "PgDown", "papers"),
    _a("area_ledger.preview", "预览、打印", "Ctrl+P", "area_ledger"),
    _a("area_ledger.workbook", "存为 Excel 表格", "Ctrl+E", "area_ledger"),
    _a("admin.save", "保存本页设置", "Ctrl+S", "admin"),
    _keeping("retention.list", "列出保存期限届满的", "F5"),
    _keeping("retention.purge", "清除列出的，须写明理由", "F9"),
    _accounts("accounts.new", "新建账号", "Insert"),
    _accounts("accounts.change", "改姓名和角色", "F2"),
    _accounts("accounts.reset", "重置密码", "F6"),
    _accounts("accounts.release", "解除锁定", "F7"),
    _accounts("accounts.end", "停用或者恢复使用", "F8"),
    _backup("backup.make", "立即备份", "F9"),
    _backup("backup.drill", "恢复演练：试恢复选中的备份并核对", "F7"),
    _backup("backup.restore", "从备份恢复台账", "F6"),
    _backup("backup.place", "备份间隔和第二备份位置", "F2"),
    _backup("backup.passphrase", "加密台账，更改台账口令", "F8"),
    _backup("backup.recovery", "换恢复单", "Ctrl+P"),
    _backup("backup.keyring", "本机由系统密钥环打开台账，或者不再", "F4"),
    _a("account.save", "建立或者保存账号", "Ctrl+S", "account"),
    ActionSpec(
        key="account.add_role", text="再加一个角色", shortcut="Ctrl+Enter", page="account", also=("Ctrl+Return",)
    ),
    _a("account.remove_role", "去掉光标所在的角色", "Ctrl+Delete", "account"),
    *_PATROL,
    _a("inspections.new", "随机抽取", "Insert", "inspections"),
    _a("inspections.result", "记选中一件的抽查结果", "F9", "inspections"),
    _a("inspections.verify", "按记录重新抽取，核对名单", "F8", "inspections"),
    _a("inspections.scan", "核对整个台账，找疑似肢解的工程", "F5", "inspections"),
    _a("inspections.decide", "判定选中的一组是否同一工程", "F6", "inspections"),
    _a("inspections.filing", "打开选中一件的一件一档", "Ctrl+O", "inspections"),
    _a("inspections.print", "名单或者清单，查看和打印", "Ctrl+P", "inspections"),
    _a("inspections.results", "抽查结果，查看和打印", "Ctrl+R", "inspections"),
    _a("inspections.give_out", "全部清单存为 Excel", "Ctrl+E", "inspections"),
    _a("inspections.next_tab", "下一栏", "Ctrl+Tab", "inspections"),
    _a("registers.new", "新增一条", "Insert", "registers"),
    _a("registers.edit", "打开选中的一条", "Ctrl+O", "registers"),
    _a("registers.end", "停用或者恢复选中的一条", "Ctrl+Delete", "registers"),
    _a("registers.find", "在名录中查找", "Ctrl+F", "registers"),
    _a("registers.next_tab", "下一栏", "Ctrl+Tab", "registers"),
    _a("registers.save", "保存表单；确认导入", "Ctrl+S", "registers"),
    _a("registers.read_in", "从 Excel 导入", "Ctrl+I", "registers"),
    _a("registers.give_out", "导出为 Excel", "Ctrl+E", "registers"),
    _a("registers.print", "打印", "Ctrl+P", "registers"),
    _a("registers.expiring", "只看将到期和已过期的证照", "Ctrl+T", "registers"),
    _a("registers.record", "列入不良档案", "Ctrl+B", "registers"),
    _a("registers.measure", "记处理措施", "Ctrl+M", "registers"),
    _a("registers.phone", "看业主的完整电话", "Ctrl+H", "registers"),
    _a("registers.letter", "登记责任书", "Ctrl+D", "registers"),
    _a("registers.turn", "安排轮岗", "Ctrl+R", "registers"),
)

_BY_KEY: Final = {spec.key: spec for spec in ACTIONS}
_WORDS_OF_KEYS: Final = {
    "Space": "空格",
    "Backspace": "退格",
    "Down": "↓",
    "PgDown": "PgDn",
    "Ctrl++": "Ctrl +",
    "Ctrl+-": "Ctrl −",
}


def action(key: str) -> ActionSpec:
    """Give one action of the table; raises ``KeyError`` for one that is not in it."""
    return _BY_KEY[key]


def shortcut(key: str) -> QKeySequence:
    """Give the keys of one action."""
    return QKeySequence(action(key).shortcut)


def shortcuts(key: str) -> tuple[QKeySequence, ...]:
    """Give the keys of one action and those that do the same."""
    spec = action(key)
    return tuple(QKeySequence(keys) for keys in (spec.shortcut, *spec.also))


def plain_keys(key: str) -> tuple[int, ...]:
    """Give the codes of the last keys of an action, without what is held with them."""
    spec = action(key)
    return tuple(Qt.Key[f"Key_{keys.rpartition('+')[2]}"] for keys in (spec.shortcut, *spec.also))


def actions_of(page: str) -> tuple[ActionSpec, ...]:
    """Give the actions that belong to one page, or with ``ANYWHERE`` to all."""
    return tuple(spec for spec in ACTIONS if spec.page == page)


def keys_in_words(spec: ActionSpec) -> str:
    """Write the keys of an action as they stand on a Chinese keyboard."""
    whole = _WORDS_OF_KEYS.get(spec.shortcut)
    if whole:
        return whole
    return "+".join(_WORDS_OF_KEYS.get(part, part) for part in spec.shortcut.split("+"))


def keys_of(key: str) -> str:
    """Write the keys of one action for a button or a hint."""
    return keys_in_words(action(key))
