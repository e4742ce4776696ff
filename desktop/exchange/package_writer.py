"""Writing a package (上报包): records, attachments, manifest and signature, from front to back, in flat memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from desktop.domain.errors import ClerkError
from desktop.domain.package import Manifest, PackagePart, PackageRecord, RecordKind, StationCard, canonical_json
from desktop.domain.package_json import (
    LONGEST_LINE,
    MOST_PARTS,
    attachment_part,
    manifest_plain,
    part_order,
    record_line,
    record_part,
)
from desktop.domain.progress import SILENT, Progress
from desktop.exchange.package_limits import LARGEST_ATTACHMENT, MANIFEST, SIGNATURE
from desktop.exchange.package_zip import Out, ZipOut
from desktop.exchange.sealed import SealedWriter
from desktop.exchange.signing import Purpose, Signer

_EACH: Final = 64 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPackage:
    """What was written: the manifest with the parts in it, and the SHA-256 of the file."""

    manifest: Manifest
    file_sha256: str
    size: int


class PackageWriter(AbstractContextManager["PackageWriter"]):
    """Writes one package to a file; the caller gives a passing name and renames it (services/file_writing.py).

    In this order: ``add_records`` once for each kind there is anything of, in the order of ``RecordKind``, records by
    uid; ``add_attachments``, by hash; ``finish``.  The same calls give the same bytes, except sealed.  Leaving the
    block without ``finish`` leaves part of a file behind, for the caller to remove.

    ``head`` is the manifest without parts and counts, which come of what is added.  With a ``receiver`` the package is
    sealed for them and nothing ever lies open on the disk.  Raises ``OSError`` as the file does.
    """

    def __init__(
        self,
        file: Path,
        head: Manifest,
        *,
        signer: Signer,
        receiver: StationCard | None = None,
        total: int = 0,
        progress: Progress = SILENT,
    ) -> None:
        """Open the file; ``total`` is how many records and attachments are expected, for the progress."""
        if signer.public != head.station.sign_public:
            raise ValueError("signed by another station")
        self._head, self._signer, self._progress = head, signer, progress
        self._file = _HashedFile(file)
        self._sealed: SealedWriter | None = None
        out: Out = self._file
        if receiver is not None:
            try:
                out = self._sealed = SealedWriter(self._file, receiver.seal_public)
            except BaseException:
                self._file.close()
                raise
        self._zip = ZipOut(out)
        self._parts: list[PackagePart] = []
        self._counts: dict[RecordKind, int] = {}
        self._done, self._total = 0, total

    def add_records(self, kind: RecordKind, records: Iterable[PackageRecord]) -> int:
        """Write the records of a kind and give how many there were; none leaves no part.

        Raises ``ClerkError("package_too_large")``; ``ValueError`` when they are of another kind, doubled or out of
        order; ``Cancelled``.
        """
        waiting = iter(records)
        first = next(waiting, None)
        if first is None:
            return 0
        name, told = record_part(kind), _Told()
        self._begin(name)
        self._deflate(name, self._lines(kind, first, waiting, told))
        self._counts[kind] = told.records
        self._parts.append(told.part(name))
        return told.records

    def add_attachments(self, attachments: Iterable[tuple[str, bytes | IO[bytes]]]) -> int:
        """Write attachments, each by its SHA-256 with its bytes or something to read them from; give how many.

        Raises ``ClerkError``: package_too_large, attachment_changed when the bytes are not those of the hash;
        ``ValueError`` when they are doubled or out of order; ``Cancelled``.
        """
        count = 0
        for sha256, given in attachments:
            content = given if isinstance(given, bytes) else given.read(LARGEST_ATTACHMENT + 1)
            if len(content) > LARGEST_ATTACHMENT:
                raise ClerkError("package_too_large", part=attachment_part(sha256))
            if hashlib.sha256(content).hexdigest() != sha256:
                raise ClerkError("attachment_changed", sha256=sha256)
            name = attachment_part(sha256)
            self._begin(name)
            self._zip.stored(name, content)
            self._parts.append(PackagePart(name=name, size=len(content), sha256=sha256, records=0))
            count += 1
            self._step()
        return count

    def finish(self) -> WrittenPackage:
        """Write manifest and signature and close the file; the caller still forces it to the disk."""
        manifest = replace(self._head, counts=dict(self._counts), parts=tuple(self._parts))
        content = canonical_json(manifest_plain(manifest))
        self._zip.deflated(MANIFEST, [content])
        self._zip.stored(SIGNATURE, self._signer.sign(Purpose.PACKAGE, content).encode("ascii"))
        self._zip.finish()
        if self._sealed is not None:
            self._sealed.finish()
        self._file.close()
        self._progress.step(self._done, self._done)
        return WrittenPackage(manifest=manifest, file_sha256=self._file.sha256(), size=self._file.size)

    def __enter__(self) -> Self:
        """Give the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, whole or not."""
        self._file.close()

    def _begin(self, name: str) -> None:
        if self._parts and part_order(self._parts[-1].name) >= part_order(name):
            raise ValueError(f"out of order: {name}")
        if len(self._parts) >= MOST_PARTS:
            raise ClerkError("package_too_large", part=name)

    def _deflate(self, name: str, pieces: Iterator[bytes]) -> None:
        try:
            self._zip.deflated(name, pieces)
        except OverflowError as error:
            raise ClerkError("package_too_large", part=name) from error

    def _lines(
        self, kind: RecordKind, first: PackageRecord, waiting: Iterator[PackageRecord], told: _Told
    ) -> Iterator[bytes]:
        before, block = "", bytearray()
        for record in _chained(first, waiting):
            if record.kind is not kind or record.uid <= before:
                raise ValueError(f"of another kind, doubled or out of order: {record.kind} {record.uid}")
            before, line = record.uid, record_line(record)
            if len(line) > LONGEST_LINE:
                raise ClerkError("package_too_large", part=record_part(kind), uid=record.uid)
            block += line + b"\n"
            told.records += 1
            self._step()
            if len(block) >= _EACH:
                yield told.heard(bytes(block))
                block.clear()
        yield told.heard(bytes(block))

    def _step(self) -> None:
        self._done += 1
        self._progress.step(self._done, max(self._done, self._total))


class _Told:
    """Gathers what the manifest tells of a part while its bytes go by."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._size = 0
        self.records = 0

    def heard(self, block: bytes) -> bytes:
        """Note a block and give it on."""
        self._digest.update(block)
        self._size += len(block)
        return block

    def part(self, name: str) -> PackagePart:
        """Give what the manifest tells."""
        return PackagePart(name=name, size=self._size, sha256=self._digest.hexdigest(), records=self.records)


class _HashedFile:
    """A new file that knows the hash of what was written to it."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("wb")
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write bytes."""
        self._digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def sha256(self) -> str:
        """Give the SHA-256 of all that was written."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close the file; once more does nothing."""
        self._file.close()


def _chained(first: PackageRecord, waiting: Iterator[PackageRecord]) -> Iterator[PackageRecord]:
    yield first
    yield from waiting
