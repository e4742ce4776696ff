"""The window that compares two versions of the rules, article by article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.pack_comparison import Difference, compare
from desktop.domain.pack_version import PackVersionLine
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.rules.comparison_view import ComparisonView
from desktop.views.rules.comparison_words import keeping_words, plain_text, titles, whole_html
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_SIZE: Final = (88, 46)  # in characters
_SAID_ABOVE: Final = (("pack", "version"), ("pack", "effective_from"))  # they stand with the versions themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions, what differs, and how many registrations keep the one they were judged by."""

    before: PackVersionLine
    after: PackVersionLine
    differences: tuple[Difference, ...]
    kept: int


def compared(desk: Desk, before: PackVersionLine, after: PackVersionLine) -> Compared:
    """Compare two versions; to be called off the GUI thread."""
    versions = desk.pack_versions
    trees = [versions.tree(line.pack_id, line.version).whole() for line in (before, after)]
    kept = versions.judged_by_others(after.id) if after.id is not None else 0
    differences = tuple(each for each in compare(*trees) if (each.section, each.name) not in _SAID_ABOVE)
    return Compared(before=before, after=after, differences=differences, kept=kept)


def usual_before(lines: tuple[PackVersionLine, ...], after: PackVersionLine) -> PackVersionLine:
    """Give the version that another is compared with first: the one it was made of, else the one that applies."""
    others = [line for line in lines if line.pack_id == after.pack_id and line.version != after.version]
    made_of = [line for line in others if line.version == after.based_on]
    applies = [line for line in others if line.is_today]
    return next(iter((*made_of, *applies, *others)), after)


class ComparisonDialog(WorkingDialog):
    """Both sides can be changed; the page can be printed, saved as PDF or copied."""

    stopped_words = "已停止。"

    def __init__(
        self,
        workbench: Workbench,
        lines: tuple[PackVersionLine, ...],
        after: PackVersionLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, parent, named="正在比较")
        self._lines = {_key(line): line for line in lines}
        self.found: Compared | None = None
        options = [(key, f"{line.version}　{line.state.label}") for key, line in self._lines.items()]
        self.before, self.after = PickList(options), PickList(options)
        self.view, self.about = ComparisonView(), Banner()
        self._buttons: list[QPushButton] = []
        self._build()
        self.before.set_value(_key(usual_before(lines, after)))
        self.after.set_value(_key(after))
        for side in (self.before, self.after):
            side.picked.connect(lambda _version: self.read_anew())
        self.read_anew()

    def read_anew(self) -> None:
        """Compare the versions chosen."""
        before, after = self._lines.get(self.before.value()), self._lines.get(self.after.value())
        if before is not None and after is not None:
            desk = self.bench.desk
            self.run(
                lambda _progress: compared(desk, before, after),
                self._show,
                errand=Errand.LOOK_UP,
                beginning="正在比较…",
            )

    def whole_text(self) -> str:
        """Give the comparison as plain text, empty until it is there."""
        return plain_text(titles(self.found.before, self.found.after), self.found.differences) if self.found else ""

    def copy(self) -> None:
        """Put the whole comparison on the clipboard."""
        if self.found is not None:
            QApplication.clipboard().setText(self.whole_text())
            self.banner.say("全部差异已复制。", Tone.GREEN, mark="已复制")

    def save(self) -> None:
        """Ask where the PDF goes, then write it."""
        if self.found is None:
            return
        wanted = f"规则比较 {self.found.before.version} {self.found.after.version}.pdf"
        name, _kind = QFileDialog.getSaveFileName(self, "比较存为 PDF", wanted, "PDF（*.pdf）")
        if name:
            self.save_as(Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf"))

    def save_as(self, file: Path) -> None:
        """Write the comparison as a PDF."""
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        self._print_on(printer)
        if file.is_file():
            self.banner.say(f"已存为 {file}", Tone.GREEN, mark="已保存")
        else:
            self.banner.say(f"{file} 写不了，请换一个位置。", Tone.RED, mark="没有办成")

    def print_out(self) -> None:
        """Print the comparison on a printer that is asked for."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self.found is not None and QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self._print_on(printer)

    def reject(self) -> None:
        """Close at once: nothing is lost."""
        self.stop()
        self.done(ComparisonDialog.DialogCode.Rejected)

    def entered(self) -> None:
        """Go from the list to the text and back."""
        (self.view.tree if self.view.text.hasFocus() else self.view.text).setFocus()

    def allow(self) -> None:
        for button in self._buttons:
            button.setEnabled(self.found is not None and not self.is_busy)

    def _print_on(self, printer: object) -> None:
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrinter

        if self.found is None or not isinstance(printer, QPrinter):
            return
        document = QTextDocument(self)
        sides = titles(self.found.before, self.found.after)
        document.setHtml(whole_html(sides, self.found.differences, self._keeping()))
        document.print_(printer)
        document.deleteLater()

    def _keeping(self) -> str:
        if self.found is None:
            return ""
        return keeping_words(self.found.after, self.found.kept, self.bench.desk.office.today())

    def _show(self, found: Compared) -> None:
        self.found = found
        self.view.show_differences(found.differences)
        self.about.say(self._keeping(), Tone.AMBER, mark="注意")
        self.view.setFocus()

    def _build(self) -> None:
        self.setObjectName("rules_comparison")
        self.setWindowTitle("规则版本比较")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        sides = QHBoxLayout()
        sides.setSpacing(SPACE_3)
        for name, label, side in (("before", "原版本(&Y)", self.before), ("after", "新版本(&X)", self.after)):
            side.setObjectName(f"rules_comparison.{name}")
            sides.addWidget(FieldRow(label, side, label_characters=5), 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addStretch(1)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("copy", "复制", self.copy),
            ("save", "存为 PDF", self.save),
            ("print", "打印", self.print_out),
        )
        for key, title, act in acts:
            button = QPushButton(f"{title}（{keys_of(f'rules_comparison.{key}')}）")
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.append(button)
        close = QPushButton("关闭（Esc）")
        close.clicked.connect(self.reject)
        for button in (*self._buttons, close):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(sides)
        column.addWidget(self.about)
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)
        column.addLayout(foot)
        keys = {f"rules_comparison.{key}": act for key, _title, act in acts}
        bind_keys(self, {**keys, "rules_comparison.sides": self.before.setFocus})
        self.allow()


def _key(line: PackVersionLine) -> str:
    """Name a version among those of several places."""
    return f"{line.pack_id} {line.version}"
