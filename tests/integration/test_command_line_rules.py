"""``small-works try-rules``: a pack file over the ledger, as JSON and as a workbook."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.cli import main
from desktop.domain.acts import Act, DecisionRequest
from desktop.policy.pack_text import texts_of
from desktop.services.desk import open_desk
from tests import factories
from tests.integration.people import OWN_PASSWORD, clerk, found, hire


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one filing of today, and beside it a pack file with a lower limit."""
    desk = open_desk(tmp_path / "data", effort=factories.LIGHT)
    desk.office.set_up(factories.office())
    facts = factories.small_work_facts(contract_amount_yuan=Decimal(600_000))
    matter = factories.all_in_order(
        factories.walk_in(facts, planned_start_on=date.today(), planned_end_on=None), desk.intake.pack()
    )
    desk.intake.decide(DecisionRequest(act_id="one", act=Act.ACCEPT, walk_in=matter))
    tree = desk.pack_versions.tree("longgang", desk.intake.pack().version)
    tree.rules["pack"]["version"] = "candidate"
    tree.rules["parameters"]["limit_amount_yuan"]["value"] = "500000"
    rules, papers = texts_of(tree)
    (tmp_path / "candidate.toml").write_text(rules, encoding="utf-8")
    (tmp_path / "candidate.papers.toml").write_text(papers, encoding="utf-8")
    desk.close()
    return tmp_path / "data"


def tried(ledger: Path, *arguments: str) -> int:
    return main(["try-rules", str(ledger.parent / "candidate.toml"), "--data", str(ledger), *arguments])


@pytest.mark.requirement("Q-1")
def test_a_pack_file_is_tried_and_told_as_json_and_workbook(
    ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = tried(ledger, "--months", "3", "--xlsx", str(tmp_path / "tried.xlsx"))

    said = capsysbinary.readouterr()
    assert status == 0, said.err.decode()
    answer: dict[str, Any] = json.loads(said.out)
    assert (answer["version"], answer["tried"], answer["changed"], answer["not_tried"]) == ("candidate", 1, 1, 0)
    assert answer["by_kind"]["risk"] == 1
    assert answer["by_kind"]["scope"] == 0
    (filing,) = answer["filings"]
    assert filing["changes"][0] == {
        "kind": "risk",
        "before": "不是高风险小型工程",
        "after": "高风险小型工程",
        "article": "第三条(一)",
    }
    assert answer["commonest"][0]["count"] == 1
    assert load_workbook(answer["file"]).sheetnames == ["合计", "逐件清单"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--months", "0"), "months_unfit", id="no-months"),
        pytest.param(("--xlsx", "NONE/tried.xlsx"), "cannot_save_file", id="no-folder"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(
    ledger: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    places = [argument.replace("NONE", str(ledger / "none")) for argument in arguments]

    assert tried(ledger, *places) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_no_pack_is_refused_with_its_name(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ledger.parent / "candidate.toml").write_text('[pack]\nid = "x"\n', encoding="utf-8")

    assert tried(ledger) == 2
    assert "candidate.toml" in capsys.readouterr().err


def test_where_there_are_accounts_somebody_with_the_right_must_ask(
    ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(ledger, effort=factories.LIGHT)
    found(desk)
    hire(desk, "heping", clerk())
    desk.close()
    monkeypatch.setenv("SMALL_WORKS_PASSWORD", OWN_PASSWORD)

    assert tried(ledger) == 2
    assert "sign_in_needed" in capsys.readouterr().err
    assert tried(ledger, "--user", "heping") == 2
    assert "not_permitted" in capsys.readouterr().err
