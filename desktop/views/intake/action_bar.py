"""The acts at the foot of the page: each with its key, and with its reason when it cannot be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.acts import Act, AllowedAct
from desktop.views.actions import action, keys_of
from desktop.views.intake.named import named, restyle
from desktop.views.theme import COLOURS
from desktop.views.wording import word

_ON_THE_BAR: Final = (Act.ACCEPT, Act.ONE_TIME_NOTICE, Act.INFORM_PERMIT, Act.MUST_NOT_START)
# On the bar only while one of them is what the rules say; always among the others.
_ELSE_IN_THE_MENU: Final = (Act.NOT_APPLICABLE, Act.TO_STREET_OFFICE)


class ActionBar(QWidget):
    """Buttons of the acts.  A press of an act that is not allowed says why instead of doing nothing."""

    chosen = Signal(object, str)  # Act, the clerk's reason (empty when none is needed)
    refused = Signal(object, str)  # Act, why it cannot be done now
    draft_asked = Signal()
    blanks_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: dict[Act, AllowedAct] = {}
        self._unjudged = 0
        self._asking: Act | None = None
        self._asked_from: QWidget | None = None
        self._buttons = {act: self._button(act) for act in (*_ON_THE_BAR, *_ELSE_IN_THE_MENU)}
        self._menu = QMenu(self)
        self._extra = {act: self._menu.addAction(_menu_words(act_key(act))) for act in _ELSE_IN_THE_MENU}
        self._build_more()
        self.why = named(QLabel(), "act.why")
        self.why.setProperty("role", "amber")
        self.why.setWordWrap(True)
        self._reason_row, self.reason = self._build_reason()
        self._lay_out()

    def show_acts(self, acts: tuple[AllowedAct, ...], *, unjudged: int) -> None:
        """Show what the assessment allows now; ``unjudged`` papers are counted on the notice's button."""
        self._acts = {allowed.act: allowed for allowed in acts}
        self._unjudged = unjudged
        for act, button in self._buttons.items():
            self._paint(button, act)
        for act, entry in self._extra.items():
            entry.setToolTip(self._why(act))
            self._buttons[act].setVisible(self._is_primary(act))
        if self._asking is not None and not self._is_allowed(self._asking):
            self.close_reason()

    @property
    def is_asking(self) -> bool:
        """Say whether a reason is being asked for."""
        return self._asking is not None

    def press(self, act: Act) -> None:
        """Do what the act's key does: ask for a reason, choose the act, or say why it cannot be done."""
        act = self._meant(act)
        allowed = self._acts.get(act)
        if allowed is None or not allowed.allowed:
            self.close_reason()
            why = self._why(act) or "请先填写申报事实。"
            self.say(why)
            self.refused.emit(act, why)
        elif allowed.needs_reason:
            self._ask_reason(allowed)
        else:
            self.close_reason()
            self.chosen.emit(act, "")

    def say(self, sentence: str) -> None:
        """Show a sentence beside the buttons; it stays until the form changes."""
        self.why.setText(sentence)

    def close_reason(self) -> None:
        """Fold the reason field away and go back to where one was; what was typed in it stays for the next time."""
        self._asking = None
        if self.reason.hasFocus() and self._asked_from is not None and isValid(self._asked_from):
            self._asked_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reason_row.hide()

    def clear(self) -> None:
        """Start anew for the next person."""
        self.reason.clear()
        self.close_reason()
        self.say("")

    def _meant(self, act: Act) -> Act:
        """Give the act a key stands for: what must be reviewed first is sent for review by the key of acceptance."""
        is_sent = act is Act.ACCEPT and Act.SUBMIT_FOR_REVIEW in self._acts
        return Act.SUBMIT_FOR_REVIEW if is_sent else act

    def _why(self, act: Act) -> str:
        allowed = self._acts.get(act)
        return allowed.why if allowed else ""

    def _is_allowed(self, act: Act) -> bool:
        return act in self._acts and self._acts[act].allowed

    def _is_primary(self, act: Act) -> bool:
        return self._is_allowed(act) and self._acts[act].primary

    def _ask_reason(self, allowed: AllowedAct) -> None:
        self._asking = allowed.act
        if not self.reason.hasFocus():
            self._asked_from = QApplication.focusWidget()
        self.say(allowed.why or f"{word(allowed.act)}须写明理由，理由随件保存。")
        self._reason_row.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _confirm_reason(self) -> None:
        if self._asking is None:
            return
        if not self.reason.text().strip():
            self.say("请先写明理由。")
            return
        self.chosen.emit(self._asking, self.reason.text().strip())

    def _paint(self, button: QPushButton, act: Act) -> None:
        words = _button_words(act)
        if self._meant(act) is not act:
            act = self._meant(act)
            words = f"{keys_of(act_key(Act.ACCEPT))}  {word(act)}"
        # Counted only where the papers are what it waits for.
        waiting = act is Act.ONE_TIME_NOTICE and self._unjudged and "未核对" in self._why(act)
        button.setText(f"{words}（还有 {self._unjudged} 项未核对）" if waiting else words)
        button.setToolTip(self._why(act))
        restyle(button, role="primary" if self._is_primary(act) else "")
        button.setStyleSheet(
            "" if self._is_allowed(act) else f"color: {COLOURS.ink_faint}; border-color: {COLOURS.line};"
        )

    def _button(self, act: Act) -> QPushButton:
        button = named(QPushButton(_button_words(act), self), f"act.{act.value}")
        # The keys do it; Tab stays among the fields.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(lambda: self.press(act))
        return button

    def _build_more(self) -> None:
        self._more = named(QToolButton(self), "act.more")
        self._more.setText("更多 ▾")
        self._more.setProperty("role", "button")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setToolTipsVisible(True)
        for act, entry in self._extra.items():
            entry.triggered.connect(lambda _=False, act=act: self.press(act))
        self._menu.addSeparator()
        self._menu.addAction(_menu_words("intake.draft"), self.draft_asked.emit)
        self._menu.addAction(_menu_words("intake.blanks"), self.blanks_asked.emit)
        self._more.setMenu(self._menu)

    def _build_reason(self) -> tuple[QWidget, QLineEdit]:
        row = QWidget(self)
        reason = named(QLineEdit(), "act.reason")
        reason.setPlaceholderText("理由和确认人；随件保存，一直看得见")
        reason.returnPressed.connect(self._confirm_reason)
        confirm = named(QPushButton("确认办结  Enter"), "act.confirm")
        confirm.clicked.connect(self._confirm_reason)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel("理由"))
        layout.addWidget(reason, 1)
        layout.addWidget(confirm)
        reason.installEventFilter(self)
        row.hide()
        return row, reason

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the reason field folds it away without losing the text."""
        if watched is self.reason and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close_reason()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self._buttons.values():
            buttons.addWidget(button)
        buttons.addWidget(self._more)
        buttons.addWidget(self.why, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._reason_row)
        layout.addLayout(buttons)
        self.say("")


def act_key(act: Act) -> str:
    """Name the action of the table of keys that does an act."""
    return f"act.{(Act.ACCEPT if act is Act.SUBMIT_FOR_REVIEW else act).value}"


def _button_words(act: Act) -> str:
    return f"{keys_of(act_key(act))}  {action(act_key(act)).text}"


def _menu_words(key: str) -> str:
    return f"{action(key).text}\t{keys_of(key)}"
