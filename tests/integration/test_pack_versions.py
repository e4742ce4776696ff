"""Versions of the rules: drafted, kept as typed, filled in, put to a second person, bound, given to other stations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.known_station import StationRole
from desktop.domain.pack_rules import Standing
from desktop.domain.pack_version import (
    FilledClass,
    FilledList,
    FilledNumber,
    PackTree,
    PackVersionLine,
    VersionHead,
    VersionState,
)
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import FILED_ON, LIGHT
from tests.integration.at_work import CLERK, SETTER, person, work_as
from tests.integration.conftest import Clock, Decide, count_of

PACK, SHIPPED = "longgang", "2025-draft"
NEXT_MONTH = date(2026, 4, 1)
SECOND = person(8, "郑复", *(grant.role for grant in SETTER.grants))


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A second station of the same place."""
    opened = open_desk(tmp_path / "other", today=clock.today, now=clock.now, effort=LIGHT)
    opened.office.set_up(factories.office(station_name="岗头社区受理点", code="GT"))
    yield opened
    opened.close()


@pytest.fixture
def gappy(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A station of a place whose documents leave the limits open."""
    clock.day = date(2026, 5, 20)
    opened = open_desk(tmp_path / "gappy", today=clock.today, now=clock.now, effort=LIGHT)
    opened.office.set_up(factories.office(pack_id="junshan"))
    yield opened
    opened.close()


def changed(tree: PackTree, amount: str = "2000000") -> PackTree:
    """Raise the limit of the amount."""
    rules = deepcopy(tree.rules)
    rules["parameters"]["limit_amount_yuan"]["value"] = amount
    return replace(tree, rules=rules)


def drafted(desk: Desk, *, day: date | None = NEXT_MONTH, name: str = "2026-07", act_id: str = "draft") -> int:
    versions = desk.pack_versions
    made = versions.begin(PACK, SHIPPED, act_id=act_id)
    head = VersionHead(version=name, effective_from=day, note="限额提高")
    assert versions.keep(made, changed(versions.tree(PACK, SHIPPED)), head) == ()
    return made


def bound(desk: Desk, *, day: date = NEXT_MONTH, name: str = "2026-07") -> int:
    made = drafted(desk, day=day, name=name, act_id=name)
    desk.pack_versions.submit(made)
    desk.pack_versions.let_bind(made)
    return made


def line(desk: Desk, version_id: int) -> PackVersionLine:
    return next(each for each in desk.pack_versions.all() if each.id == version_id)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ClerkError) as raised:
        call()
    return raised.value.code


def acts(desk: Desk) -> list[str]:
    with desk.database.reading(is_whole=True) as session:
        return list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


@pytest.mark.requirement("Q-1", "LG-2-9")
def test_a_version_binds_from_its_day_on_and_what_was_filed_before_keeps_its_own(
    desk: Desk, clock: Clock, decide: Decide, complete: Any
) -> None:
    before = decide(complete)
    made = bound(desk)
    assert desk.office.pack().version == SHIPPED

    clock.day = NEXT_MONTH
    after = decide(factories.all_in_order(factories.walk_in(project_name="另一处"), desk.intake.pack()))

    assert desk.office.pack().version == "2026-07"
    assert desk.office.pack().number("limit_amount_yuan") == Decimal(2000000)
    kept = [desk.explaining.filing(each.filing_id).explanation for each in (before, after)]
    assert [each.assessment.pack_version for each in kept] == [SHIPPED, "2026-07"]
    assert (line(desk, made).state, line(desk, made).is_today) == (VersionState.IN_FORCE, True)


@pytest.mark.requirement("Q-1")
def test_the_list_says_who_did_what_and_which_version_applies(desk: Desk) -> None:
    made = bound(desk)

    shown = {each.version: each for each in desk.pack_versions.all()}

    assert list(shown) == ["2026-07", SHIPPED]
    assert shown[SHIPPED].is_today
    assert shown[SHIPPED].state is VersionState.SHIPPED
    told = shown["2026-07"]
    assert (told.id, told.based_on, told.note, told.effective_from) == (made, SHIPPED, "限额提高", NEXT_MONTH)
    assert (told.made_by, told.submitted_by, told.decided_by) == ("林晓",) * 3
    assert told.standing is Standing.DRAFT


@pytest.mark.requirement("Q-1")
def test_whoever_drafted_or_submitted_a_version_does_not_let_it_bind(desk: Desk) -> None:
    work_as(desk, SETTER)
    made = drafted(desk)
    desk.pack_versions.submit(made)
    assert line(desk, made).is_own

    assert code_of(lambda: desk.pack_versions.let_bind(made)) == "second_person_needed"
    assert code_of(lambda: desk.pack_versions.send_back(made, reason="再看看")) == "second_person_needed"
    work_as(desk, CLERK)
    assert code_of(lambda: desk.pack_versions.let_bind(made)) == "not_permitted"

    work_as(desk, SECOND)
    assert not line(desk, made).is_own
    desk.pack_versions.let_bind(made, reason="与文件一致")
    told = line(desk, made)
    assert (told.state, told.decided_by, told.decision) == (VersionState.IN_FORCE, "郑复", "与文件一致")


@pytest.mark.requirement("Q-1")
def test_without_a_day_or_with_a_fault_nothing_is_submitted_and_nothing_typed_is_lost(desk: Desk) -> None:
    versions = desk.pack_versions
    made = drafted(desk, day=None)
    assert code_of(lambda: versions.submit(made)) == "version_without_day"
    tree = versions.tree(PACK, "2026-07")
    rules = deepcopy(tree.rules)
    rules["high_risk"][0]["when"] = "{ fact = "  # a condition half typed
    del rules["high_risk"][1]["label"]

    faults = versions.keep(
        made, replace(tree, rules=rules), VersionHead(version="2026-07", effective_from=NEXT_MONTH, note="")
    )

    assert [fault.where for fault in faults] == ["high_risk[0](1).when", "high_risk[1](2).label"]
    with pytest.raises(FaultyInput):
        versions.submit(made)
    assert versions.tree(PACK, "2026-07").rules["high_risk"][0]["when"] == "{ fact = "
    assert line(desk, made).standing is None


@pytest.mark.requirement("Q-1")
def test_what_was_decided_on_is_never_changed_again_not_even_behind_the_program(desk: Desk) -> None:
    made = bound(desk)
    tree, head = desk.pack_versions.tree(PACK, "2026-07"), VersionHead(version="x", effective_from=NEXT_MONTH)

    assert code_of(lambda: desk.pack_versions.keep(made, tree, head)) == "version_not_open"
    assert code_of(lambda: desk.pack_versions.discard(made)) == "version_not_open"
    for statement in (
        "UPDATE pack_version SET rules = '' WHERE state = 'in_force'",
        "UPDATE pack_version SET effective_from = '2020-01-01' WHERE state = 'in_force'",
        "DELETE FROM pack_version",
    ):
        with pytest.raises(DBAPIError), desk.database.writing() as session:
            session.execute(text(statement))
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("Q-1")
def test_a_version_is_recalled_sent_back_mended_and_submitted_anew(desk: Desk) -> None:
    versions, made = desk.pack_versions, drafted(desk)
    versions.submit(made)
    versions.recall(made)
    versions.submit(made)
    assert code_of(lambda: versions.send_back(made, reason=" ")) == "reason_required"

    versions.send_back(made, reason="限额写错了")

    assert line(desk, made).decision == "限额写错了"
    head = VersionHead(version="2026-08", effective_from=NEXT_MONTH)
    assert versions.keep(made, changed(versions.tree(PACK, "2026-07"), "1500000"), head) == ()
    versions.submit(made)
    versions.let_bind(made)
    assert versions.exact(PACK, "2026-08").number("limit_amount_yuan") == Decimal(1500000)


@pytest.mark.requirement("Q-1")
def test_a_version_whose_day_has_not_come_is_withdrawn_and_one_that_applies_is_not(desk: Desk, clock: Clock) -> None:
    made = bound(desk)
    assert code_of(lambda: desk.pack_versions.withdraw(made, reason="")) == "reason_required"
    desk.pack_versions.withdraw(made, reason="文件推迟印发")
    later = bound(desk, name="2026-08")
    clock.day = NEXT_MONTH

    assert line(desk, made).state is VersionState.WITHDRAWN
    assert desk.office.pack().version == "2026-08"
    assert code_of(lambda: desk.pack_versions.withdraw(later, reason="不要了")) == "version_binds_already"


def test_two_versions_are_never_called_alike_and_a_name_is_fit_for_a_file(desk: Desk) -> None:
    versions, made = desk.pack_versions, drafted(desk)
    tree = versions.tree(PACK, SHIPPED)

    def kept_as(name: str, **more: Any) -> str:
        return code_of(lambda: versions.keep(made, tree, VersionHead(version=name, effective_from=None, **more)))

    assert kept_as(SHIPPED) == "version_exists"
    for name in ("", "a b", "../x", "七月", "x" * 41):
        assert kept_as(name) == "version_head_unfit"
    assert kept_as("2026-07", note="长" * 501) == "version_head_unfit"


def test_the_same_act_twice_is_one_draft_and_a_draft_can_be_deleted(desk: Desk) -> None:
    versions = desk.pack_versions
    first = versions.begin(PACK, SHIPPED, act_id="once")
    assert versions.begin(PACK, SHIPPED, act_id="once") == first
    assert line(desk, first).version == "2025-draft-r2"
    assert code_of(lambda: versions.begin(PACK, "none", act_id="other")) == "no_such_version"

    versions.discard(first)

    assert count_of(desk, "pack_version") == 0
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("Q-1")
def test_a_day_that_lies_back_leaves_what_was_accepted_since_as_it_was(
    desk: Desk, clock: Clock, decide: Decide, complete: Any
) -> None:
    decide(complete)
    clock.day = date(2026, 3, 20)

    made = bound(desk, day=FILED_ON)

    assert desk.office.pack().version == "2026-07"
    assert desk.pack_versions.judged_by_others(made) == 1
    assert desk.pack_versions.judged_by_others(bound(desk, name="2026-09")) == 0


@pytest.mark.requirement("Q-JS", "Q-YC")
def test_what_the_documents_leave_open_is_filled_in_with_its_source_and_binds_after_a_second_look(gappy: Desk) -> None:
    versions, open_before = gappy.pack_versions, gappy.office.pack().gaps()
    assert "limit_amount_yuan" in open_before

    made = versions.fill_gaps(
        "junshan",
        "2026-notice",
        numbers=[FilledNumber(name="limit_amount_yuan", value="300000", source="省《暂行办法》第三条")],
        lists=[
            FilledList(code="key_classes", classes=(FilledClass(label="深基坑", source="省《暂行办法》第四条（一）"),))
        ],
        act_id="fill",
        effective_from=date(2026, 5, 20),
    )
    versions.submit(made)
    assert gappy.office.pack().gaps() == open_before
    versions.let_bind(made)

    pack = gappy.office.pack()
    assert pack.number("limit_amount_yuan") == Decimal(300000)
    assert pack.parameters["limit_amount_yuan"].article == "省《暂行办法》第三条"
    assert not pack.parameters["limit_amount_yuan"].unverified
    assert set(open_before) - set(pack.gaps()) == {"limit_amount_yuan", "key_classes"}
    assert pack.high_risk[-1].label == "深基坑"
    assert pack.high_risk[-1].article == "省《暂行办法》第四条（一）"
    assert "补齐：" in line(gappy, made).note


@pytest.mark.requirement("Q-JS")
def test_what_is_filled_in_from_a_source_that_nobody_verified_says_so_wherever_it_stands(gappy: Desk) -> None:
    known = gappy.office.pack().parameters["limit_amount_yuan"]
    number = FilledNumber(name="limit_amount_yuan", value=str(known.proposal), source=known.proposal_source)

    gappy.pack_versions.fill_gaps("junshan", "2026-notice", numbers=[number], lists=[], act_id="fill")

    made = gappy.pack_versions.exact("junshan", "2026-notice-r2").parameters["limit_amount_yuan"]
    assert made.unverified
    assert "未核实" in made.article


@pytest.mark.requirement("Q-JS")
def test_every_unfit_entry_is_named_at_once_and_nothing_is_written(gappy: Desk) -> None:
    numbers = [
        FilledNumber(name="limit_amount_yuan", value="三十万", source="第三条"),
        FilledNumber(name="limit_area_m2", value="300", source=" "),
        FilledNumber(name="limit_relation", value="7", source="第三条"),
        FilledNumber(name="inspection_share", value="1", source="第三条"),
    ]
    lists = [FilledList(code="key_classes", classes=(FilledClass(label="", source="第四条"),))]

    with pytest.raises(FaultyInput) as raised:
        gappy.pack_versions.fill_gaps("junshan", "2026-notice", numbers=numbers, lists=lists, act_id="fill")

    assert [fault.where for fault in raised.value.faults] == [
        "limit_amount_yuan",
        "limit_area_m2",
        "limit_relation",
        "inspection_share",
        "key_classes[0]",
    ]
    assert count_of(gappy, "pack_version") == 0


@pytest.mark.requirement("Q-1", "LG-3-10")
def test_a_signed_version_is_taken_by_a_known_station_and_waits_for_a_second_person_there(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "rules.swrules"
    made = bound(desk)
    desk.pack_versions.export(made, file)
    card = desk.station_keys.own_card()

    assert code_of(lambda: other.pack_versions.take_signed(file, act_id="in")) == "station_unknown"
    known = other.station_keys.confirm(card, role=StationRole.ABOVE, typed_fingerprint=card.fingerprint, act_id="card")
    taken = other.pack_versions.take_signed(file, act_id="in")

    assert other.pack_versions.take_signed(file, act_id="in") == taken
    told = line(other, taken)
    assert (told.state, told.version, told.effective_from) == (VersionState.SUBMITTED, "2026-07", NEXT_MONTH)
    assert told.origin.startswith(card.name)
    assert told.sha256 == line(desk, made).sha256
    other.pack_versions.let_bind(taken)
    assert line(other, taken).state is VersionState.IN_FORCE
    other.station_keys.block(known.id, reason="钥匙丢失")
    assert code_of(lambda: other.pack_versions.take_signed(file, act_id="again")) == "station_blocked"


@pytest.mark.requirement("Q-1")
def test_a_signed_version_that_was_touched_is_refused(desk: Desk, other: Desk, tmp_path: Path) -> None:
    file, touched, foreign = (tmp_path / name for name in ("a.swrules", "b.swrules", "c.swrules"))
    desk.pack_versions.export(bound(desk), file)
    card = desk.station_keys.own_card()
    other.station_keys.confirm(card, role=StationRole.ABOVE, typed_fingerprint=card.fingerprint, act_id="card")
    whole = json.loads(file.read_text(encoding="utf-8"))
    whole["content"]["rules"] = whole["content"]["rules"].replace("2000000", "9000000")
    touched.write_text(json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
    foreign.write_text("[pack]\n")

    assert code_of(lambda: other.pack_versions.take_signed(touched, act_id="in")) == "package_not_signed"
    assert code_of(lambda: other.pack_versions.take_signed(foreign, act_id="in")) == "not_signed_rules"
    assert code_of(lambda: other.pack_versions.take_signed(tmp_path / "none", act_id="in")) == "cannot_read_file"
    assert count_of(other, "pack_version") == 0


@pytest.mark.requirement("Q-1")
def test_a_pack_file_is_taken_as_a_draft(desk: Desk, tmp_path: Path) -> None:
    from desktop.policy.pack_text import texts_of

    tree = desk.pack_versions.tree(PACK, SHIPPED)
    rules = deepcopy(tree.rules)
    rules["pack"]["version"] = "2027-file"
    file = tmp_path / "2027-file.toml"
    texts = texts_of(replace(tree, rules=rules))
    file.write_text(texts[0], encoding="utf-8")
    file.with_name("2027-file.papers.toml").write_text(texts[1], encoding="utf-8")

    taken = desk.pack_versions.take_file(file, act_id="file")

    assert (line(desk, taken).state, line(desk, taken).version) == (VersionState.DRAFT, "2027-file")
    assert code_of(lambda: desk.pack_versions.take_file(file, act_id="again")) == "version_exists"
    file.write_text("[pack\n", encoding="utf-8")
    with pytest.raises(FaultyInput):
        desk.pack_versions.take_file(file, act_id="broken")


@pytest.mark.requirement("Q-1")
def test_every_act_on_a_version_is_in_the_trail_and_the_ledger_stays_sound(
    desk: Desk, data_folder: Path, clock: Clock, tmp_path: Path
) -> None:
    versions, made = desk.pack_versions, drafted(desk)
    versions.submit(made)
    versions.recall(made)
    versions.submit(made)
    versions.send_back(made, reason="再核对")
    versions.submit(made)
    versions.let_bind(made, reason="已核对")
    versions.export(made, tmp_path / "out.swrules")
    versions.withdraw(made, reason="推迟")

    assert [act for act in acts(desk) if act.startswith("pack_")] == [
        "pack_draft",
        "pack_keep",
        "pack_submit",
        "pack_recall",
        "pack_submit",
        "pack_send_back",
        "pack_submit",
        "pack_in_force",
        "pack_out",
        "pack_withdraw",
    ]
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("Q-1")
def test_a_version_in_force_is_there_again_when_the_ledger_is_opened_anew(
    desk: Desk, data_folder: Path, clock: Clock
) -> None:
    bound(desk)
    clock.day = NEXT_MONTH
    desk.close()

    again = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)

    assert again.office.pack().version == "2026-07"
    again.close()
