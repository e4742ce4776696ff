"""Whether a registered filing is entered in the district's platform, and noting by key that it was."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile, PlatformEntry
from desktop.domain.local_rules import local
from desktop.domain.walk_in import ONLINE
from desktop.views.actions import keys_of
from desktop.views.filing.lent_text import LENT_FOR_MS, LentText
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, base_px
from desktop.views.workbench import Workbench

_DAY_CHARACTERS: Final = 9


class PlatformLine(QWidget):
    """State, the inline field for the platform's number, and the sheet to paste; hidden for what was not accepted.

    ``left`` follows when the field is folded away, so that the page can take the keyboard.
    """

    left = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._filing_id: int | None = None
        self._entry: PlatformEntry | None = None
        self._act_id = ""
        self.lent = LentText(self)
        self.state, self._who = Chip(), QLabel()
        self.field, self.fault = TextField(), QLabel()
        self.day = DayEdit(today=workbench.desk.office.today)
        self.note_button = QPushButton()
        self.copy_button = QPushButton(f"复制录入内容（{keys_of('filing.platform_sheet')}）")
        self._build()
        self.note_button.clicked.connect(self.open)
        self.copy_button.clicked.connect(self.copy)
        self.field.returnPressed.connect(self._record)
        self.field.changed.connect(self._typed)
        self.day.returnPressed.connect(self._record)
        self.day.changed.connect(self._typed)
        workbench.closing.connect(self.lent.take_back)

    def show_file(self, file: FilingFile) -> None:
        """Show the state of one filing; a field open for another one is folded away."""
        if self._filing_id != file.row.id:
            self._fold()
        self._filing_id, self._entry = file.row.id, file.platform
        entry = file.platform
        self.setVisible(file.registration_number is not None)
        self.state.show_as("平台已录入" if entry else "平台未录入", Tone.GREEN if entry else Tone.AMBER)
        self._who.setText(_words(entry) if entry else local("受理后由受理点与业主一起录入纳管系统"))
        if entry and file.walk_in.facts.text("filing_channel") == ONLINE:
            self._who.setText(f"网上申报　{_words(entry)}")
        for button in (self.note_button, self.copy_button):
            button.setVisible(self._may_record)
        self.note_button.setText(f"{'更正' if entry else '记'}平台编号（{keys_of('filing.platform_number')}）")

    @property
    def _may_record(self) -> bool:
        return self._bench.desk.sign_in.actor.may(Right.REGISTER)

    def words(self) -> str:
        """Give what is said of the platform."""
        return f"{self.state.text}　{self._who.text()}"

    def open(self) -> None:
        """Offer the field, with the number noted so far."""
        if self.isHidden() or not self._may_record or not self.field.isHidden():
            return
        self.field.set_value(self._entry.number if self._entry else "")
        self.day.set_day(self._entry.entered_on if self._entry else self._bench.desk.office.today())
        self._typed()
        self._who.hide()
        self.field.show()
        self.day.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step_back(self) -> bool:
        """Fold the field away without noting anything; says whether it was open."""
        was_open = not self.field.isHidden()
        if was_open:
            self._fold()
            self.left.emit()
        return was_open

    def copy(self) -> None:
        """Put what is to be entered on the clipboard; that numbers left the program whole is recorded."""
        filing_id = self._filing_id
        if self.isHidden() or not self._may_record or filing_id is None:
            return
        platform = self._bench.desk.platform
        self._bench.runner.run(
            lambda _progress: platform.sheet(filing_id),
            done=while_there(self, self._copied),
            failed=while_there(self, self._say_trouble),
            errand=Errand.ACT,
        )

    def _copied(self, sheet: str) -> None:
        self.lent.lend(sheet)
        self._bench.told.emit(
            f"已复制 {len(sheet.splitlines())} 行，含完整证件号码和电话，只用于平台录入；"
            f"{LENT_FOR_MS // 60_000} 分钟后或者关闭窗口时从剪贴板清除"
        )
        # The copy itself is an event of the filing's history.
        self._bench.changed.emit(frozenset({Change.FILINGS}))

    def _record(self) -> None:
        filing_id, number, act_id = self._filing_id, self.field.value(), self._act_id
        if filing_id is None or not self.field.isEnabled():
            return
        if self.day.problem():
            self.fault.setText(f"录入日期：{self.day.problem()}")
            self.fault.show()
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        platform, day = self._bench.desk.platform, self.day.day()
        self.field.setEnabled(False)
        self._bench.runner.run(
            lambda _progress: platform.record(filing_id, number, act_id=act_id, entered_on=day),
            done=while_there(self, self._recorded),
            failed=while_there(self, self._refused),
            errand=Errand.ACT,
        )

    def _recorded(self, changes: frozenset[Change]) -> None:
        self.step_back()
        self._bench.told.emit("平台编号已记下" if changes else "编号与已记下的相同，没有改动")
        self._bench.changed.emit(changes)

    def _refused(self, error: Exception) -> None:
        self.field.setEnabled(True)
        self._say_trouble(error)
        is_day = isinstance(error, ClerkError) and error.code == "platform_day_unfit"
        (self.day if is_day else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_trouble(self, error: Exception) -> None:
        self.fault.setText(describe(error).text)
        self.fault.show()

    def _typed(self) -> None:
        # Another number is another act; the same one tried again counts once.
        self._act_id = uuid4().hex
        self.fault.hide()

    def _fold(self) -> None:
        self.field.hide()
        self.day.hide()
        self.field.setEnabled(True)
        self._who.show()
        self.fault.hide()

    def _build(self) -> None:
        self._who.setProperty("role", "soft")
        self._who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.field.setAccessibleName("平台编号")
        self.field.setObjectName("platformNumber")
        self.field.setPlaceholderText("平台给出的编号，回车记下，Esc 不记")
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.state)
        row.addWidget(self._who)
        self.day.setAccessibleName("平台录入日期")
        self.day.setObjectName("platformDay")
        self.day.setPlaceholderText("录入日期，可空")
        self.day.setFixedWidth(base_px() * _DAY_CHARACTERS)
        row.addWidget(self.field, 4)
        row.addWidget(self.day)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        for button in (self.note_button, self.copy_button):
            button.setProperty("role", "quiet")
            buttons.addWidget(button)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(row)
        column.addWidget(self.fault)
        self._fold()


def _words(entry: PlatformEntry) -> str:
    noted = "　".join(part for part in (entry.number, entry.who, f"{entry.at.astimezone():%Y-%m-%d %H:%M}") if part)
    return f"{noted}　平台录入日期 {entry.entered_on}" if entry.entered_on else noted
