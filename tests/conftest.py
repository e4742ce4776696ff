"""What every test needs: no screen, the shipped pack, the shipped calendar."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import build_application
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs, load_packs
from desktop.services.resources import policies_folder, shipped_calendar
from desktop.views.shared.collector import collect_when_due


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Garbage goes on the main thread between tests, once the program's collector has taken over."""
    yield
    if not gc.isenabled():
        collect_when_due()


@pytest.fixture(scope="session")
def packs() -> Packs:
    """All shipped packs."""
    return load_packs(policies_folder())


@pytest.fixture(scope="session")
def pack(packs: Packs) -> PolicyPack:
    """The shipped 龙岗 pack."""
    return packs.packs[0]


@pytest.fixture(scope="session")
def calendar() -> WorkdayCalendar:
    """The shipped working-day calendar."""
    return shipped_calendar()


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it: shipped fonts, Chinese, the theme."""
    return build_application()
