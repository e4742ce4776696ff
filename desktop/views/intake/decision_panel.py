"""The decision at the side, never scrolled away: what it is, who takes it, why, and what is still unknown."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.acts import StationKind
from desktop.domain.assessment_result import Assessment
from desktop.domain.conduct import ConductWarning
from desktop.domain.gap_words import declared_missing, gaps_told
from desktop.domain.pack import PolicyPack
from desktop.views.actions import keys_of
from desktop.views.intake.decision_words import Headline, Line, headline, why_lines
from desktop.views.intake.named import named
from desktop.views.shared.chips import Tone
from desktop.views.theme import COLOURS, base_px

_LINKS_SHOWN: Final = 6
_HEADING_CHARACTERS: Final = 5


class WhyLine(QWidget):
    """One line of why; pointing at it or reaching it by Tab lights the fields it came from."""

    lit = Signal(tuple)  # names of facts, empty when the light goes out

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        heading, text, article = QLabel(line.heading), QLabel(line.text), QLabel(line.article)
        heading.setFixedWidth(_HEADING_CHARACTERS * base_px())
        heading.setStyleSheet(f"color: {COLOURS.ink_faint};")
        article.setStyleSheet(f"color: {COLOURS.ink_faint}; font-size: {base_px() - 1}px;")
        text.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(4, 1, 4, 1)
        layout.setHorizontalSpacing(8)
        layout.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        if line.heading:
            layout.addWidget(heading, 0, 0, top)
            layout.addWidget(text, 0, 1)
        else:
            layout.addWidget(text, 0, 0, 1, 2)
        layout.addWidget(article, 0, 2, top | Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{line.heading} {line.text} {line.article}".strip())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light the fields behind this line."""
        self._light(on=True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        self._light(on=False)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Light the fields behind this line."""
        self._light(on=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the light out."""
        self._light(on=False)
        super().focusOutEvent(event)

    def _light(self, *, on: bool) -> None:
        lights = on and bool(self.line.facts)
        self.setStyleSheet(f"WhyLine {{ background: {COLOURS.picked}; }}" if lights else "")
        self.lit.emit(self.line.facts if lights else ())


class _WhyLines(QScrollArea):
    """The lines of why; asks for the room that all of them take."""

    def __init__(self, lines: QVBoxLayout) -> None:
        super().__init__()
        self._lines = lines
        body = QWidget()
        body.setLayout(lines)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(body)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")

    def sizeHint(self) -> QSize:
        """Ask for the height of all lines at the width there is."""
        return QSize(super().sizeHint().width(), self._lines.totalHeightForWidth(self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew when lines break elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class DecisionPanel(QFrame):
    """Shows one assessment; colour means something and the words say it too."""

    lit = Signal(tuple)  # names of the facts behind the line pointed at
    fact_asked = Signal(str)  # an unknown fact was clicked

    def __init__(self, pack: PolicyPack, station: StationKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decision")
        self._pack = pack
        self._station = station
        self._shown: tuple[Line, ...] = ()
        self._rows: list[WhyLine] = []
        self._headline: Headline | None = None
        self._last: tuple[Assessment, str | None, Callable[[str], str]] | None = None
        self.what = named(QLabel(), "decision.what")
        self.who = named(QLabel(), "decision.who")
        self.missing = named(QLabel(), "decision.missing")
        for label in (self.what, self.who, self.missing):
            label.setWordWrap(True)
        self.missing.linkActivated.connect(self.fact_asked.emit)
        self.explain_button = QPushButton(f"判定说明（{keys_of('intake.explain')}）", self)
        self.explain_button.setProperty("role", "quiet")
        self.explain_button.setAccessibleName("判定说明")
        # Reached by its key: Tab goes on through the form.
        self.explain_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.conduct = named(QLabel(), "decision.conduct")
        self.conduct.setWordWrap(True)
        self.conduct.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addStretch(1)
        self._why = _WhyLines(self._lines)
        self._lay_out()

    def judge_at(self, station: StationKind) -> None:
        """Say from now on what another kind of acceptance point may take."""
        self._station = station

    def show_assessment(self, assessment: Assessment, *, kind: str | None, label_of: Callable[[str], str]) -> None:
        """Show what the pack says; ``label_of`` gives the field's word for a fact."""
        self._last = (assessment, kind, label_of)
        self._show_headline(headline(assessment, self._pack, kind=kind, station=self._station))
        self._show_lines(why_lines(assessment) if kind is not None else ())
        facts = declared_missing(assessment) if kind is not None else ()
        self._show_missing(facts, label_of, gaps=gaps_told(assessment, self._pack) if kind is not None else "")

    def show_conduct(self, warning: ConductWarning | None) -> None:
        """Say in red that the contractor is on record, in amber that it may be; None takes it away."""
        self.conduct.setVisible(warning is not None)
        if warning is None:
            self.conduct.clear()
            return
        tone, mark = (Tone.RED, "■ 不良档案") if warning.is_certain else (Tone.AMBER, "▲ 疑似不良档案")
        self.conduct.setText(f"{mark}　{warning.text}")
        self.conduct.setAccessibleName(self.conduct.text())
        self.conduct.setStyleSheet(
            f"color: {tone.ink.name()}; background: {tone.ground.name()}; padding: 4px 8px; border-radius: 4px;"
        )

    def why_lines(self) -> tuple[WhyLine, ...]:
        """Give the lines of why now shown, first to last."""
        return tuple(self._rows)

    def changeEvent(self, event: QEvent) -> None:
        """Write everything anew in another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._last is not None:
            self._headline, self._shown = None, ()
            assessment, kind, label_of = self._last
            self.show_assessment(assessment, kind=kind, label_of=label_of)

    def _show_headline(self, words: Headline) -> None:
        if words == self._headline:
            return
        self._headline = words
        colour = words.tone.ink.name()
        self.what.setText(words.what)
        self.what.setStyleSheet(f"font-size: {base_px() + 8}px; font-weight: 600; color: {colour};")
        self.who.setText(words.who)
        self.who.setStyleSheet(f"font-size: {base_px() + 1}px; font-weight: 600; color: {COLOURS.ink};")
        self.setStyleSheet(
            f"#decision {{ background: {COLOURS.paper}; border: 1px solid {COLOURS.line}; border-radius: 4px;"
            f" border-left: 5px solid {colour}; }}"
        )
        self.setAccessibleName(f"{words.what}，{words.who}")

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        if lines == self._shown:
            return
        self._shown = lines
        for row in self._rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for line in lines:
            row = WhyLine(line)
            row.lit.connect(self.lit)
            self._lines.insertWidget(len(self._rows), row)
            self._rows.append(row)
        self._why.updateGeometry()

    def _show_missing(self, facts: tuple[str, ...], label_of: Callable[[str], str], *, gaps: str) -> None:
        links = "、".join(
            f'<a href="{escape(fact)}" style="color: {COLOURS.blue};">{escape(label_of(fact))}</a>'
            for fact in facts[:_LINKS_SHOWN]
        )
        more = f" 等 {len(facts)} 项" if len(facts) > _LINKS_SHOWN else ""
        wanting = f"决定判定而未填（F4 逐项）：{links}{more}" if facts else ""
        # Gaps of the rules are no fields of the form: nothing leads to them from here.
        self.missing.setText("<br>".join(part for part in (wanting, escape(gaps)) if part))
        self.missing.setVisible(bool(facts or gaps))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self.what, 1)
        head.addWidget(self.explain_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.who)
        layout.addWidget(self.conduct)
        layout.addWidget(self._why, 1)
        layout.addWidget(self.missing)
