"""One font name backed by several TrueType files, so that a rare character comes from the first that has it.

ReportLab has no fallback between TrueType fonts.  A canvas asks a dynamic font only for ``splitString`` and
``getSubsetInternalName``, so a chain that hands each character on works wherever a name of a font goes.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from reportlab.pdfbase import ttfonts

_STEP: Final = 1 << 16


class ChainFont:
    """Several fonts under one name; each character is drawn by the first that has a glyph for it."""

    # What ReportLab looks for on a font that makes its subsets while drawing.
    _multiByte = 1
    _dynamicFont = 1
    shapable = False

    def __init__(self, name: str, members: list[Any]) -> None:
        self.fontName = name
        self.members = members
        self.face = members[0].face
        self.encoding = members[0].encoding
        self._member_of: dict[str, int] = {}
        self._widths: dict[str, float] = {}

    def has(self, char: str) -> bool:
        """Say whether any of the fonts has a glyph for the character."""
        return any(ord(char) in member.face.charToGlyph for member in self.members)

    def width_of(self, char: str) -> float:
        """Give the width of one character as a part of the type size."""
        width = self._widths.get(char)
        if width is None:
            face = self.members[self._pick(char)].face
            width = face.charWidths.get(ord(char), face.defaultWidth) / 1000
            self._widths[char] = width
        return width

    def splitString(self, text: str | bytes, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Split a text into runs of one font subset each, as ReportLab asks."""
        shown = text.decode(encoding) if isinstance(text, bytes) else text
        runs: list[tuple[int, bytes]] = []
        for index, chars in groupby(shown, key=self._pick):
            for subset, codes in self.members[index].splitString("".join(chars), doc):
                runs.append((index * _STEP + subset, codes))
        return runs

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """Name the subset of the member that ``splitString`` meant."""
        name: str = self.members[subset // _STEP].getSubsetInternalName(subset % _STEP, doc)
        return name

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """Give the width of a text in points."""
        shown = text.decode(encoding) if isinstance(text, bytes) else text
        return sum(self.width_of(char) for char in shown) * size

    def _pick(self, char: str) -> int:
        index = self._member_of.get(char)
        if index is None:
            code = ord(char)
            index = next((n for n, member in enumerate(self.members) if code in member.face.charToGlyph), 0)
            self._member_of[char] = index
        return index


def mend_text_map() -> None:
    """Make ReportLab write characters beyond U+FFFF as UTF-16 in the text map of a PDF.

    ReportLab 5.1.0 writes five hex digits, so that 𬭎 is seen but not found or copied.
    """
    ttfonts.makeToUnicodeCMap = _text_map


def _text_map(font_name: str, subset: list[int]) -> str:
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({font_name})\n/Ordering ({font_name})\n/Supplement 0\n>> def\n"
        f"/CMapName /{font_name} def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{len(subset)} beginbfchar\n"
    )
    codes = (chr(code).encode("utf-16-be", "surrogatepass").hex().upper() for code in subset)
    lines = "\n".join(f"<{index:02X}> <{code}>" for index, code in enumerate(codes))
    return f"{head}{lines}\nendbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
