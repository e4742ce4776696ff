"""Troubles in the clerk's words: what happened, and how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.local_rules import local
from desktop.views.exchange.package_troubles import PACKAGE_TROUBLES
from desktop.views.exchange.packing_troubles import PACKING_TROUBLES
from desktop.views.exchange.platform_troubles import PLATFORM_TROUBLES
from desktop.views.exchange.receiving_troubles import RECEIVING_TROUBLES
from desktop.views.exchange.sheet_troubles import SHEET_TROUBLES
from desktop.views.life.life_troubles import LIFE_TROUBLES
from desktop.views.registers.register_troubles import REGISTER_TROUBLES
from desktop.views.shared.book_troubles import BOOK_TROUBLES
from desktop.views.shared.evaluation_troubles import EVALUATION_TROUBLES
from desktop.views.shared.ledger_troubles import LEDGER_TROUBLES
from desktop.views.shared.people_troubles import PEOPLE_TROUBLES
from desktop.views.shared.rules_troubles import RULES_TROUBLES
from desktop.views.shared.site_troubles import SITE_TROUBLES
from desktop.views.shared.statistics_troubles import STATISTICS_TROUBLES
from desktop.views.shared.trouble import Say, Trouble, trouble

__all__ = ["TROUBLES", "Trouble", "describe", "show_trouble"]

_MOST_FAULTS: Final = 12


def _told(say: Callable[[Mapping[str, object]], tuple[str, str]], details: Mapping[str, object]) -> Trouble:
    return trouble(*say(details))


_OFFICE_FIELDS: Final[Mapping[str, str]] = {
    "street_name": "街道名称",
    "station_name": "受理点名称",
    "station_kind": "受理点性质",
    "code": "编号代码（1 至 6 位大写字母或者数字）",
    "pack_id": "规则包",
}


TROUBLES: Final[Mapping[str, Say]] = {
    **{code: partial(_told, say) for code, say in REGISTER_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in LIFE_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in PACKAGE_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in PACKING_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in PLATFORM_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in RECEIVING_TROUBLES.items()},
    **{code: partial(_told, say) for code, say in SHEET_TROUBLES.items()},
    # These last: their words stand where two tables know the same trouble.
    **STATISTICS_TROUBLES,
    **BOOK_TROUBLES,
    **SITE_TROUBLES,
    **EVALUATION_TROUBLES,
    **PEOPLE_TROUBLES,
    **LEDGER_TROUBLES,
    **RULES_TROUBLES,
    "office_incomplete": lambda d: trouble("受理点信息不完整。", f"请补充：{_fields(d.get('fields'))}。"),
    "not_awaiting_correction": lambda d: trouble(
        f"{d.get('number', '该件')} 不在待补正状态，不能办理补正。", "请在台账中查看它现在的状态。"
    ),
    "act_id_used": lambda d: trouble(
        f"这个办理标识已经用于 {d.get('number', '另一件')}。", "没有改动任何内容。请核对文件，或者换一个标识。"
    ),
    "act_not_allowed": lambda d: trouble("现在不能这样办理。", str(d.get("why", "") or "请查看右侧判定。")),
    "reason_required": lambda d: trouble("这样办理需要填写理由。", str(d.get("why", "") or "理由会留在档案中。")),
    "unjudged_materials": lambda d: trouble(
        f"还有 {d.get('count', '若干')} 项材料未核对。", local("一次性告知书须一次列全，请逐项核对后再告知。")
    ),
    "blocked_by_typed_data": lambda d: trouble(
        "有一项录入内容不能成立。", str(d.get("why", "") or "请改正标红的内容。")
    ),
    "missing_characters": lambda d: trouble(
        f"随附字体中没有这些字：{d.get('characters', '')}。",
        "为免印成空框，没有打印。请核对用字，或者联系管理人员补充字体。",
    ),
    "paper_changed": lambda _d: trouble(
        "文书内容与签发时的校验值不一致。", "没有打印。请联系管理人员核查台账是否被外部改动。"
    ),
    "office_not_set_up": lambda _d: trouble("还没有填写受理点信息。", "请先在“设置”中填写街道、受理点和编号代码。"),
    "no_such_filing": lambda _d: trouble("台账中没有这一件。", "请在台账中重新查找；可能是编号有误。"),
    "no_such_paper": lambda _d: trouble("台账中没有这份文书。", "请打开一件一档，在“文书”栏中重新选择。"),
    "not_registered": lambda d: trouble(
        local(f"{d.get('number', '该件')} 没有受理登记，不录入平台。"), "请在台账中查看它现在的状态。"
    ),
    "platform_number_unfit": lambda d: trouble("平台编号没有记下。", str(d.get("why", "") or "请核对编号。")),
    "attachment_type": lambda _d: trouble(
        "这个文件不是 PDF、JPEG 或者 PNG。", "没有添加。请扫描或者另存为这三种格式再添加；改扩展名没有用。"
    ),
    "attachment_too_large": lambda d: trouble(_too_large(d), "没有添加。请降低扫描分辨率，或者分成几个文件。"),
    "attachment_damaged": lambda _d: trouble(
        "这个文件打不开：内容不完整、已损坏，或者加了密码。", "没有添加。请重新扫描，或者去掉密码后再添加。"
    ),
    "attachment_missing": lambda d: trouble(
        f"附件《{d.get('title', '')}》的文件不见了。", "请从备份恢复附件文件夹，并联系管理人员查明原因。"
    ),
    "attachment_changed": lambda d: trouble(
        f"附件《{d.get('title', '')}》的内容与添加时不一致。",
        "没有打开。请从备份恢复附件文件夹，并联系管理人员查明原因。",
    ),
    "attachment_purged": lambda d: trouble(f"附件《{d.get('title', '')}》保存期限届满，已经清除。", "这里只保留记录。"),
    "attachment_limits_unfit": lambda _d: trouble(
        "附件大小上限不能这样设。", "单个文件不能超过每件合计，也不能超过 1024 MB；页数至少 1 页。"
    ),
    "attachment_no_preview": lambda _d: trouble("这张图片太大，不能在这里预览。", "可以存为带水印的副本后再看。"),
    "no_such_attachment": lambda _d: trouble("没有这份附件。", "请在附件栏中重新选择。"),
    "no_such_draft": lambda _d: trouble("这份草稿已经办结或者丢弃。", "没有添加。办结后请在一件一档的附件栏中添加。"),
    "cannot_read_file": lambda d: trouble(
        "文件读不出来。", "请检查文件是否还在、是否被别的程序占用。", str(d.get("why", ""))
    ),
    "keeping_period_unfit": lambda _d: trouble("保存期限不能这样设。", "请填 1 至 1200 的整月数；不填就一直保存。"),
    "period_reversed": lambda _d: trouble("起始日期晚于截止日期。", "请改正日期后重试。"),
    "organisation_required": lambda _d: trouble("没有填写物业服务企业。", "请填写企业名称后重试。"),
    "list_too_long": lambda d: trouble(
        f"共 {d.get('count', '')} 行，超过一次打印的 {d.get('most', '')} 行。", "请缩短期间，或者导出 Excel。"
    ),
    "no_such_form": lambda _d: trouble("没有这种空白表格。", "请从空白表格的列表中重新选择。"),
    "unknown_pack": lambda _d: trouble("没有找到设置中的规则包。", "请在“设置”中另选规则包，或者重新安装本程序。"),
    "no_pack_in_force": lambda _d: trouble(
        "这一天没有可用的规则包。", "请核对电脑日期；日期无误的，请在“设置”中另选规则包，或者升级本程序。"
    ),
    "no_printer": lambda _d: trouble("没有找到打印机。", "请接通打印机，或者先存为 PDF。"),
    "printing_failed": lambda _d: trouble(
        "打印没有完成。", "请检查打印机是否缺纸、脱机，再重新打印；文书已在台账中，不会丢失。"
    ),
}


def describe(error: Exception) -> Trouble:
    """Give the wording of any trouble; one that nobody foresaw is called so, with what to do."""
    if isinstance(error, FaultyInput):
        shown = [f"{fault.where}：{fault.what}" for fault in error.faults[:_MOST_FAULTS]]
        if len(error.faults) > _MOST_FAULTS:
            shown.append(f"……共 {len(error.faults)} 处")
        return trouble("文件内容有误，没有改动任何内容。", "请按下列各处改正后再试。", "\n".join(shown))
    if isinstance(error, ClerkError):
        say = TROUBLES.get(error.code)
        return (
            say(error.details)
            if say
            else trouble("没有办成。", f"请再试一次；仍然不行时把代码 {error.code} 告诉管理人员。")
        )
    return trouble(
        "程序出现意外问题，没有办成。",
        "录入内容仍在；请再试一次，仍然不行时请联系管理人员查看日志。",
        type(error).__name__,
    )


def show_trouble(error: Exception, parent: QWidget | None) -> None:
    """Show a trouble that stops what the clerk was doing, until it is read."""
    said = describe(error)
    box = QMessageBox(parent)
    box.setObjectName("trouble")
    box.setWindowTitle("没有办成")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(said.title)
    box.setInformativeText("\n".join(part for part in (said.remedy, said.details) if part))
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


def _fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list | frozenset | set) else ()
    return "、".join(_OFFICE_FIELDS.get(str(name), str(name)) for name in listed) or "必填各项"
