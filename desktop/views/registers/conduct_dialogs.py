"""A bad record and a measure as forms."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.conduct import BadRecordDraft, Ground, MeasureDraft, MeasureKind
from desktop.domain.local_rules import cited, local
from desktop.services.desk import Desk
from desktop.views.registers.firm_words import firm_options
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

_NO_FIRM: Final = 0
_FIELDS_OF: Final = {"no_such_firm": "firm_id"}


class BadRecordDialog(FittingDialog):
    """Who, on which ground, decided when by whom in which document, from when until when."""

    def __init__(
        self,
        desk: Desk,
        firm_id: int | None,
        parent: QWidget | None = None,
        *,
        begun: BadRecordDraft | None = None,
        because: str = "",
    ) -> None:
        super().__init__(
            "bad_record",
            "列入不良档案",
            save=self._keep,
            faults=lambda: desk.conduct.record_faults(self.record()),
            fields_of=_FIELDS_OF,
            parent=parent,
        )
        self._desk, self._act_id = desk, uuid4().hex
        self.firm = party_list(desk)
        self.ground = PickList(firm_options(Ground))
        self.decided_on, self.since, self.until = (DayEdit(today=desk.office.today) for _ in range(3))
        self.document, self.decided_by = TextField(), TextField()
        self.filing_number, self.remark = TextField(), TextField()
        self.until.setPlaceholderText("空着是未定期限")
        self.because = QLabel(because)
        self._lay_out()
        self.firm.set_value(str(firm_id or ""))
        self.ground.set_value(Ground.DISOBEDIENT.value)
        for day in (self.decided_on, self.since):
            day.set_day(desk.office.today())
        if begun is not None:
            self._begin(begun)
        self.ready()
        if begun is not None:
            self.decided_by.setFocus()  # what only who decides can say is left open
        elif firm_id is not None:
            self.ground.setFocus()

    def record(self) -> BadRecordDraft:
        """Give the record as typed."""
        return BadRecordDraft(
            firm_id=int(self.firm.value() or _NO_FIRM),
            ground=Ground(self.ground.value() or Ground.DISOBEDIENT.value),
            decided_on=self.decided_on.day(),
            since=self.since.day(),
            until=self.until.day(),
            document=self.document.value(),
            decided_by=self.decided_by.value(),
            filing_number=self.filing_number.value(),
            remark=self.remark.value(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        days = (self.decided_on.text(), self.since.text(), self.until.text())
        return (str(self.record()), *days)

    def _keep(self) -> None:
        self._desk.conduct.enter(self.record(), act_id=self._act_id)

    def _begin(self, draft: BadRecordDraft) -> None:
        self.firm.set_value(str(draft.firm_id))
        self.ground.set_value(draft.ground.value)
        for edit, day in ((self.decided_on, draft.decided_on), (self.since, draft.since), (self.until, draft.until)):
            edit.set_day(day)
        self.filing_number.set_value(draft.filing_number)
        self.remark.set_value(draft.remark)

    def _lay_out(self) -> None:
        self.because.setWordWrap(True)
        self.because.setVisible(bool(self.because.text()))
        self._column.addWidget(self.because)
        self.add_field("firm_id", "单位（人）(&N)", self.firm)
        self.add_line(("ground", "情形(&G)", self.ground), ("decided_on", "认定日期(&R)", self.decided_on))
        self.add_line(("since", "起(&Q)", self.since), ("until", "止(&Z)", self.until))
        self.add_line(("decided_by", "认定机构(&J)", self.decided_by), ("document", "文书文号(&W)", self.document))
        self.add_line(
            ("filing_number", local("有关登记(&D)"), self.filing_number),
            ("remark", "备注(&B)", self.remark),
        )


class MeasureDialog(FittingDialog):
    """Which measure, when, by whom."""

    def __init__(self, desk: Desk, firm_id: int | None, parent: QWidget | None = None) -> None:
        super().__init__(
            "measure",
            f"记处理措施{cited('measures_against_firms')}",
            save=self._keep,
            faults=lambda: desk.conduct.measure_faults(self.measure()),
            fields_of=_FIELDS_OF,
            parent=parent,
        )
        self._desk, self._act_id = desk, uuid4().hex
        self.firm = party_list(desk)
        self.kind = PickList(firm_options(MeasureKind))
        self.taken_on = DayEdit(today=desk.office.today)
        self.taken_by, self.document, self.remark = TextField(), TextField(), TextField()
        self.add_field("firm_id", "单位（人）(&N)", self.firm)
        self.add_line(("kind", "措施(&G)", self.kind), ("taken_on", "日期(&R)", self.taken_on))
        self.add_line(("taken_by", "作出机构(&J)", self.taken_by), ("document", "文书文号(&W)", self.document))
        self.add_field("remark", "内容(&B)", self.remark)
        self.firm.set_value(str(firm_id or ""))
        self.kind.set_value(MeasureKind.WARNING_TALK.value)
        self.taken_on.set_day(desk.office.today())
        self.ready()
        if firm_id is not None:
            self.kind.setFocus()

    def measure(self) -> MeasureDraft:
        """Give the measure as typed."""
        return MeasureDraft(
            firm_id=int(self.firm.value() or _NO_FIRM),
            kind=MeasureKind(self.kind.value() or MeasureKind.WARNING_TALK.value),
            taken_on=self.taken_on.day(),
            taken_by=self.taken_by.value(),
            document=self.document.value(),
            remark=self.remark.value(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.measure()), self.taken_on.text())

    def _keep(self) -> None:
        self._desk.conduct.note_measure(self.measure(), act_id=self._act_id)


def party_list(desk: Desk) -> PickList:
    """Make a list of all parties of the register, found by name or initials."""
    return PickList([(str(row.id), f"{row.name}　{row.id_shown}") for row in desk.firms.all()])
