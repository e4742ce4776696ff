"""What every test needs: no screen, the shipped pack, the shipped calendar."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import build_application
from desktop.domain.local_rules import work_by
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs, load_packs
from desktop.services.resources import policies_folder, shipped_calendar
from tests.quick_press import QuickRender
from tests.quick_schema import QuickSchema
from tests.quick_statements import QuickStatements


@pytest.fixture(scope="session", autouse=True)
def _opened_quickly() -> Iterator[None]:
    """Do once for a run what is the same each time: the suite opens thousands of ledgers."""
    # What is loaded by now stays; looking through it at every collection would only take time.
    gc.freeze()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("desktop.services.desk.load_packs", cache(load_packs))
        patched.setattr("desktop.services.desk.migrate", QuickSchema())
        patched.setattr("desktop.documents.pdf.render", QuickRender())
        patched.setattr("desktop.models.database._engine", QuickStatements())
        patched.setattr(QtBot, "addWidget", _kept(QtBot.addWidget))
        yield


# The test bot knows its widgets by weak references.  One that stands in a circle would be destroyed, still in sight, by
# the program's collector as soon as the test function is over; hiding then sends events to children half taken apart.
_SHOWN: list[QWidget] = []


def _kept(add: Callable[..., None]) -> Callable[..., None]:
    def added(self: QtBot, widget: QWidget, **how: Any) -> None:
        _SHOWN.append(widget)
        add(self, widget, **how)

    return added


@pytest.fixture(autouse=True)
def _collected() -> None:
    """Garbage goes on the main thread between tests, once the program's collector has taken over."""
    # Before a test, not after it: until its end the test before held on to its windows, and what is frozen stays.
    _SHOWN.clear()
    if not gc.isenabled():
        gc.collect()
        # What is left belongs to the run; looking through all of it before every test would take minutes.
        gc.freeze()


@pytest.fixture(scope="session")
def packs() -> Packs:
    """All shipped packs."""
    return load_packs(policies_folder())


@pytest.fixture(autouse=True)
def _speaks_as_shipped(packs: Packs) -> None:
    """Say words and cite articles of the shipped rules; a test of another place leaves nothing behind."""
    work_by(packs.versions("longgang")[0].local_rules)


@pytest.fixture(scope="session")
def pack(packs: Packs) -> PolicyPack:
    """The shipped 龙岗 pack."""
    return packs.versions("longgang")[0]


@pytest.fixture(scope="session")
def calendar() -> WorkdayCalendar:
    """The shipped working-day calendar."""
    return shipped_calendar()


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it: shipped fonts, Chinese, the theme."""
    return build_application()
