"""One list of the page: what to find, filters, the table, what is known of the chosen row, its acts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change, IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.views.actions import keys_of
from desktop.views.patrol.list_reading import Listing, ListReading
from desktop.views.registers.page_card import PageCard
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, base_px
from desktop.views.workbench import Workbench

_LINES, _FEW_LINES = 7, 4
_TALL = 38  # characters
_PAUSE_OF_TYPING_MS = 150
_MORE = "还有没有列出的：写几个字查找，或者用筛选缩小范围。"
_PICK = 7  # characters: a short choice and the arrow
_CHANGES = frozenset({Change.ON_SITE, Change.FILINGS, Change.SETTINGS})
_NOT_THERE = "这一条不在您能看到的清单里，可能刚被办结或者不在您的片区。"


class ListTab(QWidget):
    """A subclass gives ``reading`` and ``card``; filters are pick lists and ticks that read the list anew.

    The list is read off the GUI thread; an answer that is no longer wanted is dropped, and the chosen row stays.
    ``may_act`` says whether the one at work keeps what happens on sites.
    """

    nothing_there = "还没有内容。"
    most = 200  # rows that are read at once: more would be felt

    def __init__(self, workbench: Workbench, table: RegisterTable, name: str, find_hint: str) -> None:
        super().__init__()
        self.bench, self.table = workbench, table
        self.banner, self.find_line, self.count = Banner(), TextField(), QLabel()
        self.page = PageCard(f"{table.objectName()}.card")
        self.table.setAccessibleName(name)
        self.find_line.setPlaceholderText(find_hint)
        self.find_line.setAccessibleName("查找")
        self.count.setProperty("role", "soft")
        self.bar = BusyBar("读取进度")
        self._head, self._buttons = QHBoxLayout(), FlowingLines()
        self._picks: list[PickList] = []
        self._wanted: int | None = None  # a row that must be among those read
        self._then: Callable[[], object] | None = None
        self._failed = False
        # Until the rows asked for are there, what stands chosen is not what the next key means.
        self._awaits_rows = True
        self._held: Callable[[], object] = self._nothing
        self._pause = QTimer(self, interval=_PAUSE_OF_TYPING_MS, singleShot=True)
        self._reading = ListReading(workbench.runner, self.bar, self)
        self._is_stale, self._day = True, workbench.desk.office.today()
        self._build()
        self.setFocusProxy(self.table)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_card())
        self.find_line.returnPressed.connect(self._found)
        self.find_line.textChanged.connect(lambda _text: self._type())
        self._pause.timeout.connect(self._narrow)
        bind_keys(self, {"patrol.find": self._to_find})
        workbench.changed.connect(self._after)

    @property
    def may_act(self) -> bool:
        """Say whether the one at work keeps patrols, hazards and what follows from them."""
        return self.bench.desk.sign_in.actor.may(Right.PATROL_FEEDBACK)

    @property
    def is_reading(self) -> bool:
        """Say whether an answer, or the end of the typing, is waited for."""
        return self._reading.is_under_way or self._pause.isActive()

    @abstractmethod
    def reading(self, wanted: int | None) -> Callable[[], Listing]:
        """Take down what the filters ask for; the work given runs on another thread and may raise ``ClerkError``.

        ``wanted`` is the id of a row that must be among those read, however many there are.
        """

    @abstractmethod
    def card(self, row_id: int) -> str:
        """Say what is known of the chosen row; may raise ``ClerkError``."""

    def show_rows(self) -> None:
        """Read the list anew; what was read is shown when it comes."""
        self._pause.stop()
        self._is_stale, self._day = False, self.bench.desk.office.today()
        self._reading.ask(lambda: self.reading(self._wanted), show=self._show, fail=self._fail)

    def stand_on(self, row_id: int, then: Callable[[], object] | None = None) -> None:
        """Stand on one row, whatever the filters, once the list is read, and go on from there."""
        self.forget_filters()
        self._wanted, self._then, self._awaits_rows = row_id, then, True
        self.show_rows()

    def when_read(self, act: Callable[[], object]) -> None:
        """Do an act with the chosen row; while other rows are being read, after they stand there."""
        if self._awaits_rows:
            self._held = act
        else:
            act()

    def _type(self) -> None:
        self._awaits_rows = True
        self._pause.start()

    def _narrow(self) -> None:
        """Read what another choice asks for; a row that was asked for before is wanted no more."""
        self._wanted = self._then = None
        self._awaits_rows = True
        self.show_rows()

    def _nothing(self) -> None:
        """Stands for no act."""

    def _show(self, listing: Listing) -> None:
        listing.keep()
        rows = listing.rows
        # The card is shown once, when rows and what is known of them fit together again.
        with QSignalBlocker(self.table):
            self.table.show_rows(rows)
        self.table.say_when_empty(self._words_when_empty())
        self.count.setText(f"先列 {len(rows)} 条" if len(rows) >= self.most else f"{len(rows)} 条")
        self.count.setToolTip(_MORE if len(rows) >= self.most else "")
        if self._failed:
            self._failed = False
            self.banner.hide()
        self._arrive()
        self._show_card()
        held, self._awaits_rows, self._held = self._held, False, self._nothing
        # On its own: a dialog that an act opens is no part of the reading.
        QTimer.singleShot(0, self, held)

    def _arrive(self) -> None:
        wanted, then = self._wanted, self._then
        self._wanted = self._then = None
        if wanted is None:
            return
        if not self._go_to(wanted):
            self.say(_NOT_THERE, Tone.AMBER, "注意")
        elif then is not None:
            then()

    def _fail(self, error: Exception) -> None:
        self.banner.say(describe(error).text, Tone.RED, mark="没有读出")
        self._failed, self._held = self._wanted is None, self._nothing
        if self._wanted is not None:
            # The row that was asked for is not for one's eyes; the others are.
            self._narrow()

    def _go_to(self, row_id: int) -> bool:
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and int(item.data(int(Qt.ItemDataRole.UserRole))) == row_id:
                self.table.setCurrentCell(row, 0)
                return True
        return False

    def forget_filters(self) -> None:
        """Show everything; a subclass with filters clears its own too."""
        self.find_line.set_value("")

    def add_filter(self, label: str, pick: PickList | QCheckBox) -> None:
        """Put a filter beside the finding line."""
        if isinstance(pick, QCheckBox):
            pick.toggled.connect(lambda _on: self._narrow())
        else:
            words = QLabel(label)
            words.setProperty("role", "soft")
            words.setBuddy(pick)
            pick.setAccessibleName(label.replace("&", ""))
            self._picks.append(pick)
            pick.setMinimumWidth(int(base_px() * _PICK))
            pick.changed.connect(self._narrow)
            self._head.insertWidget(self._head.count() - 1, words)
        self._head.insertWidget(self._head.count() - 1, pick, 0 if isinstance(pick, QCheckBox) else 1)

    def bind(self, acts: Mapping[str, tuple[str, Callable[[], object]]], *, primary: str = "") -> None:
        """Give each action of the table of keys a button with its short word and its key."""
        for key, (title, act) in acts.items():
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            if key == primary:
                button.setProperty("role", "primary")
            button.clicked.connect(lambda _checked=False, act=act: self.when_read(act))
            self._buttons.addWidget(button)
        bind_keys(self, {key: partial(self.when_read, act) for key, (_title, act) in acts.items()})

    def button(self, key: str) -> QPushButton | None:
        """Find the button of an action."""
        return self.findChild(QPushButton, key)

    def do(self, act: Callable[[], object], said: str) -> bool:
        """Do one act of a service, say so and tell the other pages; says whether it went well."""
        try:
            act()
        except ClerkError as error:
            self.say_trouble(error)
            return False
        self.told(said)
        return True

    def told(self, said: str, *more: Change) -> None:
        """Say what was done and tell all pages."""
        self.say(said)
        self.bench.changed.emit(frozenset({Change.ON_SITE, *more}))

    def say(self, text: str, tone: Tone = Tone.BLUE, mark: str = "已办") -> None:
        """Say what was done."""
        self.banner.say(text, tone, mark=mark)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong."""
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")

    def show_papers(self, papers: Sequence[IssuedPaper], title: str) -> None:
        """Preview papers, or say that there are none."""
        if papers:
            self.bench.papers_asked.emit(tuple(papers), title)
        else:
            self.say("还没有文书。", Tone.AMBER, "文书")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the rows where the window is low or the text large."""
        super().resizeEvent(event)
        self.page.show_lines(_LINES if event.size().height() > base_px() * _TALL else _FEW_LINES)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_picks"):
            for pick in self._picks:
                pick.setMinimumWidth(int(base_px() * _PICK))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What was in time yesterday may be late today.
        if self._is_stale or self._day != self.bench.desk.office.today():
            self.show_rows()

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and changes & _CHANGES:
            self._is_stale = True
            if self.isVisible():
                self.show_rows()

    def _show_card(self) -> None:
        chosen = self.table.chosen_id()
        try:
            self.page.say("" if chosen is None else self.card(chosen))
        except ClerkError as error:
            self.page.say(describe(error).text)

    def _words_when_empty(self) -> str:
        typed = self.find_line.value()
        return f"没有找到“{typed}”。" if typed else self.nothing_there

    def _to_find(self) -> None:
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def _found(self) -> None:
        if self._pause.isActive():
            self._narrow()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._head.setSpacing(SPACE_3)
        label = QLabel(f"查找（{keys_of('patrol.find')}）")
        label.setProperty("role", "soft")
        label.setBuddy(self.find_line)
        self._head.addWidget(label)
        self._head.addWidget(self.find_line, 2)
        self._head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(self._head)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.page)
        column.addLayout(self._buttons)
