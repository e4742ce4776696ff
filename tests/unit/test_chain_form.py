"""What is hashed once is hashed the same for ever: a fixed event under a fixed key has a fixed link."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.covered_text import covered_text, covered_value
from desktop.domain.trail import grouped, ungrouped
from desktop.services.chain import Chain
from desktop.services.stored_form import canonical

_CHAIN = Chain(bytes(range(32)))
_EVENT: dict[str, Any] = {
    "id": 7,
    "at": "2026-03-02 01:00:05.000000",
    "who": "林晓",
    "station": "坪安街道办事处",
    "act": "accept",
    "filing_id": 3,
    "summary": "受理登记，编号 PA-DJ-2026-000003",
    "reason": "",
    "paper_ids": "[1,2]",
    "changes": "[]",
    "touched": '[["filing",3,"ab"]]',
}


@pytest.mark.requirement("LG-P1")
def test_the_link_of_a_recorded_event_never_changes() -> None:
    assert _CHAIN.mac(_EVENT, "ff" * 32) == "3ebda598c7d5bd43cffcbfbf742e93452c13c40285d9b2353343280632cac708"
    assert _CHAIN.seal(7, 7, "ab" * 32) == "84317370459eccd03beae53936bff0a56801cf492c0b19c625d4397a3475d93f"


def test_stored_values_are_written_in_one_way_only() -> None:
    assert canonical([{"b": 1, "a": "张𬭎"}, 1.5, b"\x00"]) == (
        b'[{"a":"\\u5f20\\ud872\\udf4e","b":1},1.5,{"bytes":"00"}]'
    )


@pytest.mark.parametrize("name", sorted(_EVENT))
def test_every_column_of_an_event_is_covered(name: str) -> None:
    other = 99 if isinstance(_EVENT[name], int) else f"{_EVENT[name]}x"
    assert _CHAIN.mac({**_EVENT, name: other}, "") != _CHAIN.mac(_EVENT, "")
    without = {key: value for key, value in _EVENT.items() if key != name}
    assert _CHAIN.mac(without, "") != _CHAIN.mac(_EVENT, "")


def test_another_key_gives_another_link() -> None:
    assert Chain(b"other").mac(_EVENT, "") != _CHAIN.mac(_EVENT, "")


def test_a_head_typed_from_paper_is_read_whatever_the_spaces() -> None:
    mac = "0123456789abcdef" * 4
    assert ungrouped(grouped(mac).upper().replace(" ", " - ")) == mac


@pytest.mark.requirement("LG-P1")
@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("owner.id_number", "11010519491231002X", "110***********002X"),
        ("owner.phone", "13800002719", "138****2719"),
        ("workers.0.certificate.number", "T11010519491231002X", "T110***********002X"),
        ("remark", "请打 13800002719 联系", "请打 138****2719 联系"),
        ("project_name", "坪安路18号一层", "坪安路18号一层"),
        ("phone", "—", "—"),
    ],
)
def test_numbers_of_persons_are_covered_by_field_and_in_text(field: str, value: str, shown: str) -> None:
    assert covered_value(field, value) == shown


def test_numbers_of_filings_stay_whole() -> None:
    assert covered_text("编号 PA-DJ-2026-000003，链 0123456789ab") == "编号 PA-DJ-2026-000003，链 0123456789ab"
