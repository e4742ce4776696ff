"""Starts the program on a ledger and prints the milliseconds from the process's birth to a window one can use."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def measure(data_folder: Path, passphrase: str = "") -> float:
    """Run this module in a fresh process and give its milliseconds."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BENCH_PASSPHRASE": passphrase}
    environment["BENCH_BORN"] = repr(time.time())
    command = [sys.executable, "-m", "benchmarks.cold_start", str(data_folder)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(said.stdout.split()[-1])


def main(data_folder: Path) -> None:
    """Do what the program does up to the first painted window with its keyboard focus, then print the time."""
    from desktop.app import build_application
    from desktop.models.ledger_key import Unlock
    from desktop.services.desk import open_desk  # before Qt is loaded, as the program does

    application = build_application()
    desk = open_desk(data_folder, unlock=Unlock(passphrase=os.environ["BENCH_PASSPHRASE"]))
    from desktop.views.main_window import MainWindow
    from desktop.views.workbench import Workbench

    window = MainWindow(Workbench(desk))
    window.show()
    application.processEvents()
    window.grab()
    print((time.time() - float(os.environ["BENCH_BORN"])) * 1000)
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
