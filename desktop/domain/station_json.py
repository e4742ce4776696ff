"""Cards of stations and acknowledgements of packages as plain data and back again (docs/package-format.md).  Pure."""

from __future__ import annotations

from datetime import UTC
from enum import StrEnum
from typing import Any, Final, TypeVar

from desktop.domain.errors import ClerkError
from desktop.domain.package import FORMAT_VERSION, Acknowledgement, NotTaken, Outcome, RecordKind, StationCard
from desktop.domain.strict_json import Fields, UnfitJson, is_uid

MOST_NOT_TAKEN: Final = 1_000_000  # records that one package may come to grief with
_LONGEST_REASON: Final = 500
_CARD_KEYS: Final = frozenset(("name", "code", "sign_public", "seal_public"))
_ACKNOWLEDGEMENT_KEYS: Final = frozenset(("package_id", "receiver", "received_at", "outcome", "not_taken"))
_NOT_TAKEN_KEYS: Final = frozenset(("kind", "outcome", "reason", "uids"))

_E = TypeVar("_E", bound=StrEnum)


def require_format(plain: object, *, name: str, newest: int = FORMAT_VERSION) -> int:
    """Give the version of a format that a file says it is of; raises ``UnfitJson``, ``ClerkError("package_newer")``."""
    fields = Fields(plain)
    if fields.value("format") != name:
        raise UnfitJson(f"not {name}", "format")
    version = fields.number("format_version")
    if version > newest:
        raise ClerkError("package_newer", version=version, known=newest)
    if version < FORMAT_VERSION:
        raise UnfitJson("no such version", "format_version")
    return version


def card_plain(card: StationCard) -> dict[str, Any]:
    """Give a station's card as plain data."""
    return {
        "name": card.name,
        "code": card.code,
        "sign_public": card.sign_public,
        "seal_public": card.seal_public,
    }


def card_from(plain: object, path: str = "") -> StationCard:
    """Read a station's card; raises ``UnfitJson`` naming the key."""
    fields = Fields(plain, path, keys=_CARD_KEYS)
    return StationCard(
        name=fields.text("name"),
        code=fields.text("code", longest=20, may_be_empty=True),
        sign_public=fields.hexadecimal("sign_public", 64),
        seal_public=fields.hexadecimal("seal_public", 64),
    )


def acknowledgement_plain(acknowledgement: Acknowledgement) -> dict[str, Any]:
    """Give an acknowledgement as plain data; what was not taken for the same reason stands together."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for each in acknowledgement.not_taken:
        together.setdefault((each.kind.value, each.outcome.value, each.reason), []).append(each.uid)
    return {
        "package_id": acknowledgement.package_id,
        "receiver": card_plain(acknowledgement.receiver),
        "received_at": acknowledgement.received_at.astimezone(UTC).isoformat(),
        "outcome": {each.value: acknowledgement.outcome[each] for each in Outcome if each in acknowledgement.outcome},
        "not_taken": [
            {"kind": kind, "outcome": outcome, "reason": reason, "uids": sorted(uids)}
            for (kind, outcome, reason), uids in sorted(together.items())
        ],
    }


def acknowledgement_from(plain: object) -> Acknowledgement:
    """Read an acknowledgement; raises ``UnfitJson`` naming the key."""
    fields = Fields(plain, keys=_ACKNOWLEDGEMENT_KEYS)
    not_taken: list[NotTaken] = []
    for at, each in enumerate(fields.rows("not_taken", most=MOST_NOT_TAKEN)):
        not_taken += _not_taken(each, f"not_taken.{at}")
    return Acknowledgement(
        package_id=fields.uuid("package_id"),
        receiver=card_from(fields.value("receiver"), "receiver"),
        received_at=fields.moment("received_at"),
        outcome=counts_of(Outcome, fields.value("outcome"), "outcome"),
        not_taken=tuple(not_taken),
    )


def _not_taken(plain: object, path: str) -> list[NotTaken]:
    fields = Fields(plain, path, keys=_NOT_TAKEN_KEYS)
    kind = entry_of(RecordKind, fields.value("kind"), fields.name("kind"))
    outcome = entry_of(Outcome, fields.value("outcome"), fields.name("outcome"))
    reason = fields.text("reason", longest=_LONGEST_REASON, may_be_empty=True)
    uids = fields.rows("uids", most=MOST_NOT_TAKEN)
    if not all(is_uid(uid) for uid in uids):
        raise UnfitJson("not a uid", fields.name("uids"))
    return [NotTaken(kind=kind, uid=uid, outcome=outcome, reason=reason) for uid in uids]


def entry_of(entries: type[_E], value: object, key: str) -> _E:
    """Give the entry of a closed list; raises ``UnfitJson`` naming the key."""
    if isinstance(value, str) and value in entries._value2member_map_:
        return entries(value)
    raise UnfitJson("not one of the known words", key)


def counts_of(entries: type[_E], value: object, key: str) -> dict[_E, int]:
    """Give how many there are of each entry of a closed list; raises ``UnfitJson`` naming the key."""
    fields = Fields(value, key)
    return {entry_of(entries, name, key): fields.number(name) for name, _ in fields.items()}
