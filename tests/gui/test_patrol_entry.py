"""Entering patrols by keys: the scanner, the few keys of a patrol without findings, check list, hazards, import."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.acts import IssuedPaper
from desktop.domain.hazard import HazardState
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.patrol import PatrolKind, PatrolResult, PatrolSource
from desktop.domain.patrol_details import StandbyDetails
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.main_window import MainWindow
from desktop.views.patrol.details_dialogs import StandbyDialog
from desktop.views.patrol.hazard_dialog import HazardDialog
from desktop.views.patrol.import_day import ImportDayDialog
from desktop.views.patrol.patrol_page import PatrolPage
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.at_the_patrol import (
    CTRL,
    PATIENCE_MS,
    choose_site,
    entry_of,
    focus,
    in_dialog,
    press,
    say_who,
    scan,
    shown,
)
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.integration.test_patrol_import import line, sheet

MOST_KEYS = 6


@pytest.mark.requirement("LG-29-2", "LG-30-0", "LG-21-3a")
def test_a_patrol_without_findings_takes_at_most_six_keys_after_the_scan(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    say_who(page)
    choose_site(qtbot, page, decided.number)
    keys = [(Qt.Key.Key_Return, CTRL)]

    with qtbot.waitSignal(entry_of(page).saved, timeout=PATIENCE_MS):
        for key, held in keys:
            press(key, held)

    assert len(keys) <= MOST_KEYS
    (row,) = desk.patrols.of_day(FILED_ON)
    assert (row.number, row.result, row.source) == (decided.number, PatrolResult.IN_ORDER, PatrolSource.SCANNED)
    assert row.patrollers == ("陈小满", "何平")
    assert focus() is entry_of(page).form.chooser.field
    assert not entry_of(page).form.chooser.field.value()


@pytest.mark.requirement("LG-30-0")
def test_the_next_patrol_remembers_who_went_and_needs_the_scan_and_one_key(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    first, second = registered(desk), registered(desk, "新禾社区文化室装修")
    page = shown(qtbot, workbench)
    say_who(page)
    for number in (first.number, second.number):
        choose_site(qtbot, page, number)
        with qtbot.waitSignal(entry_of(page).saved, timeout=PATIENCE_MS):
            press(Qt.Key.Key_Return, CTRL)

    rows = desk.patrols.of_day(FILED_ON)
    assert [row.number for row in rows] == [first.number, second.number]
    assert {row.organisation for row in rows} == {"坪安社区工作站"}
    assert entry_of(page).day.rows[0].number == second.number


def test_a_part_of_a_name_that_means_several_sites_gives_a_list_to_choose_from(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk, "坪安路甲铺装修")
    registered(desk, "坪安路乙铺装修")
    page = shown(qtbot, workbench)
    chooser = entry_of(page).form.chooser
    write(chooser.field, "铺装修")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(chooser.picks.isVisible, timeout=PATIENCE_MS)

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    assert chooser.site is not None
    assert chooser.site.project_name == "坪安路甲铺装修"
    assert not chooser.picks.isVisible()


def test_a_number_that_is_not_in_the_ledger_is_said_and_stays_to_be_corrected(
    qtbot: QtBot, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench)
    scan("PA-DJ-2026-000777")
    chooser = entry_of(page).form.chooser
    qtbot.waitUntil(lambda: bool(chooser.said.text()), timeout=PATIENCE_MS)

    assert "PA-DJ-2026-000777" in chooser.said.text()
    assert chooser.field.value() == "PA-DJ-2026-000777"


@pytest.mark.requirement("LG-30-0", "LG-30-4a", "LG-30-H", "LG-30-1b")
def test_a_failed_item_becomes_a_hazard_with_what_article_30_asks_and_its_notice(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    entry = entry_of(page)
    say_who(page)
    choose_site(qtbot, page, decided.number)
    papers: list[tuple[IssuedPaper, ...]] = []
    workbench.papers_asked.connect(lambda issued, _title: papers.append(issued))

    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_3)

    (noted,) = entry.form.hazards.lines
    assert noted.draft.due_on is not None
    assert "第三十条" in entry.form.hazards.panel.text
    with qtbot.waitSignal(entry.saved, timeout=PATIENCE_MS):
        press(Qt.Key.Key_F9)

    (visit,) = desk.patrols.of_day(FILED_ON)
    (hazard,) = desk.hazards.page(desk.hazards.ids(HazardCriteria()))
    assert (visit.result, visit.hazards) == (PatrolResult.FINDINGS, 1)
    assert (hazard.patrol_id, hazard.state) == (visit.id, HazardState.RECTIFYING)
    assert papers[0][0].code == "rectification_notice"


def test_what_failed_cannot_be_saved_as_nothing_found(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    say_who(page)
    choose_site(qtbot, page, decided.number)
    press(Qt.Key.Key_2)

    press(Qt.Key.Key_Return, CTRL)

    assert "F9" in entry_of(page).banner.text
    assert not desk.patrols.of_day(FILED_ON)


def test_putting_an_item_in_order_takes_its_hazard_away(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    form = entry_of(page).form
    choose_site(qtbot, page, decided.number)
    press(Qt.Key.Key_2)
    assert form.hazards.lines

    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_1)

    assert not form.hazards.lines
    assert form.visit.result.value() == PatrolResult.IN_ORDER.value


@pytest.mark.requirement("LG-30-4b")
def test_a_hazard_of_the_dictionary_says_at_once_what_the_article_asks(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    choose_site(qtbot, page, decided.number)
    told: list[str] = []

    def word_it(dialog: HazardDialog) -> None:
        entry = next(each for each in desk.intake.pack().hazard_entries if each.is_major)
        dialog.entry.set_value(entry.code)
        dialog.entry.picked.emit(entry.code)
        told.append(dialog.panel.text)
        press(Qt.Key.Key_S, CTRL)

    assert in_dialog(HazardDialog, word_it) == []
    press(Qt.Key.Key_F6)

    assert "当日 24:00 前上报" in told[0]
    assert len(entry_of(page).form.hazards.lines) == 1


@pytest.mark.requirement("LG-21-5b", "LG-23-3", "SJ-5.2b")
def test_a_stand_by_asks_who_stood_there_before_it_is_saved(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    entry = entry_of(page)
    say_who(page)
    choose_site(qtbot, page, decided.number)
    entry.form.visit.kind.set_value(PatrolKind.STANDBY.value)

    def fill(dialog: StandbyDialog) -> None:
        dialog.texts["watcher"].set_value("罗旁")
        dialog.texts["begins"].set_value("09:00")
        dialog.texts["ends"].set_value("11:30")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(StandbyDialog, fill)
    with qtbot.waitSignal(entry.saved, timeout=PATIENCE_MS):
        press(Qt.Key.Key_Return, CTRL)

    (row,) = desk.patrols.of_day(FILED_ON)
    assert isinstance(row.details, StandbyDetails)
    assert row.details.watcher == "罗旁"


@pytest.mark.requirement("SJ-3g", "SJ-5.2b")
def test_a_road_is_patrolled_without_a_site(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench)
    entry = entry_of(page)
    say_who(page)
    press(Qt.Key.Key_F3)
    assert focus() is entry.form.visit.road
    write(entry.form.visit.road, "坪安路全段")
    entry.form.visit.community.set_value("坪安社区")
    entry.form.visit.kind.set_value(PatrolKind.SWEEP.value)

    with qtbot.waitSignal(entry.saved, timeout=PATIENCE_MS):
        press(Qt.Key.Key_Return, CTRL)

    (row,) = desk.patrols.of_day(FILED_ON)
    assert (row.ref, row.place, row.kind) == (SiteRef(), "坪安路全段", PatrolKind.SWEEP)


@pytest.mark.requirement("SJ-3g")
def test_a_site_after_a_road_is_visited_regularly_also_when_the_page_is_opened_anew(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    say_who(page)
    visit = entry_of(page).form.visit
    press(Qt.Key.Key_F3)
    write(visit.road, "坪安路全段")
    visit.community.set_value("坪安社区")
    visit.kind.set_value(PatrolKind.SWEEP.value)
    with qtbot.waitSignal(entry_of(page).saved, timeout=PATIENCE_MS):
        press(Qt.Key.Key_Return, CTRL)
    assert visit.kind.value() == PatrolKind.REGULAR.value
    page.close()

    again = shown(qtbot, workbench)
    choose_site(qtbot, again, decided.number)
    with qtbot.waitSignal(entry_of(again).saved, timeout=PATIENCE_MS):
        press(Qt.Key.Key_Return, CTRL)

    kinds = {row.number: row.kind for row in desk.patrols.of_day(FILED_ON)}
    assert kinds[decided.number] is PatrolKind.REGULAR


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("日常", PatrolKind.REGULAR), ("专项检查", PatrolKind.SPECIAL), ("完工核实", PatrolKind.CLOSEOUT_CHECK)],
)
def test_a_kind_is_found_by_the_word_that_the_sheet_takes_for_it(
    qtbot: QtBot, workbench: Workbench, typed: str, kind: PatrolKind
) -> None:
    kinds = entry_of(shown(qtbot, workbench)).form.visit.kind
    kinds.set_value(PatrolKind.SPOT_CHECK.value)
    kinds.setFocus()
    kinds.selectAll()

    write(kinds, typed)
    press(Qt.Key.Key_Return)

    assert kinds.value() == kind.value
    assert kinds.text() == kind.label


def test_a_missing_name_is_said_at_its_field_with_the_keyboard_in_it(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    entry = entry_of(page)
    entry.form.visit.patrollers.set_value("")
    choose_site(qtbot, page, decided.number)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(entry.form.visit.rows["patrollers"].fault), timeout=PATIENCE_MS)

    assert focus() is entry.form.visit.patrollers
    assert entry.form.chooser.site is not None


def test_what_is_typed_stays_while_other_pages_are_looked_at(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("patrol")
    workbench.patrol_asked.emit(SiteRef(filing_id=decided.filing_id))
    page = window.page("patrol")
    assert isinstance(page, PatrolPage)
    entry = page.entry
    assert entry is not None
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    write(entry.form.visit.remark, "约好下午再来")

    window.go("ledger")
    window.go("patrol")
    assert entry.form.visit.remark.value() == "约好下午再来"

    window.put_away()
    window.take_up()
    window.go("patrol")
    taken_up = window.page("patrol")
    assert isinstance(taken_up, PatrolPage)
    again = taken_up.entry
    assert again is not None
    assert again is not entry
    assert again.form.visit.remark.value() == "约好下午再来"
    assert len(again.form.hazards.lines) == 1


@pytest.mark.requirement("LG-34-1")
def test_a_sheet_with_one_fault_shows_where_and_takes_nothing_over(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    registered(desk)
    page = shown(qtbot, workbench)
    file = sheet(tmp_path / "day.xlsx", line("1", "09:00"), line("9999", "09:30"))
    told: list[str] = []

    def look(dialog: ImportDayDialog) -> None:
        told.append(dialog.heading.text())
        assert not dialog.take_in.isVisible()
        press(Qt.Key.Key_Escape)

    met = in_dialog(ImportDayDialog, look)
    entry_of(page).imports.read(file)
    qtbot.waitUntil(lambda: bool(met), timeout=PATIENCE_MS)

    assert "没有导入任何内容" in told[0]
    assert not desk.patrols.of_day(FILED_ON)


@pytest.mark.requirement("LG-34-1")
def test_a_good_sheet_is_taken_over_whole_after_one_key(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    registered(desk)
    page = shown(qtbot, workbench)
    file = sheet(tmp_path / "day.xlsx", *(line("1", f"{8 + place // 10:02}:{place % 10:02}") for place in range(20)))
    in_dialog(ImportDayDialog, lambda _dialog: press(Qt.Key.Key_S, CTRL))

    with qtbot.waitSignal(entry_of(page).imports.taken_in, timeout=PATIENCE_MS):
        entry_of(page).imports.read(file)

    assert len(desk.patrols.of_day(FILED_ON)) == 20
    assert len(entry_of(page).day.rows) == 20


def test_a_kind_that_is_no_choice_is_said_and_not_saved_as_the_one_before(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench)
    entry = entry_of(page)
    say_who(page)
    choose_site(qtbot, page, decided.number)
    entry.form.visit.kind.setFocus()
    entry.form.visit.kind.selectAll()
    write(entry.form.visit.kind, "乱打")

    press(Qt.Key.Key_Return, CTRL)

    assert "不在可选项中" in entry.form.visit.rows["kind"].fault
    assert focus() is entry.form.visit.kind
    assert not workbench.runner.is_busy
    assert not desk.patrols.of_day(FILED_ON)
