"""The key file: what opens it, what does not, and what a damaged one is called."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.recovery_code import BYTES, code_of
from desktop.models.key_slots import Effort, LedgerSecret, wrap_by_passphrase, wrap_by_recovery
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, KeyFile, Unlock, open_secret, unlocked

QUICK = Effort(rounds=1, memory_kib=64, lanes=1)
SECRET = LedgerSecret(ledger_key=bytes(range(32)), audit_key=bytes(range(32, 64)))
CODE = bytes(range(BYTES))


@pytest.fixture
def protected() -> KeyFile:
    slots = {
        "passphrase": wrap_by_passphrase(SECRET, "风调雨顺国泰民安再添四字", owner="a", effort=QUICK),
        "recovery": wrap_by_recovery(SECRET, CODE, owner="a"),
    }
    return KeyFile(owner="a", slots=slots)


def _code_of(keys: KeyFile, unlock: Unlock) -> str:
    with pytest.raises(ClerkError) as caught:
        unlocked(keys, unlock)
    return caught.value.code


def test_a_fresh_folder_gets_an_open_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    secret = open_secret(tmp_path, Unlock())
    assert secret.ledger_key is None
    assert secret.files_key is None
    assert open_secret(tmp_path, Unlock()) == secret
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / KEY_NAME).stat().st_mode) == 0o600


def test_passphrase_and_recovery_code_open_the_same_keys(protected: KeyFile, tmp_path: Path) -> None:
    protected.keep(tmp_path)
    read = KeyFile.read(tmp_path)
    assert unlocked(read, Unlock(passphrase="风调雨顺国泰民安再添四字")) == SECRET
    assert unlocked(read, Unlock(recovery_code=code_of(CODE).lower())) == SECRET


def test_a_passphrase_composed_in_another_way_is_the_same() -> None:
    slot = wrap_by_passphrase(SECRET, "cafe\u0301 au lait", owner="a", effort=QUICK)
    keys = KeyFile(owner="a", slots={"passphrase": slot})
    assert unlocked(keys, Unlock(passphrase="caf\u00e9 au lait")) == SECRET


def test_each_wrong_thing_has_its_own_name(protected: KeyFile) -> None:
    assert _code_of(protected, Unlock()) == "passphrase_needed"
    assert _code_of(protected, Unlock(passphrase="不是这一句")) == "passphrase_wrong"
    assert _code_of(protected, Unlock(recovery_code=code_of(bytes(BYTES)))) == "recovery_wrong"
    assert _code_of(protected, Unlock(recovery_code="2XFY0")) == "recovery_mistyped"


def test_a_slot_of_another_ledger_does_not_open_this_one(protected: KeyFile) -> None:
    moved = KeyFile(owner="b", slots=protected.slots)
    assert _code_of(moved, Unlock(passphrase="风调雨顺国泰民安再添四字")) == "passphrase_wrong"


def test_no_key_lies_in_the_file_in_the_clear(protected: KeyFile, tmp_path: Path) -> None:
    protected.keep(tmp_path)
    written = (tmp_path / KEY_NAME).read_text(encoding="utf-8")
    assert SECRET.ledger_key is not None
    for key in (SECRET.ledger_key, SECRET.audit_key, CODE):
        assert key.hex() not in written
    assert code_of(CODE) not in written
    assert SECRET.ledger_key.hex() not in repr(SECRET)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 9, "open": {}}', b"\xff\xfe"])
def test_a_damaged_key_file_is_called_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / KEY_NAME).write_bytes(content)
    with pytest.raises(ClerkError) as caught:
        open_secret(tmp_path, Unlock())
    assert caught.value.code == "key_damaged"


@pytest.mark.parametrize(("name", "value"), [("salt", "zz"), ("nonce", None), ("memory_kib", 1 << 30), ("rounds", "x")])
def test_a_damaged_slot_is_called_so_and_takes_no_memory(
    name: str, value: object, protected: KeyFile, tmp_path: Path
) -> None:
    protected.keep(tmp_path)
    plain = json.loads((tmp_path / KEY_NAME).read_bytes())
    plain["passphrase"][name] = value
    (tmp_path / KEY_NAME).write_text(json.dumps(plain), encoding="utf-8")
    assert _code_of(KeyFile.read(tmp_path), Unlock(passphrase="风调雨顺国泰民安再添四字")) == "key_damaged"


def test_an_encrypted_ledger_without_its_keys_is_not_begun_anew(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_bytes(os.urandom(8192))
    with pytest.raises(ClerkError) as caught:
        open_secret(tmp_path, Unlock())
    assert caught.value.code == "key_missing"
    assert not (tmp_path / KEY_NAME).exists()


def test_the_key_of_files_is_another_than_the_ledgers_own() -> None:
    assert SECRET.files_key is not None
    assert SECRET.files_key not in (SECRET.ledger_key, SECRET.audit_key)
    assert len(SECRET.files_key) == 32
