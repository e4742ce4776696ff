"""Leaving the window: what must end first, and the question before typed words would be lost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import TaskRunner


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


def close_dialogs() -> None:
    """Close every dialog that is open, as Esc does."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()


def finish_work(runner: TaskRunner) -> None:
    """Wait until all work has ended and its answers have been heard, which may begin more."""
    while runner.is_busy:
        runner.finish()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
