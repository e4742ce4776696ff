"""What a file would bring, looked at before anything is written: its rows with findings, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTableWidget, QVBoxLayout, QWidget

from desktop.views.actions import keys_of
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

Beside = tuple[QPushButton, Callable[[], object]]


class PlanDialog(WorkingDialog):
    """A heading that counts, the rows, one key that takes them in; Esc leaves everything as it is.

    A subclass says in ``can_take`` whether the rows may be taken in, fills its table and ends with ``lay_out``;
    taking in accepts the dialog where ``take_in`` does nothing else.
    """

    take_key = "registers.save"

    def __init__(
        self,
        workbench: Workbench,
        parent: QWidget | None,
        *,
        name: str,
        title: str,
        size: tuple[int, int],
        words: tuple[str, str],
    ) -> None:
        """Begin with the size in characters and rows, and the words for taking in and for leaving it."""
        super().__init__(workbench, parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.resize(base_px() * size[0], base_px() * size[1])
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.take, self.leave = (
            QPushButton(f"{words[0]}（{keys_of(self.take_key)}）"),
            QPushButton(f"{words[1]}（Esc）"),
        )
        self.take.setProperty("role", "primary")

    def can_take(self) -> bool:
        """Say whether what is shown may be taken in."""
        return True

    def take_in(self) -> None:
        """Take in what is shown."""
        self.accept()

    def allow(self) -> None:
        """Let it be taken in when it may and no work is under way."""
        self.take.setEnabled(not self.is_busy and self.can_take())

    def lay_out(
        self,
        table: QTableWidget,
        *,
        above: Sequence[QWidget] = (),
        below: Sequence[QWidget] = (),
        beside: Sequence[Beside] = (),
    ) -> None:
        """Put the parts below each other and the keyboard on the rows; ``beside`` are further buttons at the foot."""
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for button, _act in beside:
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.take)
        foot.addWidget(self.leave)
        for button, act in (*beside, (self.take, self.take_in), (self.leave, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        for part in (self.banner, self.heading, *above):
            column.addWidget(part)
        column.addWidget(table, 1)
        for part in (*below, self.bar):
            column.addWidget(part)
        column.addLayout(foot)
        # A key does what its button does, and nothing while that cannot be pressed.
        bind_keys(self, {self.take_key: self.take.click})
        self.allow()
        table.setFocus()
