"""Comparing two versions of the rules: what was added, left out or changed, article by article, in words.

It works on the plain trees, so that a draft that does not read yet can be compared as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from desktop.domain.pack_sections import BY_PATH, SECTIONS, Shape, field_label, section_label
from desktop.domain.rule_words import RuleWords
from desktop.domain.street_rules import documents_of, marked

Tree = Mapping[str, Any]


class DifferenceKind(StrEnum):
    """What happened to an entry."""

    ADDED = "新增"
    REMOVED = "删去"
    CHANGED = "修改"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedText:
    """One thing said of an entry, before and after; empty where it was not said."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One entry of the rules that differs; ``article`` is the new one, or the old one of what was left out."""

    section: str
    section_label: str
    name: str
    label: str
    article: str
    kind: DifferenceKind
    texts: tuple[ChangedText, ...]


_NAMES: Final = ("code", "fact", "item", "kind", "department", "name")


def compare(before: Tree, after: Tree) -> tuple[Difference, ...]:
    """List what differs between the rules (and papers, under ``papers``) of two versions."""
    before, after = (marked(tree, documents_of(tree)) for tree in (before, after))
    words = (RuleWords(before), RuleWords(after))
    sections = [*(section.path[0] for section in SECTIONS), *before, *after]
    found: list[Difference] = []
    for section in dict.fromkeys(sections):
        old, new = _entries(before.get(section)), _entries(after.get(section))
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                found.append(_difference(section, name, old.get(name), new.get(name), words))
        if isinstance(before.get(section), list) and isinstance(after.get(section), list):
            found += _order(section, old, new, words)
    return tuple(found)


def _order(section: str, old: Tree, new: Tree, words: tuple[RuleWords, RuleWords]) -> Iterator[Difference]:
    """Tell that entries stand in another order: which comes first may decide."""
    both = [[name for name in side if name in other] for side, other in ((old, new), (new, old))]
    places = [at for at, (one, two) in enumerate(zip(*both, strict=True)) if one != two]
    if places:
        said = [
            "、".join(_label(section, name, side[name], said) for name in names[places[0] : places[-1] + 1])
            for names, side, said in zip(both, (old, new), words, strict=True)
        ]
        yield Difference(
            section=section,
            section_label=section_label((section,)),
            name="",
            label="次序",
            article="",
            kind=DifferenceKind.CHANGED,
            texts=(ChangedText(label="次序", before=said[0], after=said[1]),),
        )


def _entries(section: Any) -> dict[str, Any]:
    """Give the entries of a section by name; those without one by their place among equals."""
    if isinstance(section, Mapping):
        return dict(section)
    entries: dict[str, Any] = {}
    for place, entry in enumerate(section or ()):
        name = _name(entry) or str(place + 1)
        while name in entries:
            name += "′"
        entries[name] = entry
    return entries


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    return "·".join(str(entry[key]) for key in _NAMES if key in entry)


def _difference(section: str, name: str, before: Any, after: Any, words: tuple[RuleWords, RuleWords]) -> Difference:
    there = after if after is not None else before
    kind = DifferenceKind.CHANGED
    if before is None:
        kind = DifferenceKind.ADDED
    elif after is None:
        kind = DifferenceKind.REMOVED
    article = there.get("article", "") if isinstance(there, Mapping) else ""
    return Difference(
        section=section,
        section_label=section_label((section,)),
        name=name,
        label=_label(section, name, there, words[after is not None]),
        article=str(article),
        kind=kind,
        texts=tuple(_texts(before, after, words)),
    )


def _label(section: str, name: str, there: Any, words: RuleWords) -> str:
    label = there.get("label") or there.get("title") or there.get("text") or "" if isinstance(there, Mapping) else ""
    return str(label) or _name_words(section, name, words)


def _name_words(section: str, name: str, words: RuleWords) -> str:
    known = BY_PATH.get((section,))
    is_record = known is not None and known.shape is Shape.RECORD
    return field_label(name) if is_record else words.name(section, name)


def _texts(before: Any, after: Any, words: tuple[RuleWords, RuleWords]) -> Iterator[ChangedText]:
    if not (isinstance(before, Mapping | None) and isinstance(after, Mapping | None)):
        yield _changed("", before, after, words)
        return
    old, new = before or {}, after or {}
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield _changed(field_label(key), old.get(key), new.get(key), words)


def _changed(label: str, before: Any, after: Any, words: tuple[RuleWords, RuleWords]) -> ChangedText:
    """Say both sides; of two lists only what stands in one of them alone."""
    if isinstance(before, list) and isinstance(after, list):
        gone = [each for each in before if each not in after]
        come = [each for each in after if each not in before]
        if not gone and not come:
            return ChangedText(label=label, before="原来的次序", after="次序不同，内容一样")
        before, after = gone, come
    return ChangedText(label=label, before=_said(before, words[0]), after=_said(after, words[1]))


def _said(value: Any, words: RuleWords) -> str:
    """Say one value as it stands in the rules: conditions in words, lists one after the other."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case str() | int() | date():
            return str(value)
        case Mapping() if words.is_condition(value):
            return words.condition(value)
        case Mapping():
            return "；".join(f"{field_label(key)}：{_said(each, words)}" for key, each in value.items())
        case Sequence():
            return "；".join(_said(each, words) for each in value)
        case _:
            return str(value)
