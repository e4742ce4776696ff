"""``small-works ledger``: what a user may see, as JSON or as a workbook, and nothing besides."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.services.desk import open_desk
from tests import factories
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.integration.test_command_line import run

OURS, THEIRS = "PA-DJ-2026-000001", "PA-DJ-2026-000002"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filing of 坪安社区 and one of 新禾社区, a patroller of the first, a clerk of both, an auditor."""
    folder = tmp_path_factory.mktemp("listed")
    desk = open_desk(folder / "data", effort=factories.LIGHT, today=lambda: factories.FILED_ON)
    desk.office.set_up(factories.office())
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    for community in ("坪安社区", "新禾社区"):
        walk_in = replace(matter, place=replace(matter.place, community=community, estate=f"{community}一街1号"))
        party = factories.company(f"{community}餐饮店")
        request = DecisionRequest(act_id=community, act=Act.ACCEPT, walk_in=replace(walk_in, owner=party))
        desk.intake.decide(request)
    found(desk)
    hire(desk, "patroller", Grant(role=Role.PATROLLER, areas=frozenset({"坪安社区"})))
    hire(desk, "clerk", clerk())
    hire(desk, "auditor", Grant(role=Role.AUDITOR))
    desk.close()
    return folder


def _ledger(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = run("ledger", "--data", str(folder / "data"), *arguments, SMALL_WORKS_PASSWORD=OWN_PASSWORD)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.requirement("LG-34-0", "YC-A4e", "LG-P1")
@pytest.mark.parametrize("asked", [(), ("--text", THEIRS), ("--community", "新禾社区"), ("--status", "registered")])
def test_a_patroller_finds_no_filing_of_another_community(folder: Path, asked: tuple[str, ...]) -> None:
    status, answer, said = _ledger(folder, "--user", "patroller", *asked)
    assert status == 0, said
    assert {row["number"] for row in json.loads(answer)} <= {OURS}
    assert THEIRS not in answer
    assert "13800003344" not in answer


def test_a_clerk_of_both_finds_both_and_by_each_filter_what_it_leaves(folder: Path) -> None:
    _, answer, _ = _ledger(folder, "--user", "clerk")
    assert {row["number"] for row in json.loads(answer)} == {OURS, THEIRS}
    _, answer, _ = _ledger(folder, "--user", "clerk", "--community", "新禾社区", "--status", "registered")
    assert [(row["number"], row["filed_on"], row["status"]) for row in json.loads(answer)] == [
        (THEIRS, "2026-03-02", "registered")
    ]


@pytest.mark.requirement("LG-34-0", "LG-P1")
def test_an_export_holds_the_users_scope_and_covers_numbers(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    status, answer, said = _ledger(folder, "--user", "patroller", "--xlsx", str(file))
    assert status == 0, said
    assert json.loads(answer) == {"file": str(file), "count": 1, "left_out": 0}
    words = repr(list(load_workbook(file)["台账"].iter_rows(values_only=True)))
    assert OURS in words
    assert THEIRS not in words
    assert "13800003344" not in words


@pytest.mark.requirement("YC-2b")
@pytest.mark.parametrize(
    ("user", "code"),
    [((), "sign_in_needed"), (("--user", "auditor"), "not_permitted"), (("--user", "x"), "wrong_password")],
)
def test_nobody_and_whoever_may_not_see_are_refused(folder: Path, user: tuple[str, ...], code: str) -> None:
    status, answer, said = _ledger(folder, *user)
    assert (status, answer) == (2, "")
    assert said.startswith(code)
