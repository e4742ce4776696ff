"""Scans and photos of a filing: which kinds are taken, how large they may be, what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.errors import ClerkError

MIB: Final = 1 << 20


class MediaType(StrEnum):
    """The kinds of file that are taken; each value is stored."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class AttachedKind(StrEnum):
    """What an attachment shows that belongs to no material of the pack; each value is stored."""

    SITE_PHOTO = "site_photo"  # 现场照片
    PATROL_PHOTO = "patrol_photo"  # 巡查照片
    SIGNED_PAPER = "signed_paper"  # 签字盖章文书
    QUALIFICATION = "qualification"  # 资质证书
    CONTRACT = "contract"  # 合同
    DRAWING = "drawing"  # 图纸
    STAFF_PAPER = "staff_paper"  # 人员证件
    OTHER = "other"


class AttachedTo(StrEnum):
    """What of a site's life a photo or scan shows; each value is stored."""

    PATROL = "patrol"
    HAZARD = "hazard"
    FOUND_SITE = "found_site"
    TRANSFER = "transfer"
    REPORT = "public_report"
    BOOK_ENTRY = "book_entry"  # an entry of a register, whatever form of it stands


class Moment(StrEnum):
    """Whether a photo shows a hazard before or after it was put right; each value is stored."""

    BEFORE = "before"  # 整改前
    AFTER = "after"  # 整改后


# Who patrols adds these and nothing else.
PHOTOS: Final = frozenset({AttachedKind.SITE_PHOTO, AttachedKind.PATROL_PHOTO})
SUFFIXES: Final[Mapping[MediaType, str]] = {MediaType.PDF: ".pdf", MediaType.JPEG: ".jpg", MediaType.PNG: ".png"}
_MAGIC: Final = ((MediaType.PDF, b"%PDF-"), (MediaType.JPEG, b"\xff\xd8\xff"), (MediaType.PNG, b"\x89PNG\r\n\x1a\n"))
# Scanners' software may write a few bytes of its own before a PDF begins.
_PDF_HEAD: Final = 1024
_IDENTITY_WORDS: Final = ("身份证", "身份材料", "证件", "护照", "通行证")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLimits:
    """How much is taken: bytes of one file, bytes of all of one filing, pages of one file."""

    file_bytes: int = 20 * MIB
    filing_bytes: int = 200 * MIB
    pages: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One attachment as the lists show it.

    ``filing_id`` is None while the matter is a draft; ``material`` is a code of the pack, or empty with ``kind`` set.
    """

    id: int
    filing_id: int | None
    material: str
    kind: AttachedKind | None
    title: str
    media_type: MediaType
    size: int  # bytes
    pages: int
    sha256: str
    is_identity: bool
    added_at: datetime
    added_by: str
    purged_at: datetime | None = None
    purge_reason: str = ""
    subject: AttachedTo | None = None  # what of the site's life it shows, none for a scan of the registration
    subject_id: int | None = None
    moment: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedContent:
    """The bytes of an attachment, or of its copy with a watermark."""

    data: bytes
    media_type: MediaType
    is_watermarked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFault:
    """An attachment whose bytes are gone or are not those that were added."""

    id: int
    filing_id: int | None
    number: str
    title: str
    code: str  # "attachment_missing" | "attachment_changed"


def media_type_of(data: bytes) -> MediaType:
    """Tell the kind of a file by its content, never by its name; raises ``ClerkError("attachment_type")``."""
    for media_type, magic in _MAGIC:
        if data.startswith(magic) or (media_type is MediaType.PDF and magic in data[:_PDF_HEAD]):
            return media_type
    raise ClerkError("attachment_type")


def check_sizes(size: int, *, already: int, limits: AttachmentLimits) -> None:
    """Raise ``ClerkError("attachment_too_large")`` when a file, or all of its filing with it, exceeds the limits."""
    if size > limits.file_bytes:
        raise ClerkError("attachment_too_large", what="file", limit=limits.file_bytes, size=size)
    if already + size > limits.filing_bytes:
        raise ClerkError("attachment_too_large", what="filing", limit=limits.filing_bytes, size=already + size)


def check_pages(pages: int, limits: AttachmentLimits) -> None:
    """Raise ``ClerkError("attachment_too_large")`` for a file of more pages than are taken."""
    if pages > limits.pages:
        raise ClerkError("attachment_too_large", what="pages", limit=limits.pages, size=pages)


def shows_identity(label: str) -> bool:
    """Say whether a material of this name is an identity document, whose copies are given out with a watermark."""
    return any(word in label for word in _IDENTITY_WORDS)
