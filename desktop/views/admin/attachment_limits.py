"""How large scans and photos may be: one file, all of one filing, pages of one file."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.attachments import MIB, AttachmentLimits
from desktop.domain.errors import ClerkError
from desktop.views.actions import keys_of
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_MOST_TYPED: Final = 99_999
_FIELD_CHARACTERS: Final = 6
# Object name: label, how long it is in characters, unit.
_FIELDS: Final = {
    "file_mb": ("单个文件(&F)", 6, "MB"),
    "filing_mb": ("每件合计(&J)", 6, "MB"),
    "pages": ("单个文件页数(&Y)", 8, "页"),
}


class AttachmentLimitSettings(QWidget):
    """Three numbers in one line with their own button; the limits hold for what is added from then on."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.fields = {name: TextField() for name in _FIELDS}
        self.save, self.said, self.fault = QPushButton(f"保存（{keys_of('admin.save')}）"), QLabel(), QLabel()
        self._build()
        self._show(workbench.desk.attachment_care.limits())
        self.save.clicked.connect(self._save)
        for field in self.fields.values():
            field.changed.connect(self._forget)
        bind_keys(self, {"admin.save": self._save})

    def _save(self) -> None:
        typed = {name: int(field.value() or 0) for name, field in self.fields.items()}
        limits = AttachmentLimits(
            file_bytes=typed["file_mb"] * MIB, filing_bytes=typed["filing_mb"] * MIB, pages=typed["pages"]
        )
        try:
            changes = self._bench.desk.attachment_care.keep_limits(limits)
        except ClerkError as error:
            self._forget()
            self.fault.setText(describe(error).text)
            self.fault.show()
            self.fields["file_mb"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._forget()
        self.said.setText("已保存，以后添加的附件按此限制。")
        self._bench.changed.emit(changes)

    def _show(self, limits: AttachmentLimits) -> None:
        shown = {
            "file_mb": limits.file_bytes // MIB,
            "filing_mb": limits.filing_bytes // MIB,
            "pages": limits.pages,
        }
        for name, number in shown.items():
            self.fields[name].set_value(str(number))

    def _forget(self) -> None:
        self.said.clear()
        self.fault.hide()

    def _build(self) -> None:
        heading = QLabel("附件大小上限")
        heading.setProperty("role", "heading")
        self.said.setProperty("role", "good")
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        line = QHBoxLayout()
        line.setSpacing(SPACE_2)
        for name, (label, length, unit) in _FIELDS.items():
            field = self.fields[name]
            field.setObjectName(name)
            field.setProperty("figures", "true")
            field.setValidator(QIntValidator(0, _MOST_TYPED, field))
            field.setMaximumWidth(base_px() * _FIELD_CHARACTERS)
            line.addWidget(FieldRow(label, field, label_characters=length))
            line.addWidget(QLabel(unit))
            line.addSpacing(SPACE_3)
        line.addWidget(self.save)
        line.addWidget(self.said)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addWidget(heading)
        column.addLayout(line)
        column.addWidget(self.fault)
