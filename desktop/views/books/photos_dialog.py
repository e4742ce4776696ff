"""Photos and documents of one entry of a register: the list, what each shows, adding more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.domain.attachments import Attached, AttachedContent, AttachedTo
from desktop.domain.book import BookRow
from desktop.domain.progress import Progress
from desktop.services.attachments import AttachmentService
from desktop.views.actions import keys_of
from desktop.views.filing.attachment_view import AttachmentView
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.given_files import ask_files
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_WIDE, _HIGH = 70, 42  # characters
_EMPTY: Final = "还没有照片和材料。"


class EntryPhotosDialog(QDialog):
    """The list is on the left, the page on the right; Enter goes from the one to the other, Esc closes."""

    def __init__(self, workbench: Workbench, row: BookRow, *, may_add: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._row, self._may_add = workbench, row, may_add
        self._rows: tuple[Attached, ...] = ()
        self._asked = 0
        self.setObjectName("entry_photos")
        self.setWindowTitle(f"{row.number} 的照片和材料")
        self.resize(base_px() * _WIDE, base_px() * _HIGH)
        self.list, self.view, self.fault = QListWidget(), AttachmentView(workbench), QLabel()
        self.add_button = QPushButton(f"添加（{keys_of('entry_photos.add')}）")
        self._build()
        bind_keys(self, {"entry_photos.add": self.ask})
        self.list.currentRowChanged.connect(self._look)
        self.list.itemActivated.connect(self._to_page)
        self.add_button.clicked.connect(self.ask)
        self._read()

    def ask(self) -> None:
        """Choose files and add them."""
        if self._may_add:
            self.add(ask_files(self, "照片、调查报告等"))

    def add(self, files: Sequence[Path]) -> None:
        """Add some files, one after the other."""
        self.fault.hide()
        for file in files:
            self._bench.runner.run(
                partial(_add, self._bench.desk.attachments, self._row.id, file),
                done=while_there(self, self._added),
                failed=while_there(self, self._say),
                errand=Errand.ACT,
            )

    def _added(self, _attached: Attached) -> None:
        self._read()
        self.list.setCurrentRow(len(self._rows) - 1)

    def _read(self) -> None:
        self._rows = self._bench.desk.attachments.attached_to(AttachedTo.BOOK_ENTRY, self._row.id)
        here = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([f"{row.title}　{row.pages} 页　{row.added_by}" for row in self._rows])
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(here, len(self._rows) - 1))
        if not self._rows:
            self.view.say(f"{_EMPTY}{keys_of('entry_photos.add')} 添加。" if self._may_add else _EMPTY)

    def _look(self, place: int) -> None:
        if not 0 <= place < len(self._rows):
            return
        self._asked = self._rows[place].id
        self.view.say("正在打开…")
        self._bench.runner.run(
            partial(_content, self._bench.desk.attachments, self._asked),
            done=while_there(self, partial(self._opened, self._asked)),
            failed=while_there(self, partial(self._not_opened, self._asked)),
        )

    def _opened(self, attachment_id: int, content: AttachedContent) -> None:
        if attachment_id == self._asked:
            self.view.show_content(content)

    def _not_opened(self, attachment_id: int, error: Exception) -> None:
        if attachment_id == self._asked:
            self.view.say(describe(error).text)

    def _to_page(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self, error: Exception) -> None:
        self.fault.setText(describe(error).text)
        self.fault.show()

    def _build(self) -> None:
        self.list.setAccessibleName("照片和材料")
        self.view.setAccessibleName("所选的一份")
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.add_button.setProperty("role", "primary")
        self.add_button.setVisible(self._may_add)
        close = QPushButton("关闭（Esc）")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for button in (self.add_button, close):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(SPACE_3)
        sides.addWidget(self.list, 2)
        sides.addWidget(self.view, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(sides, 1)
        column.addWidget(self.fault)
        column.addLayout(foot)
        self.list.setFocus()


def _add(attachments: AttachmentService, entry_id: int, file: Path, _progress: Progress) -> Attached:
    return attachments.add_to(AttachedTo.BOOK_ENTRY, entry_id, file, act_id=uuid4().hex, title=file.stem)


def _content(attachments: AttachmentService, attachment_id: int, _progress: Progress) -> AttachedContent:
    return attachments.content(attachment_id)
