"""A sixth place: a pack that does not come with the program is taken in, let bind, chosen, and matters judged by it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.assessment_result import UNDETERMINED
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.pack_rules import Outcome
from desktop.domain.pack_version import VersionState
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import LIGHT
from tests.guide_example import EXAMPLE
from tests.integration.conftest import Clock, Decide
from tests.integration.test_command_line import answer, run

FROM = date(2026, 7, 1)
HOME: dict[str, Any] = {
    "kind": "small_work",
    "category": "residential_decoration",
    "structural_change": False,
    "special_operations": [],
}


def taken_in(desk: Desk) -> int:
    """Take the example in and let it bind, as the only person there is before there are accounts."""
    version_id = desk.pack_versions.take_file(EXAMPLE, act_id="take")
    desk.pack_versions.submit(version_id)
    desk.pack_versions.let_bind(version_id)
    return version_id


@pytest.mark.requirement("Q-1", "Q-3")
def test_rules_of_a_place_that_does_not_come_with_the_program_are_listed_until_they_are_let_bind(
    desk: Desk, clock: Clock
) -> None:
    clock.day = FROM
    version_id = desk.pack_versions.take_file(EXAMPLE, act_id="take")
    first = desk.pack_versions.all()[0]
    assert (first.id, first.pack_id, first.state, first.is_elsewhere) == (
        version_id,
        "example",
        VersionState.DRAFT,
        True,
    )
    assert "example" not in [choice.id for choice in desk.office.pack_choices()]
    desk.pack_versions.submit(version_id)
    desk.pack_versions.let_bind(version_id)
    assert "example" in [choice.id for choice in desk.office.pack_choices()]


@pytest.mark.requirement("Q-1")
def test_the_office_chooses_them_and_works_by_them_the_next_morning_too(
    desk: Desk, clock: Clock, data_folder: Path
) -> None:
    clock.day = FROM
    taken_in(desk)
    desk.office.set_up(replace(factories.office(), pack_id="example"))
    assert desk.office.pack().version == "2026-07"
    assert local("小型工程注销") == "小散工程销号"
    assert [line.is_elsewhere for line in desk.pack_versions.all()] == [False]
    drafted = desk.pack_versions.begin("example", "2026-07", act_id="next")
    assert desk.pack_versions.all()[0].version == "2026-07-r2"
    desk.pack_versions.discard(drafted)
    desk.close()
    opened = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)
    assert opened.office.pack().title == "样例县小散工程和零星作业安全生产登记办法"
    opened.close()


@pytest.mark.requirement("Q-1")
def test_they_cannot_be_chosen_before_their_day(desk: Desk, clock: Clock) -> None:
    taken_in(desk)
    with pytest.raises(ClerkError, match="no_pack_in_force"):
        desk.office.set_up(replace(factories.office(), pack_id="example"))
    assert desk.office.pack().id == factories.office().pack_id


@pytest.mark.requirement("Q-1", "Q-3")
def test_a_matter_is_registered_by_them_with_their_papers(desk: Desk, clock: Clock, decide: Decide) -> None:
    clock.day = FROM
    taken_in(desk)
    desk.office.set_up(replace(factories.office(), pack_id="example"))
    facts = factories.declared(**HOME, contract_amount_yuan=90000, floor_area_m2=80)
    decided = decide(factories.in_order(factories.walk_in(facts), ("form",)))
    kept = desk.ledger.file(decided.filing_id)
    assert (kept.assessment["pack_id"], kept.assessment["pack_version"]) == ("example", "2026-07")
    assert "receipt" in [paper.code for paper in decided.papers]


@pytest.mark.requirement("Q-1", "Q-3")
@pytest.mark.parametrize(
    ("amount", "area", "outcome", "missing"),
    [
        (499999, 299, Outcome.REGISTER, []),
        (500001, 299, Outcome.PERMIT_REQUIRED, []),
        (499999, 301, Outcome.PERMIT_REQUIRED, []),
        (500000, 299, UNDETERMINED, ["config.limit_inclusive"]),
        (500000, 301, Outcome.PERMIT_REQUIRED, []),
    ],
)
def test_a_pack_in_an_own_folder_assesses_boundary_cases(
    tmp_path: Path, amount: int, area: int, outcome: str, missing: list[str]
) -> None:
    file = tmp_path / "facts.json"
    facts = {**HOME, "contract_amount_yuan": amount, "floor_area_m2": area, "provided_materials": ["form"]}
    file.write_text(json.dumps(facts), encoding="utf-8")
    found = answer("assess", str(file), "--pack", str(EXAMPLE), "--on", "2026-07-01")
    assert (found["outcome"], found["missing_facts"]) == (outcome, missing)
    assert answer("assess", str(file), "--pack", str(EXAMPLE.parent), "--on", "2026-07-01") == found


@pytest.mark.requirement("Q-1")
def test_a_pack_before_its_day_and_two_packs_at_once_are_sentences(tmp_path: Path) -> None:
    for arguments, said in (
        (("--pack", str(EXAMPLE), "--on", "2026-06-30"), "no_pack_in_force"),
        (("--pack", str(EXAMPLE), "--policy", "longgang"), "not allowed with"),
        (("--pack", str(tmp_path)), "没有找到规则包"),
    ):
        done = run("assess", "-", *arguments, stdin=b"{}")
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr.decode()
