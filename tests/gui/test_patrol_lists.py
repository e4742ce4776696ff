"""The lists of 巡查 on a large ledger, at large text, and what they say of a row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.patrol_plan import PlanClass, PlanRule
from desktop.domain.registration_life import LifeAct
from desktop.domain.sampling import DrawRequest
from desktop.domain.site import SiteRef
from desktop.models.hazard import Hazard
from desktop.models.transfer import Transfer
from desktop.services.desk import Desk
from desktop.services.patrol_plan import OwnFrequency
from desktop.views.inspections.draw_dialogs import ResultDialog
from desktop.views.life.life_dialogs import RevocationDialog
from desktop.views.patrol.hazard_words import state_words
from desktop.views.patrol.hazards_tab import STEPS
from desktop.views.patrol.patrol_page import FOUND, HAZARDS, TRANSFERS
from desktop.views.patrol.step_dialog import FORMS
from desktop.views.patrol.transfers_tab import TransfersTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import SPACE_2, SPACE_4, apply_theme, base_px, row_px
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_filters import WorklistFilters
from tests.factories import FILED_ON
from tests.gui.at_the_patrol import entry_of, hazard, patrolled, read, shown
from tests.gui.filings import registered
from tests.integration.site_rows import put


@pytest.fixture
def filing(desk: Desk) -> int:
    """A registered site."""
    return registered(desk).filing_id


@pytest.mark.requirement("LG-30-2a")
def test_every_step_that_has_a_form_has_a_key() -> None:
    assert set(FORMS) == {kind for _key, _title, kind in STEPS}


@pytest.mark.requirement("LG-36-1")
def test_a_row_older_than_those_listed_is_found_from_the_worklist(
    qtbot: QtBot, workbench: Workbench, desk: Desk, filing: int
) -> None:
    oldest = put(desk, Transfer, filing_id=filing, sent_on=FILED_ON - timedelta(days=30))
    for _one in range(3):
        put(desk, Transfer, filing_id=filing, state="replied")
    page = shown(qtbot, workbench, tab=TRANSFERS)
    tab = page.transfers
    assert isinstance(tab, TransfersTab)
    tab.most = 2
    tab.with_replied.setChecked(True)
    read(qtbot, page)

    assert tab.table.rowCount() == 2
    assert tab.count.text() == "先列 2 条"
    tab.stand_on(oldest)
    read(qtbot, page)
    assert tab.table.rowCount() == 2
    assert tab.table.chosen_id() == oldest


@pytest.mark.requirement("LG-30-2a")
def test_a_hazard_that_was_not_reported_in_time_says_so(desk: Desk, filing: int) -> None:
    late = put(desk, Hazard, filing_id=filing, report_by=FILED_ON - timedelta(days=1))
    overdue = put(desk, Hazard, filing_id=filing, due_on=FILED_ON - timedelta(days=1))

    assert state_words(desk.hazards.file(late).row) == "■ 超时未报"
    assert state_words(desk.hazards.file(overdue).row) in {"■ 整改逾期", "■ 超时未报"}


@pytest.mark.requirement("LG-P2")
def test_no_button_is_squeezed_at_the_largest_text(
    qtbot: QtBot, qapp: QApplication, workbench: Workbench, desk: Desk, filing: int
) -> None:
    hazard(desk, filing)
    apply_theme(qapp, 18)
    try:
        page = shown(qtbot, workbench, tab=HAZARDS)
        buttons = [each for each in page.hazards.findChildren(QPushButton) if each.isVisible()]
        assert len(buttons) > 8
        assert all(each.width() >= each.sizeHint().width() for each in buttons)
        assert page.hazards.table.horizontalScrollBar().maximum() == 0
    finally:
        apply_theme(qapp)


@pytest.mark.requirement("LG-P2")
def test_number_filters_and_keys_stay_whole_when_the_text_grows_while_the_page_is_open(
    qtbot: QtBot, qapp: QApplication, workbench: Workbench, desk: Desk, filing: int
) -> None:
    hazard(desk, filing)
    page = shown(qtbot, workbench, tab=HAZARDS)
    page.resize(1262, 610)  # what the frame leaves of 1366 × 768 at 18 px
    apply_theme(qapp, 18)
    try:
        for key, tab in ((HAZARDS, page.hazards), (FOUND, page.found), (TRANSFERS, page.transfers)):
            page.show_tab(key)
            read(qtbot, page)
            QApplication.processEvents()
            widest = tab.table.fontMetrics().horizontalAdvance("PA1-YH-2026-000003")
            assert tab.table.columnWidth(0) > widest + 2 * SPACE_2, key
            assert tab.table.horizontalScrollBar().maximum() == 0, key
            for pick in tab.findChildren(PickList):
                assert pick.width() > pick.fontMetrics().horizontalAdvance(pick.text()) + 2 * SPACE_4, pick.text()
        assert page.hazards.table.rowHeight(0) == row_px()
        page.show_tab("entry")
        QApplication.processEvents()
        buttons = [each for each in entry_of(page).foot.findChildren(QPushButton) if each.isVisible()]
        assert all(each.width() >= each.sizeHint().width() for each in buttons)
    finally:
        apply_theme(qapp)


def test_flowing_lines_begin_anew_when_one_is_full(qtbot: QtBot, themed: None) -> None:
    host, lines = QWidget(), FlowingLines()
    host.setLayout(lines)
    qtbot.addWidget(host)
    buttons = [QPushButton("按钮", host) for _place in range(3)]
    for button in buttons:
        lines.addWidget(button)
    host.show()
    width, height = buttons[0].sizeHint().width(), buttons[0].sizeHint().height()

    assert lines.heightForWidth(width * 4) == height
    assert lines.heightForWidth(width) == height * 3 + lines.spacing() * 2


def test_columns_with_room_to_give_take_what_the_window_has(qtbot: QtBot, themed: None) -> None:
    table = RegisterTable("t", ("编号", "工地", "日期"), (10, 14), roomy=(1,))
    qtbot.addWidget(table)
    table.show()
    for width in (40, 90):
        table.resize(base_px() * width, 200)
        assert table.columnWidth(0) == base_px() * 10
        assert table.horizontalScrollBar().maximum() == 0
        assert table.columnWidth(2) <= base_px() * 8


def test_the_counts_of_the_worklist_filters_are_in_sight(qtbot: QtBot, themed: None) -> None:
    filters = WorklistFilters()
    qtbot.addWidget(filters)
    filters.setFixedWidth(base_px() * 16)
    filters.show()
    inner = filters.widget()
    assert inner is not None
    assert inner.width() <= filters.viewport().width()


@pytest.mark.requirement("LG-29-1")
def test_the_card_of_a_site_says_when_the_plan_wants_the_next_visit(
    qtbot: QtBot, workbench: Workbench, desk: Desk, filing: int
) -> None:
    patrolled(desk, filing)
    desk.patrol_plan.keep({PlanClass.ORDINARY: OwnFrequency(every_days=7)})
    entry = entry_of(shown(qtbot, workbench))

    entry.take_site(SiteRef(filing_id=filing))

    assert f"按计划 {FILED_ON + timedelta(days=7)} 前巡查" in entry.form.chooser.card.chips
    site = desk.patrols.site(SiteRef(filing_id=filing))
    assert site.next_visit_on({PlanClass.ORDINARY: PlanRule()}) is None


@pytest.mark.requirement("LG-30-2a")
def test_the_key_of_an_entry_with_findings_is_save(qtbot: QtBot, workbench: Workbench, filing: int) -> None:
    entry = entry_of(shown(qtbot, workbench))

    def primary() -> list[str]:
        return [each.objectName() for each in entry.findChildren(QPushButton) if each.property("role") == "primary"]

    assert primary() == ["patrol.in_order"]
    entry.take_site(SiteRef(filing_id=filing))
    entry.form.checks.setFocus()
    qtbot.keyClicks(entry.form.checks, "2")
    assert primary() == ["patrol.save"]
    entry.clear()
    assert primary() == ["patrol.in_order"]


@pytest.mark.requirement("LG-25-4a")
def test_a_revocation_without_a_ground_goes_to_the_ground(
    qtbot: QtBot, workbench: Workbench, desk: Desk, filing: int
) -> None:
    dialog = RevocationDialog(workbench, filing, desk.life.of(filing), heading="撤销")
    qtbot.addWidget(dialog)
    assert LifeAct.REVOKE in desk.life.of(filing).may
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()

    dialog.commit()

    assert dialog.rows["ground"].editor.hasFocus()
    assert "理由" in dialog.banner.text


@pytest.mark.requirement("LG-29-1")
def test_the_result_of_an_inspection_is_tied_to_the_visit(qtbot: QtBot, desk: Desk, filing: int) -> None:
    visit = patrolled(desk, filing)
    population, _share = desk.draws.usual()
    draw = desk.draws.draw(DrawRequest(act_id="draw", population=population, share=_share, seed="1"))
    dialog = ResultDialog(desk, draw, draw.drawn[0])
    qtbot.addWidget(dialog)

    dialog.patrol.set_value(str(visit))
    dialog.save()

    assert desk.draws.open(draw.row.id).drawn[0].patrol_id == visit
    assert desk.draws.open(draw.row.id).drawn[0].inspected_on == date(2026, 3, 2)
