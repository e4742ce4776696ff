"""Shows a secret once – a first password, a recovery code – with a sheet to print, and never again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.papers.printing import open_printer
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_WIDTH_CHARACTERS: Final = 38


class SecretDialog(QDialog):
    """Closes only once it is said that the secret was written down or printed.  ``print_on`` prints its sheet."""

    def __init__(
        self,
        title: str,
        *,
        lines: tuple[str, ...],
        secret: str,
        noted: str,
        print_on: Callable[[QPrinter], object],
        printer: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._print_on, self._printer = print_on, printer
        self.secret, self.noted = QLabel(secret), QCheckBox(noted)
        self.banner, self.print, self.done_button = Banner(), QPushButton("打印(&P)"), QPushButton("完成")
        self._build(title, lines)
        self.print.clicked.connect(self._print)
        self.done_button.clicked.connect(self.accept)
        self.noted.toggled.connect(self.done_button.setEnabled)
        self.noted.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.print.hasFocus():
                self._print()
            elif self.noted.isChecked():
                self.accept()
            else:
                self._remind()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        else:
            self.reject()

    def reject(self) -> None:
        """Stay until the secret is noted: it is shown nowhere else."""
        if self.noted.isChecked() or not self.isVisible():
            super().reject()
        else:
            self._remind()

    def _remind(self) -> None:
        self.banner.say("关闭以后不再显示。请先抄下或者打印，再勾选。", Tone.AMBER, mark="只显示一次")
        self.noted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        try:
            self._print_on(open_printer(self._printer))
        except ClerkError as error:
            self.banner.say(f"{describe(error).text}也可以抄写。", Tone.RED, mark="没有打印")
            return
        self.banner.say("已送打印机，请核对打印的内容。", Tone.BLUE, mark="已打印")

    def _build(self, title_words: str, lines: tuple[str, ...]) -> None:
        self.setObjectName("secret")
        self.setWindowTitle(title_words)
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        title = QLabel(title_words)
        title.setProperty("role", "title")
        self.secret.setObjectName("secret.text")
        self.secret.setProperty("role", "number")
        self.secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.noted.setObjectName("secret.noted")
        self.done_button.setProperty("role", "primary")
        self.done_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(title)
        column.addWidget(self.banner)
        for line in lines:
            label = QLabel(line)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(SPACE_2)
        column.addWidget(self.secret)
        column.addSpacing(SPACE_2)
        column.addWidget(self.noted, alignment=Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        keys = QLabel("空格 勾选　Enter 完成")
        keys.setProperty("role", "faint")
        foot.addWidget(keys)
        foot.addStretch(1)
        for button in (self.print, self.done_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column.addLayout(foot)
