"""Keeps a draft of the rules while one types: soon after the last key, off the GUI thread, never two at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import ClerkError, Fault
from desktop.domain.pack_version import PackTree, VersionHead
from desktop.services.desk import Desk
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_PAUSE_MS: Final = 2500
_ABOUT_HEAD: Final = ("version_head_unfit", "version_exists")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept: its head, its faults, and why the head as typed was not taken."""

    head: VersionHead
    faults: tuple[Fault, ...]
    trouble: ClerkError | None = None


class DraftSaving(QObject):
    """``kept`` follows each time, ``failed`` when nothing could be written."""

    kept = Signal(object)  # Kept
    failed = Signal(object)  # Exception

    def __init__(
        self,
        workbench: Workbench,
        version_id: int,
        head: VersionHead,
        give: Callable[[], tuple[PackTree, VersionHead]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bench, self._version_id, self._last, self._give = workbench, version_id, head, give
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.save)
        self._is_saving, self._is_dirty = False, False
        self._then: list[Callable[[], object]] = []

    @property
    def is_dirty(self) -> bool:
        """Say whether something typed is not kept yet."""
        return self._is_dirty or self._is_saving

    def touch(self) -> None:
        """Something was typed: keep it after a pause."""
        self._is_dirty = True
        self._timer.start()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the draft as it stands now, and then do something."""
        if then is not None:
            self._then.append(then)
        if self._is_saving:
            self._is_dirty = True
            return
        self._timer.stop()
        self._is_saving, self._is_dirty = True, False
        tree, head = self._give()
        desk, version_id, last = self._bench.desk, self._version_id, self._last
        self._bench.runner.run(
            lambda _progress: keep(desk, version_id, tree, head, last=last),
            done=while_there(self, self._kept),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _kept(self, kept: Kept) -> None:
        self._is_saving, self._last = False, kept.head
        self.kept.emit(kept)
        if self._is_dirty:
            self.save()
            return
        then, self._then = self._then, []
        for each in then:
            each()

    def _failed(self, error: Exception) -> None:
        self._is_saving, self._is_dirty, self._then = False, True, []
        self.failed.emit(error)


def keep(desk: Desk, version_id: int, tree: PackTree, head: VersionHead, *, last: VersionHead) -> Kept:
    """Keep a draft; where its head cannot be taken, under the last one, so that the rules are never lost for it."""
    spares = (head, replace(head, version=last.version), replace(last, effective_from=head.effective_from), last)
    trouble: ClerkError | None = None
    for spared in spares:
        try:
            return Kept(head=spared, faults=desk.pack_versions.keep(version_id, tree, spared), trouble=trouble)
        except ClerkError as error:
            if error.code not in _ABOUT_HEAD or spared is last:
                raise
            trouble = trouble or error
    raise AssertionError  # the last of them returned or raised
