"""The file of a package (上报包): what goes in comes out, and whatever was done to it on the way shows."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.package import RecordKind
from desktop.domain.progress import Cancelled
from desktop.exchange.package_limits import Limits
from desktop.exchange.package_outline import Outline, Source
from desktop.exchange.package_reader import PackageReader
from desktop.exchange.package_writer import PackageWriter
from desktop.exchange.package_zip import LARGEST_PART, STORED, Entry, ZipOut, end_of
from desktop.exchange.sealed import CHUNK, Opener
from desktop.exchange.signing import Signer
from tests.packages import KEYS, OTHER, SCAN, SCAN_SHA, card, head, record, refused, whole, write


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return whole(tmp_path)


@pytest.mark.requirement("LG-27-1", "LG-34-4", "SJ-5.6b")
def test_what_went_in_comes_out(tmp_path: Path) -> None:
    filings, patrols = [record(7, kind=RecordKind.FILING, text="䶮𬭎")], [record(n) for n in range(300)]
    file = tmp_path / "all.swpkg"
    written = write(file, {RecordKind.FILING: filings, RecordKind.PATROL: patrols})
    with PackageReader.open(file, scratch=tmp_path, expected=card(KEYS)) as reader:
        assert reader.manifest == written.manifest
        assert reader.manifest.counts == {RecordKind.FILING: 1, RecordKind.PATROL: 300}
        assert list(reader.all_records()) == filings + patrols
        assert list(reader.records(RecordKind.HAZARD)) == []
        assert reader.attachments() == (SCAN_SHA,)
        assert reader.attachment(SCAN_SHA) == SCAN
        assert reader.file_sha256 == hashlib.sha256(file.read_bytes()).hexdigest() == written.file_sha256
        assert file.stat().st_size == written.size


@pytest.mark.requirement("SJ-5.6b")
def test_an_ordinary_zip_program_reads_a_package(package: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        assert opened.testzip() is None
        names = [
            "records/filing.jsonl",
            "records/patrol.jsonl",
            f"attachments/{SCAN_SHA}",
            "manifest.json",
            "signature",
        ]
        assert opened.namelist() == names
        lines = opened.read("records/patrol.jsonl").decode().splitlines()
        assert json.loads(lines[3])["uid"] == str(UUID(int=3))


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, package: Path) -> None:
    again = tmp_path / "again.swpkg"
    patrols = (record(n) for n in range(30))
    write(again, {RecordKind.FILING: iter([record(7, kind=RecordKind.FILING)]), RecordKind.PATROL: patrols})
    assert again.read_bytes() == package.read_bytes()


@pytest.mark.requirement("LG-23-1c")
def test_a_change_of_any_byte_shows(package: Path, tmp_path: Path) -> None:
    whole, hurt = package.read_bytes(), tmp_path / "hurt.swpkg"
    with PackageReader.open(package, scratch=tmp_path) as reader:
        told = (reader.manifest, list(reader.all_records()), reader.attachment(SCAN_SHA))
    unnoticed, codes = [], set()
    for at in [*range(200), *range(200, len(whole) - 900, 37), *range(len(whole) - 900, len(whole))]:
        hurt.write_bytes(whole[:at] + bytes((whole[at] ^ 0x5A,)) + whole[at + 1 :])
        try:
            with PackageReader.open(hurt, scratch=tmp_path) as reader:
                assert (reader.manifest, list(reader.all_records()), reader.attachment(SCAN_SHA)) == told
                unnoticed.append(at)
        except ClerkError as error:
            codes.add(error.code)
    assert codes <= {"package_damaged", "package_not_signed", "not_a_package", "package_too_large"}
    # The last bits of a deflated part mean nothing.
    assert len(unnoticed) <= 3


@pytest.mark.requirement("LG-23-1c")
def test_a_package_cut_off_anywhere_is_refused(package: Path, tmp_path: Path) -> None:
    whole, cut = package.read_bytes(), tmp_path / "cut.swpkg"
    for length in [0, 3, 4, 21, 22, 30, *range(40, len(whole), 211), len(whole) - 22, len(whole) - 1]:
        cut.write_bytes(whole[:length])
        assert refused(cut).code in ("package_damaged", "not_a_package")
    cut.write_bytes(whole + b"\0")
    assert refused(cut).code == "package_damaged"


def test_a_file_of_another_kind_is_no_package(tmp_path: Path) -> None:
    for content in (b"", b"%PDF-1.7 and more", b"PK\x05\x06" + bytes(18), "台账".encode() * 99):
        file = tmp_path / "other.swpkg"
        file.write_bytes(content)
        assert refused(file).code == "not_a_package"
    assert refused(tmp_path / "missing.swpkg").code == "cannot_read_file"
    assert refused(tmp_path).code == "cannot_read_file"


# Sealed


@pytest.mark.requirement("LG-23-1c")
def test_a_sealed_package_is_read_by_its_receiver_only(tmp_path: Path) -> None:
    file = tmp_path / "sealed.swpkg"
    write(file, {RecordKind.PATROL: map(record, range(9))}, receiver=card(OTHER))
    assert "现场".encode() not in file.read_bytes()
    assert not file.read_bytes().startswith(b"PK")
    with PackageReader.open(file, scratch=tmp_path, opener=Opener(OTHER.seal_private)) as reader:
        assert reader.is_sealed
        assert list(reader.all_records()) == [record(n) for n in range(9)]
        # What it was opened into has no name.
        assert [each.name for each in tmp_path.iterdir()] == ["sealed.swpkg"]
    assert refused(file, opener=Opener(KEYS.seal_private)).code == "not_sealed_for_us"
    assert refused(file).code == "not_sealed_for_us"


def large_sealed(file: Path) -> bytes:
    scans = sorted((hashlib.sha256(each).hexdigest(), each) for each in (bytes([n]) * (CHUNK - 7) for n in range(3)))
    with PackageWriter(file, head(has_attachments=True), signer=Signer(KEYS.sign_private), receiver=card(OTHER)) as out:
        out.add_attachments(scans)
        out.finish()
    return file.read_bytes()


@pytest.mark.requirement("LG-23-1c")
def test_a_sealed_package_cut_off_changed_or_put_in_another_order_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sealed.swpkg"
    whole, opener = large_sealed(file), Opener(OTHER.seal_private)
    begin, step = 72, CHUNK + 16
    with PackageReader.open(file, scratch=tmp_path, opener=opener) as reader:
        assert len(reader.attachments()) == 3
    one, two = whole[begin : begin + step], whole[begin + step : begin + 2 * step]
    hurt = [
        whole[: begin + step],  # between two chunks
        whole[: begin + 2 * step],
        whole[:-1],
        whole[:begin],
        whole[:30],
        whole[:begin] + two + one + whole[begin + 2 * step :],
        whole[:begin] + one + one + two + whole[begin + 2 * step :],
        whole + one,
        *(
            whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :]
            for at in (7, 9, 71, 72, begin + step, len(whole) - 1)
        ),
    ]
    for content in hurt:
        file.write_bytes(content)
        assert refused(file, opener=opener).code in ("package_damaged", "not_sealed_for_us")
    file.write_bytes(whole[:6] + b"\x02" + whole[7:])
    assert refused(file, opener=opener).code == "package_newer"


def test_a_key_of_small_order_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "weak.swpkg"
    file.write_bytes(b"SWSEAL\x01\x00" + bytes(32) + bytes.fromhex(OTHER.seal_public) + bytes(64))
    assert refused(file, opener=Opener(OTHER.seal_private)).code == "package_damaged"


# Writing


def test_the_writer_refuses_what_the_reader_would(tmp_path: Path) -> None:
    out = PackageWriter(tmp_path / "x.part", head(), signer=Signer(KEYS.sign_private))
    with out, pytest.raises(ValueError, match="order"):
        out.add_records(RecordKind.PATROL, [record(2), record(1)])
    with PackageWriter(tmp_path / "x.part", head(), signer=Signer(KEYS.sign_private)) as out:
        out.add_records(RecordKind.PATROL, [record(2)])
        with pytest.raises(ValueError, match="order"):
            out.add_records(RecordKind.FILING, [record(2, kind=RecordKind.FILING)])
        with pytest.raises(ClerkError, match="attachment_changed"):
            out.add_attachments([(SCAN_SHA, b"other")])
        with pytest.raises(ClerkError, match="package_too_large"):
            out.add_records(RecordKind.HAZARD, [record(1, kind=RecordKind.HAZARD, text="长" * (6 << 20))])
    with pytest.raises(ValueError, match="another station"):
        PackageWriter(tmp_path / "x.part", head(), signer=Signer(OTHER.sign_private))


def test_writing_can_be_given_up(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int) -> None:
            if done == 5:
                raise Cancelled

    with (
        pytest.raises(Cancelled),
        PackageWriter(
            tmp_path / "x.part", head(), signer=Signer(KEYS.sign_private), total=30, progress=Impatient()
        ) as out,
    ):
        out.add_records(RecordKind.PATROL, map(record, range(30)))
    with pytest.raises(ClerkError):
        PackageReader.open(tmp_path / "x.part", scratch=tmp_path)


_ROOT = Path(__file__).parents[2]
_FLAT = """
import resource, sys
from pathlib import Path
from tests.packages import OTHER, Opener, PackageReader, RecordKind, card, record, write
file = Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write(file, {RecordKind.PATROL: map(record, range(100_000))}, receiver=card(OTHER))
with PackageReader.open(file, scratch=file.parent, opener=Opener(OTHER.seal_private)) as reader:
    count = sum(1 for _ in reader.all_records())
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.requirement("LG-21-2c")
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as Unix tells it")
def test_a_hundred_thousand_records_leave_the_memory_flat(tmp_path: Path) -> None:
    asked = [sys.executable, "-c", _FLAT, str(tmp_path / "many.swpkg")]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=_ROOT).stdout.split()
    assert told[0] == "100000"
    assert int(told[1]) < 24 << 10  # KiB


