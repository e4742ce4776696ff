"""Random damage to a pack: keys deleted, renamed, retyped, moved.  Checking never crashes and always names a place."""

from __future__ import annotations

import copy
import random
import shutil
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from desktop.policy.pack_tree import PAPERS_SUFFIX
from desktop.services.pack_checking import check_packs
from desktop.services.resources import policies_folder
from tests.guide_example import EXAMPLE

SHIPPED = sorted(file for file in policies_folder().glob("*/*.toml") if not file.name.endswith(PAPERS_SUFFIX))
ROUNDS = 40
# What an author, a spreadsheet or a foreign program may leave where something else belongs.
STRANGERS: tuple[Any, ...] = (
    "", "是", "\u202e", "../../etc", "a" * 300, "{nowhere}", 0, -1, 3.5, float("inf"), 10**30, True, False,
    date(2026, 7, 1), [], [[]], [1, "a"], [{}], {}, {"fact": "kind"}, {"not": {}}, {"": ""}, {"all": []},
    {"ref": ["a"]}, {"fact": {"a": 1}, "is": []}, {"drop": True}, {"gap": True},
)  # fmt: skip


@pytest.mark.requirement("Q-1", "Q-3")
@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("file", [EXAMPLE, *SHIPPED], ids=lambda file: file.parent.name)
def test_a_damaged_pack_is_refused_with_a_place_or_still_reads(file: Path, seed: int, tmp_path: Path) -> None:
    chance = random.Random(f"{file.parent.name} {seed}")
    spoilt = tmp_path / "mine" / "1.toml"
    spoilt.parent.mkdir()
    papers, spoilt_papers = (each.with_name(each.stem + PAPERS_SUFFIX) for each in (file, spoilt))
    shutil.copy(file, spoilt)
    shutil.copy(papers, spoilt_papers)
    hit = spoilt if chance.random() < 0.8 else spoilt_papers
    tree = tomllib.loads(hit.read_text(encoding="utf-8"))
    for _ in range(chance.choice((1, 1, 1, 3, 12))):
        damage(tree, chance)
    hit.write_text(tomli_w.dumps(tree), encoding="utf-8")
    (one,) = check_packs(spoilt)
    for fault in (*one.faults, *one.remarks):
        assert fault.where.startswith(("mine/1.toml", f"mine/1{PAPERS_SUFFIX}")), fault
        assert fault.what.strip(), fault
    assert bool(one.faults) is (one.pack is None)


@pytest.mark.requirement("Q-1", "Q-3")
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_file_cut_or_scribbled_on_is_refused_with_a_place_or_still_reads(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray(EXAMPLE.read_bytes())
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(6)] = chance.randbytes(chance.randrange(4))
    file = tmp_path / "1.toml"
    file.write_bytes(bytes(data))
    (one,) = check_packs(file)
    assert all(f"{tmp_path.name}/1.toml" in fault.where and fault.what for fault in one.faults)
    assert bool(one.faults) is (one.pack is None)


def damage(tree: dict[str, Any], chance: random.Random) -> None:
    """Do one thing to one key or entry, anywhere in the tree."""
    places = list(containers(tree))
    if not places:
        return
    holder = chance.choice(places)
    key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice((f"{key}x", str(key)[1:], "when", "code", "无", ""))] = holder.pop(key)
        case 2:
            other = chance.choice(places)
            holder[key] = copy.deepcopy(other[chance.choice(list(other) if isinstance(other, dict) else [0])])
        case 3 if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case _:
            holder[key] = copy.deepcopy(chance.choice(STRANGERS))


def containers(value: Any) -> Iterator[Any]:
    """Every table and list of the tree that holds something."""
    if isinstance(value, dict | list) and value:
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from containers(each)
