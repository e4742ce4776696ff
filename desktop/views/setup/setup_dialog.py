"""The first start: one page that says whose window this is, and whether to begin with sample data."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.acts import Office, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.setup.office_form import OfficeForm
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, icon
from desktop.views.workbench import Workbench

_SIZE: Final = (1000, 640)
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


class SetupDialog(QDialog):
    """Sets the office up; accepted once the ledger is ready.  Leaving it changes nothing."""

    ready = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._task: Task | None = None
        self.form = OfficeForm(workbench.desk.office.pack_choices())
        self.empty = QRadioButton("空台账，直接开始受理")
        self.samples = QRadioButton("放入示例数据，先试用（虚构内容）")
        self.start, self.example = QPushButton("开始使用"), QPushButton("填入示例受理点")
        self.banner, self.progress = Banner(), QProgressBar()
        self._build()
        self.start.clicked.connect(self._begin)
        self.example.clicked.connect(self._fill_example)
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
        if not self.form.check():
            self.banner.say("还有内容需要补充，见标红各项。", Tone.RED, mark="请补充")
            return
        try:
            changes = self._bench.desk.office.set_up(self.form.office())
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有办成")
            return
        self._bench.changed.emit(changes)
        if self.samples.isChecked():
            self._add_samples()
        else:
            self._finish()

    def _add_samples(self) -> None:
        service = self._bench.desk.office
        self._show_working(True)

        def work(progress: Progress) -> int:
            return service.add_samples(progress)

        self._task = self._bench.runner.run(
            work, done=lambda _count: self._finish(), failed=self._trouble, errand=Errand.ACT
        )
        self._task.progressed.connect(self._step)

    def _step(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _trouble(self, error: Exception) -> None:
        self._show_working(False)
        self._task = None
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")

    def _finish(self) -> None:
        self._task = None
        self.ready.emit()
        self.accept()

    def _show_working(self, is_working: bool) -> None:
        for widget in (self.form, self.start, self.example, self.empty, self.samples):
            widget.setEnabled(not is_working)
        self.progress.setVisible(is_working)

    def _fill_example(self) -> None:
        self.form.show_office(replace(_EXAMPLE, pack_id=self.form.office().pack_id))
        self.samples.setChecked(True)
        self.start.setFocus()

    def _build(self) -> None:
        self.setWindowTitle("第一次启动 · 小型工程和零星作业登记台")
        self.setWindowIcon(icon("window"))
        self.resize(*_SIZE)
        title, lead = QLabel("先说明这是哪个窗口"), QLabel("以下内容印在每份文书上，以后可在“设置”中修改。")
        title.setProperty("role", "title")
        lead.setProperty("role", "soft")
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        inside.addWidget(self.form)
        scroll = QScrollArea()
        scroll.setWidget(card)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.empty.setChecked(True)
        self.progress.hide()
        self.progress.setFormat("正在放入示例数据 %v / %m")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (title, lead, self.banner):
            column.addWidget(widget)
        column.addWidget(scroll, 1)
        column.addLayout(self._choice_row())
        column.addWidget(self.progress)
        column.addLayout(self._foot())

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
