"""Hazards by keys: fed back, rechecked, refused and handed on, with their papers and photos."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.attachments import AttachedTo, Moment
from desktop.domain.conduct import Ground
from desktop.domain.hazard import HazardState, StepKind, StepRequest
from desktop.domain.transfer import PenaltyKind, TransferCriteria, TransferMove, TransferState
from desktop.services.desk import Desk
from desktop.views.patrol.hazard_card import HazardCard
from desktop.views.patrol.step_dialog import StepDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.patrol.transfer_step_dialog import TransferStepDialog
from desktop.views.registers.conduct_dialogs import BadRecordDialog
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.at_the_patrol import CTRL, hazard, in_dialog, press, read, shown
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.integration.at_work import work_as
from tests.integration.hazard_desk import PATROLLER
from tests.integration.test_firms_service import firm
from tests.scans import photo


@pytest.mark.requirement("LG-30-H", "LG-34-2")
def test_a_hazard_is_fed_back_and_cleared_by_two_keys_with_a_photo_of_the_result(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    found = hazard(desk, registered(desk).filing_id)
    shown(qtbot, workbench, tab="hazards")
    after = tmp_path / "after.jpg"
    after.write_bytes(photo())

    def feed_back(dialog: StepDialog) -> None:
        write(dialog.text, "已加装防护栏")
        dialog.photos = (after,)
        press(Qt.Key.Key_S, CTRL)

    in_dialog(StepDialog, feed_back)
    press(Qt.Key.Key_F2)
    assert desk.hazards.file(found.ids[0]).row.state is HazardState.AWAITING_RECHECK

    in_dialog(StepDialog, lambda _dialog: press(Qt.Key.Key_S, CTRL))
    press(Qt.Key.Key_F4)

    assert desk.hazards.file(found.ids[0]).row.state is HazardState.CLEARED
    (attached,) = desk.attachments.attached_to(AttachedTo.HAZARD, found.ids[0])
    assert attached.moment is Moment.AFTER


@pytest.mark.requirement("LG-30-H")
def test_what_may_not_follow_is_said_and_not_asked(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    hazard(desk, registered(desk).filing_id)
    page = shown(qtbot, workbench, tab="hazards")

    press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)

    assert "不能记“复工”" in page.hazards.banner.text


def test_the_card_shows_course_and_photos_and_closes_with_esc(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    found = hazard(desk, registered(desk).filing_id)
    before = tmp_path / "before.jpg"
    before.write_bytes(photo())
    desk.attachments.add_to(AttachedTo.HAZARD, found.ids[0], before, act_id="photo", moment=Moment.BEFORE)
    shown(qtbot, workbench, tab="hazards")
    told: list[str] = []

    def look(card: HazardCard) -> None:
        told.append(card.words.text())
        press(Qt.Key.Key_Escape)

    in_dialog(HazardCard, look)
    press(Qt.Key.Key_Return)

    assert found.numbers[0] in told[0]
    assert "整改前 1 张" in told[0]


@pytest.mark.requirement("LG-30-H")
def test_the_late_ones_are_found_by_one_tick(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    hazard(desk, registered(desk).filing_id)
    page = shown(qtbot, workbench, tab="hazards")
    assert page.hazards.table.rowCount() == 1

    page.hazards.only_late.setChecked(True)
    read(qtbot, page)

    assert page.hazards.table.rowCount() == 0


@pytest.mark.requirement("LG-30-2b", "LG-36-0", "LG-36-1", "LG-21-6", "LG-35")
def test_a_refused_hazard_is_handed_on_and_followed_to_the_reply_with_its_penalty(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    found = hazard(desk, registered(desk).filing_id)
    request = StepRequest(
        act_id="no", hazard_id=found.ids[0], kind=StepKind.REFUSED, on=FILED_ON, text="负责人当场拒绝整改"
    )
    desk.hazards.step(request)
    page = shown(qtbot, workbench, tab="hazards")
    titles: list[str] = []
    workbench.papers_asked.connect(lambda _papers, title: titles.append(title))

    in_dialog(TransferDialog, lambda _dialog: press(Qt.Key.Key_S, CTRL))
    press(Qt.Key.Key_F5)

    (sent,) = desk.transfers.find(TransferCriteria())
    assert (sent.hazard_id, sent.state) == (found.ids[0], TransferState.SENT)
    assert titles == [sent.number]

    press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentWidget() is page.transfers
    read(qtbot, page)

    def reply(dialog: TransferStepDialog) -> None:
        dialog.text.setPlainText("已立案，责令改正")
        dialog.penalty.set_value(PenaltyKind.FINE.value)
        dialog.amount.set_value("5,000")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(TransferStepDialog, reply)
    press(Qt.Key.Key_F9)

    file = desk.transfers.file(sent.id)
    assert file.row.state is TransferState.REPLIED
    assert file.steps[-1].move is TransferMove.REPLIED
    penalty = file.steps[-1].penalty
    assert penalty is not None
    assert penalty.amount_yuan == Decimal(5000)


@pytest.mark.requirement("YC-4e")
def test_who_refused_is_proposed_for_the_conduct_register_and_a_person_decides(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    found = hazard(desk, registered(desk).filing_id)
    page = shown(qtbot, workbench, tab="hazards")
    key = page.hazards.button("patrol.hazard_conduct")
    assert key is not None
    assert not key.isVisible(), "nothing was refused, late or badly done yet"
    assert "不良档案" not in page.hazards.page.text
    row = desk.hazards.file(found.ids[0]).row
    desk.hazards.step(
        StepRequest(act_id="no", hazard_id=row.id, kind=StepKind.REFUSED, on=FILED_ON, text="当场拒绝整改")
    )
    page.hazards.show_rows()
    read(qtbot, page)
    assert key.isVisible()
    assert f"{row.responsible_name} 不服从管理（隐患 {row.number}），可列入不良档案" in page.hazards.page.text

    press(Qt.Key.Key_B, CTRL)
    assert "名录中没有" in page.hazards.banner.text, "the firm has to be registered first"

    firm_id = desk.firms.add(firm(name=row.responsible_name), act_id="firm")
    shown_because: list[str] = []

    def decide(dialog: BadRecordDialog) -> None:
        shown_because.append(dialog.because.text())
        assert dialog.decided_by.hasFocus()
        write(dialog.decided_by, "坪安街道办事处")
        write(dialog.document, "坪安街〔2026〕9号")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(BadRecordDialog, lambda _dialog: press(Qt.Key.Key_Escape))
    press(Qt.Key.Key_B, CTRL)
    assert desk.conduct.records() == (), "nothing is entered before somebody saves"
    in_dialog(BadRecordDialog, decide)
    press(Qt.Key.Key_B, CTRL)

    (record,) = desk.conduct.records()
    assert (record.firm_id, record.ground, record.filing_number) == (firm_id, Ground.DISOBEDIENT, row.site_number)
    assert row.number in record.remark
    assert "不服从管理" in shown_because[0]
    read(qtbot, page)
    press(Qt.Key.Key_B, CTRL)
    assert "已经列入不良档案" in page.hazards.banner.text


@pytest.mark.requirement("YC-4e")
def test_who_does_not_judge_conduct_reads_the_ground_and_has_no_key(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    found = hazard(desk, registered(desk).filing_id)
    desk.hazards.step(
        StepRequest(act_id="no", hazard_id=found.ids[0], kind=StepKind.REFUSED, on=FILED_ON, text="当场拒绝整改")
    )
    work_as(desk, PATROLLER)

    page = shown(qtbot, workbench, tab="hazards")

    assert page.hazards.button("patrol.hazard_conduct") is None
    assert "可列入不良档案，认定后才列入" in page.hazards.page.text


@pytest.mark.requirement("LG-21-6", "SJ-3f")
def test_received_and_reminded_are_one_key_each(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    found = hazard(desk, registered(desk).filing_id)
    draft = desk.transfers.after_refusal(found.ids[0])
    sent = desk.transfers.send(replace(draft, act_id="letter"))
    shown(qtbot, workbench, tab="transfers")

    in_dialog(TransferStepDialog, lambda _dialog: press(Qt.Key.Key_S, CTRL))
    press(Qt.Key.Key_F2)
    in_dialog(TransferStepDialog, lambda _dialog: press(Qt.Key.Key_S, CTRL))
    press(Qt.Key.Key_F6)

    moves = [step.move for step in desk.transfers.file(sent.transfer_id).steps]
    assert moves[-2:] == [TransferMove.RECEIVED, TransferMove.REMINDED]
