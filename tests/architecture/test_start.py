"""The window opens without what only papers, sheets and pictures need: each would hold the clerk up at every start."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("openpyxl", "xlsxwriter", "reportlab", "PIL", "lxml", "pypdfium2", "segno", "pypinyin")


def test_no_library_of_papers_or_sheets_is_loaded_with_the_window() -> None:
    script = (
        "import sys, desktop.views.main_window, desktop.services.desk; "
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert loaded.stdout.split() == []
