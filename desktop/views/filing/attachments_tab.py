"""The attachments of a filing: list, preview, adding one, copies with a watermark, identity documents covered."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.attachments import PHOTOS, SUFFIXES, Attached, AttachedContent, AttachedKind, shows_identity
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Progress
from desktop.services.attachments import AttachmentService
from desktop.views.actions import keys_of
from desktop.views.filing.attachment_view import AttachmentView
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.field import FieldRow
from desktop.views.shared.given_files import ask_files
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.purpose_dialog import PurposeDialog
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_HEADINGS: Final = ("附件", "页数", "大小", "添加")
_KIND: Final = "kind:"
_COVERED: Final = "证件"
_PURGED: Final = "已清除"


class AttachmentsTab(QWidget):
    """The list is on the left, the page on the right; Enter goes from the one to the other."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._filing_id, self._number = 0, ""
        self._rows: tuple[Attached, ...] = ()
        self._shown_id: int | None = None
        self.setAccessibleName("附件")
        self.what, self.fault = PickList([]), QLabel()
        self.list, self.view = QTableWidget(0, len(_HEADINGS)), AttachmentView(workbench)
        self.add_button = QPushButton(f"添加（{keys_of('attachments.add')}）")
        self.whole_button = QPushButton(f"看原图（{keys_of('attachments.whole')}）")
        self.save_button = QPushButton(f"存水印件（{keys_of('attachments.save')}）")
        self._entry = QWidget()
        self._build()
        self._connect()

    def show_file(self, file: FilingFile, pack: PolicyPack) -> int:
        """Show one filing; gives how many attachments there are."""
        if self._filing_id != file.row.id:
            self.what.set_value("")
            self.fault.hide()
            self._shown_id = None
        self._filing_id, self._number = file.row.id, file.row.number
        actor = self._bench.desk.sign_in.actor
        may_register = actor.may(Right.REGISTER)
        self._entry.setVisible(may_register or actor.may(Right.PATROL_FEEDBACK))
        self.save_button.setVisible(actor.may(Right.EXPORT))
        self.what.set_options(_choices(file, pack) if may_register else _kinds(only_photos=True))
        self._rows = self._bench.desk.attachments.of_filing(file.row.id) if actor.may(Right.SEE) else ()
        self._fill()
        return sum(row.purged_at is None for row in self._rows)

    def words(self) -> str:
        """Give the words of the list, for reading aloud and for tests."""
        cells = (self.list.item(row, column) for row in range(len(self._rows)) for column in range(len(_HEADINGS)))
        return "\n".join(cell.text() for cell in cells if cell is not None)

    def begin(self) -> None:
        """Put the keyboard into the list, or into the field of the first attachment."""
        place = self.list if self._rows else self.what
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self) -> None:
        """Choose files and add them as what the field says."""
        if self._entry.isHidden() or not self._filing_id:
            return
        self.what.settle()
        if not self.what.value():
            self._say("请先选择附件是什么。")
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for file in ask_files(self, "添加附件"):
            self._bench.runner.run(
                partial(_add, self._bench.desk.attachments, self._filing_id, file, self.what.value(), self._title()),
                done=while_there(self, self._added),
                failed=while_there(self, self._failed),
                errand=Errand.ACT,
            )

    def look_whole(self) -> None:
        """Show an identity document whole, once its purpose is stated."""
        row = self._current()
        if row is None or not row.is_identity or self.whole_button.isHidden():
            return
        dialog = PurposeDialog(f"看证件原图：{row.title}", self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda purpose: self._look(row, purpose=purpose))
        dialog.open()

    def save_copy(self) -> None:
        """Save a copy with a watermark in a folder of the clerk's."""
        row = self._current()
        if row is None or self.save_button.isHidden():
            return
        # The number and a serial: names of files say nothing about anybody.
        offered = f"{self._number}-附件{row.id}{SUFFIXES[row.media_type]}"
        name, _kind = QFileDialog.getSaveFileName(self, "存为带水印的副本", offered)
        if name:
            self._bench.runner.run(
                partial(_save, self._bench.desk.attachments, row.id, Path(name)),
                done=while_there(self, self._saved),
                failed=while_there(self, self._failed),
                errand=Errand.ACT,
            )

    def _title(self) -> str:
        return dict(self.what.options).get(self.what.value(), "")

    def _current(self) -> Attached | None:
        place = self.list.currentRow()
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        return row if row is not None and row.purged_at is None else None

    def _show_current(self) -> None:
        row = self._current()
        may_whole = self._bench.desk.sign_in.actor.may(Right.SEE_WHOLE)
        self.whole_button.setVisible(row is not None and row.is_identity and may_whole)
        self.save_button.setEnabled(row is not None)
        if row is None:
            self._shown_id = None
            self.view.say(_PURGED if self.list.currentRow() >= 0 and self._rows else "")
        elif row.id != self._shown_id and self.isVisible():
            self._look(row)

    def _look(self, row: Attached, *, purpose: str = "") -> None:
        self._shown_id = row.id
        self.fault.hide()
        self.view.say("正在打开…")
        attachments = self._bench.desk.attachments
        self._bench.runner.run(
            lambda _progress: attachments.content(row.id, purpose=purpose),
            done=while_there(self, lambda content: self._opened(row.id, content)),
            failed=while_there(self, lambda error: self._not_opened(row.id, error)),
        )

    def _opened(self, attachment_id: int, content: AttachedContent) -> None:
        if attachment_id == self._shown_id:
            self.view.show_content(content)
        if not content.is_watermarked and any(row.id == attachment_id and row.is_identity for row in self._rows):
            # That it was seen is an event of the filing's history.
            self._bench.changed.emit(frozenset({Change.FILINGS}))

    def _not_opened(self, attachment_id: int, error: Exception) -> None:
        if attachment_id == self._shown_id:
            self.view.say(describe(error).text)

    def _added(self, attached: Attached) -> None:
        self.fault.hide()
        self._bench.told.emit(f"已添加附件《{attached.title}》，{attached.pages} 页")
        self._bench.changed.emit(frozenset({Change.FILINGS}))
        self.list.selectRow(len(self._rows) - 1)

    def _saved(self, name: str) -> None:
        self._bench.told.emit(f"已存为 {name}（带水印）")
        self._bench.changed.emit(frozenset({Change.FILINGS}))

    def _failed(self, error: Exception) -> None:
        self._say(describe(error).text)

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()

    def _fill(self) -> None:
        here = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.setRowCount(len(self._rows))
        for place, row in enumerate(self._rows):
            for column, text in enumerate(_cells(row)):
                item = QTableWidgetItem(text)
                item.setToolTip(row.purge_reason)
                self.list.setItem(place, column, item)
        self.list.setCurrentCell(min(max(here, 0), len(self._rows) - 1), 0)
        self.list.blockSignals(False)
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_current()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.whole_button.clicked.connect(self.look_whole)
        self.save_button.clicked.connect(self.save_copy)
        self.list.currentCellChanged.connect(lambda *_cells: self._show_current())
        # Enter, or a double click.
        self.list.cellActivated.connect(lambda *_cell: self.view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        bind_keys(
            self,
            {"attachments.whole": self.look_whole, "attachments.save": self.save_copy, "attachments.add": self.add},
        )

    def _build(self) -> None:
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.list.setAccessibleName("附件列表")
        self.list.setHorizontalHeaderLabels(list(_HEADINGS))
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setTabKeyNavigation(False)
        self.list.setShowGrid(False)
        self.list.verticalHeader().hide()
        header = self.list.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        entry = QHBoxLayout(self._entry)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.setSpacing(SPACE_2)
        entry.addWidget(FieldRow("附件是什么(&W)", self.what, label_characters=6), 1)
        entry.addWidget(self.add_button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, SPACE_3, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._entry)
        column.addWidget(self.fault)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for button in (self.whole_button, self.save_button):
            button.setProperty("role", "quiet")
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)
        # Shares of the width whatever is in them: a page on the right is as wide as it gets.
        for part in (left, self.view):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        page = QHBoxLayout(self)
        page.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        page.addWidget(left, 5)
        page.addWidget(self.view, 5)


