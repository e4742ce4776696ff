"""One trouble in the clerk's words, as the tables of troubles give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One trouble as shown: what happened, the details where there are some, and what to do."""

    title: str
    remedy: str
    details: str = ""

    @property
    def text(self) -> str:
        """Give it as one sentence for the status line or a banner."""
        return f"{self.title}{self.remedy}"


Say = Callable[[Mapping[str, object]], Trouble]


def trouble(title: str, remedy: str, details: str = "") -> Trouble:
    """Give a trouble with what happened and what to do."""
    return Trouble(title=title, remedy=remedy, details=details)
