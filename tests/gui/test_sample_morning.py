"""The morning that plays on machines without a display serves everybody and leaves its papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.access import FOUNDER, Role
from desktop.domain.acts import Act, Status
from desktop.domain.hazard import HazardState
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.patrol import PatrolResult
from desktop.domain.transfer import TransferCriteria, TransferState
from desktop.sample_morning.morning import whole_morning
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.script import Morning, read_morning
from desktop.services.desk import open_desk
from desktop.services.resources import resources_folder
from tests.factories import LIGHT

# The second visit puts the notice right, the reviewer passes what was sent, and no work ends on its first day.
PUT_RIGHT_BY_NOON = {Status.AWAITING_CORRECTION, Status.AWAITING_REVIEW, Status.RETURNED}
NOT_ON_ITS_FIRST_DAY = {Status.AWAITING_CLOSEOUT, Status.CLOSED, Status.REVOKED}
# Lines told: first start and signing in; ledger and filing; patrol, letter, reply and worklist; dashboard, report and
# workbook; review, audit, backup.
OPENING, LOOKING_AROUND, ON_SITE, FIGURES, HANDING_OVER = 2, 3, 4, 3, 3


@pytest.fixture(scope="module")
def morning() -> Morning:
    return read_morning(resources_folder() / "samples" / "morning.toml")


@pytest.mark.requirement(
    "LG-27-3h", "LG-27-3c4", "LG-27-3b1", "LG-26-2a", "LG-26-2b", "YC-1a", "YC-2c", "LG-30-2a", "LG-36-1", "LG-21-2d"
)
def test_every_outcome_is_reached_by_keys_and_leaves_its_papers(qtbot: QtBot, tmp_path: Path, morning: Morning) -> None:
    desk = open_desk(tmp_path, effort=LIGHT)
    try:
        lines = list(whole_morning(desk, morning, tmp_path))
        desk.sign_in._station.work_as(FOUNDER)
        rows = desk.ledger.page(desk.ledger.ids(LedgerCriteria()))
        reviewed = {row.id: desk.reviews.checkers(row.id) for row in rows if desk.reviews.steps(row.id)}
        backups = desk.backups.all()
        patrols = desk.patrols.of_day(desk.office.today())
        hazards = desk.hazards.page(desk.hazards.ids(HazardCriteria()))
        notices = [paper.code for paper in desk.hazards.file(hazards[0].id).papers]
        letters = desk.transfers.find(TransferCriteria())
        reports = desk.statistics.issued()
    finally:
        desk.close()

    assert len(lines) == len(morning.walk_ins) + OPENING + LOOKING_AROUND + ON_SITE + FIGURES + HANDING_OVER
    assert {row.status for row in rows} == set(Status) - PUT_RIGHT_BY_NOON - NOT_ON_ITS_FIRST_DAY
    assert len(rows) == len(morning.walk_ins) - 1
    assert {row.visits for row in rows} == {1, 2}
    assert [set(each.values()) for each in reviewed.values()] == [{(morning.office.clerk_name, "周审")}]
    folders = {walk_in.name for walk_in in morning.walk_ins}
    assert {folder.name for folder in (tmp_path / "papers").iterdir()} == folders
    assert all(list((tmp_path / "papers" / name).glob("*.pdf")) for name in folders)
    pictures = {picture.name for picture in (tmp_path / "screenshots").glob("*.png")}
    assert pictures >= {"0-first-start.png", "0-sign-in.png", "10-review.png", "11-audit.png", "12-backup.png"}
    assert "9-explanation.png" in pictures
    assert pictures >= {"9-patrol.png", "9-hazards.png", "9-transfer.png", "9-worklist.png"}
    assert pictures >= {"10-dashboard.png", "10-report.png", "10-report-paper.png"}
    [report] = reports
    kept = {file.name for file in (tmp_path / "reports").iterdir()}
    assert kept == {f"{report.number} {report.name} {report.period.code}.pdf", "monthly-report.xlsx"}
    assert [(patrol.recorded_by, patrol.result) for patrol in patrols] == [("赵宁", PatrolResult.FINDINGS)]
    assert [hazard.state for hazard in hazards] == [HazardState.REFUSED]
    assert "rectification_notice" in notices
    assert [letter.state for letter in letters] == [TransferState.REPLIED]
    assert all({f"{name}-form.png", f"{name}-done.png"} <= pictures for name in folders)
    assert [brief.is_good for brief in backups] == [True]


def test_the_morning_has_one_visitor_for_each_act_and_a_second_visit(morning: Morning) -> None:
    keys = {"F9", "F8", "F7", "F6", "F5", "Shift+F9"}

    assert {walk_in.act for walk_in in morning.walk_ins} == keys
    # The key of acceptance sends for review where the office wants one.
    assert len(keys) == len(set(Act) - {Act.SUBMIT_FOR_REVIEW})
    assert [walk_in.revisits for walk_in in morning.walk_ins if walk_in.revisits] == ["3-dwelling-one-time-notice"]


@pytest.mark.requirement("YC-1a")
def test_the_day_opens_with_an_administrator_and_a_clerk_who_signs_in(
    qtbot: QtBot, tmp_path: Path, morning: Morning
) -> None:
    desk = open_desk(tmp_path, effort=LIGHT)
    try:
        lines = list(SampleDay(desk, morning.office, tmp_path / "screenshots").open())
        assert len(lines) == OPENING
        assert desk.sign_in.actor.name == morning.office.clerk_name
        assert [grant.role for grant in desk.sign_in.actor.grants] == [Role.WINDOW_CLERK]
        assert len(list((tmp_path / "screenshots").glob("0-*.png"))) == 2
    finally:
        desk.close()
