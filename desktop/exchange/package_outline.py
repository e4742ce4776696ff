"""Reading the narrow form of ZIP that packages lie in, trusting nothing that it says of itself.

Whatever lies between the parts, twice, elsewhere or in another form than package_zip.py writes is refused, so that
every byte of a package either counts or shows.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from desktop.domain.errors import ClerkError
from desktop.exchange.package_limits import Limits
from desktop.exchange.package_zip import (
    CENTRAL,
    CENTRAL_SIGN,
    DEFLATED,
    END,
    END_64,
    END_64_SIGN,
    END_SIGN,
    FULL_16,
    FULL_32,
    LOCAL_SIGN,
    LOCATOR_64,
    OFFSET_64,
    STORED,
    Entry,
    end_of,
)
from desktop.exchange.sealed import damaged

_LONGEST_NAME: Final = 100
_LONGEST_LINE: Final = CENTRAL.size + _LONGEST_NAME + OFFSET_64.size
_BLOCK: Final = 256 << 10


class Source:
    """A file of others that is read in pieces; troubles of the disk come as ``ClerkError("cannot_read_file")``."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path = file, path
        with self._told():
            self.size = file.seek(0, io.SEEK_END)

    def at(self, offset: int, count: int) -> bytes:
        """Give the bytes from a place, fewer only at the end."""
        with self._told():
            self._file.seek(offset)
            return self._file.read(count)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or str(error)
            raise ClerkError("cannot_read_file", path=str(self._path), why=why) from error


class Outline:
    """The parts of a package as its directory tells of them; nothing is unpacked yet."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Read the directory.

        Raises ``ClerkError``: not_a_package, package_damaged, package_too_large, cannot_read_file.
        """
        self._source, self.limits = source, limits
        if source.size > limits.file:
            raise ClerkError("package_too_large", part="")
        self.entries = _directory(source, limits)
        _refuse_bomb(self.entries, limits)
        self._by_name = {entry.name: entry for entry in self.entries}
        if len(self._by_name) != len(self.entries):
            raise damaged("directory", why="a name stands twice")

    def entry(self, name: str) -> Entry:
        """Give a part by name; raises ``ClerkError("package_damaged")``."""
        if name not in self._by_name:
            raise damaged(name, why="missing")
        return self._by_name[name]

    def whole(self, name: str, most: int) -> bytes:
        """Give a part of at most so many bytes; raises ``ClerkError``: package_damaged, package_too_large."""
        if self.entry(name).size > most:
            raise ClerkError("package_too_large", part=name)
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give the bytes of a part piece by piece; raises ``ClerkError("package_damaged")``, also at the end."""
        entry, size, crc = self.entry(name), 0, 0
        start = len(entry.local_head())
        if self._source.at(entry.offset, start) != entry.local_head():
            raise damaged(name)
        stored = self._packed(entry, entry.offset + start)
        for piece in _inflated(stored, name) if entry.method == DEFLATED else stored:
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if size > entry.size:
                break
            yield piece
        tail = entry.local_tail()
        if (size, crc) != (entry.size, entry.crc) or self._source.at(
            entry.offset + entry.space - len(tail), len(tail)
        ) != tail:
            raise damaged(name)

    def _packed(self, entry: Entry, start: int) -> Iterator[bytes]:
        done = 0
        while done < entry.packed:
            block = self._source.at(start + done, min(_BLOCK, entry.packed - done))
            if not block:
                raise damaged(entry.name)
            done += len(block)
            yield block


def _inflated(packed: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Unpack without ever holding more than a block."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for block in packed:
            if inflate.eof:
                raise damaged(name)
            yield inflate.decompress(block, _BLOCK)
            while inflate.unconsumed_tail:
                yield inflate.decompress(inflate.unconsumed_tail, _BLOCK)
        while piece := inflate.decompress(b"", _BLOCK):
            yield piece
    except zlib.error as error:
        raise damaged(name) from error
    if not inflate.eof or inflate.unused_data:
        raise damaged(name)


def _directory(source: Source, limits: Limits) -> tuple[Entry, ...]:
    count, start, tail = _end(source)
    size = source.size - start - tail
    if count > limits.parts:
        raise ClerkError("package_too_large", part="")
    if not 0 <= size <= count * _LONGEST_LINE or source.at(start + size, tail) != end_of(count, size, start):
        raise damaged("directory")
    entries, at = tuple(_entries(source.at(start, size), count)), 0
    for entry in entries:
        if entry.offset != at:
            raise damaged("directory", why="something lies between the parts")
        at += entry.space
    if at != start:
        raise damaged("directory", why="something lies between the parts")
    return entries


def _end(source: Source) -> tuple[int, int, int]:
    """Give how many parts there are, where the directory begins, and how long what follows it is."""
    if source.at(0, 4) != struct.pack("<I", LOCAL_SIGN):
        raise ClerkError("not_a_package")
    if source.size < END.size:
        raise damaged("directory")
    end = source.at(source.size - END.size, END.size)
    sign, _, _, _, count, _, start, _ = END.unpack(end)
    if sign != END_SIGN:
        raise damaged("directory", why="cut off")
    if count < FULL_16 and start < FULL_32:
        return count, start, END.size
    tail = END_64.size + LOCATOR_64.size + END.size
    far = source.at(max(0, source.size - tail), END_64.size)
    if source.size < tail or len(far) < END_64.size:
        raise damaged("directory")
    sign, *_, count, _, start = END_64.unpack(far)
    if sign != END_64_SIGN:
        raise damaged("directory")
    return count, start, tail


def _entries(lines: bytes, count: int) -> Iterator[Entry]:
    at = 0
    for _ in range(count):
        entry, at = _entry(lines, at)
        yield entry
    if at != len(lines):
        raise damaged("directory")


def _entry(lines: bytes, at: int) -> tuple[Entry, int]:
    try:
        sign, _, _, _, method, _, _, crc, packed, size, name_length, extra_length, *_, offset = CENTRAL.unpack_from(
            lines, at
        )
        begin = at + CENTRAL.size
        end = begin + name_length + extra_length
        name = lines[begin : begin + name_length].decode("ascii")
        if offset == FULL_32 and extra_length == OFFSET_64.size:
            *_, offset = OFFSET_64.unpack_from(lines, begin + name_length)
    except (struct.error, UnicodeDecodeError) as error:
        raise damaged("directory") from error
    entry = Entry(name=name, method=method, crc=crc, packed=packed, size=size, offset=offset)
    is_fit = sign == CENTRAL_SIGN and method in (STORED, DEFLATED) and name_length <= _LONGEST_NAME
    # A directory line in another form hides something or is not ours: it must be what the writer would write.
    if not is_fit or (method == STORED and packed != size) or entry.central() != lines[at:end]:
        raise damaged("directory")
    return entry, end


def _refuse_bomb(entries: tuple[Entry, ...], limits: Limits) -> None:
    for entry in entries:
        is_blown_up = entry.size > limits.ratio_from and entry.size > limits.ratio * entry.packed
        if entry.size > limits.part or is_blown_up:
            raise ClerkError("package_too_large", part=entry.name)
    if sum(entry.size for entry in entries) > limits.unpacked:
        raise ClerkError("package_too_large", part="")
