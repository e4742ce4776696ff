"""What may be done with a version of the rules, by whom, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.pack_version import PackTree, VersionHead, VersionState
from desktop.exchange.signed_rules import SignedRules, write_rules
from desktop.policy.pack_text import texts_of
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.conftest import count_of
from tests.integration.rule_versions import drafted, new_act, with_number, with_section
from tests.integration.test_receiving import Exchange, exchange

__all__ = ["exchange"]

JULY = date(2026, 7, 1)
FIRST, SECOND, THIRD = (person(place, name, Role.ADMINISTRATOR) for place, name in enumerate(("甲", "乙", "丙"), 11))


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(ClerkError) as caught:
        yield
    assert caught.value.code == code


def state_of(desk: Desk, version_id: int) -> VersionState:
    return next(line.state for line in desk.pack_versions.all() if line.id == version_id)


def keep(desk: Desk, version_id: int, tree: PackTree, name: str = "2026-07") -> None:
    desk.pack_versions.keep(version_id, tree, VersionHead(version=name, effective_from=JULY))


@pytest.mark.requirement("Q-1")
def test_who_changed_a_version_does_not_let_it_bind(desk: Desk) -> None:
    versions = desk.pack_versions
    work_as(desk, FIRST)
    row_id = drafted(desk, "2026-07", JULY)
    work_as(desk, SECOND)
    tree = versions.tree("longgang", "2026-07")
    keep(desk, row_id, with_number(tree, "limit_amount_yuan", "200000"))
    work_as(desk, FIRST)
    versions.submit(row_id)
    work_as(desk, SECOND)
    with refused("second_person_needed"):
        versions.let_bind(row_id)
    [line] = [line for line in versions.all() if line.id == row_id]
    assert line.is_own
    work_as(desk, THIRD)
    versions.let_bind(row_id)


@pytest.mark.requirement("Q-1")
def test_who_kept_a_draft_before_there_were_accounts_does_not_let_it_bind_under_one(desk: Desk) -> None:
    row_id = drafted(desk, "2026-07", JULY)
    desk.pack_versions.submit(row_id)
    founder = desk.office.office()
    assert founder is not None
    work_as(desk, person(21, founder.clerk_name, Role.ADMINISTRATOR))
    with refused("second_person_needed"):
        desk.pack_versions.let_bind(row_id)
    work_as(desk, SECOND)
    desk.pack_versions.let_bind(row_id)


@pytest.mark.requirement("Q-1")
def test_a_draft_that_was_sent_back_once_is_on_record_and_stays(desk: Desk) -> None:
    versions = desk.pack_versions
    row_id = drafted(desk, "2026-07", JULY)
    versions.submit(row_id)
    versions.send_back(row_id, reason="限额与文件不符")
    versions.submit(row_id)
    versions.recall(row_id)
    with refused("version_not_open"):
        versions.discard(row_id)
    assert count_of(desk, "pack_version") == 1


@pytest.mark.requirement("Q-1")
def test_a_draft_is_discarded_and_the_ledger_still_proves(desk: Desk) -> None:
    desk.pack_versions.discard(drafted(desk, "2026-07", JULY))
    assert count_of(desk, "pack_version") == 0
    assert not desk.ledger_check.verify().findings


@pytest.mark.requirement("Q-1")
def test_an_act_of_one_place_is_no_act_of_another(desk: Desk) -> None:
    act_id = new_act()
    desk.pack_versions.begin("longgang", "2025-draft", act_id=act_id)
    with refused("act_id_used"):
        desk.pack_versions.begin("songjiang", "2025-evaluation", act_id=act_id)


@pytest.mark.requirement("Q-1")
def test_what_is_too_long_or_nested_too_deep_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    row_id = drafted(desk, "2026-07", JULY)
    tree = desk.pack_versions.tree("longgang", "2026-07")
    for labels in ({"street": "长" * 800_000}, {"street": _nested(3000)}):
        with pytest.raises(FaultyInput):
            keep(desk, row_id, with_section(tree, "labels", labels))
    for name, text in (("deep", "a = " + "[" * 3000), ("large", f'a = "{"长" * 800_000}"')):
        file = tmp_path / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(FaultyInput):
            desk.pack_versions.take_file(file, act_id=new_act())


def _nested(depth: int) -> Any:
    nested: Any = {"fact": "hot_work"}
    for _ in range(depth):
        nested = {"not": nested}
    return nested


@pytest.mark.requirement("Q-1")
def test_a_draft_without_a_head_table_is_kept_with_its_fault(desk: Desk) -> None:
    row_id = drafted(desk, "2026-07", JULY)
    tree = desk.pack_versions.tree("longgang", "2026-07")
    faults = desk.pack_versions.keep(
        row_id, PackTree(rules={**tree.rules, "pack": "x"}), VersionHead(version="2026-07", effective_from=JULY)
    )
    assert any(fault.where.startswith("pack") for fault in faults)
    assert [line.title for line in desk.pack_versions.all() if line.id == row_id] == [""]


@pytest.mark.requirement("Q-1")
def test_a_signed_file_of_another_place_than_it_says_is_refused(exchange: Exchange, tmp_path: Path) -> None:
    below, street = exchange.station("PA01"), exchange.station("JD")
    exchange.know(street, below)
    card, signer = below.station_keys.own_card(), below.station_keys.signer()
    tree = below.pack_versions.tree("longgang", "2025-draft")
    rules, papers = texts_of(tree)
    for name, pack_id, text in (("other", "songjiang", rules), ("deep", "longgang", "a = " + "[" * 3000)):
        file = tmp_path / f"{name}.swrules"
        signed = SignedRules(
            station=card, pack_id=pack_id, version=" x1 ", effective_from=JULY, note="", rules=text, papers=papers
        )
        write_rules(file, signed, signer=signer)
        with pytest.raises(FaultyInput):
            street.pack_versions.take_signed(file, act_id=new_act())
    file = tmp_path / "fit.swrules"
    signed = SignedRules(
        station=card, pack_id="longgang", version=" x1 ", effective_from=JULY, note=" 说明 ", rules=rules, papers=papers
    )
    write_rules(file, signed, signer=signer)
    row_id = street.pack_versions.take_signed(file, act_id=new_act())
    [line] = [line for line in street.pack_versions.all() if line.id == row_id]
    # Kept as it is called in its own rules.
    assert (line.version, line.note) == ("x1", "说明")
    assert street.pack_versions.tree("longgang", "x1").rules["pack"]["version"] == "x1"
