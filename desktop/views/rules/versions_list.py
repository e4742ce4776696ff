"""The list of the versions of the rules with what is said of the chosen one, and a button for each act on it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.pack_version import PackVersionLine
from desktop.views.actions import keys_of
from desktop.views.registers.register_table import RegisterTable
from desktop.views.rules.version_words import COLUMNS, ROOMY, WIDTHS, Asker, cells, told, why_not
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2
from desktop.views.workbench import Workbench

_ACTS: Final = (
    ("fill", "补齐待填项"),
    ("draft", "起草新版本"),
    ("edit", "修改"),
    ("compare", "比较"),
    ("papers", "文书样张"),
    ("dry_run", "试算"),
    ("submit", "提交复核"),
    ("recall", "收回"),
    ("decide", "复核"),
    ("send_back", "退回"),
    ("withdraw", "撤回"),
    ("give_out", "导出"),
    ("take", "导入"),
    ("discard", "删除草稿"),
)


class VersionsList(QWidget):
    """Enter opens the draft one is on, or compares what cannot be changed; what cannot be done says why."""

    read = Signal()  # the list was read

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = workbench
        self.banner, self.about = Banner(), QLabel()
        self.table = RegisterTable("rules.versions", COLUMNS, WIDTHS, roomy=ROOMY)
        self.buttons: dict[str, QPushButton] = {}
        self._lines: dict[int, PackVersionLine] = {}
        self._asked = 0
        self._build()
        workbench.changed.connect(self._changed)

    def lines(self) -> tuple[PackVersionLine, ...]:
        """Give the versions as listed."""
        return tuple(self._lines.values())

    def chosen(self) -> PackVersionLine | None:
        """Give the version one is on."""
        place = self.table.chosen_id()
        return None if place is None else self._lines.get(place)

    def choose(self, version: str) -> None:
        """Stand on a version, where it is listed."""
        for row, line in enumerate(self._lines.values()):
            if line.version == version:
                self.table.setCurrentCell(row, 0)

    def read_anew(self, then: Callable[[], object] | None = None) -> None:
        """Read the versions off the GUI thread."""
        self._asked += 1
        asked, versions = self._asked, self.bench.desk.pack_versions

        def show(lines: tuple[PackVersionLine, ...]) -> None:
            if asked == self._asked:
                self._show(lines)
            if then is not None:
                then()

        self.bench.runner.run(
            lambda _progress: versions.all(),
            done=while_there(self, show),
            failed=while_there(self, self.say_trouble),
            errand=Errand.UNSEEN,
        )

    def act(self, key: str) -> None:
        """Do one of the acts with the chosen version, or say why it is not possible."""
        line = self.chosen()
        if why := why_not(key, line, self._asker()):
            self.banner.say(why, Tone.AMBER, mark="不能办理")
            return
        self.banner.say("")
        self.do(key, line)

    @abstractmethod
    def do(self, key: str, line: PackVersionLine | None) -> None:
        """Do what was found to be possible with the chosen version."""

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_anew()

    @Slot(object)
    def _changed(self, changes: object) -> None:
        if isinstance(changes, frozenset) and Change.SETTINGS in changes and self.isVisible():
            self.read_anew()

    def _show(self, lines: tuple[PackVersionLine, ...]) -> None:
        is_first = not self._lines
        # What comes with the program has no id in the ledger: it stands under numbers below nought.
        self._lines = {_place(at, line): line for at, line in enumerate(lines)}
        self.table.show_rows([(place, cells(line), True) for place, line in self._lines.items()])
        if is_first:
            self.choose(next((line.version for line in lines if line.is_today), ""))
        self._show_chosen()
        self.read.emit()

    def _show_chosen(self) -> None:
        line, asker = self.chosen(), self._asker()
        self.about.setText(told(line) if line is not None else "")
        for key, button in self.buttons.items():
            why = why_not(key, line, asker)
            button.setEnabled(not why)
            button.setToolTip(why)
            button.setAccessibleDescription(why)

    def _asker(self) -> Asker:
        actor = self.bench.desk.sign_in.actor
        return Asker(
            keeps=actor.may(Right.KEEP_SETTINGS),
            decides=actor.may(Right.DECIDE_EXCEPTIONS),
            today=self.bench.desk.office.today(),
        )

    def _open(self) -> None:
        self.act("compare" if why_not("edit", self.chosen(), self._asker()) else "edit")

    def _build(self) -> None:
        self.table.setAccessibleName("规则版本")
        self.table.say_when_empty("正在读取…")
        self.about.setWordWrap(True)
        self.about.setProperty("role", "soft")
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        foot = FlowingLines()
        for key, title in _ACTS:
            button = QPushButton(f"{title}（{keys_of(f'rules.{key}')}）")
            button.setObjectName(f"rules.{key}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, key=key: self.act(key))
            foot.addWidget(button)
            self.buttons[key] = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addLayout(foot)
        bind_keys(self, {f"rules.{key}": partial(self.act, key) for key, _title in _ACTS})
        self.table.opened.connect(lambda _place: self._open())
        self.table.currentCellChanged.connect(lambda *_cells: self._show_chosen())
        self.setFocusProxy(self.table)


def _place(at: int, line: PackVersionLine) -> int:
    return line.id if line.id is not None else -1 - at
