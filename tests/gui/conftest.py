"""A desk on a real ledger in a temporary folder, and the workbench every page is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.services.desk import Desk, open_desk
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, LIGHT, office
from tests.gui.side_by_side import WINDOWS

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[None]:
    """The theme is on, as in the program; windows of single widgets go when the test ends."""
    apply_theme(qapp)
    yield
    WINDOWS.clear()


@pytest.fixture
def bare_desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """A desk before the first start; the theme is on, as in the program."""
    apply_theme(qapp)
    opened = open_desk(tmp_path / "data", today=lambda: FILED_ON, now=lambda: NOW, effort=LIGHT)
    yield opened
    opened.close()


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """A desk of an invented street office with an empty ledger."""
    bare_desk.office.set_up(office())
    return bare_desk


@pytest.fixture
def workbench(desk: Desk) -> Iterator[Workbench]:
    """The workbench over the desk; work under way is waited for."""
    bench = Workbench(desk)
    yield bench
    bench.runner.finish()
