"""Keeps the unfinished form safe from second to second (at most a second of typing is ever lost)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.acts import BegunFrom
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk

AFTER_LAST_CHANGE_MS: Final = 500
WHILE_TYPING_MS: Final = 900
_FROM_NOTHING: Final = BegunFrom()


class DraftKeeper(QObject):
    """Saves the form half a second after the last change and at least each second while typing goes on."""

    saved = Signal(object)  # datetime, UTC
    failed = Signal(object)  # ClerkError: the draft could not be kept

    def __init__(self, desk: Desk, read: Callable[[], WalkIn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = read
        self._after_last = self._timer(AFTER_LAST_CHANGE_MS)
        self._at_latest = self._timer(WHILE_TYPING_MS)
        self.begin()

    def begin(
        self, draft_id: str | None = None, *, filing_id: int | None = None, begun_from: BegunFrom = _FROM_NOTHING
    ) -> None:
        """Start with another form: a fresh draft, or an earlier one that is taken up again."""
        self._stop()
        self.draft_id = draft_id or uuid4().hex
        self.filing_id, self.begun_from = filing_id, begun_from
        self._stored = draft_id is not None
        self._waiting = False

    @property
    def is_waiting(self) -> bool:
        """Say whether something typed is not yet kept."""
        return self._waiting

    def touch(self) -> None:
        """Note a change; it will be kept soon."""
        self._waiting = True
        self._after_last.start()
        if not self._at_latest.isActive():
            self._at_latest.start()

    def flush(self) -> None:
        """Keep what is waiting now; nothing typed means nothing to keep.

        Raises ``ClerkError`` when it cannot be kept; it is still waiting then, and the next change tries again.
        """
        self._stop()
        if not self._waiting:
            return
        saved_at = self._desk.drafts.save(
            self.draft_id, self._read(), filing_id=self.filing_id, begun_from=self.begun_from
        )
        self._stored, self._waiting = True, False
        self.saved.emit(saved_at)

    def forget(self) -> None:
        """Remove the stored draft; the form was emptied on purpose."""
        self._stop()
        self._waiting = False
        if self._stored:
            self._desk.drafts.discard(self.draft_id)
            self._stored = False

    def _on_time(self) -> None:
        try:
            self.flush()
        except ClerkError as trouble:
            self.failed.emit(trouble)

    def _stop(self) -> None:
        self._after_last.stop()
        self._at_latest.stop()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._on_time)
        return timer
