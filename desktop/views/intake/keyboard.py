"""Where the keyboard goes on the intake page: to what is still open, and back to where it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.domain.acts import Preview
from desktop.views.intake.working_view import WorkingView
from desktop.views.shared.pick_list import PickList


class Keyboard(QObject):
    """Remembers the field last used and finds the next one; ``refresh`` assesses what is typed by now."""

    def __init__(self, working: WorkingView, *, refresh: Callable[[], Preview], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._working, self._refresh = working, refresh
        self._form, self._materials = working.form, working.materials
        self._last_used: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note)

    def begin(self) -> None:
        """Go to the first field of the form."""
        self._form.kind.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def come_back_to(self, editor: QWidget | None) -> None:
        """Let this be where the keyboard was; None for a new matter."""
        self._last_used = editor

    def come_back(self) -> None:
        """Go to where the keyboard was, else to the first field."""
        used = self._last_used
        if used is not None and isValid(used) and used.isVisibleTo(self._working):
            used.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin()

    def settle(self) -> None:
        """Take what stands half chosen in the field with the keyboard, as leaving it would."""
        here = QApplication.focusWidget()
        if isinstance(here, PickList) and self._working.isAncestorOf(here):
            here.settle()

    def to_fact(self, fact: str) -> None:
        """Go to the field of a declared fact."""
        self._form.focus_on(f"facts.{fact}")

    def to_next_unknown(self) -> None:
        """Go to the next fact that would decide, or to the next paper that is not judged."""
        self.settle()
        preview = self._refresh()
        path = self._form.next_unknown(preview.assessment.missing_facts)
        if path is not None:
            self._form.focus_on(path)
        elif preview.unjudged:
            self._materials.focus_first_open(preview.unjudged)

    def to_materials(self) -> None:
        """Go to the first paper that is not judged."""
        self.settle()
        self._materials.focus_first_open(self._refresh().unjudged)

    def _note(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._working.isAncestorOf(now):
            self._last_used = now
