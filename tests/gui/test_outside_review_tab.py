"""Third-party reviews of a filing by keys: asked, out, come back, and what is wrong said at its field."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.access import Role
from desktop.domain.outside_review import OutsideVerdict, ReviewedPaper
from desktop.services.desk import Desk
from desktop.views.filing.outside_review_tab import OutsideReviewTab
from desktop.views.shared.chips import Chip
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.at_the_patrol import press
from tests.gui.filings import registered, shown
from tests.gui.input_method import write
from tests.gui.test_whole_and_export import work_as

PATIENCE_MS = 20_000
ALT = Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
BODY = "深圳市明鉴咨询有限公司"


def opened(qtbot: QtBot, workbench: Workbench, filing_id: int) -> OutsideReviewTab:
    """Go to the tab by its key."""
    page = shown(qtbot, workbench, filing_id)
    press(Qt.Key.Key_T, CTRL_SHIFT)
    assert page.tabs.currentWidget() is page.outside_review
    return page.outside_review


def settled(qtbot: QtBot, workbench: Workbench) -> None:
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


@pytest.mark.requirement("LG-27-5")
def test_a_review_is_asked_for_and_its_answer_noted_by_keys(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    tab = opened(qtbot, workbench, decided.filing_id)
    assert "还没有第三方审查记录" in tab.words()
    assert tab.paper.hasFocus()

    write(tab.paper, "施工方案")
    press(Qt.Key.Key_Tab)
    write(tab.reviewer, BODY)
    press(Qt.Key.Key_Return)
    settled(qtbot, workbench)

    (out,) = desk.outside_reviews.of(decided.filing_id)
    assert (out.paper, out.reviewer, out.asked_on, out.is_out) == (ReviewedPaper.SCHEME, BODY, FILED_ON, True)
    assert [chip.text for chip in tab.listed.findChildren(Chip)] == ["待收到"]
    assert (tab.paper.value(), tab.reviewer.value()) == (ReviewedPaper.SCHEME.value, BODY), "only the answer is typed"

    press(Qt.Key.Key_U, ALT)
    assert tab.returned_on.hasFocus()
    write(tab.returned_on, FILED_ON.isoformat())
    press(Qt.Key.Key_Tab)
    write(tab.verdict, "符合")
    press(Qt.Key.Key_Tab)
    assert tab.opinion.hasFocus()
    press(Qt.Key.Key_Return)
    settled(qtbot, workbench)

    assert not {name: row.fault for name, row in tab.rows.items() if row.fault}
    rows = desk.outside_reviews.of(decided.filing_id)
    assert [(row.verdict, row.returned_on) for row in rows] == [(OutsideVerdict.FIT, FILED_ON)]
    assert [chip.text for chip in tab.listed.findChildren(Chip)] == ["符合"]


@pytest.mark.requirement("LG-27-5")
def test_what_is_wrong_is_said_at_its_field_and_the_keyboard_is_there(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    tab = opened(qtbot, workbench, registered(desk).filing_id)

    write(tab.reviewer, BODY)
    tab.reviewer.setFocus()
    press(Qt.Key.Key_Return)
    assert tab.rows["paper"].fault == "请选择审查什么。"
    assert tab.paper.hasFocus()

    tab.paper.set_value(ReviewedPaper.SCHEME.value)
    tab.verdict.set_value(OutsideVerdict.UNFIT.value)
    tab.returned_on.set_day(FILED_ON - timedelta(days=1))
    tab.opinion.setFocus()
    press(Qt.Key.Key_Return)
    settled(qtbot, workbench)
    said = {name: row.fault for name, row in tab.rows.items() if row.fault}
    assert len(said) == 1
    assert tab.rows[next(iter(said))].editor.hasFocus()
    assert not tab.fault.isVisible(), "not said twice"
    assert desk.outside_reviews.of(tab._filing_id or 0) == ()


@pytest.mark.requirement("LG-27-5")
def test_who_only_sees_reads_the_reviews_and_has_no_fields(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    work_as(desk, Role.PATROLLER)

    tab = opened(qtbot, workbench, decided.filing_id)

    assert not tab.entry.isVisible()
