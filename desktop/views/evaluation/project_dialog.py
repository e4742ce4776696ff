"""A project seen on site as a form: which, when, and what was found by the dictionary of hazards."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.evaluation import SampledProject
from desktop.domain.evaluation_course import Evaluation, ProjectDraft
from desktop.domain.local_rules import local
from desktop.services.desk import Desk
from desktop.views.actions import keys_of, shortcuts
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3, base_px

_BEGUN_WITH = 3
_PROPOSED = 8
_CHARACTERS = 66


class ProjectDialog(RecordDialog):
    """Without a project one is noted anew; the registrations proposed are drawn by the seed of the round."""

    def __init__(
        self,
        desk: Desk,
        asked: Evaluation,
        begun: SampledProject | None,
        *,
        organisation: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "evaluation_project",
            "现场抽查项目",
            save=self._keep,
            fields_of={"no_such_number": "filing_number"},
            parent=parent,
        )
        self._desk, self._asked, self._begun, self._act_id = desk, asked, begun, uuid4().hex
        entries = desk.intake.pack().hazard_entries
        self._entries = [("", "其他"), *((entry.code, f"{entry.topic}：{entry.label}") for entry in entries)]
        self._findings: list[tuple[PickList, TextField]] = []
        self.organisation = PickList([(name, name) for name in asked.round.visited])
        self.filing_number = PickList([], allows_other=True)
        self.project, self.seen_on = TextField(limit=120), DayEdit(today=desk.office.today)
        self.opinion = TextBlock(lines=3)
        self.setMinimumWidth(base_px() * _CHARACTERS)
        self._arrange()
        self._show(begun, organisation)
        self.ready()
        if begun is None and self.organisation.value():
            self.filing_number.setFocus()

    def draft(self) -> ProjectDraft:
        """Give the project as typed; raises ``ClerkError("evaluation_unfit")`` for a day that cannot be read."""
        for pick in (self.organisation, self.filing_number, *(entry for entry, _said in self._findings)):
            pick.settle()
        seen_on = self.seen_on.day()
        if seen_on is None:
            why = self.seen_on.problem() or "请填写检查日期。"
            raise ClerkError("evaluation_unfit", fields=("seen_on",), why=why)
        found = ((entry.value(), said.value()) for entry, said in self._findings)
        return ProjectDraft(
            act_id=self._act_id,
            round_id=self._asked.round.id,
            organisation=self.organisation.value(),
            filing_number=self.filing_number.value(),
            project=self.project.value(),
            seen_on=seen_on,
            findings=tuple((code, said) for code, said in found if code or said),
            result=self.opinion.value(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        found = (text for entry, said in self._findings for text in (entry.value(), said.value()))
        fields = (self.organisation.value(), self.filing_number.value(), self.project.value(), self.seen_on.text())
        return (*fields, *filter(None, found), self.opinion.value())

    def add_finding(self, code: str = "", text: str = "") -> None:
        """Put one more line for a finding below the others."""
        place = len(self._findings) + 1
        entry, said = PickList(self._entries), TextField(limit=500)
        entry.setObjectName(f"entry_{place}")
        said.setObjectName(f"said_{place}")
        said.setPlaceholderText("现场情况")
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        row = FieldRow(f"问题 {place}", entry, label_characters=8)
        line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        other = FieldRow("情况", said, label_characters=3)
        line.addWidget(other, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.insertLayout(self._lines.count(), line)
        self._findings.append((entry, said))
        if place == 1:
            self.rows["findings"] = row
        entry.set_value(code)
        said.set_value(text)

    def add_and_go(self) -> None:
        """Put one more line for a finding and begin in it."""
        self.add_finding()
        self._findings[-1][0].setFocus()

    def _arrange(self) -> None:
        self.add_line(("organisation", "单位(&G)", self.organisation), ("seen_on", "检查日期(&D)", self.seen_on))
        self.add_field("filing_number", local("登记编号(&N)"), self.filing_number, help=local("没有登记的空着"))
        self.add_field("project", "项目(&X)", self.project, help=local("填了登记编号的可以空着"))
        self._lines = self._new_lines()
        more = QPushButton(f"再加一条（{keys_of('evaluation_project.add')}）")
        more.setObjectName("evaluation_project.add")
        more.setAutoDefault(False)
        more.clicked.connect(self.add_and_go)
        for keys in shortcuts("evaluation_project.add"):
            QShortcut(keys, self).activated.connect(self.add_and_go)
        self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignRight)
        self.add_field("result", "处理意见(&R)", self.opinion)
        self.organisation.changed.connect(self._propose)

    def _new_lines(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        self._column.addLayout(lines)
        return lines

    def _show(self, begun: SampledProject | None, organisation: str) -> None:
        visited = self._asked.round.visited
        first = organisation if organisation in visited else ""
        self.organisation.set_value(begun.organisation if begun else first)
        self.seen_on.set_day(begun.seen_on if begun else self._desk.office.today())
        self._propose()
        if begun is not None:
            self.filing_number.set_value(begun.filing_number)
            self.project.set_value(begun.project)
            self.opinion.setPlainText(begun.result)
        findings = begun.findings if begun else ()
        for code, said in (*findings, *((("", ""),) * max(0, _BEGUN_WITH - len(findings)))):
            self.add_finding(code, said)

    def _propose(self) -> None:
        named = self.organisation.value()
        found = self._desk.evaluations.proposed_projects(self._asked.round.id, named, _PROPOSED) if named else ()
        self.filing_number.set_options(
            [("", local("没有登记")), *((one.number, f"{one.number}　{one.project}") for one in found)]
        )
        said = (
            f"按种子抽出 {len(found)} 件，可以照此检查" if found else local("台账中没有这个单位的登记，填编号或者空着")
        )
        self.filing_number.setPlaceholderText(said)

    def _keep(self) -> None:
        begun = self._begun
        self._desk.evaluations.keep_project(self.draft(), project_id=begun.id if begun else None)
