"""Signing and checking what leaves the station (Ed25519), and making its keys (docs/package-format.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

PRIVATE_BYTES: Final = 32  # of each of the two private halves
SIGNATURE_DIGITS: Final = 128


class Purpose(StrEnum):
    """What is signed; a signature given for one purpose does not pass for another."""

    PACKAGE = "small-works-package"
    ACKNOWLEDGEMENT = "small-works-acknowledgement"
    CARD = "small-works-station-card"
    RULES = "small-works-rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationKeys:
    """Both key pairs of a station: one to sign with, one to be sealed to."""

    sign_public: str  # hex
    seal_public: str  # hex
    sign_private: bytes = field(repr=False)
    seal_private: bytes = field(repr=False)


class Signer:
    """Signs in the name of a station."""

    def __init__(self, sign_private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(sign_private)

    @property
    def public(self) -> str:
        """Give the public half, hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, purpose: Purpose, content: bytes) -> str:
        """Give the signature over a content, hexadecimal; the same content gives the same one."""
        return self._key.sign(_signed(purpose, content)).hex()


def is_signed_by(sign_public: str, purpose: Purpose, content: bytes, signature: str) -> bool:
    """Say whether a signature over a content was made with the private half of a key; false for what is no key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(sign_public))
        key.verify(bytes.fromhex(signature), _signed(purpose, content))
    except (InvalidSignature, ValueError):
        return False
    return True


def new_keys() -> StationKeys:
    """Make the keys of a station."""
    sign, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    return StationKeys(
        sign_public=sign.public_key().public_bytes_raw().hex(),
        seal_public=seal.public_key().public_bytes_raw().hex(),
        sign_private=sign.private_bytes_raw(),
        seal_private=seal.private_bytes_raw(),
    )


def _signed(purpose: Purpose, content: bytes) -> bytes:
    return purpose.value.encode() + b"\n" + content
