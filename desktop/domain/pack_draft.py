"""A version of the rules being edited: its sections, their entries and fields, and where a fault lies.

It takes whatever stands in the tree, also what does not read as rules, so that nothing is lost while one types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.domain.pack_sections import BY_PATH, PAPER_DUTIES, SECTIONS, Kind, Section, Shape, field_label, kind_of
from desktop.domain.pack_version import PackTree
from desktop.domain.rule_words import RuleWords

NAME: Final = "#name"  # the name of an entry that stands under one
VALUE: Final = "#value"  # an entry that is no table of fields
_HEAD: Final = frozenset({"id", "version", "effective_from", "base"})  # said beside the rules, or not to be changed
_PAPERS: Final = "papers"
_LONGEST_NAME: Final = 40
_PLACED: Final = re.compile(r"^\[(\d+)\](?:\([^)]*\))?\.?(.*)$")
_NAMED: Final = re.compile(r"^\(([^)]*)\)\.?(.*)$")

Key = int | str  # of an entry: its place in a list, or its name; empty in a section that is one record


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a section with what it is called."""

    key: Key
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One field of an entry; ``value`` is None where it is not there."""

    key: str
    label: str
    kind: Kind
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultPlace:
    """Where a fault lies; the field is empty where it concerns the whole entry or section."""

    section: Section
    entry: Key | None
    field: str


class PackDraft:
    """Holds one tree; every change is made in it at once."""

    def __init__(self, tree: PackTree) -> None:
        self._papers_beside = {key: deepcopy(each) for key, each in tree.papers.items() if key != _PAPERS}
        self.whole: dict[str, Any] = deepcopy(tree.whole())

    def tree(self) -> PackTree:
        """Give the tree as it stands now; later changes do not reach it."""
        rules = {key: deepcopy(each) for key, each in self.whole.items() if key != _PAPERS}
        papers = deepcopy(self.whole[_PAPERS])
        return PackTree(rules=rules, papers={**self._papers_beside, **({_PAPERS: papers} if papers else {})})

    def sections(self) -> tuple[Section, ...]:
        """Give the sections in their order, the duties of each paper below the papers, unknown ones last."""
        known = [section for section in SECTIONS if len(section.path) == 1 or self._at(section.path) is not None]
        papers = self._at((_PAPERS,))
        duties = [_duties(code, paper) for code, paper in papers.items()] if isinstance(papers, Mapping) else []
        unknown = [_unknown(key, each) for key, each in self.whole.items() if (key,) not in BY_PATH]
        return (*known, *duties, *unknown)

    def entries(self, section: Section) -> tuple[Entry, ...]:
        """Give the entries of a section in their order."""
        there = self._at(section.path)
        if section.shape is Shape.RECORD:
            return (Entry(key="", name=section.label),)
        if isinstance(there, list):
            return tuple(Entry(key=at, name=_entry_name(section, each, at)) for at, each in enumerate(there))
        if not isinstance(there, Mapping):
            return ()
        if section.shape is Shape.WORDS:
            return tuple(Entry(key=name, name=_short(f"{name}　{text}")) for name, text in _flat(there))
        if section.path == ("choices",):
            words = RuleWords(self.whole)
            return tuple(Entry(key=name, name=_short(f"{words.name('choices', name)}　{name}")) for name in there)
        return tuple(Entry(key=name, name=_named_name(section, name, each)) for name, each in there.items())

    def fields(self, section: Section, key: Key) -> tuple[FieldValue, ...]:
        """Give the fields of an entry: those its section knows, and whatever else stands there."""
        there = self._entry(section, key)
        named = [FieldValue(key=NAME, label="名称", kind=Kind.TEXT, value=key)] if isinstance(key, str) and key else []
        if section.shape is Shape.WORDS:
            return (*named, FieldValue(key=VALUE, label="写法", kind=Kind.LONG, value=there))
        if section.shape is Shape.CONDITIONS:
            return (*named, FieldValue(key=VALUE, label="条件", kind=Kind.CONDITION, value=there))
        if there is not None and not isinstance(there, Mapping):
            return (*named, FieldValue(key=VALUE, label="内容", kind=Kind.PLAIN, value=there))
        values = there or {}
        parts = {other.path[-1] for other in self.sections() if other.path[: len(section.path)] == section.path}
        hidden = (
            _HEAD if section.path == ("pack",) else parts if section.shape is Shape.RECORD else frozenset({"duties"})
        )
        keys = [name for name in dict.fromkeys((*section.keys, *values)) if name not in hidden]
        return (
            *named,
            *(
                FieldValue(key=name, label=field_label(name), kind=_kind(section, name, values), value=values.get(name))
                for name in keys
            ),
        )

    def change(self, section: Section, key: Key, field: str, value: Any) -> Key:
        """Set a field, or take it away with None; gives the key of the entry, which its name may be."""
        if field == NAME:
            return self._rename(section, key, str(value or ""))
        if field == VALUE:
            self._put(section, key, {} if value is None else value)
            return key
        there = self._entry(section, key)
        fields = dict(there) if isinstance(there, Mapping) else {}
        if value is None:
            fields.pop(field, None)
        else:
            fields[field] = value
        self._put(section, key, fields)
        return key

    def add(self, section: Section, after: Key | None, *, copied: bool = False) -> Key | None:
        """Put one more entry behind another, empty or a copy; None in a section that is one record."""
        if section.shape is Shape.RECORD:
            return None
        made = deepcopy(self._entry(section, after)) if copied and after is not None else None
        if section.shape is Shape.ENTRIES:
            entries = self._listed(section)
            at = after + 1 if isinstance(after, int) else len(entries)
            entries.insert(at, made if made is not None else {})
            return at
        name = self._free_name(section, str(after or "new"))
        empty: Any = "" if section.shape is Shape.WORDS else {}
        self._put(section, name, made if made is not None else empty)
        return name

    def remove(self, section: Section, key: Key) -> None:
        """Take an entry out."""
        there = self._at(section.path)
        if isinstance(there, list) and isinstance(key, int):
            del there[key]
        elif isinstance(there, dict) and isinstance(key, str):
            holder, name = _holder(there, key, is_flat=section.shape is Shape.WORDS)
            holder.pop(name, None)

    def move(self, section: Section, key: Key, by: int) -> Key:
        """Move an entry of a list up or down, as far as there is room; gives its new key."""
        there = self._at(section.path)
        if not isinstance(there, list) or not isinstance(key, int) or not 0 <= key + by < len(there):
            return key
        there.insert(key + by, there.pop(key))
        return key + by

    def place_of(self, where: str) -> FaultPlace | None:
        """Find the section, entry and field that a fault names."""
        named = [each for each in self.sections() if _is_within(where, ".".join(each.path))]
        if not named:
            return None
        section = max(named, key=lambda each: len(each.path))
        rest = where[len(".".join(section.path)) :]
        if placed := _PLACED.match(rest):
            return FaultPlace(section=section, entry=int(placed[1]), field=_first(placed[2]))
        if named_in := _NAMED.match(rest):
            found = next((each for each in self.entries(section) if named_in[1] in each.name), None)
            return FaultPlace(section=section, entry=found.key if found else None, field=_first(named_in[2]))
        rest = rest.removeprefix(".")
        if section.shape is Shape.RECORD:
            return FaultPlace(section=section, entry="", field=_first(rest))
        names = sorted((str(each.key) for each in self.entries(section)), key=len, reverse=True)
        name = next((each for each in names if _is_within(rest, each)), None)
        field = _first(rest[len(name) :].removeprefix(".")) if name is not None else ""
        is_whole = section.shape in (Shape.WORDS, Shape.CONDITIONS)
        return FaultPlace(section=section, entry=name, field=VALUE if is_whole and name is not None else field)

    def _at(self, path: tuple[str, ...]) -> Any:
        there: Any = self.whole
        for key in path:
            there = there.get(key) if isinstance(there, Mapping) else None
        return there

    def _entry(self, section: Section, key: Key) -> Any:
        there = self._at(section.path)
        if section.shape is Shape.RECORD:
            return there
        if isinstance(there, list):
            return there[key] if isinstance(key, int) and key < len(there) else None
        if not isinstance(there, dict) or not isinstance(key, str):
            return None
        holder, name = _holder(there, key, is_flat=section.shape is Shape.WORDS)
        return holder.get(name)

    def _put(self, section: Section, key: Key, value: Any) -> None:
        if section.shape is Shape.RECORD:
            self._table(section.path[:-1])[section.path[-1]] = value
        elif isinstance(key, int):
            self._listed(section)[key] = value
        else:
            holder, name = _holder(self._table(section.path), key, is_flat=section.shape is Shape.WORDS)
            holder[name] = value

    def _table(self, path: tuple[str, ...]) -> dict[str, Any]:
        there = self.whole
        for key in path:
            if not isinstance(there.get(key), dict):
                there[key] = {}
            there = there[key]
        return there

    def _listed(self, section: Section) -> list[Any]:
        above = self._table(section.path[:-1])
        if not isinstance(above.get(section.path[-1]), list):
            above[section.path[-1]] = []
        listed: list[Any] = above[section.path[-1]]
        return listed

    def _rename(self, section: Section, key: Key, name: str) -> Key:
        """Call an entry otherwise, in its place among the others; a name that is taken or empty changes nothing."""
        if not isinstance(key, str) or not name or name == key or self._entry(section, name) is not None:
            return key
        holder, last = _holder(self._table(section.path), key, is_flat=section.shape is Shape.WORDS)
        new = name.rpartition(".")[2] if holder is not self._at(section.path) else name
        kept = [(new if each == last else each, value) for each, value in holder.items()]
        holder.clear()
        holder.update(kept)
        return name if new == name else f"{key.rpartition('.')[0]}.{new}"

    def _free_name(self, section: Section, stem: str) -> str:
        number = 2
        while self._entry(section, f"{stem}_{number}") is not None:
            number += 1
        return f"{stem}_{number}"


def _duties(code: str, paper: Any) -> Section:
    title = paper.get("title") if isinstance(paper, Mapping) else None
    label = title if isinstance(title, str) and title else code
    return replace(BY_PATH[("reminders",)], path=(_PAPERS, code, "duties"), label=f"{label}：事项", keys=PAPER_DUTIES)


def _unknown(key: str, there: Any) -> Section:
    shape = Shape.ENTRIES if isinstance(there, list) else Shape.RECORD
    return Section(path=(key,), label=key, shape=shape)


def _kind(section: Section, name: str, values: Mapping[str, Any]) -> Kind:
    """Say how a field is shown; a value of another kind than is usual is shown as it stands."""
    kind, value = kind_of(section.path, name), values.get(name)
    if isinstance(value, Mapping) and kind is not Kind.CONDITION:
        return Kind.PLAIN
    if isinstance(value, list) and not (kind is Kind.TEXTS and all(isinstance(each, str) for each in value)):
        return Kind.PLAIN
    if name not in section.keys and isinstance(value, bool):
        return Kind.FLAG
    return kind


def _entry_name(section: Section, entry: Any, at: int) -> str:
    if not isinstance(entry, Mapping):
        return f"{at + 1}　{entry}"
    said = [str(entry[key]) for key in section.named_by if entry.get(key) not in (None, "")]
    return _short("　".join(said)) if said else f"第 {at + 1} 条（还没有内容）"


def _named_name(section: Section, name: str, entry: Any) -> str:
    said = (entry.get("label") or entry.get("title")) if isinstance(entry, Mapping) else None
    return _short(f"{said}　{name}") if isinstance(said, str) and section.shape is Shape.NAMED else name


def _short(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME]}…"


def _flat(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Give texts by name, those of a table within as ``table.name``."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        inside = [(f"{name}.{key}", each) for key, each in value.items()] if isinstance(value, Mapping) else []
        found += inside if isinstance(value, Mapping) else [(name, value)]
    return found


def _holder(table: dict[str, Any], key: str, *, is_flat: bool) -> tuple[dict[str, Any], str]:
    above, _dot, name = key.partition(".")
    within = table.get(above)
    return (within, name) if is_flat and name and isinstance(within, dict) else (table, key)


def _is_within(where: str, start: str) -> bool:
    return where.startswith(start) and where[len(start) : len(start) + 1] in ("", ".", "[", "(")


def _first(rest: str) -> str:
    return re.split(r"[.\[(]", rest, maxsplit=1)[0]
