"""After how many minutes without a key the screen locks: one number for the office."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.services.screen_lock import FEWEST_MINUTES, MOST_MINUTES
from desktop.views.actions import keys_of
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, base_px
from desktop.views.workbench import Workbench

_LABEL_CHARACTERS = 8
_WIDTH_CHARACTERS = 16
_LONGEST_NUMBER = 3


class LockSettings(QWidget):
    """Minutes, typed and kept; only who keeps the settings is shown this."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.minutes = TextField(str(workbench.desk.screen_lock.minutes()), limit=_LONGEST_NUMBER)
        self.row = FieldRow("几分钟后锁屏(&N)", self.minutes, label_characters=_LABEL_CHARACTERS)
        self.save = QPushButton(f"保存（{keys_of('admin.save')}）")
        self.said = QLabel()
        self._build()
        self.minutes.changed.connect(lambda: self.row.set_fault(""))
        self.minutes.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        bind_keys(self, {"admin.save": self._save})

    def _save(self) -> None:
        typed = self.minutes.value()
        minutes = int(typed) if typed.isascii() and typed.isdigit() else 0
        try:
            changes = self._bench.desk.screen_lock.set_minutes(minutes)
        except ClerkError as error:
            self.said.clear()
            self.row.set_fault(describe(error).text)
            self.row.reveal()
            self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.said.setText(f"已保存：{minutes} 分钟没有按键、没有动鼠标就锁屏。")
        self._bench.changed.emit(changes)

    def _build(self) -> None:
        self.minutes.setObjectName("lock_minutes")
        self.minutes.setProperty("figures", "true")
        self.row.setMaximumWidth(base_px() * _WIDTH_CHARACTERS)
        heading, hint = QLabel("锁屏"), QLabel()
        hint.setText(
            f"{FEWEST_MINUTES} 至 {MOST_MINUTES} 分钟，对所有人生效。"
            f"随时可按 {keys_of('people.lock')} 锁屏；录入的内容不变。"
        )
        heading.setProperty("role", "heading")
        hint.setProperty("role", "soft")
        self.said.setProperty("role", "good")
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        line.addWidget(self.row, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.said, 2, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(line)
