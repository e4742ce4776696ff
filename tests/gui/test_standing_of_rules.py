"""The chip at the top says how the rules stand: expired, without a day, not yet in force, or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.policy.loader import Packs
from desktop.views.frame.top_bar import TopBar
from desktop.views.shared.chips import Chip


@pytest.mark.requirement("HL-5-1", "Q-SJ", "Q-JS")
@pytest.mark.parametrize(
    ("place", "on", "shown"),
    [
        ("huli", date(2026, 3, 2), "规则：已失效"),
        ("songjiang", date(2026, 3, 2), "规则：没有施行日期"),
        ("junshan", date(2026, 4, 15), "规则：尚未施行"),
        ("junshan", date(2026, 4, 16), ""),
    ],
)
def test_the_chip_says_how_the_rules_stand(qtbot: QtBot, packs: Packs, place: str, on: date, shown: str) -> None:
    bar, pack = TopBar(), packs.versions(place)[0]
    qtbot.addWidget(bar)
    bar.show_pack(pack, on)
    # What the file leaves open is counted behind how it stands.
    said = shown.removeprefix("规则："), f"待补 {len(pack.gaps())} 项" if pack.gaps() else ""
    chips = ["规则：" + "，".join(filter(None, said))] if any(said) else []
    assert [chip.text for chip in bar.findChildren(Chip) if chip.isVisibleTo(bar)] == chips
