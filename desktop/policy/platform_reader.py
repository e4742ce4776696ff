"""Reads what a pack says of the bulk-import sheet of its platform: every column with source, words and kind."""

from __future__ import annotations

from collections import Counter
from typing import Final

from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.platform_template import CellKind, PlatformColumn, PlatformTemplate, heading_key
from desktop.domain.platform_values import FIXED, SOURCES
from desktop.policy.table import Table

_KINDS: Final = (SMALL_WORK, MINOR_OPERATION)
_CELLS: Final = {kind.value for kind in CellKind}


def platform_template(rules: Table) -> PlatformTemplate | None:
    """Read the sheet; None where the pack has none."""
    if "platform_template" not in rules.raw:
        return None
    table = rules.table("platform_template")
    columns = []
    for each in table.tables("columns"):
        columns.append(_column(each))
        each.close()
    for key, count in Counter(heading_key(column.heading) for column in columns).items():
        if count > 1:
            table.fault("columns", f"表头 {key} 重复")
    template = PlatformTemplate(
        title=table.text("title"),
        article=table.text("article"),
        is_unverified=table.flag("unverified"),
        columns=tuple(columns),
    )
    table.close()
    return template


def _column(table: Table) -> PlatformColumn:
    source, kind = table.text("source"), table.text("kind", CellKind.TEXT.value)
    if source not in SOURCES and not source.startswith(FIXED):
        table.fault("source", f"没有 {source} 这一项")
    if kind not in _CELLS:
        table.fault("kind", f"应为 {'、'.join(sorted(_CELLS))} 之一")
    kinds = table.texts("kinds")
    for each in kinds:
        if each not in _KINDS:
            table.fault("kinds", f"没有 {each} 这一类，应为 {'、'.join(_KINDS)}")
    return PlatformColumn(
        heading=table.text("heading"),
        source=source,
        kind=CellKind(kind) if kind in _CELLS else CellKind.TEXT,
        is_required=table.flag("required"),
        values=_values(table),
        also=table.texts("also"),
        kinds=kinds,
        longest=table.integer("longest", optional=True) or 0,
    )


def _values(table: Table) -> dict[str, str]:
    if "values" not in table.raw:
        return {}
    words = table.table("values")
    return {code: words.text(code) for code in words.raw}
