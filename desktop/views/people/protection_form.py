"""Whether the ledger on the disk is protected by a passphrase: chosen at first start, said plainly."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.services.protecting import SHORTEST_PASSPHRASE
from desktop.views.people.new_password import NewPasswordFields
from desktop.views.theme import SPACE_2

_LABEL_CHARACTERS: Final = 6
_FEWEST_DIFFERENT: Final = 5
_PROTECTED_WORDS: Final = (
    "台账和备份加密保存，每次启动先输口令。口令和恢复单都丢了，谁也打不开台账：恢复单请打印后锁进柜子。"
)
_OPEN_WORDS: Final = "能打开本机磁盘或者拿到备份的人，不用登录就能读出姓名、证件号和电话。以后可在“设置”中加密。"


def passphrase_weakness(passphrase: str) -> str:
    """Say in words why a passphrase of the ledger cannot stand, empty when it can."""
    length = len(passphrase.strip())
    if length < SHORTEST_PASSPHRASE:
        return f"至少 {SHORTEST_PASSPHRASE} 个字符，现在 {length} 个"
    return "重复的字符太多" if len(set(passphrase)) < _FEWEST_DIFFERENT else ""


class ProtectionForm(QWidget):
    """A passphrase typed twice, or none for now with what that means."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.protected = QRadioButton("台账口令：加密保存(&T)")
        self.open = QRadioButton("暂不加密（不推荐）(&N)")
        self.passphrase = NewPasswordFields(
            ("台账口令(&P)", "再输一次(&E)"),
            weakness=passphrase_weakness,
            rule=f"至少 {SHORTEST_PASSPHRASE} 个字符，用一句自己记得住、别人猜不到的话。",
            what="口令",
            name="passphrase",
            label_characters=_LABEL_CHARACTERS,
        )
        self._protected_words, self._open_words = QLabel(_PROTECTED_WORDS), QLabel(_OPEN_WORDS)
        self._build()
        self.protected.toggled.connect(self._choose)
        self.passphrase.changed.connect(self.changed)
        self._choose()

    @property
    def is_wanted(self) -> bool:
        """Say whether the ledger is to be protected."""
        return self.protected.isChecked()

    def check(self) -> bool:
        """Say what is wrong with the passphrase and go there; says whether nothing is."""
        return not self.is_wanted or self.passphrase.check()

    def _choose(self) -> None:
        is_wanted = self.is_wanted
        self.passphrase.setVisible(is_wanted)
        self._protected_words.setVisible(is_wanted)
        self._open_words.setVisible(not is_wanted)
        self.changed.emit()

    def _build(self) -> None:
        self.protected.setObjectName("protected")
        self.open.setObjectName("unprotected")
        group = QButtonGroup(self)
        for button in (self.protected, self.open):
            group.addButton(button)
        self.open.setChecked(True)
        for words, role in ((self._protected_words, "soft"), (self._open_words, "doubt")):
            words.setProperty("role", role)
            words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for widget in (self.protected, self._protected_words, self.passphrase, self.open, self._open_words):
            column.addWidget(widget)
        column.addStretch(1)
