"""A version of the rules as a signed file (.swrules), for other stations of the same place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import ClerkError
from desktop.domain.package import FORMAT_VERSION, StationCard, canonical_json
from desktop.domain.station_json import card_from, card_plain, require_format
from desktop.domain.strict_json import Fields, UnfitJson, strict_json
from desktop.exchange.sealed import damaged
from desktop.exchange.signing import SIGNATURE_DIGITS, Purpose, Signer, is_signed_by

SUFFIX: Final = ".swrules"
_MOST: Final = 8 << 20
_TEXT: Final = 2 << 20
_KEYS: Final = ("format", "format_version", "content", "signature")
_CONTENT: Final = ("station", "pack_id", "version", "effective_from", "note", "rules", "papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRules:
    """What such a file holds: the version whole, and the station that signed it."""

    station: StationCard
    pack_id: str
    version: str
    effective_from: date | None
    note: str
    rules: str
    papers: str


def write_rules(file: Path, signed: SignedRules, *, signer: Signer) -> None:
    """Write a version to a passing name; raises ``OSError``."""
    plain = {
        "station": card_plain(signed.station),
        "pack_id": signed.pack_id,
        "version": signed.version,
        "effective_from": signed.effective_from.isoformat() if signed.effective_from else "",
        "note": signed.note,
        "rules": signed.rules,
        "papers": signed.papers,
    }
    signature = signer.sign(Purpose.RULES, canonical_json(plain))
    whole = {
        "format": Purpose.RULES.value,
        "format_version": FORMAT_VERSION,
        "content": plain,
        "signature": signature,
    }
    file.write_bytes(canonical_json(whole) + b"\n")


def read_rules(file: Path) -> SignedRules:
    """Read a version that the signature of its station fits; whether that station is known is for the caller to ask.

    Raises ``ClerkError``: cannot_read_file, not_signed_rules, package_newer, package_too_large, package_damaged,
    package_not_signed.
    """
    plain = _plain(file)
    try:
        require_format(plain, name=Purpose.RULES.value)
    except UnfitJson as error:
        raise ClerkError("not_signed_rules") from error
    try:
        fields = Fields(plain, keys=_KEYS)
        signature = fields.hexadecimal("signature", SIGNATURE_DIGITS)
        signed = _signed(plain["content"])
    except UnfitJson as error:
        raise damaged("content", key=error.key, why=error.why) from error
    if not is_signed_by(signed.station.sign_public, Purpose.RULES, canonical_json(plain["content"]), signature):
        raise ClerkError("package_not_signed", name=signed.station.name)
    return signed


def _plain(file: Path) -> Any:
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST + 1)
    except OSError as error:
        raise ClerkError("cannot_read_file", path=str(file), why=error.strerror or str(error)) from error
    if not data.startswith(b"{"):
        raise ClerkError("not_signed_rules")
    if len(data) > _MOST:
        raise ClerkError("package_too_large", part="")
    try:
        return strict_json(data)
    except UnfitJson as error:
        raise damaged("file", why=error.why) from error


def _signed(plain: Any) -> SignedRules:
    fields = Fields(plain, keys=_CONTENT)
    day = fields.text("effective_from", longest=10, may_be_empty=True)
    try:
        effective_from = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise UnfitJson("effective_from", "not a day") from error
    return SignedRules(
        station=card_from(plain["station"], "station"),
        pack_id=fields.text("pack_id", longest=60),
        version=fields.text("version", longest=60),
        effective_from=effective_from,
        note=fields.text("note", longest=2000, may_be_empty=True),
        rules=_lines(fields, "rules"),
        papers=_lines(fields, "papers"),
    )


def _lines(fields: Fields, key: str) -> str:
    """Take a text of many lines."""
    value = fields.value(key)
    if not isinstance(value, str) or len(value) > _TEXT:
        raise UnfitJson("not a text of usual length", key)
    return value
