"""Keeping accounts (账号维护): made with a one-time password, given roles, released, deactivated, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import APART, BY_INDUSTRY, OWN_UNIT_ACCOUNTS, Grant, Right, Role
from desktop.domain.errors import ClerkError
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.account import Account
from desktop.models.database import Database
from desktop.services.audit import FieldChange, record_event
from desktop.services.filing_keys import sort_key
from desktop.services.passwords import PasswordKeeper
from desktop.services.people import account_of, actor_of, grants_of, plain_grants, set_grants, user_key
from desktop.services.station import Station
from desktop.services.touched import ACCOUNT

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account as the list shows it."""

    id: int
    user_name: str
    name: str
    organisation_id: int | None
    person_id: int | None
    grants: tuple[Grant, ...]
    is_active: bool
    is_locked: bool
    must_change: bool
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What is asked for a new account."""

    user_name: str
    name: str
    grants: tuple[Grant, ...]
    organisation_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new account with its first password, told once and kept nowhere."""

    account_id: int
    one_time_password: str


class AccountService:
    """What those may do who keep accounts: within their area all of them, or those of their own unit."""

    def __init__(self, database: Database, station: Station, *, keeper: PasswordKeeper) -> None:
        self._database = database
        self._station = station
        self._keeper = keeper

    def all(self) -> tuple[AccountRow, ...]:
        """List the accounts that who is signed in keeps, active ones first."""
        self._station.actor.require(Right.KEEP_ACCOUNTS)
        with self._database.reading() as session:
            found = session.scalars(select(Account).order_by(Account.is_active.desc(), Account.user_key)).all()
            rows = tuple(_row(account, grants_of(session, account.id)) for account in found)
        return tuple(row for row in rows if self._keeps(row.organisation_id, row.grants))

    def suggested_user_name(self, name: str) -> str:
        """Propose a user name from the pinyin of a name, with a number where somebody has it already."""
        self._station.actor.require(Right.KEEP_ACCOUNTS)
        base = "".join(char for char in sort_key(name) if char.isascii() and char.isalnum()).lower()
        if not base:
            return ""
        with self._database.reading() as session:
            taken = set(session.scalars(select(Account.user_key).where(Account.user_key.startswith(base))))
        number = 1
        while user_key(base if number == 1 else f"{base}{number}") in taken:
            number += 1
        return base if number == 1 else f"{base}{number}"

    def make(self, asked: NewAccount) -> Made:
        """Make an account; its first password is random, to be changed at the first sign-in.

        Raises ``ClerkError``: not_permitted, outside_scope, user_name_unfit, user_name_taken, roles_unfit.
        """
        self._station.actor.require(Right.KEEP_ACCOUNTS)
        user_name, name = _fit(asked.user_name), _fit(asked.name)
        self._refuse_unfit(asked.organisation_id, asked.grants)
        password, now = self._keeper.one_time(), self._station.now()
        hashed = self._keeper.hashed(password)
        with self._database.writing() as session:
            if session.scalar(select(Account.id).where(Account.user_key == user_key(user_name))) is not None:
                raise ClerkError("user_name_taken", user_name=user_name)
            account = Account(
                user_name=user_name,
                user_key=user_key(user_name),
                name=name,
                organisation_id=asked.organisation_id,
                person_id=asked.person_id,
                password_hash=hashed,
                must_change=True,
                is_active=True,
                failures=0,
                is_locked=False,
                made_at=now,
                password_set_at=now,
            )
            session.add(account)
            session.flush()
            set_grants(session, account.id, asked.grants)
            changes = [("user_name", None, user_name), ("grants", None, plain_grants(asked.grants))]
            self._record(session, account.id, act="make_account", summary=f"建立账号 {user_name}", changes=changes)
            return Made(account_id=account.id, one_time_password=password)

    def reset_password(self, account_id: int) -> str:
        """Give an account a new one-time password, told once; also releases its lock."""
        password = self._keeper.one_time()
        hashed = self._keeper.hashed(password)
        with self._database.writing() as session:
            account = self._kept(session, account_id)
            account.password_hash, account.must_change = hashed, True
            account.failures, account.is_locked = 0, False
            account.password_set_at = self._station.now()
            self._record(session, account_id, act="reset_password", summary=f"重置 {account.user_name} 的密码")
        return password

    def release(self, account_id: int) -> None:
        """Let somebody in again whose account wrong passwords have locked."""
        with self._database.writing() as session:
            account = self._kept(session, account_id)
            account.failures, account.is_locked = 0, False
            self._record(session, account_id, act="release_account", summary=f"解除 {account.user_name} 的锁定")

    def deactivate(self, account_id: int, reason: str) -> None:
        """Take an account out of use, for good reason; nothing it did disappears.

        Raises ``ClerkError``: reason_required, own_account, last_administrator.
        """
        why = _reason(reason)
        with self._database.writing() as session:
            account = self._kept(session, account_id)
            if account_id == self._station.actor.account_id:
                raise ClerkError("own_account")
            account.is_active = False
            session.flush()
            _refuse_last_administrator(session)
            summary = f"停用账号 {account.user_name}"
            self._record(session, account_id, act="deactivate_account", summary=summary, reason=why)

    def activate(self, account_id: int) -> None:
        """Take an account into use again."""
        with self._database.writing() as session:
            account = self._kept(session, account_id)
            account.is_active = True
            self._record(session, account_id, act="activate_account", summary=f"恢复使用账号 {account.user_name}")

    def set_grants(self, account_id: int, grants: Sequence[Grant], reason: str) -> None:
        """Give an account these roles and no others; raises as ``make`` and ``deactivate``.

        Nobody but an administrator changes roles of their own, and that counts at once.
        """
        why = _reason(reason)
        with self._database.writing() as session:
            account = self._kept(session, account_id)
            is_own = account_id == self._station.actor.account_id
            if is_own and all(grant.role is not Role.ADMINISTRATOR for grant in self._station.actor.grants):
                raise ClerkError("own_account")
            self._refuse_unfit(account.organisation_id, grants)
            before = plain_grants(grants_of(session, account_id))
            set_grants(session, account_id, grants)
            session.flush()
            _refuse_last_administrator(session)
            changes: list[FieldChange] = [("grants", before, plain_grants(grants))]
            summary = f"更改 {account.user_name} 的角色和范围"
            self._record(session, account_id, act="set_grants", summary=summary, reason=why, changes=changes)
            after = actor_of(session, account)
        if is_own:
            self._station.work_as(after)

    def rename(self, account_id: int, name: str) -> None:
        """Write another name of the person, as after a slip of typing; the user name stays."""
        wanted = _fit(name)
        with self._database.writing() as session:
            account = self._kept(session, account_id)
            changes: list[FieldChange] = [("name", account.name, wanted)]
            account.name = wanted
            summary = f"更改 {account.user_name} 的姓名"
            self._record(session, account_id, act="rename_account", summary=summary, changes=changes)

    def _kept(self, session: Session, account_id: int) -> Account:
        """Give an account that who is signed in keeps."""
        actor = self._station.actor
        actor.require(Right.KEEP_ACCOUNTS)
        account = account_of(session, account_id)
        if not self._keeps(account.organisation_id, grants_of(session, account_id)):
            raise ClerkError("outside_scope", right=Right.KEEP_ACCOUNTS.value, user=actor.user_name)
        return account

    def _keeps(self, organisation_id: int | None, grants: Sequence[Grant]) -> bool:
        actor = self._station.actor
        return any(
            _is_own_unit(grant, actor.organisation_id, organisation_id) and all(_within(each, grant) for each in grants)
            for grant in actor.grants_for(Right.KEEP_ACCOUNTS)
        )

    def _refuse_unfit(self, organisation_id: int | None, grants: Sequence[Grant]) -> None:
        roles = frozenset(grant.role for grant in grants)
        if not roles:
            raise ClerkError("roles_unfit", why="至少要给一个角色")
        if any(apart <= roles for apart in APART):
            raise ClerkError("roles_unfit", why="系统管理员和审计员不能是同一个账号")
        if any(grant.role in BY_INDUSTRY and not grant.departments for grant in grants):
            raise ClerkError("roles_unfit", why="主管部门的角色要选定主管行业")
        if any(grant.areas is not None and not grant.areas for grant in grants):
            raise ClerkError("roles_unfit", why="区域范围不能是空的")
        if not self._keeps(organisation_id, grants):
            raise ClerkError("outside_scope", right=Right.KEEP_ACCOUNTS.value, user=self._station.actor.user_name)

    def _record(
        self,
        session: Session,
        account_id: int,
        *,
        act: str,
        summary: str,
        reason: str = "",
        changes: Sequence[FieldChange] = (),
    ) -> None:
        record_event(
            session,
            self._station,
            act=act,
            summary=summary,
            reason=reason,
            changes=changes,
            touched=[(ACCOUNT, account_id)],
        )


