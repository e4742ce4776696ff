"""What keys do on the page 受理."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec

_ACTS: Final = "办结"
_FORM: Final = "填表"
_GROUPS: Final = "到某一组"
_PAPERS: Final = "核对材料"
_LISTS: Final = "草稿和相近件的列表"
_DONE: Final = "办结之后"


def _i(key: str, text: str, shortcut: str, part: str, *also: str) -> ActionSpec:
    return ActionSpec(key=key, neutral=text, shortcut=shortcut, page="intake", part=part, also=also)


INTAKE: Final[tuple[ActionSpec, ...]] = (
    _i("act.accept", "受理并打印", "F9", _ACTS),
    _i("act.one_time_notice", "一次性告知", "F8", _ACTS),
    _i("act.inform_permit", "告知办许可", "F7", _ACTS),
    _i("act.must_not_start", "不得开工", "F6", _ACTS),
    _i("act.not_applicable", "不适用", "F5", _ACTS),
    _i("act.to_street_office", "转街道办理", "Shift+F9", _ACTS),
    _i("intake.draft", "草稿预览", "Ctrl+P", _ACTS),
    _i("intake.explain", "判定说明", "Ctrl+J", _ACTS),
    _i("intake.blanks", "空白表格", "Ctrl+B", _ACTS),
    _i("intake.malls", "商圈一揽子、告知单", "Alt+N", _FORM),
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
    _i("done.next_shop", "登记同一商圈的下一户", "F3", _DONE),
)


def _m(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"malls.{key}", neutral=text, shortcut=shortcut, page="malls")


MALLS: Final[tuple[ActionSpec, ...]] = (
    _m("next", "登记选中商圈的下一户", "F9"),
    _m("join", "本件列入一揽子，按填写的名称", "F6"),
    _m("list", "到商户名单", "Ctrl+G"),
    _m("read_in", "从 Excel 读入商户名单", "Ctrl+I"),
    _m("drafts", "名单上的商户各建一份草稿", "Ctrl+S"),
    _m("notices", "商户告知单：每户一份，没有名单的出通用的一份", "Ctrl+P"),
)
