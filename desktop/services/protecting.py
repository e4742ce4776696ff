"""Protecting the ledger: encryption under a passphrase, the recovery code, the system's keyring."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.domain.recovery_code import BYTES as RECOVERY_BYTES
from desktop.domain.recovery_code import code_of
from desktop.models.database import Database
from desktop.models.durable import move_durably, sync_file
from desktop.models.key_slots import (
    KEY_BYTES,
    Effort,
    LedgerSecret,
    forget_in_keyring,
    has_keyring,
    wrap_by_keyring,
    wrap_by_passphrase,
    wrap_by_recovery,
)
from desktop.models.ledger_file import contents_of, export_encrypted, faults_of
from desktop.models.ledger_key import PROTECTED_NAME, KeyFile, Unlock, is_plain, new_owner, unlocked
from desktop.services.audit import record_event
from desktop.services.press import Press
from desktop.services.station import Station

ORDINARY: Final = Effort()
SHORTEST_PASSPHRASE: Final = 12  # characters; four words of Chinese or a sentence
_FEWEST_DIFFERENT: Final = 5
_STEPS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """How a ledger is protected."""

    is_encrypted: bool
    uses_keyring: bool
    has_keyring: bool  # whether this computer offers one


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """A recovery code with its printed sheet; shown once and kept nowhere."""

    code: str = field(repr=False)
    pdf: bytes = field(repr=False)


class ProtectionService:
    """Keeps who can open the ledger.  ``files_key`` gives the key of scans and photos as it is now.

    ``is_by_code`` says that the ledger was opened by its recovery code.
    """

    def __init__(
        self,
        database: Database,
        station: Station,
        *,
        folder: Path,
        secret: LedgerSecret,
        press: Press,
        effort: Effort = ORDINARY,
        is_by_code: bool = False,
    ) -> None:
        self._database = database
        self._station = station
        self._folder = folder
        self._secret = secret
        self._press = press
        self._effort = effort
        self._is_by_code = is_by_code
        self._followers: list[Callable[[bytes | None, Progress], None]] = []

    @property
    def secret(self) -> LedgerSecret:
        """Give the keys of the open ledger."""
        return self._secret

    @property
    def files_key(self) -> bytes | None:
        """Give the key of scans and photos, None while nothing is encrypted."""
        return self._secret.files_key

    def follow(self, change: Callable[[bytes | None, Progress], None]) -> None:
        """Have the bytes outside the database follow: called with the new files key once the ledger has its own.

        What a cut-off leaves in the old form is the follower's to take over at the next opening.
        """
        self._followers.append(change)

    def state(self) -> Protection:
        """Say how the ledger is protected now."""
        keys = KeyFile.read(self._folder)
        return Protection(
            is_encrypted=keys.is_protected, uses_keyring="keyring" in keys.slots, has_keyring=has_keyring()
        )

    def protect(self, passphrase: str, progress: Progress = SILENT) -> RecoverySheet:
        """Encrypt the ledger under a new key that the passphrase opens, and give the recovery sheet.

        Cut off at any instant, either the plain ledger or the encrypted one opens.  Raises ``ClerkError``:
        passphrase_weak, already_protected, protecting_failed (nothing was changed), disk_full, database_locked;
        ``Cancelled`` (nothing was changed).
        """
        self._require()
        _check_passphrase(passphrase)
        if self._database.key is not None:
            raise ClerkError("already_protected")
        sheet, code = self._new_sheet()
        fresh = LedgerSecret(ledger_key=secrets.token_bytes(KEY_BYTES), audit_key=self._secret.audit_key)
        old = KeyFile.read(self._folder)
        owner = old.owner or new_owner()
        keys = KeyFile(owner=owner, slots=old.slots).with_slots(
            passphrase=wrap_by_passphrase(fresh, passphrase, owner=owner, effort=self._effort),
            recovery=wrap_by_recovery(fresh, code, owner=owner),
        )
        self._exchange(fresh, keys, progress)
        self._record("加密台账", {"is_encrypted": (False, True)})
        for follower in self._followers:
            follower(fresh.files_key, progress)
        return sheet

    def change_passphrase(self, old: str, new: str) -> None:
        """Let another passphrase open the ledger; raises ``ClerkError``: passphrase_wrong, passphrase_weak."""
        self._require()
        keys = self._protected_keys()
        unlocked(keys, Unlock(passphrase=old or " "))
        _check_passphrase(new)
        slot = wrap_by_passphrase(self._secret, new, owner=keys.owner, effort=self._effort)
        self._record("更改台账口令", {})
        keys.with_slots(passphrase=slot).keep(self._folder)

    def is_new_passphrase_due(self) -> bool:
        """Say whether the ledger was opened by its recovery code and no passphrase was set since."""
        return self._is_by_code and self.state().is_encrypted

    def reset_passphrase(self, new: str) -> None:
        """Set a passphrase without the old one, after the ledger was opened by its recovery code or keyring.

        Whoever came in by the code holds every key already, and may do so before anybody signs in, once.  Raises
        ``ClerkError``: passphrase_weak, not_protected, not_permitted.
        """
        if not self._is_by_code:
            self._require()
        _check_passphrase(new)
        keys = self._protected_keys()
        self._record("用恢复码打开后重设台账口令" if self._is_by_code else "重设台账口令", {})
        keys.with_slots(passphrase=wrap_by_passphrase(self._secret, new, owner=keys.owner, effort=self._effort)).keep(
            self._folder
        )
        self._is_by_code = False

    def new_recovery_code(self) -> RecoverySheet:
        """Give a new recovery code; the one before opens the ledger no more, but still the backups of its time."""
        self._require()
        keys = self._protected_keys()
        sheet, code = self._new_sheet()
        self._record("更换恢复码", {})
        keys.with_slots(recovery=wrap_by_recovery(self._secret, code, owner=keys.owner)).keep(self._folder)
        return sheet

    def use_keyring(self, is_wanted: bool) -> None:
        """Let the system's keyring open the ledger on this computer, or no more; raises ``ClerkError``: no_keyring."""
        self._require()
        keys = self._protected_keys()
        slot = wrap_by_keyring(self._secret, owner=keys.owner) if is_wanted and has_keyring() else None
        if is_wanted and slot is None:
            raise ClerkError("no_keyring")
        self._record("更改系统密钥环的使用", {"uses_keyring": ("keyring" in keys.slots, is_wanted)})
        keys.with_slots(keyring=slot).keep(self._folder)
        if not is_wanted:
            forget_in_keyring(keys.owner)

    def _exchange(self, fresh: LedgerSecret, keys: KeyFile, progress: Progress) -> None:
        """Put the encrypted twin in the place of the plain ledger; the move of the file is what decides."""
        twin, ledger = self._folder / PROTECTED_NAME, self._database.file
        before = KeyFile.read(self._folder)
        with self._database.closed():
            try:
                self._make_twin(twin, fresh, progress)
                keys.keep(self._folder)
                for beside in ("-wal", "-shm"):
                    ledger.with_name(ledger.name + beside).unlink(missing_ok=True)
                move_durably(twin, ledger)
            except BaseException:
                # Once the move is done the new keys are the only ones there are: both kinds stay in the file.
                if is_plain(ledger):
                    before.keep(self._folder)
                    twin.unlink(missing_ok=True)
                else:
                    self._adopt(fresh)
                raise
            self._adopt(fresh)
            keys.with_slots(open=None).keep(self._folder)

    def _adopt(self, fresh: LedgerSecret) -> None:
        self._database.key, self._secret = fresh.ledger_key, fresh

    def _make_twin(self, twin: Path, fresh: LedgerSecret, progress: Progress) -> None:
        ledger, key = self._database.file, fresh.ledger_key
        assert key is not None
        progress.step(0, _STEPS)
        twin.unlink(missing_ok=True)
        twin.touch(mode=0o600)
        wal = ledger.with_name(f"{ledger.name}-wal")
        before = contents_of(ledger, None)
        if wal.exists() and wal.stat().st_size:
            raise ClerkError("database_locked", path=str(ledger), why="the write-ahead log is in use")
        progress.step(1, _STEPS)
        export_encrypted(ledger, twin, old_key=None, new_key=key)
        progress.step(2, _STEPS)
        faults = faults_of(twin, key)
        if faults or contents_of(twin, key) != before:
            raise ClerkError("protecting_failed", why="; ".join(faults) or "the contents differ")
        progress.step(3, _STEPS)
        sync_file(twin)
        progress.step(_STEPS, _STEPS)

    def _new_sheet(self) -> tuple[RecoverySheet, bytes]:
        from desktop.documents.papers.recovery import recovery_sheet

        code = secrets.token_bytes(RECOVERY_BYTES)
        shown = code_of(code)
        paper = recovery_sheet(self._station.known_office(), shown, self._station.today())
        return RecoverySheet(code=shown, pdf=self._press.plain(paper)), code

    def _record(self, summary: str, changed: dict[str, tuple[object, object]]) -> None:
        with self._database.writing() as session:
            changes = [(name, before, after) for name, (before, after) in changed.items()]
            record_event(session, self._station, act="protect", summary=summary, changes=changes)

    def _protected_keys(self) -> KeyFile:
        keys = KeyFile.read(self._folder)
        if not keys.is_protected:
            raise ClerkError("not_protected")
        return keys

    def _require(self) -> None:
        self._station.actor.require(Right.KEEP_SETTINGS)


def _check_passphrase(passphrase: str) -> None:
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise ClerkError("passphrase_weak", why="short", least=SHORTEST_PASSPHRASE)
    if len(set(passphrase)) < _FEWEST_DIFFERENT:
        raise ClerkError("passphrase_weak", why="plain", least=SHORTEST_PASSPHRASE)
