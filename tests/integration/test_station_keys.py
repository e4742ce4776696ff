"""The station's keys and the stations it knows: made once, kept sealed, confirmed by the code read from paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from desktop.domain.access import NOBODY
from desktop.domain.errors import ClerkError
from desktop.domain.known_station import PeriodKind, StationRole
from desktop.domain.package import Acknowledgement, NotTaken, Outcome, RecordKind, StationCard
from desktop.exchange.signing import Purpose, is_signed_by
from desktop.models.ledger_key import Unlock
from desktop.models.record import AuditEvent
from desktop.models.station_key import KnownStation, StationKey
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import LIGHT
from tests.integration.at_work import CLERK, work_as
from tests.integration.conftest import Clock
from tests.integration.people import found

ROW = "LG-23-1c"


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A second station."""
    opened = open_desk(tmp_path / "other", today=clock.today, now=clock.now, effort=LIGHT)
    opened.office.set_up(factories.office(station_name="岗头社区受理点", code="GT"))
    yield opened
    opened.close()


def acts(desk: Desk) -> list[str]:
    with desk.database.reading(is_whole=True) as session:
        return list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def code_of(desk: Desk, call: object) -> str:
    with pytest.raises(ClerkError) as raised:
        call()  # type: ignore[operator]
    return raised.value.code


def known(desk: Desk, other: Desk, role: StationRole = StationRole.BELOW) -> int:
    card = other.station_keys.own_card()
    typed = " ".join(other.station_keys.fingerprint())
    return desk.station_keys.confirm(card, role=role, typed_fingerprint=typed, act_id="known").id


@pytest.mark.requirement(ROW)
def test_the_keys_are_made_once_and_stay(desk: Desk, data_folder: Path, clock: Clock) -> None:
    card, signer = desk.station_keys.own_card(), desk.station_keys.signer()
    assert desk.station_keys.own_card() == card
    assert acts(desk).count("station_key") == 1
    assert is_signed_by(card.sign_public, Purpose.CARD, b"x", signer.sign(Purpose.CARD, b"x"))
    assert desk.station_keys.opener().public == card.seal_public
    desk.close()
    again = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)
    assert again.station_keys.own_card() == card
    assert again.station_keys.signer().public == card.sign_public
    again.close()


def test_the_name_on_the_card_follows_the_office(desk: Desk) -> None:
    before = desk.station_keys.own_card()
    desk.office.set_up(replace(factories.office(), station_name="新受理点"))
    after = desk.station_keys.own_card()
    assert after.name.endswith("新受理点")
    assert after.fingerprint == before.fingerprint


def test_the_private_halves_do_not_lie_open_and_bear_no_exchange(desk: Desk, other: Desk) -> None:
    desk.station_keys.own_card()
    other.station_keys.own_card()
    with other.database.reading() as session:
        theirs = session.get(StationKey, 1)
    assert theirs is not None
    with desk.database.writing() as session:
        session.execute(update(StationKey).values(private_sealed=theirs.private_sealed))
    assert code_of(desk, desk.station_keys.signer) == "station_key_unreadable"
    assert not desk.ledger_check.verify().is_sound


