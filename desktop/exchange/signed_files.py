"""Small signed files: the card of a station (.swcard) and the acknowledgement of a package (.swack)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import ClerkError
from desktop.domain.package import FORMAT_VERSION, Acknowledgement, StationCard, canonical_json
from desktop.domain.station_json import (
    acknowledgement_from,
    acknowledgement_plain,
    card_from,
    card_plain,
    require_format,
)
from desktop.domain.strict_json import Fields, UnfitJson, strict_json
from desktop.exchange.package_limits import LIMITS
from desktop.exchange.sealed import damaged
from desktop.exchange.signing import SIGNATURE_DIGITS, Purpose, Signer, is_signed_by

_KEYS: Final = ("format", "format_version", "content", "signature")


def write_card(file: Path, card: StationCard, *, signer: Signer) -> None:
    """Write a station's card, signed by itself, to a passing name; raises ``OSError``."""
    _write(file, Purpose.CARD, card_plain(card), signer)


def read_card(file: Path) -> StationCard:
    """Read a station's card; whose it is, only its fingerprint tells, compared with the printed one.

    Raises ``ClerkError``: cannot_read_file, not_a_station_card, package_newer, package_too_large, package_damaged,
    package_not_signed.
    """
    plain, content, signature = _read(file, Purpose.CARD, LIMITS.card)
    try:
        card = card_from(plain, "content")
    except UnfitJson as error:
        raise damaged("content", key=error.key, why=error.why) from error
    if not is_signed_by(card.sign_public, Purpose.CARD, content, signature):
        raise ClerkError("package_not_signed", name=card.name)
    return card


def write_acknowledgement(file: Path, acknowledgement: Acknowledgement, *, signer: Signer) -> None:
    """Write an acknowledgement to a passing name; raises ``ClerkError("package_too_large")`` and ``OSError``."""
    _write(file, Purpose.ACKNOWLEDGEMENT, acknowledgement_plain(acknowledgement), signer)


def read_acknowledgement(file: Path) -> Acknowledgement:
    """Read an acknowledgement that its receiver's signature fits; whether they are known is for the caller to ask.

    Raises ``ClerkError``: cannot_read_file, not_an_acknowledgement, package_newer, package_too_large,
    package_damaged, package_not_signed.
    """
    plain, content, signature = _read(file, Purpose.ACKNOWLEDGEMENT, LIMITS.acknowledgement)
    try:
        acknowledgement = acknowledgement_from(plain)
    except UnfitJson as error:
        raise damaged("content", key=error.key, why=error.why) from error
    receiver = acknowledgement.receiver
    if not is_signed_by(receiver.sign_public, Purpose.ACKNOWLEDGEMENT, content, signature):
        raise ClerkError("package_not_signed", name=receiver.name)
    return acknowledgement


_WRONG_KIND: Final = {Purpose.CARD: "not_a_station_card", Purpose.ACKNOWLEDGEMENT: "not_an_acknowledgement"}


def _write(file: Path, purpose: Purpose, plain: dict[str, Any], signer: Signer) -> None:
    signature = signer.sign(purpose, canonical_json(plain))
    whole = {"format": purpose.value, "format_version": FORMAT_VERSION, "content": plain, "signature": signature}
    content = canonical_json(whole) + b"\n"
    if len(content) > (LIMITS.card if purpose is Purpose.CARD else LIMITS.acknowledgement):
        raise ClerkError("package_too_large", part="")
    file.write_bytes(content)


def _read(file: Path, purpose: Purpose, most: int) -> tuple[Any, bytes, str]:
    """Give the content, its bytes as they are signed, and the signature."""
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise ClerkError("cannot_read_file", path=str(file), why=error.strerror or str(error)) from error
    if not data.startswith(b"{"):
        raise ClerkError(_WRONG_KIND[purpose])
    if len(data) > most:
        raise ClerkError("package_too_large", part="")
    try:
        plain = strict_json(data)
    except UnfitJson as error:
        raise damaged("file", why=error.why) from error
    try:
        require_format(plain, name=purpose.value)
    except UnfitJson as error:
        raise ClerkError(_WRONG_KIND[purpose]) from error
    try:
        fields = Fields(plain, keys=_KEYS)
        signature = fields.hexadecimal("signature", SIGNATURE_DIGITS)
    except UnfitJson as error:
        raise damaged("file", key=error.key, why=error.why) from error
    return plain["content"], canonical_json(plain["content"]), signature
