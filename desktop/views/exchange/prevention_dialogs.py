"""What an insurer's list would bring, looked at before it is taken in; and putting one service to a filing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.prevention import MATCH_WORDS, Match, MatchedService, PreventionRow, ServicePlan
from desktop.services.desk import Desk
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3, SPACE_4, base_px

_COLUMNS = ("清单行", "处理", "登记编号", "依据", "服务日期", "工程（作业）", "地点", "保单号", "服务内容")
_WIDTHS = (5, 20, 11, 9, 8, 14, 12, 10)


class PreventionPlanDialog(QDialog):
    """Lists every row with its filing or its fault; Ctrl+S takes in what has none, Esc leaves all as it is."""

    def __init__(self, plan: ServicePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prevention_plan")
        self.setWindowTitle("导入服务清单")
        self.resize(base_px() * 84, base_px() * 38)
        new = [each for each in plan.rows if not each.row.fault and not each.is_known]
        matched = sum(each.filing_id is not None for each in new)
        faulty = sum(bool(each.row.fault) for each in plan.rows)
        known = sum(each.is_known for each in plan.rows)
        parts = (
            f"将导入 {len(new)} 条，对应到登记件 {matched} 条",
            f"{known} 条以前已导入" if known else "",
            f"{faulty} 行有错，不导入" if faulty else "",
        )
        heading = QLabel("，".join(part for part in parts if part) + "。现在还没有写入。")
        heading.setProperty("role", "heading")
        self.table = RegisterTable("prevention_rows", _COLUMNS, _WIDTHS, roomy=(1, 5, 6))
        self.table.setAccessibleName("清单各行")
        self.table.show_rows([(place, _texts(each), not each.is_known) for place, each in enumerate(plan.rows)])
        self.table.say_when_empty("清单里没有内容。")
        self.take_in = QPushButton(f"导入（{keys_of('registers.save')}）")
        self.take_in.setProperty("role", "primary")
        self.take_in.setEnabled(bool(new))
        close = QPushButton("不导入（Esc）")
        for button in (self.take_in, close):
            button.setAutoDefault(False)
        self.take_in.clicked.connect(self.accept)
        close.clicked.connect(self.reject)
        QShortcut(shortcut("registers.save"), self).activated.connect(self.take_in.click)
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


class AssignDialog(RecordDialog):
    """The number of the filing a service was given at; empty takes the service off it."""

    def __init__(self, desk: Desk, row: PreventionRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "prevention_assign",
            "对应到登记件",
            save=self._keep,
            fields_of={"no_such_number": "number", "outside_scope": "number"},
            parent=parent,
        )
        self._desk, self._id = desk, row.id
        self.number = TextField()
        self.number.setPlaceholderText("扫回执上的编号，或者输入；空着是不对应")
        about = f"{row.served_on} {row.insurer} {row.project_name} {row.place}".strip()
        self.add_field("number", "登记编号(&N)", self.number, help=about)
        self.number.set_value(row.filing_number)
        self.number.returnPressed.connect(self.save)
        self.ready()
        self.number.selectAll()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the field."""
        return (self.number.value(),)

    def _keep(self) -> None:
        self._desk.prevention_services.assign(self._id, self.number.value())


def _texts(each: MatchedService) -> tuple[str, ...]:
    row = each.row
    return (
        str(row.row),
        _what(each),
        each.number,
        "" if row.fault else MATCH_WORDS[each.match],
        row.served_on.isoformat() if row.served_on else "",
        row.project_name,
        row.place,
        row.policy_number,
        " ".join(row.service.split()),
    )


def _what(each: MatchedService) -> str:
    if each.row.fault:
        return f"■ {each.row.fault}"
    if each.is_known:
        return "以前已导入"
    return "● 导入" if each.match not in (Match.NONE, Match.SEVERAL) else "▲ 导入，待对应"
