"""The first start: whose window this is, its first administrator, how the ledger is kept, and with which data."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.acts import Change, Office, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.papers.printing import print_papers
from desktop.views.people.administrator_form import AdministratorForm
from desktop.views.people.protection_form import ProtectionForm
from desktop.views.people.secret_dialog import SecretDialog
from desktop.views.setup.first_steps import FirstSteps, StepsTaken
from desktop.views.setup.office_form import OfficeForm
from desktop.views.shared.banner import Banner
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.messages import describe
from desktop.views.shared.screen_room import room_on_screen
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, icon
from desktop.views.workbench import Workbench

_SIZE: Final = (1080, 720)
_FAULT_ROOM: Final = 90  # pixels below a field, where its fault stands
# An invented street office, for a look at the program before the real one is entered.
_EXAMPLE: Final = Office(
    street_name="坪安街道办事处",
    station_name="坪安街道办事处",
    station_kind=StationKind.STREET_OFFICE,
    code="PA",
    window="受理窗口2",
    clerk_name="林晓",
    phone="0755-00001234",
    address="坪安路1号一楼",
    hours="工作日 9:00–12:00，14:00–18:00",
    enforcement_body="坪安街道综合行政执法队",
    communities=("坪安社区", "新禾社区", "河湾社区"),
)
_EXAMPLE_ADMINISTRATOR: Final = "高远"
_ABOUT_THE_PASSWORD: Final = frozenset({"password_weak"})


class SetupDialog(QDialog):
    """Sets office and people up; accepted once the ledger is ready.  Leaving it changes nothing.

    Where accounts are there already only the office is asked.
    """

    ready = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._task: Task | None = None
        self._about_samples = ""
        self.form = OfficeForm(workbench.desk.office.pack_choices())
        self.administrator = AdministratorForm(workbench.desk.accounts.suggested_user_name)
        self.protection = ProtectionForm()
        self.empty = QRadioButton("空台账，直接开始受理")
        self.samples = QRadioButton("放入示例数据，先试用（虚构内容）")
        self.start, self.example = QPushButton("开始使用"), QPushButton("填入示例受理点")
        self.banner, self.progress, self._scroll = Banner(), BusyBar("准备进度"), QScrollArea()
        self._has_people = workbench.desk.sign_in.has_accounts()
        if self._has_people:
            self.form.leave_out_clerk()
        self._build()
        self.start.clicked.connect(self._begin)
        self.example.clicked.connect(self._fill_example)
        self.administrator.is_clerk_too.toggled.connect(self._offer_samples)
        self.form.texts["street_name"].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._begin()
            else:
                self.focusNextChild()
        elif event.key() != Qt.Key.Key_Escape or self._task is None:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        if self._task is not None:
            return
        # All of them say what is wrong; the keyboard goes to the first, which is asked last.
        is_fit = self.protection.check()
        is_fit = (self._has_people or self.administrator.check()) and is_fit
        if not (self.form.check() and is_fit):
            self._show_fault()
            return
        steps = FirstSteps(
            office=self.form.office(),
            administrator=None if self._has_people else self.administrator.administrator(),
            passphrase=self.protection.passphrase.value() if self.protection.is_wanted else "",
            with_samples=self.samples.isChecked(),
        )
        desk = self._bench.desk
        self.banner.say("")
        self._show_working(True)

        def work(progress: Progress) -> StepsTaken:
            return steps.take(desk, progress)

        self._task = self._bench.runner.run(work, done=self._done, failed=self._trouble, errand=Errand.ACT)
        self._task.progressed.connect(self._step)

    def _step(self, done: int, total: int) -> None:
        self.progress.step(done, total, f"正在准备台账 {done} / {total}")

    def _trouble(self, error: Exception) -> None:
        self._show_working(False)
        self._task = None
        words = describe(error).text
        if isinstance(error, ClerkError) and error.code in _ABOUT_THE_PASSWORD:
            self.administrator.password.refuse(words)
        self.banner.say(words, Tone.RED, mark="没有办成")

    def _done(self, taken: StepsTaken) -> None:
        self._task, sheet, self._about_samples = None, taken.sheet, taken.about_samples
        self._bench.changed.emit(frozenset({Change.SETTINGS}))
        if sheet is None:
            self._tell_of_samples()
            return
        dialog = SecretDialog(
            "台账恢复单",
            lines=("台账已加密。忘了口令时只有这个恢复码能打开台账，请打印后由负责人锁存；它不再显示。",),
            secret=sheet.code,
            noted="恢复单已打印或者抄下(&N)",
            print_on=lambda printer: print_papers(printer, (sheet.pdf,)),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._tell_of_samples)
        dialog.open()

    def _tell_of_samples(self) -> None:
        """Say which samples are not there and why, until it is read."""
        if not self._about_samples:
            self._finish()
            return
        box = QMessageBox(self)
        box.setObjectName("samples_left_out")
        box.setWindowTitle("示例数据")
        box.setText(self._about_samples)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._finish)
        box.open()

    def _finish(self) -> None:
        self.ready.emit()
        self.accept()

    def _show_fault(self) -> None:
        self.banner.say("还有内容需要补充，见标红各项。", Tone.RED, mark="请补充")
        here = QApplication.focusWidget()
        if here is not None and self._scroll.isAncestorOf(here):
            self._scroll.ensureWidgetVisible(here, 0, _FAULT_ROOM)

    def _show_working(self, is_working: bool) -> None:
        for widget in (self._scroll, self.start, self.example, self.empty, self.samples):
            widget.setEnabled(not is_working)
        self.progress.begin("正在准备台账")
        self.progress.setVisible(is_working)

    def _fill_example(self) -> None:
        self.form.show_office(replace(_EXAMPLE, pack_id=self.form.office().pack_id))
        self.samples.setChecked(True)
        if self._has_people:
            self.start.setFocus()
            return
        self.administrator.is_clerk_too.setChecked(True)
        self.administrator.show_person(_EXAMPLE_ADMINISTRATOR)
        # The password is nobody's to fill in.
        self.administrator.password.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.administrator.password.first, 0, _FAULT_ROOM)

    def _offer_samples(self, is_clerk_too: bool) -> None:
        """Sample data is entered by ordinary decisions, which only a clerk may take."""
        self.samples.setEnabled(is_clerk_too)
        self.samples.setToolTip("" if is_clerk_too else "示例数据由窗口受理员放入：请先勾选“我也在窗口受理”。")
        if not is_clerk_too:
            self.empty.setChecked(True)

    def _build(self) -> None:
        self.setWindowTitle("第一次启动 · 小型工程和零星作业登记台")
        self.setWindowIcon(icon("window"))
        room = room_on_screen(self)
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))
        title = QLabel("先说明这是哪个窗口" if self._has_people else "先说明这是哪个窗口，由谁管理")
        lead = QLabel("受理点的内容印在每份文书上，以后可在“设置”中修改。")
        title.setProperty("role", "title")
        lead.setProperty("role", "soft")
        choice = QButtonGroup(self)
        for button in (self.empty, self.samples):
            choice.addButton(button)
        self.empty.setChecked(True)
        self.progress.hide()
        self._scroll.setWidget(self._cards())
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (title, lead, self.banner):
            column.addWidget(widget)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._choice_row())
        column.addWidget(self.progress)
        column.addLayout(self._foot())

    def _cards(self) -> QWidget:
        whole = QWidget()
        whole.setObjectName("scrolled")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(_card("受理点", self.form))
        people, keeping = _card("第一个系统管理员", self.administrator), _card("台账怎样保存", self.protection)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(people, 1)
        row.addWidget(keeping, 1)
        column.addLayout(row)
        column.addStretch(1)
        people.setVisible(not self._has_people)
        return whole

    def _choice_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_6)
        row.addWidget(self.empty)
        row.addWidget(self.samples)
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        folder = ElidedLabel(f"数据文件夹：{self._bench.desk.data_folder}")
        folder.setProperty("role", "faint")
        keys = QLabel("Enter 下一项　Ctrl+Enter 开始使用")
        keys.setProperty("role", "faint")
        self.start.setProperty("role", "primary")
        for button in (self.start, self.example):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addWidget(folder)
        foot.addStretch(1)
        foot.addWidget(keys)
        foot.addWidget(self.example)
        foot.addWidget(self.start)
        return foot


def _card(title: str, inside: QWidget) -> QFrame:
    card, heading = QFrame(), QLabel(title)
    card.setProperty("role", "card")
    heading.setProperty("role", "heading")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_3)
    column.setSpacing(SPACE_2)
    column.addWidget(heading)
    column.addWidget(inside, 1)
    return card
