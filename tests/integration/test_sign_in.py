"""The first account, signing in, wrong passwords and the lock they bring."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.access import FOUNDER, NOBODY, Right, Role
from desktop.domain.errors import ClerkError
from desktop.services.desk import Desk, open_desk
from desktop.services.passwords import PasswordKeeper
from desktop.services.sign_in import LOCK_MINUTES, MOST_FAILURES, SignInService
from tests import factories
from tests.integration.conftest import Clock, count_of
from tests.integration.people import ADMIN_PASSWORD, OWN_PASSWORD, clerk, found, hire


class Running:
    """How long the program has been running."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def running() -> Running:
    return Running()


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk with an administrator, who is signed in, and a clerk 周禾."""
    found(desk)
    hire(desk, "zhouhe", clerk(), name="周禾")
    return desk


def _door(desk: Desk, running: Running) -> SignInService:
    """Signing in as after a start of the program at that moment."""
    return SignInService(
        desk.database, desk.sign_in._station, keeper=PasswordKeeper(factories.LIGHT), running_s=running
    )


def _lock(door: SignInService) -> None:
    for _ in range(MOST_FAILURES):
        with pytest.raises(ClerkError):
            door.sign_in("zhouhe", "wrong")


@pytest.mark.requirement("YC-1a")
def test_a_fresh_ledger_has_no_account_and_no_password(desk: Desk) -> None:
    assert not desk.sign_in.has_accounts()
    assert desk.sign_in.actor == FOUNDER
    for user_name in ("admin", "administrator", "root", ""):
        with pytest.raises(ClerkError, match="wrong_password"):
            desk.sign_in.sign_in(user_name, "123456")


@pytest.mark.requirement("YC-1a")
def test_the_first_account_is_the_administrators_and_is_at_work_at_once(desk: Desk) -> None:
    actor = found(desk, is_clerk_too=True)
    assert desk.sign_in.actor == actor
    assert {grant.role for grant in actor.grants} == {Role.ADMINISTRATOR, Role.WINDOW_CLERK}


def test_there_is_no_second_first_account(staffed: Desk) -> None:
    with pytest.raises(ClerkError, match="has_accounts_already"):
        staffed.sign_in.make_first("someone", "后来", "Vk7#mzQpX2-late", is_clerk_too=False)


@pytest.mark.parametrize("password", ["123456", "gaoyuan2026!A", "short"])
def test_the_first_account_needs_a_password_nobody_guesses(desk: Desk, password: str) -> None:
    with pytest.raises(ClerkError, match="password_weak"):
        desk.sign_in.make_first("gaoyuan", "高远", password, is_clerk_too=False)
    assert not desk.sign_in.has_accounts()


def test_a_ledger_with_accounts_opens_with_nobody_at_work(staffed: Desk, data_folder: Path, clock: Clock) -> None:
    staffed.close()
    again = open_desk(data_folder, today=clock.today, now=clock.now, effort=factories.LIGHT)
    assert again.sign_in.actor == NOBODY
    assert not again.sign_in.actor.may(Right.SEE)
    again.close()


@pytest.mark.requirement("YC-1a")
def test_a_one_time_password_must_be_changed_and_is_random(staffed: Desk) -> None:
    first = staffed.accounts.reset_password(_id_of(staffed, "zhouhe"))
    second = staffed.accounts.reset_password(_id_of(staffed, "zhouhe"))
    assert first != second
    signed_in = staffed.sign_in.sign_in("zhouhe", second)
    assert signed_in.must_change
    staffed.sign_in.change_password(second, OWN_PASSWORD)
    assert not staffed.sign_in.sign_in("ZHOUHE", OWN_PASSWORD).must_change


def test_the_new_password_is_another_one_and_not_weak(staffed: Desk) -> None:
    staffed.sign_in.sign_in("zhouhe", OWN_PASSWORD)
    for bad in (OWN_PASSWORD, "zhouhe-Zhouhe-1"):
        with pytest.raises(ClerkError, match="password_weak"):
            staffed.sign_in.change_password(OWN_PASSWORD, bad)


@pytest.mark.requirement("YC-1a")
def test_wrong_passwords_lock_the_account_and_tell_what_is_left(staffed: Desk, running: Running) -> None:
    door = _door(staffed, running)
    told = []
    for _ in range(MOST_FAILURES):
        with pytest.raises(ClerkError) as caught:
            door.sign_in("zhouhe", "wrong")
        told.append((caught.value.code, caught.value.details.get("left")))
    assert told == [*[("wrong_password", left) for left in (4, 3, 2, 1)], ("account_locked", None)]
    with pytest.raises(ClerkError, match="account_locked"):
        door.sign_in("zhouhe", OWN_PASSWORD)


def test_a_user_name_that_does_not_exist_is_answered_as_one_that_does(staffed: Desk, running: Running) -> None:
    door = _door(staffed, running)
    told: dict[str, list[tuple[str, object]]] = {"zhouhe": [], "nobody": []}
    for user_name, answers in told.items():
        for _ in range(MOST_FAILURES + 2):
            with pytest.raises(ClerkError) as caught:
                door.sign_in(user_name, "wrong")
            answers.append((caught.value.code, dict(caught.value.details)))
    assert told["zhouhe"] == told["nobody"]


def test_a_lock_outlasts_the_program_and_the_clock(staffed: Desk, running: Running, clock: Clock) -> None:
    _lock(_door(staffed, running))
    clock.moment += timedelta(days=400)
    after_restart = _door(staffed, running)
    with pytest.raises(ClerkError, match="account_locked"):
        after_restart.sign_in("zhouhe", OWN_PASSWORD)
    clock.moment -= timedelta(days=800)
    with pytest.raises(ClerkError, match="account_locked"):
        after_restart.sign_in("zhouhe", OWN_PASSWORD)


def test_after_half_an_hour_of_running_there_is_one_more_try(staffed: Desk, running: Running) -> None:
    door = _door(staffed, running)
    _lock(door)
    running.seconds += LOCK_MINUTES * 60 + 1
    with pytest.raises(ClerkError, match="account_locked"):
        door.sign_in("zhouhe", "wrong again")
    running.seconds += LOCK_MINUTES * 60 + 1
    assert door.sign_in("zhouhe", OWN_PASSWORD).actor.name == "周禾"
    with pytest.raises(ClerkError) as caught:
        door.sign_in("zhouhe", "wrong")
    assert caught.value.details["left"] == MOST_FAILURES - 1


def test_the_administrator_lets_a_locked_clerk_in_again(staffed: Desk, running: Running) -> None:
    door = _door(staffed, running)
    _lock(door)
    door.sign_in("gaoyuan", ADMIN_PASSWORD)
    staffed.accounts.release(_id_of(staffed, "zhouhe"))
    assert door.sign_in("zhouhe", OWN_PASSWORD).actor.user_name == "zhouhe"


def test_a_screen_is_unlocked_by_ones_own_password_and_failures_count(staffed: Desk) -> None:
    staffed.sign_in.sign_in("zhouhe", OWN_PASSWORD)
    staffed.sign_in.confirm(OWN_PASSWORD)
    with pytest.raises(ClerkError) as caught:
        staffed.sign_in.confirm(ADMIN_PASSWORD)
    assert caught.value.details["left"] == MOST_FAILURES - 1
    assert staffed.sign_in.actor.user_name == "zhouhe"


def test_after_signing_out_nobody_is_at_work(staffed: Desk) -> None:
    staffed.sign_in.sign_out()
    assert staffed.sign_in.actor == NOBODY
    with pytest.raises(ClerkError, match="signed_out"):
        staffed.sign_in.change_password(ADMIN_PASSWORD, OWN_PASSWORD)


@pytest.mark.requirement("LG-P1")
def test_signing_in_and_failing_are_on_record_without_what_was_typed(
    staffed: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for user_name in ("zhouhe", "Secret-In-The-Wrong-Field"):
            with pytest.raises(ClerkError):
                staffed.sign_in.sign_in(user_name, "Typed-Secret-99")
    with staffed.database.reading(is_whole=True) as session:
        events = session.execute(text("SELECT act, summary, changes FROM audit_event ORDER BY id")).all()
    assert [event[0] for event in events[-2:]] == ["sign_in_failed", "sign_in_failed"]
    assert "Secret" not in str(events) + caplog.text


def test_passwords_are_stored_as_argon2id_only(staffed: Desk) -> None:
    with staffed.database.reading(is_whole=True) as session:
        hashes = session.execute(text("SELECT password_hash FROM account")).scalars().all()
    assert all(each.startswith("$argon2id$") for each in hashes)
    assert count_of(staffed, "account") == 2


def test_a_failed_write_leaves_who_was_at_work(staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = staffed.sign_in.actor

    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("no record, no sign-in")

    monkeypatch.setattr("desktop.services.sign_in.record_event", fail)
    with pytest.raises(RuntimeError):
        staffed.sign_in.sign_in("zhouhe", OWN_PASSWORD)
    assert staffed.sign_in.actor == before


def _id_of(desk: Desk, user_name: str) -> int:
    return next(row.id for row in desk.accounts.all() if row.user_name == user_name)


@pytest.fixture(autouse=True)
def _only_services(desk: Desk) -> Iterator[None]:
    """The desk's own sign-in comes back after a test that made another."""
    yield
    desk.sign_in._station.work_as(FOUNDER)
