"""What a list would change in the registers, to be looked at before anything is changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.person_lists import Effect, ImportPlan
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.register_table import RegisterTable
from desktop.views.theme import SPACE_3, SPACE_4, base_px

_WORDS = {Effect.ADD: "新增", Effect.CHANGE: "变更", Effect.END: "停用"}


class ImportDialog(QDialog):
    """Lists every change in order; Ctrl+S takes them in together, Esc leaves all as it is."""

    def __init__(self, plan: ImportPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_plan")
        self.setWindowTitle("导入汇总表")
        self.resize(base_px() * 64, base_px() * 36)
        counts = {effect: sum(line.effect is effect for line in plan.lines) for effect in Effect}
        told = "，".join(f"{_WORDS[effect]} {count}" for effect, count in counts.items() if count)
        heading = QLabel(f"导入后：{told}。现在还没有改动任何内容。")
        heading.setProperty("role", "heading")
        self.table = RegisterTable("import_lines", ("处理", "组织", "内容"), (5, 18))
        self.table.setAccessibleName("导入后的改动")
        self.table.show_rows(
            [
                (place, (_WORDS[line.effect], line.organisation, line.what), True)
                for place, line in enumerate(plan.lines)
            ]
        )
        self.take_in = QPushButton(f"全部导入（{keys_of('registers.save')}）")
        self.take_in.setProperty("role", "primary")
        close = QPushButton("不导入（Esc）")
        for button in (self.take_in, close):
            button.setAutoDefault(False)
        self.take_in.clicked.connect(self.accept)
        close.clicked.connect(self.reject)
        QShortcut(shortcut("registers.save"), self).activated.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take_in)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(heading)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