def test_opening_can_be_given_up_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sealed.swpkg"
    write(file, {RecordKind.PATROL: map(record, range(9))}, receiver=card(OTHER))

    class Hasty:
        def __init__(self, stop: int) -> None:
            self.steps, self.stop = 0, stop

        def step(self, done: int, total: int) -> None:
            self.steps += 1
            if self.steps == self.stop:
                raise Cancelled

    for stop in (1, 2, 3):
        with pytest.raises(Cancelled):
            PackageReader.open(file, scratch=tmp_path, opener=Opener(OTHER.seal_private), progress=Hasty(stop))
    assert [each.name for each in tmp_path.iterdir()] == ["sealed.swpkg"]


def test_a_folder_that_takes_nothing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sealed.swpkg"
    write(file, {RecordKind.PATROL: map(record, range(9))}, receiver=card(OTHER))
    with pytest.raises(ClerkError, match="cannot_save_file"):
        PackageReader.open(file, scratch=tmp_path / "none", opener=Opener(OTHER.seal_private))


# More than ordinary ZIP holds


def test_very_many_parts_are_told_as_zip64(tmp_path: Path) -> None:
    file, names = tmp_path / "many.zip", [f"attachments/{number:064x}" for number in range(66_000)]
    with file.open("wb") as written:
        out = ZipOut(written)
        for name in names:
            out.stored(name, b"")
        out.finish()
    with zipfile.ZipFile(file) as opened:
        assert opened.namelist() == names
    with file.open("rb") as opened_again:
        outline = Outline(Source(opened_again, file), Limits())
    assert [entry.name for entry in outline.entries] == names


@pytest.mark.skipif(sys.platform == "win32", reason="needs a file with holes")
def test_a_part_beyond_four_gibibytes_is_found(tmp_path: Path) -> None:
    file, size = tmp_path / "far.zip", LARGEST_PART
    first = Entry(name="attachments/a", method=STORED, crc=0, packed=size, size=size, offset=0)
    second = Entry(name="signature", method=STORED, crc=zlib.crc32(b"far"), packed=3, size=3, offset=first.space)
    directory = first.central() + second.central()
    start = first.space + second.space
    with file.open("wb") as written:
        written.write(first.local_head())
        written.seek(second.offset)
        written.write(second.local_head() + b"far" + directory + end_of(2, len(directory), start))
    with zipfile.ZipFile(file) as opened:
        assert opened.read("signature") == b"far"
    with file.open("rb") as opened_again:
        assert Outline(Source(opened_again, file), Limits()).whole("signature", 3) == b"far"
