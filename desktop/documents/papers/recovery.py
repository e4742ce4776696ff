"""The recovery sheet of a protected ledger: the code, where to keep it and how it is used.  It exists on paper only."""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.documents.blocks import (
    Block,
    CodeGroups,
    Fact,
    FactTable,
    Heading,
    Item,
    NumberedItems,
    Paper,
    Paragraph,
    Signatures,
)
from desktop.documents.titles import TITLES
from desktop.documents.wording import day
from desktop.domain.acts import Office

_CODE: Final = "recovery_sheet"
_KEEP: Final = (
    "本页只打印一次，程序不保存恢复码。请当场核对八组字符是否清楚，再关闭窗口。",
    "装入信封，封口处签名并写明日期，放进带锁的柜子，与电脑、备份盘分开存放。",
    "不要拍照，不要存入电脑、手机或者通讯软件，不要复印。",
    "经手人变动、信封被拆或者怀疑有人看过的，立即在“设置”的“备份和加密”中换一份恢复单，旧页当场销毁。",
)
_USE: Final = (
    "忘记台账口令，或者要在另一台电脑上打开备份时，在口令窗口中选择“忘了口令，用恢复码”，依次录入八组字符，不分大小写。",
    "每组的末位是校验符，录错时程序会指出是第几组。",
    "打开后先设一个新口令，再换一份恢复单。换单以前所做的备份，仍须用做备份当时的口令或者恢复单打开。",
    "口令和恢复码都没有的，任何人都无法读出台账，本程序的作者也不能。",
)


def recovery_sheet(office: Office, code: str, on: date) -> Paper:
    """Compose the sheet of a recovery code, its groups joined by hyphens."""
    return Paper(
        code=_CODE,
        title=TITLES[_CODE],
        number="",
        issuer="\n".join(dict.fromkeys(part for part in (office.street_name, office.station_name) if part)),
        template_version=_CODE,
        shape="form",
        blocks=_blocks(office, code, on),
        foot=("本页等同于台账的钥匙，请按涉密资料保管。",),
        issued_on=on.isoformat(),
    )


def _blocks(office: Office, code: str, on: date) -> tuple[Block, ...]:
    station = f"{office.station_name}{office.window}"
    return (
        FactTable(
            rows=(
                (Fact(label="受理点", value=station),),
                (Fact(label="编号代码", value=office.code), Fact(label="打印日期", value=day(on))),
            )
        ),
        Heading(text="恢复码"),
        CodeGroups(groups=tuple(code.split("-")), whole=code),
        Paragraph(
            text="从左到右、从上到下，共八组。字符中没有字母 I、L、O、U：圈形的是数字 0，竖形的是数字 1。", small=True
        ),
        Heading(text="怎样保管"),
        NumberedItems(items=tuple(Item(text=text) for text in _KEEP)),
        Heading(text="怎样使用"),
        NumberedItems(items=tuple(Item(text=text) for text in _USE)),
        Signatures(lines=("打印人：", "保管人：", "存放地点："), seal="", date=""),
    )