def _choices(file: FilingFile, pack: PolicyPack) -> list[tuple[str, str]]:
    """Give what an attachment can be: the materials of this filing first, then what belongs to none."""
    handed_in = {check.code for check in file.walk_in.materials}
    rules = [rule for rule in pack.materials if not rule.is_information]
    ordered = sorted(rules, key=lambda rule: rule.code not in handed_in)
    return [*((rule.code, rule.label) for rule in ordered), *_kinds()]


def _kinds(*, only_photos: bool = False) -> list[tuple[str, str]]:
    return [(f"{_KIND}{kind.value}", word(kind)) for kind in AttachedKind if kind in PHOTOS or not only_photos]


def _cells(row: Attached) -> tuple[str, ...]:
    marks = [mark for mark, holds in ((_COVERED, row.is_identity), (_PURGED, row.purged_at is not None)) if holds]
    title = f"{row.title}（{'，'.join(marks)}）" if marks else row.title
    size = f"{row.size / 1024:.0f} KB" if row.size < 1 << 20 else f"{row.size / (1 << 20):.1f} MB"
    return title, str(row.pages), size, f"{row.added_at.astimezone():%Y-%m-%d %H:%M}　{row.added_by}"


def _add(
    attachments: AttachmentService, filing_id: int, file: Path, what: str, title: str, _progress: Progress
) -> Attached:
    kind = AttachedKind(what.removeprefix(_KIND)) if what.startswith(_KIND) else None
    return attachments.add(
        filing_id,
        file,
        act_id=uuid4().hex,
        material="" if kind else what,
        kind=kind,
        title=title,
        is_identity=kind is AttachedKind.STAFF_PAPER or shows_identity(title),
    )


def _save(attachments: AttachmentService, attachment_id: int, file: Path, _progress: Progress) -> str:
    copy = attachments.watermarked(attachment_id)
    try:
        file.write_bytes(copy.data)
    except OSError as error:
        raise ClerkError("cannot_save_file", why=error.strerror or str(error)) from error
    return file.name
