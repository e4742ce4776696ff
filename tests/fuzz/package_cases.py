"""Mutated packages, answers and cards: damaged ones, and such as a confirmed station signs that means harm."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from hypothesis import strategies as st

from desktop.domain.package import RecordKind, StationCard
from desktop.domain.package_json import attachment_part, kind_of_part, manifest_plain, part_order, record_part
from desktop.exchange.package_reader import PackageReader
from desktop.exchange.package_zip import ZipOut
from desktop.exchange.sealed import SealedWriter
from desktop.exchange.signing import Purpose, Signer
from tests.fuzz.byte_edits import ByteEdit, byte_edits, edited
from tests.fuzz.json_edits import JsonEdit, edited_plain, evil_json, json_edits

Part = tuple[str, bytes]

_ODD_NAMES: Final = (
    *("../evil", "/etc/passwd", "records/..", "records\\patrol.jsonl", "C:x", "records/account.jsonl", "signature"),
    *("manifest.json", "records/patrol.jsonl", "attachments/" + "0" * 64, "attachments/../x", "x" * 300, "", "."),
)
_BOMB: Final = 24 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsEdit:
    """What is done to the records of one kind: edits of one of them, doubled or left out, its versions moved on."""

    kind: float
    record: float
    edits: tuple[JsonEdit, ...]
    ahead: int
    how: str
    in_order: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageCase:
    """How one file is made of the pattern; its repr is enough to make it again."""

    kind: str
    number: int
    bytes_edits: tuple[ByteEdit, ...] = ()
    records: tuple[RecordsEdit, ...] = ()
    manifest: tuple[JsonEdit, ...] = ()
    structure: str = ""
    name: str = ""
    at: float = 0.0


class PackagePattern:
    """A good package taken apart, with what is needed to sign others in its station's name."""

    def __init__(self, file: Path, *, signer: Signer, receiver: StationCard) -> None:
        self.signer, self._receiver = signer, receiver
        with PackageReader.open(file, scratch=file.parent) as reader:
            self.manifest = manifest_plain(reader.manifest)
            self.records = {kind: [each.plain() for each in reader.records(kind)] for kind in RecordKind}
            self.scans = {sha256: reader.attachment(sha256) for sha256 in reader.attachments()}
        self.records = {kind: rows for kind, rows in self.records.items() if rows}

    def made(self, case: PackageCase) -> bytes:
        """Give the bytes of a case."""
        records = self._edited(case.records)
        parts = self._parts(records, in_order=all(each.in_order for each in case.records))
        if case.kind == "structure":
            parts = _restructured(parts, case)
        plain = self._manifest(parts, case)
        content = evil_json(edited_plain(plain, case.manifest))
        file = _zipped(parts, content, self.signer.sign(Purpose.PACKAGE, content).encode(), case)
        if case.kind == "sealed":
            file = self._sealed(file)
        return edited(file, case.bytes_edits)

    def _edited(self, edits: Sequence[RecordsEdit]) -> dict[RecordKind, list[Any]]:
        records = {kind: list(rows) for kind, rows in self.records.items()}
        kinds = list(records)
        own = self.manifest_fingerprint
        for edit in edits:
            rows = records[kinds[int(edit.kind * len(kinds))]]
            if not rows:
                continue
            at = int(edit.record * len(rows))
            plain = edited_plain(rows[at], edit.edits)
            if edit.ahead and isinstance(plain, dict) and isinstance(plain.get("versions"), dict):
                before = plain["versions"].get(own)
                plain["versions"] = {own: (before if isinstance(before, int) else 0) + edit.ahead}
            match edit.how:
                case "leave out":
                    del rows[at]
                case "double":
                    rows.insert(at, plain)
                case _:
                    rows[at] = plain
        return records

    @property
    def manifest_fingerprint(self) -> str:
        """Give the fingerprint of the station that signs."""
        keys = self.manifest["station"]
        return hashlib.sha256(bytes.fromhex(keys["sign_public"] + keys["seal_public"])).hexdigest()[:40]

    def _parts(self, records: Mapping[RecordKind, list[Any]], *, in_order: bool) -> list[Part]:
        parts = []
        for kind, rows in records.items():
            if in_order:
                rows = sorted(rows, key=lambda row: str(row.get("uid")) if isinstance(row, dict) else "")
            if rows:
                parts.append((record_part(kind), b"".join(evil_json(row) + b"\n" for row in rows)))
        parts += [(attachment_part(sha256), scan) for sha256, scan in self.scans.items()]
        return sorted(parts, key=lambda part: part_order(part[0]))

    def _manifest(self, parts: Sequence[Part], case: PackageCase) -> dict[str, Any]:
        told = [
            {
                "name": name,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "records": content.count(b"\n") if kind_of_part(name) else 0,
            }
            for name, content in parts
        ]
        counts = {kind.value: part["records"] for part in told if (kind := kind_of_part(str(part["name"])))}
        package_id = str(uuid5(NAMESPACE_OID, f"fuzz-{case.number}"))
        return {**self.manifest, "package_id": package_id, "parts": told, "counts": counts}

    def _sealed(self, file: bytes) -> bytes:
        written = io.BytesIO()
        sealing = SealedWriter(written, self._receiver.seal_public)
        sealing.write(file)
        sealing.finish()
        return written.getvalue()


