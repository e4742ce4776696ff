"""The explanation of what is typed so far, asked for by its key or by the button beside the decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.walk_in import WalkIn
from desktop.views.intake.keyboard import Keyboard
from desktop.views.intake.working_view import WorkingView
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.workbench import Workbench


class ExplainAsk(QObject):
    """Opens the explanation; ``walk_in`` gives the matter as typed."""

    shown = Signal(object)  # the dialog

    def __init__(
        self, workbench: Workbench, working: WorkingView, keyboard: Keyboard, *, walk_in: Callable[[], WalkIn]
    ) -> None:
        super().__init__(working)
        self._bench, self._working, self._keyboard, self._walk_in = workbench, working, keyboard, walk_in
        working.decision.explain_button.clicked.connect(self.ask)
        bind_keys(working, {"intake.explain": self.ask})

    def ask(self) -> None:
        """Explain what is typed by now."""
        from desktop.views.explaining.explanation_dialog import explain_walk_in

        self._keyboard.settle()
        self.shown.emit(explain_walk_in(self._bench, self._walk_in(), self._working))
