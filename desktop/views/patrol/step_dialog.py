"""One step of a hazard as a form: the fields that its kind asks, and photos where they prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.hazard import MEASURE_WORDS, HazardLevel, Measure, StepDone, StepKind, StepRequest
from desktop.domain.hazard_faults import step_faults
from desktop.domain.hazard_rows import HazardRow
from desktop.domain.local_rules import article, local
from desktop.services.desk import Desk
from desktop.views.people.check_list import CheckList
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.given_files import ask_files
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForm:
    """What one kind of step asks for; ``names`` is the label of the line of names, empty for none."""

    text: str = "情况"
    names: str = ""
    has_term: bool = False
    has_photos: bool = False
    has_measures: bool = False
    hint: str = ""
    cites: str = ""  # key of the article behind the step

    def hint_words(self) -> str:
        """Say what the step is for, with its article."""
        begun = article(self.cites) if self.cites else ""
        return local(f"{begun}：{self.hint}" if begun else self.hint)


FORMS: Final[Mapping[StepKind, StepForm]] = {
    StepKind.MEASURES: StepForm(has_measures=True, hint="发现后又采取了哪些措施"),
    StepKind.NOTICE: StepForm(text="说明", has_term=True, hint="出具整改通知书，编号打印"),
    StepKind.TERM: StepForm(text="理由", has_term=True),
    StepKind.FEEDBACK: StepForm(text="整改情况", has_photos=True, hint="施工单位说整改好了：怎么改的"),
    StepKind.PASSED: StepForm(text="复查情况", has_photos=True, hint="复查合格即销项，出具复查记录"),
    StepKind.FAILED: StepForm(text="复查情况", has_term=True, has_photos=True, hint="哪里没有改好；另定期限"),
    StepKind.REFUSED: StepForm(text="拒绝情况", hint="谁、怎样拒绝；下一步上报、移交"),
    StepKind.REPORTED: StepForm(text="上报内容", names="上报机构"),
    StepKind.STOPPED: StepForm(text="要求", hint="停工整改是督促；责令停工由执法人员签发文书"),
    StepKind.RESUMED: StepForm(text="依据", hint="复查合格后同意复工"),
    StepKind.SUPERVISED: StepForm(text="要求", names="督办级别", hint="例如：街道督办、区级督办"),
    StepKind.ESCALATED: StepForm(text="理由", hint="参照高风险小型工程管理，出具提级告知", cites="escalation"),
    StepKind.ESCALATION_LIFTED: StepForm(text="理由"),
    StepKind.MATERIALS_ASKED: StepForm(text="要求", names="材料", hint="要施工单位补交什么、交到哪里"),
    StepKind.WITHDRAWN: StepForm(text="理由", hint="误记的才撤回；记录保留"),
}


class StepDialog(FittingDialog):
    """``outcome`` is what came of it, ``photos`` what is to be added to the hazard."""

    def __init__(
        self, desk: Desk, row: HazardRow, kind: StepKind, *, names: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("hazard_step", word(kind), save=self._take, faults=self._found_faults, parent=parent)
        self._desk, self._row, self._kind, self._form = desk, row, kind, FORMS[kind]
        self._act_id = uuid4().hex
        self.outcome: StepDone | None = None
        self.photos: tuple[Path, ...] = ()
        self.on, self.due_on = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self.text, self.names = TextField(limit=500), TextField(names, limit=60)
        self.measures = CheckList([MEASURE_WORDS[each] for each in Measure])
        self._photo_words = QPushButton("选照片…（整改后）")
        self._arrange()
        self.on.set_day(desk.office.today())
        if self._form.has_term:
            self.due_on.set_day(self._usual_term())
        self.ready()
        self._first_to_fill().setFocus()

    def request(self) -> StepRequest:
        """Give the step as typed."""
        meant = self.measures.value() or frozenset()
        return StepRequest(
            act_id=self._act_id,
            hazard_id=self._row.id,
            kind=self._kind,
            on=self.on.day() or self._desk.office.today(),
            text=self.text.value(),
            due_on=self.due_on.day() if self._form.has_term else None,
            measures=tuple(each for each in Measure if MEASURE_WORDS[each] in meant),
            names=tuple(part for part in (self.names.value(),) if part),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.request()), self.on.text(), self.due_on.text())

    def _arrange(self) -> None:
        head = QLabel(f"{self._row.number}　{self._row.description}")
        head.setWordWrap(True)
        self._column.addWidget(head)
        if self._form.hint:
            hint = QLabel(self._form.hint_words())
            hint.setProperty("role", "soft")
            self._column.addWidget(hint)
        self.add_field("on", "日期(&R)", self.on)
        if self._form.names:
            self.add_field("names", f"{self._form.names}(&M)", self.names)
        if self._form.has_measures:
            self.add_field("measures", "措施(&C)", self.measures)
        self.add_field("text", f"{self._form.text}(&Q)", self.text)
        if self._form.has_term:
            self.add_field("due_on", "整改期限(&T)", self.due_on)
        if self._form.has_photos:
            self.add_field("photos", "照片(&Z)", self._photo_words)
            self._photo_words.setAutoDefault(False)
            self._photo_words.clicked.connect(self._pick_photos)

    def _first_to_fill(self) -> QWidget:
        """Give the field in which the step begins: the day and what is known stand there already."""
        if self._form.has_measures:
            return self.measures
        return self.names if self._form.names and not self.names.value() else self.text

    def _pick_photos(self) -> None:
        self.photos = tuple(dict.fromkeys((*self.photos, *ask_files(self, "整改后的照片"))))
        self._photo_words.setText(f"已选 {len(self.photos)} 张，再选…" if self.photos else "选照片…（整改后）")

    def _usual_term(self) -> date | None:
        asked = self._desk.hazards.propose(self._row.site, self._row.finding, level=HazardLevel(self._row.level))
        return asked.due_on

    def _found_faults(self) -> Sequence[FieldFault]:
        has_term = self._row.due_on is not None
        today = self._desk.office.today()
        return step_faults(self.request(), found_on=self._row.found_on, today=today, has_term=has_term)

    def _take(self) -> None:
        self.outcome = self._desk.hazards.step(self.request())
