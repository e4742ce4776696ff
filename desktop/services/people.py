"""Accounts as they are stored, turned into who is at work; what signing in and keeping accounts share."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.passwords import weakness
from desktop.domain.search_keys import normalise
from desktop.models.account import Account, AccountGrant
from desktop.services.filing_keys import initials, sort_key
from desktop.services.station import Station


def count_accounts(session: Session) -> int:
    """Count the accounts, active or not."""
    return session.scalar(select(func.count()).select_from(Account)) or 0


def account_of(session: Session, account_id: int) -> Account:
    """Give an account; raises ``ClerkError("no_such_account")``."""
    account = session.get(Account, account_id)
    if account is None:
        raise ClerkError("no_such_account", account_id=account_id)
    return account


def grants_of(session: Session, account_id: int) -> tuple[Grant, ...]:
    """Give the roles of an account in the order they were given."""
    found = select(AccountGrant).where(AccountGrant.account_id == account_id).order_by(AccountGrant.id)
    return tuple(_grant(row) for row in session.scalars(found))


def set_grants(session: Session, account_id: int, grants: Sequence[Grant]) -> None:
    """Let an account hold these roles and no others."""
    for row in session.scalars(select(AccountGrant).where(AccountGrant.account_id == account_id)):
        session.delete(row)
    session.flush()
    session.add_all(
        AccountGrant(
            account_id=account_id,
            role=grant.role.value,
            areas=None if grant.areas is None else sorted(grant.areas),
            departments=None if grant.departments is None else sorted(grant.departments),
        )
        for grant in grants
    )


def actor_of(session: Session, account: Account) -> Actor:
    """Give who an account lets be at work."""
    return Actor(
        account_id=account.id,
        user_name=account.user_name,
        name=account.name,
        organisation_id=account.organisation_id,
        grants=grants_of(session, account.id),
    )


def refuse_weak(password: str, *, user_name: str, name: str, station: Station) -> None:
    """Raise ``ClerkError("password_weak", why=…)`` for a password that everybody would try."""
    office = station.office
    own = [user_name, name, initials(name), sort_key(name).replace(" ", "")]
    own += [office.street_name, office.phone, sort_key(office.street_name).replace(" ", "")] if office else []
    why = weakness(password, own=own)
    if why:
        raise ClerkError("password_weak", why=why)


def user_key(user_name: str) -> str:
    """Give the folded form by which a user name is found, whatever its case and width."""
    return normalise(user_name)


def plain_grants(grants: Sequence[Grant]) -> list[dict[str, object]]:
    """Give roles as plain data for the trail."""
    return [
        {
            "role": grant.role.value,
            "areas": None if grant.areas is None else sorted(grant.areas),
            "departments": None if grant.departments is None else sorted(grant.departments),
        }
        for grant in grants
    ]


def _grant(row: AccountGrant) -> Grant:
    return Grant(
        role=Role(row.role),
        areas=None if row.areas is None else frozenset(row.areas),
        departments=None if row.departments is None else frozenset(row.departments),
    )
