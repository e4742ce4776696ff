"""The industry departments that a document names, each with its field and its article; a pack lists its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.search_keys import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department: its usual name, its other names and the field it guides."""

    name: str
    aliases: tuple[str, ...] = ()
    field: str = ""
    article: str = ""


def annex_department(text: str, departments: Iterable[Department]) -> str:
    """Give the name that the pack has for a department called otherwise; the text itself when it names none."""
    wanted = normalise(text)
    for department in departments:
        if wanted in {normalise(name) for name in (department.name, *department.aliases)}:
            return department.name
    return text.strip()
