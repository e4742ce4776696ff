"""The key lists on the page (重点名单): one list at a time, printed, given out as Excel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.key_lists import LIST_ARTICLES, KeyList, KeyListRow, KeyListSheet, lists_of
from desktop.domain.local_rules import local
from desktop.domain.progress import Progress
from desktop.views.inspections.inspection_words import options
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = (
    "登记编号",
    "工程名称",
    "地点",
    "社区",
    "列入原因",
    "首查期限",
    "最近巡查",
    "未销隐患",
    "有效期至",
    "状态",
    "生产经营单位",
)
_WIDTHS = (11, 14, 14, 6, 11, 7, 7, 6, 7, 5)
_ROOMY = (1, 2, 4)
_FILE_NAME = "重点工程清单.xlsx"


class KeyListsTab(RegisterTab):
    """Works under way that are looked after more closely."""

    nothing_there = "现在没有这一类在建工程。"

    def __init__(self, workbench: Workbench) -> None:
        table = RegisterTable("key_list", _COLUMNS, _WIDTHS, roomy=_ROOMY)
        super().__init__(workbench, table, "编号、名称、地点、社区、原因、单位")
        self.table.setAccessibleName("重点工程")
        self.with_inactive.hide()
        offered = [each.value for each in lists_of(workbench.desk.office.pack())]
        self.kind = PickList([pair for pair in options(KeyList) if pair[0] in offered])
        self.note, self.supervision = QLabel(), QLabel()
        self.kind.set_value(offered[0])
        self._first = offered[0]
        self._sheet: KeyListSheet | None = None
        self._asked = 0
        self._build_head()
        self.bind({"inspections.filing": ("一件一档", self.open_filing)})
        self.bind({"inspections.print": ("打印清单", self.print_list)})
        if self.bench.desk.sign_in.actor.may(Right.EXPORT):
            self.bind({"inspections.give_out": ("全部清单存为 Excel", self.ask_target)})
        self.table.opened.connect(lambda _id: self.open_filing())
        self.kind.changed.connect(self.show_rows)
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the rows of the list that was read last."""
        return [(row.filing_id, _texts(row), True) for row in (self._sheet.rows if self._sheet else ())]

    def show_rows(self) -> None:
        """Read the chosen list anew."""
        kind = KeyList(self.kind.value() or self._first)
        self._asked += 1
        asked, lists = self._asked, self.bench.desk.key_lists

        def work(_progress: Progress) -> tuple[KeyListSheet, str]:
            count = lists.supervision()
            words = local(
                f"在建小型工程 {count.works} 件：应当委托监理 {count.required} 件，自愿委托 {count.voluntary} 件。"
            )
            return lists.sheet(kind), words

        self.bench.runner.run(
            work,
            done=while_there(self, lambda found: self._show(*found) if asked == self._asked else None),
            failed=while_there(self, self.say_trouble),
        )

    def open_filing(self) -> None:
        """Open the file of the chosen work."""
        chosen = self.table.chosen_id()
        if chosen is not None:
            self.bench.filing_asked.emit(chosen)

    def print_list(self) -> None:
        """Show the list on paper."""
        kind, lists = KeyList(self.kind.value()), self.bench.desk.key_lists
        title = self._sheet.title if self._sheet else "重点工程清单"
        ListDialog(self.bench, title, lambda: lists.pdf(kind), self).exec()

    def ask_target(self) -> None:
        """Ask where the workbook goes."""
        name, _kind = QFileDialog.getSaveFileName(self, "重点清单存为 Excel", _FILE_NAME, "Excel 表格（*.xlsx）")
        if name:
            self.give_out(Path(name))

    def give_out(self, file: Path) -> None:
        """Write all lists into one workbook."""
        lists = self.bench.desk.key_lists
        self.bench.runner.run(
            lambda _progress: lists.workbook(file),
            done=while_there(self, lambda count: self.say(f"已存 {count} 件，个人号码已遮盖。", mark="导出")),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _show(self, sheet: KeyListSheet, supervision: str) -> None:
        self._sheet = sheet
        self.nothing_there = sheet.note or "现在没有这一类在建工程。"
        self.note.setText(LIST_ARTICLES[sheet.kind])
        self.supervision.setText(supervision)
        super().show_rows()

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and changes & {Change.FILINGS, Change.SETTINGS}:
            self.show_rows()

    def _build_head(self) -> None:
        label = QLabel("名单(&M)")
        label.setProperty("role", "soft")
        label.setBuddy(self.kind)
        self.kind.setObjectName("key_list.kind")
        self.kind.setAccessibleName("名单")
        self.kind.setFixedWidth(base_px() * 14)
        for said in (self.note, self.supervision):
            said.setProperty("role", "soft")
        line = QHBoxLayout()
        line.setSpacing(SPACE_2)
        for widget in (label, self.kind, self.note):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.supervision)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, line)
        self.setFocusProxy(self.kind)


def _texts(row: KeyListRow) -> Sequence[str]:
    return (
        row.number,
        row.project_name,
        row.place,
        row.community,
        row.why,
        row.site_check_by.isoformat() if row.site_check_by else "",
        row.last_patrol_on.isoformat() if row.last_patrol_on else "",
        f"■ {row.open_hazards}" if row.open_hazards else "",
        row.valid_until.isoformat() if row.valid_until else "",
        word(row.status),
        row.contractor_name,
    )
