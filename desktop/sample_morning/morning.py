"""The sample morning from the first start to the backup, on a ledger of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from desktop.sample_morning.handing_over import HandingOver
from desktop.sample_morning.on_site import OnSite
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.play import Player
from desktop.sample_morning.script import Morning, read_morning
from desktop.services.desk import Desk, open_desk
from desktop.services.resources import resources_folder


def play_morning(data_folder: Path) -> int:
    """Play the morning on a fresh ledger below the data folder and say where everything lies."""
    folder = data_folder / "sample-morning" / f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    print("没有显示器：在屏幕外的真实窗口里演示一个上午的受理和巡查。")
    desk = open_desk(folder)
    try:
        for line in whole_morning(desk, read_morning(resources_folder() / "samples" / "morning.toml"), folder):
            print(line)
            sys.stdout.flush()
    finally:
        desk.close()
    print(f"文书：{folder / 'papers'}\n截图：{folder / 'screenshots'}\n备份：{folder / 'backups'}\n台账：{folder}")
    return 0


def whole_morning(desk: Desk, morning: Morning, folder: Path) -> Iterator[str]:
    """Open the day, serve everybody, patrol, let others review, verify and back up; gives a line for each step."""
    day, player = SampleDay(desk, morning.office, folder / "screenshots"), Player(desk, folder)
    yield from day.open()
    try:
        yield from player.play(morning)
        yield from OnSite(player, day, visits=morning.walk_ins[0].name).play()
        yield from HandingOver(player, day).play()
    finally:
        player.close()
