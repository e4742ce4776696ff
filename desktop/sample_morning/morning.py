"""The sample morning from the first start to the backup, on a ledger of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.sample_morning.figures import Figures
from desktop.sample_morning.handing_over import HandingOver
from desktop.sample_morning.on_site import OnSite
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.play import Player
from desktop.sample_morning.script import Morning, read_morning
from desktop.services.desk import Desk, open_desk
from desktop.services.resources import resources_folder

REPORTS: Final = "reports"


def play_morning(data_folder: Path) -> int:
    """Play the morning on a fresh ledger below the data folder and say where everything lies."""
    folder = data_folder / "sample-morning" / f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    print("没有显示器：在屏幕外的真实窗口里演示一个上午的受理、巡查和统计。")
    desk = open_desk(folder)
    try:
        for line in whole_morning(desk, read_morning(resources_folder() / "samples" / "morning.toml"), folder):
            print(line)
            sys.stdout.flush()
    finally:
        desk.close()
    for what, place in (("文书", "papers"), ("报表", REPORTS), ("截图", "screenshots"), ("备份", "backups")):
        print(f"{what}：{folder / place}")
    print(f"台账：{folder}")
    return 0


def whole_morning(desk: Desk, morning: Morning, folder: Path) -> Iterator[str]:
    """Open the day, serve everybody, patrol, count, let others review, verify and back up; gives a line for each."""
    day, player = SampleDay(desk, morning.office, folder / "screenshots"), Player(desk, folder)
    yield from day.open()
    try:
        yield from player.play(morning)
        yield from OnSite(player, day, visits=morning.walk_ins[0].name).play()
        yield from Figures(player, day, folder / REPORTS).play()
        yield from HandingOver(player, day).play()
    finally:
        player.close()
