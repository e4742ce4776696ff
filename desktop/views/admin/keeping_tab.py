"""附件和保存期限: how large scans may be, and how long they and the drafts are kept."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.admin.attachment_limits import AttachmentLimitSettings
from desktop.views.admin.retention_settings import RetentionSettings
from desktop.views.workbench import Workbench


class KeepingTab(QWidget):
    """The limits above, the periods and what is due below; each is saved for itself."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limits, self.retention = AttachmentLimitSettings(workbench), RetentionSettings(workbench)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.limits)
        column.addWidget(self.retention, 1)
