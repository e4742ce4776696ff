"""What the rules ask after a finding, beside the entry while it is being made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.hazard_proposal import Proposal
from desktop.domain.local_rules import article, in_brackets
from desktop.views.actions import keys_of
from desktop.views.shared.chips import Chip, Tone
from desktop.views.theme import SPACE_2, SPACE_3

_PAPER = "整改通知书随保存一并出具"


class ProposalPanel(QScrollArea):
    """Finding with its article, the sentences of what to do, the clock, the body, the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("patrol.proposal")
        self.setAccessibleName(f"{article('patrol_findings') or '处理'}要求")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.head, self.chip, self.words = QLabel(), Chip(), QLabel()
        self.head.setProperty("role", "strong")
        for label in (self.head, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        for part in (self.head, self.chip, self.words):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inner)
        self.show_nothing()

    @property
    def text(self) -> str:
        """Give what is said."""
        return "\n".join(part for part in (self.head.text(), self.chip.text, self.words.text()) if part)

    def show_nothing(self, words: str = "") -> None:
        """Say what would stand here."""
        self.head.hide()
        self.head.clear()
        self.chip.hide()
        self.chip.show_as("", Tone.GREY)
        said = f"发现问题时，这里写明{article('patrol_findings')}要求做什么、出什么文书、什么时候前报给谁。"
        self.words.setText(words or said)
        self.words.setProperty("role", "soft")

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what one finding asks for."""
        self.head.setText(f"{proposal.label}{in_brackets(proposal.article)}")
        self.head.show()
        clock = f"当日 24:00 前上报{proposal.report_to}" if proposal.is_same_day else ""
        if not clock and proposal.report_to:
            clock = f"上报、移交{proposal.report_to}"
        self.chip.show_as(clock, Tone.RED if proposal.is_same_day else Tone.AMBER)
        self.chip.setVisible(bool(clock))
        said = [f"{place}. {sentence}" for place, sentence in enumerate(proposal.sentences, 1)]
        if proposal.paper:
            said.append(f"文书：{_PAPER}。")
        if proposal.offers_transfer:
            said.append(f"保存后在“隐患”中按 {keys_of('patrol.hazard_transfer')} 出具移交、上报文书。")
        self.words.setText("\n".join(said))
        self.setAccessibleDescription(self.text)
