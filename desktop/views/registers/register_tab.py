"""One register on the page: what to find, the table, its buttons, and what was said last."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.views.actions import keys_of
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


class RegisterTab(QWidget):
    """A register with its finding line above and its keys below.

    A subclass gives the rows (``rows``) and binds its acts with ``bind``; ``may_change`` says whether the one at work
    keeps the registers.  ``nothing_there`` is said in an empty register, ``first_step`` to whoever may fill it.
    """

    nothing_there = "还没有内容。"
    first_step = ""

    def __init__(self, workbench: Workbench, table: RegisterTable, find_hint: str) -> None:
        super().__init__()
        self.bench, self.table = workbench, table
        self.banner, self.find_line, self.count = Banner(), TextField(), QLabel()
        self.with_inactive = QCheckBox("含停用(&Q)")
        self.find_line.setPlaceholderText(find_hint)
        self.find_line.setAccessibleName("查找")
        self.count.setProperty("role", "soft")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_2)
        self._head = QHBoxLayout()
        self._build()
        self.setFocusProxy(self.table)
        self.find_line.textChanged.connect(lambda _text: self._count())
        self.with_inactive.toggled.connect(lambda _on: self.show_rows())
        bind_keys(self, {"registers.find": self._to_find})
        workbench.changed.connect(self._after)

    @property
    def may_change(self) -> bool:
        """Say whether the one at work keeps the registers."""
        return self.bench.desk.sign_in.actor.may(Right.KEEP_REGISTERS)

    @abstractmethod
    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the rows as they are now; may raise ``ClerkError``."""

    def show_rows(self) -> None:
        """Read the register anew."""
        try:
            self.table.show_rows(self.rows())
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有读出")
            return
        self._count()

    def bind(self, acts: Mapping[str, tuple[str, Callable[[], object]]], *, primary: str = "") -> None:
        """Give each action of the table of keys a button with its short word and its key."""
        for key, (title, act) in acts.items():
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            if key == primary:
                button.setProperty("role", "primary")
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.addWidget(button)
        bind_keys(self, {key: act for key, (_title, act) in acts.items()})

    def say(self, text: str, tone: Tone = Tone.BLUE, mark: str = "已保存") -> None:
        """Say what was done."""
        self.banner.say(text, tone, mark=mark)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def told(self) -> None:
        """Tell all pages that the registers changed."""
        self.bench.changed.emit(frozenset({Change.PARTIES}))

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and changes & {Change.PARTIES, Change.SETTINGS}:
            self.show_rows()

    def _count(self) -> None:
        left = self.table.find_text(self.find_line.value())
        self.table.say_when_empty(self._words_when_empty())
        self.count.setText(f"{left} 条" if left == self.table.rowCount() else f"{left} / {self.table.rowCount()} 条")

    def _words_when_empty(self) -> str:
        if self.table.rowCount():
            return f"没有找到“{self.find_line.value()}”。{keys_of('registers.find')} 改查找的字。"
        may_add = self.findChild(QPushButton, "registers.new") is not None
        return f"{self.nothing_there}{self.first_step if may_add else ''}"

    def _to_find(self) -> None:
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def _build(self) -> None:
        self._head.setSpacing(SPACE_3)
        label = QLabel(f"查找（{keys_of('registers.find')}）")
        label.setProperty("role", "soft")
        label.setBuddy(self.find_line)
        self._head.addWidget(label)
        self._head.addWidget(self.find_line, 1)
        self._head.addWidget(self.with_inactive)
        self._head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(self._head)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons)
        self._buttons.addStretch(1)
