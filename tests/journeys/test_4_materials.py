"""The papers beside the form: each verdict by its key, form and copies, remark, and what to correct."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.walk_in import Correction, MaterialCheck, PaperForm, Verdict
from tests.journeys import people
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def filled(journey: Journey) -> Journey:
    """An ordinary shop decoration whose papers lie on the counter."""
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    return journey


@pytest.mark.requirement("LG-27-3a")
def test_each_verdict_has_its_key_and_each_paper_its_form(filled: Journey) -> None:
    filled.judge("")
    codes = filled.intake.refresh().unjudged
    assert len(codes) == 6
    count = filled.label("materials.count")
    filled.keys("O{Space}", "C1", "V2", "3", "4", "5")
    verdicts = [filled.typed().check_of(code) for code in codes[:6]]
    assert [check.verdict for check in verdicts] == [
        Verdict.IN_ORDER,
        Verdict.MISSING,
        Verdict.UNREADABLE,
        Verdict.UNSIGNED,
        Verdict.EXPIRED,
        Verdict.INCONSISTENT,
    ]
    assert [check.form for check in verdicts[:3]] == [PaperForm.ORIGINAL, PaperForm.COPY, PaperForm.ORIGINAL_SEEN]
    assert count.text() == "已核对 6/6"

    filled.keys("{Home}", "6")
    assert filled.here() == "material.remark", "another fault is told in words"
    filled.keys("第 2 页缺章{Enter}")
    assert filled.here() == "materials"
    assert filled.typed().check_of(codes[0]) == MaterialCheck(
        code=codes[0], verdict=Verdict.OTHER, form=PaperForm.ORIGINAL, remark="第 2 页缺章"
    )
    filled.keys("0")
    assert filled.typed().check_of(codes[0]).verdict is Verdict.UNJUDGED
    filled.keys("N")
    assert filled.typed().check_of(codes[0]).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.requirement("LG-27-3a")
def test_copies_pages_and_the_last_day_are_typed_below_the_list(filled: Journey) -> None:
    filled.judge("")
    code = filled.intake.refresh().unjudged[0]
    filled.keys("{Enter}")
    assert filled.here() == "material.form"
    filled.keys("复印{Enter}")
    filled.fill(("material.copies", "2"), ("material.pages", "5"), ("material.valid_to", "2027-1-1"))
    filled.fill(("material.remark", "与原件相符"))
    filled.keys("{Esc}")
    assert filled.here() == "materials"
    check = filled.typed().check_of(code)
    assert (check.copies, check.pages, check.valid_to, check.remark) == (2, 5, date(2027, 1, 1), "与原件相符")
    assert check.form is PaperForm.COPY


@pytest.mark.requirement("LG-28-2b", "LG-28-2d", "LG-28-6a")
def test_the_list_is_made_by_the_facts_and_verdicts_stay(filled: Journey) -> None:
    filled.judge("")
    before = filled.intake.refresh()
    filled.keys("{Space}")
    filled.fill(
        ("agent", "{Space}"),
        ("agent.name", "林知远"),
        ("property_owner", "{Space}"),
        ("property_owner.name", "许产"),
        ("facts.gas_line_change", "Y"),
        ("facts.earthwork", "Y"),
        ("facts.excavation_depth_m", "3"),
    )
    after = filled.intake.refresh()
    new = {line.code for line in after.lines if line.required} - {line.code for line in before.lines if line.required}
    assert new == {
        "28-2.1-agent-id",
        "28-2.1-poa",
        "28-2.2-consent",
        "28-5-special-scheme",
        "28-6-qualification",
        "28-6-safety-licence",
        "28-6-pm-authorisation",
        "28-7b-gas-opinion",
    }
    assert filled.typed().check_of(before.unjudged[0]).verdict is Verdict.IN_ORDER
    filled.fill(("contractor.safety_licence.valid_to", "{Ctrl+A}2026-3-1"))
    licence = next(line for line in filled.intake.refresh().lines if line.code == "28-6-safety-licence")
    assert licence.problem, "a licence that ran out yesterday is objected to by the rules"


@pytest.mark.requirement("LG-27-3c3")
def test_information_to_correct_is_added_beside_the_papers(filled: Journey) -> None:
    filled.judge("{Shift+Space}")
    filled.typist.walk_to("corrections.add")
    filled.keys("{Space}")
    assert filled.here() == "corrections.0.item"
    filled.keys("施工面积", "{Tab}", "与合同不一致，请核实")
    assert filled.typed().corrections == (Correction(item="施工面积", asked="与合同不一致，请核实"),)
    number = filled.decide("{F8}")
    visit = filled.file(number)
    assert visit.walk_in.corrections == (Correction(item="施工面积", asked="与合同不一致，请核实"),)
    assert number.startswith("PA-GZ-")
