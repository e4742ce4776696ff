"""Picks a period: ← and → go to the one before and after, ↑ and ↓ or a figure choose how long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop.domain.period import Period, PeriodKind, parse_period, period_of, span
from desktop.views.shared.editors import DayEdit
from desktop.views.theme import SPACE_1, SPACE_2, base_px

KINDS: Final = (
    (PeriodKind.DAY, "日"),
    (PeriodKind.WEEK, "周"),
    (PeriodKind.MONTH, "月"),
    (PeriodKind.QUARTER, "季"),
    (PeriodKind.HALF_YEAR, "半年"),
    (PeriodKind.YEAR, "年"),
    (PeriodKind.SPAN, "起止"),
)
_WIDEST: Final = "2026年12月31日"
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1}


class PeriodPicker(QFrame):
    """One stop of the Tab key, with two fields behind it while the days are chosen freely.

    ``picked`` gives the period after each choice by hand; never one that begins after today.
    """

    picked = Signal(object)  # Period

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._period = period_of(PeriodKind.MONTH, today())
        self.label = QLabel()
        self.back, self.forth = QPushButton("◀"), QPushButton("▶")
        self.first_on, self.last_on = DayEdit(today=today), DayEdit(today=today)
        self.until, self._group = QLabel("至"), QButtonGroup(self)
        self._segments: dict[PeriodKind, QToolButton] = {}
        self._build()
        self._show()

    @property
    def period(self) -> Period:
        """Give the period picked."""
        return self._period

    @property
    def today(self) -> date:
        """Give the day past which no period begins."""
        return self._today()

    def set_period(self, period: Period) -> None:
        """Show a period, without signals."""
        self._period = period
        self._show()

    def step(self, by: int) -> None:
        """Go to the period before or after; past today there is none."""
        other = self._period.before() if by < 0 else self._period.after()
        if other.first_on <= self._today():
            self._take(other)

    def choose_kind(self, kind: PeriodKind) -> None:
        """Be of another length around the last day of what is shown, at most today."""
        if kind is self._period.kind:
            return
        if kind is PeriodKind.SPAN:
            self._take(span(self._period.first_on, self._period.last_on))
            self.first_on.setFocus(Qt.FocusReason.OtherFocusReason)
            self.first_on.selectAll()
            return
        self._take(period_of(kind, min(self._period.last_on, self._today())))

    def to_today(self) -> None:
        """Go to the period that today lies in."""
        if self._period.kind is not PeriodKind.SPAN:
            self._take(period_of(self._period.kind, self._today()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        kinds = [kind for kind, _word in KINDS]
        place = kinds.index(self._period.kind)
        if key in _STEPS:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            self.choose_kind(kinds[min(max(place + step, 0), len(kinds) - 1)])
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_7:
            self.choose_kind(kinds[key - Qt.Key.Key_1])
        elif key == Qt.Key.Key_Home:
            self.to_today()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.style().unpolish(self)
        self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_room()

    def _take(self, period: Period) -> None:
        if period != self._period:
            self._period = period
            self._show()
            self.picked.emit(period)

    def _take_days(self) -> None:
        first, last = self.first_on.day(), self.last_on.day()
        if first is None or last is None:
            return
        typed = parse_period(f"{first.isoformat()}..{last.isoformat()}")
        for field in (self.first_on, self.last_on):
            field.setProperty("fault", "" if typed else "blocking")
            field.style().unpolish(field)
            field.style().polish(field)
        if typed is not None:
            self._take(typed)

    def _show(self) -> None:
        is_span = self._period.kind is PeriodKind.SPAN
        self.label.setText(f"共 {self._period.days} 天" if is_span else self._period.label)
        self.setAccessibleName(f"期间：{self._period.label}")
        self._segments[self._period.kind].setChecked(True)
        for part in (self.first_on, self.until, self.last_on):
            part.setVisible(is_span)
        if is_span:
            self.first_on.set_day(self._period.first_on)
            self.last_on.set_day(self._period.last_on)
        self.forth.setEnabled(self._period.after().first_on <= self._today())

    def _keep_room(self) -> None:
        self.label.ensurePolished()
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance(_WIDEST))
        for field in (self.first_on, self.last_on):
            field.setFixedWidth(base_px() * 9)

    def _build(self) -> None:
        self.setObjectName("period")
        self.setProperty("role", "tristate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("← → 前后各期，↑ ↓ 或者 1 至 7 选长短，Home 回到今天")
        self.label.setProperty("role", "title")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        row.setSpacing(SPACE_2)
        for button, words, by in ((self.back, "上一期", -1), (self.forth, "下一期", 1)):
            button.setProperty("role", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(words)
            button.clicked.connect(partial(self._stepped, by))
        for part in (self.back, self.label, self.forth, self._kind_row(), self.first_on, self.until, self.last_on):
            row.addWidget(part)
        for field, words, name in ((self.first_on, "起", "period.first"), (self.last_on, "止", "period.last")):
            field.setAccessibleName(f"期间{words}")
            field.setObjectName(name)
            field.editingFinished.connect(self._take_days)
        self._keep_room()

    def _stepped(self, by: int, _checked: bool = False) -> None:
        self.step(by)

    def _kind_row(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (kind, word) in enumerate(KINDS):
            segment = QToolButton()
            segment.setText(word)
            segment.setCheckable(True)
            segment.setProperty("role", "segment")
            segment.setProperty("first", "true" if place == 0 else "false")
            segment.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            segment.clicked.connect(partial(self._kind_clicked, kind))
            self._group.addButton(segment)
            self._segments[kind] = segment
            row.addWidget(segment)
        return held

    def _kind_clicked(self, kind: PeriodKind, _checked: bool = False) -> None:
        self.choose_kind(kind)
