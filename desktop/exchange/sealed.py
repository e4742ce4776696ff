"""Sealing a stream for one receiver: an ephemeral X25519 key, HKDF-SHA256, AES-256-GCM in chunks.

Each chunk is sealed under its number and under whether it is the last, so that none can be left out, doubled, moved or
cut off.  Layout and reasons: docs/package-format.md.
"""

from __future__ import annotations

from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.exchange.package_zip import Out

MAGIC: Final = b"SWSEAL"
VERSION: Final = 1
CHUNK: Final = 1 << 20
_TAG: Final = 16
_KEY: Final = 32
_HEAD: Final = len(MAGIC) + 2 + 2 * _KEY
_INFO: Final = b"small-works sealed package 1"


class Opener:
    """Opens what was sealed for a station."""

    def __init__(self, seal_private: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(seal_private)

    @property
    def public(self) -> str:
        """Give the public half, hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()

    def cipher_for(self, head: bytes) -> AESGCM:
        """Give the cipher of a sealed file by its head; raises ``ClerkError``: package_damaged, not_sealed_for_us."""
        ephemeral, receiver = head[-2 * _KEY : -_KEY], head[-_KEY:]
        if receiver.hex() != self.public:
            raise ClerkError("not_sealed_for_us")
        try:
            return _cipher(self._key, X25519PublicKey.from_public_bytes(ephemeral), ephemeral + receiver)
        except ValueError as error:
            raise damaged("seal") from error


class SealedWriter:
    """Takes a stream of bytes and writes it sealed; ``finish`` writes the last chunk."""

    def __init__(self, file: Out, seal_public: str) -> None:
        """Begin; raises ``ValueError`` for what is no public key."""
        self._file = file
        receiver, ephemeral = bytes.fromhex(seal_public), X25519PrivateKey.generate()
        own = ephemeral.public_key().public_bytes_raw()
        self._cipher = _cipher(ephemeral, X25519PublicKey.from_public_bytes(receiver), own + receiver)
        self._head = MAGIC + bytes((VERSION, 0)) + own + receiver
        self._waiting = bytearray()
        self._number = 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        """Take bytes; whole chunks are written once more is known to follow."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk; nothing may follow."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last), chunk, self._head))
        self._number += 1


def is_sealed(head: bytes) -> bool:
    """Say whether a file that begins like this is sealed."""
    return head.startswith(MAGIC)


class Bytes(Protocol):
    """What a sealed file is read from."""

    size: int

    def at(self, offset: int, count: int, /) -> bytes:
        """Give the bytes from a place, fewer only at the end."""


def open_sealed(source: Bytes, target: Out, opener: Opener, *, progress: Progress = SILENT) -> None:
    """Write what a sealed file holds into another; steps are bytes.

    Raises ``ClerkError``: package_newer, not_sealed_for_us, package_damaged when it was cut off or changed; the target
    holds part of it then and must not be used.
    """
    head = source.at(0, _HEAD)
    if len(head) < _HEAD or not is_sealed(head):
        raise damaged("seal")
    if head[len(MAGIC)] > VERSION:
        raise ClerkError("package_newer", version=head[len(MAGIC)], known=VERSION)
    if head[len(MAGIC)] != VERSION or head[len(MAGIC) + 1] != 0:
        raise damaged("seal")
    cipher, number, done = opener.cipher_for(head), 0, len(head)
    while number == 0 or done < source.size:
        chunk = source.at(done, CHUNK + _TAG)
        done += len(chunk)
        try:
            target.write(cipher.decrypt(_nonce(number, done >= source.size), chunk, head))
        except (InvalidTag, ValueError) as error:
            raise damaged("seal") from error
        number += 1
        progress.step(min(done, source.size), source.size)


def damaged(part: str, **where: object) -> ClerkError:
    """Give the trouble of a package that is not whole or was changed; ``part`` says where it showed."""
    return ClerkError("package_damaged", part=part, **where)


def _cipher(own: X25519PrivateKey, other: X25519PublicKey, salt: bytes) -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=_KEY, salt=salt, info=_INFO)
    return AESGCM(derive.derive(own.exchange(other)))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((is_last,))
