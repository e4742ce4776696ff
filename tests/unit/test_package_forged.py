"""Packages forged by somebody who knows the format: refused with the place, nothing written, little memory."""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.package import RecordKind
from desktop.exchange.package_limits import Limits
from desktop.exchange.package_reader import PackageReader
from desktop.exchange.package_zip import ZipOut
from desktop.exchange.signing import Purpose, Signer
from tests.packages import KEYS, OTHER, PATROLS, SCAN_SHA, card, forge, line, record, refused, whole


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return whole(tmp_path)


def test_a_forged_package_that_keeps_the_format_is_read(tmp_path: Path) -> None:
    file = forge(tmp_path / "good.swpkg", [(PATROLS, line(1) + line(2))])
    with PackageReader.open(file, scratch=tmp_path) as reader:
        assert [each.uid for each in reader.all_records()] == [record(1).uid, record(2).uid]


@pytest.mark.requirement("LG-23-1c")
def test_a_signature_of_another_station_is_refused(tmp_path: Path) -> None:
    file = forge(tmp_path / "f.swpkg", [(PATROLS, line(1))], signer=Signer(OTHER.sign_private))
    assert refused(file).code == "package_not_signed"


@pytest.mark.requirement("LG-23-1c")
def test_a_package_of_another_station_than_the_expected_is_refused(package: Path) -> None:
    with pytest.raises(ClerkError) as raised:
        PackageReader.open(package, scratch=package.parent, expected=card(OTHER))
    assert raised.value.code == "package_of_other_station"


def test_a_signature_for_another_purpose_does_not_pass(tmp_path: Path) -> None:
    class Wrong(Signer):
        def sign(self, purpose: Purpose, content: bytes) -> str:
            return super().sign(Purpose.ACKNOWLEDGEMENT, content)

    file = forge(tmp_path / "f.swpkg", [(PATROLS, line(1))], signer=Wrong(KEYS.sign_private))
    assert refused(file).code == "package_not_signed"


@pytest.mark.requirement("SJ-5.6b")
def test_a_newer_format_says_so_whatever_else_it_brings(tmp_path: Path) -> None:
    def newer(plain: dict[str, object]) -> None:
        plain["format_version"] = 3
        plain["colour"] = ["green"]

    file = forge(tmp_path / "f.swpkg", [("novelties/1", b"?")], change=newer)
    assert refused(file).code == "package_newer"


@pytest.mark.parametrize(
    "name",
    ["../evil.jsonl", "/records/patrol.jsonl", "records/..", "records\\patrol.jsonl", "C:x", "records/account.jsonl"],
)
def test_parts_under_odd_names_are_refused(tmp_path: Path, name: str) -> None:
    assert refused(forge(tmp_path / "told.swpkg", [(name, b"x\n")])).code == "package_damaged"
    untold = forge(tmp_path / "untold.swpkg", [(PATROLS, line(1))], tail=((name, b"x\n"),))
    assert refused(untold).code == "package_damaged"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["told.swpkg", "untold.swpkg"]


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = forge(tmp_path / "f.swpkg", [(PATROLS, line(1))], tail=((PATROLS, line(2)),))
    assert refused(file).code == "package_damaged"


def test_a_part_that_is_missing_is_refused(tmp_path: Path) -> None:
    def tell_of_more(plain: dict[str, object]) -> None:
        parts = plain["parts"]
        assert isinstance(parts, list)
        parts.append({"name": f"attachments/{SCAN_SHA}", "size": 1, "sha256": SCAN_SHA, "records": 0})

    assert refused(forge(tmp_path / "f.swpkg", [(PATROLS, line(1))], change=tell_of_more)).code == "package_damaged"


def test_an_attachment_under_the_hash_of_another_is_refused(tmp_path: Path) -> None:
    file = forge(tmp_path / "f.swpkg", [(f"attachments/{SCAN_SHA}", b"other bytes")])
    assert refused(file).code == "package_damaged"


