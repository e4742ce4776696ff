"""What cannot be done with a hazard: days that go backwards, an act id used twice, changing what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import StepKind
from desktop.domain.life_acts import RevocationRequest
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferMove, TransferStepDraft
from desktop.domain.walk_in import WalkIn
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from tests.integration.at_work import MANAGER, person, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.hazard_desk import PATROLLER, asked, draft, step
from tests.integration.test_patrols import visit

pytestmark = pytest.mark.requirement("LG-30-H")


@pytest.fixture
def site(desk: Desk, decide: Decide, complete: WalkIn) -> SiteRef:
    """A registered small work; the patroller is at work."""
    decided = decide(complete)
    work_as(desk, PATROLLER)
    return SiteRef(filing_id=decided.filing_id)


def fault_of(desk: Desk, hazard: int, kind: StepKind, on: date) -> str:
    """Take a step of a day that does not stand; gives the code of its fault."""
    with pytest.raises(ClerkError) as caught:
        desk.hazards.step(step(desk, hazard, kind, on=on, act_id="backwards"))
    faults = caught.value.details["faults"]
    assert isinstance(faults, tuple)
    return str(faults[0].code)


def test_a_recheck_does_not_lie_before_what_it_looks_at(desk: Desk, site: SiteRef, clock: Clock) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    clock.day = date(2026, 3, 5)
    desk.hazards.step(step(desk, hazard, StepKind.FEEDBACK))
    for kind in (StepKind.PASSED, StepKind.FAILED):
        assert fault_of(desk, hazard, kind, date(2026, 3, 4)) == "before_step"
    desk.hazards.step(step(desk, hazard, StepKind.PASSED))


def test_work_does_not_go_on_before_it_was_stopped_and_cleared(desk: Desk, site: SiteRef, clock: Clock) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    clock.day = date(2026, 3, 4)
    desk.hazards.step(step(desk, hazard, StepKind.STOPPED))
    clock.day = date(2026, 3, 5)
    desk.hazards.step(step(desk, hazard, StepKind.PASSED))
    assert fault_of(desk, hazard, StepKind.RESUMED, date(2026, 3, 4)) == "before_step"
    desk.hazards.step(step(desk, hazard, StepKind.RESUMED))


def test_an_act_id_stands_for_one_site_and_one_kind_of_step(desk: Desk, site: SiteRef, clock: Clock) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    desk.patrols.record(visit(site))
    desk.hazards.step(step(desk, hazard, StepKind.FEEDBACK, act_id="step"))
    for act in (
        lambda: desk.hazards.record(asked(SiteRef(), draft(), community="坪安社区")),
        lambda: desk.hazards.step(step(desk, hazard, StepKind.PASSED, act_id="step")),
        lambda: desk.patrols.record(visit(SiteRef(), community="坪安社区", road="坪安路")),
    ):
        with pytest.raises(ClerkError) as caught:
            act()
        assert caught.value.code == "act_id_used"
    assert (count_of(desk, "hazard"), count_of(desk, "patrol"), count_of(desk, "hazard_step")) == (1, 1, 4)


@pytest.mark.requirement("LG-25-4a", "LG-G1")
def test_a_hazard_of_a_revoked_registration_leaves_the_registration_as_it_is(
    desk: Desk, site: SiteRef, clock: Clock
) -> None:
    assert site.filing_id is not None
    [hazard] = desk.hazards.record(asked(site, draft(due_on=date(2026, 3, 5)))).ids
    desk.hazards.step(step(desk, hazard, StepKind.ESCALATED))
    work_as(desk, MANAGER)
    desk.life.revoke(
        RevocationRequest(
            act_id="revoked",
            filing_id=site.filing_id,
            ground="false_declaration",
            facts="合同系伪造",
            evidence="合同原件",
            has_refused=True,
        )
    )
    desk.hazards.step(step(desk, hazard, StepKind.STOPPED))
    desk.hazards.step(step(desk, hazard, StepKind.ESCALATION_LIFTED))
    with desk.database.reading() as session:
        filing = session.get_one(Filing, site.filing_id)
        assert (filing.stopped_on, filing.escalated_on) == (None, clock.day)
    work_as(desk, person(14, "邓审", Role.AUDITOR))
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("LG-36-1")
def test_an_act_id_of_one_letter_is_no_step_of_another(desk: Desk, site: SiteRef) -> None:
    first, second = desk.hazards.record(asked(site, draft(), draft(description="临边没有防护"))).ids
    one = desk.transfers.send(replace(desk.transfers.after_refusal(first), act_id="letter-1"))
    two = desk.transfers.send(replace(desk.transfers.after_refusal(second), act_id="letter-2"))
    received = TransferStepDraft(act_id="received", move=TransferMove.RECEIVED, on=desk.office.today(), who="收件员")
    desk.transfers.step(one.transfer_id, received)
    with pytest.raises(ClerkError) as caught:
        desk.transfers.step(two.transfer_id, received)
    assert caught.value.code == "act_id_used"


@pytest.mark.requirement("LG-P1")
def test_numbers_of_persons_are_covered_on_the_list_in_the_file_and_in_the_sheet(
    desk: Desk, site: SiteRef, tmp_path: Path
) -> None:
    said = "工头电话 13800001234"
    [hazard] = desk.hazards.record(asked(site, draft(description=said, spot=said))).ids
    desk.hazards.step(step(desk, hazard, StepKind.FEEDBACK, text=said))
    patrol = desk.patrols.record(visit(site, remark=said)).patrol_id
    sheet = tmp_path / "patrols.xlsx"
    desk.patrol_import.export([patrol], sheet)
    cells = [str(cell.value) for row in load_workbook(sheet).worksheets[0].iter_rows() for cell in row]
    shown = [repr(desk.hazards.page([hazard])), repr(desk.hazards.file(hazard)), *cells]
    assert not [text for text in shown if "13800001234" in text]
    assert any("工头电话 138****1234" in text for text in cells)
