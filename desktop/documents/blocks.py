"""The neutral form of a printed paper: what it says, block by block, without any measure of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal

Align = Literal["left", "centre", "right"]
# wide: across the long side of the sheet; board: across the long side of A3
# report, report_wide: statistics, upright and across, in one size of type
Shape = Literal["letter", "notice", "form", "poster", "wide", "board", "report", "report_wide"]
ChartForm = Literal["bars", "lines", "shares"]

_TAG: Final = "is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading between parts of a paper."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; ``indent`` moves the first line in by two characters."""

    text: str
    indent: bool = True
    bold: bool = False
    align: Align = "left"
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label with its value, one field of a table of facts."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """Rows of one or two fields; a row of one field takes the whole width.  ``tall`` leaves room for a pen."""

    rows: tuple[tuple[Fact, ...], ...]
    tall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTable:
    """A table with headers; ``widths`` are parts of the whole width, one a column."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tall: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered sentence with the article it rests on (empty when it rests on none)."""

    text: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedItems:
    """Sentences numbered from 1, each ending with its article."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The one sentence that says what was decided, set apart."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """The head of the audit chain in groups of four, small enough for half a hand's width, and the whole as QR code."""

    groups: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Lines to sign at the left, and the place of the office's or a party's seal with its date at the right."""

    lines: tuple[str, ...] = ()
    seal: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGroups:
    """A code to be typed again from paper: its groups in large type of even width, and the whole as a QR code."""

    groups: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer:
    """Empty room of some millimetres."""

    millimetres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The end of a sheet; ``title`` heads the next one."""

    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The heading of a whole part of a report, above the headings of its tables; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One line of a table of figures: a ``part`` heads those below it, a ``total`` stands apart.

    ``shades`` are how dark the cells of the figures lie, 0 (white) to 4; empty for none.
    """

    cells: tuple[str, ...]
    form: Literal["plain", "part", "total"] = "plain"
    shades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of figures: ``words`` columns of text at the left, the others are numbers and stand at the right.

    ``notes`` stand in small type right below it.
    """

    headers: tuple[str, ...]
    lines: tuple[FigureLine, ...]
    widths: tuple[int, ...]
    words: int = 1
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One label of a chart with its values, one a series: plain decimals, empty where nothing is known."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing of figures that needs no colour; ``unit`` stands at its head, ``note`` below says what is left out."""

    form: ChartForm
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first sheet of a report: title, what period it is of, whose it is, and the facts it rests on."""

    title: str
    period: str
    facts: tuple[Fact, ...]
    office: str
    date: str


Block = (
    Heading
    | Paragraph
    | FactTable
    | ItemTable
    | NumberedItems
    | Decision
    | CodeGroups
    | ChainHead
    | Signatures
    | Spacer
    | PageBreak
    | Part
    | FigureTable
    | Chart
    | Cover
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One printed paper, complete: rendering adds nothing but page numbers and the mark.

    A letter keeps the page measures of GB/T 9704; a form has smaller margins; a notice and a poster are forms in
    larger type, a board is an A3 sheet read from a step away.  ``issued_on`` is the day of issue (ISO 8601), empty on
    blank forms.
    """

    code: str
    title: str
    number: str
    issuer: str
    template_version: str
    shape: Shape
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()
    issued_on: str = ""


_KNOWN: Final[Mapping[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        Heading,
        Paragraph,
        Fact,
        FactTable,
        ItemTable,
        Item,
        NumberedItems,
        Decision,
        CodeGroups,
        ChainHead,
        Signatures,
        Spacer,
        PageBreak,
        Part,
        FigureLine,
        FigureTable,
        ChartRow,
        Chart,
        Cover,
        Paper,
    )
}


def to_plain(paper: Paper) -> dict[str, Any]:
    """Give a paper as plain data that JSON can hold; `from_plain` gives the same paper back."""
    plain: dict[str, Any] = _plain(paper)
    return plain


def from_plain(plain: Mapping[str, Any]) -> Paper:
    """Read a stored paper; raises ``ValueError`` for data that is none."""
    try:
        paper = _value(plain)
    except TypeError as error:
        raise ValueError(f"no paper: {error}") from error
    if not isinstance(paper, Paper):
        raise ValueError("no paper: another thing is stored here")
    return paper


def texts_of(paper: Paper) -> Iterator[str]:
    """Give every text that a paper prints."""
    yield from _texts(paper)


def _plain(value: object) -> Any:
    if is_dataclass(value):
        own = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_TAG: type(value).__name__, **own}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _value(plain: Any) -> Any:
    if isinstance(plain, Mapping):
        kind = _KNOWN.get(plain.get(_TAG, ""))
        if kind is None:
            raise ValueError(f"no paper: unknown part {plain.get(_TAG)!r}")
        return kind(**{key: _value(part) for key, part in plain.items() if key != _TAG})
    return tuple(_value(part) for part in plain) if isinstance(plain, list | tuple) else plain


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
