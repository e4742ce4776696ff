"""What stands after a decision: the number, large, the act in words, its papers, and the next person's key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import Act, Decided
from desktop.domain.found_site import FoundSiteRow
from desktop.domain.local_rules import local
from desktop.views.actions import keys_of
from desktop.views.intake.named import named
from desktop.views.theme import SPACE_1, base_px

_MOST_FOUND = 4
_WORDS = {
    Act.ACCEPT: "已受理，已登记",
    Act.ONE_TIME_NOTICE: "已一次性告知，等待补正",
    Act.INFORM_PERMIT: "已告知办理施工许可",
    Act.MUST_NOT_START: "已告知不得开工，转执法",
    Act.NOT_APPLICABLE: "已按不适用办结",
    Act.TO_STREET_OFFICE: "已转街道办理",
    Act.SUBMIT_FOR_REVIEW: "已收件送审，尚未登记",
}


class DoneView(QFrame):
    """Shows one `Decided`; papers are opened for preview and print by the page."""

    papers_asked = Signal(object, str)  # tuple[IssuedPaper, ...], title
    filing_asked = Signal(int)
    next_asked = Signal()
    next_shop_asked = Signal(int)
    link_asked = Signal(object)  # FoundSiteRow: tie it to this filing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._decided: Decided | None = None
        self._offered: tuple[FoundSiteRow, ...] = ()
        self.act = named(QLabel(), "done.act")
        self.number = named(QLabel(), "done.number")
        self.act.setProperty("role", "title")
        self.number.setProperty("role", "figure")
        self.number.setStyleSheet(f"font-size: {base_px() * 3}px; font-weight: bold;")
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.reason = named(QLabel(), "done.reason")
        self.reason.setWordWrap(True)
        self.papers = named(QListWidget(), "done.papers")
        self.papers.itemActivated.connect(lambda _: self._open_selected())
        self.found_said = named(QLabel(), "done.found_said")
        self.found_said.setWordWrap(True)
        self.found = named(QListWidget(), "done.found")
        self.found.setAccessibleName(local("同一地点的未登记工地"))
        self.found.itemActivated.connect(lambda _: self.link_found())
        self._link = _button(local(f"关联未登记工地  {keys_of('done.link_found')}"), "done.link")
        self._link.clicked.connect(self.link_found)
        self._print = _button(f"打印全部文书  {keys_of('done.papers')}", "done.print")
        self._print.clicked.connect(self.open_all)
        self._file = _button(f"打开本件  {keys_of('done.filing')}", "done.filing")
        self._file.clicked.connect(self.open_filing)
        self._next_shop = _button(f"同一商圈下一户  {keys_of('done.next_shop')}", "done.next_shop")
        self._next_shop.clicked.connect(self.next_shop)
        self._next = _button(f"下一位  {keys_of('next_person')}", "done.next")
        self._next.setProperty("role", "primary")
        self._next.clicked.connect(self.next_asked.emit)
        self._lay_out()

    def show_decided(self, decided: Decided, reason: str = "") -> None:
        """Show what came of the decision; ``reason`` is the clerk's own, when one was needed."""
        self._decided = decided
        self.act.setText(local(_WORDS[decided.act]))
        self.number.setText(decided.number)
        self.reason.setText(f"理由：{reason}")
        self.reason.setVisible(bool(reason))
        self.papers.clear()
        for paper in decided.papers:
            pages = f"　{paper.pages} 页" if paper.pages else ""
            self.papers.addItem(f"{paper.title}{pages}")
        if decided.papers:
            self.papers.setCurrentRow(0)
        self._print.setEnabled(bool(decided.papers))
        self.show_found("", ())
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_found(self, said: str, offered: tuple[FoundSiteRow, ...]) -> None:
        """Say what was tied, and offer the open unregistered works at the same place."""
        had_focus = self.found.hasFocus() or self._link.hasFocus()
        self._offered = offered
        question = local(f"同一地点有 {len(offered)} 处未登记工地还没有来办，是本件的请关联：") if offered else ""
        self.say_found("　".join(part for part in (said, question) if part))
        self.found.clear()
        self.found.addItems([_found_words(row) for row in offered])
        self.found.setVisible(bool(offered))
        self._link.setVisible(bool(offered))
        if offered:
            self.found.setCurrentRow(0)
            rows = min(len(offered), _MOST_FOUND)
            self.found.setFixedHeight(max(self.found.sizeHintForRow(0), 1) * rows + 2 * SPACE_1)
        elif had_focus:
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_found(self, said: str) -> None:
        """Say something about the unregistered works."""
        self.found_said.setText(said)
        self.found_said.setVisible(bool(said))

    def link_found(self) -> None:
        """Ask to tie the chosen unregistered work; none is offered means nothing."""
        row = self.found.currentRow()
        if 0 <= row < len(self._offered):
            self.link_asked.emit(self._offered[row])

    def offer_next_shop(self, offered: bool) -> None:
        """Offer the next shop of the same mall, or leave it out where the matter lies in none."""
        self._next_shop.setVisible(offered)

    def next_shop(self) -> None:
        """Ask for the next shop of the same mall, where that is offered."""
        if self._decided is not None and not self._next_shop.isHidden():
            self.next_shop_asked.emit(self._decided.filing_id)

    def open_all(self) -> None:
        """Ask for preview and print of the whole bundle."""
        if self._decided is not None and self._decided.papers:
            self.papers_asked.emit(self._decided.papers, f"{self._decided.number} 文书")

    def open_filing(self) -> None:
        """Ask for the whole file of this filing."""
        if self._decided is not None:
            self.filing_asked.emit(self._decided.filing_id)

    def _open_selected(self) -> None:
        row = self.papers.currentRow()
        if self._decided is not None and 0 <= row < len(self._decided.papers):
            paper = self._decided.papers[row]
            self.papers_asked.emit((paper,), paper.title)

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        for button in (self._next, self._next_shop, self._print, self._file, self._link):
            keys.addWidget(button)
        keys.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        for widget in (self.act, self.number, self.reason, self.found_said, self.found):
            layout.addWidget(widget)
        layout.addWidget(QLabel("已出具的文书（Enter 打开一份）"))
        layout.addWidget(self.papers, 1)
        for listed in (self.papers, self.found):
            listed.setMaximumWidth(base_px() * 50)
        layout.addLayout(keys)


def _button(words: str, name: str) -> QPushButton:
    return named(QPushButton(words), name)


def _found_words(row: FoundSiteRow) -> str:
    return "　".join(part for part in (row.number, row.place, row.work, row.owner_name) if part)
