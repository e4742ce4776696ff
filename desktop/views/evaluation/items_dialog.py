"""The table of items an office evaluates by: worded and weighed here, before a round is opened."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.checked import half_width
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.evaluation import Dimension, EvaluationItem
from desktop.domain.evaluation_course import number_words
from desktop.domain.evaluation_items import standard_items
from desktop.services.desk import Desk
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px

_COLUMNS: Final = ("序号", "维度", "评价内容", "满分")
_WIDTHS: Final = (5, 10, 30, 7)


class ItemsDialog(QDialog):
    """Lines above, the chosen one to be changed below; all are saved together by Ctrl+S."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items = list(desk.evaluations.items())
        self._saved = tuple(self._items)
        self._place, self._was_warned = -1, False
        self.banner = Banner()
        self.table = RegisterTable("evaluation_items_set", _COLUMNS, _WIDTHS, roomy=(2,))
        self.code, self.text, self.marks = TextField(limit=12), TextField(limit=200), TextField(limit=8)
        self.dimension = PickList([(one.value, one.label) for one in Dimension])
        self._build()
        self._show(0)
        self.table.currentCellChanged.connect(self._other)
        self.table.opened.connect(lambda _id: self.text.setFocus())
        self.table.setFocus()

    def add(self) -> None:
        """Put an empty item below the chosen one and begin in it."""
        if not self._take():
            return
        before = self._items[self._place] if self._items else None
        dimension = before.dimension if before else Dimension.SETUP
        self._items.insert(self._place + 1, EvaluationItem(code="", dimension=dimension, text="", full_marks=None))
        self._show(self._place + 1)
        self.code.setFocus()

    def remove(self) -> None:
        """Take the chosen item out."""
        if len(self._items) > 1:
            del self._items[self._place]
            self._show(min(self._place, len(self._items) - 1))

    def as_shipped(self) -> None:
        """Take the table as shipped in place of all; nothing is saved yet."""
        self._items = list(standard_items())
        self._show(0)

    def save(self) -> None:
        """Keep the table, or stand at the first fault."""
        if not self._take():
            return
        try:
            self._desk.evaluations.keep_items(self._items)
        except FaultyInput as error:
            first = int(error.faults[0].where) - 1
            self._show(min(first, len(self._items) - 1))
            self.banner.say(f"第 {first + 1} 行：{error.faults[0].what}。", Tone.RED, mark="没有保存")
            self._field_of(error.faults[0].what).setFocus()
            return
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
            return
        self.accept()

    def reject(self) -> None:
        if (not self._take() or tuple(self._items) != self._saved) and not self._was_warned:
            self._was_warned = True
            words = f"改动还没有保存：{keys_of('registers.save')} 保存，再按一次 Esc 放弃。"
            self.banner.say(words, Tone.AMBER, mark="注意")
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _take(self) -> bool:
        """Take what is typed into the list; says whether its marks could be read, else one stays at them."""
        if not 0 <= self._place < len(self._items):
            return True
        if self.marks.value() and _marks(self.marks.value()) is None:
            self.banner.say("满分请写数，最多一位小数；没有定的空着。", Tone.RED, mark="没有保存")
            self.marks.setFocus()
            return False
        self.dimension.settle()
        before = self._items[self._place]
        item = replace(
            before,
            code=self.code.value(),
            dimension=Dimension(self.dimension.value() or before.dimension),
            text=self.text.value(),
            full_marks=_marks(self.marks.value()),
        )
        if item != before:
            self._items[self._place] = item
            self._fill_row(self._place)
        return True

    def _field_of(self, fault: str) -> TextField:
        if "分" in fault:
            return self.marks
        return self.code if "用了两次" in fault or not self.code.value() else self.text

    def _other(self, row: int, _column: int, _before: int, _column_before: int) -> None:
        if row in (self._place, -1):
            return
        if self._take():
            self._fill(row)
            return
        with QSignalBlocker(self.table):
            self.table.setCurrentCell(self._place, 0)

    def _show(self, place: int) -> None:
        with QSignalBlocker(self.table):
            self.table.show_rows([(at, _texts(item), True) for at, item in enumerate(self._items)])
            self.table.setCurrentCell(place, 0)
        self._fill(place)
        unweighed = sum(item.full_marks is None for item in self._items)
        said = f"{unweighed} 项没有分值（未核实）：文件没有给出分值，由本单位定。" if unweighed else ""
        self.told.setText(f"共 {len(self._items)} 项。{said}已经开展的评价不变。")

    def _fill(self, place: int) -> None:
        self._place, item = place, self._items[place]
        self.code.set_value(item.code)
        self.text.set_value(item.text)
        self.dimension.set_value(item.dimension.value)
        self.marks.set_value("" if item.full_marks is None else number_words(item.full_marks))

    def _fill_row(self, place: int) -> None:
        for column, text in enumerate(_texts(self._items[place])):
            cell = self.table.item(place, column)
            if cell is not None:
                cell.setText(text)

    def _build(self) -> None:
        self.setObjectName("evaluation_items")
        self.setWindowTitle("评价表的内容和分值")
        self.resize(base_px() * 70, base_px() * 44)
        self.table.setAccessibleName("评价内容")
        self.told = QLabel()
        self.told.setProperty("role", "soft")
        self.told.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for label, editor, share in (
            ("序号(&N)", self.code, 1),
            ("维度(&W)", self.dimension, 2),
            ("满分(&M)", self.marks, 1),
        ):
            line.addWidget(FieldRow(label, editor, label_characters=4), share)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        column.addWidget(FieldRow("评价内容(&Q)", self.text, label_characters=6))
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        for key, title, act in (
            ("evaluation_items.add", "加一项", self.add),
            ("evaluation_items.remove", "去掉", self.remove),
            ("evaluation_items.shipped", "改回自带的", self.as_shipped),
            ("registers.save", "保存", self.save),
        ):
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            QShortcut(shortcut(key), self).activated.connect(act)
            if key == "registers.save":
                button.setProperty("role", "primary")
                foot.addStretch(1)
            foot.addWidget(button)
        close = QPushButton("取消（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        return foot


def _texts(item: EvaluationItem) -> tuple[str, ...]:
    marks = "未核实" if item.full_marks is None else number_words(item.full_marks)
    return (item.code, item.dimension.label, item.text, marks)


def _marks(typed: str) -> Decimal | None:
    text = half_width(typed).strip().removesuffix("分")
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
