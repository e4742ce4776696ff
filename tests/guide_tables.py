"""The tables of the pack author's guide, made from the program itself, so that the guide never goes stale.

``python -m tests.guide_tables`` writes them into the guide anew; ``test_policy_guide`` compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from unittest.mock import patch

from desktop.documents.titles import TITLES
from desktop.domain.article_keys import ARTICLE_KEYS
from desktop.domain.conditions import OPS
from desktop.domain.duties import Duty
from desktop.domain.errors import Fault
from desktop.domain.facts import DERIVED_SPECS, FACT_SPECS, NOT_APPLICABLE, UNKNOWN, FactSpec
from desktop.domain.hazard_proposal import ACTION_WORDS
from desktop.domain.pack_keys import LABEL_KEYS, PARAMETER_KEYS
from desktop.domain.pack_rules import PAPER_PLACES, IntakeResult, Outcome, Standing
from desktop.domain.pack_sections import kind_of
from desktop.domain.patrol_details import POINTS as ANSWERED
from desktop.domain.platform_values import SOURCES
from desktop.policy.counter_reader import POINTS
from desktop.policy.name_remarks import STATUS_CHANGES
from desktop.policy.pack_reader import read_pack
from desktop.policy.table import Table
from tests.guide_example import EXAMPLE, GUIDE
from tests.guide_words import (
    FACTS,
    INTAKES,
    KEYS,
    OPERATORS,
    OUTCOMES,
    PLACES,
    SECTIONS,
    STANDINGS,
    STATUS,
    WHERE,
)

_BLOCK: Final = re.compile(r"<!-- table: (?P<name>[\w. -]+) -->\n.*?<!-- end -->", re.DOTALL)
# One empty entry of everything: what the reader asks for, and what it misses, are the keys and the required ones.
_EMPTY_ENTRIES: Final[tuple[str, ...]] = (
    "categories", "questions", "scopes", "stops", "above_limit_kinds", "high_risk", "departments", "materials",
    "reminders", "findings", "revocations", "transfers", "closeout_needs", "order_clauses", "check_items",
    "check_lists", "hazard_entries", "bodies", "open_lists", "counters", "guiding_departments",
)  # fmt: skip
_PROBE: Final[Mapping[str, Any]] = {
    **{section: [{}] for section in _EMPTY_ENTRIES},
    "open_lists": [{"proposals": [{}]}],
    "pack": {},
    "labels": {},
    "words": {},
    "articles": {},
    "conditions": {},
    "supervision": {},
    "deadlines": {},
    "power_question": {},
    "finding_labels": {},
    "choices": {"kind": [{}]},
    "parameters": {"x": {"words": [{}]}},
    "patrol_plan": {"high_risk": {}},
    "platform_template": {"columns": [{}]},
}
# What the reader takes only where it is there.
_WHEN_THERE: Final[Mapping[str, tuple[str, ...]]] = {
    "materials": ("optional", "expired", "unusable"),
    "parameters.NAME": ("proposal", "proposal_source"),
    "platform_template.columns": ("values",),
}
_INDEX: Final = re.compile(r"\[\d+\](\([^)]*\))?")


def tables() -> Mapping[str, str]:
    """Every table by its name in the guide."""
    named = {
        "facts": _facts(FACT_SPECS),
        "derived facts": _facts(DERIVED_SPECS),
        "operators": _two("operator", "compares", ((op, OPERATORS[op]) for op in sorted(OPS))),
        "article keys": _two("key", "behind what (Chinese)", ARTICLE_KEYS.items()),
        "duties": _two("duty", "is (neutral words)", ((each.value, each.label) for each in Duty)),
        "labels": _two("key", "names", LABEL_KEYS.items()),
        "numbers": _two("name", "the program looks it up for", PARAMETER_KEYS.items()),
        "papers": _two("code", "printed as (neutral words)", sorted((c, TITLES[c]) for c in TITLES)),
        "paper places": _two("place", "filled with", ((f"{{{name}}}", PLACES[name]) for name in sorted(PAPER_PLACES))),
        "answered papers": _two(
            "paper", "codes of its duties", ((p, ", ".join(codes)) for p, codes in ANSWERED.items())
        ),
        "outcomes": _two("outcome", "the matter", ((each.value, OUTCOMES[each.value]) for each in Outcome)),
        "intakes": _two("intake", "the clerk now", ((each.value, INTAKES[each.value]) for each in IntakeResult)),
        "standings": _two("standing", "means", ((each.value, STANDINGS[each.value]) for each in Standing)),
        "points": _two("point", "who takes the matter in", ((point, WHERE[point]) for point in POINTS)),
        "actions": _two("action", "as the patroller reads it", ACTION_WORDS.items()),
        "status changes": _two("status_change", "the registration", ((each, STATUS[each]) for each in STATUS_CHANGES)),
        "sheet sources": _two("source", "gives", ((name, source.label) for name, source in SOURCES.items())),
        "sections": _sections(),
    }
    named |= {f"keys {place}": _keys(place, keys) for place, keys in keys_of_the_reader().items() if place in KEYS}
    example = {"example": EXAMPLE, "example papers": EXAMPLE.with_name("2026-07.papers.toml")}
    return named | {name: f"```toml\n{file.read_text(encoding='utf-8')}```\n" for name, file in example.items()}


def keys_of_the_reader() -> Mapping[str, Mapping[str, bool]]:
    """What the reader asks of each table, in its order, and whether it must be there."""
    asked: dict[str, list[str]] = {}
    take: Callable[[Table, str], Any] = Table._take

    def recorded(table: Table, key: str) -> Any:
        keys = asked.setdefault(_place(table.where), [])
        if key not in keys:
            keys.append(key)
        return take(table, key)

    faults: list[Fault] = []
    papers_faults: list[Fault] = []
    with patch.object(Table, "_take", recorded):
        read_pack(
            Table(dict(_PROBE), "", faults),
            Table({"papers": {"receipt": {"duties": [{}]}}}, "", papers_faults),
        )
    wanting = {_place(fault.where) for fault in (*faults, *papers_faults)}
    for place, keys in _WHEN_THERE.items():
        asked[place] += [key for key in keys if key not in asked[place]]
    return {place: {key: f"{place}.{key}" in wanting for key in keys} for place, keys in asked.items()}


def filled(text: str) -> str:
    """The text of the guide with every table as it should be; raises ``KeyError`` for a table nobody makes."""
    made = tables()
    return _BLOCK.sub(lambda block: f"<!-- table: {block['name']} -->\n{made[block['name']]}<!-- end -->", text)


def named_in(text: str) -> tuple[str, ...]:
    """The names of the tables in the text."""
    return tuple(block["name"] for block in _BLOCK.finditer(text))


def _place(where: str) -> str:
    plain = _INDEX.sub("", where)
    for name in ("parameters.x", "patrol_plan.high_risk", "papers.receipt", "choices.kind"):
        plain = plain.replace(name, name.partition(".")[0] + ".NAME")
    return plain


def _facts(specs: Mapping[str, FactSpec]) -> str:
    absent = {UNKNOWN: "unknown", NOT_APPLICABLE: "not applicable", False: "no", True: "yes", (): "none"}
    rows = (
        (f"`{name}`", spec.type.value, absent.get(spec.when_absent, str(spec.when_absent)), _meaning(name, spec))
        for name, spec in specs.items()
    )
    return _table(("fact", "type", "when absent", "meaning"), rows)


def _meaning(name: str, spec: FactSpec) -> str:
    codes = f": {', '.join(f'`{code}`' for code in spec.choices)}" if spec.choices else ""
    return f"{FACTS[name]}{codes}"


def _keys(place: str, keys: Mapping[str, bool]) -> str:
    section = tuple(part for part in place.split(".") if part != "NAME")
    rows = (
        (f"`{key}`", _kind(section, key), "yes" if is_required else "", KEYS[place][key])
        for key, is_required in keys.items()
    )
    return _table(("key", "type", "required", "meaning"), rows)


def _kind(section: tuple[str, ...], key: str) -> str:
    return {
        "a line": "text", "lines": "text", "anything else, as TOML": "tables", "a day": "day, unquoted",
        "true or false": "flag", "a list of texts": "texts",
    }.get(kind_of(section, key).value, kind_of(section, key).value)  # fmt: skip


def _two(left: str, right: str, pairs: Iterable[tuple[str, str]]) -> str:
    return _table((left, right), ((f"`{key}`", said) for key, said in pairs))


def _sections() -> str:
    """Every section the reader knows; without any of the required ones a file is no pack."""
    faults: list[Fault] = []
    read_pack(Table({}, "", faults), Table({}, "", []))
    wanting = {fault.where.partition(".")[0] for fault in faults}
    rows = (
        (f"`{_head(section)}`", "yes" if section in wanting else "", SECTIONS[section])
        for section in keys_of_the_reader()[""]
    )
    return _table(("section", "required", "holds"), rows)


def _head(section: str) -> str:
    is_list = isinstance(_PROBE.get(section), list)
    return f"[[{section}]]" if is_list else f"[{section}]"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(_lines(heads, rows))


def _lines(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n"


if __name__ == "__main__":
    GUIDE.write_text(filled(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
