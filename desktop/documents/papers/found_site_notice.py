"""督促登记通知: tells whoever works without registration to come and register, until when, with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Paper
from desktop.documents.site_paper import (
    SitePaper,
    closing,
    duty_list,
    opening,
    row,
    signatures,
    site_paper,
    site_rows,
)
from desktop.documents.wording import day

CODE: Final = "urge_registration"


def urge_registration(ctx: SitePaper, *, found_on: date, found_by: str, register_by: date) -> Paper:
    """Compose the notice; it may be posted at the site, so telephones stand covered."""
    return site_paper(ctx, CODE, _blocks(ctx, found_on, found_by, register_by))


def _blocks(ctx: SitePaper, found_on: date, found_by: str, register_by: date) -> Iterator[Block]:
    yield from opening(ctx, CODE)
    yield FactTable(rows=(*site_rows(ctx), row(("发现日期", day(found_on)), ("发现人", found_by))))
    yield Decision(
        text=f"请于{day(register_by)}前（含当日）到{ctx.office.station_name or ctx.office.street_name}办理。"
    )
    yield Heading(text="怎样办理、不办理的后果")
    yield from duty_list(ctx, CODE)
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE, sealed=True)
