"""The worklist (待办): what is due for who is signed in, grouped by day and kind; one key opens, one does the act."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QDateTime, QEvent, Qt, QTime, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.local_rules import local
from desktop.domain.worklist import RIGHT_OF, ROLES_OF, Task, TaskGroup, TaskRole, Urgency, Worklist, WorklistCriteria
from desktop.domain.worklist_words import URGENCY_MARKS, URGENCY_WORDS
from desktop.views.actions import keys_of
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3, base_px, row_px
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_filters import WorklistFilters
from desktop.views.worklist.worklist_tree import WorklistTree
from desktop.views.worklist.worklist_words import task_words

READ_ANEW: Final = frozenset({Change.FILINGS, Change.CALENDAR, Change.SETTINGS, Change.ON_SITE})
_MOST_AT_ONCE: Final = 1000
_FILTERS: Final = 16  # characters
_NOTHING: Final = (
    "没有待办。\n受理、巡查、隐患、移交、投诉举报和登记期限产生的事项，到该办的那几天会自己列在这里，办完即消失。"
)
_NOTHING_CHOSEN: Final = "这样筛选没有待办。{keys} 清除筛选。"


class WorklistPage(QWidget):
    """Looking up runs off the GUI thread; an answer that is no longer wanted is dropped."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._asked = 0
        self.worklist: Worklist | None = None
        self.tree, self.filters = WorklistTree(), WorklistFilters()
        self.summary, self.empty, self.detail, self.foot = QLabel(), QLabel(), QLabel(), QLabel()
        self.open_button = QPushButton(f"打开（{keys_of('worklist.open')}）")
        self.do_button = QPushButton(f"办理（{keys_of('worklist.do')}）")
        self.print_button = QPushButton(f"打印清单（{keys_of('worklist.print')}）")
        # Shown before it has a parent it would be a window of its own and take the keyboard away.
        if not workbench.desk.exporting.may_export():
            self.print_button.hide()
        self.clear_button = QPushButton(f"清除筛选（{keys_of('worklist.clear')}）")
        self._middle = QStackedWidget()
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._build()
        self._connect()
        self._wait_for_midnight()
        self.look_up()

    def look_up(self) -> None:
        """Ask what is due."""
        self._asked += 1
        asked, service, criteria = self._asked, self._bench.desk.worklist, self.filters.criteria()
        self._bench.runner.run(
            lambda _progress: service.worklist(criteria),
            done=while_there(self, lambda found: self._show(found) if asked == self._asked else None),
            failed=while_there(self, lambda error: self._bench.told.emit(describe(error).text)),
        )

    def step_back(self) -> bool:
        """Turn the filters off; says whether any was on."""
        if self.filters.criteria() == WorklistCriteria():
            return False
        self.clear_all()
        return True

    def clear_all(self) -> None:
        """Show everything that is due."""
        self.filters.clear()
        self.look_up()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_criteria(self, criteria: WorklistCriteria) -> None:
        """Show what some criteria ask for and nothing else."""
        self.filters.choose(criteria)
        self.look_up()

    def do_current(self) -> None:
        """Go to the act that deals with the task one is on."""
        task = self.tree.current_task()
        if task is not None:
            self._bench.task_asked.emit(task)

    def print_list(self) -> None:
        """Show the list on paper, narrowed down as it is on the screen."""
        if not self._bench.desk.exporting.may_export():
            return
        service, criteria = self._bench.desk.worklist, self.filters.criteria()
        dialog = ListDialog(self._bench, "待办清单", lambda: service.pdf(criteria), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def words(self) -> str:
        """Give all words shown, for tests."""
        return self.tree.words()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keep_up()
        self.tree.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isVisible():
            self._keep_up()
        if event.type() is QEvent.Type.FontChange and hasattr(self, "filters"):
            self.filters.setFixedWidth(base_px() * _FILTERS)

    def _show(self, worklist: Worklist) -> None:
        self.worklist = worklist
        self.tree.show_list(worklist)
        counts = worklist.counts
        self.filters.show_counts(counts)
        self.foot.setText("\n".join(worklist.notes))
        self.foot.setVisible(bool(worklist.notes))
        self._show_roles(worklist)
        told = (f"{URGENCY_MARKS[each]} {URGENCY_WORDS[each]} {counts.of(urgency=each)}" for each in Urgency)
        self.summary.setText("　".join(told) if counts.total else "没有待办")
        is_filtered = self.filters.criteria() != WorklistCriteria()
        self.clear_button.setVisible(is_filtered)
        self.empty.setText(_NOTHING_CHOSEN.format(keys=keys_of("worklist.clear")) if is_filtered else local(_NOTHING))
        has_focus = self.tree.hasFocus()
        self._middle.setCurrentWidget(self.tree if worklist.groups else self.empty)
        if has_focus and not worklist.groups:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current()

    def _show_roles(self, worklist: Worklist) -> None:
        actor, office = self._bench.desk.sign_in.actor, self._bench.desk.office.office()
        held = [role for role in TaskRole if actor.may(RIGHT_OF[role])]
        counted = worklist.counts.by.items()
        roles = [(role, sum(count for (kind, _how), count in counted if role in ROLES_OF[kind])) for role in held]
        self.filters.show_roles(roles, office.communities if office else ())

    def _show_current(self) -> None:
        """Tell the task one is on whole: at a narrow window its columns are cut."""
        task = self.tree.current_task()
        is_task = task is not None
        self.detail.setText("" if task is None or self.worklist is None else task_words(task, self.worklist.day))
        self.open_button.setEnabled(is_task)
        self.do_button.setEnabled(is_task)

    def _open(self, task: Task) -> None:
        if task.site.filing_id is not None:
            self._bench.filing_asked.emit(task.site.filing_id)
        else:
            # What has no filing is looked at where it is dealt with.
            self._bench.task_asked.emit(task)

    def _more(self, group: TaskGroup) -> None:
        service, criteria, asked = self._bench.desk.worklist, self.filters.criteria(), self._asked
        day = self.worklist.day if self.worklist else None
        shown = len(group.tasks)

        def show(tasks: tuple[Task, ...]) -> None:
            if asked == self._asked and day is not None:
                self.tree.show_all_of(group, tasks, day)

        self._bench.runner.run(
            lambda _progress: service.page(group.kind, group.urgency, criteria, after=shown, most=_MOST_AT_ONCE),
            done=while_there(self, show),
            failed=while_there(self, lambda error: self._bench.told.emit(describe(error).text)),
        )

    def _changed(self, changes: frozenset[Change]) -> None:
        if changes & READ_ANEW:
            self.look_up()

    def _wait_for_midnight(self) -> None:
        """Overdue follows the day alone: a window left open over night reads anew."""
        now = QDateTime.currentDateTime()
        self._midnight.start(now.msecsTo(QDateTime(now.date().addDays(1), QTime(0, 0, 5))))

    def _new_day(self) -> None:
        self._wait_for_midnight()
        self.look_up()

    def _keep_up(self) -> None:
        """Read anew on another day: a computer that slept over midnight has not counted its hours."""
        if self.worklist is not None and self.worklist.day != self._bench.desk.office.today():
            self.look_up()

    def _connect(self) -> None:
        self._bench.changed.connect(self._changed)
        self._midnight.timeout.connect(self._new_day)
        self.filters.changed.connect(self.look_up)
        self.tree.opened.connect(self._open)
        self.tree.more_asked.connect(self._more)
        self.tree.currentItemChanged.connect(lambda _now, _before: self._show_current())
        self.open_button.clicked.connect(self.tree.open_current)
        self.do_button.clicked.connect(self.do_current)
        self.clear_button.clicked.connect(self.clear_all)
        self.print_button.clicked.connect(self.print_list)
        bind_keys(
            self,
            {
                "worklist.do": self.do_current,
                "worklist.filters": self.filters.focus_first,
                "worklist.clear": self.clear_all,
                "worklist.print": self.print_list,
            },
        )

    def _build(self) -> None:
        title = QLabel("待办")
        title.setProperty("role", "title")
        self.summary.setProperty("role", "soft")
        self.do_button.setProperty("role", "primary")
        self.empty.setProperty("role", "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setMinimumHeight(row_px())
        self.foot.setProperty("role", "soft")
        self.foot.setWordWrap(True)
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.hide()
        self._middle.addWidget(self.tree)
        self._middle.addWidget(self.empty)
        self.filters.setFixedWidth(base_px() * _FILTERS)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(title)
        head.addWidget(self.summary, 1)
        for button in (self.clear_button, self.print_button, self.open_button, self.do_button):
            head.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.filters)
        row.addWidget(self._middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addLayout(row, 1)
        column.addWidget(self.detail)
        column.addWidget(self.foot)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
