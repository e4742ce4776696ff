"""What lies in a package as plain data: both ways the same, and every field looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import ClerkError
from desktop.domain.known_station import fingerprint_groups, wrong_groups
from desktop.domain.package import (
    Acknowledgement,
    Manifest,
    NotTaken,
    Outcome,
    PackageKind,
    PackagePart,
    PackageRecord,
    RecordKind,
    canonical_json,
)
from desktop.domain.package_json import (
    LONGEST_LINE,
    manifest_from,
    manifest_plain,
    record_from,
    record_line,
    record_of_line,
)
from desktop.domain.station_json import acknowledgement_from, acknowledgement_plain, card_from, card_plain
from desktop.domain.strict_json import UnfitJson, strict_json
from tests.packages import KEYS, card, head, record

SHA = "c" * 64
_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_PAPERS = st.fixed_dictionaries({"of": st.none() | st.uuids().map(str), "sha256": st.just(SHA)})
_VALUES = _TEXTS | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | _PAPERS
_ROWS = st.lists(st.dictionaries(_NAMES, _VALUES, max_size=6), min_size=1, max_size=4).map(tuple)


def manifest(**changes: Any) -> Manifest:
    parts = (
        PackagePart(name="records/filing.jsonl", size=10, sha256=SHA, records=2),
        PackagePart(name="records/patrol.jsonl", size=10, sha256=SHA, records=1),
        PackagePart(name=f"attachments/{SHA}", size=10, sha256=SHA, records=0),
    )
    counts = {RecordKind.FILING: 2, RecordKind.PATROL: 1}
    return replace(head(has_attachments=True), parts=parts, counts=counts, **changes)


def acknowledgement() -> Acknowledgement:
    not_taken = (
        NotTaken(kind=RecordKind.FILING, uid="f-1", outcome=Outcome.CONFLICT, reason=""),
        NotTaken(kind=RecordKind.PATROL, uid="p:1", outcome=Outcome.REJECTED, reason="登记件不在本台账"),
        NotTaken(kind=RecordKind.PATROL, uid="p:2", outcome=Outcome.REJECTED, reason="登记件不在本台账"),
    )
    return Acknowledgement(
        package_id="6f1dd0b6-4a3c-4b1e-9b80-6d6d4cf0a001",
        receiver=card(KEYS),
        received_at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC),
        outcome={Outcome.NEW: 4, Outcome.CONFLICT: 1, Outcome.REJECTED: 2},
        not_taken=not_taken,
    )


@pytest.mark.requirement("SJ-5.6b")
def test_a_manifest_comes_back_the_same() -> None:
    whole = manifest()
    assert manifest_from(strict_json(canonical_json(manifest_plain(whole)))) == whole
    january = replace(whole, kind=PackageKind.PERIOD, period=(date(2026, 1, 1), date(2026, 1, 31)))
    assert manifest_from(manifest_plain(january)) == january
    shenzhen = whole.made_at.astimezone(timezone(timedelta(hours=8)))
    assert manifest_plain(replace(whole, made_at=shenzhen)) == manifest_plain(whole)


@pytest.mark.requirement("SJ-5.6b")
@given(
    kind=st.sampled_from(RecordKind),
    community=st.sampled_from(["", "岗头社区"]),
    versions=st.dictionaries(st.sampled_from(["a" * 40, "b" * 40]), st.integers(1, 10**9), min_size=1),
    is_masked=st.booleans(),
    rows=st.dictionaries(_NAMES, _ROWS, min_size=1, max_size=4),
)
def test_a_record_comes_back_the_same_in_the_same_bytes(**fields: Any) -> None:
    whole = PackageRecord(uid="0a6b2f4e-0000-4000-8000-000000000001", **fields)
    line = record_line(whole)
    again = record_of_line(line, kind=whole.kind)
    assert again == whole
    assert record_line(again) == line
    assert again.content_sha256() == whole.content_sha256()
    assert b"\n" not in line


def test_cards_and_acknowledgements_come_back_the_same() -> None:
    assert card_from(strict_json(canonical_json(card_plain(card(KEYS))))) == card(KEYS)
    told = acknowledgement()
    plain = acknowledgement_plain(told)
    assert acknowledgement_from(strict_json(canonical_json(plain))) == told
    # Of a thousand refused for one reason, the reason stands there once.
    assert [len(each["uids"]) for each in plain["not_taken"]] == [1, 2]


def _set(plain: Any, path: str, value: object) -> None:
    *way, last = path.split(".")
    for step in way:
        plain = plain[int(step) if step.isdigit() else step]
    plain[last] = value


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("format", "small-works-backup", "format"),
        ("format_version", 0, "format_version"),
        ("format_version", "1", "format_version"),
        ("package_id", "1", "package_id"),
        ("package_id", "../../etc", "package_id"),
        ("station.name", "", "station.name"),
        ("station.name", "街道\u202e", "station.name"),
        ("station.sign_public", "AB" * 32, "station.sign_public"),
        ("station.more", 1, "station.more"),
        ("kind", "some", "kind"),
        ("from_event", -1, "from_event"),
        ("from_event", True, "from_event"),
        ("to_event", 2, "to_event"),
        ("period", ["2026-01-01", "2026-01-31"], "period"),
        ("is_masked", 0, "is_masked"),
        ("has_attachments", False, "has_attachments"),
        ("made_at", "2026-03-02T01:02:03", "made_at"),
        ("made_at", "2026-03-02T01:02:03+08:00", "made_at"),
        ("made_at", "0001-01-01T00:00:00+00:00x", "made_at"),
        ("made_by", 7, "made_by"),
        ("chain.mac", "x" * 64, "chain.mac"),
        ("chain.count", None, "chain.count"),
        ("counts.patrol", 2, "counts"),
        ("counts.account", 2, "counts"),
        ("parts.0.name", "records/../x", "parts.0.name"),
        ("parts.0.size", -5, "parts.0.size"),
        ("parts.0.name", "records/patrol.jsonl", "parts"),
        ("parts.2.sha256", "d" * 64, "parts.2"),
        ("parts.2.records", 1, "parts.2"),
        ("parts", {}, "parts"),
        ("colour", "green", "colour"),
    ],
)
def test_a_manifest_that_does_not_fit_is_named_by_its_key(path: str, value: object, key: str) -> None:
    plain = json.loads(json.dumps(manifest_plain(manifest())))
    _set(plain, path, value)
    with pytest.raises(UnfitJson) as raised:
        manifest_from(plain)
    assert raised.value.key == key


@pytest.mark.parametrize("key", list(manifest_plain(manifest())))
def test_every_key_of_a_manifest_is_needed(key: str) -> None:
    plain = manifest_plain(manifest())
    del plain[key]
    with pytest.raises(UnfitJson) as raised:
        manifest_from(plain)
    assert raised.value.key == key


@pytest.mark.requirement("SJ-5.6b")
def test_a_newer_version_is_told_before_anything_else_is_looked_at() -> None:
    with pytest.raises(ClerkError) as raised:
        manifest_from({"format": "small-works-package", "format_version": 3, "whatever": []})
    assert (raised.value.code, raised.value.details["version"]) == ("package_newer", 3)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("uid", "", "uid"),
        ("uid", "a b", "uid"),
        ("uid", "x" * 101, "uid"),
        ("uid", "登记", "uid"),
        ("community", None, "community"),
        ("versions", {"x" * 40: 1}, "versions"),
        ("versions", {"a" * 40: True}, f"versions.{'a' * 40}"),
        ("is_masked", "no", "is_masked"),
        ("rows", {}, "rows"),
        ("rows", {"patrol": []}, "rows.patrol"),
        ("rows", {"patrol": {}}, "rows.patrol"),
        ("rows", {"patrol": ["x"]}, "rows.patrol.0"),
        ("rows", {"patrol": [{}, {"note": True}]}, "rows.patrol.1.note"),
        ("rows", {"patrol": [{"document_id": {"of": None}}]}, "rows.patrol.0.document_id"),
        ("rows", {"patrol": [{"document_id": {"of": 3, "sha256": SHA}}]}, "rows.patrol.0.document_id"),
        ("rows", {"patrol": [{"document_id": {"of": None, "sha256": "x"}}]}, "rows.patrol.0.document_id"),
        ("rows", {f"t{n}": [{}] for n in range(61)}, "rows"),
    ],
)
def test_a_record_that_does_not_fit_is_named_by_its_key(path: str, value: object, key: str) -> None:
    plain = record(1).plain()
    _set(plain, path, value)
    with pytest.raises(UnfitJson) as raised:
        record_from(plain)
    assert raised.value.key == key


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"nothing",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":9223372036854775808}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"\\ud800"}',
        b'{"\\udfff":1}',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"[" * 13 + b"]" * 13,
        b"[" * 500_000,
        b'{"a":' * 200_000,
    ],
)
def test_json_that_nobody_writes_honestly_is_refused(data: bytes) -> None:
    with pytest.raises(UnfitJson):
        strict_json(data)


def test_a_line_that_is_too_long_is_not_even_read() -> None:
    with pytest.raises(UnfitJson, match="too long"):
        record_of_line(b" " * (LONGEST_LINE + 1), kind=RecordKind.PATROL)


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.update(package_id="x"),
        lambda plain: plain.update(received_at="yesterday"),
        lambda plain: plain.update(outcome={"lost": 1}),
        lambda plain: plain.update(outcome=[]),
        lambda plain: plain["not_taken"][0].update(kind="account"),
        lambda plain: plain["not_taken"][0].update(uids=["ok", 5]),
        lambda plain: plain["not_taken"][0].update(reason="x" * 501),
        lambda plain: plain["receiver"].update(seal_public="00"),
        lambda plain: plain.pop("receiver"),
    ],
)
def test_an_acknowledgement_that_does_not_fit_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    plain = acknowledgement_plain(acknowledgement())
    change(plain)
    with pytest.raises(UnfitJson):
        acknowledgement_from(plain)


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_make_the_reading_fall_over(data: bytes) -> None:
    for read in (manifest_from, record_from, card_from, acknowledgement_from):
        with pytest.raises(UnfitJson):
            read(strict_json(data))


@pytest.mark.requirement("LG-23-1c")
def test_a_fingerprint_is_read_in_groups_whatever_the_room_and_the_case() -> None:
    fingerprint = card(KEYS).fingerprint
    groups = fingerprint_groups(fingerprint)
    assert len(groups) == 10
    assert "".join(groups).lower() == fingerprint
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in fingerprint)
    for typed in (fingerprint, " ".join(groups), "-".join(groups).lower(), full_width, f"\u3000{fingerprint}\r\n"):
        assert wrong_groups(typed, fingerprint) == ()
    assert wrong_groups(fingerprint[:-1], fingerprint) == (10,)
    assert wrong_groups(f"{fingerprint}0", fingerprint) == (10,)
    assert wrong_groups("", fingerprint) == tuple(range(1, 11))
