"""The selected filing in brief, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.acts import OPEN_TO_THE_CLERK
from desktop.domain.ledger import LedgerRow
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.views.ledger.ledger_cells import MARK, marks_of, risk_words
from desktop.views.shared.chips import Chip, Tone
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4
from desktop.views.wording import STATUS_TONES, kind_word, word

# Facts that stand beside their heading instead of under it.
_SHORT: Final = frozenset({"申报日期", "有效期至", "到窗口"})


class BriefCard(QFrame):
    """Number, state, who and where; two buttons at its foot."""

    open_asked = Signal(int)
    correct_asked = Signal(int)

    def __init__(self, pack: Callable[[], PolicyPack], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self.setProperty("role", "card")
        self._row: LedgerRow | None = None
        self._number, self._name = QLabel(), QLabel()
        self._hint = QLabel("选中一件，这里显示概要。")
        self._hint.setProperty("role", "faint")
        self._number.setProperty("role", "number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._name.setProperty("role", "heading")
        self._status, self._risk = Chip(), Chip(local("高风险"), Tone.AMBER)
        self._marks = QLabel()
        self._facts = {
            heading: QLabel()
            for heading in (
                "地点",
                "建设单位 / 业主",
                "生产经营单位",
                "类型",
                "申报日期",
                "有效期至",
                "到窗口",
            )
        }
        self._open, self._correct = QPushButton("打开（Enter）"), QPushButton("办理补正")
        self._open.clicked.connect(self._ask_open)
        self._correct.clicked.connect(self._ask_correct)
        self._build()
        self.show_row(None)

    def show_row(self, row: LedgerRow | None) -> None:
        """Show one filing, or nothing."""
        self._row = row
        for widget in self._all:
            widget.setVisible(row is not None)
        self._hint.setVisible(row is None)
        if row is None:
            return
        self._number.setText(row.number)
        self._name.setText(row.project_name)
        self._status.show_as(word(row.status), STATUS_TONES[row.status])
        self._risk.setVisible(row.high_risk is True)
        self._marks.setText("".join(f"{MARK} {words}　" for words in marks_of(row)))
        self._marks.setVisible(bool(marks_of(row)))
        for heading, text in {
            "地点": row.place,
            "建设单位 / 业主": row.owner_name,
            "生产经营单位": row.contractor_name,
            "类型": "，".join(
                part for part in (kind_word(row.kind), row.category_label, self._risk_words(row)) if part
            ),
            "申报日期": row.filed_on.isoformat(),
            "有效期至": row.valid_until.isoformat() if row.valid_until else "—",
            "到窗口": f"{row.visits} 次",
        }.items():
            self._facts[heading].setText(text or "—")
        # Where the rules set no period nothing runs out; what was registered under others still does.
        has_term = row.valid_until is not None or self._pack().deadlines.validity_months is not None
        for part in (self._headings["有效期至"], self._facts["有效期至"]):
            part.setVisible(has_term)
        self._correct.setVisible(row.status in OPEN_TO_THE_CLERK)

    def _risk_words(self, row: LedgerRow) -> str:
        is_told = row.high_risk is True or self._pack().tells_risk_apart
        return risk_words(row.high_risk) if is_told else ""

    def _build(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(SPACE_2)
        for chip in (self._status, self._risk):
            chips.addWidget(chip)
        chips.addStretch(1)
        facts = QGridLayout()
        facts.setVerticalSpacing(2)
        facts.setColumnStretch(1, 1)
        self._headings: dict[str, QLabel] = {}
        for place, (heading, value) in enumerate(self._facts.items()):
            label = QLabel(local(heading))
            label.setProperty("role", "faint")
            self._headings[heading] = label
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if heading in _SHORT:
                facts.addWidget(label, place * 2, 0)
                facts.addWidget(value, place * 2, 1)
            else:
                facts.addWidget(label, place * 2, 0, 1, 2)
                facts.addWidget(value, place * 2 + 1, 0, 1, 2)
        self._name.setWordWrap(True)
        self._marks.setProperty("role", "red")
        self._marks.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._hint)
        column.addWidget(self._number)
        column.addLayout(chips)
        column.addWidget(self._marks)
        column.addWidget(self._name)
        column.addWidget(_scrolling(facts), 1)
        column.addWidget(self._correct)
        column.addWidget(self._open)
        self._all: tuple[QWidget, ...] = (
            *self._headings.values(),
            *self._facts.values(),
            self._number,
            self._name,
            self._status,
            self._risk,
            self._marks,
            self._open,
            self._correct,
        )

    def _ask_open(self) -> None:
        if self._row is not None:
            self.open_asked.emit(self._row.id)

    def _ask_correct(self) -> None:
        if self._row is not None:
            self.correct_asked.emit(self._row.id)


def _scrolling(facts: QGridLayout) -> QScrollArea:
    """Let long names be read to their end however low the window is; the keyboard reads them in the whole filing."""
    inner, area = QWidget(), QScrollArea()
    inner.setObjectName("scrolled")
    facts.setContentsMargins(0, 0, 0, 0)
    around = QVBoxLayout(inner)
    around.setContentsMargins(0, 0, 0, 0)
    around.addLayout(facts)
    around.addStretch(1)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
