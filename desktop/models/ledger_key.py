"""The keys of a ledger, kept beside it in ``ledger.key``: how they are wrapped decides who can open the ledger.

While nothing is protected the file holds the key of the audit trail in the clear (slot ``open``).  A protected ledger
has the slots ``passphrase`` and ``recovery``, and ``keyring`` where it is wanted.  On the way from the one to the other
the file has both, and the ledger itself says which counts: a plain one still bears SQLite's name in its first bytes.
"""

from __future__ import annotations

import json
import secrets
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from desktop.domain.errors import ClerkError
from desktop.domain.recovery_code import secret_of
from desktop.models.durable import write_durably
from desktop.models.key_slots import (
    LedgerSecret,
    unwrap_by_keyring,
    unwrap_by_passphrase,
    unwrap_by_recovery,
)

__all__ = ["KEY_NAME", "LEDGER_NAME", "SMALLEST", "KeyFile", "LedgerSecret", "Unlock", "open_secret"]

KEY_NAME: Final = "ledger.key"
LEDGER_NAME: Final = "ledger.sqlite3"
PROTECTED_NAME: Final = "ledger-protected.sqlite3"  # the encrypted copy while it is being made
_PLAIN_START: Final = b"SQLite format 3\0"
_SLOTS: Final = ("open", "passphrase", "recovery", "keyring")
_VERSION: Final = 1
SMALLEST: Final = 512  # bytes: a database has at least one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What the person at the computer offers to open a protected ledger."""

    passphrase: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The slots of one ledger; ``owner`` is the ledger's own random name, part of what each slot seals."""

    owner: str
    slots: dict[str, Any] = field(repr=False)

    @property
    def is_protected(self) -> bool:
        """Say whether only a secret opens the ledger."""
        return "open" not in self.slots

    def with_slots(self, **slots: Any) -> KeyFile:
        """Give the file with some slots set, or taken out where they are None."""
        changed = {**self.slots, **slots}
        return KeyFile(owner=self.owner, slots={name: slot for name, slot in changed.items() if slot is not None})

    def keep(self, folder: Path) -> None:
        """Write the file at one stroke."""
        plain = {"version": _VERSION, "owner": self.owner, **self.slots}
        write_durably(folder / KEY_NAME, json.dumps(plain, indent=1).encode())

    @staticmethod
    def read(folder: Path) -> KeyFile:
        """Read the file of a folder; raises ``ClerkError``: key_missing, key_damaged."""
        try:
            plain = json.loads((folder / KEY_NAME).read_bytes())
            slots = {name: plain[name] for name in _SLOTS if name in plain}
            if not slots.keys() & {"open", "passphrase"} or plain["version"] > _VERSION:
                raise ClerkError("key_damaged", why="slots")
            return KeyFile(owner=str(plain.get("owner", "")), slots=slots)
        except FileNotFoundError:
            raise ClerkError("key_missing", path=str(folder)) from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ClerkError("key_damaged", why=type(error).__name__) from error


def open_secret(folder: Path, unlock: Unlock) -> LedgerSecret:
    """Give the keys of a folder's ledger, made new where there is no ledger yet.

    Raises ``ClerkError``: key_missing when the ledger is there but its keys are not, key_damaged, passphrase_needed,
    passphrase_wrong, recovery_wrong, recovery_mistyped.
    """
    ledger = folder / LEDGER_NAME
    if not (folder / KEY_NAME).exists():
        if _needs_keys(ledger):
            raise ClerkError("key_missing", path=str(folder))
        return _new(folder)
    return unlocked(_settled(KeyFile.read(folder), folder), unlock)


def unlocked(keys: KeyFile, unlock: Unlock) -> LedgerSecret:
    """Open whichever slot fits what is offered, as ``open_secret`` does."""
    try:
        return _opened(keys, unlock)
    except (KeyError, ValueError, TypeError) as error:
        raise ClerkError("key_damaged", why=type(error).__name__) from error


def is_plain(ledger: Path) -> bool:
    """Say whether a ledger lies unencrypted on the disk."""
    with ledger.open("rb") as read:
        return read.read(len(_PLAIN_START)) == _PLAIN_START


def new_owner() -> str:
    """Give a random name for a ledger."""
    return secrets.token_hex(16)


def _new(folder: Path) -> LedgerSecret:
    secret = LedgerSecret(ledger_key=None, audit_key=secrets.token_bytes(32))
    KeyFile(owner=new_owner(), slots={"open": {"audit_key": secret.audit_key.hex()}}).keep(folder)
    return secret


def _opened(keys: KeyFile, unlock: Unlock) -> LedgerSecret:
    if not keys.is_protected:
        return LedgerSecret(ledger_key=None, audit_key=bytes.fromhex(keys.slots["open"]["audit_key"]))
    if unlock.recovery_code:
        if "recovery" not in keys.slots:
            raise ClerkError("recovery_wrong")
        return unwrap_by_recovery(keys.slots["recovery"], secret_of(unlock.recovery_code), owner=keys.owner)
    if unlock.passphrase:
        return unwrap_by_passphrase(keys.slots["passphrase"], unlock.passphrase, owner=keys.owner)
    held = unwrap_by_keyring(keys.slots["keyring"], owner=keys.owner) if "keyring" in keys.slots else None
    if held is None:
        raise ClerkError("passphrase_needed")
    return held


def _settled(keys: KeyFile, folder: Path) -> KeyFile:
    """Finish or take back a protecting that was cut off, whichever of the two ledgers is the one in place."""
    ledger = folder / LEDGER_NAME
    for leftover in folder.glob(f"{PROTECTED_NAME}*"):
        leftover.unlink()
    if keys.is_protected or "passphrase" not in keys.slots:
        return keys
    if not ledger.exists() or is_plain(ledger):
        settled = keys.with_slots(passphrase=None, recovery=None, keyring=None)
    else:
        settled = keys.with_slots(open=None)
    settled.keep(folder)
    return settled


def _needs_keys(ledger: Path) -> bool:
    """Say whether a ledger cannot do without the keys that are missing: it is encrypted, or its trail is chained."""
    if not ledger.exists() or ledger.stat().st_size < SMALLEST:
        return False
    if not is_plain(ledger):
        return ledger.stat().st_size % SMALLEST == 0
    try:
        with closing(dbapi2.connect(ledger)) as connection:
            named = "SELECT 1 FROM sqlite_master WHERE name='audit_head'"
            has_chain = connection.execute(named).fetchone() is not None
            return has_chain and connection.execute("SELECT 1 FROM audit_head").fetchone() is not None
    except dbapi2.DatabaseError:
        return False  # damaged: opening it says so
