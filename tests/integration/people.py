"""Accounts for the tests: an administrator first, then whoever a test needs."""

from __future__ import annotations

from desktop.domain.access import Actor, Grant, Role
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk

ADMIN_PASSWORD = "Vk7#mzQpX2-gate"
OWN_PASSWORD = "Tb4!rwLsY9-desk"


def found(desk: Desk, *, is_clerk_too: bool = False) -> Actor:
    """Make the first administrator 高远, who is then signed in."""
    return desk.sign_in.make_first("gaoyuan", "高远", ADMIN_PASSWORD, is_clerk_too=is_clerk_too)


def hire(desk: Desk, user_name: str, *grants: Grant, name: str = "", organisation_id: int | None = None) -> int:
    """Make an account that has chosen its own password already; the administrator stays signed in."""
    admin = desk.sign_in.actor
    asked = NewAccount(user_name=user_name, name=name or user_name, grants=grants, organisation_id=organisation_id)
    made = desk.accounts.make(asked)
    desk.sign_in.sign_in(user_name, made.one_time_password)
    desk.sign_in.change_password(made.one_time_password, OWN_PASSWORD)
    desk.sign_in.sign_in(admin.user_name, ADMIN_PASSWORD)
    return made.account_id


def clerk(areas: frozenset[str] | None = None) -> Grant:
    """The role of a window clerk."""
    return Grant(role=Role.WINDOW_CLERK, areas=areas)
