"""How the keys of a ledger are wrapped: each slot of ``ledger.key`` opens them with another secret."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from desktop.domain.errors import ClerkError

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SALT_BYTES: Final = 16
_KEYRING_SERVICE: Final = "SmallWorksRegistry"
# Above these a file is not one of ours; opening it would only take all the memory there is.
_MOST_MEMORY_KIB: Final = 1 << 21
_MOST_ROUNDS: Final = 64
_MOST_LANES: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What argon2id is to cost: rounds, memory in KiB, lanes."""

    rounds: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSecret:
    """The keys themselves; ``ledger_key`` is None while the ledger is not encrypted."""

    ledger_key: bytes | None = field(repr=False)
    audit_key: bytes = field(repr=False)

    @property
    def files_key(self) -> bytes | None:
        """Give the key of scans and photos, derived from the ledger's; None while nothing is encrypted."""
        return None if self.ledger_key is None else _derived(self.ledger_key, b"", b"small-works files")


def wrap_by_passphrase(secret: LedgerSecret, passphrase: str, *, owner: str, effort: Effort) -> dict[str, Any]:
    """Make the slot that a passphrase opens."""
    salt = os.urandom(_SALT_BYTES)
    wrapping = _stretched(passphrase, salt, effort)
    return {
        "kdf": "argon2id",
        "salt": salt.hex(),
        **asdict(effort),
        **_wrapped(secret, wrapping, f"passphrase {owner}"),
    }


def unwrap_by_passphrase(slot: Mapping[str, Any], passphrase: str, *, owner: str) -> LedgerSecret:
    """Open the slot of a passphrase; raises ``ClerkError``: passphrase_wrong, key_damaged."""
    effort = Effort(rounds=int(slot["rounds"]), memory_kib=int(slot["memory_kib"]), lanes=int(slot["lanes"]))
    if effort.rounds > _MOST_ROUNDS or effort.memory_kib > _MOST_MEMORY_KIB or effort.lanes > _MOST_LANES:
        raise ClerkError("key_damaged", why="passphrase")
    wrapping = _stretched(passphrase, bytes.fromhex(slot["salt"]), effort)
    return _unwrapped(slot, wrapping, f"passphrase {owner}", wrong="passphrase_wrong")


def wrap_by_recovery(secret: LedgerSecret, code: bytes, *, owner: str) -> dict[str, Any]:
    """Make the slot that a recovery code opens; 160 random bits need no stretching."""
    salt = os.urandom(_SALT_BYTES)
    wrapping = _derived(code, salt, b"small-works recovery")
    return {"kdf": "hkdf-sha256", "salt": salt.hex(), **_wrapped(secret, wrapping, f"recovery {owner}")}


def unwrap_by_recovery(slot: Mapping[str, Any], code: bytes, *, owner: str) -> LedgerSecret:
    """Open the slot of a recovery code; raises ``ClerkError("recovery_wrong")``."""
    wrapping = _derived(code, bytes.fromhex(slot["salt"]), b"small-works recovery")
    return _unwrapped(slot, wrapping, f"recovery {owner}", wrong="recovery_wrong")


def wrap_by_keyring(secret: LedgerSecret, *, owner: str) -> dict[str, Any] | None:
    """Make the slot that the system's keyring opens for who is logged in to it; None where there is no keyring."""
    import keyring
    from keyring.errors import KeyringError

    wrapping = os.urandom(KEY_BYTES)
    try:
        keyring.set_password(_KEYRING_SERVICE, owner, wrapping.hex())
    except KeyringError:
        return None
    return _wrapped(secret, wrapping, f"keyring {owner}")


def unwrap_by_keyring(slot: Mapping[str, Any], *, owner: str) -> LedgerSecret | None:
    """Open the slot of the system's keyring; None where it has no key for it, as on another computer."""
    import keyring
    from keyring.errors import KeyringError

    try:
        wrapping = keyring.get_password(_KEYRING_SERVICE, owner)
        return None if wrapping is None else _unwrapped(slot, bytes.fromhex(wrapping), f"keyring {owner}", wrong="key")
    except (KeyringError, ClerkError, ValueError):
        # Whatever is wrong with the keyring, the passphrase still opens the ledger.
        return None


def forget_in_keyring(owner: str) -> None:
    """Take the key of a ledger out of the system's keyring, if it is there."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_KEYRING_SERVICE, owner)
    except KeyringError:
        return  # none there, and without its slot it would open nothing


def has_keyring() -> bool:
    """Say whether this computer has a keyring that keeps secrets."""
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)


def _stretched(passphrase: str, salt: bytes, effort: Effort) -> bytes:
    from unicodedata import normalize

    from argon2.low_level import Type, hash_secret_raw

    # The same passphrase from another keyboard may come composed in another way.
    return hash_secret_raw(
        normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=effort.rounds,
        memory_cost=effort.memory_kib,
        parallelism=effort.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)


def _wrapped(secret: LedgerSecret, wrapping: bytes, purpose: str) -> dict[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    plain = (secret.ledger_key or b"") + secret.audit_key
    return {"nonce": nonce.hex(), "wrapped": AESGCM(wrapping).encrypt(nonce, plain, purpose.encode()).hex()}


def _unwrapped(slot: Mapping[str, Any], wrapping: bytes, purpose: str, *, wrong: str) -> LedgerSecret:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        plain = AESGCM(wrapping).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), purpose.encode())
    except InvalidTag:
        raise ClerkError(wrong) from None
    return LedgerSecret(ledger_key=plain[:KEY_BYTES], audit_key=plain[KEY_BYTES:])
