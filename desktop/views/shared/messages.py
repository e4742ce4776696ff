"""Troubles in the clerk's words: what happened, and how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.domain.errors import ClerkError, FaultyInput

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


_OFFICE_FIELDS: Final[Mapping[str, str]] = {
    "street_name": "街道名称",
    "station_name": "受理点名称",
    "station_kind": "受理点性质",
    "code": "编号代码（1 至 6 位大写字母或者数字）",
    "pack_id": "规则包",
}

_Say = Callable[[Mapping[str, object]], Trouble]

TROUBLES: Final[Mapping[str, _Say]] = {
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
    "no_such_filing": lambda _d: _t("台账中没有这一件。", "请在台账中重新查找；可能是编号有误。"),
    "no_such_paper": lambda _d: _t("台账中没有这份文书。", "请打开一件一档，在“文书”栏中重新选择。"),
    "not_registered": lambda d: _t(
        f"{d.get('number', '该件')} 没有受理登记，不录入平台。", "请在台账中查看它现在的状态。"
    ),
    "platform_number_unfit": lambda d: _t("平台编号没有记下。", str(d.get("why", "") or "请核对编号。")),
    "no_such_form": lambda _d: _t("没有这种空白表格。", "请从空白表格的列表中重新选择。"),
    "unknown_pack": lambda _d: _t("没有找到设置中的规则包。", "请在“设置”中另选规则包，或者重新安装本程序。"),
    "no_pack_in_force": lambda _d: _t(
        "这一天没有可用的规则包。", "请核对电脑日期；日期无误的，请在“设置”中另选规则包，或者升级本程序。"
    ),
    "no_printer": lambda _d: _t("没有找到打印机。", "请接通打印机，或者先存为 PDF。"),
    "printing_failed": lambda _d: _t(
        "打印没有完成。", "请检查打印机是否缺纸、脱机，再重新打印；文书已在台账中，不会丢失。"
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


def _fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list | frozenset | set) else ()
    return "、".join(_OFFICE_FIELDS.get(str(name), str(name)) for name in listed) or "必填各项"
