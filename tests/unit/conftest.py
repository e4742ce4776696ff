"""What several of the unit tests need."""

from __future__ import annotations

import pytest

from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from tests.paper_desk import Desk


@pytest.fixture
def desk(pack: PolicyPack, calendar: WorkdayCalendar) -> Desk:
    """Makes the papers of decided matters."""
    return Desk(pack, calendar)
