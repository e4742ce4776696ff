"""Keeping accounts: who may keep whose, what may be given, and that nothing is ever deleted."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from desktop.domain.access import RIGHTS_OF, Grant, Right, Role
from desktop.domain.errors import ClerkError
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk
from tests.integration.people import ADMIN_PASSWORD, OWN_PASSWORD, clerk, found, hire

_EAST, _WEST = frozenset({"坪安社区"}), frozenset({"新禾社区"})


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    found(desk)
    return desk


def _id_of(desk: Desk, user_name: str) -> int:
    return next(row.id for row in desk.accounts.all() if row.user_name == user_name)


@pytest.mark.requirement("YC-1a")
def test_the_user_name_is_proposed_from_the_name_and_never_twice(staffed: Desk) -> None:
    assert staffed.accounts.suggested_user_name("周禾") == "zhouhe"
    hire(staffed, "zhouhe", clerk(), name="周禾")
    assert staffed.accounts.suggested_user_name("周禾") == "zhouhe2"
    with pytest.raises(ClerkError, match="user_name_taken"):
        staffed.accounts.make(NewAccount(user_name="ＺｈｏｕＨｅ", name="周和", grants=(clerk(),)))


@pytest.mark.requirement("YC-2b", "YC-2d")
def test_roles_with_their_scope_come_back_as_they_were_given(staffed: Desk) -> None:
    trade = Grant(role=Role.DISTRICT_DEPARTMENT_USER, areas=_EAST, departments=frozenset({"housing"}))
    account_id = hire(staffed, "zhouhe", clerk(_WEST), trade)
    assert next(row for row in staffed.accounts.all() if row.id == account_id).grants == (clerk(_WEST), trade)
    assert staffed.sign_in.sign_in("zhouhe", OWN_PASSWORD).actor.grants == (clerk(_WEST), trade)


@pytest.mark.parametrize(
    ("grants", "word"),
    [
        ((), "至少"),
        ((Grant(role=Role.ADMINISTRATOR), Grant(role=Role.AUDITOR)), "审计员"),
        ((Grant(role=Role.DISTRICT_DEPARTMENT_USER),), "主管行业"),
        ((clerk(frozenset()),), "不能是空的"),
    ],
)
def test_roles_that_cannot_stand_are_refused_in_words(staffed: Desk, grants: tuple[Grant, ...], word: str) -> None:
    with pytest.raises(ClerkError, match=word):
        staffed.accounts.make(NewAccount(user_name="zhouhe", name="周禾", grants=grants))
    assert len(staffed.accounts.all()) == 1


@pytest.mark.requirement("YC-2d", "LG-P1")
def test_every_change_of_an_account_is_on_record_with_before_and_after(staffed: Desk) -> None:
    account_id = hire(staffed, "zhouhe", clerk(_EAST))
    staffed.accounts.set_grants(account_id, [clerk(_WEST)], "调到新禾社区")
    with staffed.database.reading(is_whole=True) as session:
        act, who, reason, changes = session.execute(
            text("SELECT act, who, reason, changes FROM audit_event ORDER BY id DESC LIMIT 1")
        ).one()
    assert (act, who, reason) == ("set_grants", "高远", "调到新禾社区")
    assert "\\u576a\\u5b89" in changes
    assert "\\u65b0\\u79be" in changes


def test_an_account_is_deactivated_and_its_person_is_not_let_in(staffed: Desk) -> None:
    account_id = hire(staffed, "zhouhe", clerk())
    staffed.accounts.deactivate(account_id, "调离窗口")
    with pytest.raises(ClerkError, match="account_inactive"):
        staffed.sign_in.sign_in("zhouhe", OWN_PASSWORD)
    staffed.accounts.activate(account_id)
    assert staffed.sign_in.sign_in("zhouhe", OWN_PASSWORD).actor.account_id == account_id


def test_an_account_cannot_be_deleted_even_by_hand(staffed: Desk) -> None:
    with pytest.raises(Exception, match="never deleted"), staffed.database.writing(is_whole=True) as session:
        session.execute(text("DELETE FROM account"))
    assert len(staffed.accounts.all()) == 1


def test_the_last_administrator_stays(staffed: Desk) -> None:
    own = staffed.sign_in.actor.account_id
    assert own is not None
    with pytest.raises(ClerkError, match="own_account"):
        staffed.accounts.deactivate(own, "误操作")
    with pytest.raises(ClerkError, match="last_administrator"):
        staffed.accounts.set_grants(own, [clerk()], "误操作")
    assert staffed.sign_in.sign_in("gaoyuan", ADMIN_PASSWORD).actor.may(Right.KEEP_ACCOUNTS)


@pytest.mark.requirement("YC-2b")
@pytest.mark.parametrize("role", sorted(role for role in Role if Right.KEEP_ACCOUNTS not in RIGHTS_OF[role]))
def test_whoever_does_not_keep_accounts_can_do_nothing_with_them(staffed: Desk, role: Role) -> None:
    departments = frozenset({"housing"}) if "department" in role.value else None
    account_id = hire(staffed, "somebody", Grant(role=role, departments=departments))
    staffed.sign_in.sign_in("somebody", OWN_PASSWORD)
    accounts = staffed.accounts
    for act in (
        accounts.all,
        lambda: accounts.make(NewAccount(user_name="x", name="x", grants=(clerk(),))),
        lambda: accounts.reset_password(account_id),
        lambda: accounts.release(account_id),
        lambda: accounts.deactivate(account_id, "x"),
        lambda: accounts.activate(account_id),
        lambda: accounts.set_grants(account_id, [Grant(role=Role.ADMINISTRATOR)], "x"),
        lambda: accounts.rename(account_id, "x"),
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            act()


@pytest.mark.requirement("YC-A4f")
def test_an_area_administrator_keeps_the_accounts_within_the_area_only(staffed: Desk) -> None:
    hire(staffed, "east", clerk(_EAST))
    west = hire(staffed, "west", clerk(_WEST))
    hire(staffed, "eastadmin", Grant(role=Role.DISTRICT_GOVERNMENT_ADMIN, areas=_EAST))
    staffed.sign_in.sign_in("eastadmin", OWN_PASSWORD)
    assert {row.user_name for row in staffed.accounts.all()} == {"east", "eastadmin"}
    with pytest.raises(ClerkError, match="outside_scope"):
        staffed.accounts.reset_password(west)
    for too_far in (clerk(), clerk(_WEST), Grant(role=Role.ADMINISTRATOR, areas=_EAST)):
        with pytest.raises(ClerkError, match="outside_scope"):
            staffed.accounts.make(NewAccount(user_name="more", name="更多", grants=(too_far,)))
    assert staffed.accounts.make(NewAccount(user_name="more", name="更多", grants=(clerk(_EAST),))).account_id


@pytest.mark.requirement("YC-A4d", "YC-A4h")
def test_a_department_administrator_keeps_the_accounts_of_the_own_unit_only(staffed: Desk) -> None:
    trade = frozenset({"housing"})
    boss = Grant(role=Role.DISTRICT_DEPARTMENT_ADMIN, departments=trade)
    user = Grant(role=Role.DISTRICT_DEPARTMENT_USER, departments=trade)
    hire(staffed, "boss", boss, organisation_id=7)
    hire(staffed, "own", user, organisation_id=7)
    other = hire(staffed, "other", user, organisation_id=8)
    staffed.sign_in.sign_in("boss", OWN_PASSWORD)
    assert {row.user_name for row in staffed.accounts.all()} == {"boss", "own"}
    with pytest.raises(ClerkError, match="outside_scope"):
        staffed.accounts.release(other)
    with pytest.raises(ClerkError, match="outside_scope"):
        staffed.accounts.make(NewAccount(user_name="x", name="x", grants=(user,), organisation_id=8))
