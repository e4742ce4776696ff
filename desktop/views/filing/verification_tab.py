"""What was verified of a filing, and noting one more check by key."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.ledger import FilingFile
from desktop.domain.verification import Datum, Finding, Manner, VerificationRequest, Verified
from desktop.views.actions import keys_of
from desktop.views.filing.tabs import Tab, label
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_HEADINGS = ("结果", "核实什么", "方式", "核实人", "时间", "情况")
_TONES = {Finding.TRUE: Tone.GREEN, Finding.DIFFERS: Tone.RED, Finding.OPEN: Tone.AMBER}
_RIGHTS = (Right.REGISTER, Right.REVIEW_FILING, Right.PATROL_FEEDBACK)


class VerificationTab(QWidget):
    """The checks, the newest first, and a row of fields for the next one."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._filing_id: int | None = None
        self._act_id = uuid4().hex
        self.setAccessibleName("核实")
        self.datum = PickList([(each.value, word(each)) for each in Datum])
        self.manner = PickList([(each.value, word(each)) for each in Manner])
        self.finding = PickList([(each.value, word(each)) for each in Finding])
        self.note, self.fault = TextField(), QLabel()
        self.save = QPushButton("记下（Enter）")
        self.entry, self.listed = QWidget(), Tab("核实记录")
        self._build()

    def show_file(self, file: FilingFile) -> int:
        """Show one filing; gives how many checks there are."""
        if self._filing_id != file.row.id:
            self._clear()
        self._filing_id = file.row.id
        actor = self._bench.desk.sign_in.actor
        self.entry.setVisible(any(actor.may(right) for right in _RIGHTS))
        found = self._bench.desk.verifying.of(file.row.id)
        self.listed.fill(_table(found) if found else label("还没有核实记录。", "soft"))
        return len(found)

    def words(self) -> str:
        """Give all words shown."""
        return self.listed.words()

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        if not self.entry.isHidden():
            self.datum.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _record(self) -> None:
        if self._filing_id is None or not self.entry.isEnabled():
            return
        for field in (self.datum, self.manner, self.finding):
            field.settle()
            if not field.value():
                self._say(f"请选择{field.accessibleName()}。")
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        request = VerificationRequest(
            act_id=self._act_id,
            filing_id=self._filing_id,
            datum=Datum(self.datum.value()),
            manner=Manner(self.manner.value()),
            finding=Finding(self.finding.value()),
            note=self.note.value(),
        )
        verifying = self._bench.desk.verifying
        self.entry.setEnabled(False)
        self._bench.runner.run(
            lambda _progress: verifying.record(request),
            done=while_there(self, self._recorded),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _recorded(self, changes: frozenset[Change]) -> None:
        self.entry.setEnabled(True)
        self._clear()
        self._bench.told.emit("核实已记下")
        self._bench.changed.emit(changes)
        self.begin()

    def _failed(self, error: Exception) -> None:
        self.entry.setEnabled(True)
        self._say(describe(error).text)
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()

    def _clear(self) -> None:
        self._act_id = uuid4().hex
        for field in (self.datum, self.manner, self.finding, self.note):
            field.set_value("")
        self.fault.hide()

    def _build(self) -> None:
        self.fault.setProperty("role", "fault")
        self.fault.hide()
        self.note.setPlaceholderText("情况；不属实或者方式为其他的必填")
        # Each row stands beside the next: no label is wider than its words.
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_3)
        for words, field, share in (
            ("核实什么(&W)", self.datum, 3),
            ("方式(&M)", self.manner, 2),
            ("结果(&J)", self.finding, 2),
            ("情况(&Q)", self.note, 5),
        ):
            fields.addWidget(FieldRow(words, field, label_characters=4), share)
        fields.addWidget(self.save)
        column = QVBoxLayout(self.entry)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(fields)
        column.addWidget(self.fault)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.entry)
        page.addWidget(self.listed, 1)
        self.save.setToolTip(f"从任何一栏按 {keys_of('filing.verify')} 到这里")
        self.save.clicked.connect(self._record)
        self.note.returnPressed.connect(self._record)
        for field in (self.datum, self.manner, self.finding, self.note):
            field.changed.connect(self.fault.hide)


def _table(found: tuple[Verified, ...]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE_4)
    grid.setVerticalSpacing(SPACE_2)
    for column, heading in enumerate(_HEADINGS):
        grid.addWidget(label(heading, "faint", wraps=False), 0, column)
    for place, each in enumerate(found, 1):
        grid.addWidget(Chip(word(each.finding), _TONES[each.finding]), place, 0)
        cells = (word(each.datum), word(each.manner), each.who, f"{each.at.astimezone():%Y-%m-%d %H:%M}", each.note)
        for column, text in enumerate(cells, 1):
            grid.addWidget(label(text, wraps=column == len(cells)), place, column)
    grid.setColumnStretch(len(_HEADINGS) - 1, 1)
    return table
