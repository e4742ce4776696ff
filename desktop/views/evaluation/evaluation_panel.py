"""One round of evaluation as it stands: the organisations above, measures and projects below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.evaluation import SampledProject
from desktop.domain.evaluation_course import Evaluation, FollowUp
from desktop.views.actions import keys_of
from desktop.views.evaluation.evaluation_words import (
    FOLLOW_UP_COLUMNS,
    FOLLOW_UP_WIDTHS,
    PROJECT_COLUMNS,
    PROJECT_WIDTHS,
    STANDING_COLUMNS,
    STANDING_WIDTHS,
    follow_up_texts,
    project_texts,
    round_words,
    standing_texts,
    state_words,
)
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, base_px
from desktop.views.workbench import Workbench

# What touches neither a round nor a figure beside it.
_UNTOUCHING = frozenset({Change.PAPERS, Change.DRAFTS})
_ROUND_CHARACTERS = 30


class EvaluationPanel(QWidget):
    """Shows one round at a time; what changed elsewhere is read when it is next shown."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.bench = workbench
        self.asked: Evaluation | None = None
        self._is_stale, self._question = True, 0
        self.banner, self.state, self.rounds = Banner(), QLabel(), PickList([])
        self.organisations = RegisterTable(
            "evaluation_organisations", STANDING_COLUMNS, STANDING_WIDTHS, roomy=(0, 2, 4, 8)
        )
        self.follow_ups = RegisterTable("evaluation_follow_ups", FOLLOW_UP_COLUMNS, FOLLOW_UP_WIDTHS, roomy=(1, 2))
        self.projects = RegisterTable("evaluation_projects", PROJECT_COLUMNS, PROJECT_WIDTHS, roomy=(0, 1, 4))
        self.acts = FlowingLines()
        self._build()
        self.setFocusProxy(self.organisations)
        self.rounds.changed.connect(self._chosen)
        workbench.changed.connect(self._after)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.read_anew()

    def read_anew(self, round_id: int | None = None) -> None:
        """Read the list of rounds and one of them, the newest where none is named."""
        self._is_stale = False
        try:
            found = self.bench.desk.evaluations.all()
        except ClerkError as error:
            self.say_trouble(error)
            return
        wanted = round_id if round_id is not None else self.round_id()
        ids = [one.id for one in found]
        chosen = wanted if wanted in ids else ids[0] if ids else None
        self.rounds.set_options([(str(one.id), round_words(one)) for one in found])
        self.rounds.set_value("" if chosen is None else str(chosen))
        if chosen is None:
            self.asked = None
            self._show()
        else:
            self._read(chosen)

    def round_id(self) -> int | None:
        """Give the round that is shown."""
        return None if self.asked is None else self.asked.round.id

    def organisation(self) -> str:
        """Give the organisation that the keyboard is on, empty without one."""
        place = self.organisations.chosen_id()
        return "" if place is None or self.asked is None else self.asked.round.organisations[place]

    def follow_up_chosen(self) -> FollowUp | None:
        """Give the measure that the keyboard is on."""
        place, ups = self.follow_ups.chosen_id(), self.asked.follow_ups() if self.asked else ()
        return None if place is None or place >= len(ups) else ups[place]

    def project_chosen(self) -> SampledProject | None:
        """Give the project that the keyboard is on."""
        chosen = self.projects.chosen_id()
        return next((one for one in (self.asked.projects if self.asked else ()) if one.id == chosen), None)

    def say(self, text: str, tone: Tone = Tone.GREEN, mark: str = "已保存") -> None:
        """Say what was done."""
        self.banner.say(text, tone, mark=mark)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def after_reading(self) -> None:
        """Let be pressed what can be done now."""

    def run(self, work: Callable[[], object], done: Callable[[object], None], *, errand: Errand = Errand.ACT) -> None:
        """Work off the GUI thread; its trouble stands above."""
        self.bench.runner.run(
            lambda _progress: work(),
            done=while_there(self, done),
            failed=while_there(self, self.say_trouble),
            errand=errand,
        )

    def _read(self, round_id: int) -> None:
        self._question += 1
        question = self._question

        def show(found: object) -> None:
            if question == self._question and isinstance(found, Evaluation):
                self.asked = found
                self._show()

        if self.asked is None:
            self.state.setText("正在读取…")
        evaluations = self.bench.desk.evaluations
        self.run(lambda: evaluations.open(round_id), show, errand=Errand.LOOK_UP)

    def _chosen(self) -> None:
        value = self.rounds.value()
        if value.isdigit() and int(value) != self.round_id():
            self._read(int(value))

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and changes <= _UNTOUCHING:
            return
        self._is_stale = True
        if self.isVisible():
            self.read_anew()

    def _show(self) -> None:
        asked = self.asked
        standings = asked.standings() if asked else ()
        self.organisations.show_rows(
            [(at, standing_texts(asked, one), True) for at, one in enumerate(standings) if asked is not None]
        )
        ups = asked.follow_ups() if asked else ()
        self.follow_ups.show_rows([(at, follow_up_texts(one), True) for at, one in enumerate(ups)])
        projects = asked.projects if asked else ()
        self.projects.show_rows([(one.id, project_texts(one), True) for one in projects])
        self.state.setText(state_words(asked) if asked else "")
        self._say_what_fills(asked)
        self.after_reading()

    def _say_what_fills(self, asked: Evaluation | None) -> None:
        first = f"还没有专项评价。按 {keys_of('evaluation.new')} 开展一轮。"
        self.organisations.say_when_empty("" if asked else first)
        self.follow_ups.say_when_empty("评价表中写了问题和改进措施的，列在这里。")
        drawn = bool(asked and asked.round.visited)
        said = "现场抽查的项目" if drawn else "抽取实地评价的单位以后，现场抽查的项目"
        self.projects.say_when_empty(f"{said}列在这里。")

    def _build(self) -> None:
        self.organisations.setAccessibleName("参加评价的单位")
        self.follow_ups.setAccessibleName("问题和改进措施")
        self.projects.setAccessibleName("现场抽查项目")
        self.rounds.setMinimumWidth(base_px() * _ROUND_CHARACTERS)
        self.state.setProperty("role", "soft")
        self.state.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(FieldRow("轮次(&L)", self.rounds, label_characters=4))
        head.addWidget(self.state, 1)
        below = QHBoxLayout()
        below.setSpacing(SPACE_3)
        below.addLayout(_titled("问题和改进措施", self.follow_ups), 5)
        below.addLayout(_titled("现场抽查项目", self.projects), 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(head)
        column.addWidget(self.organisations, 3)
        column.addLayout(below, 2)
        column.addLayout(self.acts)


def _titled(title: str, table: RegisterTable) -> QVBoxLayout:
    heading = QLabel(title)
    heading.setProperty("role", "heading")
    column = QVBoxLayout()
    column.setSpacing(SPACE_2)
    column.addWidget(heading)
    column.addWidget(table, 1)
    return column
