"""The keys of a ledger, kept beside it in ``ledger.key``: how they are wrapped decides who can open the ledger."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

KEY_NAME: Final = "ledger.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What the person at the computer offers to open a protected ledger."""

    passphrase: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSecret:
    """The keys themselves; ``ledger_key`` is None while the ledger is not encrypted."""

    ledger_key: bytes | None = field(repr=False)
    audit_key: bytes = field(repr=False)


def open_secret(folder: Path, _unlock: Unlock) -> LedgerSecret:
    """Give the keys of a folder's ledger, made new where there is no ledger yet.

    Raises ``ClerkError``: key_missing when the ledger is there but its keys are not.
    """
    file = folder / KEY_NAME
    if file.exists():
        plain = json.loads(file.read_text(encoding="utf-8"))
        return LedgerSecret(ledger_key=None, audit_key=bytes.fromhex(plain["open"]["audit_key"]))
    secret = LedgerSecret(ledger_key=None, audit_key=secrets.token_bytes(32))
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        json.dump({"version": 1, "open": {"audit_key": secret.audit_key.hex()}}, written)
        written.flush()
        os.fsync(written.fileno())
    return secret
