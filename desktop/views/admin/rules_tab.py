"""The rules here: which document applies, its standing, every number it decides by, and all versions of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Deadlines
from desktop.domain.sentences import plain_number
from desktop.views.rules.versions_panel import VersionsPanel
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_4, base_px, row_px
from desktop.views.workbench import Workbench

UNVERIFIED: Final = "未核实"
_NOT_STATED: Final = "文件没有写明"
_COLUMNS: Final = ("参数", "数值", "依据")
_ABOUT: Final = "规则包里的数值。标“未核实”的，所依据的文件没有规定，用前请核实；其余照文件原文。"


class RulesTab(QWidget):
    """Shows the pack that applies today and the versions beside it; the arrow keys go through both lists."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        desk = workbench.desk
        pack = desk.office.pack()
        self.lines = tuple(identity_lines(pack, desk.office.today()))
        self.parameters = QTableWidget(0, len(_COLUMNS))
        self.versions = VersionsPanel(workbench)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(self._now(), 4)
        column.addWidget(_heading("规则版本"))
        column.addWidget(self.versions, 6)
        self._prepare()
        self._show(tuple(parameter_lines(pack)))
        self.setFocusProxy(self.versions)

    def words(self) -> str:
        """Give everything the tab says, line by line."""
        shown = [f"{label}　{text}" for label, text in self.lines]
        for row in range(self.parameters.rowCount()):
            cells = (self.parameters.item(row, column) for column in range(len(_COLUMNS)))
            shown.append("　".join(cell.text() for cell in cells if cell is not None))
        return "\n".join(shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.versions.table.setFocus(event.reason())

    def _now(self) -> QHBoxLayout:
        """Put what applies today beside its numbers."""
        about = QLabel(_ABOUT)
        about.setProperty("role", "soft")
        about.setWordWrap(True)
        identity, numbers = QWidget(), QVBoxLayout()
        identity.setLayout(_grid(self.lines))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(identity)
        identity.setAutoFillBackground(False)  # the area has turned it on
        numbers.setSpacing(SPACE_1)
        numbers.addWidget(about)
        numbers.addWidget(self.parameters, 1)
        now = QHBoxLayout()
        now.setSpacing(SPACE_4)
        now.addWidget(area, 4)
        now.addLayout(numbers, 5)
        return now

    def _prepare(self) -> None:
        table = self.parameters
        table.setObjectName("parameters")
        table.setAccessibleName("规则参数")
        table.setHorizontalHeaderLabels(list(_COLUMNS))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(row_px())
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for column, characters in ((0, 22), (1, 8)):
            table.setColumnWidth(column, base_px() * characters)

    def _show(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        self.parameters.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.parameters.setItem(place, column, item)
        if rows:
            self.parameters.setCurrentCell(0, 0)


def _heading(words: str) -> QLabel:
    made = QLabel(words)
    made.setProperty("role", "heading")
    return made


def identity_lines(pack: PolicyPack, today: date) -> Iterator[tuple[str, str]]:
    """Give what the document is, label by label; pure."""
    yield "名称", pack.title
    yield "文号", pack.document_number or _NOT_STATED
    yield "效力", pack.standing_on(today).value
    days = (("自", pack.effective_from, "起施行"), ("至", pack.effective_to, "止"))
    said = [f"{before} {day} {after}" for before, day, after in days if day is not None]
    yield "施行", "；".join([*said, *([pack.effective_note] if pack.effective_note else [])]) or _NOT_STATED
    yield local("登记性质"), f"{pack.legal_nature}{in_brackets(pack.legal_nature_article)}" or _NOT_STATED
    yield "解释单位", pack.interpreted_by or _NOT_STATED
    yield "热线电话", "、".join(pack.hotlines) or _NOT_STATED
    yield "规则包", f"{pack.id} {pack.version}"


def parameter_lines(pack: PolicyPack) -> Iterator[tuple[str, str, str]]:
    """Give label, value and article of every number; those that no document states come first and say so."""
    unknown = _about_unknown(pack)
    known = [number for name, number in pack.parameters.items() if name not in unknown]
    ordered = sorted(known, key=lambda number: (not number.is_gap, not number.unverified))
    for parameter in ordered:
        article = f"{UNVERIFIED}{in_brackets(parameter.article)}" if parameter.unverified else parameter.article
        yield parameter.label, _NOT_STATED if parameter.value is None else plain_number(parameter.value), article
    yield from _deadlines(pack.deadlines)


def _about_unknown(pack: PolicyPack) -> frozenset[str]:
    """Name the numbers, common to every place, about a kind or a risk of which this one knows nothing."""
    minor = () if MINOR_OPERATION in pack.kinds() else ("review_levels_minor",)
    risk = () if pack.tells_risk_apart else ("review_levels_high_risk",)
    return frozenset((*minor, *risk))


def _deadlines(periods: Deadlines) -> Iterator[tuple[str, str, str]]:
    for label, period, article in (
        (local("登记有效期（月）"), periods.validity_months, periods.validity_article),
        ("届满前可申请延期（日）", periods.extension_window_days, periods.extension_article),
        ("受理反馈（工作日）", periods.feedback_working_days, periods.feedback_article),
        ("首次现场检查（工作日）", periods.site_check_working_days, periods.site_check_article),
        (local("注销（工作日）"), periods.closeout_working_days, periods.closeout_article),
    ):
        yield label, _NOT_STATED if period is None else str(period), article


def _grid(lines: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_4)
    grid.setVerticalSpacing(SPACE_1)
    grid.setColumnStretch(1, 1)
    for row, (label, text) in enumerate(lines):
        name, value = QLabel(label), QLabel(text)
        name.setProperty("role", "soft")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{label}：{text}")
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(len(lines), 1)
    return grid
