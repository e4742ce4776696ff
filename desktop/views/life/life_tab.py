"""The tab 在建管理: how a registration stands today, what is due, what can be done, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile
from desktop.domain.life_acts import LIFE_CHANGES, LifeDone, LifeDue, LifeEntry, LifeFile
from desktop.domain.life_words import READ_ONLY_AFTER_REVOKING
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.registration_life import LifeAct, LifeState
from desktop.views.actions import keys_of
from desktop.views.filing.tabs import Tab, label
from desktop.views.life.change_dialog import ChangeDialog
from desktop.views.life.close_out_dialogs import CheckDialog, CloseOutDialog
from desktop.views.life.life_dialog import LifeDialog
from desktop.views.life.life_dialogs import (
    CompletionDialog,
    CompletionWithdrawalDialog,
    DeliveryDialog,
    ExtensionDialog,
    LapseDialog,
    RevocationDialog,
)
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from desktop.views.wording import word
from desktop.views.workbench import Workbench

STATE_TONES: Final[Mapping[LifeState, Tone]] = {
    LifeState.NOT_REGISTERED: Tone.GREY,
    LifeState.UNDER_WAY: Tone.GREEN,
    LifeState.EXPIRING: Tone.AMBER,
    LifeState.EXTENDABLE: Tone.AMBER,
    LifeState.OVERDUE: Tone.RED,
    LifeState.COMPLETED: Tone.AMBER,
    LifeState.AWAITING_CLOSEOUT: Tone.BLUE,
    LifeState.CLOSED: Tone.GREY,
    LifeState.REVOKED: Tone.RED,
}
_DIALOGS: Final[Mapping[LifeAct, Callable[..., LifeDialog]]] = {
    LifeAct.EXTEND: ExtensionDialog,
    LifeAct.CHANGE: ChangeDialog,
    LifeAct.NOTE_COMPLETION: CompletionDialog,
    LifeAct.WITHDRAW_COMPLETION: CompletionWithdrawalDialog,
    LifeAct.APPLY_CLOSEOUT: CloseOutDialog,
    LifeAct.VERIFY_CLOSEOUT: CheckDialog,
    LifeAct.CLOSE_LAPSED: LapseDialog,
    LifeAct.REVOKE: RevocationDialog,
    LifeAct.DELIVER: DeliveryDialog,
}
_IN_A_LINE: Final = 6


class LifeTab(QWidget):
    """Shows the life of one registration; every act has its key and its dialog."""

    paper_asked = Signal(object)  # tuple[IssuedPaper, ...]

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._file: FilingFile | None = None
        self.life: LifeFile | None = None
        self.setAccessibleName("在建管理")
        self.state, self.stopped, self.escalated = Chip(), Chip("停工", Tone.RED), Chip("提级", Tone.AMBER)
        self.until, self.links = label("", "strong", wraps=False), label("", "soft")
        # Children from the start: a button without a line to stand in must not be a window of its own.
        self.buttons = {act: QPushButton(f"{word(act)}（{keys_of(f'life.{act.value}')}）", self) for act in LifeAct}
        self.listed = Tab("在建管理记录")
        self._lines = (QHBoxLayout(), QHBoxLayout())
        self._build()

    def show_file(self, file: FilingFile) -> int:
        """Show one filing; gives how many acts there were."""
        self._file = file
        self.life = self._bench.desk.life.of(file.row.id)
        life = self.life
        self.state.show_as(word(life.state), STATE_TONES[life.state])
        self.stopped.setVisible(life.registration.is_stopped)
        self.escalated.setVisible(life.registration.is_escalated)
        self.until.setText(_until(life, self._bench))
        links = (("接续", life.follows), (local("已由下列登记接续："), life.followed_by))
        self.links.setText("　".join(f"{said} {number}" for said, number in links if number))
        self.links.setVisible(bool(self.links.text()))
        for act, button in self.buttons.items():
            button.setVisible(act in life.may and not (act is LifeAct.DELIVER and life.is_delivered))
        self._place_buttons()
        parts = [*(_due(due) for due in life.due), *(self._entry(entry) for entry in life.entries)]
        self.listed.fill(*(parts or [label(local("还没有延期、变更、注销或者撤销。"), "soft")]))
        return len(life.entries)

    def words(self) -> str:
        """Give all words shown."""
        return "\n".join((self.state.text, self.until.text(), self.links.text(), self.listed.words()))

    def open(self, act: LifeAct) -> None:
        """Open the dialog of an act that can be done now, or say why it cannot."""
        if self._file is None or self.life is None:
            return
        if self.buttons[act].isHidden():
            self._bench.told.emit(f"现在不能办理：{word(act)}（{word(self.life.state)}）")
            return
        if act is LifeAct.BEGIN_AGAIN:
            self._bench.again_asked.emit(self._file.row.id)
            return
        heading = f"{self.life.registration.number}　{self._file.row.project_name}"
        try:
            dialog = _DIALOGS[act](self._bench, self._file.row.id, self.life, heading=heading, parent=self)
        except ClerkError as error:
            self._bench.told.emit(describe(error).text)
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.carried_out.connect(self._carried_out)
        dialog.open()

    def _place_buttons(self) -> None:
        """Put the acts that can be done now beside each other, without gaps for the others."""
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        for place, line in enumerate(self._lines):
            while line.takeAt(0) is not None:
                pass
            for button in shown[place * _IN_A_LINE : (place + 1) * _IN_A_LINE]:
                line.addWidget(button)
            line.addStretch(1)
        for before, after in pairwise(shown):
            QWidget.setTabOrder(before, after)

    def _carried_out(self, result: object) -> None:
        if isinstance(result, LifeDone):
            self._bench.told.emit(f"{result.number} 已办理")
            self._bench.changed.emit(result.changes)
            self._bench.papers_asked.emit(result.papers, result.number)
            return
        self._bench.told.emit("已记下")
        self._bench.changed.emit(LIFE_CHANGES)

    def _entry(self, entry: LifeEntry) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_1)
        grid.addWidget(label(f"{entry.on}", "figure", wraps=False), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(label(word(entry.act), "strong", wraps=False))
        head.addWidget(label(entry.number, "figure", wraps=False))
        head.addWidget(label(entry.who, "soft", wraps=False))
        papers = self._papers(entry.number)
        if papers:
            look = QPushButton(f"看 {len(papers)} 份文书")
            look.setProperty("role", "quiet")
            look.setAccessibleName(f"看文书：{entry.number}")
            look.clicked.connect(partial(self.paper_asked.emit, papers))
            head.addWidget(look)
        head.addStretch(1)
        grid.addLayout(head, 0, 1)
        for place, (name, text) in enumerate(entry.lines, 1):
            grid.addWidget(label(f"{name}：{text}"), place, 1)
        grid.setColumnStretch(1, 1)
        return box

    def _papers(self, number: str) -> tuple[IssuedPaper, ...]:
        return tuple(paper for paper in self._file.papers if paper.number == number) if self._file else ()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACE_2)
        for widget in (self.state, self.stopped, self.escalated, self.until, self.links):
            first.addWidget(widget)
        first.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, 0)
        head.setSpacing(SPACE_2)
        head.addLayout(first)
        for line in self._lines:
            line.setSpacing(SPACE_2)
            head.addLayout(line)
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self.open, act))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(head)
        page.addWidget(self.listed, 1)


def _until(life: LifeFile, workbench: Workbench) -> str:
    registration = life.registration
    ended = registration.closed_on or registration.revoked_on
    if ended is not None:
        open_to = local(READ_ONLY_AFTER_REVOKING if life.state is LifeState.REVOKED else "登记内容只供查看")
        return f"{ended} {word(life.state)}，{open_to}"
    left = registration.days_left(workbench.desk.office.today())
    if left is None:
        return ""
    days = f"还有 {left} 天" if left >= 0 else f"已过期 {-left} 天"
    if left < 0 and life.state is not LifeState.OVERDUE and life.in_time_until is not None:
        days = f"届满之日为休息日，{life.in_time_until} 前（含）办理仍算按期"
    return f"有效期至 {registration.valid_until}，{days}"


def _due(due: LifeDue) -> QWidget:
    return label(f"{due.text}{in_brackets(due.article)}", "fault" if due.is_late else "strong")
