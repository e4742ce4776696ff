"""What lies in a package (上报包) as plain data and back again, every field looked at (docs/package-format.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from desktop.domain.package import (
    FORMAT,
    FORMAT_VERSION,
    PACKAGE_VERSION,
    Manifest,
    PackageKind,
    PackagePart,
    PackageRecord,
    RecordKind,
    Versions,
    canonical_json,
)
from desktop.domain.station_json import card_from, card_plain, counts_of, entry_of, require_format
from desktop.domain.strict_json import Fields, UnfitJson, day_of, is_uid, strict_json

LONGEST_LINE: Final = 16 << 20  # bytes of one record
MOST_PARTS: Final = 100_000
RECORD_FOLDER: Final = "records/"
RECORD_SUFFIX: Final = ".jsonl"
ATTACHMENT_FOLDER: Final = "attachments/"

_MOST_TABLES: Final = 60
_MOST_ROWS: Final = 100_000  # of one table in one record
_LONGEST_NAME: Final = 63
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MANIFEST_KEYS: Final = frozenset(
    (
        *("format", "format_version", "package_id", "station", "kind", "from_event", "to_event", "period"),
        *("is_masked", "has_attachments", "made_at", "made_by", "chain", "program", "schema", "counts", "parts"),
    )
)
# The fingerprint of a station, and after a restore the link of the event by which it is on record.
_COUNTED_BY: Final = re.compile(r"[0-9a-f]{40}(\.[0-9a-f]{12})?")
_RECORD_KEYS: Final = frozenset(("kind", "uid", "community", "versions", "is_masked", "rows"))
_PART_KEYS: Final = frozenset(("name", "size", "sha256", "records"))
_PAPER_KEYS: Final = frozenset(("of", "sha256"))


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


# The manifest


def version_of(counts: Mapping[RecordKind, int]) -> int:
    """Give the version of the format that a package of some records needs, so that older programs read the others."""
    return PACKAGE_VERSION if counts.get(RecordKind.BOOK_ENTRY) else FORMAT_VERSION


def manifest_plain(manifest: Manifest) -> dict[str, Any]:
    """Give a manifest as it stands in ``manifest.json``."""
    period = manifest.period
    return {
        "format": FORMAT,
        "format_version": version_of(manifest.counts),
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
    version = require_format(plain, name=FORMAT, newest=PACKAGE_VERSION)
    fields = Fields(plain, keys=_MANIFEST_KEYS)
    chain = Fields(fields.value("chain"), "chain", keys=("count", "mac"))
    manifest = Manifest(
        package_id=fields.uuid("package_id"),
        station=card_from(fields.value("station"), "station"),
        kind=entry_of(PackageKind, fields.value("kind"), "kind"),
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
        counts=counts_of(RecordKind, fields.value("counts"), "counts"),
        parts=tuple(_part(each, f"parts.{at}") for at, each in enumerate(fields.rows("parts", most=MOST_PARTS))),
    )
    _agree(manifest)
    if version < version_of(manifest.counts):
        raise UnfitJson("no such kind of record in this version", "counts")
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
    return replace(record_from(strict_json(line), kind=kind), size=len(line))


def record_from(plain: object, *, kind: RecordKind | None = None) -> PackageRecord:
    """Read a record, of ``kind`` where that is known; raises ``UnfitJson`` (a ``ValueError``) naming the key."""
    fields = Fields(plain, keys=_RECORD_KEYS)
    told = entry_of(RecordKind, fields.value("kind"), "kind")
    if kind is not None and told is not kind:
        raise UnfitJson(f"not {kind.value}", "kind")
    return PackageRecord(
        kind=told,
        uid=fields.uid("uid"),
        community=fields.text("community", may_be_empty=True),
        versions=_versions(fields.value("versions")),
        is_masked=fields.truth("is_masked"),
        rows=_tables(fields.value("rows")),
    )


def _versions(value: object) -> Versions:
    if not isinstance(value, dict) or not 1 <= len(value) <= 10_000:
        raise UnfitJson("no versions", "versions")
    for station, event in value.items():
        if not _COUNTED_BY.fullmatch(station):
            raise UnfitJson("not a fingerprint", "versions")
        if type(event) is not int or event < 1:
            raise UnfitJson("not an event", f"versions.{station}")
    return value


def _tables(value: object) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    if not isinstance(value, dict) or not 1 <= len(value) <= _MOST_TABLES:
        raise UnfitJson("no tables", "rows")
    for table, rows in value.items():
        if not _is_name(table):
            raise UnfitJson("not the name of a table", "rows")
        if not isinstance(rows, list) or not 1 <= len(rows) <= _MOST_ROWS:
            raise UnfitJson("not a list of rows", f"rows.{table}")
        for at, row in enumerate(rows):
            _check_row(row, f"rows.{table}.{at}")
    return MappingProxyType({table: tuple(rows) for table, rows in value.items()})


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and _is_short_name(text)


@lru_cache(maxsize=4096)
def _is_short_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _check_row(row: object, path: str) -> None:
    if not isinstance(row, dict):
        raise UnfitJson("not a row", path)
    for column, value in row.items():
        if not _is_name(column):
            raise UnfitJson("not the name of a column", path)
        # What SQLite keeps: texts and numbers; what is empty is left out; a paper is named by its hash.
        if type(value) not in (str, int) and not _is_odd_value(value):
            raise UnfitJson("neither text nor number", f"{path}.{column}")


def _is_odd_value(value: object) -> bool:
    if isinstance(value, float):
        return True
    if not isinstance(value, dict) or value.keys() != _PAPER_KEYS:
        return False
    of, sha256 = value["of"], value["sha256"]
    return (of is None or is_uid(of)) and isinstance(sha256, str) and _SHA256.fullmatch(sha256) is not None
