"""The bulk-import sheet of a city platform as data: heading, source, value mapping, required.  Pure.

The documents name the platform and not the headings of its sheet, so the shipped one is marked
``is_unverified`` (未核实), and an office may put the platform's own empty sheet in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from desktop.domain.search_keys import normalise

MOST_COLUMNS: Final = 200
LONGEST_HEADING: Final = 100
# Platforms write it before or behind the heading of what must be filled in.
_MUST: Final = "*＊"
_REMARKS: Final = ("必填", "选填", "非必填")


class CellKind(StrEnum):
    """What a cell holds; each value stands in packs and settings."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformColumn:
    """One column: what stands in it and where that comes from.

    ``source`` is a name of ``platform_values.SOURCES``, empty for a column that this program leaves empty, or ``=``
    and a text that is always the same.  ``values`` gives the platform's words by the codes of the ledger; where there
    are any, a code without a word is a fault.  ``kinds`` are the kinds of matter the column is for, empty for all.
    """

    heading: str
    source: str
    kind: CellKind = CellKind.TEXT
    is_required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()  # other headings that mean the same
    kinds: tuple[str, ...] = ()
    longest: int = 0  # characters, 0 for no limit
    place: int = 0  # of the column in the platform's own file, counted from 1; 0 follows the order


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformTemplate:
    """A sheet: its columns in their order; ``sheet`` and ``heading_row`` say where an own file is filled."""

    title: str
    columns: tuple[PlatformColumn, ...]
    article: str = ""
    is_unverified: bool = True
    sheet: str = ""
    heading_row: int = 1  # counted from 1; what is filled in stands below


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A line of headings found in a sheet of others: cells in their places, empty where there is none."""

    sheet: str
    row: int  # counted from 1
    headings: tuple[str, ...]


def matched(shipped: PlatformTemplate, headed: Headed, *, title: str) -> PlatformTemplate:
    """Give the template of a platform's own sheet: headings that are known take their source from the shipped one.

    A heading that is not known stays with an empty source; one with a star is required either way.
    """
    known = {key: column for column in shipped.columns for key in _keys(column)}
    columns = []
    for place, text in enumerate(headed.headings, 1):
        if not normalise(text):
            continue
        same = known.get(heading_key(text))
        columns.append(
            PlatformColumn(
                heading=text.strip(),
                source=same.source if same else "",
                kind=same.kind if same else CellKind.TEXT,
                is_required=is_starred(text) or (same is not None and same.is_required),
                values=same.values if same else {},
                kinds=same.kinds if same else (),
                longest=same.longest if same else 0,
                place=place,
            )
        )
    return PlatformTemplate(
        title=title,
        columns=tuple(columns),
        is_unverified=False,
        sheet=headed.sheet,
        heading_row=headed.row,
    )


def best_headed(shipped: PlatformTemplate, candidates: Sequence[Headed]) -> Headed | None:
    """Give the line that holds the most known headings, None when none holds two."""
    known = {key for column in shipped.columns for key in _keys(column)}

    def count(headed: Headed) -> int:
        return len({heading_key(text) for text in headed.headings} & known)

    best = max(candidates, key=count, default=None)
    return best if best is not None and count(best) >= 2 else None


def unknown_headings(template: PlatformTemplate) -> tuple[str, ...]:
    """Name the headings that nothing of the ledger is put under."""
    return tuple(column.heading for column in template.columns if not column.source)


def heading_key(text: str) -> str:
    """Fold a heading for comparison: without stars, brackets' marks and 必填."""
    key = normalise(text)
    for remark in _REMARKS[::-1]:
        key = key.replace(remark, "")
    return key


def is_starred(text: str) -> bool:
    """Say whether a heading says itself that it must be filled in."""
    said = text.strip()
    is_marked = said[:1] in _MUST or said[-1:] in _MUST if said else False
    return is_marked or ("必填" in said and "非必填" not in said)


def template_to_plain(template: PlatformTemplate) -> dict[str, Any]:
    """Give a template as plain data for a setting."""
    return {
        "title": template.title,
        "sheet": template.sheet,
        "heading_row": template.heading_row,
        "columns": [
            {
                "heading": column.heading,
                "source": column.source,
                "kind": column.kind.value,
                "is_required": column.is_required,
                "values": dict(column.values),
                "kinds": list(column.kinds),
                "longest": column.longest,
                "place": column.place,
            }
            for column in template.columns
        ],
    }


def template_from_plain(plain: Mapping[str, Any]) -> PlatformTemplate:
    """Read what ``template_to_plain`` gave."""
    return PlatformTemplate(
        title=plain["title"],
        is_unverified=False,
        sheet=plain["sheet"],
        heading_row=plain["heading_row"],
        columns=tuple(
            PlatformColumn(
                **{
                    **column,
                    "kind": CellKind(column["kind"]),
                    "kinds": tuple(column["kinds"]),
                }
            )
            for column in plain["columns"]
        ),
    )


def _keys(column: PlatformColumn) -> tuple[str, ...]:
    return tuple(heading_key(text) for text in (column.heading, *column.also))
