"""How much of a foreign file is read at most; whatever is beyond is refused in a sentence before memory runs out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MOST_ROWS: Final = 200_000  # lines that hold something
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 4_000_000
LONGEST_CELL: Final = 5_000  # characters
LARGEST_FILE: Final = 60_000_000  # bytes, packed
LARGEST_UNPACKED: Final = 320_000_000
MOST_PARTS: Final = 3_000
MOST_SHEETS: Final = 255
MOST_MERGES: Final = 300_000
MOST_MERGED_CELLS: Final = 1_000_000
LAST_LINE: Final = 1_048_576
# Bytes of one part, unpacked; the sheets themselves may take what is left.
LARGEST_PART: Final[Mapping[str, int]] = {
    "xl/workbook.xml": 4_000_000,
    "xl/_rels/workbook.xml.rels": 4_000_000,
    "xl/styles.xml": 20_000_000,
    "xl/sharedStrings.xml": 120_000_000,
}
# A single tag or text that is longer than this belongs to no sheet.
LONGEST_TOKEN: Final = 4_000_000
