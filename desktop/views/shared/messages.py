"""Troubles in the clerk's words: what happened, and how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.views.life.life_troubles import LIFE_TROUBLES
from desktop.views.registers.register_troubles import REGISTER_TROUBLES

_MOST_FAULTS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One trouble as shown: what happened, the details where there are some, and what to do."""

    title: str
    remedy: str
    details: str = ""

    @property
    def text(self) -> str:
        """Give it as one sentence for the status line or a banner."""
        return f"{self.title}{self.remedy}"


def _t(title: str, remedy: str, details: str = "") -> Trouble:
    return Trouble(title=title, remedy=remedy, details=details)


def _told(say: Callable[[Mapping[str, object]], tuple[str, str]], details: Mapping[str, object]) -> Trouble:
    return _t(*say(details))


_OFFICE_FIELDS: Final[Mapping[str, str]] = {
    "street_name": "街道名称",
    "station_name": "受理点名称",
    "station_kind": "受理点性质",
    "code": "编号代码（1 至 6 位大写字母或者数字）",
    "pack_id": "规则包",
}

_Say = Callable[[Mapping[str, object]], Trouble]


def _fault_words(details: Mapping[str, object]) -> str:
    faults = details.get("faults")
    found = [fault.message for fault in faults if isinstance(fault, FieldFault)] if isinstance(faults, tuple) else []
    return "；".join(dict.fromkeys(found[:_MOST_FAULTS])) + ("。" if found else "")


