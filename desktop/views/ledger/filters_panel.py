"""The filters of the ledger: each a button with how many filings it leaves."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.acts import Status
from desktop.domain.ledger import NEGLECTS, LedgerCriteria, LedgerException, LedgerFacets
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, figure_font
from desktop.views.wording import KIND_WORDS, word

_MOST_COMMUNITIES: Final = 30


class FilterButton(QPushButton):
    """A word and a count; pressed it filters, pressed again it does not."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setProperty("role", "filter")
        self.setStyleSheet("text-align: left;")
        self.count = 0

    def show_count(self, count: int) -> None:
        """Show how many filings this filter leaves."""
        self.count = count
        self.setAccessibleName(f"{self.text()} {count} 件")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(figure_font(self.font().pixelSize() - 1))
        painter.setPen(self.palette().buttonText().color())
        room = self.rect().adjusted(0, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self.count))
        painter.end()


class FilterGroup(QWidget):
    """Filters of which at most one is on."""

    changed = Signal()

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Hashable, FilterButton] = {}
        label = QLabel(heading)
        label.setProperty("role", "faint")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(label)

    def offer(self, options: Sequence[tuple[Hashable, str, int]]) -> None:
        """Offer values with word and count; the value chosen stays chosen, and stays to be seen."""
        wanted = {value for value, _text, _count in options}
        for value in [known for known in self._buttons if known not in wanted]:
            gone = self._buttons.pop(value)
            self._column.removeWidget(gone)
            gone.deleteLater()
        for value, text, count in options:
            if value not in self._buttons:
                self._buttons[value] = self._button(value, text)
            self._buttons[value].show_count(count)

    def value(self) -> Hashable | None:
        """Give the value that is on, None when none is."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), None)

    def button(self, value: Hashable) -> FilterButton:
        """Give the button of one value."""
        return self._buttons[value]

    def clear(self) -> None:
        """Turn every filter off, without signals."""
        for button in self._buttons.values():
            button.setChecked(False)

    def _button(self, value: Hashable, text: str) -> FilterButton:
        button = FilterButton(text)
        button.clicked.connect(lambda _checked=False, chosen=value: self._pressed(chosen))
        self._column.addWidget(button)
        return button

    def choose(self, value: Hashable) -> None:
        """Turn one filter on, without signals; None turns all off."""
        for each, button in self._buttons.items():
            button.setChecked(value is not None and each == value)

    def _pressed(self, chosen: Hashable) -> None:
        for value, button in self._buttons.items():
            button.setChecked(button.isChecked() and value == chosen)
        self.changed.emit()


class FiltersPanel(QScrollArea):
    """Status, kind, risk, platform, neglect, days and community; ``changed`` follows every change by hand."""

    changed = Signal()

    def __init__(
        self, pack: Callable[[], PolicyPack], parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._pack = pack
        self.status, self.kind, self.risk = FilterGroup("状态"), FilterGroup("类别"), FilterGroup("风险")
        self.platform, self.community = FilterGroup("平台录入"), FilterGroup("社区")
        self.neglect = FilterGroup(local("登记后监管"))
        self._groups = (self.status, self.kind, self.risk, self.platform, self.neglect, self.community)
        self._today = today
        self.filed_from, self.filed_to = DayEdit(today=today), DayEdit(today=today)
        self._day_rows = (
            FieldRow("从", self.filed_from, label_characters=1),
            FieldRow("到", self.filed_to, label_characters=1),
        )
        self._build()
        for group in self._groups:
            group.changed.connect(self.changed)
        for field in (self.filed_from, self.filed_to):
            field.changed.connect(self._day_typed)
        self.show_facets(LedgerFacets())

    def apply_to(self, criteria: LedgerCriteria) -> LedgerCriteria:
        """Give the criteria with the filters that are on."""
        status, kind, community = self.status.value(), self.kind.value(), self.community.value()
        neglect, other = self.neglect.value(), None if criteria.exception in NEGLECTS else criteria.exception
        return replace(
            criteria,
            exception=neglect if isinstance(neglect, LedgerException) else other,
            as_of=self._today() if neglect else criteria.as_of,
            status=status if isinstance(status, Status) else None,
            kind=str(kind) if kind else None,
            high_risk=True if self.risk.value() else None,
            community=str(community) if community else None,
            awaits_platform=True if self.platform.value() else None,
            filed_from=self.filed_from.day(),
            filed_to=self.filed_to.day(),
        )

    def show_facets(self, facets: LedgerFacets) -> None:
        """Show the counts behind every filter."""
        self.status.offer([(status, word(status), facets.by_status.get(status, 0)) for status in Status])
        self._offer_classes(facets)
        self.platform.offer([(True, "未录入", facets.awaits_platform)])
        self.neglect.offer([(each, word(each), facets.by_neglect.get(each, 0)) for each in NEGLECTS])
        named = [(name, name or "未填社区", count) for name, count in facets.communities[:_MOST_COMMUNITIES]]
        chosen = self.community.value()
        if chosen and chosen not in [name for name, _text, _count in named]:
            named.append((str(chosen), str(chosen), 0))
        self.community.offer(named)
        self.community.setVisible(bool(named))

    def _offer_classes(self, facets: LedgerFacets) -> None:
        """Offer the kinds and the risk that the rules know, and what is on record of others."""
        pack, chosen = self._pack(), self.kind.value()
        known = {*pack.kinds(), *(kind for kind, count in facets.by_kind.items() if count), chosen}
        kinds = [(kind, words, facets.by_kind.get(kind, 0)) for kind, words in KIND_WORDS.items() if kind in known]
        self.kind.offer(kinds)
        self.kind.setVisible(len(kinds) > 1 or chosen is not None)
        self.risk.offer([(True, local("高风险"), facets.high_risk)])
        is_told = pack.tells_risk_apart or facets.high_risk > 0
        self.risk.setVisible(is_told or self.risk.value() is not None)

    def show_criteria(self, criteria: LedgerCriteria) -> None:
        """Turn on what stands in the criteria and everything else off, without signals."""
        for group, value in (
            (self.status, criteria.status),
            (self.kind, criteria.kind),
            (self.risk, criteria.high_risk),
            (self.platform, criteria.awaits_platform),
            (self.neglect, criteria.exception),
            (self.community, criteria.community),
        ):
            group.choose(value)
        self._set_days(criteria.filed_from, criteria.filed_to)

    def clear(self) -> None:
        """Turn every filter off, without signals."""
        for group in self._groups:
            group.clear()
        self._set_days(None, None)

    def focus_first(self) -> None:
        """Put the keyboard on the first filter."""
        self.status.button(Status.AWAITING_CORRECTION).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_on(self) -> bool:
        """Say whether any filter is on."""
        return self.apply_to(LedgerCriteria()) != LedgerCriteria()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_3)
        for part in (self.status, self.kind, self.risk, self.platform, self.neglect, self._days(), self.community):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _days(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        label = QLabel("申报日期")
        label.setProperty("role", "faint")
        column.addWidget(label)
        for row in self._day_rows:
            column.addWidget(row)
        quick = QHBoxLayout()
        quick.setSpacing(2)
        for text, start in (("今日", self._today), ("本月", lambda: self._today().replace(day=1))):
            button = QPushButton(text)
            button.setProperty("role", "filter")
            button.clicked.connect(lambda _checked=False, first=start: self._quick(first()))
            quick.addWidget(button)
        column.addLayout(quick)
        return box

    def _quick(self, first: date) -> None:
        self._set_days(first, self._today())
        self.changed.emit()

    def _set_days(self, first: date | None, last: date | None) -> None:
        self.filed_from.set_day(first)
        self.filed_to.set_day(last)
        self._say_faults()

    def _day_typed(self) -> None:
        self._say_faults()
        if not self.filed_from.problem() and not self.filed_to.problem():
            self.changed.emit()

    def _say_faults(self) -> None:
        first, last = self.filed_from.day(), self.filed_to.day()
        turned = "结束日期早于开始日期。" if first and last and last < first else ""
        self._day_rows[0].set_fault(self.filed_from.problem())
        self._day_rows[1].set_fault(self.filed_to.problem() or turned)
