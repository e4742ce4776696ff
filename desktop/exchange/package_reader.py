"""Reading a package (上报包) of another station: looked at whole before a single record is given out."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Self

from desktop.domain.errors import ClerkError
from desktop.domain.package import Manifest, PackagePart, PackageRecord, RecordKind, StationCard
from desktop.domain.package_json import (
    LONGEST_LINE,
    attachment_part,
    is_attachment_part,
    kind_of_part,
    manifest_from,
    record_of_line,
    record_part,
)
from desktop.domain.progress import SILENT, Progress
from desktop.domain.strict_json import UnfitJson, strict_json
from desktop.exchange.package_limits import LARGEST_ATTACHMENT, LIMITS, MANIFEST, SIGNATURE, Limits
from desktop.exchange.package_outline import Outline, Source
from desktop.exchange.sealed import Opener, damaged, is_sealed, open_sealed
from desktop.exchange.signing import SIGNATURE_DIGITS, Purpose, is_signed_by

_BLOCK: Final = 1 << 20


class PackageReader(AbstractContextManager["PackageReader"]):
    """One package, open and proved whole; made by ``open``, to be closed.

    ``manifest`` is what the package says of itself, ``manifest.station`` whose signature it bears: whether that station
    is known here is for the caller to ask.  ``file_sha256`` is of the file as it came.
    """

    def __init__(self, outline: Outline, source: Source, *, file_sha256: str, is_sealed: bool) -> None:
        """Take what ``open`` has opened."""
        self._outline, self._source = outline, source
        self.file_sha256, self.is_sealed = file_sha256, is_sealed
        self.manifest = _manifest_in(outline)
        self._parts = {part.name: part for part in self.manifest.parts}

    @classmethod
    def open(
        cls,
        file: Path,
        *,
        scratch: Path,
        opener: Opener | None = None,
        expected: StationCard | None = None,
        limits: Limits = LIMITS,
        progress: Progress = SILENT,
    ) -> PackageReader:
        """Open a package and prove it whole: form, sizes, names, signature, every hash, every count of lines.

        ``expected`` is the station it must come from, where that is known.  What is sealed is opened into a nameless
        file in the folder ``scratch``, which is gone with the reader.  Steps are bytes, read twice.

        Raises ``ClerkError``: cannot_read_file, not_a_package, package_newer, not_sealed_for_us, package_too_large
        (``part``), package_damaged (``part``, and where it is known ``line``, ``key``, ``why``), package_not_signed,
        package_of_other_station, disk_full; ``Cancelled``.
        """
        opened = _opened(file)
        try:
            source = Source(opened, file)
            if source.size > limits.file:
                raise ClerkError("package_too_large", part="")
            sha256 = _hash_of(source, progress)
            sealed = is_sealed(source.at(0, 8))
            if sealed:
                source = _unsealed(source, file, scratch=scratch, opener=opener, progress=progress)
        except BaseException:
            opened.close()
            raise
        if sealed:
            opened.close()
        try:
            reader = cls(Outline(source, limits), source, file_sha256=sha256, is_sealed=sealed)
            reader._prove(expected, progress)
        except BaseException:
            source.close()
            raise
        return reader

    def records(self, kind: RecordKind) -> Iterator[PackageRecord]:
        """Give the records of a kind by uid, one in memory at a time.

        Raises ``ClerkError("package_damaged")`` with ``part``, ``line`` and ``key`` for a record that does not fit the
        format, one that stands twice, and a file that was changed meanwhile.
        """
        name, before, number = record_part(kind), "", 0
        if name not in self._parts:
            return
        for number, line in enumerate(self._lines(name), 1):
            try:
                record = record_of_line(line, kind=kind)
            except UnfitJson as error:
                raise damaged(name, line=number, key=error.key, why=error.why) from error
            if record.uid <= before:
                raise damaged(name, line=number, key="uid", why="doubled or out of order")
            before = record.uid
            yield record

    def all_records(self) -> Iterator[PackageRecord]:
        """Give every record, in the order in which they can be written; raises as ``records``."""
        for kind in RecordKind:
            yield from self.records(kind)

    def check_records(self, progress: Progress = SILENT) -> None:
        """Read every record once without giving it out; raises as ``records``, and ``Cancelled``."""
        total = sum(self.manifest.counts.values())
        for done, _ in enumerate(self.all_records()):
            progress.step(done, total)
        progress.step(total, total)

    def attachments(self) -> tuple[str, ...]:
        """Give the hashes of the attachments that came along."""
        return tuple(part.sha256 for part in self.manifest.parts if is_attachment_part(part.name))

    def has_attachment(self, sha256: str) -> bool:
        """Say whether an attachment came along."""
        return attachment_part(sha256) in self._parts

    def attachment(self, sha256: str) -> bytes:
        """Give the bytes of an attachment; raises ``ClerkError``: package_damaged, package_too_large."""
        content = self._outline.whole(attachment_part(sha256), LARGEST_ATTACHMENT)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise damaged(attachment_part(sha256))
        return content

    def close(self) -> None:
        """Close the file; what was unsealed is gone then."""
        self._source.close()

    def __enter__(self) -> Self:
        """Give the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def _prove(self, expected: StationCard | None, progress: Progress) -> None:
        station = self.manifest.station
        if expected is not None and expected.fingerprint != station.fingerprint:
            raise ClerkError("package_of_other_station", name=station.name, fingerprint=station.fingerprint)
        names = [*self._parts, MANIFEST, SIGNATURE]
        if [entry.name for entry in self._outline.entries] != names:
            raise damaged(MANIFEST, key="parts", why="not the parts of the package")
        done, total = 0, sum(part.size for part in self.manifest.parts)
        for part in self.manifest.parts:
            if self._outline.entry(part.name).size != part.size:
                raise damaged(part.name)
            for size in self._proved(part):
                done += size
                progress.step(done, total)

    def _proved(self, part: PackagePart) -> Iterator[int]:
        """Read a part and see that it is what the manifest says; gives how many bytes were read."""
        digest, lines, open_line = hashlib.sha256(), 0, 0
        is_records = kind_of_part(part.name) is not None
        if not is_records and part.size > LARGEST_ATTACHMENT:
            raise ClerkError("package_too_large", part=part.name)
        for piece in self._outline.pieces(part.name):
            digest.update(piece)
            if is_records:
                first, last = piece.find(b"\n"), piece.rfind(b"\n")
                lines += piece.count(b"\n")
                if open_line + (len(piece) if first < 0 else first) > LONGEST_LINE:
                    raise damaged(part.name, line=lines + 1, why="a line is too long")
                open_line = open_line + len(piece) if last < 0 else len(piece) - last - 1
            yield len(piece)
        if digest.hexdigest() != part.sha256 or lines != part.records or open_line:
            raise damaged(part.name)

    def _lines(self, name: str) -> Iterator[bytes]:
        """Give the lines of a part; it is hashed once more, as the file lies on a stick of others."""
        digest, rest = hashlib.sha256(), b""
        for piece in self._outline.pieces(name):
            digest.update(piece)
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
        if digest.hexdigest() != self._parts[name].sha256 or rest:
            raise damaged(name)


