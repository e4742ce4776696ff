"""The three lists of persons and their rights on paper, across the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, ItemTable, Paper, Paragraph
from desktop.documents.wording import day
from desktop.domain.acts import Office
from desktop.domain.organisations import OrganisationKind
from desktop.domain.people_cells import cell_of
from desktop.domain.person_lists import SHAPES, Annex, ListRow, PersonLists
from desktop.domain.role_names import roles_written

_WIDTHS: Final = (16, 22, 22, 24, 16)
_ROOM: Final = 6  # empty rows of a list that nobody has filled in yet


def person_list(annex: Annex, lists: PersonLists, *, office: Office, on: date) -> Paper:
    """Compose one of the lists, with whole telephones: it is for the office, not for posting."""
    shape = SHAPES[annex]
    blocks = list(_tables(annex, lists)) or [_table(annex, ())]
    note = Paragraph(text=f"截至{day(on)}。本表含个人电话，仅供内部使用，不得张贴。", indent=False, small=True)
    return Paper(
        code=f"person_list_{annex.value}",
        title=shape.title,
        number="",
        issuer=office.street_name,
        template_version=f"person_list_{annex.value}",
        shape="wide",
        blocks=(*blocks, note),
        issued_on=on.isoformat(),
    )


def _tables(annex: Annex, lists: PersonLists) -> Iterator[Block]:
    shape = SHAPES[annex]
    rows = [row for row in lists.rows if row.annex is annex]
    named = [region for region in lists.regions if region.annex is annex]
    known = {region.name for region in named}
    for region in named:
        text = f"{shape.region}：{region.name}"
        if shape.region_kind is OrganisationKind.DISTRICT and annex is Annex.STREETS:
            admins = "，".join(f"{one.name} {one.phone}" for one in region.admins)
            text += f"　　系统后台管理员：{admins or '________'}"
        yield Paragraph(text=text, indent=False, bold=True)
        yield _table(annex, tuple(row for row in rows if row.region == region.name))
    others = tuple(row for row in rows if row.region not in known)
    if others:
        yield Paragraph(text=f"{shape.region}：________", indent=False, bold=True)
        yield _table(annex, others)


def _table(annex: Annex, rows: tuple[ListRow, ...]) -> ItemTable:
    cells = tuple(
        (row.unit, *(cell_of(people) for people in row.people), roles_written(row.roles).replace("、", "\n"))
        for row in rows
    )
    headers = SHAPES[annex].headers
    return ItemTable(headers=headers, rows=cells or (tuple("" for _ in headers),) * _ROOM, widths=_WIDTHS, tall=True)
