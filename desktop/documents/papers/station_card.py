"""The paper by which another station knows this one: its check code to be compared, on paper or read aloud (核对单)."""

from __future__ import annotations

from collections.abc import Sequence
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
from desktop.domain.package import StationCard

_CODE: Final = "station_card"
_USE: Final = (
    "本单连同名片文件（.swcard）交给与本单位往来上报包的单位。文件可以用优盘或者网络传送，本单应当面交接，或者电话逐组念读。",
    "对方在程序中打开名片文件，照本单录入十组核对码（或者扫描二维码）。程序逐组比对，全部一致才列为往来单位。",
    "有一组不一致的，名片文件不是本单位的：不要列入，并告知本单位。",
    "本单不含密钥，不必保密；来路不明的核对单不要采用。",
)


def station_card(card: StationCard, groups: Sequence[str], *, office: Office, on: date) -> Paper:
    """Compose the paper of a station's card; ``groups`` are its fingerprint as it is read aloud."""
    return Paper(
        code=_CODE,
        title=TITLES[_CODE],
        number="",
        issuer="\n".join(dict.fromkeys(part for part in (office.street_name, office.station_name) if part)),
        template_version=_CODE,
        shape="form",
        blocks=_blocks(card, groups, office, on),
        foot=("核对码由本单位的公开密钥算出（SHA-256 的前 40 位）；密钥不变，核对码不变。",),
        issued_on=on.isoformat(),
    )


def _blocks(card: StationCard, groups: Sequence[str], office: Office, on: date) -> tuple[Block, ...]:
    return (
        FactTable(
            rows=(
                (Fact(label="单位名称", value=card.name),),
                (Fact(label="编号代码", value=card.code), Fact(label="打印日期", value=day(on))),
                (Fact(label="联系电话", value=office.phone or "—"),),
            )
        ),
        Heading(text="核对码"),
        CodeGroups(groups=tuple(groups), whole="".join(groups)),
        Paragraph(text="从左到右、从上到下，共十组，每组四个字符，只有数字 0 至 9 和字母 A 至 F。", small=True),
        Heading(text="怎样核对"),
        NumberedItems(items=tuple(Item(text=text) for text in _USE)),
        Heading(text="交接"),
        Signatures(lines=("本单位经办人：", "对方单位：", "对方核对人：", "核对日期："), seal="", date=""),
    )
