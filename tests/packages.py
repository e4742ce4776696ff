"""Packages for the tests of their file: whole ones, and such as somebody forges who knows the format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.package import Manifest, PackageKind, PackageRecord, RecordKind, StationCard, canonical_json
from desktop.domain.package_json import manifest_plain
from desktop.exchange.package_limits import Limits
from desktop.exchange.package_reader import PackageReader
from desktop.exchange.package_writer import PackageWriter, WrittenPackage
from desktop.exchange.package_zip import ZipOut
from desktop.exchange.sealed import Opener
from desktop.exchange.signing import Purpose, Signer, StationKeys, new_keys

KEYS, OTHER = new_keys(), new_keys()
SCAN = b"\xff\xd8" + bytes(range(256)) * 40
SCAN_SHA = hashlib.sha256(SCAN).hexdigest()


def card(keys: StationKeys, name: str = "坂田街道受理点") -> StationCard:
    """Give the card of a station."""
    return StationCard(name=name, code="BT", sign_public=keys.sign_public, seal_public=keys.seal_public)


def head(keys: StationKeys = KEYS, *, has_attachments: bool = False) -> Manifest:
    """Give a manifest without parts."""
    return Manifest(
        package_id="6f1dd0b6-4a3c-4b1e-9b80-6d6d4cf0a001",
        station=card(keys),
        kind=PackageKind.SINCE_LAST,
        from_event=3,
        to_event=40,
        period=None,
        is_masked=False,
        has_attachments=has_attachments,
        made_at=datetime(2026, 3, 2, 1, 2, 3, 456, tzinfo=UTC),
        made_by="王窗口",
        chain_count=40,
        chain_mac="ab" * 32,
        program="1.4.0",
        schema="0006",
        counts={},
        parts=(),
    )


def record(number: int, *, kind: RecordKind = RecordKind.PATROL, text: str = "现场无人，门锁完好") -> PackageRecord:
    """Give a record by number."""
    return PackageRecord(
        kind=kind,
        uid=str(UUID(int=number)),
        community="岗头社区",
        versions={"a" * 40: number + 1},
        is_masked=False,
        rows={kind.value: ({"act_id": str(UUID(int=number)), "note": f"{text}{number}", "count": number},)},
    )


Records = dict[RecordKind, Iterable[PackageRecord]]


def write(
    file: Path, records: Records, *, keys: StationKeys = KEYS, receiver: StationCard | None = None
) -> WrittenPackage:
    """Write a package with a scan."""
    with PackageWriter(
        file, head(keys, has_attachments=True), signer=Signer(keys.sign_private), receiver=receiver
    ) as out:
        for kind, rows in records.items():
            out.add_records(kind, rows)
        out.add_attachments([(SCAN_SHA, SCAN)])
        return out.finish()


def whole(folder: Path) -> Path:
    """Write a package of one filing, thirty patrols and a scan."""
    file = folder / "march.swpkg"
    write(file, {RecordKind.FILING: [record(7, kind=RecordKind.FILING)], RecordKind.PATROL: map(record, range(30))})
    return file


def refused(file: Path, *, limits: Limits | None = None, opener: Opener | None = None) -> ClerkError:
    """Open a package and read everything in it; gives why it was refused."""
    with (
        pytest.raises(ClerkError) as raised,
        PackageReader.open(file, scratch=file.parent, opener=opener, limits=limits or Limits()) as reader,
    ):
        reader.check_records()
    return raised.value


def forge(
    file: Path,
    parts: list[tuple[str, bytes]],
    *,
    change: Callable[[dict[str, object]], None] = lambda plain: None,
    signer: Signer | None = None,
    tail: tuple[tuple[str, bytes], ...] = (),
) -> Path:
    """Write a package of any parts, its manifest signed as changed."""
    plain = manifest_plain(head(has_attachments=True))
    plain["parts"] = [
        {
            "name": name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "records": content.count(b"\n") if name.startswith("records/") else 0,
        }
        for name, content in parts
    ]
    plain["counts"] = {
        name[8:-6]: content.count(b"\n") for name, content in parts if name.startswith("records/") and content
    }
    change(plain)
    content = canonical_json(plain)
    with file.open("wb") as written:
        out = ZipOut(written)
        for name, data in (*parts, *tail):
            out.stored(name, data) if name.startswith("attach") else out.deflated(name, [data])
        out.deflated("manifest.json", [content])
        out.stored("signature", (signer or Signer(KEYS.sign_private)).sign(Purpose.PACKAGE, content).encode())
        out.finish()
    return file


PATROLS = "records/patrol.jsonl"


def line(number: int, **changes: object) -> bytes:
    """Give the line of a record, some keys changed."""
    return canonical_json({**record(number).plain(), **changes}) + b"\n"
