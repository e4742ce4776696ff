"""A clerk who types and types until the power goes: ``python -m tests.journeys.typing_child FOLDER``.

Each character is told on standard output with the moment (monotonic seconds) it was typed.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest

from desktop.app import build_application
from desktop.sample_morning.typist import Typist
from desktop.services.desk import open_desk
from desktop.views.main_window import MainWindow
from desktop.views.workbench import Workbench

_BETWEEN_KEYS_MS = 40
_WORDS = "一层商铺装修吊顶墙面灯具"


def type_for_ever(folder: Path) -> None:
    """Open the ledger, begin a matter, and type its name without a pause."""
    application = build_application()
    window = MainWindow(Workbench(open_desk(folder)))
    typist = Typist(window)
    typist.take_over(window)
    typist.keys("{Ctrl+N}")
    typist.walk_to("facts.kind")
    typist.keys("1")
    typist.walk_to("project_name")
    for place in range(10_000):
        char = _WORDS[place % len(_WORDS)]
        typist.keys(char)
        print(char, time.monotonic(), flush=True)
        QTest.qWait(_BETWEEN_KEYS_MS)
    application.quit()


if __name__ == "__main__":
    type_for_ever(Path(sys.argv[1]))
