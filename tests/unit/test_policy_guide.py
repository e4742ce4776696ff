"""The pack author's guide says what the reader reads: its tables, its example and every fragment in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.conditions import OPS
from desktop.domain.facts import DERIVED_SPECS, FACT_SPECS
from desktop.domain.pack_keys import GROUND_LABEL, LABEL_KEYS, PARAMETER_KEYS
from desktop.domain.pack_version import PackTree
from desktop.policy.loader import load_pack, load_tree, pack_faults
from desktop.policy.pack_tree import laid_over
from desktop.services.pack_checking import check_packs
from desktop.services.resources import policies_folder
from tests.guide_example import EXAMPLE, GUIDE, ROOT
from tests.guide_tables import filled, keys_of_the_reader, named_in, tables
from tests.guide_words import FACTS, KEYS, OPERATORS, SECTIONS

TEXT = GUIDE.read_text(encoding="utf-8")
FRAGMENTS = [
    block
    for block in re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    if "样府规" not in block and "[papers." not in block
]
# What stands in the file by the author's own names.
OWN_NAMES = {"", "parameters", "choices", "patrol_plan", "papers", "parameters.NAME.words", "open_lists.proposals"}


@pytest.mark.requirement("Q-1")
def test_the_tables_of_the_guide_are_what_the_program_reads() -> None:
    assert filled(TEXT) == TEXT, "run: python -m tests.guide_tables"


@pytest.mark.requirement("Q-1")
def test_every_table_there_is_stands_in_the_guide_once() -> None:
    assert sorted(named_in(TEXT)) == sorted(set(tables()) - {"keys revocations", "keys transfers"})


@pytest.mark.requirement("Q-1")
def test_no_key_section_fact_or_operator_is_left_without_words() -> None:
    read = keys_of_the_reader()
    assert set(FACTS) == {*FACT_SPECS, *DERIVED_SPECS}
    assert set(OPERATORS) == OPS
    assert set(SECTIONS) == set(read[""])
    assert set(KEYS) == set(read) - OWN_NAMES
    assert {place: set(words) for place, words in KEYS.items()} == {place: set(read[place]) for place in KEYS}


@pytest.mark.requirement("Q-1", "Q-3")
def test_the_worked_example_passes_without_a_fault(tmp_path: Path) -> None:
    (one,) = check_packs(EXAMPLE)
    assert one.pack is not None
    assert one.faults == ()
    assert one.pack.gaps() == ("limit_inclusive",)
    assert {remark.where.rpartition(": ")[2] for remark in one.remarks} <= {
        "questions(in_public_area)",
        "findings(personnel_mismatch).article",
    }
    # In an empty folder of one's own, which the program knows nothing of.
    for file in EXAMPLE.parent.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert load_pack(tmp_path / EXAMPLE.name, bases=policies_folder()) == one.pack


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize("fragment", FRAGMENTS, ids=range(len(FRAGMENTS)))
def test_every_fragment_reads_when_it_is_laid_over_the_example(fragment: str) -> None:
    whole = load_tree(EXAMPLE, bases=policies_folder())
    own: dict[str, Any] = tomllib.loads(fragment)
    own.pop("without", None)
    laid = laid_over(whole.rules, own)
    assert pack_faults(PackTree(rules=laid, papers=whole.papers)) == ()


@pytest.mark.requirement("Q-1")
def test_every_section_has_an_example_in_the_guide() -> None:
    shown = {section for fragment in FRAGMENTS for section in tomllib.loads(fragment)}
    shown |= set(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))) | {"papers"}
    assert set(SECTIONS) - shown == {"finding_labels", "hazard_entries", "platform_template"}


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize("key", [*sorted(LABEL_KEYS.keys() - {"closeout"}), *PARAMETER_KEYS, GROUND_LABEL])
def test_the_program_looks_up_every_name_that_it_says_it_does(key: str) -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "desktop").rglob("*.py") if file.name != "pack_keys.py"
    )
    assert key in code or key.upper() in code or key.removesuffix("_small_work") in code
