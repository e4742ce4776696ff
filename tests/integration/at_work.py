"""People at work for the tests of reviews, orders and the home page; every name is invented."""

from __future__ import annotations

from desktop.domain.access import Actor, Grant, Role
from desktop.services.desk import Desk


def person(account_id: int, name: str, *roles: Role, areas: frozenset[str] | None = None) -> Actor:
    """Somebody with roles, everywhere or in some communities."""
    grants = tuple(Grant(role=role, areas=areas) for role in roles)
    return Actor(account_id=account_id, user_name=f"user{account_id}", name=name, grants=grants)


CLERK = person(1, "林晓", Role.WINDOW_CLERK)
REVIEWER = person(2, "周审", Role.REVIEWER)
SECOND_REVIEWER = person(3, "吴复", Role.REVIEWER)
MANAGER = person(4, "李管", Role.MANAGER)
OFFICER = person(5, "郑执", Role.ENFORCEMENT_OFFICER)
BOTH = person(6, "孙全", Role.WINDOW_CLERK, Role.REVIEWER)
SETTER = person(7, "钱设", Role.ADMINISTRATOR)


def work_as(desk: Desk, actor: Actor) -> None:
    """Let somebody be at work, as signing in does."""
    desk.reviews._station.work_as(actor)
