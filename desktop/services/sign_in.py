"""Who is at work: the first account, signing in and out, wrong passwords and the lock they bring."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from sqlalchemy import select

from desktop.domain.access import FOUNDER, NOBODY, Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.models.account import Account
from desktop.models.database import Database
from desktop.services.audit import record_event
from desktop.services.passwords import PasswordKeeper
from desktop.services.people import account_of, actor_of, count_accounts, refuse_weak, set_grants, user_key
from desktop.services.station import Station
from desktop.services.touched import ACCOUNT

MOST_FAILURES: Final = 5
LOCK_MINUTES: Final = 30
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who signed in, and whether a password of their own must be chosen before anything else."""

    actor: Actor
    must_change: bool


class SignInService:
    """Lets one person at a time be the one at work.

    A lock outlasts the program, and its half hour is counted by the running program alone: neither starting anew nor
    setting the computer's clock shortens it.
    """

    def __init__(
        self,
        database: Database,
        station: Station,
        *,
        keeper: PasswordKeeper,
        running_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._station = station
        self._keeper = keeper
        self._running_s = running_s
        self._opened_s = running_s()
        self._locked_s: dict[int | str, float] = {}
        # User names that do not exist are answered as those that do, so that trying tells nothing.
        self._strangers: Counter[str] = Counter()
        station.work_as(NOBODY if self.has_accounts() else FOUNDER)

    @property
    def actor(self) -> Actor:
        """Give who is signed in."""
        return self._station.actor

    def has_accounts(self) -> bool:
        """Say whether there is any account yet; before that whoever opens the ledger founds it."""
        with self._database.reading() as session:
            return count_accounts(session) > 0

    def make_first(self, user_name: str, name: str, password: str, *, is_clerk_too: bool) -> Actor:
        """Make the first administrator, who is then signed in; there is no account and no password before this.

        Raises ``ClerkError``: has_accounts_already, user_name_unfit, password_weak.
        """
        key = user_key(user_name)
        if not key or not name.strip():
            raise ClerkError("user_name_unfit", why="用户名和姓名都要填写")
        refuse_weak(password, user_name=user_name, name=name, station=self._station)
        hashed, now = self._keeper.hashed(password), self._station.now()
        roles = (Role.ADMINISTRATOR, Role.WINDOW_CLERK) if is_clerk_too else (Role.ADMINISTRATOR,)
        with self._database.writing() as session:
            if count_accounts(session):
                raise ClerkError("has_accounts_already")
            account = Account(
                user_name=user_name.strip(),
                user_key=key,
                name=name.strip(),
                password_hash=hashed,
                must_change=False,
                is_active=True,
                failures=0,
                is_locked=False,
                made_at=now,
                password_set_at=now,
            )
            session.add(account)
            session.flush()
            set_grants(session, account.id, [Grant(role=role) for role in roles])
            session.flush()
            actor = actor_of(session, account)
            self._station.work_as(actor)
            try:
                summary = "建立第一个账号（系统管理员）"
                record_event(
                    session, self._station, act="first_account", summary=summary, touched=[(ACCOUNT, account.id)]
                )
                session.commit()
            except BaseException:
                self._station.work_as(FOUNDER)
                raise
        return actor

    def sign_in(self, user_name: str, password: str) -> SignedIn:
        """Let somebody be the one at work; with a first password they may do nothing but choose their own.

        Raises ``ClerkError``: wrong_password with ``left`` tries, account_locked with ``minutes``, account_inactive.
        """
        with self._database.reading() as session:
            found = session.scalars(select(Account).where(Account.user_key == user_key(user_name))).first()
        if found is None:
            raise self._stranger(user_key(user_name), password)
        account_id = self._checked(found, password)
        with self._database.writing() as session:
            account = account_of(session, account_id)
            actor = actor_of(session, account)
            if account.must_change:
                actor = replace(actor, grants=())
            before = self._station.actor
            self._station.work_as(actor)
            try:
                record_event(session, self._station, act="sign_in", summary="登录", touched=[(ACCOUNT, account_id)])
                session.commit()
            except BaseException:
                self._station.work_as(before)
                raise
        _LOG.info("account %s signed in", account_id)
        return SignedIn(actor=actor, must_change=account.must_change)

    def sign_out(self) -> None:
        """Let nobody be at work; the ledger then shows nothing and takes nothing."""
        if self._station.actor.account_id is None:
            return
        with self._database.writing() as session:
            record_event(session, self._station, act="sign_out", summary="退出")
        self._station.work_as(NOBODY)

    def leave(self) -> None:
        """Let nobody be at work because the window closes, which nothing prevents.

        Raises ``ClerkError`` when that could not be put on record; nobody is at work all the same.
        """
        if self._station.actor.account_id is None:
            return
        try:
            self.sign_out()
        finally:
            self._station.work_as(NOBODY)

    def confirm(self, password: str) -> None:
        """Check the password of who is signed in, for the locked screen; failures count as at signing in.

        Raises as ``sign_in``.
        """
        self._checked(self._own_account(), password)

    def change_password(self, old: str, new: str) -> None:
        """Give who is signed in another password.

        Raises ``ClerkError``: wrong_password, account_locked, password_weak.
        """
        account = self._own_account()
        self._checked(account, old)
        refuse_weak(new, user_name=account.user_name, name=account.name, station=self._station)
        if new == old:
            raise ClerkError("password_weak", why="不能和原来的密码相同")
        hashed = self._keeper.hashed(new)
        with self._database.writing() as session:
            kept = account_of(session, account.id)
            kept.password_hash, kept.must_change = hashed, False
            kept.password_set_at = self._station.now()
            touched = [(ACCOUNT, account.id)]
            record_event(session, self._station, act="change_password", summary="更改本人密码", touched=touched)
            actor = actor_of(session, kept)
        self._station.work_as(actor)

    def _own_account(self) -> Account:
        account_id = self._station.actor.account_id
        if account_id is None:
            raise ClerkError("signed_out")
        with self._database.reading() as session:
            return account_of(session, account_id)

    def _checked(self, account: Account, password: str) -> int:
        """Give the id of an account whose password this is; a wrong one is counted before it is refused."""
        if account.is_locked:
            self._refuse_locked(account.id)
        if not self._keeper.is_right(password, account.password_hash):
            raise self._failed(account)
        if not account.is_active:
            raise ClerkError("account_inactive")
        if account.failures or account.is_locked:
            self._forgive(account.id)
        return account.id

    def _stranger(self, key: str, password: str) -> ClerkError:
        """Count a try with a user name that does not exist; gives what is said to it."""
        if self._strangers[key] >= MOST_FAILURES:
            self._refuse_locked(key)
        self._keeper.is_right(password, None)
        self._record_failure(None)
        self._strangers[key] += 1
        return self._told_failure(key, self._strangers[key])

    def _refuse_locked(self, whose: int | str) -> None:
        since = self._locked_s.setdefault(whose, self._opened_s)
        left_s = since + LOCK_MINUTES * 60 - self._running_s()
        if left_s > 0:
            raise ClerkError("account_locked", minutes=ceil(left_s / 60))

    def _failed(self, account: Account) -> ClerkError:
        return self._told_failure(account.id, self._record_failure(account.id))

    def _told_failure(self, whose: int | str, failures: int) -> ClerkError:
        if failures >= MOST_FAILURES:
            self._locked_s[whose] = self._running_s()
            return ClerkError("account_locked", minutes=LOCK_MINUTES)
        return ClerkError("wrong_password", left=MOST_FAILURES - failures)

    def _record_failure(self, account_id: int | None) -> int:
        """Count a failure and put it on record, without what was typed; gives how many there are in a row."""
        with self._database.writing() as session:
            if account_id is None:
                record_event(session, self._station, act="sign_in_failed", summary="登录失败：没有这个用户名")
                return 0
            account = account_of(session, account_id)
            account.failures += 1
            account.is_locked = account.failures >= MOST_FAILURES
            summary = f"登录失败：密码错误，连续第 {account.failures} 次" + ("，账号锁定" if account.is_locked else "")
            changes = [("user_name", account.user_name, account.user_name)]
            record_event(
                session,
                self._station,
                act="sign_in_failed",
                summary=summary,
                changes=changes,
                touched=[(ACCOUNT, account_id)],
            )
            return account.failures

    def _forgive(self, account_id: int) -> None:
        self._locked_s.pop(account_id, None)
        with self._database.writing() as session:
            account = account_of(session, account_id)
            account.failures, account.is_locked = 0, False
            summary = "密码正确，失败次数清零"
            record_event(session, self._station, act="unlocked", summary=summary, touched=[(ACCOUNT, account_id)])
