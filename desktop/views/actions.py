"""One table of everything a key does: the pages bind from it, F1, hints and tests read it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from desktop.views.keys.action_spec import ANYWHERE, ActionSpec
from desktop.views.keys.books_actions import BOOK_KEYS
from desktop.views.keys.dry_run_actions import DRY_RUN
from desktop.views.keys.evaluation_actions import EVALUATION
from desktop.views.keys.exchange_actions import EXCHANGE
from desktop.views.keys.intake_actions import INTAKE, MALLS
from desktop.views.keys.patrol_actions import PATROL
from desktop.views.keys.rules_actions import RULES
from desktop.views.keys.statistics_actions import STATISTICS

__all__ = [
    "ACTIONS",
    "ANYWHERE",
    "ActionSpec",
    "action",
    "actions_of",
    "keys_in_words",
    "keys_of",
    "plain_keys",
    "shortcut",
    "shortcuts",
]


def _a(key: str, text: str, shortcut: str, page: str = ANYWHERE) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page=page)


def _backup(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page="admin", part="备份和加密")


def _accounts(key: str, text: str, shortcut: str, *also: str) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page="admin", part="账号", also=also)


def _keeping(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page="admin", part="附件和保存期限")


def _duties(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page="admin", part="履职事项")


def _f(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page="filing", part="附件")


def _life(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"life.{key}", neutral=text, shortcut=shortcut, page="filing", part="在建管理")


ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _a("page.intake", "到“受理”", "Ctrl+1"),
    _a("page.ledger", "到“台账”", "Ctrl+2"),
    _a("page.admin", "到“设置”", "Ctrl+3"),
    _a("page.registers", "到“名录”", "Ctrl+4"),
    _a("page.worklist", "到“待办”", "Ctrl+5"),
    _a("page.audit", "到“审计”", "Ctrl+6"),
    _a("page.patrol", "到“巡查”", "Ctrl+7"),
    _a("page.inspections", "到“抽查”", "Ctrl+8"),
    _a("page.exchange", "到“上报”", "Ctrl+9"),
    _a("page.statistics", "到“统计”", "Ctrl+Shift+S"),
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
    *INTAKE,
    *MALLS,
    _a("ledger.open", "打开选中的一件", "Enter", "ledger"),
    _a("ledger.copy", "复制编号", "Ctrl+C", "ledger"),
    _a("ledger.sort", "按当前列排序，再按一次倒序", "Ctrl+S", "ledger"),
    _a("ledger.clear", "清除全部筛选", "Ctrl+Backspace", "ledger"),
    _a("ledger.export", "导出列表为 Excel、CSV 或者 PDF，导出中再按则停止", "Ctrl+E", "ledger"),
    _a("ledger.standing", "台账导出：登记、巡查、隐患、移交、高风险、注销、监管台账", "Ctrl+Shift+E", "ledger"),
    _a("ledger.area", "社区、物业、街道台账：打印、存为 Excel", "Ctrl+P", "ledger"),
    _a("ledger.old_ledger", "导入以前的 Excel 台账", "Ctrl+I", "ledger"),
    _a("ledger.platform", "平台录入：填导入表、回录编号、核对平台清单", "Ctrl+Shift+P", "ledger"),
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
    _a("filing.explain", "判定说明：逐条规则，怎样会变", "Ctrl+J", "filing"),
    _a("explanation.copy", "复制判定说明全文", "Ctrl+Shift+C", "explanation"),
    _a("explanation.save", "存为文本", "Ctrl+S", "explanation"),
    _a("explanation.print", "打印", "Ctrl+P", "explanation"),
    _a("filing.next_shop", "登记同一商圈的下一户", "Ctrl+U", "filing"),
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
    _life("withdraw_completion", "撤回记错的完工", "Ctrl+Shift+F4"),
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
    _a("platform_list.tick", "勾选或者取消选中的一件", "Space", "platform_list"),
    _a("platform_list.scan", "到扫描、输入编号一栏", "Ctrl+G", "platform_list"),
    _a("platform_list.fill", "填写导入表", "Ctrl+E", "platform_list"),
    _a("platform_list.read_in", "导入平台清单，逐行核对", "Ctrl+I", "platform_list"),
    _a("platform_list.template", "选平台的空白导入表", "Ctrl+T", "platform_list"),
    _a("platform_list.shipped", "改回自带的导入表", "Ctrl+Delete", "platform_list"),
    _a("platform_compare.choose", "换一种处理", "Space", "platform_compare"),
    _a("platform_compare.only", "只列要处理的", "Ctrl+T", "platform_compare"),
    _a("platform_compare.take", "照此写入", "Ctrl+S", "platform_compare"),
    _a("standing_ledger.write", "选文件并导出", "Ctrl+E", "standing_ledger"),
    _a("package.make", "选文件并生成上报包", "Ctrl+S", "package"),
    _a("received.take", "接收入库", "F9", "received"),
    _a("received.answer", "保存回执", "Ctrl+S", "received"),
    _a("area_ledger.preview", "预览、打印", "Ctrl+P", "area_ledger"),
    _a("area_ledger.workbook", "存为 Excel 表格", "Ctrl+E", "area_ledger"),
    _a("old_ledger.file", "换一个文件", "Ctrl+O", "old_ledger"),
    _a("old_ledger.examine", "检查每一行，不写入台账", "F5", "old_ledger"),
    _a("old_ledger.faults", "存出标明错误的表格", "Ctrl+E", "old_ledger"),
    _a("old_ledger.take", "导入", "Ctrl+S", "old_ledger"),
    _a("admin.save", "保存本页设置", "Ctrl+S", "admin"),
    _keeping("retention.list", "列出保存期限届满的", "F5"),
    _keeping("retention.purge", "清除列出的，须写明理由", "F9"),
    _duties("duties.off", "选中的事项设为本街道不承担", "F9"),
    _duties("duties.on", "选中的事项恢复由本街道承担", "F8"),
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
        key="account.add_role", neutral="再加一个角色", shortcut="Ctrl+Enter", page="account", also=("Ctrl+Return",)
    ),
    _a("account.remove_role", "去掉光标所在的角色", "Ctrl+Delete", "account"),
    *PATROL,
    *EXCHANGE,
    *STATISTICS,
    *BOOK_KEYS,
    *EVALUATION,
    *RULES,
    *DRY_RUN,
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
    _a("registers.patroller_notes", "巡查人员履职记事（限管理人员）", "Ctrl+J", "registers"),
    _a("registers.assign", "对应到登记件", "Ctrl+G", "registers"),
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
