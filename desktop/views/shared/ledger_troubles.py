"""Troubles of the ledger file, its keys and its backups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.local_rules import local
from desktop.views.shared.trouble import Say, trouble

LEDGER_TROUBLES: Final[Mapping[str, Say]] = {
    "already_open": lambda _d: trouble(
        "台账已在另一个窗口中打开。", "请先关闭那个窗口；如果找不到，请重新启动电脑后再试。"
    ),
    "not_a_database": lambda _d: trouble(
        "台账文件已损坏，或者不是本程序的台账。", "没有改动任何内容。请从备份恢复，或者换一个数据文件夹。"
    ),
    "newer_schema": lambda d: trouble(
        f"台账由更新版本的程序写成（台账 {d.get('found', '？')}，本程序 {d.get('known', '？')}）。",
        "没有改动任何内容。请升级本程序后再打开。",
    ),
    "read_only": lambda _d: trouble(
        "台账所在的文件夹不能写入。", "请检查文件夹权限，或者请管理人员处理。录入内容仍在窗口中。"
    ),
    "disk_full": lambda _d: trouble("磁盘已满，没有保存。", "请清出空间后再按一次同样的键。录入内容仍在窗口中。"),
    "folder_unusable": lambda d: trouble(
        "数据文件夹不能使用。", "请检查该文件夹是否存在、能否写入。", f"{d.get('path', '')}\n{d.get('why', '')}".strip()
    ),
    "database_locked": lambda _d: trouble("台账正被占用，没有保存。", local("请稍候再按一次同样的键，不会重复登记。")),
    "disk_trouble": lambda _d: trouble(
        "读写台账时磁盘出错。", "请先备份数据文件夹，再联系管理人员检查磁盘。录入内容仍在窗口中。"
    ),
    "no_such_event": lambda d: trouble(
        f"没有第 {d.get('event_id', '？')} 号审计记录。", "记录可能被绕过本程序删除，请核验台账。"
    ),
    "older_schema": lambda d: trouble(
        f"台账由较早版本的程序写成（台账 {d.get('found', '？')}，本程序 {d.get('known', '？')}）。",
        "没有改动任何内容。请先用本程序打开一次台账，再核验。",
    ),
    "anchor_unfit": lambda _d: trouble("日结单上的链头没有录对。", "请照日结单录入条数和全部十六组字符。"),
    "passphrase_needed": lambda _d: trouble("这份台账已加密。", "请输入台账口令或者恢复码。"),
    "passphrase_wrong": lambda _d: trouble(
        "台账口令不对。", "请核对大小写和输入法后再输；忘记的，用恢复单上的恢复码。"
    ),
    "recovery_wrong": lambda _d: trouble(
        "恢复码打不开这份台账。", "请核对是不是最近一次打印的恢复单；旧备份用当时的恢复单。"
    ),
    "recovery_mistyped": lambda d: trouble("恢复码录入有误。", _mistyped(d.get("groups"))),
    "key_missing": lambda _d: trouble("台账的密钥文件 ledger.key 不见了。", "没有改动任何内容。请从备份恢复。"),
    "key_damaged": lambda _d: trouble("台账的密钥文件 ledger.key 已损坏。", "没有改动任何内容。请从备份恢复。"),
    "passphrase_weak": lambda d: trouble(
        "口令太容易猜。", f"请用至少 {d.get('least', 12)} 个字符、不全是重复字符的一句话。"
    ),
    "already_protected": lambda _d: trouble("台账已经加密。", "要换口令请用“台账口令”。"),
    "not_protected": lambda _d: trouble("台账还没有加密。", "请先设台账口令。"),
    "protecting_failed": lambda d: trouble(
        "加密后的核对没有通过，台账仍是原来的样子。", "请再试一次；仍然不行时请先恢复演练。", str(d.get("why", ""))
    ),
    "no_keyring": lambda _d: trouble("这台电脑没有可用的系统密钥环。", "请每次启动时输入台账口令。"),
    "ledger_damaged": lambda d: trouble("台账文件已损坏。", "没有改动任何内容。请从备份恢复。", str(d.get("why", ""))),
    "ledger_shortened": lambda d: trouble(
        f"台账少了最后 {d.get('lost', '若干')} 条记录：写入日志被截断，或者台账文件被换成更早的一份。",
        "没有改动任何内容。请从备份恢复，或者请管理人员处理。",
    ),
    "ledger_missing": lambda _d: trouble(
        "台账文件不见了。", "没有另建新台账，以免重号。请从备份恢复，或者找回原来的文件。"
    ),
    "not_a_backup": lambda _d: trouble("这个文件夹不是备份。", "请选以日期命名、内有 manifest.json 的文件夹。"),
    "backup_torn": lambda d: trouble(
        f"备份残缺：{d.get('file', '')} 与备份时不一致。", "没有改动任何内容。请换一份备份。"
    ),
    "backup_newer": lambda _d: trouble("备份由更新版本的程序做成。", "请升级本程序后再恢复。"),
    "backup_unreadable": lambda d: trouble(
        f"备份中的 {d.get('file', '')} 读不出来。", "请检查备份盘，或者换一份备份。", str(d.get("why", ""))
    ),
    "backup_foreign": lambda _d: trouble("备份的密钥和台账不是一套。", "没有改动任何内容。请换一份备份。"),
    "backup_damaged": lambda d: trouble(
        "备份中的台账已损坏。", "没有改动任何内容。请换一份备份。", str(d.get("why", ""))
    ),
    "backup_differs": lambda d: trouble(
        "备份中的台账与备份时的清点不一致。", "没有改动任何内容。请换一份备份。", str(d.get("why", ""))
    ),
    "backup_chain_broken": lambda d: trouble(
        "备份中的审计链有断点，备份时的台账也有。", "请由审计员核验台账。", str(d.get("why", ""))
    ),
    "backup_hours": lambda d: trouble("备份间隔没有保存。", f"请填 {d.get('least', 1)} 至 {d.get('most', 168)} 小时。"),
    "second_place_missing": lambda d: trouble(
        "第二备份位置不在。", "请插上优盘或者接通共享文件夹；本机备份照常。", str(d.get("path", ""))
    ),
    "second_place_here": lambda _d: trouble(
        "第二备份位置在数据文件夹里面。", "请选另一块盘：同一块盘坏了，两份会一起丢。"
    ),
    "place_full": lambda d: trouble("备份的磁盘已满。", "请清出空间，或者换一个位置。", str(d.get("path", ""))),
    "place_read_only": lambda d: trouble(
        "备份的位置不能写入。", "请检查优盘的写保护和文件夹权限。", str(d.get("path", ""))
    ),
    "place_unusable": lambda d: trouble(
        "备份的位置不能使用。", "请检查该位置是否接通。", f"{d.get('path', '')}\n{d.get('why', '')}".strip()
    ),
    "cannot_save_file": lambda d: trouble(
        "文件没有存成。", "请换一个文件夹，或者关闭正在打开它的程序。", str(d.get("why", ""))
    ),
}


def _mistyped(groups: object) -> str:
    named = "、".join(str(group) for group in groups) if isinstance(groups, tuple | list) else ""
    return f"第 {named} 组有误，请对照恢复单。" if named else "共八组，每组五个字符，请对照恢复单。"
