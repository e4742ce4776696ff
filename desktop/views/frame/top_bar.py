"""The top of the window: whose window it is, the search field, who is signed in."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.access import Actor, Right
from desktop.domain.acts import Office
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing
from desktop.views.people.person_menu import PersonMenu
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, icon
from desktop.views.wording import word


class SearchField(TextField):
    """The one search field of the window: Enter searches, Esc goes back to the page."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("search")
        self.setAccessibleName("搜索台账")
        self.setPlaceholderText("搜索：编号、姓名、地址、单位、证件或电话后四位　Ctrl+K")
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.returnPressed.connect(lambda: self.searched.emit(self.value()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.searched.emit(self.value())
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """Office and window at the left, search in the middle, standing of the rules and the person at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.search = SearchField()
        self.person = PersonMenu()
        self._office, self._window = ElidedLabel(), ElidedLabel()
        self._office.setProperty("role", "strong")
        self._window.setProperty("role", "soft")
        self._standing = Chip()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_1 + 2, SPACE_4, SPACE_1 + 2)
        row.setSpacing(SPACE_3)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(SPACE_2)
        left.addWidget(self._office)
        left.addWidget(self._window)
        left.addStretch(1)
        right.setSpacing(SPACE_2)
        right.addStretch(1)
        right.addWidget(self._standing)
        right.addWidget(self.person)
        row.addLayout(left, 3)
        row.addWidget(self.search, 4)
        row.addLayout(right, 3)

    def show_office(self, office: Office) -> None:
        """Show whose window this is."""
        own = office.station_name if office.station_name != office.street_name else ""
        self._office.setText(office.street_name)
        self._window.setText(" · ".join(part for part in (own, office.window) if part))

    def show_person(self, actor: Actor, *, unnamed: str) -> None:
        """Show who is signed in, and the search field to who may look into the ledger."""
        self.person.show_person(actor, unnamed=unnamed)
        self.person.show()
        self.search.setVisible(actor.may(Right.SEE))

    def show_nobody(self) -> None:
        """Name nobody and forget what was looked for, while somebody else takes over."""
        self.search.clear()
        self.search.hide()
        self.person.hide()

    def show_pack(self, pack: PolicyPack, on: date) -> None:
        """Show a chip while the rules are not plain law in force on a day."""
        standing, notice, gaps = pack.standing_on(on), pack.notice_on(on), len(pack.gaps())
        self._standing.setVisible(bool(notice))
        tone = Tone.RED if standing is Standing.EXPIRED else Tone.AMBER
        is_ahead = pack.effective_from is not None and pack.effective_from > on
        shown = "尚未施行" if standing is Standing.IN_FORCE and is_ahead else word(standing)
        if standing is Standing.IN_FORCE and pack.effective_from is None:
            shown = "没有施行日期"
        lacking = f"待补 {gaps} 项" if gaps else ""
        shown = lacking if lacking and not pack.banner_on(on) else "，".join(filter(None, (shown, lacking)))
        self._standing.show_as(f"规则：{shown}", tone)
        self._standing.setToolTip(notice)