@pytest.mark.requirement(ROW)
def test_a_card_goes_from_one_station_to_the_other_and_is_confirmed_by_its_code(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "岗头.swcard"
    other.station_keys.write_card(file)
    card = desk.station_keys.read_card(file)
    assert card == other.station_keys.own_card()
    typed = " -".join(other.station_keys.fingerprint()).lower()
    row = desk.station_keys.confirm(
        card,
        role=StationRole.BELOW,
        typed_fingerprint=f" {typed}\n",
        period_kind=PeriodKind.MONTH,
        note="每月 5 日前报",
        act_id="one",
    )
    assert (row.card, row.role, row.period_kind, row.note) == (
        card,
        StationRole.BELOW,
        PeriodKind.MONTH,
        "每月 5 日前报",
    )
    assert desk.station_keys.known() == (row,)
    assert desk.station_keys.known_by(card.fingerprint) == row
    assert desk.station_keys.sender(card, role=StationRole.BELOW) == row
    assert desk.station_keys.receiver(row.id) == card
    assert acts(desk)[-1] == "station_confirmed"
    assert acts(other)[-1] == "station_card_out"
    assert desk.ledger_check.verify().is_sound


def test_confirming_twice_keeps_one_station_and_takes_its_new_name(desk: Desk, other: Desk) -> None:
    first = known(desk, other)
    assert known(desk, other) == first
    other.office.set_up(replace(factories.office(), station_name="岗头新址受理点", code="GT"))
    typed = "".join(other.station_keys.fingerprint())
    row = desk.station_keys.confirm(
        other.station_keys.own_card(), role=StationRole.BELOW, typed_fingerprint=typed, act_id="two"
    )
    assert (row.id, row.card.name.endswith("岗头新址受理点")) == (first, True)
    assert len(desk.station_keys.known()) == 1


@pytest.mark.requirement(ROW)
@pytest.mark.parametrize(("at", "group"), [(0, 1), (17, 5), (39, 10)])
def test_a_wrong_symbol_is_named_by_its_group(desk: Desk, other: Desk, at: int, group: int) -> None:
    typed = list("".join(other.station_keys.fingerprint()))
    typed[at] = "0" if typed[at] != "0" else "1"
    with pytest.raises(ClerkError) as raised:
        desk.station_keys.confirm(
            other.station_keys.own_card(), role=StationRole.BELOW, typed_fingerprint="".join(typed), act_id="x"
        )
    assert (raised.value.code, raised.value.details["groups"]) == ("fingerprint_differs", (group,))
    assert desk.station_keys.known() == ()


@pytest.mark.parametrize("typed", ["", "1234", "more"])
def test_a_code_too_short_or_too_long_does_not_pass(desk: Desk, other: Desk, typed: str) -> None:
    whole = "".join(other.station_keys.fingerprint())
    card = other.station_keys.own_card()
    sent = f"{whole}0" if typed == "more" else typed
    call = desk.station_keys.confirm
    assert code_of(desk, lambda: call(card, role=StationRole.BELOW, typed_fingerprint=sent, act_id="x")) == (
        "fingerprint_differs"
    )


def test_ones_own_card_is_not_another_station(desk: Desk) -> None:
    card, typed = desk.station_keys.own_card(), "".join(desk.station_keys.fingerprint())
    call = desk.station_keys.confirm
    assert code_of(desk, lambda: call(card, role=StationRole.ABOVE, typed_fingerprint=typed, act_id="x")) == (
        "own_station"
    )


@pytest.mark.requirement(ROW)
def test_a_blocked_station_neither_sends_nor_receives_until_it_is_let_in_again(desk: Desk, other: Desk) -> None:
    station_id, card = known(desk, other), other.station_keys.own_card()
    assert code_of(desk, lambda: desk.station_keys.block(station_id, reason=" ")) == "reason_required"
    desk.station_keys.block(station_id, reason="电脑失窃")
    desk.station_keys.block(station_id, reason="电脑失窃")
    assert acts(desk).count("station_blocked") == 1
    keys = desk.station_keys
    assert keys.known()[0].is_blocked
    assert code_of(desk, lambda: keys.sender(card, role=StationRole.BELOW)) == "station_blocked"
    assert code_of(desk, lambda: keys.receiver(station_id)) == "station_blocked"
    typed = "".join(other.station_keys.fingerprint())
    again = {"role": StationRole.BELOW, "typed_fingerprint": typed, "act_id": "again"}
    assert code_of(desk, lambda: keys.confirm(card, **again)) == "station_blocked"  # type: ignore[arg-type]
    keys.unblock(station_id, reason="电脑找回，密钥未动")
    assert keys.sender(card, role=StationRole.BELOW).id == station_id
    assert desk.ledger_check.verify().is_sound


def test_a_station_is_asked_for_by_its_role(desk: Desk, other: Desk) -> None:
    card = other.station_keys.own_card()
    assert code_of(desk, lambda: desk.station_keys.sender(card, role=StationRole.BELOW)) == "station_unknown"
    known(desk, other)
    assert code_of(desk, lambda: desk.station_keys.sender(card, role=StationRole.ABOVE)) == "station_role_differs"
    assert code_of(desk, lambda: desk.station_keys.receiver(99)) == "no_such_station"


@pytest.mark.requirement(ROW)
def test_an_acknowledgement_goes_back_signed(desk: Desk, other: Desk, tmp_path: Path) -> None:
    known(other, desk, StationRole.ABOVE)
    file = tmp_path / "march.swack"
    told = acknowledgement(desk.station_keys.own_card())
    desk.station_keys.write_acknowledgement(file, told)
    assert other.station_keys.read_acknowledgement(file) == told
    plain = json.loads(file.read_bytes())
    plain["content"]["not_taken"][0]["reason"] = "没有理由"
    file.write_text(json.dumps(plain))
    assert code_of(other, lambda: other.station_keys.read_acknowledgement(file)) == "package_not_signed"


def test_an_acknowledgement_of_somebody_unknown_is_refused(desk: Desk, other: Desk, tmp_path: Path) -> None:
    file = tmp_path / "march.swack"
    desk.station_keys.write_acknowledgement(file, acknowledgement(desk.station_keys.own_card()))
    assert code_of(other, lambda: other.station_keys.read_acknowledgement(file)) == "station_unknown"


def acknowledgement(receiver: StationCard) -> Acknowledgement:
    refused = [
        NotTaken(kind=RecordKind.PATROL, uid=f"act-{n}", outcome=Outcome.REJECTED, reason="登记件不在本台账")
        for n in range(3)
    ]
    conflict = NotTaken(kind=RecordKind.FILING, uid="f-1", outcome=Outcome.CONFLICT, reason="")
    return Acknowledgement(
        package_id="6f1dd0b6-4a3c-4b1e-9b80-6d6d4cf0a001",
        receiver=receiver,
        received_at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC),
        outcome={Outcome.NEW: 7, Outcome.CONFLICT: 1, Outcome.REJECTED: 3},
        not_taken=(conflict, *refused),
    )


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"[]", b"{}", b'{"format":"small-works-package"}', b"{" * 9999]
)
def test_another_file_is_neither_card_nor_acknowledgement(desk: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd"
    file.write_bytes(content)
    assert code_of(desk, lambda: desk.station_keys.read_card(file)) in ("not_a_station_card", "package_damaged")
    assert code_of(desk, lambda: desk.station_keys.read_acknowledgement(file)) in (
        "not_an_acknowledgement",
        "package_damaged",
    )


def test_a_card_changed_too_large_newer_or_missing_is_refused(desk: Desk, other: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.swcard"
    other.station_keys.write_card(file)
    plain = json.loads(file.read_bytes())

    def code(**changes: object) -> str:
        file.write_text(json.dumps({**plain, **changes}))
        return code_of(desk, lambda: desk.station_keys.read_card(file))

    assert code(content={**plain["content"], "name": "另一个单位"}) == "package_not_signed"
    assert code(content={**plain["content"], "sign_public": "zz"}) == "package_damaged"
    assert code(content={**plain["content"], "name": "坂田\u202e街道"}) == "package_damaged"
    assert code(format_version=2, more="?") == "package_newer"
    assert code(more="?") == "package_damaged"
    assert code(signature="0" * 128) == "package_not_signed"
    assert code(note="x" * 70_000) == "package_too_large"
    assert code_of(desk, lambda: desk.station_keys.read_card(tmp_path / "none")) == "cannot_read_file"


@pytest.mark.requirement(ROW)
def test_the_paper_shows_the_code_in_groups(desk: Desk) -> None:
    pages = PdfReader(BytesIO(desk.station_keys.paper())).pages
    words = "".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert "往来单位核对单" in words
    assert desk.station_keys.own_card().name in words


@pytest.mark.requirement(ROW)
def test_everybody_sees_the_code_and_only_who_keeps_settings_confirms(desk: Desk, other: Desk, tmp_path: Path) -> None:
    card, typed = other.station_keys.own_card(), "".join(other.station_keys.fingerprint())
    other.station_keys.write_card(tmp_path / "c")
    keys = desk.station_keys
    hired = found(desk)
    work_as(desk, CLERK)
    assert len(keys.fingerprint()) == 10
    keys.write_card(tmp_path / "own")
    for call in (
        lambda: keys.confirm(card, role=StationRole.BELOW, typed_fingerprint=typed, act_id="x"),
        lambda: keys.read_card(tmp_path / "c"),
        lambda: keys.block(1, reason="x"),
        lambda: keys.unblock(1, reason="x"),
    ):
        assert code_of(desk, call) == "not_permitted"
    work_as(desk, hired)
    assert keys.confirm(card, role=StationRole.BELOW, typed_fingerprint=typed, act_id="x").confirmed_by == "高远"
    work_as(desk, NOBODY)
    for asked in (keys.own_card, keys.fingerprint, keys.signer, keys.opener, keys.known, keys.paper):
        assert code_of(desk, asked) == "signed_out"


def test_a_disk_that_takes_no_card_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    assert code_of(desk, lambda: desk.station_keys.write_card(tmp_path / "none" / "x.swcard")) == "cannot_save_file"
    assert "station_card_out" not in acts(desk)


def test_known_stations_are_never_deleted(desk: Desk, other: Desk) -> None:
    known(desk, other)
    with pytest.raises(Exception, match="never deleted"), desk.database.writing() as session:
        session.delete(session.scalars(select(KnownStation)).one())


def test_the_keys_outlive_the_encryption_of_the_ledger(desk: Desk, data_folder: Path, clock: Clock) -> None:
    card = desk.station_keys.own_card()
    desk.protecting.protect("河湾路口有三棵老榕树一九八")
    assert desk.station_keys.signer().public == card.sign_public
    desk.close()
    unlock = Unlock(passphrase="河湾路口有三棵老榕树一九八")
    again = open_desk(data_folder, today=clock.today, now=clock.now, unlock=unlock, effort=LIGHT)
    assert again.station_keys.opener().public == card.seal_public
    again.close()