@pytest.mark.parametrize(
    ("content", "at", "key"),
    [
        (line(1) + line(1), 2, "uid"),
        (line(2) + line(1), 2, "uid"),
        (line(1) + line(2, kind="filing"), 2, "kind"),
        (line(1) + line(2, kind="account"), 2, "kind"),
        (line(1, versions={}), 1, "versions"),
        (line(1, versions={"b" * 40: 0}), 1, "versions." + "b" * 40),
        (line(1, rows={"patrol": [{"note": None}]}), 1, "rows.patrol.0.note"),
        (line(1, rows={"patrol": [{"note": ["x"]}]}), 1, "rows.patrol.0.note"),
        (line(1, rows={"patrol; DROP": [{"note": "x"}]}), 1, "rows"),
        (line(1, rows={"patrol": [{"note) --": "x"}]}), 1, "rows.patrol.0"),
        (line(1, extra=1), 1, "extra"),
        (b"{}\n", 1, "community"),
        (b"\n", 1, ""),
        (b'{"uid":1,"uid":2}\n', 1, ""),
        (b"[" * 100_000 + b"\n", 1, ""),
        (b"\xff\xfe\n", 1, ""),
        (line(1)[:-4] + b"\n", 1, ""),
    ],
)
def test_a_record_that_does_not_fit_is_named_by_line_and_key(tmp_path: Path, content: bytes, at: int, key: str) -> None:
    error = refused(forge(tmp_path / "f.swpkg", [(PATROLS, content)]))
    assert (error.code, error.details["line"], error.details["key"]) == ("package_damaged", at, key)


def test_records_without_the_end_of_their_line_are_refused(tmp_path: Path) -> None:
    assert refused(forge(tmp_path / "f.swpkg", [(PATROLS, line(1) + line(2)[:-1])])).code == "package_damaged"


def test_a_package_that_unpacks_to_a_multitude_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.swpkg"
    with file.open("wb") as written:
        out = ZipOut(written)
        out.deflated(PATROLS, (bytes(1 << 20) for _ in range(200)))
        out.deflated("manifest.json", [b"{}"])
        out.stored("signature", b"0" * 128)
        out.finish()
    tracemalloc.start()
    assert refused(file).code == "package_too_large"
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_a_directory_that_lies_about_a_size_is_refused(package: Path, tmp_path: Path) -> None:
    whole = bytearray(package.read_bytes())
    at = whole.index(struct.pack("<I", 0x02014B50))
    whole[at + 24 : at + 28] = struct.pack("<I", 5)
    lying = tmp_path / "lying.swpkg"
    lying.write_bytes(whole)
    assert refused(lying).code == "package_damaged"


def test_a_directory_of_a_million_parts_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "many.swpkg"
    file.write_bytes(struct.pack("<I", 0x04034B50) + bytes(80) + _far_end(1 << 40))
    assert refused(file).code == "package_too_large"


def _far_end(count: int) -> bytes:
    far = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, 10, 10)
    return (
        far
        + struct.pack("<IIQI", 0x07064B50, 0, 20, 1)
        + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, 10, 10, 0)
    )


@pytest.mark.parametrize(
    "limits", [Limits(file=100), Limits(part=100), Limits(unpacked=100), Limits(parts=3), Limits(manifest=9)]
)
def test_each_limit_holds(package: Path, limits: Limits) -> None:
    assert refused(package, limits=limits).code == "package_too_large"


def test_bytes_between_the_parts_are_refused(package: Path, tmp_path: Path) -> None:
    whole = package.read_bytes()
    at = whole.index(b"PK\x03\x04", 4)
    stuffed = tmp_path / "stuffed.swpkg"
    stuffed.write_bytes(whole[:at] + b"hidden" + whole[at:])
    assert refused(stuffed).code == "package_damaged"


def test_a_file_changed_after_it_was_proved_gives_no_whole_reading(package: Path) -> None:
    with PackageReader.open(package, scratch=package.parent) as reader:
        records = reader.records(RecordKind.PATROL)
        with package.open("r+b") as opened:
            opened.seek(package.read_bytes().index(b"records/patrol.jsonl") + 25)
            opened.write(bytes(40))
        with pytest.raises(ClerkError, match="package_damaged"):
            list(records)
