"""The list of whichever register is chosen: its columns come from the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.book import BookRow, BookSpec, FieldSpec, FieldType
from desktop.domain.book_values import search_text, shown
from desktop.domain.search_keys import normalise
from desktop.views.registers.register_table import RegisterTable

_NUMBER: Final = 11  # characters
_WIDTHS: Final = {
    FieldType.DAY: 7,
    FieldType.COUNT: 6,
    FieldType.MONEY: 8,
    FieldType.CHOICE: 6,
    FieldType.YES_NO: 4,
    FieldType.COMMUNITY: 6,
    FieldType.FILING: 11,
    FieldType.ENTRY: 11,
}
_ROOMY: Final = 10  # of texts, which share what is left
_MAIN: Final = 20  # of the text that says what an entry is about
_SAYS_WHAT: Final = frozenset({"topic", "title", "subject", "purpose"})
# What asks for a look: an accident or claim not closed, a demand past its day.
_OPEN: Final = {"reported": "▲ ", "investigating": "▲ ", "advanced": "▲ ", "closed": "", "paid": ""}


class BookTable(RegisterTable):
    """Finds by all that an entry says, also by what stands in no column."""

    def __init__(self) -> None:
        super().__init__("book_rows", ("编号",), (_NUMBER,))
        self._heads: list[str] = []
        self._said: dict[int, str] = {}

    def show_book(self, spec: BookSpec, rows: Sequence[BookRow]) -> None:
        """Show the entries of a register; another register's columns give way to its own."""
        fields = [spec.spec_of(key) for key in spec.columns]
        heads = ["编号", *(field.label for field in fields)]
        if heads != self._heads:
            self._heads = heads
            self.setRowCount(0)
            self.setColumnCount(len(heads))
            self.setHorizontalHeaderLabels(heads)
            self._widths = (_NUMBER, *(map(_width, fields)))
            self._roomy = tuple(place for place, field in enumerate(fields, 1) if field.type not in _WIDTHS)
            self.horizontalHeader().setStretchLastSection(True)
            self._fit()
        self._said = {row.id: search_text(spec, row) for row in rows}
        self.show_rows([(row.id, _texts(row, fields), True) for row in rows])

    def find_text(self, text: str) -> int:
        """Hide the entries that do not say a text anywhere; gives how many are left."""
        wanted, left = normalise(text), 0
        for line in range(self.rowCount()):
            holds = wanted in self._said.get(self.id_at(line) or 0, "")
            self.setRowHidden(line, not holds)
            left += holds
        self._stand_on_a_row_in_sight()
        return left

    def choose(self, entry_id: int) -> bool:
        """Stand on an entry; says whether it is there."""
        for line in range(self.rowCount()):
            if self.id_at(line) == entry_id:
                self.setCurrentCell(line, 0)
                return True
        return False


def _width(field: FieldSpec) -> int:
    return _WIDTHS.get(field.type, _MAIN if field.key in _SAYS_WHAT else _ROOMY)


def _texts(row: BookRow, fields: Sequence[FieldSpec]) -> tuple[str, ...]:
    return (row.number, *(_cell(row, field) for field in fields))


def _cell(row: BookRow, field: FieldSpec) -> str:
    value = row.values.get(field.key)
    mark = _OPEN.get(str(value), "") if field.key == "state" else ""
    return mark + " ".join(shown(field, value).split())
