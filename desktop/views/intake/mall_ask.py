"""Shops of one mall on the intake page: the marks of what was carried over, and the window of malls behind its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.acts import BegunFrom
from desktop.domain.batch import may_be_shop
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import Batch, WalkIn
from desktop.services.revisits import Revisit
from desktop.views.intake.beginnings import FROM_NOTHING, Begin
from desktop.views.intake.draft_keeper import DraftKeeper
from desktop.views.intake.keyboard import Keyboard
from desktop.views.intake.taken_over import TakenOver
from desktop.views.intake.working_view import WorkingView
from desktop.views.shared.messages import describe
from desktop.views.workbench import Workbench


class MallAsk(QObject):
    """Opens the malls; what is chosen there is put on the form.  ``drafted`` says that drafts were begun."""

    shown = Signal(object)  # the dialog
    drafted = Signal()

    def __init__(
        self,
        workbench: Workbench,
        working: WorkingView,
        keyboard: Keyboard,
        keeper: DraftKeeper,
        *,
        begin: Begin,
        may_begin: Callable[[], bool],
        walk_in: Callable[[], WalkIn],
    ) -> None:
        super().__init__(working)
        self._bench, self._working, self._keyboard, self._keeper = workbench, working, keyboard, keeper
        self._begin, self._may_begin, self._walk_in = begin, may_begin, walk_in
        self._revisit: Revisit | None = None
        self._is_joining = False
        self.taken = TakenOver(working.form, self)

    def begin(self, walk_in: WalkIn, revisit: Revisit | None, begun_from: BegunFrom) -> None:
        """Mark what a matter was begun with, and say so at its head unless something else is said there."""
        self._revisit = revisit
        is_new = revisit is None and begun_from == FROM_NOTHING
        # What was typed on this very form was carried over from nowhere.
        self.taken.begin(walk_in if is_new and not self._is_joining else WalkIn())
        if is_new and walk_in.batch.name:
            self._working.head.show_begun("商圈一揽子", self.taken.words(walk_in.batch.name))

    def ask(self) -> None:
        """Show the malls, with the matter on the form as one that could begin a mall."""
        from desktop.views.intake.malls_dialog import MallsDialog

        self._keyboard.settle()
        matter = self._walk_in()
        dialog = MallsDialog(self._bench, matter if may_be_shop(matter) else WalkIn(), self._working)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.next_asked.connect(self.next_of)
        dialog.join_asked.connect(self.join)
        dialog.drafted.connect(self.drafted)
        dialog.open()
        self.shown.emit(dialog)

    def next_of(self, mall: str) -> None:
        """Begin the next shop of a mall."""
        if not self._may_begin():
            return
        try:
            shared = self._bench.desk.malls.next_of(mall)
        except ClerkError as trouble:
            self._working.actions_bar.say(describe(trouble).text)
            return
        self._begin(shared)

    def join(self, mall: str) -> None:
        """Let the matter on the form be one of a mall; everything typed stays."""
        matter, keeper = self._walk_in(), self._keeper
        began_with = matter.batch.began_with if matter.batch.name == mall else ""
        matter = replace(matter, batch=Batch(name=mall, began_with=began_with))
        self._is_joining = True
        self._begin(matter, revisit=self._revisit, draft_id=keeper.draft_id, begun_from=keeper.begun_from)
        self._is_joining = False
        keeper.touch()
