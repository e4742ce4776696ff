"""Formats of a report's workbook, each made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# The face that office papers are set in, on every machine that opens them.
_FACE: Final = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_LINE: Final = {"border": 1, "border_color": "#B7BFC9"}
_LINK: Final = {"font_color": "#1D5BBF", "underline": 1}
_HEAD: Final = {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#EEF1F5", **_LINE}
_TOTAL: Final = {"bold": True, "top": 2, "bg_color": "#F6F7F9"}


@dataclass(frozen=True, slots=True)
class ReportFormats:
    """The formats; those of numbers are made when first asked for."""

    book: Workbook
    title: Format
    said: Format
    head: Format
    head_left: Format
    text: Format
    total: Format
    rest: Format
    link: Format
    way_back: Format
    aside: Format
    _numbers: dict[tuple[Any, ...], Format] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Workbook) -> Self:
        """Make the formats in a workbook."""

        def made(**given: Any) -> Format:
            return book.add_format({**_FACE, **given})

        return cls(
            book=book,
            title=made(bold=True, font_size=14),
            said=made(font_color="#465262"),
            head=made(**_HEAD),
            head_left=made(**{**_HEAD, "align": "left"}),
            text=made(text_wrap=True, **_LINE),
            total=made(**_LINE, **_TOTAL),
            rest=made(italic=True, **_LINE),
            link=made(**_LINK, **_LINE),
            way_back=made(**_LINK),
            aside=made(font_color="#8A94A1", font_size=8),
        )

    @property
    def count(self) -> Format:
        """Give the format of whole numbers."""
        return self.number(0)

    def number(self, places: int, *, is_total: bool = False, is_change: bool = False, is_rest: bool = False) -> Format:
        """Give the format of numbers with so many places; a change shows its sign."""
        key = (places, is_total, is_change, is_rest)
        if key not in self._numbers:
            shown = "#,##0" + (f".{'0' * places}" if places else "")
            more = dict(_TOTAL) if is_total else {"italic": is_rest}
            given = {**_FACE, **_LINE, **more, "align": "right"}
            given["num_format"] = f"+{shown};-{shown};{'0' + shown[5:]}" if is_change else shown
            self._numbers[key] = self.book.add_format(given)
        return self._numbers[key]
