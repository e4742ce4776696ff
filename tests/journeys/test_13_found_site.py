"""An unregistered site met on a road patrol is urged, taken in, patrolled, closed out: by keyboard throughout."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.acts import IssuedPaper, Status
from desktop.domain.found_site import FoundSiteCriteria, FoundSiteRow, FoundState
from desktop.domain.patrol import PatrolKind, PatrolResult
from desktop.domain.worklist import TaskKind
from desktop.views.life.close_out_dialogs import CheckDialog, CloseOutDialog
from desktop.views.patrol.found_site_dialog import FoundSiteDialog
from desktop.views.patrol.patrol_page import PatrolPage
from tests.integration.at_work import CLERK
from tests.journeys import people
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import PATROLLER, is_sound, meanwhile, on_worklist, opened, sits_down, text_of, typing

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NUMBER = "PA-DJ-2026-000001"
WORK, PLACE, CONTRACTOR = "拆旧招牌，装新招牌", "新禾街5号", "深圳市云望广告标识有限公司"
OWNER, PHONE = "陈小满", "13800002719"


@pytest.mark.requirement("LG-30-3a", "SJ-3g", "LG-33-1", "LG-33-2", "LG-33-3")
def test_an_unregistered_site_found_on_a_road_patrol_is_registered_and_closed(journey: Journey) -> None:
    sits_down(journey, PATROLLER)
    finds_and_urges(journey)

    journey.day = date(2026, 3, 4)
    sits_down(journey, CLERK)
    takes_in(journey)

    journey.day = date(2026, 3, 9)
    sits_down(journey, PATROLLER)
    patrols(journey)

    journey.day = date(2026, 3, 13)
    sits_down(journey, CLERK)
    applies_for_close_out(journey)

    journey.day = date(2026, 3, 16)
    sits_down(journey, PATROLLER)
    verifies(journey)
    assert is_sound(journey)


def finds_and_urges(journey: Journey) -> None:
    """Walking a road somebody meets a site without its notice at the door; the owner is urged on the spot."""
    page = patrol_page(journey)
    assert page.entry is not None
    entry = page.entry
    journey.keys("{F3}")
    journey.fill(
        ("patrol.road", "新禾街全段"),
        ("patrol.community", "新禾{Enter}"),
        ("patrol.kind", "扫街{Enter}"),
        ("patrol.organisation", "新禾社区工作站"),
    )
    steps = (
        ("work", WORK),
        ("place", "{Ctrl+A}" + PLACE),
        ("kind", "零星{Enter}"),
        ("contractor_name", CONTRACTOR),
        ("owner_name", OWNER),
        ("owner_phone", PHONE),
    )
    meanwhile(journey, "{F4}", FoundSiteDialog, typing(*steps))
    notice = journey.sheets()
    assert found(journey).number in notice.windowTitle()
    journey.fold_sheets()

    row = found(journey)
    assert (row.state, row.community, row.place, row.found_by) == (FoundState.URGED, "新禾社区", PLACE, "何巡")
    assert row.register_by is not None
    said = text_of(journey.desk.issuing.pdf(paper_of(journey, row).id))
    for part in (row.number, PLACE, f"{row.register_by.day}日", "第三十条"):
        assert part in said, part

    journey.fill(("patrol.result", "发现{Enter}"))
    journey.keys("{F9}")
    journey.see(lambda: "新禾街全段 已记" in entry.banner.text, "the road patrol saved")
    (visit,) = journey.desk.patrols.of_day(journey.day)
    assert (visit.place, visit.kind, visit.result) == ("新禾街全段", PatrolKind.SWEEP, PatrolResult.FINDINGS)
    task = on_worklist(journey, TaskKind.FOUND_SITE)
    assert task is not None
    assert (task.number, task.by) == (row.number, row.register_by)


def takes_in(journey: Journey) -> None:
    """The owner comes to the window; what the patroller wrote down is not typed again."""
    patrol_page(journey)
    journey.keys("{Alt+3}", "{F9}")
    journey.see(lambda: journey.window.page_key == "intake", "the intake")
    known = journey.typed()
    assert (known.content, known.owner.name, known.owner.phone) == (WORK, OWNER, PHONE)
    assert (known.place.community, known.place.detail) == ("新禾社区", PLACE)
    assert known.contractor.party.name == CONTRACTOR
    assert known.facts.text("kind") == "minor_operation"
    journey.fill(
        ("facts.category", "门楣{Enter}"),
        ("project_name", "新禾街5号门楣招牌更换"),
        ("facts.place_kind", "商铺{Enter}"),
        ("facts.in_public_area", "Y"),
        ("facts.temporary_building", "{Ctrl+0}"),
        ("facts.illegal_acts", "{Ctrl+0}"),
        ("facts.hot_work", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        ("owner.kind", "自然人{Enter}"),
        ("owner.id_number", people.PERSON_ID),
        ("contractor.party.phone", "13800006612"),
        ("workers.0.name", "何平"),
        ("planned_start_on", "2026-3-9"),
        ("signed", "{Space}"),
    )
    journey.judge("{Shift+Space}")
    assert journey.decide("{F9}") == NUMBER
    row = found(journey)
    assert (row.state, row.filing_number, row.is_registered) == (FoundState.LINKED, NUMBER, True)


def patrols(journey: Journey) -> None:
    """Nobody waits for a registration any more; the number on the old notice now leads to the registered site."""
    assert on_worklist(journey, TaskKind.FOUND_SITE) is None
    page = patrol_page(journey)
    assert page.entry is not None
    entry = page.entry
    journey.keys("{Ctrl+G}", found(journey).number + "{Enter}")
    journey.see(lambda: entry.form.chooser.site is not None, "the card of the site")
    assert entry.form.chooser.site is not None
    assert entry.form.chooser.site.number == NUMBER
    journey.keys("{Alt+X}", "定期{Enter}", "{Ctrl+Enter}")
    journey.see(lambda: entry.form.chooser.site is None, "the patrol saved")
    (visit,) = journey.desk.patrols.of_day(journey.day)
    assert (visit.number, visit.kind, visit.result) == (NUMBER, PatrolKind.REGULAR, PatrolResult.IN_ORDER)


def applies_for_close_out(journey: Journey) -> None:
    """The sign hangs; the owner applies for close-out in time."""
    journey.find(NUMBER)
    journey.open_found()
    dialog = opened(journey, "{Shift+F5}", CloseOutDialog)
    journey.fill(("completed_on", "{Ctrl+A}2026-3-12"), ("applicant", OWNER))
    assert "按期" in dialog.effect.text()
    journey.keys("{F9}")
    journey.sheets()
    journey.fold_sheets()
    assert journey.file(NUMBER).row.status is Status.AWAITING_CLOSEOUT


def verifies(journey: Journey) -> None:
    """The worklist sends the patroller there; it is finished, and the registration ends with its receipt."""
    task = on_worklist(journey, TaskKind.CLOSE_OUT_CHECK)
    assert task is not None
    assert task.number == NUMBER
    opened(journey, "{F9}", CheckDialog)
    journey.fill(("verdict", "已经{Enter}"), ("text", "招牌已装好，现场已清理"), ("patrol", "2026-03-09{Enter}"))
    journey.keys("{F9}")
    journey.sheets()
    journey.fold_sheets()
    file = journey.file(NUMBER)
    assert file.row.status is Status.CLOSED
    assert {"closeout_check", "closeout_receipt"} <= {paper.code for paper in file.papers}
    assert on_worklist(journey, TaskKind.CLOSE_OUT_CHECK) is None
    assert found(journey).is_registered


# --- hands and eyes ---


def patrol_page(journey: Journey) -> PatrolPage:
    """Go to the page 巡查."""
    journey.keys("{Ctrl+7}")
    page = journey.window.page("patrol")
    assert isinstance(page, PatrolPage)
    return page


def found(journey: Journey) -> FoundSiteRow:
    (row,) = journey.desk.found_sites.find(FoundSiteCriteria())
    return row


def paper_of(journey: Journey, row: FoundSiteRow) -> IssuedPaper:
    (paper,) = journey.desk.found_sites.papers(row.id)
    return paper
