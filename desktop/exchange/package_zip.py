"""The narrow form of ZIP that packages lie in, written from front to back: no moments, no comments, nothing between.

Records and the manifest are deflated and followed by their sizes, attachments are stored as they are.  The reader
(package_outline.py) takes no other form; every ordinary ZIP program opens it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

LOCAL: Final = struct.Struct("<IHHHHHIIIHH")
CENTRAL: Final = struct.Struct("<IHHHHHHIIIHHHHHII")
END: Final = struct.Struct("<IHHHHIIH")
END_64: Final = struct.Struct("<IQHHIIQQQQ")
LOCATOR_64: Final = struct.Struct("<IIQI")
SIZES_AFTER: Final = struct.Struct("<IIII")
OFFSET_64: Final = struct.Struct("<HHQ")
LOCAL_SIGN: Final = 0x04034B50
CENTRAL_SIGN: Final = 0x02014B50
END_SIGN: Final = 0x06054B50
END_64_SIGN: Final = 0x06064B50
LOCATOR_64_SIGN: Final = 0x07064B50
SIZES_AFTER_SIGN: Final = 0x08074B50

VERSION: Final = 45
STORED: Final = 0
DEFLATED: Final = 8
SIZES_FOLLOW: Final = 8  # bit 3 of the flags
FIRST_DAY: Final = 0x0021  # 1 January 1980
READABLE: Final = 0o100600 << 16
MADE_ON: Final = 3 << 8 | VERSION  # Unix, so that the rights above count
FULL_16: Final = 0xFFFF
FULL_32: Final = 0xFFFFFFFF
LARGEST_PART: Final = FULL_32 - 1
_LEVEL: Final = 6


class Out(Protocol):
    """What a package is written to; it need not be able to go back."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One part as the directory of a package tells of it."""

    name: str
    method: int
    crc: int
    packed: int  # bytes as they lie
    size: int  # bytes as they are
    offset: int

    @property
    def flags(self) -> int:
        """Say by the method whether sizes stand before or behind the bytes."""
        return SIZES_FOLLOW if self.method == DEFLATED else 0

    def local_head(self) -> bytes:
        """Give what stands before the bytes."""
        told = (0, 0, 0) if self.method == DEFLATED else (self.crc, self.packed, self.size)
        name = self.name.encode("ascii")
        fixed = (LOCAL_SIGN, VERSION, self.flags, self.method, 0, FIRST_DAY)
        return LOCAL.pack(*fixed, *told, len(name), 0) + name

    def local_tail(self) -> bytes:
        """Give what stands behind the bytes."""
        if self.method != DEFLATED:
            return b""
        return SIZES_AFTER.pack(SIZES_AFTER_SIGN, self.crc, self.packed, self.size)

    def central(self) -> bytes:
        """Give the line of the directory."""
        is_far = self.offset >= FULL_32
        extra = OFFSET_64.pack(1, 8, self.offset) if is_far else b""
        name = self.name.encode("ascii")
        fixed = (CENTRAL_SIGN, MADE_ON, VERSION, self.flags, self.method, 0, FIRST_DAY)
        sizes = (self.crc, self.packed, self.size, len(name), len(extra), 0, 0, 0)
        return CENTRAL.pack(*fixed, *sizes, READABLE, FULL_32 if is_far else self.offset) + name + extra

    @property
    def space(self) -> int:
        """Give how many bytes the part takes with what stands before and behind it."""
        return LOCAL.size + len(self.name) + self.packed + len(self.local_tail())


def end_of(count: int, size: int, offset: int) -> bytes:
    """Give the end of a package whose directory of ``count`` lines and ``size`` bytes begins at ``offset``."""
    far = b""
    if count >= FULL_16 or offset >= FULL_32:
        far = END_64.pack(END_64_SIGN, END_64.size - 12, MADE_ON, VERSION, 0, 0, count, count, size, offset)
        far += LOCATOR_64.pack(LOCATOR_64_SIGN, 0, offset + size, 1)
    many, place = min(count, FULL_16), min(offset, FULL_32)
    return far + END.pack(END_SIGN, 0, 0, many, many, size, place, 0)


class ZipOut:
    """Writes parts one after the other."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._at = 0
        self._entries: list[Entry] = []

    def stored(self, name: str, content: bytes) -> None:
        """Write a part as it is; raises ``OverflowError`` when it is too large."""
        _refuse_large(len(content))
        crc, size = zlib.crc32(content), len(content)
        entry = Entry(name=name, method=STORED, crc=crc, packed=size, size=size, offset=self._at)
        self._put(entry.local_head())
        self._put(content)
        self._entries.append(entry)

    def deflated(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a part that comes in pieces; raises ``OverflowError`` when it is too large."""
        entry = Entry(name=name, method=DEFLATED, crc=0, packed=0, size=0, offset=self._at)
        self._put(entry.local_head())
        start, crc, size = self._at, 0, 0
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            _refuse_large(size)
            self._put(deflate.compress(piece))
        self._put(deflate.flush())
        packed = self._at - start
        _refuse_large(packed)
        whole = Entry(name=name, method=DEFLATED, crc=crc, packed=packed, size=size, offset=entry.offset)
        self._put(whole.local_tail())
        self._entries.append(whole)

    def finish(self) -> None:
        """Write the directory; nothing may follow."""
        start = self._at
        for entry in self._entries:
            self._put(entry.central())
        self._put(end_of(len(self._entries), self._at - start, start))

    def _put(self, data: bytes) -> None:
        if data:
            self._out.write(data)
            self._at += len(data)


def _refuse_large(size: int) -> None:
    if size > LARGEST_PART:
        raise OverflowError("a part is too large")
