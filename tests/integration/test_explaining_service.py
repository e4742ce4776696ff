"""Explaining filings of the ledger: by the rules they keep, within the caller's scope, and from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.domain.acts import Act, Decided, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.explanation import RuleSeen
from desktop.services.desk import Desk, open_desk
from desktop.services.explaining import Explained, save_explanation
from tests import factories
from tests.integration.people import OWN_PASSWORD, clerk, found, hire

DEEP = {"excavation_depth_m": Decimal("3.4")}


def registered(desk: Desk, act_id: str = "one") -> Decided:
    matter = factories.walk_in(factories.small_work_facts(**DEEP))
    whole = factories.all_in_order(matter, desk.intake.pack())
    return desk.intake.decide(DecisionRequest(act_id=act_id, act=Act.ACCEPT, walk_in=whole))


def depth_rule(explained: Explained) -> RuleSeen:
    return next(rule for rule in explained.explanation.rules if rule.key == "risk.6")


@pytest.mark.requirement("LG-3-6")
def test_a_filing_is_explained_with_the_facts_it_stands_with(desk: Desk) -> None:
    decided = registered(desk)

    explained = desk.explaining.filing(decided.filing_id)

    (less,) = depth_rule(explained).changes
    assert decided.number in explained.heading
    assert less.words == "开挖深度减少超过0.4米（小于3米）"
    assert less.changes("high_risk", "acceptance_point", "required_materials")
    stored = desk.ledger.file(decided.filing_id).assessment
    assert stored["high_risk_items"] == list(explained.explanation.assessment.high_risk_items)


@pytest.mark.requirement("Q-1")
def test_a_filing_is_explained_by_the_version_that_it_keeps(desk: Desk) -> None:
    decided = registered(desk)
    station = desk.explaining._station
    kept = desk.intake.pack()
    stricter = {**kept.parameters, "excavation_m": replace(kept.parameters["excavation_m"], value=Decimal(5))}
    later = replace(kept, version="2027", parameters=stricter)
    station.packs = replace(station.packs, packs=(*station.packs.packs, later))

    assert depth_rule(desk.explaining.filing(decided.filing_id)).is_decisive
    assert desk.explaining.filing(decided.filing_id).explanation.assessment.pack_version == kept.version


def test_a_filing_is_found_by_its_number_and_by_its_id(desk: Desk) -> None:
    decided = registered(desk)

    by_number, by_id = desk.explaining.numbered(decided.number), desk.explaining.numbered(str(decided.filing_id))

    assert by_number == by_id


@pytest.mark.parametrize("number", ["PA-DJ-2026-999999", "77", "9" * 30, "坪安路", "%", ""])
def test_a_number_that_nothing_has_is_refused(desk: Desk, number: str) -> None:
    registered(desk)

    with pytest.raises(ClerkError) as refused:
        desk.explaining.numbered(number)

    assert refused.value.code == "no_such_filing"


def test_who_may_not_see_a_filing_does_not_hear_why(desk: Desk) -> None:
    decided = registered(desk)
    found(desk)
    hire(desk, "lihua", clerk(areas=frozenset({"新禾社区"})))
    desk.sign_in.sign_in("lihua", OWN_PASSWORD)

    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.explaining.filing(decided.filing_id)
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.explaining.numbered(decided.number)


def test_what_is_being_typed_is_explained_without_a_filing(desk: Desk) -> None:
    matter = factories.walk_in(factories.small_work_facts(**DEEP))

    explained = desk.explaining.walk_in(matter)

    assert depth_rule(explained).is_decisive
    assert explained.explanation.assessment == desk.intake.preview(matter).assessment


def test_no_person_is_named_in_an_explanation(desk: Desk, tmp_path: Path) -> None:
    decided = registered(desk)
    file = tmp_path / "判定说明.txt"

    save_explanation(desk.explaining.filing(decided.filing_id), file)

    text = file.read_text(encoding="utf-8")
    matter = factories.walk_in()
    private = (matter.owner.name, matter.owner.phone, matter.contractor.party.name, matter.workers[0].name)
    assert all(said not in text for said in private)
    assert "第三条(六)" in text


@pytest.fixture
def ledger(tmp_path: Path) -> tuple[Path, str]:
    """A ledger with one filing, and its number."""
    desk = open_desk(tmp_path / "data", effort=factories.LIGHT, today=lambda: factories.FILED_ON)
    desk.office.set_up(factories.office())
    number = registered(desk).number
    desk.close()
    return tmp_path / "data", number


def test_the_command_writes_the_derivation_in_plain_chinese(
    ledger: tuple[Path, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder, number = ledger

    assert main(["explain", number, "--data", str(folder)]) == 0

    text = capsysbinary.readouterr().out.decode()
    assert text.startswith(number)
    assert "如果开挖深度减少超过0.4米（小于3米），则风险：高风险小型工程 → 不是高风险小型工程" in text
    assert [line for line in text.splitlines() if line.startswith("【")][:3] == [
        "【结论】",
        "【不适用、禁止和须另行决定的情形】",
        "【范围和限额】",
    ]


def test_the_command_answers_in_json_on_request(
    ledger: tuple[Path, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder, number = ledger

    assert main(["explain", number, "--data", str(folder), "--json"]) == 0

    answer = json.loads(capsysbinary.readouterr().out)
    assert number in answer["of"]
    assert answer["pack_id"] == "longgang"
    depth = next(rule for rule in answer["rules"] if rule["key"] == "risk.6")
    assert (depth["answer"], depth["article"]) == ("holds", "第三条(六)")


def test_declared_facts_are_explained_without_a_ledger(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    facts = {"kind": "small_work", "category": "elevator_work", "contract_amount_yuan": 800000, "floor_area_m2": 20}
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(facts), encoding="utf-8")

    assert main(["explain", "--facts", str(file), "--policy", "longgang", "--on", "2026-03-02"]) == 0

    assert "● [成立] 第三条(三)" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name either a FILING"),
        (["PA-DJ-2026-000001", "--facts", "FILE"], "name either a FILING"),
        (["PA-DJ-2026-000001", "--policy", "longgang"], "--policy and --on go with --facts"),
        (["PA-DJ-2026-999999", "--data", "DATA"], "no_such_filing: number PA-DJ-2026-999999"),
        (["--facts", "NONE"], "cannot be read"),
        (["--facts", "FILE", "--policy", "nowhere"], "nowhere"),
        (["--facts", "BAD"], "excavation_depth"),
    ],
)
def test_what_cannot_be_explained_is_said_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (tmp_path / "FILE").write_text('{"kind": "small_work"}', encoding="utf-8")
    (tmp_path / "BAD").write_text('{"excavation_depth": 3}', encoding="utf-8")
    places = {name: str(tmp_path / name) for name in ("FILE", "BAD", "NONE", "DATA")}

    status = main(["explain", *(places.get(argument, argument) for argument in arguments)])

    assert status == 2
    assert said in capsys.readouterr().err
