"""What is typed of an entry, kept while the page is closed for somebody else to work here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.patrol import CheckAnswer, PatrolSite
from desktop.domain.patrol_details import PatrolDetails
from desktop.views.patrol.hazard_lines import HazardLine
from desktop.views.patrol.visit_fields import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """One unfinished entry."""

    site: PatrolSite | None
    is_scanned: bool
    visit: Visit
    answers: tuple[CheckAnswer, ...]
    hazards: tuple[HazardLine, ...]
    details: PatrolDetails | None
    photos: tuple[Path, ...]
    act_id: str
