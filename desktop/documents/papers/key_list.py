"""The lists of works that are looked after more closely (重点工程清单, LG-15-10, SJ-5.5a, SJ-5.5b); numbers covered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, ItemTable, Paper, Paragraph
from desktop.documents.titles import TITLES
from desktop.documents.wording import day
from desktop.domain.acts import Office
from desktop.domain.key_lists import LIST_ARTICLES, KeyListRow, KeyListSheet
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import PaperTexts

CODE: Final = "key_list"
_HEADERS: Final = (
    "序",
    "登记编号",
    "工程名称",
    "地点",
    "社区",
    "列入原因",
    "生产经营单位",
    "首查期限",
    "最近巡查",
    "未销隐患",
)
_WIDTHS: Final = (9, 51, 44, 44, 25, 40, 42, 30, 30, 15)


def key_list(sheet: KeyListSheet, *, office: Office, pack: PolicyPack) -> Paper:
    """Compose one list as of its day; what belongs on none says why."""
    return Paper(
        code=CODE,
        title=sheet.title,
        number="",
        issuer="\n".join(part for part in (office.street_name, office.window) if part),
        template_version=f"{pack.id} {pack.version} · {CODE}",
        shape="wide",
        blocks=tuple(_blocks(sheet, pack)),
        foot=(pack.basis_on(sheet.as_of),),
        issued_on=sheet.as_of.isoformat(),
    )


def _blocks(sheet: KeyListSheet, pack: PolicyPack) -> Iterator[Block]:
    texts = pack.papers.get(CODE) or PaperTexts(code=CODE, title=TITLES[CODE])
    article = LIST_ARTICLES[sheet.kind]
    basis = f"，{article}" if article else ""
    yield Paragraph(text=f"截至{day(sheet.as_of)}，在建 {len(sheet.rows)} 件{basis}。", indent=False)
    if sheet.rows:
        rows = tuple(_cells(place, row) for place, row in enumerate(sheet.rows, 1))
        yield ItemTable(headers=tuple(map(local, _HEADERS)), rows=rows, widths=_WIDTHS)
    else:
        yield Paragraph(text=sheet.note or "现在没有这一类在建工程。", indent=False)
    if texts.closing and sheet.rows:
        yield Paragraph(text=texts.closing, indent=False, small=True)


def _cells(place: int, row: KeyListRow) -> tuple[str, ...]:
    return (
        str(place),
        row.number,
        row.project_name,
        row.place,
        row.community,
        row.why,
        row.contractor_name,
        _shown(row.site_check_by),
        _shown(row.last_patrol_on),
        str(row.open_hazards) if row.open_hazards else "",
    )


def _shown(value: date | None) -> str:
    return value.isoformat() if value else ""
