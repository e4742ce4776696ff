"""The question before typed words would be lost by leaving."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.shared.messages import describe


def wants_to_leave(parent: QWidget, error: ClerkError) -> bool:
    """Say why the draft could not be kept and ask whether to leave all the same; staying is the usual answer."""
    box = QMessageBox(parent)
    box.setObjectName("leaving")
    box.setWindowTitle("草稿没有保存")
    box.setText(describe(error).title)
    box.setInformativeText(f"{describe(error).remedy}\n现在关闭会丢失最后录入的内容。")
    stay = box.addButton("返回窗口", QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton("仍然关闭", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave
