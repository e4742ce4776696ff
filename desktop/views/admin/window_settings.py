"""What this window looks like and where its ledger lies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.views.admin.masking_settings import MaskingSettings
from desktop.views.people.lock_settings import LockSettings
from desktop.views.shared.remembered import Remembered
from desktop.views.theme import LARGEST_TEXT, SMALLEST_TEXT, SPACE_2, SPACE_3, SPACE_4, apply_theme, base_px
from desktop.views.workbench import Workbench


class WindowSettings(QWidget):
    """Text size, felt at once; when the screen locks; the data folder, to be read."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered = Remembered(workbench.desk.data_folder)
        self.sizes = QButtonGroup(self)
        heading, hint = QLabel("文字大小"), QLabel("立即生效。也可随时按 Ctrl +、Ctrl −。")
        heading.setProperty("role", "heading")
        hint.setProperty("role", "soft")
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        for size in range(SMALLEST_TEXT, LARGEST_TEXT + 1):
            button = QRadioButton(str(size))
            button.setChecked(size == base_px())
            self.sizes.addButton(button, size)
            row.addWidget(button)
        row.addStretch(1)
        self.sizes.idToggled.connect(self._resize)
        folder_heading, folder = QLabel("数据文件夹"), QLabel(str(workbench.desk.data_folder))
        folder_heading.setProperty("role", "heading")
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        folder.setWordWrap(True)
        why = QLabel(
            "台账、草稿、附件和日志都在这里。请在“备份和加密”中备份：只复制文件夹，不核对内容，也不能保证复制完整。"
        )
        why.setProperty("role", "soft")
        why.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(row)
        column.addSpacing(SPACE_4)
        if workbench.desk.sign_in.actor.may(Right.KEEP_SETTINGS):
            for settings in (LockSettings(workbench), MaskingSettings(workbench)):
                column.addWidget(settings)
                column.addSpacing(SPACE_4)
        for widget in (folder_heading, folder, why):
            column.addWidget(widget)
        column.addStretch(1)

    def _resize(self, size: int, is_on: bool) -> None:
        app = QApplication.instance()
        if is_on and isinstance(app, QApplication):
            apply_theme(app, size)
            self._remembered.base_px = size
            self._remembered.keep()
