"""The foot of the window: which rules, how the ledger is, what was just said, how many today."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.domain.pack import PolicyPack
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_1, SPACE_3, SPACE_4
from desktop.views.wording import word

_SAID_FOR_MS = 8_000
_BUSY_WORDS = {Errand.LOOK_UP: "正在查找…", Errand.PAPERS: "正在生成…", Errand.ACT: "正在办理…"}
_SOUND = ("台账正常", Tone.GREEN)
_DOUBTED = ("台账有异常", Tone.RED)


class StatusLine(QFrame):
    """One quiet line; what is told goes away by itself, troubles stay until the next success."""

    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._pack, self._said = ElidedLabel(), ElidedLabel()
        self._pack.setProperty("role", "soft")
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._rest = _SOUND
        self._state = Chip(*self._rest)
        self._today, self._backup = QLabel(), QLabel()
        self._backup.setProperty("role", "soft")
        keys = QPushButton("F1 键位")
        keys.setProperty("role", "quiet")
        keys.clicked.connect(self.keys_asked)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_SAID_FOR_MS)
        self._quiet.timeout.connect(self._said.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_1 // 2, SPACE_4, SPACE_1 // 2)
        row.setSpacing(SPACE_3)
        row.addWidget(self._state)
        row.addWidget(self._backup)
        row.addWidget(self._pack)
        row.addWidget(self._said, 1)
        row.addWidget(keys)
        row.addWidget(self._today)

    @property
    def said(self) -> str:
        """Give what is being said now."""
        return self._said.text()

    @property
    def state(self) -> str:
        """Give the word for the ledger's state."""
        return self._state.text

    @property
    def backup(self) -> str:
        """Give the sentence about backups."""
        return self._backup.text()

    def show_backup(self, sentence: str, trouble: str) -> None:
        """Show how it stands with backups; a trouble is read by pointing at it."""
        self._backup.setText(f"{sentence}（有问题）" if trouble else sentence)
        self._backup.setToolTip(trouble)

    @property
    def today(self) -> str:
        """Give the sentence about today."""
        return self._today.text()

    def show_pack(self, pack: PolicyPack) -> None:
        """Show by which rules the window judges."""
        self._pack.setText(f"规则包 {pack.id} {pack.version}（{word(pack.standing)}）")
        self._pack.setToolTip(pack.title)

    def show_today(self, count: int) -> None:
        """Show how many matters were decided today."""
        self._today.setText(f"今日办结 {count} 件")
        self._today.show()

    def hide_today(self) -> None:
        """Show no number to somebody who may not look into the ledger."""
        self._today.hide()

    def forget(self) -> None:
        """Let go of what was said and counted, as when somebody else takes over."""
        self._quiet.stop()
        self._said.clear()
        self._today.clear()

    def say(self, text: str) -> None:
        """Say a quiet sentence for some seconds."""
        self._said.setText(text)
        self._quiet.start()

    def show_busy(self, errand: Errand) -> None:
        """Show what is under way, or that the ledger rests in order."""
        words = _BUSY_WORDS.get(errand, "")
        self._state.show_as(*((words, Tone.BLUE) if words else self._rest))

    def show_verdict(self, is_sound: bool) -> None:
        """Show what verifying came to, until it is verified again."""
        self._rest = _SOUND if is_sound else _DOUBTED
        self._state.show_as(*self._rest)

    def show_trouble(self, text: str) -> None:
        """Show that the ledger cannot be used, with the reason."""
        self._state.show_as("台账不可用", Tone.RED)
        self._quiet.stop()
        self._said.setText(text)
