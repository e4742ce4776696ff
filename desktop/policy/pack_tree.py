"""The plain tree of a pack file: read from TOML, laid over its base, written back.

A pack may name a base (``[pack] base = "common"``), a file that holds what places have in common, and then says only
what is different.  A ``[section]`` is taken key by key; an entry of a ``[[section]]`` takes the place of what the base
says under the same code, key by key, and ``drop = true`` leaves the base's entry out; ``[without]`` names several at
once (``questions = ["immovable_relic"]``).  The base speaks in neutral words and is said in the words of the pack
([words]).  What is stored or handed on is the whole tree, so that a later base never changes what a version says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import Fault
from desktop.domain.local_rules import said_in
from desktop.domain.pack_version import PackTree
from desktop.policy.near_names import meant

MOST_BYTES: Final = 2_000_000  # of one file; the largest shipped pack has 150 kB
PAPERS_SUFFIX: Final = ".papers.toml"
_BASE_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")
_AT: Final = re.compile(r"at line (\d+), column (\d+)")
Tree = dict[str, Any]
# What tells the entries of a [[section]] apart; the entries of any other list follow each other and have no name.
_NAMED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "categories": ("kind", "code"),
    "questions": ("fact",),
    "scopes": ("kind",),
    "high_risk": ("item",),
    "guiding_departments": ("name",),
    **dict.fromkeys(
        (
            "above_limit_kinds",
            "bodies",
            "check_items",
            "check_lists",
            "findings",
            "hazard_entries",
            "materials",
            "open_lists",
            "revocations",
            "stops",
            "transfers",
        ),
        ("code",),
    ),
}
# Tables that hold tables of their own, which are laid over each other key by key as well.
_OF_TABLES: Final = frozenset({"papers", "articles"})


def read_tree(file: Path, faults: list[Fault], *, bases: Path | None = None) -> PackTree:
    """Read a pack file, its papers beside it and its base (in the folder above, or in ``bases``)."""
    rules, papers = _read_toml(file, faults), _papers_of(file, faults)
    base = rules.get("pack", {}).get("base") if isinstance(rules.get("pack"), Mapping) else None
    if base is None:
        return PackTree(rules=rules, papers=papers)
    places = [folder / f"{base}.toml" for folder in (file.parent.parent, file.parent, bases) if folder is not None]
    # A plain name: a path would read what lies elsewhere.
    is_name = isinstance(base, str) and _BASE_NAME.fullmatch(base)
    found = next((place for place in places if is_name and place.is_file() and place != file), None)
    if found is None:
        cure = '随程序提供的是 "common"；不用基础规则的，删去这一行'
        faults += in_file(file, [Fault("pack.base", f"没有名为 {base} 的基础规则，{cure}")])
        return PackTree(rules=rules, papers=papers)
    own = {**rules, "pack": {key: value for key, value in rules["pack"].items() if key != "base"}}
    words = _words_of(rules)
    below = _less(_in_words(_read_toml(found, faults), words), own.pop("without", {}), in_file_of=(file, faults))
    papers_below = _in_words(_papers_of(found, faults), words)
    return PackTree(rules=laid_over(below, own), papers=laid_over(papers_below, papers))


def is_pack_file(file: Path) -> bool:
    """Say whether a file means to be a pack; one that does not read is taken for one, so that its faults are told."""
    faults: list[Fault] = []
    return "pack" in _read_toml(file, faults) or bool(faults)


def laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> Tree:
    """Lay a pack over its base, section by section; neither is changed."""
    joined: Tree = dict(base)
    for section, value in own.items():
        below = base.get(section)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            joined[section] = _table_over(below, value, is_of_tables=section in _OF_TABLES)
        elif section in _NAMED_BY and isinstance(value, list) and isinstance(below, list):
            joined[section] = _entries_over(below, value, _NAMED_BY[section])
        else:
            joined[section] = value
    return joined


def entry_name(section: str, entry: Mapping[str, Any]) -> str:
    """Name an entry of a [[section]] as people do: its code, fact, item or kind; empty where entries have no name."""
    return "·".join(str(entry.get(key, "")) for key in _NAMED_BY.get(section, ()))


def file_name(file: Path) -> str:
    """Name a file by its folder and itself, however short its path was written."""
    return f"{file.absolute().parent.name}/{file.name}"


def in_file(file: Path, faults: list[Fault]) -> list[Fault]:
    """Put the name of the file before the place of each fault."""
    name = file_name(file)
    return [Fault(f"{name}: {fault.where}" if fault.where else name, fault.what) for fault in faults]


def _table_over(below: Mapping[str, Any], own: Mapping[str, Any], *, is_of_tables: bool) -> Tree:
    joined = dict(below)
    for key, value in own.items():
        under = below.get(key)
        is_table = is_of_tables and isinstance(value, Mapping) and isinstance(under, Mapping)
        joined[key] = {**under, **value} if is_table and under is not None else value
    return joined


def _words_of(rules: Mapping[str, Any]) -> Mapping[str, str]:
    words = rules.get("words")
    if not isinstance(words, Mapping):
        return {}
    return {word: said for word, said in words.items() if isinstance(said, str) and said}


def _in_words(value: Any, words: Mapping[str, str]) -> Any:
    """Say every text of the base in the words of the place; codes have none of the words in them."""
    if isinstance(value, str):
        return said_in(words, value)
    if isinstance(value, list):
        return [_in_words(each, words) for each in value]
    if isinstance(value, Mapping):
        return {key: _in_words(each, words) for key, each in value.items()}
    return value


def _less(below: Tree, without: Any, *, in_file_of: tuple[Path, list[Fault]]) -> Tree:
    """Leave out what the pack does not want of the base: keys of a [section], entries of a [[section]] by code."""
    file, faults = in_file_of
    left = dict(below)
    for section, codes in without.items() if isinstance(without, Mapping) else ():
        entries = below.get(section)
        named = (entry_name(section, each) for each in entries) if isinstance(entries, list) else entries or ()
        known = set(named)
        strangers = [str(code) for code in codes if code not in known] if _are_texts(codes) else [str(codes)]
        if strangers or not isinstance(entries, list | Mapping):
            near = meant(strangers[0], sorted(known or below)) if strangers else ""
            told = f"基础规则的 {section} 里没有 {'、'.join(strangers)}{near}"
            faults += in_file(file, [Fault(f"without.{section}", told)])
        elif isinstance(entries, list):
            left[section] = [entry for entry in entries if entry_name(section, entry) not in codes]
        else:
            left[section] = {key: value for key, value in entries.items() if key not in codes}
    return left


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _entries_over(below: list[Any], own: list[Any], names: tuple[str, ...]) -> list[Any]:
    """Lay entries over those of the base; a second one under the same code (findings) stands behind the first."""
    joined: list[Any] = []
    for entry in below:
        over = [other for other in own if _is_same(other, entry, names)]
        kept = [] if over and over[0].get("drop") is True else [{**entry, **over[0]}] if over else [entry]
        joined += [*kept, *over[1:]]
    return joined + [entry for entry in own if not any(_is_same(entry, other, names) for other in below)]


def _is_same(entry: Any, other: Any, names: tuple[str, ...]) -> bool:
    both = isinstance(entry, Mapping) and isinstance(other, Mapping)
    return both and all(name in entry and entry[name] == other.get(name) for name in names)


def _papers_of(file: Path, faults: list[Fault]) -> Tree:
    papers = file.with_name(file.stem + PAPERS_SUFFIX)
    return _read_toml(papers, faults) if papers.exists() else {}


def _read_toml(file: Path, faults: list[Fault]) -> Tree:
    try:
        if file.stat().st_size > MOST_BYTES:
            faults += in_file(file, [Fault("", f"文件太大，最多 {MOST_BYTES // 1_000_000} MB")])
            return {}
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        faults += in_file(file, [Fault("", f"读不了文件：{error.strerror}")])
    except UnicodeDecodeError:
        faults += in_file(file, [Fault("", "不是 UTF-8 文字，用文本编辑器另存为 UTF-8 编码")])
    except ValueError as error:
        # TOMLDecodeError, and what tomllib lets through: a number of too many digits.
        faults += in_file(file, [Fault("", f"不是 TOML：{_told(error)}")])
    except RecursionError:
        faults += in_file(file, [Fault("", "嵌套太深，把条件拆开，写进 [conditions] 再用 ref 引用")])
    return {}


def _told(error: ValueError) -> str:
    """Say where the text is no TOML and what to look at."""
    place = _AT.search(str(error))
    where = f"第 {place[1]} 行第 {place[2]} 列附近" if place else "文件末尾" if "end of document" in str(error) else ""
    return f"{where}写法不对，看引号、括号、等号、逗号和重复的键（{error}）"
