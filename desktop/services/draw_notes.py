"""What the inspection of a drawn filing came to: whether it can be kept, and keeping it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.sampling import InspectionNote, InspectionResult
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.random_draw import DrawnFiling
from desktop.services.audit import FieldChange
from desktop.services.visits import visit_to

LONGEST_NOTE: Final = 300


def fit_words(note: InspectionNote, today: date) -> str:
    """Give the words of a note as kept; raises ``ClerkError``: note_unfit, day_not_possible."""
    fault, words = text_fault(note.note.strip(), longest=LONGEST_NOTE), clean_text(note.note)
    if fault:
        raise ClerkError("note_unfit", why=f"{fault}。")
    if not words and note.result is not InspectionResult.IN_ORDER:
        raise ClerkError("note_unfit", why="发现问题或者未能检查的，请写明情况。")
    if note.inspected_on > today:
        raise ClerkError("day_not_possible", why="检查日期晚于今天。")
    return words


def check_patrol(session: Session, note: InspectionNote) -> None:
    """Raise ``ClerkError("no_such_patrol")`` for a visit that is not seen, or was to another site."""
    if note.patrol_id is not None:
        visit_to(session, note.patrol_id, SiteRef(filing_id=note.filing_id))


def put_note(drawn: DrawnFiling, note: InspectionNote, words: str) -> list[FieldChange]:
    """Put a note into its row; gives what it changed."""
    new: dict[str, Any] = {
        "result": note.result.value,
        "inspected_on": note.inspected_on,
        "patrol_id": note.patrol_id,
        "note": words,
    }
    before = {name: getattr(drawn, name) for name in new}
    for name, value in new.items():
        setattr(drawn, name, value)
    return [(f"draw.{name}", _told(before[name]), _told(value)) for name, value in new.items() if before[name] != value]


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
