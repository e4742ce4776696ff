"""A matter goes to the reviewer, comes back with an opinion, goes again and is accepted: by keyboard throughout."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton

from desktop.domain.access import Actor
from desktop.domain.acts import Status
from desktop.services.review_settings import OwnReview
from desktop.views.worklist.worklist_page import WorklistPage
from tests.integration.at_work import CLERK, REVIEWER, work_as
from tests.journeys import people
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def sits_down(journey: Journey, actor: Actor) -> None:
    """Let somebody else take the window over, as signing out and in does."""
    journey.window.put_away()
    # Pages of who left go at the next idle moment; the next look must not find their labels.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    work_as(journey.desk, actor)
    journey.window.at_work._begin()  # so that the window knows the one at work is the one it began for
    journey.settle()


def worklist(journey: Journey) -> WorklistPage:
    """The worklist with what it says."""
    page = journey.window.page("worklist")
    assert isinstance(page, WorklistPage)
    return page


@pytest.mark.requirement("YC-2c", "LG-21-4e", "LG-P2", "HL-1.3d")
def test_sent_returned_corrected_and_passed(journey: Journey) -> None:
    journey.desk.review_settings.keep(OwnReview(other_small=1))

    sits_down(journey, CLERK)
    assert journey.window.page_key == "intake", "the clerk lands at the counter"
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge("{Shift+Space}")
    button = journey.intake.actions_bar.findChild(QPushButton, "act.accept")
    assert button is not None
    journey.see(lambda: "送审" in button.text(), "the key of acceptance sends for review")
    assert journey.decide("{F9}") == "PA-SJ-2026-000001"

    sits_down(journey, REVIEWER)
    assert journey.window.page_key == "worklist", "the reviewer lands on what waits"
    assert "待审核　1 件" in worklist(journey).words()
    journey.keys("{Enter}")
    journey.see(lambda: journey.window.page_key == "filing", "the filing")
    journey.keys("{F8}", "承诺书缺公章，请补盖{Enter}")
    journey.see(lambda: journey.file("PA-SJ-2026-000001").row.status is Status.RETURNED, "the filing sent back")
    journey.settle()

    sits_down(journey, CLERK)
    journey.keys("{Ctrl+5}")
    journey.settle()
    assert "承诺书缺公章，请补盖" in worklist(journey).words()
    journey.keys("{Enter}")
    journey.see(lambda: journey.window.page_key == "filing", "the filing")
    assert "周审退回：承诺书缺公章，请补盖" in journey.filing.review.banner.text
    journey.keys("{F5}")
    journey.see(lambda: journey.window.page_key == "intake", "the matter again")
    assert "承诺书缺公章，请补盖" in journey.intake.head.banner.text
    assert journey.decide("{F9}") == "PA-SJ-2026-000002"

    sits_down(journey, REVIEWER)
    journey.keys("{Enter}")
    journey.see(lambda: journey.window.page_key == "filing", "the filing")
    journey.keys("{F9}")
    papers = journey.sheets()
    file = journey.file("PA-DJ-2026-000001")
    assert file.row.status is Status.REGISTERED
    assert "receipt" in [paper.code for paper in file.papers]
    assert papers.ticked(), "the receipt lies ready to be printed"
    journey.fold_sheets()
    assert set(journey.desk.reviews.checkers(file.row.id).values()) == {("林晓", "周审")}
    journey.keys("{Ctrl+5}")
    journey.settle()
    assert "待审核" not in worklist(journey).words()
