"""The life of a registration by keys: its state on the tab, extension, close-out, change and revocation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Status
from desktop.domain.life_acts import (
    ChangeKind,
    ChangeRequest,
    ChangeSource,
    CloseOutRequest,
    CompletionRequest,
    ExtensionRequest,
    LifeDone,
    WasteRecord,
)
from desktop.domain.registration_life import CompletionSource, LifeAct, LifeState
from desktop.domain.walk_in import MaterialCheck, Verdict
from desktop.services.desk import Desk, open_desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.life.change_dialog import ChangeDialog
from desktop.views.life.close_out_dialogs import CheckDialog, CloseOutDialog
from desktop.views.life.life_dialog import LifeDialog
from desktop.views.life.life_dialogs import CompletionWithdrawalDialog, ExtensionDialog, RevocationDialog
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, LIGHT, office
from tests.gui.at_the_patrol import hazard, patrolled
from tests.gui.filings import registered, shown
from tests.gui.input_method import write
from tests.scans import photo

PATIENCE_MS = 15_000
SHIFT = Qt.KeyboardModifier.ShiftModifier
D = TypeVar("D", bound=LifeDialog)


class Today:
    """The day of the window, which a test moves on."""

    day = FILED_ON


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication, today: Today) -> Iterator[Desk]:
    """A desk whose day moves on."""
    apply_theme(qapp)
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    opened = open_desk(tmp_path / "data", today=lambda: today.day, now=lambda: now, effort=LIGHT)
    opened.office.set_up(office())
    yield opened
    opened.close()


def opened(qtbot: QtBot, page: FilingPage, key: Qt.Key, kind: type[D], held: Qt.KeyboardModifier = SHIFT) -> D:
    """Open a dialog by its key and give it."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(page, key, held)
    found = [widget for widget in page.life.findChildren(kind) if widget.isVisible()]
    assert len(found) == 1
    qtbot.waitUntil(found[0].isActiveWindow, timeout=PATIENCE_MS)
    return found[0]


def carried_out(qtbot: QtBot, dialog: LifeDialog) -> object:
    """Do the act by its key and give what came of it."""
    with qtbot.waitSignal(dialog.carried_out, timeout=PATIENCE_MS) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    return told.args[0]


@pytest.mark.requirement("LG-25-2a", "LG-25-2b")
def test_the_tab_says_how_the_registration_stands_and_what_is_due(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk).filing_id
    today.day = date(2026, 8, 20)
    page = shown(qtbot, workbench, filing_id)

    qtbot.keyClick(page, Qt.Key.Key_F2)

    assert page.tabs.currentWidget() is page.life
    words = page.life.words()
    assert "可申请延期" in words
    assert "有效期至 2026-09-02，还有 13 天" in words
    assert "2026-08-18 至 2026-09-02（第二十五条）" in words
    assert not page.life.buttons[LifeAct.EXTEND].isHidden()
    assert page.life.buttons[LifeAct.VERIFY_CLOSEOUT].isHidden()


@pytest.mark.requirement("LG-25-2b", "LG-25-2c")
def test_an_extension_by_keys_says_the_new_end_first_and_keeps_what_was_typed(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk).filing_id
    today.day = date(2026, 8, 20)
    page = shown(qtbot, workbench, filing_id)
    dialog = opened(qtbot, page, Qt.Key.Key_F2, ExtensionDialog)
    assert "由 2026-09-02 延至 2027-03-02" in dialog.effect.text()
    assert "第二十五条" in dialog.effect.text()

    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: dialog.rows["reason"].fault != "", timeout=PATIENCE_MS)
    assert QApplication.focusWidget() is dialog.reason

    write(dialog.reason, "材料到货推迟")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "the first Esc loses nothing"
    with qtbot.waitSignal(workbench.papers_asked, timeout=PATIENCE_MS):
        result = carried_out(qtbot, dialog)

    assert isinstance(result, LifeDone)
    assert page.file is not None
    assert page.file.valid_until == date(2027, 3, 2)
    assert "材料到货推迟" in page.life.words()


