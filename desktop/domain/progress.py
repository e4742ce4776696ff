"""How long work says how far it is, and how it is asked to stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """Raised by ``Progress.step`` when the clerk no longer wants the work; nothing has been written then."""


class Progress(Protocol):
    """Takes steps of long work."""

    def step(self, done: int, total: int) -> None:
        """Say how many of all steps are done; raises ``Cancelled`` when the work is no longer wanted."""


class Silent:
    """Progress that nobody watches."""

    def step(self, done: int, total: int) -> None:
        """Take the step without a word."""


SILENT = Silent()
