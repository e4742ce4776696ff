"""The bytes of attachments on the disk: names, sealing, what a power cut leaves, what somebody changed."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError
from desktop.models.attachment_store import AttachmentStore

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
CONTENT = b"%PDF-1.7 an identity card of nobody"
PLAIN = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_the_same_content_lies_there_once_under_a_hash(folder: Path, key: bytes | None) -> None:
    store = AttachmentStore(folder, key=key)

    for _ in range(2):
        store.settle(store.put(CONTENT), is_needed=True)

    (file,) = files(folder)
    assert re.fullmatch(r"[0-9a-f]{64}", file.name)
    assert file.parent.name == file.name[:2]
    assert store.get(PLAIN) == CONTENT
    assert (file.name == PLAIN) is (key is None)
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_sealed_bytes_and_names_say_nothing(folder: Path) -> None:
    AttachmentStore(folder, key=KEY).put(CONTENT)

    stored = b"".join(file.read_bytes() for file in files(folder))

    assert CONTENT[:12] not in stored
    assert PLAIN not in "".join(str(file) for file in files(folder))
    with pytest.raises(ClerkError, match="attachment_missing"):
        AttachmentStore(folder, key=OTHER_KEY).get(PLAIN)


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_a_changed_byte_and_a_missing_file_are_told_apart(folder: Path, key: bytes | None) -> None:
    store = AttachmentStore(folder, key=key)
    store.settle(store.put(CONTENT), is_needed=True)
    file = store.file_of(PLAIN)
    stored = bytearray(file.read_bytes())
    stored[-3] ^= 1
    file.write_bytes(stored)

    with pytest.raises(ClerkError, match="attachment_changed"):
        store.get(PLAIN)
    file.unlink()
    with pytest.raises(ClerkError, match="attachment_missing"):
        store.get(PLAIN)


def test_a_sealed_file_does_not_pass_under_the_name_of_another(folder: Path) -> None:
    store = AttachmentStore(folder, key=KEY)
    other = store.put(b"another content")
    store.put(CONTENT)

    store.file_of(PLAIN).write_bytes(store.file_of(other).read_bytes())

    with pytest.raises(ClerkError, match="attachment_changed"):
        store.get(PLAIN)


def test_adding_a_content_again_mends_its_changed_file(folder: Path) -> None:
    store = AttachmentStore(folder)
    store.put(CONTENT)
    store.file_of(PLAIN).write_bytes(b"torn")

    store.put(CONTENT)

    assert store.get(PLAIN) == CONTENT


def test_only_what_was_never_committed_is_swept_away(folder: Path) -> None:
    store = AttachmentStore(folder)
    committed, orphan, of_newer_ledger = store.put(CONTENT), store.put(b"orphan"), store.put(b"newer")
    store.settle(of_newer_ledger, is_needed=True)
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / "torn.new").write_bytes(b"half of someth")

    swept = AttachmentStore(folder).sweep({committed})

    assert (swept.removed, swept.unknown) == (1, 1)
    assert store.get(committed) == CONTENT
    assert store.get(of_newer_ledger) == b"newer"
    with pytest.raises(ClerkError, match="attachment_missing"):
        store.get(orphan)
    assert {file.name for file in files(folder)} == {committed, of_newer_ledger}


@pytest.mark.parametrize(
    ("first", "then"), [(None, KEY), (KEY, OTHER_KEY), (KEY, None)], ids=["seal", "new-key", "open"]
)
def test_the_whole_store_moves_under_another_key(folder: Path, first: bytes | None, then: bytes | None) -> None:
    store = AttachmentStore(folder, key=first)
    contents = [b"%%PDF-%d" % number for number in range(5)]
    hashes = [store.put(content) for content in contents]
    for sha256 in hashes:
        store.settle(sha256, is_needed=True)

    store.encrypt_all(then)

    again = AttachmentStore(folder, key=then)
    assert [again.get(sha256) for sha256 in hashes] == [store.get(sha256) for sha256 in hashes] == contents
    assert len(files(folder)) == len(contents)


class PowerCut(BaseException):
    """The machine stops here."""


class Cut:
    """Progress that ends at a step as a power cut does: nothing after it runs."""

    def __init__(self, at: int) -> None:
        self.at = at

    def step(self, done: int, total: int) -> None:
        if done == self.at:
            raise PowerCut


@pytest.mark.parametrize("at", [1, 3, 5])
def test_sealing_that_was_cut_off_is_finished_at_the_next_opening(folder: Path, at: int) -> None:
    store = AttachmentStore(folder)
    contents = [b"%%PDF-%d" % number for number in range(5)]
    hashes = [store.put(content) for content in contents]
    for sha256 in hashes:
        store.settle(sha256, is_needed=True)
    with pytest.raises(PowerCut):
        store.encrypt_all(KEY, Cut(at))

    opened = AttachmentStore(folder, key=KEY)
    swept = opened.sweep(set(hashes))

    assert (swept.removed, swept.unknown) == (0, 0)
    assert [opened.get(sha256) for sha256 in hashes] == contents
    assert not any(b"%PDF" in file.read_bytes() for file in files(folder))


def test_a_changed_content_is_still_named_after_sealing(folder: Path) -> None:
    store = AttachmentStore(folder)
    store.settle(store.put(CONTENT), is_needed=True)
    store.file_of(PLAIN).write_bytes(b"somebody else")

    store.encrypt_all(KEY)

    with pytest.raises(ClerkError, match="attachment_changed"):
        store.get(PLAIN)
    assert not any(b"somebody" in file.read_bytes() for file in files(folder))


def test_a_full_disk_is_told_and_leaves_nothing_torn(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    store = AttachmentStore(folder)

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop.models.durable.os.fsync", no_room)
    with pytest.raises(ClerkError, match="disk_full"):
        store.put(CONTENT)
    monkeypatch.undo()

    with pytest.raises(ClerkError, match="attachment_missing"):
        store.get(PLAIN)
    store.sweep(set())
    assert files(folder) == []
