"""What a package may be at most, and the names of its two parts that the manifest does not tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.package_json import MOST_PARTS

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature"
LARGEST_ATTACHMENT: Final = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes beyond which a package is refused before it is unpacked."""

    file: int = 64 << 30
    unpacked: int = 96 << 30
    part: int = 4 << 30
    manifest: int = 32 << 20
    parts: int = MOST_PARTS + 2
    # A part that unpacks to more than so many times its size was made to fill a disk.
    ratio: int = 250
    ratio_from: int = 4 << 20
    card: int = 64 << 10
    acknowledgement: int = 32 << 20


LIMITS: Final = Limits()
