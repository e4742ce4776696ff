"""What lies in a package (上报包) as plain data and back again, every field looked at (docs/package-format.md).  Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from desktop.domain.errors import ClerkError
from desktop.domain.package import (
    FORMAT,
    FORMAT_VERSION,
    Acknowledgement,
    Manifest,
    NotTaken,
    Outcome,
    PackageKind,
    PackagePart,
    PackageRecord,
    RecordKind,
    StationCard,
    Versions,
    canonical_json,
)
from desktop.domain.strict_json import Fields, UnfitJson, day_of, is_uuid, strict_json

LONGEST_LINE: Final = 16 << 20  # bytes of one record
MOST_PARTS: Final = 100_000
RECORD_FOLDER: Final = "records/"
RECORD_SUFFIX: Final = ".jsonl"
ATTACHMENT_FOLDER: Final = "attachments/"

_MOST_TABLES: Final = 60
_MOST_ROWS: Final = 100_000  # of one table in one record
_MOST_NOT_TAKEN: Final = 1_000_000
_LONGEST_TEXT: Final = 500
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MANIFEST_KEYS: Final = frozenset(
    (
        *("format", "format_version", "package_id", "station", "kind", "from_event", "to_event", "period"),
        *("is_masked", "has_attachments", "made_at", "made_by", "chain", "program", "schema", "counts", "parts"),
    )
)
_RECORD_KEYS: Final = frozenset(("kind", "uid", "community", "versions", "is_masked", "rows"))
_CARD_KEYS: Final = frozenset(("name", "code", "sign_public", "seal_public"))
_PART_KEYS: Final = frozenset(("name", "size", "sha256", "records"))
_ACKNOWLEDGEMENT_KEYS: Final = frozenset(("package_id", "receiver", "received_at", "outcome", "not_taken"))
_NOT_TAKEN_KEYS: Final = frozenset(("kind", "outcome", "reason", "uids"))
_PAPER_KEYS: Final = frozenset(("of", "sha256"))

_E = TypeVar("_E", bound=StrEnum)


def record_part(kind: RecordKind) -> str:
    """Give the name under which the records of a kind lie in a package."""
    return f"{RECORD_FOLDER}{kind.value}{RECORD_SUFFIX}"


def attachment_part(sha256: str) -> str:
    """Give the name under which an attachment lies in a package."""
    return f"{ATTACHMENT_FOLDER}{sha256}"


def kind_of_part(name: str) -> RecordKind | None:
    """Give the kind of the records in a part; None for one that holds an attachment, or anything else."""
    return next((kind for kind in RecordKind if name == record_part(kind)), None)


def is_attachment_part(name: str) -> bool:
    """Say whether a part holds an attachment."""
    return name.startswith(ATTACHMENT_FOLDER) and _SHA256.fullmatch(name[len(ATTACHMENT_FOLDER) :]) is not None


def require_format(plain: object, *, name: str) -> None:
    """See that a file says it is of a format; raises ``UnfitJson``, and ``ClerkError("package_newer")``."""
    fields = Fields(plain)
    if fields.value("format") != name:
        raise UnfitJson(f"not {name}", "format")
    version = fields.number("format_version")
    if version > FORMAT_VERSION:
        raise ClerkError("package_newer", version=version, known=FORMAT_VERSION)
    if version != FORMAT_VERSION:
        raise UnfitJson("no such version", "format_version")


# The manifest


def manifest_plain(manifest: Manifest) -> dict[str, Any]:
    """Give a manifest as it stands in ``manifest.json``."""
    period = manifest.period
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "package_id": manifest.package_id,
        "station": card_plain(manifest.station),
        "kind": manifest.kind.value,
        "from_event": manifest.from_event,
        "to_event": manifest.to_event,
        "period": [day.isoformat() for day in period] if period is not None else None,
        "is_masked": manifest.is_masked,
        "has_attachments": manifest.has_attachments,
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "made_by": manifest.made_by,
        "chain": {"count": manifest.chain_count, "mac": manifest.chain_mac},
        "program": manifest.program,
        "schema": manifest.schema,
        "counts": {kind.value: manifest.counts[kind] for kind in RecordKind if manifest.counts.get(kind)},
        "parts": [
            {"name": part.name, "size": part.size, "sha256": part.sha256, "records": part.records}
            for part in manifest.parts
        ],
    }


def manifest_from(plain: object) -> Manifest:
    """Read a manifest; raises ``UnfitJson`` (a ``ValueError``) naming the key, and ``ClerkError("package_newer")``."""
    require_format(plain, name=FORMAT)
    fields = Fields(plain, keys=_MANIFEST_KEYS)
    chain = Fields(fields.value("chain"), "chain", keys=("count", "mac"))
    manifest = Manifest(
        package_id=fields.uuid("package_id"),
        station=card_from(fields.value("station"), "station"),
        kind=_of_list(PackageKind, fields.value("kind"), "kind"),
        from_event=fields.number("from_event"),
        to_event=fields.number("to_event"),
        period=_period(fields.value("period")),
        is_masked=fields.truth("is_masked"),
        has_attachments=fields.truth("has_attachments"),
        made_at=fields.moment("made_at"),
        made_by=fields.text("made_by", may_be_empty=True),
        chain_count=chain.number("count"),
        chain_mac=chain.hexadecimal("mac", 64, may_be_empty=True),
        program=fields.text("program", longest=60),
        schema=fields.text("schema", longest=60),
        counts=_counts(RecordKind, fields.value("counts"), "counts"),
        parts=tuple(_part(each, f"parts.{at}") for at, each in enumerate(fields.rows("parts", most=MOST_PARTS))),
    )
    _agree(manifest)
    return manifest


def _part(plain: object, path: str) -> PackagePart:
    fields = Fields(plain, path, keys=_PART_KEYS)
    name = fields.text("name", longest=100)
    if kind_of_part(name) is None and not is_attachment_part(name):
        raise UnfitJson("no such part", fields.name("name"))
    return PackagePart(
        name=name, size=fields.number("size"), sha256=fields.hexadecimal("sha256", 64), records=fields.number("records")
    )


def _agree(manifest: Manifest) -> None:
    """See that the fields of a manifest agree with each other."""
    names = [part.name for part in manifest.parts]
    if names != sorted(set(names), key=part_order):
        raise UnfitJson("out of order or doubled", "parts")
    told = {kind: part.records for part in manifest.parts if (kind := kind_of_part(part.name)) is not None}
    if told != {kind: count for kind, count in manifest.counts.items() if count}:
        raise UnfitJson("not the records of the parts", "counts")
    for at, part in enumerate(manifest.parts):
        if is_attachment_part(part.name):
            if part.records or part.name != attachment_part(part.sha256):
                raise UnfitJson("an attachment under a wrong name", f"parts.{at}")
            if not manifest.has_attachments:
                raise UnfitJson("there are attachments", "has_attachments")
    if manifest.from_event > manifest.to_event:
        raise UnfitJson("ends before it begins", "to_event")
    if (manifest.kind is PackageKind.PERIOD) != (manifest.period is not None):
        raise UnfitJson("not of such a package", "period")


def part_order(name: str) -> tuple[int, str]:
    """Give what parts are ordered by: records as they can be written, then attachments by hash."""
    kind = kind_of_part(name)
    return (len(RecordKind), name) if kind is None else (list(RecordKind).index(kind), name)


def _period(value: object) -> tuple[date, date] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise UnfitJson("not two days", "period")
    first, last = day_of(value[0], "period.0"), day_of(value[1], "period.1")
    if first > last:
        raise UnfitJson("ends before it begins", "period")
    return first, last


# Records


def record_line(record: PackageRecord) -> bytes:
    """Give the line of a record without its end."""
    return canonical_json(record.plain())


def record_of_line(line: bytes, *, kind: RecordKind) -> PackageRecord:
    """Read a line; raises ``UnfitJson`` naming the key."""
    if len(line) > LONGEST_LINE:
        raise UnfitJson("a line is too long")
    return record_from(strict_json(line), kind=kind)


def record_from(plain: object, *, kind: RecordKind | None = None) -> PackageRecord:
    """Read a record, of ``kind`` where that is known; raises ``UnfitJson`` (a ``ValueError``) naming the key."""
    fields = Fields(plain, keys=_RECORD_KEYS)
    told = _of_list(RecordKind, fields.value("kind"), "kind")
    if kind is not None and told is not kind:
        raise UnfitJson(f"not {kind.value}", "kind")
    return PackageRecord(
        kind=told,
        uid=fields.uuid("uid"),
        community=fields.text("community", may_be_empty=True),
        versions=_versions(fields.value("versions")),
        is_masked=fields.truth("is_masked"),
        rows=_tables(fields.value("rows")),
    )


def _versions(value: object) -> Versions:
    if not isinstance(value, dict) or not 1 <= len(value) <= 10_000:
        raise UnfitJson("no versions", "versions")
    for station, event in value.items():
        if len(station) != 40 or not _SHA256.fullmatch(f"{station:0<64}"):
            raise UnfitJson("not a fingerprint", "versions")
        if type(event) is not int or event < 1:
            raise UnfitJson("not an event", f"versions.{station}")
    return value


def _tables(value: object) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    if not isinstance(value, dict) or not 1 <= len(value) <= _MOST_TABLES:
        raise UnfitJson("no tables", "rows")
    for table, rows in value.items():
        if not _NAME.fullmatch(table):
            raise UnfitJson("not the name of a table", "rows")
        if not isinstance(rows, list) or not 1 <= len(rows) <= _MOST_ROWS:
            raise UnfitJson("not a list of rows", f"rows.{table}")
        for at, row in enumerate(rows):
            _check_row(row, f"rows.{table}.{at}")
    return MappingProxyType({table: tuple(rows) for table, rows in value.items()})


def _check_row(row: object, path: str) -> None:
    if not isinstance(row, dict):
        raise UnfitJson("not a row", path)
    for column, value in row.items():
        if not _NAME.fullmatch(column):
            raise UnfitJson("not the name of a column", path)
        # What SQLite keeps: texts and numbers; what is empty is left out; a paper is named by its hash.
        if type(value) not in (str, int) and not _is_odd_value(value):
            raise UnfitJson("neither text nor number", f"{path}.{column}")


def _is_odd_value(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, dict) or value.keys() != _PAPER_KEYS:
        return False
    of, sha256 = value["of"], value["sha256"]
    return (of is None or is_uuid(of)) and isinstance(sha256, str) and _SHA256.fullmatch(sha256) is not None


# Cards and acknowledgements


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
    for at, each in enumerate(fields.rows("not_taken", most=_MOST_NOT_TAKEN)):
        not_taken += _not_taken(each, f"not_taken.{at}")
    return Acknowledgement(
        package_id=fields.uuid("package_id"),
        receiver=card_from(fields.value("receiver"), "receiver"),
        received_at=fields.moment("received_at"),
        outcome=_counts(Outcome, fields.value("outcome"), "outcome"),
        not_taken=tuple(not_taken),
    )


def _not_taken(plain: object, path: str) -> list[NotTaken]:
    fields = Fields(plain, path, keys=_NOT_TAKEN_KEYS)
    kind = _of_list(RecordKind, fields.value("kind"), fields.name("kind"))
    outcome = _of_list(Outcome, fields.value("outcome"), fields.name("outcome"))
    reason = fields.text("reason", longest=_LONGEST_TEXT, may_be_empty=True)
    uids = fields.rows("uids", most=_MOST_NOT_TAKEN)
    if not all(is_uuid(uid) for uid in uids):
        raise UnfitJson("not a UUID", fields.name("uids"))
    return [NotTaken(kind=kind, uid=uid, outcome=outcome, reason=reason) for uid in uids]


def _of_list(entries: type[_E], value: object, key: str) -> _E:
    if isinstance(value, str) and value in entries._value2member_map_:
        return entries(value)
    raise UnfitJson("not one of the known words", key)


def _counts(entries: type[_E], value: object, key: str) -> dict[_E, int]:
    fields = Fields(value, key)
    return {_of_list(entries, name, key): fields.number(name) for name, _ in fields.items()}
