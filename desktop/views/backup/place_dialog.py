"""How often the ledger is backed up by itself, and where else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ClerkError
from desktop.services.backups import BackupSettings
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS: Final = 40
_HINT: Final = (
    "选优盘或者另一台电脑上的共享文件夹。每次备份也写到那里；没有插上时会提示，不影响本机备份。留空即不用第二位置。"
)


class PlaceDialog(QDialog):
    """Accepted once the settings are kept."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backups = workbench.desk.backups
        settings = self._backups.settings()
        self.place, self.hours = QLineEdit(settings.second_place), QSpinBox()
        self.hours.setRange(1, 168)
        self.hours.setValue(settings.every_hours)
        self.browse, self.save, self.banner = QPushButton("选文件夹(&B)…"), QPushButton("保存（Enter）"), Banner()
        self._build()
        self.browse.clicked.connect(self._browse)
        self.save.clicked.connect(self._save)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "第二备份位置", self.place.text())
        if chosen:
            self.place.setText(chosen)

    def _save(self) -> None:
        settings = BackupSettings(every_hours=self.hours.value(), second_place=self.place.text().strip())
        try:
            self._backups.keep_settings(settings)
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
            self.place.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()

    def _build(self) -> None:
        self.setObjectName("backup_place")
        self.setWindowTitle("第二备份位置")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        self.place.setObjectName("second_place")
        self.hours.setSuffix(" 小时")
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.browse.setAutoDefault(False)
        leave = QPushButton("取消（Esc）")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.browse)
        form = QFormLayout()
        place_label, hours_label = QLabel("第二位置(&P)"), QLabel("自动备份间隔(&H)")
        place_label.setBuddy(self.place)
        hours_label.setBuddy(self.hours)
        form.addRow(place_label, where)
        form.addRow(hours_label, self.hours)
        hint = QLabel(_HINT)
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self.banner)
        column.addLayout(form)
        column.addWidget(hint)
        column.addLayout(foot)