@pytest.mark.requirement("LG-25-2b")
def test_a_used_up_extension_is_not_offered_again_without_naming_the_manager(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk).filing_id
    today.day = date(2026, 8, 20)
    desk.life.extend(ExtensionRequest(act_id="extension-1", filing_id=filing_id, reason="材料到货推迟", months=6))
    today.day = date(2027, 2, 25)

    page = shown(qtbot, workbench, filing_id)

    words = page.life.words()
    assert "可申请延期" not in words + page.bar.words + page.overview.words()
    assert "次数已用完：到期后还要施工的，重新登记" in page.overview.words()
    assert "已延期 1 次，次数已用完：再延须由分管领导例外同意" in words


@pytest.mark.requirement("LG-25-2b")
def test_too_early_is_said_before_anything_is_typed(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)

    dialog = opened(qtbot, page, Qt.Key.Key_F2, ExtensionDialog)

    assert "2026-08-18 至 2026-09-02 可以申请" in dialog.effect.text()


@pytest.mark.requirement("LG-33-1", "LG-33-2", "LG-33-3", "LG-13-11c")
def test_a_close_out_by_keys_from_application_to_receipt(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk).filing_id
    today.day = date(2026, 7, 6)
    page = shown(qtbot, workbench, filing_id)
    dialog = opened(qtbot, page, Qt.Key.Key_F5, CloseOutDialog)
    dialog.completed_on.set_value("")
    write(dialog.completed_on, "2026-6-26")
    write(dialog.applicant, "林知远")
    assert "应在 2026-07-01 前申报，超过 3 个工作日（第三十三条）" in dialog.effect.text()

    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: dialog.rows["kind"].fault != "", timeout=PATIENCE_MS)
    assert QApplication.focusWidget() is dialog.waste["kind"]
    dialog.no_waste.setFocus()
    qtbot.keyClick(dialog.no_waste, Qt.Key.Key_Space)
    carried_out(qtbot, dialog)
    assert page.life.life is not None
    assert page.life.life.state is LifeState.AWAITING_CLOSEOUT

    check = opened(qtbot, page, Qt.Key.Key_F6, CheckDialog)
    write(check.verdict, "已经完工")
    write(check.text, "现场已清理")
    carried_out(qtbot, check)

    assert page.file is not None
    assert page.file.row.status is Status.CLOSED
    assert "只供查看" in page.life.words()
    assert all(button.isHidden() for act, button in page.life.buttons.items() if act is not LifeAct.BEGIN_AGAIN)


@pytest.mark.requirement("LG-33-2")
def test_a_completion_noted_by_mistake_is_taken_back_by_key(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk).filing_id
    today.day = date(2026, 6, 26)
    noted = CompletionRequest(
        act_id="noted", filing_id=filing_id, completed_on=today.day, source=CompletionSource.PATROL
    )
    desk.life.note_completion(noted)
    page = shown(qtbot, workbench, filing_id)
    withdraw = page.life.buttons[LifeAct.WITHDRAW_COMPLETION]
    assert not withdraw.isHidden()
    held = SHIFT | Qt.KeyboardModifier.ControlModifier
    dialog = opened(qtbot, page, Qt.Key.Key_F4, CompletionWithdrawalDialog, held)
    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: dialog.rows["reason"].fault != "", timeout=PATIENCE_MS)
    write(dialog.reason, "看错了工地")
    carried_out(qtbot, dialog)

    assert page.life.life is not None
    assert page.life.life.state is LifeState.UNDER_WAY
    assert withdraw.isHidden()