def _manifest_in(outline: Outline) -> Manifest:
    """Read the manifest and its signature; nothing else is looked at before they are known to be good."""
    content = outline.whole(MANIFEST, outline.limits.manifest)
    try:
        manifest = manifest_from(strict_json(content))
    except UnfitJson as error:
        raise damaged(MANIFEST, key=error.key, why=error.why) from error
    if outline.entry(SIGNATURE).size != SIGNATURE_DIGITS:
        raise damaged(SIGNATURE)
    signature = outline.whole(SIGNATURE, SIGNATURE_DIGITS).decode("ascii", "replace")
    if not is_signed_by(manifest.station.sign_public, Purpose.PACKAGE, content, signature):
        raise ClerkError("package_not_signed", name=manifest.station.name)
    return manifest


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise ClerkError("cannot_read_file", path=str(file), why=error.strerror or str(error)) from error


def _hash_of(source: Source, progress: Progress) -> str:
    digest, done = hashlib.sha256(), 0
    while block := source.at(done, _BLOCK):
        digest.update(block)
        done += len(block)
        progress.step(min(done, source.size), source.size)
    return digest.hexdigest()


def _unsealed(source: Source, file: Path, *, scratch: Path, opener: Opener | None, progress: Progress) -> Source:
    if opener is None:
        raise ClerkError("not_sealed_for_us")
    try:
        # Nameless, or gone when closed: the reader closes it.
        private = TemporaryFile(dir=scratch, prefix="package-")  # noqa: SIM115
    except OSError as error:
        raise _no_room(error, scratch) from error
    try:
        open_sealed(source, private, opener, progress=progress)
        private.flush()
        return Source(private, file)
    except OSError as error:
        private.close()
        raise _no_room(error, scratch) from error
    except BaseException:
        private.close()
        raise


def _no_room(error: OSError, folder: Path) -> ClerkError:
    code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot_save_file"
    return ClerkError(code, path=str(folder), why=error.strerror or str(error))
