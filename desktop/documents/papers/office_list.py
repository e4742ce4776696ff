"""A list or summary that the office makes for itself: no number, its day of making at the foot."""

from __future__ import annotations

from datetime import date

from desktop.documents.blocks import Block, Paper
from desktop.domain.acts import Office


def office_list(code: str, title: str, *, family: str, office: Office, on: date, blocks: tuple[Block, ...]) -> Paper:
    """Compose a paper without a number; ``family`` is what its template belongs to."""
    return Paper(
        code=code,
        title=title,
        number="",
        issuer="\n".join(part for part in (office.street_name, office.window) if part),
        template_version=f"{family} · {code}",
        shape="form",
        blocks=blocks,
        foot=(f"制表日期：{on.isoformat()}",),
        issued_on=on.isoformat(),
    )
