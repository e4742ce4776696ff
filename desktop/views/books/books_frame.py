"""How the registers lie on their tab: which one on the left, its list, the whole entry below, keys last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.domain.book import BookSpec
from desktop.domain.books import BookCriteria
from desktop.views.actions import keys_of
from desktop.views.books.book_table import BookTable
from desktop.views.registers.page_card import PageCard
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, base_px, row_px

_KINDS: Final = 12  # characters
_LINES: Final = 5


class BooksFrame(QWidget):
    """The parts without what they do."""

    def __init__(self, specs: Sequence[BookSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.specs = tuple(specs)
        self.banner, self.kinds, self.table = Banner(), QListWidget(), BookTable()
        self.find_line, self.this_year = TextField(), QCheckBox(f"只列本年度（{keys_of('books.this_year')}）")
        self.count, self.article, self.note = QLabel(), QLabel(), QLabel()
        self.page = PageCard("book.page")
        self._foot = QHBoxLayout()
        self._build()
        self.setFocusProxy(self.kinds)

    @property
    def spec(self) -> BookSpec:
        """Give the register that is chosen."""
        return self.specs[max(0, self.kinds.currentRow())]

    def criteria(self, today: date) -> BookCriteria:
        """Give what is listed."""
        is_year = self.this_year.isChecked()
        return BookCriteria(
            first_on=date(today.year, 1, 1) if is_year else None,
            last_on=date(today.year, 12, 31) if is_year else None,
            text=self.find_line.value(),
        )

    def say(self, text: str, tone: Tone = Tone.GREEN, *, mark: str = "已保存") -> None:
        """Say what was done."""
        self.banner.say(text, tone, mark=mark)

    def say_note(self, note: str) -> None:
        """Say above the list what in the register wants attention, and the rule behind it."""
        self.article.setText(f"依据：{self.spec.article}" if self.spec.article else "")
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def to_kinds(self) -> None:
        """Put the keyboard on the registers."""
        self.kinds.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_find(self) -> None:
        """Put the keyboard into the line for finding."""
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def add_buttons(
        self, acts: Mapping[str, tuple[str, Callable[[], object]]], *, primary: str
    ) -> dict[str, QPushButton]:
        """Give each act a button with its word and key; gives them by the key of the table of keys."""
        made: dict[str, QPushButton] = {}
        for key, (word, act) in acts.items():
            button = QPushButton(f"{word}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            if key == primary:
                button.setProperty("role", "primary")
            self._foot.addWidget(button)
            made[key] = button
        self._foot.addStretch(1)
        return made

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_kinds()

    def _build(self) -> None:
        self.kinds.setObjectName("book_kinds")
        self.kinds.setAccessibleName("登记簿")
        self.kinds.addItems([spec.title.removesuffix("登记簿") for spec in self.specs])
        self.kinds.setCurrentRow(0)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_kinds()
        self.table.setAccessibleName("登记簿的记录")
        self.find_line.setPlaceholderText("编号、单位、社区、内容中的任何字")
        self.find_line.setAccessibleName("查找")
        self.page.show_lines(_LINES)
        self.page.say("")
        for label, role in ((self.count, "soft"), (self.article, "faint")):
            label.setProperty("role", role)
        self.note.hide()
        find = QLabel(f"查找（{keys_of('books.find')}）")
        find.setProperty("role", "soft")
        find.setBuddy(self.find_line)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(find)
        head.addWidget(self.find_line, 1)
        head.addWidget(self.this_year)
        head.addWidget(self.count)
        above = QHBoxLayout()
        above.setSpacing(SPACE_3)
        above.addWidget(self.note)
        above.addStretch(1)
        above.addWidget(self.article)
        right = QVBoxLayout()
        right.setSpacing(SPACE_2)
        right.addLayout(head)
        right.addLayout(above)
        right.addWidget(self.table, 1)
        right.addWidget(self.page)
        sides = QHBoxLayout()
        sides.setSpacing(SPACE_3)
        sides.addWidget(self._side())
        sides.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(sides, 1)
        self._foot.setSpacing(SPACE_2)
        column.addLayout(self._foot)

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        heading = QLabel(f"登记簿（{keys_of('books.kinds')}）")
        heading.setProperty("role", "soft")
        heading.setBuddy(self.kinds)
        column.addWidget(heading)
        column.addWidget(self.kinds, 1)
        return side

    def _fit_kinds(self) -> None:
        self.kinds.setFixedWidth(base_px() * _KINDS)
        for place in range(self.kinds.count()):
            self.kinds.item(place).setSizeHint(QSize(0, row_px()))
