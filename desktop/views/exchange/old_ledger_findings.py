"""What a dry run of an old ledger found: how many lines are ready, which cells to put right, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.domain.sheet_import import LineFault, SheetFindings
from desktop.domain.sheet_layout import Skipped
from desktop.views.registers.register_table import RegisterTable
from desktop.views.theme import SPACE_2, SPACE_4


class FindingsPart(QWidget):
    """The counts in a sentence, the faults and doubts cell by cell, and whether one fault keeps all out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: SheetFindings | None = None
        self.summary, self.skipped = QLabel(), QLabel()
        self.table = RegisterTable("old_ledger_faults", ("位置", "原来的内容", "要改什么"), (20, 16))
        self.all_or_nothing = QRadioButton("有一行有误就全部不导入(&A)")
        self.only_good = QRadioButton("只导入没有错误的行(&G)")
        self._build()

    @property
    def findings(self) -> SheetFindings | None:
        """Give what is shown."""
        return self._findings

    @property
    def can_take(self) -> bool:
        """Say whether there is something to take in by the present choice."""
        found = self._findings
        return found is not None and found.ready > 0 and (not found.faulty or self.only_good.isChecked())

    def show_findings(self, found: SheetFindings) -> None:
        """Show what was found; a fault keeps all out until somebody says otherwise."""
        self._findings = found
        self.summary.setText(summary_words(found))
        self.skipped.setText(_skipped_words(found))
        self.skipped.setVisible(bool(self.skipped.text()))
        self.all_or_nothing.setChecked(True)
        for choice in (self.all_or_nothing, self.only_good):
            choice.setVisible(bool(found.faulty))
        self.table.show_rows([(place, texts, True) for place, texts in enumerate(_rows(found))])
        self.table.say_when_empty("没有要改的地方。")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.summary.setProperty("role", "heading")
        self.summary.setWordWrap(True)
        self.skipped.setProperty("role", "soft")
        self.skipped.setWordWrap(True)
        self.table.setAccessibleName("要改的地方")
        self.all_or_nothing.setObjectName("all_or_nothing")
        self.only_good.setObjectName("only_good")
        choices = QHBoxLayout()
        choices.setSpacing(SPACE_4)
        choices.addWidget(self.all_or_nothing)
        choices.addWidget(self.only_good)
        choices.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.summary)
        column.addWidget(self.skipped)
        column.addWidget(self.table, 1)
        column.addLayout(choices)


def summary_words(found: SheetFindings) -> str:
    """Say in a sentence what an import would do."""
    parts = [f"可以导入 {found.ready} 件"]
    if found.known:
        parts.append(f"{found.known} 行以前导入过，不再导入")
    if found.doubles:
        parts.append(f"{found.doubles} 行与前面的完全相同，只导入一次")
    if found.faulty:
        parts.append(f"{found.faulty} 行有误，共 {found.fault_count} 处")
    if found.own_numbers:
        parts.append(f"其中 {found.own_numbers} 件由本程序编号")
    return f"共 {found.rows} 行：{'；'.join(parts)}。现在还没有写入台账。"


def _skipped_words(found: SheetFindings) -> str:
    counted = [
        f"{kind.label} {found.skipped[kind]} 行"
        for kind in Skipped
        if kind is not Skipped.BLANK and found.skipped.get(kind)
    ]
    left = local(f"没有算作登记的：{'、'.join(counted)}。") if counted else ""
    hidden = found.fault_count + found.warning_count - len(found.faults) - len(found.warnings)
    return left + (f"只列出前面一部分，另有 {hidden} 处没有列出，存出的表格里都有标明。" if hidden > 0 else "")


def _rows(found: SheetFindings) -> Iterator[tuple[str, str, str]]:
    for mark, listed in (("■", found.faults), ("▲", found.warnings)):
        for fault in listed:
            yield _texts(mark, fault)


def _texts(mark: str, fault: LineFault) -> tuple[str, str, str]:
    doubt = "（不影响导入）" if mark == "▲" else ""
    return f"{mark} {fault.where}", fault.cell, f"{fault.what}{doubt}"
