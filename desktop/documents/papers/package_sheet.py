"""The sheet that goes with a package to the office above and is signed there (上报签收单)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from desktop.documents.blocks import (
    Block,
    Fact,
    FactTable,
    Heading,
    Item,
    ItemTable,
    NumberedItems,
    Paper,
    Paragraph,
    Signatures,
)
from desktop.documents.titles import TITLES
from desktop.documents.wording import day
from desktop.domain.acts import Office
from desktop.domain.package import PackageKind, StationCard
from desktop.domain.packing import Sent

_CODE: Final = "package_sheet"
_GROUP: Final = 8
_USE: Final = (
    "本单与上报包文件（.swpkg）一起交接。接收单位在程序中打开文件，核对单位、核对码和各类件数与本单一致后接收入库。",
    "接收后向上报单位出具回执文件（.swack）。回执读入之前，包内的内容仍算未上报，下次一并再报。",
    "文件丢失、损坏的，重新生成即可；重复接收同一文件，台账不变。",
)


def package_sheet(
    sent: Sent,
    card: StationCard,
    *,
    groups: Sequence[str],
    counts: Sequence[tuple[str, int]],
    receiver: str,
    office: Office,
    on: date,
) -> Paper:
    """Compose the sheet of a package; ``groups`` are the station's fingerprint, ``counts`` kinds in words."""
    return Paper(
        code=_CODE,
        title=TITLES[_CODE],
        number="",
        issuer="\n".join(dict.fromkeys(part for part in (office.street_name, office.station_name) if part)),
        template_version=_CODE,
        shape="form",
        blocks=_blocks(sent, card, groups, counts, receiver, office),
        foot=(f"上报包编号 {sent.package_id}；打印日期 {day(on)}。",),
        issued_on=on.isoformat(),
    )


def _blocks(
    sent: Sent,
    card: StationCard,
    groups: Sequence[str],
    counts: Sequence[tuple[str, int]],
    receiver: str,
    office: Office,
) -> tuple[Block, ...]:
    made = f"{sent.made_at.astimezone():%Y-%m-%d %H:%M}"
    sha = sent.file_sha256.upper()
    rows = [*counts, ("合计", sent.count)]
    return (
        FactTable(
            rows=(
                (Fact(label="上报单位", value=card.name), Fact(label="编号代码", value=card.code)),
                (Fact(label="上报内容", value=_content(sent)), Fact(label="生成时间", value=made)),
                (Fact(label="个人信息", value=_personal(sent)), Fact(label="加密", value=_sealed(receiver))),
                (Fact(label="经办人", value=sent.made_by or "—"), Fact(label="联系电话", value=office.phone or "—")),
                (Fact(label="文件名", value=sent.file_name),),
                (Fact(label="单位核对码", value=" ".join(groups)),),
            )
        ),
        Heading(text="件数"),
        ItemTable(headers=("种类", "件数"), rows=tuple((word, str(count)) for word, count in rows), widths=(120, 50)),
        Paragraph(
            text="文件的 SHA-256：" + " ".join(sha[place : place + _GROUP] for place in range(0, len(sha), _GROUP)),
            indent=False,
            small=True,
        ),
        Heading(text="交接"),
        NumberedItems(items=tuple(Item(text=text) for text in _USE)),
        Signatures(lines=("上报人（签名）：", "接收单位：", "接收人（签名）：", "接收日期："), seal="", date=""),
    )


def _content(sent: Sent) -> str:
    if sent.period is not None:
        return f"{day(sent.period[0])}至{day(sent.period[1])}"
    return "全部台账" if sent.kind is PackageKind.ALL else "上次确认以来的变动"


def _personal(sent: Sent) -> str:
    scans = "附带附件" if sent.has_attachments else "不带附件"
    return f"{'已遮盖' if sent.is_masked else '完整'}，{scans}"


def _sealed(receiver: str) -> str:
    return f"加密给{receiver}" if receiver else "不加密"
