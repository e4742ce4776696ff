"""Leaving in the middle: the power goes, or the window is closed; the form is there on the next start."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.services.desk import open_desk
from tests.factories import office
from tests.journeys import people
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_MOST_LOST_SECONDS = 1.0
_TYPED_SECONDS = 1.9
_REPOSITORY = Path(__file__).resolve().parents[2]


def typed_until_the_power_goes(folder: Path) -> tuple[list[tuple[str, float]], float]:
    """Let somebody type in another program and kill it in mid-typing; gives what was typed when, and the end."""
    command = [sys.executable, "-m", "tests.journeys.typing_child", str(folder)]
    with subprocess.Popen(command, cwd=_REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        typed: list[tuple[str, float]] = []
        for line in child.stdout:
            char, at = line.decode().split()
            typed.append((char, float(at)))
            if typed[-1][1] - typed[0][1] >= _TYPED_SECONDS:
                break
        ended_at = time.monotonic()
        child.kill()
        child.wait()
    return typed, ended_at


def test_a_power_cut_in_mid_typing_costs_at_most_one_second(closed: Journey) -> None:
    desk = open_desk(closed.folder)
    desk.office.set_up(office())
    desk.close()
    typed, ended_at = typed_until_the_power_goes(closed.folder)
    assert len(typed) > 20, "the clerk was typing"

    closed.start()
    kept = closed.typed().project_name
    everything = "".join(char for char, _at in typed)
    old_enough = "".join(char for char, at in typed if ended_at - at > _MOST_LOST_SECONDS)
    assert old_enough
    assert kept.startswith(old_enough)
    assert kept.startswith(everything) or everything.startswith(kept), "nothing else than what was typed"
    assert closed.typed().facts.text("kind") == "small_work"
    assert "已接上" in closed.window.draft_banner.text


def test_closing_the_window_in_the_middle_loses_not_a_letter(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge("O1 ")
    journey.fill(("remark", "最后一个字"))
    typed = journey.typed()
    journey.leave()

    journey.start()
    assert journey.window.page_key == "intake"
    assert journey.typed() == typed
    assert "已接上" in journey.window.draft_banner.text
    journey.judge("{Shift+Space}")
    journey.keys("{F9}")
    assert "应一次性告知" in journey.label("act.why").text(), "the verdict on the missing paper is still there"
    journey.decide("{F8}")
    journey.leave()

    journey.start()
    assert journey.typed().project_name == "", "what is decided is no draft any more"
    assert journey.window.draft_banner.text == ""


def test_an_unfinished_form_waits_while_others_are_served(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(name="等材料的一件"))
    journey.keys("{Ctrl+N}")
    journey.fill(*people.signboard())
    journey.judge("{Shift+Space}")
    journey.decide("{F9}")
    journey.keys("{Ctrl+N}", "{Alt+K}")
    assert journey.here() == "drafts.list"
    journey.keys("{Enter}")
    assert journey.typed().project_name == "等材料的一件"


@pytest.mark.requirement("LG-27-3c4")
def test_a_next_visit_left_in_the_middle_goes_on_as_that_visit(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge("1{Shift+Space}")
    told = journey.decide("{F8}")
    journey.find(told)
    journey.open_found()
    journey.keys("{F5}")
    journey.see(lambda: journey.window.page_key == "intake", "the next visit")
    journey.fill(("remark", "补来一份"))
    journey.leave()

    journey.start()
    assert "第 2 次来窗" in journey.intake.head.banner.text
    assert journey.typed().remark == "补来一份"
    journey.judge(" ")
    number = journey.decide("{F9}")
    assert journey.file(number).row.visits == 2
