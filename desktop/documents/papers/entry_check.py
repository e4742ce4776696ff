"""The record of a check at the gate of an estate (进场核查记录): content, qualifications, gear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper
from desktop.documents.papers.on_site import PatrolOnPaper, answered, as_typed, duty_rows, sheet_of, visit_head
from desktop.documents.site_paper import SitePaper, closing, opening, row, signatures
from desktop.domain.masking import mask_certificate
from desktop.domain.patrol_details import EntryDetails

CODE: Final = "entry_check_record"
_ROOM: Final = 6
_HEADERS: Final = ("序号", "姓名", "工种", "特种作业操作证号", "证件相符")


def entry_check_record(ctx: SitePaper, patrol: PatrolOnPaper | None = None) -> Paper:
    """Compose the record of one check at the gate, or a blank."""
    return sheet_of(ctx, CODE, _blocks(ctx, patrol))


def _blocks(ctx: SitePaper, patrol: PatrolOnPaper | None) -> Iterator[Block]:
    details = patrol.details if patrol and isinstance(patrol.details, EntryDetails) else None
    is_blank = details is None
    yield from opening(ctx, CODE)
    yield visit_head(ctx, patrol)
    work = as_typed(details.work) if details else "\n"
    yield FactTable(rows=(row(("进场作业内容", work)),), tall=is_blank)
    table = duty_rows(ctx, CODE, details)
    if table is not None:
        yield Heading(text="核查")
        yield table
    yield Heading(text="进场人员")
    yield _entrants(details)
    if patrol is not None and patrol.remark:
        yield FactTable(rows=(row(("备注", as_typed(patrol.remark))),))
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE)


def _entrants(details: EntryDetails | None) -> ItemTable:
    if details is None:
        rows = tuple((str(place), "", "", "", answered(None, is_blank=True)) for place in range(1, _ROOM + 1))
    else:
        rows = tuple(
            # A number of the T kind is the person's identity number.
            (str(n), one.name, one.trade, mask_certificate(one.certificate), answered(one.is_certified, is_blank=False))
            for n, one in enumerate(details.entrants, start=1)
        )
    return ItemTable(headers=_HEADERS, rows=rows, widths=(12, 34, 34, 58, 32), tall=details is None)
