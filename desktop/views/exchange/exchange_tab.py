"""What the tabs of the exchange share: a banner, a row of buttons with their keys, and reading off the GUI thread."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

ALL_CHANGES = frozenset(Change)


class ExchangeTab(QWidget):
    """A subclass fills ``column`` and gives ``read_anew``; acts are bound with ``bind``."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = workbench
        self.banner, self.column, self._buttons = Banner(), QVBoxLayout(), QHBoxLayout()
        self._asked = 0
        self.column.setSpacing(SPACE_2)
        self._buttons.setSpacing(SPACE_2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        whole.setSpacing(SPACE_2)
        whole.addWidget(self.banner)
        whole.addLayout(self.column, 1)
        whole.addLayout(self._buttons)
        self._buttons.addStretch(1)

    @abstractmethod
    def read_anew(self) -> None:
        """Read what the tab shows; called each time it is shown."""

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

    def heading(self, words: str = "") -> QLabel:
        """Make a heading between two parts."""
        made = QLabel(words)
        made.setProperty("role", "heading")
        return made

    def say(self, text: str, tone: Tone = Tone.GREEN, mark: str = "好了") -> None:
        """Say what was done."""
        self.banner.say(text, tone, mark=mark)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def look_up(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Read off the GUI thread; an answer that a later question has overtaken is dropped."""
        self._asked += 1
        asked = self._asked
        self.bench.runner.run(
            lambda _progress: work(),
            done=while_there(self, lambda found: done(found) if asked == self._asked else None),
            failed=while_there(self, self.say_trouble),
        )