@pytest.mark.requirement("LG-30-3b")
def test_papers_left_to_be_brought_are_named_on_the_tab_and_taken_in_by_the_change(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    filing_id = registered(desk).filing_id
    matter = desk.life.matter_to_change(filing_id)
    matter = replace(matter, facts=matter.facts.with_facts(structural_change=True))
    needed = desk.life.change_ahead(filing_id, matter).needed
    for need in needed:
        matter = matter.with_check(MaterialCheck(code=need.code, verdict=Verdict.MISSING))
    found = ChangeRequest(
        act_id="found",
        filing_id=filing_id,
        kind=ChangeKind.SCOPE,
        source=ChangeSource.PATROL,
        reason="现场改动了结构",
        walk_in=matter,
    )
    desk.life.change(found)
    page = shown(qtbot, workbench, filing_id)
    assert "变更后待补材料" in page.life.words()

    dialog = opened(qtbot, page, Qt.Key.Key_F3, ChangeDialog)
    assert dialog.effect.text() == "还没有改动。"
    assert {code: field.value() for code, field in dialog.materials.items()} == {
        need.code: "missing" for need in needed
    }
    write(dialog.kind, "其他")
    write(dialog.reason, "补交材料")
    for need in needed:
        dialog.materials[need.code].selectAll()
        write(dialog.materials[need.code], "齐")
        qtbot.keyClick(dialog.materials[need.code], Qt.Key.Key_Return)
    assert "待补 → 齐" in dialog.fields.text()
    carried_out(qtbot, dialog)

    assert "变更后待补材料" not in page.life.words()


@pytest.mark.requirement("LG-33-2")
def test_a_key_that_does_not_fit_the_state_says_so(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)

    with qtbot.waitSignal(workbench.told, timeout=PATIENCE_MS) as told:
        qtbot.keyClick(page, Qt.Key.Key_F6, SHIFT)

    assert told.args == ["现在不能办理：现场核实（在建）"]


@pytest.mark.requirement("LG-30-1a", "LG-30-3b")
def test_a_change_shows_old_and_new_and_asks_only_newly_needed_papers(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    dialog = opened(qtbot, page, Qt.Key.Key_F3, ChangeDialog)
    assert dialog.effect.text() == "还没有改动。"

    row = dialog.form.row("contractor.project_manager.name")
    assert row is not None
    write(row.editor, "甲")
    qtbot.waitUntil(lambda: "项目负责人" in dialog.fields.text(), timeout=PATIENCE_MS)
    assert dialog.materials == {}
    write(dialog.kind, "人员")
    write(dialog.reason, "项目负责人离职")
    carried_out(qtbot, dialog)

    assert "项目负责人：周望 → " in page.life.words()


@pytest.mark.requirement("LG-25-4a", "LG-25-4c")
def test_a_revocation_names_ground_and_article_before_it_is_done(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    dialog = opened(qtbot, page, Qt.Key.Key_F8, RevocationDialog)
    dialog.ground.set_value("beyond_registered_scope")
    dialog.show_effect()
    assert "先责成整改" in dialog.effect.text()
    assert dialog.has_refused.isVisible()

    dialog.ground.set_value("illegal_construction")
    dialog.show_effect()
    assert "第二十五条" in dialog.effect.text()
    assert "登记内容只供查看；巡查、隐患、照片和送达仍可记" in dialog.effect.text()
    write(dialog.facts, "屋顶加建")
    write(dialog.evidence, "照片")
    carried_out(qtbot, dialog)

    assert page.file is not None
    assert page.file.row.status is Status.REVOKED
    assert "登记内容只供查看；巡查、隐患、照片和送达仍可记" in page.life.words()
    assert not page.life.buttons[LifeAct.DELIVER].isHidden()
    filing_id = page.file.row.id
    patrolled(desk, filing_id)
    hazard(desk, filing_id)
    desk.attachments.add(filing_id, photo(), act_id="after", title="现场照片")


@pytest.mark.requirement("LG-25-2b", "LG-G2")
def test_a_registration_past_its_end_is_begun_again_by_key(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk).filing_id
    today.day = date(2026, 9, 20)
    page = shown(qtbot, workbench, filing_id)
    assert "已过期" in page.life.words()

    with qtbot.waitSignal(workbench.again_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(page, Qt.Key.Key_F12, SHIFT)

    assert asked.args == [filing_id]


def test_what_was_applied_stands_in_the_dialog_of_the_check(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    filing_id = registered(desk, gas_line_change=True).filing_id
    today.day = date(2026, 7, 6)
    waste = WasteRecord(is_none=True)
    days = date(2026, 7, 6)
    asked = CloseOutRequest(
        act_id="closeout-1", filing_id=filing_id, completed_on=days, applied_on=days, applicant="林", waste=waste
    )
    desk.life.apply_closeout(asked)
    page = shown(qtbot, workbench, filing_id)

    dialog = opened(qtbot, page, Qt.Key.Key_F6, CheckDialog)

    assert list(dialog.papers) == ["管道燃气企业安全检查合格"]
    assert "管道燃气企业安全检查合格" in dialog.effect.text()
