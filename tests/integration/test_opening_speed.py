"""A ledger that was closed in good order opens without the long look at every page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.services.desk import LEDGER_NAME, open_desk
from tests.factories import LIGHT

# The time is part of what the note of the last closing knows the ledger by.
LONG_AGO_NS = 1_600_000_000_000_000_000


@pytest.mark.requirement("LG-P1")
def test_opening_and_closing_an_untouched_ledger_leaves_its_time_as_it_was(data_folder: Path) -> None:
    open_desk(data_folder, effort=LIGHT).close()
    ledger = data_folder / LEDGER_NAME
    os.utime(ledger, ns=(LONG_AGO_NS, LONG_AGO_NS))

    open_desk(data_folder, effort=LIGHT).close()

    assert ledger.stat().st_mtime_ns == LONG_AGO_NS
