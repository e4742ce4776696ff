"""The window that explains: the tests as a tree, what decided first, and beside it the whole of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.explanation_text import explanation_lines
from desktop.domain.progress import Progress
from desktop.domain.walk_in import WalkIn
from desktop.services.explaining import Explained, save_explanation
from desktop.views.actions import keys_of, shortcut
from desktop.views.explaining.explanation_tree import ExplanationTree
from desktop.views.explaining.explanation_words import conclusions_html, rule_html, rules_html
from desktop.views.shared.chips import Tone
from desktop.views.shared.screen_room import room_on_screen
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_SIZE: Final = (86, 46)  # in characters
_PARTS: Final = (42, 44)


class ExplanationDialog(WorkingDialog):
    """Explains one assessment; Esc closes it.  ``explain`` works off the GUI thread."""

    def __init__(self, workbench: Workbench, explain: Callable[[], Explained], parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent, named="正在逐条判定")
        self.explained: Explained | None = None
        self.heading, self.rules_line = QLabel(), QLabel()
        self.tree, self.text = ExplanationTree(), QTextBrowser()
        self.copy_button = QPushButton(f"复制全文（{keys_of('explanation.copy')}）")
        self.save_button = QPushButton(f"存为文本（{keys_of('explanation.save')}）")
        self.print_button = QPushButton(f"打印（{keys_of('explanation.print')}）")
        self._build()
        self._read(explain)

    def whole_text(self) -> str:
        """Give the explanation as plain text, empty until it is there."""
        if self.explained is None:
            return ""
        return "\n".join(explanation_lines(self.explained.explanation, heading=self.explained.heading))

    def reject(self) -> None:
        """Close at once: nothing is lost by giving up what is being worked out."""
        self.done(ExplanationDialog.DialogCode.Rejected)

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    def allow(self) -> None:
        for button in (self.copy_button, self.save_button, self.print_button):
            button.setEnabled(self.explained is not None)

    def entered(self) -> None:
        """Go from the tree to the text and back."""
        other = self.tree if self.text.hasFocus() else self.text
        other.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Write the text anew in another size of letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.explained is not None:
            self._show_chosen()

    def copy(self) -> None:
        """Put the whole explanation on the clipboard; it names no person."""
        if self.explained is not None:
            QApplication.clipboard().setText(self.whole_text())
            self.banner.say("判定说明全文已复制。", Tone.GREEN, mark="已复制")

    def save(self) -> None:
        """Write the whole explanation into a text file."""
        if self.explained is None or self.is_busy:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "判定说明存为文本", "判定说明.txt", "文本（*.txt）")
        if not name:
            return
        explained = self.explained
        self.run(lambda _progress: save_explanation(explained, Path(name)), lambda _: self._saved(name))

    def print_out(self) -> None:
        """Print the whole explanation on a printer that is asked for."""
        if self.explained is None:
            return
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            document = QTextDocument(self)
            document.setPlainText(self.whole_text())
            document.print_(printer)
            document.deleteLater()

    def _saved(self, name: str) -> None:
        self.banner.say(f"已存为 {name}", Tone.GREEN, mark="已保存")

    def _read(self, explain: Callable[[], Explained]) -> None:
        def work(_progress: Progress) -> Explained:
            return explain()

        self.run(work, self._show, errand=Errand.LOOK_UP, beginning="正在逐条判定…")

    def _show(self, explained: Explained) -> None:
        self.explained = explained
        explanation = explained.explanation
        self.heading.setText(explained.heading)
        version = f"适用规则：{explanation.pack_title}（{explanation.assessment.pack_version}）"
        self.rules_line.setText("\n".join(part for part in (version, explanation.banner) if part))
        self.tree.show_explanation(explanation)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self) -> None:
        if self.explained is None:
            return
        explanation, rule, rules = self.explained.explanation, self.tree.chosen_rule(), self.tree.chosen_rules()
        if rule is not None:
            self.text.setHtml(rule_html(rule))
        elif rules is not None:
            self.text.setHtml(rules_html(*rules))
        else:
            self.text.setHtml(conclusions_html(explanation))

    def _build(self) -> None:
        self.setObjectName("explanation")
        self.setWindowTitle("判定说明")
        room = room_on_screen(self)
        self.resize(max(base_px() * _SIZE[0], room.width() * 2 // 3), max(base_px() * _SIZE[1], room.height() * 3 // 4))
        self.heading.setProperty("role", "title")
        self.rules_line.setProperty("role", "soft")
        for label in (self.heading, self.rules_line):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("选中规则的说明：答案、看的事实、怎样会变")
        self.text.setOpenLinks(False)
        self.tree.chosen.connect(self._show_chosen)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(SPACE_2)
        for part in (self.tree, self.text):
            parts.addWidget(part)
        parts.setSizes([base_px() * width for width in _PARTS])
        foot = QHBoxLayout()
        foot.addWidget(self.bar)
        foot.addStretch(1)
        close = QPushButton("关闭（Esc）")
        for button, act in (
            (self.copy_button, self.copy),
            (self.save_button, self.save),
            (self.print_button, self.print_out),
            (close, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
            foot.addWidget(button)
        for key, act in (
            ("explanation.copy", self.copy),
            ("explanation.save", self.save),
            ("explanation.print", self.print_out),
        ):
            QShortcut(shortcut(key), self).activated.connect(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        for widget in (self.heading, self.rules_line, self.banner):
            column.addWidget(widget)
        column.addWidget(parts, 1)
        column.addLayout(foot)
        self.allow()


def explain_filing(workbench: Workbench, filing_id: int, parent: QWidget) -> ExplanationDialog:
    """Open the explanation of a filing of the ledger."""
    return _opened(workbench, lambda: workbench.desk.explaining.filing(filing_id), parent)


def explain_walk_in(workbench: Workbench, walk_in: WalkIn, parent: QWidget) -> ExplanationDialog:
    """Open the explanation of what is typed so far."""
    return _opened(workbench, lambda: workbench.desk.explaining.walk_in(walk_in), parent)


def _opened(workbench: Workbench, explain: Callable[[], Explained], parent: QWidget) -> ExplanationDialog:
    dialog = ExplanationDialog(workbench, explain, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