def _row(account: Account, grants: tuple[Grant, ...]) -> AccountRow:
    return AccountRow(
        id=account.id,
        user_name=account.user_name,
        name=account.name,
        organisation_id=account.organisation_id,
        person_id=account.person_id,
        grants=grants,
        is_active=account.is_active,
        is_locked=account.is_locked,
        must_change=account.must_change,
        made_at=account.made_at,
    )


def _is_own_unit(keeping: Grant, own: int | None, organisation_id: int | None) -> bool:
    return keeping.role not in OWN_UNIT_ACCOUNTS or (own is not None and own == organisation_id)


def _within(given: Grant, keeping: Grant) -> bool:
    """Say whether a role reaches no further than that of who gives it; only administrators make each other."""
    if given.role in (Role.ADMINISTRATOR, Role.AUDITOR) and keeping.role is not Role.ADMINISTRATOR:
        return False
    in_area = keeping.areas is None or (given.areas is not None and given.areas <= keeping.areas)
    in_trade = keeping.departments is None or (
        given.departments is not None and given.departments <= keeping.departments
    )
    return in_area and in_trade


def _refuse_last_administrator(session: Session) -> None:
    active = session.scalars(select(Account.id).where(Account.is_active)).all()
    grants = (grant for each in active for grant in grants_of(session, each))
    # One whose right ends somewhere could not make another who keeps the rest.
    if not any(grant.role is Role.ADMINISTRATOR and grant.is_whole for grant in grants):
        raise ClerkError("last_administrator")


def _fit(typed: str) -> str:
    fault = text_fault(typed.strip(), longest=_LONGEST_NAME)
    text = clean_text(typed)
    if fault or not text:
        raise ClerkError("user_name_unfit", why=fault or "用户名和姓名都要填写")
    return text


def _reason(typed: str) -> str:
    reason = typed.strip()
    if not reason:
        raise ClerkError("reason_required", why="停用账号、更改角色要写明原因。")
    return reason
