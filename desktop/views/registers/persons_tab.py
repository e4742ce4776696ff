"""The register of persons on the page, with the three lists of persons to read in and to give out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.domain.errors import ClerkError
from desktop.domain.organisations import PersonRow, Post
from desktop.domain.progress import Progress
from desktop.services.person_lists import ImportPlan
from desktop.views.exchange.patroller_notes_dialog import PatrollerNotesDialog
from desktop.views.registers.import_dialog import ImportDialog
from desktop.views.registers.person_dialog import PersonDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("姓名", "职务", "组织", "组织类别", "级别", "电话", "执法证号", "备注", "状态")
_WIDTHS = (6, 15, 16, 11, 5, 9, 8, 8)
_FILE_NAME = "安全管控人员及管理权限汇总表.xlsx"


class PersonsTab(RegisterTab):
    """Persons by organisation; telephones are covered for whoever does not keep the registers."""

    nothing_there = "还没有人员。"
    first_step = "按 Insert 新增，或者按 Ctrl+I 导入汇总表。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("persons", _COLUMNS, _WIDTHS), "姓名、职务、组织、电话")
        self.table.setAccessibleName("人员")
        self._shown: dict[int, PersonRow] = {}
        self.table.opened.connect(lambda _id: self.edit())
        if self.may_change:
            acts: dict[str, tuple[str, Callable[[], object]]] = {
                "registers.new": ("新增人员", self.new),
                "registers.edit": ("修改", self.edit),
                "registers.end": ("停用、恢复", self.end),
                "registers.read_in": ("导入汇总表", self.ask_file),
                "registers.give_out": ("导出汇总表", self.ask_target),
            }
            self.bind(acts, primary="registers.new")
        if workbench.desk.patroller_notes.may_keep():
            self.bind({"registers.patroller_notes": ("履职记事", self.look_at_notes)})
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the persons."""
        found = self.bench.desk.persons.all(with_inactive=self.with_inactive.isChecked())
        self._shown = {row.id: row for row in found}
        return [(row.id, _texts(row), row.is_active) for row in found]

    def new(self) -> None:
        """Open an empty form, for the organisation of the chosen person."""
        chosen = self.table.chosen_id()
        self._open(None, self._shown[chosen].person.organisation_id if chosen is not None else None)

    def edit(self) -> None:
        """Open the chosen person."""
        chosen = self.table.chosen_id()
        if chosen is not None and self.may_change:
            self._open(self._shown[chosen], None)

    def end(self) -> None:
        """Take the chosen person out of use with a reason, or into use again."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        row, persons = self._shown[chosen], self.bench.desk.persons
        try:
            if not row.is_active:
                persons.activate(row.id)
            else:
                dialog = ReasonDialog("停用人员", f"停用“{row.person.name}”（{row.organisation}）。记录保留。", self)
                if not dialog.exec():
                    return
                persons.deactivate(row.id, dialog.reason())
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.told()
        self.say("已停用。" if row.is_active else "已恢复。")

    def look_at_notes(self) -> None:
        """Show the notes on the chosen patroller, on all where no patroller is chosen."""
        chosen = self.table.chosen_id()
        row = self._shown.get(chosen) if chosen is not None else None
        is_patroller = row is not None and Post.PATROLLER in row.person.posts
        who = (row.person.name, row.organisation) if row is not None and is_patroller else ("", "")
        PatrollerNotesDialog(self.bench.desk, *who, self).exec()

    def ask_file(self) -> None:
        """Ask which file to read."""
        name, _kind = QFileDialog.getOpenFileName(self, "导入汇总表", "", "Excel 表格（*.xlsx）")
        if name:
            self.read_in(Path(name))

    def read_in(self, file: Path) -> None:
        """Read a file and show what it would change; a file with faults changes nothing."""
        lists = self.bench.desk.person_lists

        def work(_progress: Progress) -> ImportPlan:
            return lists.plan(file)

        self.bench.runner.run(
            work,
            done=while_there(self, lambda plan: self._confirm(file, plan)),
            failed=while_there(self, self.say_trouble),
            errand=Errand.LOOK_UP,
        )

    def ask_target(self) -> None:
        """Ask where the lists go."""
        name, _kind = QFileDialog.getSaveFileName(self, "导出汇总表", _FILE_NAME, "Excel 表格（*.xlsx）")
        if name:
            self.give_out(Path(name))

    def give_out(self, file: Path) -> None:
        """Write the three lists."""
        lists = self.bench.desk.person_lists

        def work(_progress: Progress) -> int:
            return lists.export(file)

        self.bench.runner.run(
            work,
            done=while_there(
                self, lambda rows: self.say(f"已导出 {rows} 行，文件含完整电话，请妥善保管。", mark="导出")
            ),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _confirm(self, file: Path, plan: ImportPlan) -> None:
        if not plan.lines:
            self.say("文件与名录一致，没有需要改动的内容。", mark="导入")
            return
        if not ImportDialog(self.bench, plan, self).exec():
            return
        lists = self.bench.desk.person_lists

        def work(_progress: Progress) -> ImportPlan:
            return lists.take_in(file, expected=plan)

        self.bench.runner.run(
            work,
            done=while_there(self, self._taken_in),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _taken_in(self, plan: ImportPlan) -> None:
        self.told()
        self.say(f"已导入，改动 {len(plan.lines)} 处。", mark="导入")

    def _open(self, row: PersonRow | None, organisation_id: int | None) -> None:
        dialog = PersonDialog(self.bench.desk, row, organisation_id, parent=self)
        if dialog.exec():
            self.told()
            self.say("已保存。")


def _texts(row: PersonRow) -> Sequence[str]:
    person = row.person
    return (
        person.name,
        "、".join(word(post) for post in Post if post in person.posts),
        row.organisation,
        word(row.kind),
        word(row.level),
        person.phone,
        person.certificate_number,
        person.note,
        "" if row.is_active else "停用",
    )
