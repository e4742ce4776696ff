"""A registration on a false declaration is revoked by the manager, its notice delivered, and nobody changes it more."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.acts import Status
from desktop.domain.registration_life import LifeAct, LifeState
from desktop.domain.worklist import TaskKind
from desktop.views.life.life_dialogs import DeliveryDialog, RevocationDialog
from tests.integration.at_work import CLERK, MANAGER
from tests.journeys import people
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import PATROLLER, done, is_sound, on_worklist, opened, paper_words, sits_down

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NUMBER, NOTICE = "PA-DJ-2026-000001", "PA-CX-2026-000001"
# What would change a registration that still holds.
KEYS = {
    LifeAct.EXTEND: "{Shift+F2}",
    LifeAct.CHANGE: "{Shift+F3}",
    LifeAct.NOTE_COMPLETION: "{Shift+F4}",
    LifeAct.APPLY_CLOSEOUT: "{Shift+F5}",
    LifeAct.VERIFY_CLOSEOUT: "{Shift+F6}",
    LifeAct.REVOKE: "{Shift+F8}",
    LifeAct.DELIVER: "{Shift+F9}",
    LifeAct.CLOSE_LAPSED: "{Shift+F11}",
}
FACTS, EVIDENCE = "申报面积120平方米，现场实测860平方米", "现场测量记录、照片6张"


@pytest.mark.requirement("LG-25-4a", "LG-25-4e", "LG-G1")
def test_a_false_declaration_is_revoked_delivered_and_only_looked_at_afterwards(journey: Journey) -> None:
    registers(journey)
    journey.day = date(2026, 3, 10)
    revokes(journey)
    journey.day = date(2026, 3, 12)
    delivers(journey)
    for actor in (MANAGER, CLERK, PATROLLER):
        sits_down(journey, actor)
        finds_everything_closed(journey)
    assert is_sound(journey)


def registers(journey: Journey) -> None:
    """The clerk takes an ordinary shop in."""
    sits_down(journey, CLERK)
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop(), ("planned_end_on", "2026-6-30"), ("signed", "{Space}"))
    journey.judge("{Shift+Space}")
    assert journey.decide("{F9}") == NUMBER
    comes_to_the_filing(journey)
    journey.keys("{Shift+F8}")
    journey.see(lambda: "现在不能办理：撤销登记" in journey.window.status.said, "that a clerk cannot revoke")


def revokes(journey: Journey) -> None:
    """The manager states ground, facts and evidence; the notice with article and remedy lies on the screen."""
    sits_down(journey, MANAGER)
    comes_to_the_filing(journey)
    dialog = opened(journey, "{Shift+F8}", RevocationDialog)
    journey.fill(("ground", "虚假{Enter}"), ("facts", FACTS))
    assert "登记无效并撤销" in dialog.effect.text()
    assert "第二十五条" in dialog.effect.text()
    journey.keys("{F9}")
    journey.see(lambda: bool(dialog.rows["evidence"].fault), "that evidence is wanting")
    assert journey.here() == "evidence", "the keyboard is at what is wanting"
    journey.keys(EVIDENCE, "{F9}")
    notice = journey.sheets()
    assert notice.isActiveWindow(), "the notice has the keyboard"
    assert status(journey) is Status.REVOKED
    assert NOTICE in notice.windowTitle()
    journey.fold_sheets()
    said = paper_words(journey, NUMBER, NOTICE)
    for part in ("撤销登记告知书", NUMBER, NOTICE, FACTS, "第二十五条"):
        assert part in said, part


def delivers(journey: Journey) -> None:
    """Two days later the worklist asks for the delivery; one key leads there, and it is asked for no more."""
    task = on_worklist(journey, TaskKind.DELIVERY)
    assert task is not None
    assert task.number == NUMBER
    dialog = opened(journey, "{F9}", DeliveryDialog)
    journey.fill(("manner", "留置{Enter}"), ("receiver", "林知远"), ("note", "拒签，见证人两名"))
    done(journey, "{F9}", dialog, lambda: journey.desk.life.of(filing_id(journey)).is_delivered is True)
    journey.settle()
    assert "2026-03-12 留置送达 林知远 拒签，见证人两名" in journey.filing.life.words()
    assert on_worklist(journey, TaskKind.DELIVERY) is None


def finds_everything_closed(journey: Journey) -> None:
    """Whoever comes sees the filing and what became of it; every key that would change it says why not."""
    before = journey.file(NUMBER)
    comes_to_the_filing(journey)
    assert "已撤销" in journey.words()
    page = journey.filing
    journey.keys("{F2}")
    assert "2026-03-10 已撤销，登记内容只供查看" in page.life.words()
    for act, keys in KEYS.items():
        journey.window.status.forget()
        journey.keys(keys)
        journey.see(lambda: "现在不能办理" in journey.window.status.said, f"no {act}")
        assert "已撤销" in journey.window.status.said
    offered = {act for act, button in page.life.buttons.items() if not button.isHidden()}
    assert offered <= {LifeAct.BEGIN_AGAIN}
    journey.keys("{F5}")
    assert journey.window.page_key == "filing", "nothing to correct"
    assert journey.desk.life.of(before.row.id).state is LifeState.REVOKED
    assert journey.file(NUMBER) == before


def comes_to_the_filing(journey: Journey) -> None:
    """Find the filing by its number and open it."""
    journey.find(NUMBER)
    journey.open_found()


def filing_id(journey: Journey) -> int:
    return journey.file(NUMBER).row.id


def status(journey: Journey) -> Status:
    return journey.file(NUMBER).row.status
