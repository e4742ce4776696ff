"""The lines under the address: works that look parted, and filings that resemble this one, opened by Alt+D."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QWidget

from desktop.domain.acts import SimilarFiling
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.splitting import SplitSuspicion
from desktop.views.actions import keys_of
from desktop.views.intake.folded_line import FoldedLine
from desktop.views.intake.named import named
from desktop.views.theme import COLOURS
from desktop.views.wording import word

_WHY: Final = {"address": "同一地址", "owner": "同一业主/建设单位", "contractor": "同一生产经营单位"}
_FILING: Final = int(Qt.ItemDataRole.UserRole)
_MOST_NUMBERS: Final = 3


def suspicion_words(suspicion: SplitSuspicion) -> str:
    """Give the hint in words: which works, how much together, by which article, and what to do."""
    numbers = [work.number for work in suspicion.works[-_MOST_NUMBERS:]]
    more = f"等 {len(suspicion.works)} 件" if len(suspicion.works) > _MOST_NUMBERS else ""
    if suspicion.batch:
        said = local("建设单位各不相同，各为一件，不作分解工程处理。")
        return f"同属“{suspicion.batch}”一揽子纳管，涉及 {'、'.join(numbers)}{more}：{said}"
    step = (
        "是同一工程的，告知办理施工许可；各自独立仍要受理的，写明理由。"
        if suspicion.needs_reason
        else "由受理人判断；是同一工程的，按合计金额和面积填写。"
    )
    return f"⚠ 疑似分解工程{in_brackets(suspicion.article)}：{suspicion.because}涉及 {'、'.join(numbers)}{more}。{step}"


class SimilarLine(FoldedLine):
    """Says how many filings resemble the one typed and why; each can be opened without leaving the form."""

    filing_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("similar", _Filings(), parent)
        self.list.itemActivated.connect(self._open)
        self.suspicion = named(QLabel(), "splitting")
        self.suspicion.setWordWrap(True)
        self.suspicion.hide()
        self.column.insertWidget(0, self.suspicion)
        self.show_filings(())

    def show_filings(self, filings: tuple[SimilarFiling, ...]) -> None:
        """Show what the look-up found; nothing found leaves no line."""
        self.list.clear()
        for filing in filings:
            who = filing.contractor_name if filing.why == "contractor" else filing.owner_name
            words = (
                filing.number,
                word(filing.status),
                f"{filing.filed_on}",
                local(_WHY[filing.why]),
                filing.place,
                who,
            )
            item = QListWidgetItem("　".join(word for word in words if word), self.list)
            item.setData(_FILING, filing.filing_id)
        reasons = "、".join(dict.fromkeys(local(_WHY[filing.why]) for filing in filings))
        self._say(f"⚠ {len(filings)} 件相近（{reasons}）　{keys_of('intake.similar')}")
        self._show_what_there_is()

    def show_suspicion(self, suspicion: SplitSuspicion | None) -> None:
        """Say which works together exceed the limits, and what to do; None leaves no line."""
        self.suspicion.setText("" if suspicion is None else suspicion_words(suspicion))
        told = suspicion is not None and bool(suspicion.batch)
        ink, ground = (COLOURS.accent_dark, COLOURS.picked) if told else (COLOURS.amber, COLOURS.amber_ground)
        self.suspicion.setStyleSheet(f"color: {ink}; background: {ground}; padding: 4px 8px; border-radius: 4px;")
        self.suspicion.setVisible(suspicion is not None)
        self._show_what_there_is()

    def _show_what_there_is(self) -> None:
        self.setVisible(not (self.head.isHidden() and self.suspicion.isHidden()))

    def _open(self, item: QListWidgetItem) -> None:
        self.filing_asked.emit(item.data(_FILING))


class _Filings(QListWidget):
    """The list itself; Enter opens a filing, Esc folds the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("similar.list")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, fold by Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
