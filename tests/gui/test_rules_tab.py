"""The tab 规则 by keys: gaps filled in, a version drafted, edited, compared, submitted, decided, given out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack_version import VersionHead, VersionState
from desktop.services.desk import Desk, open_desk
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.rules.comparison_dialog import ComparisonDialog
from desktop.views.rules.decision_dialog import DecisionDialog
from desktop.views.rules.dry_run_window import DryRunWindow
from desktop.views.rules.editor_window import EditorWindow
from desktop.views.rules.gap_dialog import GapDialog
from desktop.views.rules.versions_panel import VersionsPanel
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.factories import LIGHT, office
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.gui.staff import ADMIN, ADMIN_PASSWORD, CLERK, CLERK_PASSWORD, staff

PATIENCE_MS = 15_000
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NEXT_MONTH = date(2026, 4, 1)
SHIPPED = "2025-draft"


@pytest.fixture
def gappy(tmp_path: Path, qapp: QApplication) -> Iterator[Workbench]:
    """The workbench of a place whose documents leave the limits open."""
    apply_theme(qapp)
    day, now = date(2026, 5, 20), datetime(2026, 5, 20, 1, 30, tzinfo=UTC)
    desk = open_desk(tmp_path / "gappy", today=lambda: day, now=lambda: now, effort=LIGHT)
    desk.office.set_up(office(pack_id="junshan"))
    bench = Workbench(desk)
    yield bench
    bench.runner.finish()
    desk.close()


def opened(qtbot: QtBot, bench: Workbench) -> VersionsPanel:
    panel = VersionsPanel(bench)
    panel.resize(1200, 500)
    shown(qtbot, panel)
    qtbot.waitUntil(lambda: bool(panel.lines()), timeout=PATIENCE_MS)
    panel.setFocus()
    return panel


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def in_dialog(kind: type[QWidget], act: Callable[[QWidget], None]) -> list[str]:
    """Do something in the next dialog of a kind once it is up."""
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind) or not dialog.isActiveWindow():
            if isinstance(dialog, kind):
                dialog.activateWindow()  # as the window system does for a new window
            QTimer.singleShot(20, look)
            return
        seen.append(dialog.objectName())
        try:
            act(dialog)
        finally:
            dialog.hide()  # one that stays open would keep the test for ever

    QTimer.singleShot(0, look)
    return seen


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)


def drafted(desk: Desk, *, day: date | None = NEXT_MONTH) -> int:
    versions = desk.pack_versions
    made = versions.begin("longgang", SHIPPED, act_id="draft")
    tree = versions.tree("longgang", SHIPPED)
    rules = deepcopy(tree.rules)
    rules["parameters"]["limit_amount_yuan"]["value"] = "2000000"
    head = VersionHead(version="2026-07", effective_from=day, note="限额提高")
    assert versions.keep(made, replace(tree, rules=rules), head) == ()
    return made


def back_at(qtbot: QtBot, panel: VersionsPanel) -> None:
    """Go back to the list, as the window system does when a dialog closes."""
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.setFocus()


def tries(qtbot: QtBot, window: QWidget) -> None:
    """Try a version in its window and close that."""
    assert isinstance(window, DryRunWindow)
    press(qtbot, window.months, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.tried is not None and not window.is_busy, timeout=PATIENCE_MS)
    press(qtbot, window, Qt.Key.Key_Escape)


def state_of(desk: Desk, version: str) -> VersionState:
    return next(each.state for each in desk.pack_versions.all() if each.version == version)


@pytest.mark.requirement("Q-1")
def test_what_cannot_be_done_with_a_version_is_not_pressed_and_says_why(qtbot: QtBot, workbench: Workbench) -> None:
    panel = opened(qtbot, workbench)

    press(qtbot, panel.table, Qt.Key.Key_F2)

    assert "Insert" in panel.banner.text
    assert {key for key, button in panel.buttons.items() if button.isEnabled()} == {
        "draft",
        "compare",
        "papers",
        "dry_run",
        "take",
    }
    assert all(button.toolTip() for button in panel.buttons.values() if not button.isEnabled())


@pytest.mark.requirement("Q-1")
def test_who_keeps_no_settings_looks_and_compares_only(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    staff(desk)
    desk.sign_in.sign_in(CLERK, CLERK_PASSWORD)

    panel = opened(qtbot, workbench)

    assert [key for key, button in panel.buttons.items() if button.isEnabled()] == ["compare", "papers"]


@pytest.mark.requirement("Q-JS", "Q-YC")
def test_a_gap_is_filled_in_by_keys_and_its_proposal_is_only_copied(qtbot: QtBot, gappy: Workbench) -> None:
    panel, desk = opened(qtbot, gappy), gappy.desk

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, GapDialog)
        qtbot.waitUntil(lambda: "limit_amount_yuan" in dialog.numbers, timeout=PATIENCE_MS)
        card = dialog.numbers["limit_amount_yuan"]
        assert card.value.value() == ""
        card.value.setFocus()
        press(qtbot, card.value, Qt.Key.Key_J, ALT)
        assert card.value.value() == "300000"
        assert "未核实" in card.source.value()
        relation = dialog.numbers["limit_relation"]
        relation.value.setFocus()
        write(relation.value, "两项都要")
        press(qtbot, relation.value, Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: "出处" in relation.rows[1].fault, timeout=PATIENCE_MS)
        assert QApplication.focusWidget() is relation.source
        write(relation.source, "省《暂行办法》第三条")
        press(qtbot, relation.source, Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: bool(dialog.outcome), timeout=PATIENCE_MS)

    seen = in_dialog(GapDialog, fill)
    press(qtbot, panel.table, Qt.Key.Key_F6)

    assert seen == ["rules_gaps"]
    assert state_of(desk, "2026-notice-r2") is VersionState.SUBMITTED
    pack = desk.pack_versions.exact("junshan", "2026-notice-r2")
    assert pack.number("limit_relation") == Decimal(2)
    assert pack.parameters["limit_amount_yuan"].unverified
    assert desk.office.pack().number("limit_amount_yuan") is None


@pytest.mark.requirement("Q-JS")
def test_a_list_is_filled_in_row_by_row(qtbot: QtBot, gappy: Workbench) -> None:
    panel, desk = opened(qtbot, gappy), gappy.desk

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, GapDialog)
        qtbot.waitUntil(lambda: "key_classes" in dialog.lists, timeout=PATIENCE_MS)
        card = dialog.lists["key_classes"]
        first = card.entries[0][0]
        first.setFocus()
        write(first, "深基坑")
        write(card.entries[0][1], "省《暂行办法》第四条（一）")
        press(qtbot, first, Qt.Key.Key_Return, CTRL)
        write(card.entries[1][0], "写错的")
        press(qtbot, card.entries[1][0], Qt.Key.Key_Delete, CTRL)
        assert len(card.entries) == 1
        dialog.day.set_day(None)
        press(qtbot, first, Qt.Key.Key_S, CTRL)
        assert dialog.day_row.fault
        dialog.day.set_day(date(2026, 5, 20))
        press(qtbot, dialog.day, Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: bool(dialog.outcome), timeout=PATIENCE_MS)

    in_dialog(GapDialog, fill)
    press(qtbot, panel.table, Qt.Key.Key_F6)

    assert [item.label for item in desk.pack_versions.exact("junshan", "2026-notice-r2").high_risk][-1] == "深基坑"


@pytest.mark.requirement("Q-1", "LG-2-9")
def test_a_version_is_drafted_submitted_and_decided_by_keys(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    drafted(desk)
    panel = opened(qtbot, workbench)
    panel.choose("2026-07")
    press(qtbot, panel.table, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: panel.buttons["decide"].isEnabled(), timeout=PATIENCE_MS)

    def decide(dialog: QWidget) -> None:
        assert isinstance(dialog, DecisionDialog)
        qtbot.waitUntil(lambda: bool(dialog.view.differences), timeout=PATIENCE_MS)
        assert [each.name for each in dialog.view.differences] == ["limit_amount_yuan"]
        assert "没有未填写" in dialog.open_gaps.text()
        assert "还没有试算" in dialog.tried_line.text()
        assert "一人" in dialog.banner.text
        press(qtbot, dialog.view.tree, Qt.Key.Key_F8)
        qtbot.waitUntil(lambda: bool(dialog.reason_row.fault), timeout=PATIENCE_MS)
        write(dialog.reason, "与印发的文件一致")
        press(qtbot, dialog.reason, Qt.Key.Key_F9)
        qtbot.waitUntil(lambda: bool(dialog.outcome), timeout=PATIENCE_MS)

    in_dialog(DecisionDialog, decide)
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        press(qtbot, panel.table, Qt.Key.Key_F9)

    assert state_of(desk, "2026-07") is VersionState.IN_FORCE
    assert panel.buttons["withdraw"].isEnabled()


@pytest.mark.requirement("Q-1")
def test_a_version_is_tried_from_the_decision_by_a_key_and_what_it_gave_is_there_the_next_time(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk, "坪安路1号商铺装修")
    registered(desk, "坪安路2号商铺装修", contract_amount_yuan=Decimal(1_500_000))
    desk.pack_versions.submit(drafted(desk))
    panel = opened(qtbot, workbench)
    panel.choose("2026-07")
    said: list[str] = []

    def decide(dialog: QWidget) -> None:
        assert isinstance(dialog, DecisionDialog)
        qtbot.waitUntil(lambda: bool(dialog.view.differences), timeout=PATIENCE_MS)
        assert "还没有试算" in dialog.tried_line.text()
        tried = in_dialog(DryRunWindow, lambda window: tries(qtbot, window))
        press(qtbot, dialog.view.tree, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: "2 件中" in dialog.tried_line.text(), timeout=PATIENCE_MS)
        assert tried == ["dry_run"]
        said.append(dialog.tried_line.text())
        press(qtbot, dialog, Qt.Key.Key_Escape)

    def look_again(dialog: QWidget) -> None:
        assert isinstance(dialog, DecisionDialog)
        said.append(dialog.tried_line.text())

    in_dialog(DecisionDialog, decide)
    press(qtbot, panel.table, Qt.Key.Key_F9)
    back_at(qtbot, panel)
    in_dialog(DecisionDialog, look_again)
    press(qtbot, panel.table, Qt.Key.Key_F9)

    assert said[0] == said[1]
    assert state_of(desk, "2026-07") is VersionState.SUBMITTED
    assert {desk.ledger.file(each).pack_version for each in desk.ledger.ids(LedgerCriteria())} == {SHIPPED}


@pytest.mark.requirement("Q-1")
def test_escape_from_a_trial_begun_at_the_decision_keeps_what_was_tried_before(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk, "坪安路1号商铺装修")
    desk.pack_versions.submit(drafted(desk))
    panel = opened(qtbot, workbench)
    for version in ("2026-07", SHIPPED):
        panel.choose(version)
        tried = in_dialog(DryRunWindow, lambda window: tries(qtbot, window))
        press(qtbot, panel.table, Qt.Key.Key_F5)
        qtbot.waitUntil(partial(bool, tried), timeout=PATIENCE_MS)
        back_at(qtbot, panel)
    panel.choose("2026-07")
    said: list[str] = []

    def decide(dialog: QWidget) -> None:
        assert isinstance(dialog, DecisionDialog)
        qtbot.waitUntil(lambda: bool(dialog.view.differences), timeout=PATIENCE_MS)
        tried = in_dialog(DryRunWindow, lambda window: press(qtbot, window, Qt.Key.Key_Escape))
        press(qtbot, dialog.view.tree, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: bool(tried), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog, timeout=PATIENCE_MS)
        said.append(dialog.tried_line.text())

    in_dialog(DecisionDialog, decide)
    press(qtbot, panel.table, Qt.Key.Key_F9)

    assert "1 件中" in said[0]


@pytest.mark.requirement("Q-1")
def test_whoever_drafted_a_version_is_told_that_another_decides(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    staff(desk)
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    desk.pack_versions.submit(drafted(desk))
    panel = opened(qtbot, workbench)
    panel.choose("2026-07")

    press(qtbot, panel.table, Qt.Key.Key_F9)

    assert "另一人" in panel.banner.text
    assert not panel.buttons["decide"].isEnabled()


@pytest.mark.requirement("Q-1")
def test_a_version_is_withdrawn_with_a_reason_and_a_draft_deleted_when_sure(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    made = drafted(desk)
    desk.pack_versions.submit(made)
    desk.pack_versions.let_bind(made)
    panel = opened(qtbot, workbench)
    panel.choose("2026-07")

    def give_reason(dialog: QWidget) -> None:
        assert isinstance(dialog, ReasonDialog)
        write(dialog.rows["reason"].editor, "文件推迟印发")
        press(qtbot, dialog, Qt.Key.Key_S, CTRL)

    in_dialog(ReasonDialog, give_reason)
    press(qtbot, panel.table, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: state_of(desk, "2026-07") is VersionState.WITHDRAWN, timeout=PATIENCE_MS)


@pytest.mark.requirement("Q-1")
def test_two_versions_are_compared_article_by_article_copied_and_saved(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    drafted(desk, day=date(2026, 3, 1))
    lines = desk.pack_versions.all()
    dialog = ComparisonDialog(workbench, lines, lines[0])
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=PATIENCE_MS)

    assert dialog.before.value() == f"longgang {SHIPPED}"
    assert "2000000" in dialog.view.text.toPlainText()
    assert "1000000" in dialog.view.text.toPlainText()
    assert "已经到了" in dialog.about.text
    press(qtbot, dialog.view.tree, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert "第二条" in QApplication.clipboard().text()
    assert "1000000 → 2000000" in QApplication.clipboard().text()
    dialog.save_as(tmp_path / "compared.pdf")
    assert (tmp_path / "compared.pdf").read_bytes().startswith(b"%PDF")


def in_editor(qtbot: QtBot, desk: Desk, workbench: Workbench) -> EditorWindow:
    line = next(each for each in desk.pack_versions.all() if each.version == "2026-07")
    window = EditorWindow(workbench, line)
    shown(qtbot, window)
    qtbot.waitUntil(lambda: window.draft is not None, timeout=PATIENCE_MS)
    return window


@pytest.mark.requirement("Q-1", "LG-3-10")
def test_an_item_is_changed_in_the_editor_and_kept_by_itself(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    drafted(desk)
    window = in_editor(qtbot, desk, workbench)
    window.sections.choose(("high_risk",))
    press(qtbot, window.sections, Qt.Key.Key_Return)
    press(qtbot, window.entries.table, Qt.Key.Key_Down)
    press(qtbot, window.entries.table, Qt.Key.Key_Return)
    label = window.form.editors["label"].inner
    label.setFocus()
    label.selectAll()
    write(label, "变动承重结构")

    with qtbot.waitSignal(window.saving.kept, timeout=PATIENCE_MS):
        pass

    rules = desk.pack_versions.tree("longgang", "2026-07").rules
    assert rules["high_risk"][1]["label"] == "变动承重结构"
    assert "已保存" in window.state_line.text()


@pytest.mark.requirement("Q-1")
def test_a_condition_is_read_in_words_while_it_is_typed_and_half_of_one_is_not_lost(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    drafted(desk)
    window = in_editor(qtbot, desk, workbench)
    window.sections.choose(("high_risk",))
    window.form.begin("when")
    editor = window.form.editors["when"]
    editor.inner.selectAll()
    write(editor.inner, '{ fact = "excavation_depth_m",\n  at_least = "3" }')
    assert "不小于3" in editor.reading.text()
    editor.inner.selectAll()
    write(editor.inner, '{ fact = "excavation_depth_m", at_least = ')
    assert "还不是完整的写法" in editor.reading.text()

    with qtbot.waitSignal(window.finished, timeout=PATIENCE_MS):
        press(qtbot, editor.inner, Qt.Key.Key_Escape)

    again = in_editor(qtbot, desk, workbench)
    again.sections.choose(("high_risk",))
    assert again.form.editors["when"].inner.value() == '{ fact = "excavation_depth_m", at_least ='
    assert again.faults


@pytest.mark.requirement("Q-1")
def test_all_is_checked_at_once_and_enter_goes_to_the_field_of_a_fault(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    drafted(desk)
    window = in_editor(qtbot, desk, workbench)
    window.sections.choose(("materials",))
    for name in ("label", "cure"):
        editor = window.form.editors[name].inner
        editor.setFocus()
        editor.selectAll()
        press(qtbot, editor, Qt.Key.Key_Delete)
    window.sections.choose(("pack",))
    press(qtbot, window.sections, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "2 处错误" in window.banner.text, timeout=PATIENCE_MS)

    press(qtbot, window.fault_table, Qt.Key.Key_Down)
    press(qtbot, window.fault_table, Qt.Key.Key_Return)

    section = window.sections.chosen()
    assert section is not None
    assert section.path == ("materials",)
    assert QApplication.focusWidget() is window.form.editors["cure"].inner
    assert window.form.rows["label"].fault
    press(qtbot, window.form.editors["cure"].inner, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: not window.saving.is_dirty, timeout=PATIENCE_MS)
    assert state_of(desk, "2026-07") is VersionState.DRAFT


@pytest.mark.requirement("Q-1", "LG-3-10")
def test_an_entry_is_added_copied_moved_and_removed_by_keys_and_the_draft_submitted(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    drafted(desk)
    window = in_editor(qtbot, desk, workbench)
    window.sections.choose(("reminders",))
    table = window.entries.table
    before = table.rowCount()
    press(qtbot, table, Qt.Key.Key_D, CTRL)
    text = window.form.editors["text"].inner
    text.setFocus()
    text.selectAll()
    write(text, "另加的提示")
    press(qtbot, table, Qt.Key.Key_Up, ALT)
    assert table.rowCount() == before + 1
    press(qtbot, table, Qt.Key.Key_Insert)
    press(qtbot, table, Qt.Key.Key_Delete, CTRL)
    assert table.rowCount() == before + 1

    with qtbot.waitSignal(window.finished, timeout=PATIENCE_MS):
        press(qtbot, table, Qt.Key.Key_F7)

    assert state_of(desk, "2026-07") is VersionState.SUBMITTED
    assert desk.pack_versions.tree("longgang", "2026-07").rules["reminders"][0]["text"] == "另加的提示"


@pytest.mark.requirement("Q-1")
def test_a_version_number_that_is_taken_keeps_the_rules_under_the_one_before(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    drafted(desk)
    window = in_editor(qtbot, desk, workbench)
    window.version.setFocus()
    window.version.selectAll()
    write(window.version, SHIPPED)
    window.sections.choose(("labels",))
    value = window.form.editors["#value"].inner
    value.setFocus()
    value.selectAll()
    write(value, "小微工程")

    press(qtbot, value, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(window.head_rows["version"].fault), timeout=PATIENCE_MS)

    assert "换一个版本号" in window.head_rows["version"].fault
    assert "小微工程" in desk.pack_versions.tree("longgang", "2026-07").rules["labels"].values()


@pytest.mark.requirement("Q-1")
def test_a_version_goes_out_signed_and_what_comes_is_told(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    made = drafted(desk)
    desk.pack_versions.submit(made)
    desk.pack_versions.let_bind(made)
    panel = opened(qtbot, workbench)
    panel.choose("2026-07")
    line = panel.chosen()
    assert line is not None
    file = tmp_path / "out.swrules"

    panel.give_out(line, file)
    qtbot.waitUntil(lambda: "已存为" in panel.banner.text, timeout=PATIENCE_MS)
    panel.take_file(file)
    qtbot.waitUntil(lambda: "没有" in panel.banner.text, timeout=PATIENCE_MS)

    assert file.stat().st_size > 1000
    assert "往来单位" in panel.banner.text
