"""Errors that a clerk or a pack author can put right; wording for the screen lives in the views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class ClerkError(Exception):
    """Trouble that the person at the window can put right.

    ``code`` names the trouble for the views' wording; ``details`` carries the values to show.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details: Mapping[str, object] = details

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code}({shown})"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input file: where it is and how to put it right."""

    where: str
    what: str


class FaultyInput(Exception):
    """An input that cannot be used; carries every fault found, not the first."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{fault.where}: {fault.what}" for fault in self.faults)
