"""Any filing is found again, by text, filter and sorting, from the keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, Change, Status
from desktop.domain.ledger import NEGLECTS, LedgerColumn
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from desktop.views.ledger.ledger_cells import COLUMNS, cell
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, walk_in
from tests.gui.filings import decide, minor_registered, noticed, registered
from tests.gui.input_method import write
from tests.integration.site_rows import put

PATIENCE_MS = 10_000


def shown(qtbot: QtBot, workbench: Workbench) -> LedgerPage:
    """Give the page on the screen with its first answer there."""
    page = LedgerPage(workbench, today=lambda: FILED_ON)
    qtbot.addWidget(page)
    page.resize(1282, 640)
    page.show()
    rest(qtbot, workbench)
    return page


def rest(qtbot: QtBot, workbench: Workbench) -> None:
    """Wait until no look-up is under way."""
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


def names(page: LedgerPage) -> list[str]:
    """Give the project names in the order shown."""
    column = COLUMNS.index(LedgerColumn.PROJECT)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def test_an_empty_ledger_says_what_would_fill_it(qtbot: QtBot, workbench: Workbench) -> None:
    page = shown(qtbot, workbench)

    assert page.empty.isVisible()
    assert "Ctrl+N" in page.empty.text()


def test_two_characters_of_a_name_find_the_filing(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    registered(desk, "坪安路商铺装修")
    registered(desk, "河湾学校教室改造")
    page = shown(qtbot, workbench)

    page.text.setFocus()
    write(page.text, "教室")
    qtbot.waitUntil(lambda: names(page) == ["河湾学校教室改造"], timeout=PATIENCE_MS)


def test_a_filter_shows_its_count_and_a_second_press_takes_it_off(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk, "甲")
    noticed(desk, "乙")
    page = shown(qtbot, workbench)
    button = page.filters.status.button(Status.AWAITING_CORRECTION)

    assert button.count == 1
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == ["乙"], timeout=PATIENCE_MS)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sorted(names(page)) == ["乙", "甲"], timeout=PATIENCE_MS)


def test_kind_and_risk_narrow_the_ledger_together(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    registered(desk, "平常")
    registered(desk, "动火", crowded_place_hot_work=True)
    minor_registered(desk, "零星")
    page = shown(qtbot, workbench)

    qtbot.mouseClick(page.filters.risk.button(True), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == ["动火"], timeout=PATIENCE_MS)
    qtbot.mouseClick(page.filters.kind.button("minor_operation"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == [], timeout=PATIENCE_MS)

    assert "Ctrl+退格" in page.empty.text()


@pytest.mark.requirement("SJ-3p")
def test_what_nobody_visited_and_what_was_not_put_right_are_filters_with_counts(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk, "没人看过")
    put(desk, Patrol, filing_id=registered(desk, "看过").filing_id)
    put(desk, Hazard, filing_id=registered(desk, "有隐患").filing_id)
    page = shown(qtbot, workbench)
    unpatrolled, open_hazard = (page.filters.neglect.button(each) for each in NEGLECTS)

    assert (unpatrolled.count, open_hazard.count) == (2, 1)
    qtbot.mouseClick(open_hazard, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == ["有隐患"], timeout=PATIENCE_MS)
    assert "只看：隐患未闭环" in page.found.text()
    qtbot.mouseClick(unpatrolled, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sorted(names(page)) == ["有隐患", "没人看过"], timeout=PATIENCE_MS)
    qtbot.mouseClick(unpatrolled, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=PATIENCE_MS)


def test_one_key_clears_text_and_filters(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    registered(desk, "甲")
    page = shown(qtbot, workbench)
    page.text.setFocus()
    write(page.text, "没有这个")
    qtbot.waitUntil(lambda: names(page) == [], timeout=PATIENCE_MS)

    qtbot.keyClick(page.text, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(page) == ["甲"], timeout=PATIENCE_MS)

    assert page.text.value() == ""


def test_days_that_cannot_be_are_told_under_their_field_and_filter_nothing(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk, "甲")
    page = shown(qtbot, workbench)

    page.filters.filed_from.setFocus()
    qtbot.keyClicks(page.filters.filed_from, "2026-02-30")
    page.table.setFocus()

    assert "没有这一天" in page.filters._day_rows[0].fault
    assert names(page) == ["甲"]


@pytest.mark.parametrize("column", list(LedgerColumn))
def test_every_column_sorts_both_ways_by_its_heading(
    qtbot: QtBot, desk: Desk, workbench: Workbench, column: LedgerColumn
) -> None:
    registered(desk, "乙工程", crowded_place_hot_work=True)
    minor_registered(desk, "甲作业")
    page = shown(qtbot, workbench)

    page.sort(column)
    rest(qtbot, workbench)
    first = page.model.ids
    page.sort(column)
    rest(qtbot, workbench)

    assert page.criteria.sort_by is column
    assert sorted(page.model.ids) == sorted(first)
    if len({str(cell(row, COLUMNS.index(column), 0)) for row in map(page.model.row, range(2)) if row}) == 2:
        assert page.model.ids == first[::-1]


def test_ctrl_s_sorts_by_the_column_of_the_cursor(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    registered(desk, "甲")
    page = shown(qtbot, workbench)
    page.table.setCurrentIndex(page.model.index(0, COLUMNS.index(LedgerColumn.PROJECT)))
    page.table.setFocus()

    qtbot.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert page.criteria.sort_by is LedgerColumn.PROJECT


def test_enter_opens_the_selected_filing(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)

    with qtbot.waitSignal(workbench.filing_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)

    assert asked.args == [decided.filing_id]


def test_ctrl_c_copies_the_number(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)

    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text() == decided.number


def test_a_filing_decided_elsewhere_appears_by_itself(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench)

    registered(desk, "新的一件")
    workbench.changed.emit(frozenset({Change.FILINGS}))

    qtbot.waitUntil(lambda: names(page) == ["新的一件"], timeout=PATIENCE_MS)


def test_the_brief_offers_the_next_visit_only_while_correction_is_awaited(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = noticed(desk)
    page = shown(qtbot, workbench)

    with qtbot.waitSignal(workbench.revisit_asked, timeout=PATIENCE_MS) as asked:
        qtbot.mouseClick(page.brief._correct, Qt.MouseButton.LeftButton)

    assert asked.args == [decided.filing_id]


@pytest.mark.requirement("LG-27-3c2")
def test_what_is_out_of_the_ordinary_carries_a_mark_in_the_ledger(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decide(desk, walk_in(), Act.NOT_APPLICABLE, reason="设施未动")
    registered(desk)
    page = shown(qtbot, workbench)
    status = COLUMNS.index(LedgerColumn.STATUS)
    plain, overridden = desk.ledger.page(page.model.ids)
    incomplete = replace(plain, notice_not_complete=True)

    assert [cell(row, status, Qt.ItemDataRole.DisplayRole) for row in (plain, overridden, incomplete)] == [
        "已登记",
        "不适用 ※",
        "已登记 ※",
    ]
    assert cell(overridden, status, Qt.ItemDataRole.ToolTipRole) == "另有理由"
    assert cell(incomplete, status, Qt.ItemDataRole.ToolTipRole) == "告知不到位"
    page.brief.show_row(overridden)
    assert "另有理由" in " ".join(label.text() for label in page.brief.findChildren(QLabel) if label.isVisible())
