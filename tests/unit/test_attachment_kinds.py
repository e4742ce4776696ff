"""Which files are taken as attachments: told by their content, read through, not too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.documents.scans import count_pages, picture
from desktop.documents.watermark import watermarked
from desktop.domain.attachments import (
    AttachmentLimits,
    MediaType,
    check_pages,
    check_sizes,
    media_type_of,
    shows_identity,
)
from desktop.domain.errors import ClerkError
from desktop.services.resources import fonts_folder
from tests.scans import photo, scan

FONT: Path = fonts_folder() / "NotoSansSC-Bold.ttf"


@pytest.mark.requirement("LG-10-3a")
@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (scan(), MediaType.PDF),
        (b"\r\n scanner 2.1 \r\n" + scan(), MediaType.PDF),
        (photo(), MediaType.JPEG),
        (photo(kind="PNG"), MediaType.PNG),
    ],
    ids=["pdf", "pdf-with-a-head", "jpeg", "png"],
)
def test_the_content_tells_the_kind(data: bytes, media_type: MediaType) -> None:
    assert media_type_of(data) is media_type
    assert count_pages(data, media_type) == 1


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90\x00", b"GIF89a....", b"PK\x03\x04", photo(kind="BMP"), b"<svg/>"], ids=range(6)
)
def test_another_kind_is_refused_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(ClerkError, match="attachment_type"):
        media_type_of(data)


@pytest.mark.parametrize(
    "data",
    [photo()[:300], photo(kind="PNG")[:60], scan()[:60], b"%PDF-1.7\nnothing more", scan(password="secret")],
    ids=["half-a-jpeg", "half-a-png", "half-a-pdf", "no-pdf", "locked-pdf"],
)
def test_a_file_that_does_not_decode_is_refused(data: bytes) -> None:
    with pytest.raises(ClerkError, match="attachment_damaged"):
        count_pages(data, media_type_of(data))


def test_every_page_is_counted() -> None:
    assert count_pages(scan(pages=7), MediaType.PDF) == 7


def test_a_picture_of_too_many_pixels_is_no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.documents.scans.MOST_PIXELS", 1000)
    with pytest.raises(ClerkError, match="attachment_too_large"):
        count_pages(photo(), MediaType.JPEG)


@pytest.mark.parametrize(
    ("size", "already", "what"), [(10, 0, None), (11, 0, "file"), (10, 20, None), (10, 21, "filing")]
)
def test_one_file_and_all_of_a_filing_have_limits(size: int, already: int, what: str | None) -> None:
    limits = AttachmentLimits(file_bytes=10, filing_bytes=30)
    if what is None:
        check_sizes(size, already=already, limits=limits)
        return
    with pytest.raises(ClerkError) as refused:
        check_sizes(size, already=already, limits=limits)
    assert (refused.value.code, refused.value.details["what"]) == ("attachment_too_large", what)


def test_pages_have_a_limit() -> None:
    check_pages(3, AttachmentLimits(pages=3))
    with pytest.raises(ClerkError, match="attachment_too_large"):
        check_pages(4, AttachmentLimits(pages=3))


@pytest.mark.parametrize(
    ("label", "is_identity"),
    [
        ("申报登记人员的身份证", True),
        ("受委托人身份材料", True),
        ("特种作业证件", True),
        ("工程委托合同或者协议书", False),
        ("有效期内的建筑业企业资质证书", False),
    ],
)
def test_identity_documents_are_known_by_their_name(label: str, is_identity: bool) -> None:
    assert shows_identity(label) is is_identity


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_watermark_runs_over_every_part_of_a_picture(kind: str) -> None:
    media_type = MediaType.JPEG if kind == "JPEG" else MediaType.PNG
    data = photo("white", size=(800, 600), kind=kind)

    copy = picture(watermarked(data, media_type, words="仅用于登记", font=FONT), media_type)

    assert copy.size == (800, 600)
    for left in (0, 400):
        for top in (0, 300):
            part = copy.crop((left, top, left + 400, top + 300)).convert("L")
            assert min(part.tobytes()) < 230


def test_a_watermarked_pdf_has_its_pages_and_no_words_beneath() -> None:
    from pypdf import PdfReader

    copy = watermarked(scan("110105 19491231 002X", pages=2), MediaType.PDF, words="仅用于登记", font=FONT)

    assert count_pages(copy, MediaType.PDF) == 2
    import io

    assert "".join(page.extract_text() for page in PdfReader(io.BytesIO(copy)).pages).strip() == ""