TROUBLES: Final[Mapping[str, _Say]] = {
    **{code: partial(_told, say) for code, say in REGISTER_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in LIFE_TROUBLES.items()},
    "already_open": lambda _d: _t("台账已在另一个窗口中打开。", "请先关闭那个窗口；如果找不到，请重新启动电脑后再试。"),
    "not_a_database": lambda _d: _t(
        "台账文件已损坏，或者不是本程序的台账。", "没有改动任何内容。请从备份恢复，或者换一个数据文件夹。"
    ),
    "newer_schema": lambda d: _t(
        f"台账由更新版本的程序写成（台账 {d.get('found', '？')}，本程序 {d.get('known', '？')}）。",
        "没有改动任何内容。请升级本程序后再打开。",
    ),
    "read_only": lambda _d: _t(
        "台账所在的文件夹不能写入。", "请检查文件夹权限，或者请管理人员处理。录入内容仍在窗口中。"
    ),
    "disk_full": lambda _d: _t("磁盘已满，没有保存。", "请清出空间后再按一次同样的键。录入内容仍在窗口中。"),
    "folder_unusable": lambda d: _t(
        "数据文件夹不能使用。", "请检查该文件夹是否存在、能否写入。", f"{d.get('path', '')}\n{d.get('why', '')}".strip()
    ),
    "office_incomplete": lambda d: _t("受理点信息不完整。", f"请补充：{_fields(d.get('fields'))}。"),
    "not_awaiting_correction": lambda d: _t(
        f"{d.get('number', '该件')} 不在待补正状态，不能办理补正。", "请在台账中查看它现在的状态。"
    ),
    "act_id_used": lambda d: _t(
        f"这个办理标识已经用于 {d.get('number', '另一件')}。", "没有改动任何内容。请核对文件，或者换一个标识。"
    ),
    "act_not_allowed": lambda d: _t("现在不能这样办理。", str(d.get("why", "") or "请查看右侧判定。")),
    "reason_required": lambda d: _t("这样办理需要填写理由。", str(d.get("why", "") or "理由会留在档案中。")),
    "unjudged_materials": lambda d: _t(
        f"还有 {d.get('count', '若干')} 项材料未核对。", "一次性告知书须一次列全，请逐项核对后再告知。"
    ),
    "blocked_by_typed_data": lambda d: _t("有一项录入内容不能成立。", str(d.get("why", "") or "请改正标红的内容。")),
    "missing_characters": lambda d: _t(
        f"随附字体中没有这些字：{d.get('characters', '')}。",
        "为免印成空框，没有打印。请核对用字，或者联系管理人员补充字体。",
    ),
    "database_locked": lambda _d: _t("台账正被占用，没有保存。", "请稍候再按一次同样的键，不会重复登记。"),
    "paper_changed": lambda _d: _t(
        "文书内容与签发时的校验值不一致。", "没有打印。请联系管理人员核查台账是否被外部改动。"
    ),
    "disk_trouble": lambda _d: _t(
        "读写台账时磁盘出错。", "请先备份数据文件夹，再联系管理人员检查磁盘。录入内容仍在窗口中。"
    ),
    "office_not_set_up": lambda _d: _t("还没有填写受理点信息。", "请先在“设置”中填写街道、受理点和编号代码。"),
    "no_such_found_site": lambda _d: _t("没有这一处未登记工地。", "请在未登记工地列表中重新选择。"),
    "found_site_unfit": lambda d: _t("未登记工地没有记下。", str(d.get("why", "") or "请核对各项。")),
    "found_site_closed": lambda d: _t(
        f"未登记工地 {d.get('number', '')} 已经办结，或者现在不能这样办理。", "请在列表中查看它现在的状态。"
    ),
    "no_such_report": lambda _d: _t("没有找到这件投诉举报。", "可能不在您的片区；请在列表中重新选择。"),
    "report_unfit": lambda d: _t("投诉举报没有记下。", str(d.get("why", "") or "请核对各项。")),
    "report_closed": lambda d: _t(f"投诉举报 {d.get('number', '')} 现在不能这样办理。", "请查看它现在的状态。"),
    "report_unverified": lambda d: _t(f"投诉举报 {d.get('number', '')} 还没有核查。", "请先填写核查结果，再答复。"),
    "no_such_transfer": lambda _d: _t("没有找到这件移交。", "可能不在您的片区；请在列表中重新选择。"),
    "transfer_unfit": lambda d: _t("移交没有办成。", str(d.get("why", "") or "请核对各项。")),
    "transfer_replied": lambda d: _t(f"{d.get('number', '这件移交')} 已经收到反馈。", "不能再记进展，请看它的经过。"),
    "no_penalty": lambda d: _t(f"{d.get('number', '这件移交')} 的反馈中没有处罚。", "没有可以记入名录的措施。"),
    "site_required": lambda _d: _t("没有选工地。", "请选一件登记，或者一处未登记工地。"),
    "no_such_filing": lambda _d: _t("台账中没有这一件。", "请在台账中重新查找；可能是编号有误。"),
    "no_such_paper": lambda _d: _t("台账中没有这份文书。", "请打开一件一档，在“文书”栏中重新选择。"),
    "not_registered": lambda d: _t(
        f"{d.get('number', '该件')} 没有受理登记，不录入平台。", "请在台账中查看它现在的状态。"
    ),
    "no_such_event": lambda d: _t(
        f"没有第 {d.get('event_id', '？')} 号审计记录。", "记录可能被绕过本程序删除，请核验台账。"
    ),
    "older_schema": lambda d: _t(
        f"台账由较早版本的程序写成（台账 {d.get('found', '？')}，本程序 {d.get('known', '？')}）。",
        "没有改动任何内容。请先用本程序打开一次台账，再核验。",
    ),
    "anchor_unfit": lambda _d: _t("日结单上的链头没有录对。", "请照日结单录入条数和全部十六组字符。"),
    "platform_number_unfit": lambda d: _t("平台编号没有记下。", str(d.get("why", "") or "请核对编号。")),
    "attachment_type": lambda _d: _t(
        "这个文件不是 PDF、JPEG 或者 PNG。", "没有添加。请扫描或者另存为这三种格式再添加；改扩展名没有用。"
    ),
    "attachment_too_large": lambda d: _t(_too_large(d), "没有添加。请降低扫描分辨率，或者分成几个文件。"),
    "attachment_damaged": lambda _d: _t(
        "这个文件打不开：内容不完整、已损坏，或者加了密码。", "没有添加。请重新扫描，或者去掉密码后再添加。"
    ),
    "attachment_missing": lambda d: _t(
        f"附件《{d.get('title', '')}》的文件不见了。", "请从备份恢复附件文件夹，并联系管理人员查明原因。"
    ),
    "attachment_changed": lambda d: _t(
        f"附件《{d.get('title', '')}》的内容与添加时不一致。",
        "没有打开。请从备份恢复附件文件夹，并联系管理人员查明原因。",
    ),
    "attachment_purged": lambda d: _t(f"附件《{d.get('title', '')}》保存期限届满，已经清除。", "这里只保留记录。"),
    "attachment_limits_unfit": lambda _d: _t(
        "附件大小上限不能这样设。", "单个文件不能超过每件合计，也不能超过 1024 MB；页数至少 1 页。"
    ),
    "attachment_no_preview": lambda _d: _t("这张图片太大，不能在这里预览。", "可以存为带水印的副本后再看。"),
    "no_such_attachment": lambda _d: _t("没有这份附件。", "请在附件栏中重新选择。"),
    "no_such_draft": lambda _d: _t("这份草稿已经办结或者丢弃。", "没有添加。办结后请在一件一档的附件栏中添加。"),
    "cannot_read_file": lambda d: _t(
        "文件读不出来。", "请检查文件是否还在、是否被别的程序占用。", str(d.get("why", ""))
    ),
    "keeping_period_unfit": lambda _d: _t("保存期限不能这样设。", "请填 1 至 1200 的整月数；不填就一直保存。"),
    "period_reversed": lambda _d: _t("起始日期晚于截止日期。", "请改正日期后重试。"),
    "organisation_required": lambda _d: _t("没有填写物业服务企业。", "请填写企业名称后重试。"),
    "list_too_long": lambda d: _t(
        f"共 {d.get('count', '')} 行，超过一次打印的 {d.get('most', '')} 行。", "请缩短期间，或者导出 Excel。"
    ),
    "no_such_form": lambda _d: _t("没有这种空白表格。", "请从空白表格的列表中重新选择。"),
    "unknown_pack": lambda _d: _t("没有找到设置中的规则包。", "请在“设置”中另选规则包，或者重新安装本程序。"),
    "no_pack_in_force": lambda _d: _t(
        "这一天没有可用的规则包。", "请核对电脑日期；日期无误的，请在“设置”中另选规则包，或者升级本程序。"
    ),
    "not_permitted": lambda _d: _t("您的账号没有这项权限。", "没有改动任何内容。需要办理的，请联系系统管理员。"),
    "outside_scope": lambda _d: _t(
        "这一件不在您的区域或者行业范围内。", "没有改动任何内容。请转给负责该范围的人员办理。"
    ),
    "signed_out": lambda _d: _t("现在没有人登录。", "请先登录。"),
    "sign_in_needed": lambda _d: _t("这个台账需要登录。", "请用 --user 写明用户名。"),
    "wrong_password": lambda d: _t(
        "用户名或者密码不对。", f"还可以试 {d['left']} 次，之后账号会锁定。" if "left" in d else "请核对后再输入。"
    ),
    "account_locked": lambda d: _t(
        "密码连续输错，账号已锁定。", f"请等 {d.get('minutes', '30')} 分钟（程序须开着），或者请系统管理员解除锁定。"
    ),
    "account_inactive": lambda _d: _t("这个账号已停用。", "需要恢复使用的，请联系系统管理员。"),
    "password_weak": lambda d: _t("这个密码不能用。", f"{d.get('why', '请换一个')}。"),
    "password_must_change": lambda _d: _t("第一次登录要先改密码。", "请在窗口中登录并改密码，再用命令行。"),
    "has_accounts_already": lambda _d: _t("已经有账号了。", "请登录；新账号由系统管理员建立。"),
    "user_name_unfit": lambda d: _t("用户名或者姓名不能用。", f"{d.get('why', '请核对')}。"),
    "user_name_taken": lambda d: _t(f"用户名 {d.get('user_name', '')} 已经有人用。", "请换一个，例如在后面加数字。"),
    "roles_unfit": lambda d: _t("角色不能这样给。", f"{d.get('why', '请核对')}。"),
    "no_such_account": lambda _d: _t("没有这个账号。", "请在账号列表中重新选择。"),
    "own_account": lambda _d: _t("不能停用自己的账号，也不能更改自己的角色。", "请由另一位系统管理员办理。"),
    "last_administrator": lambda _d: _t("这是最后一位系统管理员。", "请先让另一位在用的账号担任系统管理员。"),
    "minutes_unfit": lambda _d: _t("锁屏时间没有改。", "请填 1 至 60 分钟。"),
    "review_done": lambda d: _t(
        f"{d.get('number', '该件')} 现在不在待审核状态。",
        f"{d['by']}已经处理，请看“经过”。" if d.get("by") else "没有改动任何内容。请在台账中查看它的状态。",
    ),
    "same_person": lambda d: _t(
        f"{d.get('name') or '您'}已经办过这一件的受理或者上一级审核。", "按设置须由另一人审核，请转给另一位审核人员。"
    ),
    "review_levels_unfit": lambda d: _t("审核级数没有保存。", f"级数为 0 至 {d.get('most', 2)}。"),
    "opinion_unfit": lambda d: _t("意见没有记下。", str(d.get("why", "") or "请写明意见。")),
    "no_such_opinion": lambda _d: _t("没有找到这条意见。", "请重新打开这一件。"),
    "opinion_answered": lambda d: _t("这条意见已经答复。", f"{d.get('by') or '别人'}已经答复，请看“经过”。"),
    "draw_unfit": lambda d: _t("这样不能抽取。", str(d.get("why", "") or "请核对期间和比例。")),
    "draw_empty": lambda _d: _t("这个范围内没有可以抽取的登记。", "请放宽期间、类别、风险或者社区后再抽。"),
    "no_such_draw": lambda _d: _t("没有找到这次抽查。", "可能不在您的片区；请在抽查列表中重新选择。"),
    "not_drawn": lambda _d: _t("这一件不在这次抽查的名单上。", "请在名单中选择一件后再记结果。"),
    "outside_review_unfit": lambda d: _t("第三方审查没有记下。", str(d.get("why", "") or "请核对各项。")),
    "hazard_incomplete": lambda d: _t("隐患没有记下。", _fault_words(d) or "请核对各项。"),
    "step_incomplete": lambda d: _t("这一步没有记下。", _fault_words(d) or "请核对各项。"),
    "step_not_allowed": lambda _d: _t("隐患现在的状态不能这样办理。", "别人可能刚办过，请刷新后查看它的经过。"),
    "no_bad_conduct": lambda d: _t(
        f"{d.get('number', '这条隐患')} 没有拒不整改、逾期不整改或者整改不彻底，责任方也须是施工（作业）单位或者个人。",
        "没有可以列入不良档案的情形，请看隐患的经过。",
    ),
    "no_such_hazard": lambda _d: _t("没有找到这条隐患。", "可能不在您的片区；请在列表中重新选择。"),
    "patrol_unfit": lambda d: _t("这条巡查记录还不能保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "patrols_known": lambda d: _t(
        f"这份表里有 {d.get('count', 0)} 条台账里已经有了，没有导入。",
        "请核对是不是导入过；确是另外几次巡查的，请选“仍要导入”。",
    ),
    "patrol_plan_unfit": lambda d: _t("巡查频次没有保存。", f"天数为 0 至 {d.get('most', 366)}，0 为不设。"),
    "no_such_subject": lambda _d: _t("没有找到照片所属的记录，照片没有保存。", "请重新选择巡查或者隐患后再加。"),
    "no_such_patrol": lambda _d: _t("没有找到这次巡查，或者它不属于这一件。", "请核对巡查记录，或者先不填。"),
    "day_required": lambda d: _t("没有日期。", str(d.get("why", "") or "请填写日期。")),
    "day_not_possible": lambda d: _t("日期不对。", str(d.get("why", "") or "请核对日期。")),
    "note_unfit": lambda d: _t("核实没有记下。", str(d.get("why", "") or "请写明情况。")),
    "order_incomplete": lambda d: _t("责令文书还不完整，没有签发。", f"请补充：{_order_fields(d.get('fields'))}。"),
    "firm_unfit": lambda d: _t("企业名录没有保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "firm_known": lambda d: _t(f"名录中已有这个证件号码：{d.get('name', '')}。", "请打开原来的一条修改。"),
    "no_such_firm": lambda _d: _t("名录中没有这个单位（人）。", "请从名录中重新选择；没有的，先在“企业和工匠”登记。"),
    "conduct_unfit": lambda d: _t("没有保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "no_such_record": lambda _d: _t("没有这条不良档案。", "请在列表中重新选择。"),
    "record_lifted": lambda d: _t(f"这条不良档案已于 {d.get('on', '')} 解除。", "没有改动任何内容，请核对是否选错。"),
    "manager_not_named": lambda d: _t(
        "生产经营单位在不良档案中，没有办结。", f"理由中须写明同意受理的负责人（{_names(d.get('names'))}）。"
    ),
    "demand_unfit": lambda d: _t("业主需求没有保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "demand_closed": lambda _d: _t("这条业主需求已经办结。", "没有改动任何内容；仍有需求的，请另行受理一条。"),
    "no_such_demand": lambda _d: _t("没有这条业主需求。", "请在列表中重新选择。"),
    "purpose_required": lambda d: _t(
        "没有显示完整信息。", f"请写明用途，至少 {d.get('least', 4)} 个字；用途会记入审计记录。"
    ),
    "no_printer": lambda _d: _t("没有找到打印机。", "请接通打印机，或者先存为 PDF。"),
    "printing_failed": lambda _d: _t(
        "打印没有完成。", "请检查打印机是否缺纸、脱机，再重新打印；文书已在台账中，不会丢失。"
    ),
    "passphrase_needed": lambda _d: _t("这份台账已加密。", "请输入台账口令或者恢复码。"),
    "passphrase_wrong": lambda _d: _t("台账口令不对。", "请核对大小写和输入法后再输；忘记的，用恢复单上的恢复码。"),
    "recovery_wrong": lambda _d: _t(
        "恢复码打不开这份台账。", "请核对是不是最近一次打印的恢复单；旧备份用当时的恢复单。"
    ),
    "recovery_mistyped": lambda d: _t("恢复码录入有误。", _mistyped(d.get("groups"))),
    "key_missing": lambda _d: _t("台账的密钥文件 ledger.key 不见了。", "没有改动任何内容。请从备份恢复。"),
    "key_damaged": lambda _d: _t("台账的密钥文件 ledger.key 已损坏。", "没有改动任何内容。请从备份恢复。"),
    "passphrase_weak": lambda d: _t(
        "口令太容易猜。", f"请用至少 {d.get('least', 12)} 个字符、不全是重复字符的一句话。"
    ),
    "already_protected": lambda _d: _t("台账已经加密。", "要换口令请用“台账口令”。"),
    "not_protected": lambda _d: _t("台账还没有加密。", "请先设台账口令。"),
    "protecting_failed": lambda d: _t(
        "加密后的核对没有通过，台账仍是原来的样子。", "请再试一次；仍然不行时请先恢复演练。", str(d.get("why", ""))
    ),
    "no_keyring": lambda _d: _t("这台电脑没有可用的系统密钥环。", "请每次启动时输入台账口令。"),
    "ledger_damaged": lambda d: _t("台账文件已损坏。", "没有改动任何内容。请从备份恢复。", str(d.get("why", ""))),
    "ledger_shortened": lambda d: _t(
        f"台账少了最后 {d.get('lost', '若干')} 条记录：写入日志被截断，或者台账文件被换成更早的一份。",
        "没有改动任何内容。请从备份恢复，或者请管理人员处理。",
    ),
    "ledger_missing": lambda _d: _t("台账文件不见了。", "没有另建新台账，以免重号。请从备份恢复，或者找回原来的文件。"),
    "not_a_backup": lambda _d: _t("这个文件夹不是备份。", "请选以日期命名、内有 manifest.json 的文件夹。"),
    "backup_torn": lambda d: _t(f"备份残缺：{d.get('file', '')} 与备份时不一致。", "没有改动任何内容。请换一份备份。"),
    "backup_newer": lambda _d: _t("备份由更新版本的程序做成。", "请升级本程序后再恢复。"),
    "backup_unreadable": lambda d: _t(
        f"备份中的 {d.get('file', '')} 读不出来。", "请检查备份盘，或者换一份备份。", str(d.get("why", ""))
    ),
    "backup_foreign": lambda _d: _t("备份的密钥和台账不是一套。", "没有改动任何内容。请换一份备份。"),
    "backup_damaged": lambda d: _t("备份中的台账已损坏。", "没有改动任何内容。请换一份备份。", str(d.get("why", ""))),
    "backup_differs": lambda d: _t(
        "备份中的台账与备份时的清点不一致。", "没有改动任何内容。请换一份备份。", str(d.get("why", ""))
    ),
    "backup_chain_broken": lambda d: _t(
        "备份中的审计链有断点，备份时的台账也有。", "请由审计员核验台账。", str(d.get("why", ""))
    ),
    "backup_hours": lambda d: _t("备份间隔没有保存。", f"请填 {d.get('least', 1)} 至 {d.get('most', 168)} 小时。"),
    "second_place_missing": lambda d: _t(
        "第二备份位置不在。", "请插上优盘或者接通共享文件夹；本机备份照常。", str(d.get("path", ""))
    ),
    "second_place_here": lambda _d: _t("第二备份位置在数据文件夹里面。", "请选另一块盘：同一块盘坏了，两份会一起丢。"),
    "place_full": lambda d: _t("备份的磁盘已满。", "请清出空间，或者换一个位置。", str(d.get("path", ""))),
    "place_read_only": lambda d: _t("备份的位置不能写入。", "请检查优盘的写保护和文件夹权限。", str(d.get("path", ""))),
    "place_unusable": lambda d: _t(
        "备份的位置不能使用。", "请检查该位置是否接通。", f"{d.get('path', '')}\n{d.get('why', '')}".strip()
    ),
    "cannot_save_file": lambda d: _t(
        "文件没有存成。", "请换一个文件夹，或者关闭正在打开它的程序。", str(d.get("why", ""))
    ),
}


def describe(error: Exception) -> Trouble:
    """Give the wording of any trouble; one that nobody foresaw is called so, with what to do."""
    if isinstance(error, FaultyInput):
        shown = [f"{fault.where}：{fault.what}" for fault in error.faults[:_MOST_FAULTS]]
        if len(error.faults) > _MOST_FAULTS:
            shown.append(f"……共 {len(error.faults)} 处")
        return _t("文件内容有误，没有改动任何内容。", "请按下列各处改正后再试。", "\n".join(shown))
    if isinstance(error, ClerkError):
        say = TROUBLES.get(error.code)
        return (
            say(error.details) if say else _t("没有办成。", f"请再试一次；仍然不行时把代码 {error.code} 告诉管理人员。")
        )
    return _t(
        "程序出现意外问题，没有办成。",
        "录入内容仍在；请再试一次，仍然不行时请联系管理人员查看日志。",
        type(error).__name__,
    )


def show_trouble(error: Exception, parent: QWidget | None) -> None:
    """Show a trouble that stops what the clerk was doing, until it is read."""
    trouble = describe(error)
    box = QMessageBox(parent)
    box.setObjectName("trouble")
    box.setWindowTitle("没有办成")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(trouble.title)
    box.setInformativeText("\n".join(part for part in (trouble.remedy, trouble.details) if part))
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _too_large(details: Mapping[str, object]) -> str:
    limit = details.get("limit", 0)
    most = limit if isinstance(limit, int) else 0
    if details.get("what") == "pages":
        return f"这个文件有 {details.get('size')} 页，最多 {most} 页。"
    if details.get("what") == "pixels":
        return "这张图片的像素太多。"
    which = "这一件的附件合计" if details.get("what") == "filing" else "这个文件"
    return f"{which}超过上限 {most / (1 << 20):.0f} MB。"


_ORDER_FIELDS: Final[Mapping[str, str]] = {
    "clause": "依据的条款",
    "facts": "查明的事实",
    "asked": "要求",
    "due_on": "期限（不早于今天）",
    "certificate_number": "执法证号",
}


def _order_fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list) else ()
    return "、".join(_ORDER_FIELDS.get(str(name), str(name)) for name in listed) or "必填各项"


def _names(names: object) -> str:
    return "、".join(str(name) for name in names) if isinstance(names, tuple) else "分管领导"


def _fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list | frozenset | set) else ()
    return "、".join(_OFFICE_FIELDS.get(str(name), str(name)) for name in listed) or "必填各项"


def _mistyped(groups: object) -> str:
    named = "、".join(str(group) for group in groups) if isinstance(groups, tuple | list) else ""
    return f"第 {named} 组有误，请对照恢复单。" if named else "共八组，每组五个字符，请对照恢复单。"
