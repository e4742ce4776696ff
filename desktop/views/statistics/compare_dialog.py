"""A printed report held against the ledger: whether it still comes out so, and what was entered late."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.domain.report import FigureChange, LateEntry, ReportComparison
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.statistics.figure_words import number_text
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px

CHANGED: Final = ("表", "行", "栏", "当时", "现在")
LATE: Final = ("种类", "编号", "日期", "台账得知", "怎样得知")
_SIZE: Final = (70, 42)
_MOST_PLACES: Final = 2


class CompareDialog(QDialog):
    """Two lists under one verdict; Esc closes."""

    def __init__(self, found: ReportComparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.changes = RegisterTable("statistics.changes", CHANGED, (14, 14, 14, 8), roomy=(0, 1, 2))
        self.late = RegisterTable("statistics.late", LATE, (8, 14, 8, 11))
        self._build(found)
        self.changes.show_rows([(place, _changed(each), True) for place, each in enumerate(found.changes)])
        self.changes.say_when_empty("现在统计出来的数字与打印的完全相同。")
        self.late.show_rows([(place, _late(each), True) for place, each in enumerate(found.late)])
        self.late.say_when_empty("打印之后没有补录、更正或者接收属于这一期的内容。")
        self._judge(found)
        (self.changes if found.changes else self.late).setFocus()

    def _judge(self, found: ReportComparison) -> None:
        number = found.issued.number
        if not found.same_then and found.is_intact and found.is_altered:
            said = local("当时计入的登记此后又有改动（见下“此后改动”），按当时的时点重新统计，数字不能全部复现。")
            self.banner.say(f"{number} {said}", Tone.AMBER, mark="有改动")
        elif not found.same_then:
            said = "按当时的时点重新统计，数字与打印的不一致，请报告审计人员，并按 Ctrl+6 核验台账。"
            self.banner.say(f"{number} {said}", Tone.RED, mark="不一致")
        elif found.changes:
            said = f"按当时的时点重新统计，数字一致；此后有 {len(found.changes)} 个数字变了，原因在下面的补录和更正里。"
            self.banner.say(f"{number} {said}", Tone.AMBER, mark="有变化")
        else:
            self.banner.say(f"{number} 当时和现在统计，数字都与打印的一致。", Tone.GREEN, mark="一致")

    def _build(self, found: ReportComparison) -> None:
        row = found.issued
        self.setObjectName("statistics_compare")
        self.setWindowTitle(f"核对 {row.number}")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        title = QLabel(f"{row.name}　{row.period.label}　截至 {row.as_of.astimezone():%Y-%m-%d %H:%M}")
        title.setProperty("role", "title")
        title.setWordWrap(True)
        self.changes.setAccessibleName("变了的数字")
        self.late.setAccessibleName("打印之后补录、更正和接收的")
        close = QPushButton("关闭（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(title)
        column.addWidget(self.banner)
        for words, table in (
            (f"变了的数字 {len(found.changes)} 个", self.changes),
            (f"打印之后补录、更正和接收 {len(found.late)} 条", self.late),
        ):
            heading = QLabel(words)
            heading.setProperty("role", "heading")
            column.addWidget(heading)
            column.addWidget(table, 1)
        column.addLayout(foot)


def _changed(each: FigureChange) -> tuple[str, ...]:
    return (each.table, each.row, each.column, _number(each.then.value), _number(each.now.value))


def _number(value: object) -> str:
    if value is None or isinstance(value, int):
        return number_text(value)
    text = f"{value:,.{_MOST_PLACES}f}"
    return text.rstrip("0").rstrip(".")


def _late(each: LateEntry) -> tuple[str, ...]:
    return (each.kind, each.number, each.on.isoformat(), f"{each.known_at.astimezone():%Y-%m-%d %H:%M}", each.what)