def signed_file(purpose: Purpose, plain: Any, case: PackageCase, signer: Signer) -> bytes:
    """Give the bytes of a card or an answer, signed as edited, then damaged."""
    content = edited_plain(plain, case.manifest)
    signature = signer.sign(purpose, evil_json(content))
    whole = {"format": purpose.value, "format_version": 1, "content": content, "signature": signature}
    return edited(evil_json(whole) + b"\n", case.bytes_edits)


def package_cases() -> dict[str, st.SearchStrategy[PackageCase]]:
    """Give cases of packages by kind."""
    damage, edits, place = byte_edits().map(tuple), json_edits().map(tuple), st.floats(0, 1, exclude_max=True)
    record = st.builds(
        RecordsEdit,
        kind=place,
        record=place,
        edits=edits,
        ahead=st.sampled_from((0, 1, 1, 1, 50, 2**62)),
        how=st.sampled_from((*["edit"] * 8, "leave out", "double")),
        in_order=st.sampled_from((*[True] * 12, False)),
    )
    structures = ("leave out", "double", "rename", "turn", "add", "ordinary zip", "stored", "untold", "bomb")
    return {
        "signed": _cases("signed", records=st.lists(record, min_size=1, max_size=3).map(tuple)),
        "manifest": _cases("manifest", manifest=edits),
        "bytes": _cases("bytes", bytes_edits=damage),
        "sealed": _cases("sealed", bytes_edits=damage),
        "structure": _cases(
            "structure", structure=st.sampled_from(structures), name=st.sampled_from(_ODD_NAMES), at=place
        ),
    }


def signed_file_cases() -> dict[str, st.SearchStrategy[PackageCase]]:
    """Give cases of cards and answers by kind."""
    return {
        "json": _cases("json", manifest=json_edits().map(tuple)),
        "bytes": _cases("bytes", bytes_edits=byte_edits().map(tuple)),
    }


def _cases(kind: str, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[PackageCase]:
    return st.builds(PackageCase, kind=st.just(kind), number=st.just(0), **more)


def _restructured(parts: list[Part], case: PackageCase) -> list[Part]:
    at = int(case.at * len(parts))
    match case.structure:
        case "leave out":
            return parts[:at] + parts[at + 1 :]
        case "double":
            return [*parts, parts[at]]
        case "rename":
            return [*parts[:at], (case.name, parts[at][1]), *parts[at + 1 :]]
        case "turn":
            return parts[::-1]
        case "add":
            return [*parts, (case.name, b"{}\n")]
        case "bomb":
            return [*parts[:at], (parts[at][0], bytes(_BOMB)), *parts[at + 1 :]]
    return parts


def _zipped(parts: Sequence[Part], manifest: bytes, signature: bytes, case: PackageCase) -> bytes:
    written = io.BytesIO()
    if case.structure == "ordinary zip":
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as ordinary:
            for name, content in (*parts, ("manifest.json", manifest), ("signature", signature)):
                ordinary.writestr(name, content)
        return written.getvalue()
    out = ZipOut(written)
    for name, content in parts:
        if name.startswith("attachments/") or case.structure == "stored":
            out.stored(name, content)
        else:
            out.deflated(name, [content])
    if case.structure == "untold":
        out.deflated(case.name, [b"{}\n"])
    out.deflated("manifest.json", [manifest])
    out.stored("signature", signature)
    out.finish()
    return written.getvalue()
