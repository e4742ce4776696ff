"""Editors of days, money and areas: plain typing in, values or a reason in words out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Blank
from desktop.domain.sentences import plain_number
from desktop.domain.typed_text import AmountUnit, Typed, parse_amount_wan_or_yuan, parse_area, parse_day, parse_measure
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, figure_font

_LONGEST_NUMBER: Final = 24
# What a field of numbers shows whole: 12 digits, the point and 4 decimals.
_SHOWN_DIGITS: Final = 17
_FIELD_EDGES: Final = 26  # border, padding and the caret's room, in pixels
_USUAL_OTHER: Final = "= 26,001,234 元"
_YUAN_OF_WAN: Final = Decimal(10000)


class DayEdit(TextField):
    """A day typed as 2026-3-2, 20260302, 3月2日 and the like; written 2026-03-02 once the field is left."""

    def __init__(self, parent: QWidget | None = None, *, today: Callable[[], date] = date.today) -> None:
        super().__init__("", parent, limit=_LONGEST_NUMBER)
        self._today = today
        self.setProperty("figures", "true")
        self.setPlaceholderText("年-月-日")

    def day(self) -> date | None:
        """Give the day, None when the field is empty or cannot be read."""
        return self._read().value

    def set_day(self, day: date | None) -> None:
        """Show a day, without signals."""
        self.set_value(day.isoformat() if day else "")

    def problem(self) -> str:
        """Say in words why the text is no day, empty when it is one or empty."""
        return _problem(self, self._read())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        day = self.day()
        if day is not None and not self.isReadOnly():
            self.set_day(day)
        super().focusOutEvent(event)

    def _read(self) -> Typed[date]:
        return parse_day(self.text(), self._today())


class AmountEdit(QWidget):
    """An amount of money in 万元 or 元 with the other unit beside it; typing 元 or 万 after it changes the unit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._in_wan = True
        self.field = NumberField()
        self._unit = QPushButton("万元")
        self._unit.setProperty("role", "quiet")
        self._unit.setToolTip("换成另一个单位：点此处，或者在数字后面写“元”“万”")
        self._other = QLabel()
        self._other.setProperty("role", "soft")
        self._other.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keep_room()
        # The unit follows from typing; a stop of the Tab key between two numbers would only cost time.
        self._unit.setFocusPolicy(self._unit.focusPolicy().NoFocus)
        _in_a_row(self, (self.field, 4), (self._unit, 0), (self._other, 4))
        self.setFocusProxy(self.field)
        self.field.changed.connect(self._typed)
        self.field.editingFinished.connect(self._settle)
        self._unit.clicked.connect(self._other_unit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_room()

    def _keep_room(self) -> None:
        # What the limits are measured in is read beside the field; half a number would mislead.
        self._other.setMinimumWidth(self.fontMetrics().horizontalAdvance(_USUAL_OTHER))

    def yuan(self) -> Decimal | None:
        """Give the amount in yuan, None when empty or unreadable."""
        return self._read().value

    def set_yuan(self, yuan: Decimal | None) -> None:
        """Show an amount of yuan, without signals: in 万元 where four decimals tell it whole."""
        if yuan is not None:
            self._in_wan = (yuan / _YUAN_OF_WAN).quantize(Decimal("0.0001")) * _YUAN_OF_WAN == yuan
        self._write(yuan)

    def problem(self) -> str:
        """Say in words why the text is no amount, empty when it is one or empty."""
        return _problem(self.field, self._read())

    @property
    def other_unit(self) -> str:
        """Give the same amount as shown in the other unit."""
        return self._other.text()

    def _read(self) -> Typed[Decimal]:
        unit = AmountUnit.WAN_YUAN if self._in_wan else AmountUnit.YUAN
        return parse_amount_wan_or_yuan(self.field.text(), unit)

    def _typed(self) -> None:
        self._show_other()
        self.changed.emit()

    def _settle(self) -> None:
        text, yuan = self.field.value(), self.yuan()
        if yuan is not None and text.endswith(("元", "万")):
            self._in_wan = "万" in text
            self._write(yuan)

    def _other_unit(self) -> None:
        yuan = self.yuan()
        self._in_wan = not self._in_wan
        self._write(yuan)
        self.field.setFocus()
        self.changed.emit()

    def _write(self, yuan: Decimal | None) -> None:
        shown = "" if yuan is None else plain_number(yuan / _YUAN_OF_WAN if self._in_wan else yuan)
        self.field.set_value(shown)
        self._show_other()

    def _show_other(self) -> None:
        self._unit.setText("万元" if self._in_wan else "元")
        yuan = self.yuan()
        if yuan is None:
            self._other.clear()
        elif self._in_wan:
            self._other.setText(f"= {yuan.normalize():,f} 元")
        else:
            self._other.setText(f"= {plain_number(yuan / _YUAN_OF_WAN)} 万元")


class NumberEdit(QWidget):
    """A measured number with its unit, such as metres of depth."""

    changed = Signal()

    def __init__(self, unit: str = "", parent: QWidget | None = None, *, what: str = "数值") -> None:
        super().__init__(parent)
        self._what, self._unit = what, unit
        self.field = NumberField()
        suffix = QLabel(unit)
        suffix.setProperty("role", "soft")
        _in_a_row(self, (self.field, 1), (suffix, 0))
        self.setFocusProxy(self.field)
        self.field.changed.connect(self.changed)

    def number(self) -> Decimal | None:
        """Give the number, None when empty or unreadable."""
        return self._read().value

    def set_number(self, number: Decimal | None) -> None:
        """Show a number, without signals."""
        self.field.set_value("" if number is None else plain_number(number))

    def problem(self) -> str:
        """Say in words why the text is no number, empty when it is one or empty."""
        return _problem(self.field, self._read())

    def _read(self) -> Typed[Decimal]:
        return parse_measure(self.field.text(), what=self._what, unit=self._unit)


class AreaEdit(QWidget):
    """An area in ㎡ with 不适用: not applicable, unknown and 0 are three different things."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = NumberField()
        self.not_applicable = QCheckBox("不适用")
        unit = QLabel("㎡")
        unit.setProperty("role", "soft")
        _in_a_row(self, (self.field, 1), (unit, 0), (self.not_applicable, 0))
        self.setFocusProxy(self.field)
        self.field.changed.connect(self.changed)
        self.not_applicable.toggled.connect(self._toggled)

    def area(self) -> Decimal | Blank:
        """Give the area in ㎡, ``UNKNOWN`` when empty or unreadable, ``NOT_APPLICABLE`` when so ticked."""
        if self.not_applicable.isChecked():
            return NOT_APPLICABLE
        area = parse_area(self.field.text()).value
        return UNKNOWN if area is None else area

    def set_area(self, area: Decimal | Blank | None) -> None:
        """Show an area, without signals."""
        self.not_applicable.blockSignals(True)
        self.not_applicable.setChecked(area is NOT_APPLICABLE)
        self.not_applicable.blockSignals(False)
        self.field.setEnabled(area is not NOT_APPLICABLE)
        self.field.set_value(plain_number(area) if isinstance(area, Decimal) else "")

    def problem(self) -> str:
        """Say in words why the text is no area, empty when it is one, empty or not applicable."""
        if self.not_applicable.isChecked():
            return ""
        return _problem(self.field, parse_area(self.field.text()))

    def _toggled(self, is_on: bool) -> None:
        self.field.setEnabled(not is_on)
        self.changed.emit()


class NumberField(TextField):
    """A line for one number, never so narrow that the number is clipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, limit=_LONGEST_NUMBER)
        self.setProperty("figures", "true")

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of a long number in the face of figures."""
        width = QFontMetrics(figure_font()).horizontalAdvance("0" * _SHOWN_DIGITS) + _FIELD_EDGES
        return QSize(width, super().minimumSizeHint().height())


def _in_a_row(parent: QWidget, *parts: tuple[QWidget, int]) -> None:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_2)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)


def _problem(field: TextField, read: Typed[Any]) -> str:
    return "" if read.valid or not field.value() else f"{read.why}。"
