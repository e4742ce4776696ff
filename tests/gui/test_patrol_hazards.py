"""Hazards by keys: fed back, rechecked, refused and handed on, with their papers and photos."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.attachments import AttachedTo, Moment
from desktop.domain.hazard import HazardState, StepKind, StepRequest
from desktop.domain.transfer import PenaltyKind, TransferCriteria, TransferMove, TransferState
from desktop.services.desk import Desk
from desktop.views.patrol.hazard_card import HazardCard
from desktop.views.patrol.step_dialog import StepDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.patrol.transfer_step_dialog import TransferStepDialog
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.at_the_patrol import CTRL, hazard, in_dialog, press, shown
from tests.gui.filings import registered
from tests.gui.input_method import write
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
