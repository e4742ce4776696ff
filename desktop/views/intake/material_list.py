"""The materials list: one line a paper, its verdict by one key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.acts import MaterialLine
from desktop.domain.walk_in import MaterialCheck, PaperForm, Verdict
from desktop.views.actions import plain_keys
from desktop.views.intake.material_delegate import CHECK_ROLE, LINE_ROLE, SCANS_ROLE, MaterialDelegate
from desktop.views.theme import row_px

VERDICT_KEYS: Final[Mapping[int, Verdict]] = {
    key: verdict for verdict in Verdict for key in plain_keys(f"verdict.{verdict.value}")
}
_FORM_ACTIONS: Final = {
    "paper.original": PaperForm.ORIGINAL,
    "paper.copy": PaperForm.COPY,
    "paper.original_seen": PaperForm.ORIGINAL_SEEN,
}
FORM_KEYS: Final[Mapping[int, PaperForm]] = {
    key: form for name, form in _FORM_ACTIONS.items() for key in plain_keys(name)
}
_USUAL_LINES: Final = 5
_FEWEST_LINES: Final = 4


class MaterialList(QListWidget):
    """Lines of papers; a verdict's key judges the current one and goes on to the next.

    Keys of the form (O, C, V) stay on the line, so that they come before the verdict.
    """

    judged = Signal()  # any verdict or form changed by hand
    moved = Signal()  # another line is current
    details_asked = Signal(bool)  # to the fields beneath; true for the remark
    scan_asked = Signal()  # choose a file for the current paper
    unscan_asked = Signal()  # take its last scan away
    offered = Signal(object)  # QMimeData that was pasted or dropped on the current paper

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("materials")
        self.setItemDelegate(MaterialDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName("申报材料")
        self._lines: tuple[MaterialLine, ...] = ()
        self._checks: dict[str, MaterialCheck] = {}
        self._scans: Mapping[str, int] = {}
        self._unfolded = False
        self.setAcceptDrops(True)
        self.currentRowChanged.connect(lambda _: self.moved.emit())

    def read(self) -> tuple[MaterialCheck, ...]:
        """Give every check that says something, also of papers not listed at the moment."""
        return tuple(check for code, check in self._checks.items() if check != MaterialCheck(code=code))

    def write(self, checks: tuple[MaterialCheck, ...]) -> None:
        """Take the checks of another matter."""
        self._checks = {check.code: check for check in checks}
        self._unfolded = False
        self._fill()

    def show_lines(self, lines: tuple[MaterialLine, ...]) -> None:
        """Show the list made by the facts; the current paper stays current."""
        if lines != self._lines:
            self._lines = lines
            self._fill()

    def current(self) -> tuple[MaterialLine, MaterialCheck] | None:
        """Give the current line with its check, None on the folding line or in an empty list."""
        item = self.currentItem()
        line = item.data(LINE_ROLE) if item is not None else None
        return (line, self._check(line.code)) if isinstance(line, MaterialLine) else None

    def set_check(self, check: MaterialCheck) -> None:
        """Replace one check, as when its details were typed."""
        self._checks[check.code] = check
        for row in range(self.count()):
            if (line := self.item(row).data(LINE_ROLE)) is not None and line.code == check.code:
                self.item(row).setData(CHECK_ROLE, check)
        self.judged.emit()

    def focus_on(self, code: str) -> None:
        """Go to one paper."""
        rows = (row for row in range(self.count()) if getattr(self.item(row).data(LINE_ROLE), "code", None) == code)
        self.setCurrentRow(next(rows, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_scans(self, scans: Mapping[str, int]) -> None:
        """Show how many scans each paper has."""
        self._scans = scans
        for row in range(self.count()):
            if (line := self.item(row).data(LINE_ROLE)) is not None:
                self.item(row).setData(SCANS_ROLE, scans.get(line.code, 0))

    def rest_in_order(self) -> None:
        """Judge every required paper that has no verdict as in order."""
        for line in self._lines:
            if line.required and self._check(line.code).verdict is Verdict.UNJUDGED:
                self._checks[line.code] = replace(self._check(line.code), verdict=Verdict.IN_ORDER)
        self._fill()
        self.judged.emit()

    def counts(self) -> tuple[int, int]:
        """Give how many of the required papers have a verdict, and how many there are."""
        required = [line for line in self._lines if line.required]
        judged = [line for line in required if self._check(line.code).verdict is not Verdict.UNJUDGED]
        return len(judged), len(required)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge by one key."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.current() is not None and self._took_scan(event, plain):
            event.accept()
            return
        if event.key() in plain_keys("materials.rest") and plain == Qt.KeyboardModifier.ShiftModifier:
            self.rest_in_order()
        elif plain in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier) and self._took(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for a few lines; the page gives what room there is."""
        return QSize(super().sizeHint().width(), _USUAL_LINES * row_px())

    def minimumSizeHint(self) -> QSize:
        """Never show fewer lines than one can find one's way in."""
        return QSize(super().minimumSizeHint().width(), _FEWEST_LINES * row_px())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        is_paper = item is not None and isinstance(item.data(LINE_ROLE), MaterialLine)
        event.setAccepted(is_paper)
        if item is not None and is_paper:
            self.setCurrentItem(item)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.offered.emit(event.mimeData())

    def _took_scan(self, event: QKeyEvent, plain: Qt.KeyboardModifier) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.offered.emit(QGuiApplication.clipboard().mimeData())
        elif event.key() == plain_keys("materials.scan")[0] and plain == Qt.KeyboardModifier.NoModifier:
            self.scan_asked.emit()
        elif event.key() in plain_keys("materials.unscan") and plain == Qt.KeyboardModifier.ShiftModifier:
            self.unscan_asked.emit()
        else:
            return False
        return True

    def _took(self, key: int) -> bool:
        here = self.current()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if here is None:
                self._unfold()
            else:
                self.details_asked.emit(False)
        elif here is not None and key in VERDICT_KEYS:
            self._judge(here[1], VERDICT_KEYS[key])
        elif here is not None and key in FORM_KEYS:
            self.set_check(replace(here[1], form=FORM_KEYS[key]))
        else:
            return False
        return True

    def _judge(self, check: MaterialCheck, verdict: Verdict) -> None:
        self.set_check(replace(check, verdict=verdict))
        if verdict is Verdict.OTHER:
            self.details_asked.emit(True)
        elif verdict is not Verdict.UNJUDGED:
            self.setCurrentRow(min(self.currentRow() + 1, self.count() - 1))

    def _check(self, code: str) -> MaterialCheck:
        return self._checks.get(code, MaterialCheck(code=code))

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._fill()

    def _fill(self) -> None:
        here = self.current()
        row = max(self.currentRow(), 0)
        self.blockSignals(True)
        self.clear()
        # What must be there comes first, then what may be asked, then what may be brought.
        open_lines = [line for line in self._lines if not line.settled]
        for line in sorted(open_lines, key=lambda each: (not each.required, not each.undetermined)):
            self._add(line)
        self._add_settled([line for line in self._lines if line.settled])
        codes = [getattr(self.item(place).data(LINE_ROLE), "code", None) for place in range(self.count())]
        self.setCurrentRow(codes.index(here[0].code) if here and here[0].code in codes else min(row, self.count() - 1))
        self.blockSignals(False)
        self.moved.emit()

    def _add_settled(self, lines: list[MaterialLine]) -> None:
        if not lines:
            return
        mark = "▾" if self._unfolded else "▸"
        self.addItem(QListWidgetItem(f"{mark} 上次已齐 {len(lines)} 项，不再要求（Enter 展开）"))
        if self._unfolded:
            for line in lines:
                self._add(line)

    def _add(self, line: MaterialLine) -> None:
        item = QListWidgetItem(line.label)
        item.setData(LINE_ROLE, line)
        item.setData(CHECK_ROLE, self._check(line.code))
        item.setData(SCANS_ROLE, self._scans.get(line.code, 0))
        item.setToolTip("\n".join(part for part in (line.problem, line.help, line.article) if part))
        self.addItem(item)
