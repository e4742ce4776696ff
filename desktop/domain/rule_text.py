"""A condition, or any other value of a pack, as the text one edits: TOML, read back leniently over several lines."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

_INDENT: Final = "    "
_BREAKS: Final = re.compile(r"\r\n|\r|\n")
_UNFIT: Final = re.compile("[\x7f\x85\u2028\u2029]")
_BROAD: Final = 60  # characters a list may have on one line


def value_text(value: Any, depth: int = 0) -> str:
    """Write a value as TOML, each part of a longer list on a line of its own."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case date():
            return value.isoformat()
        case Mapping():
            inside = ", ".join(f"{_key(key)} = {value_text(each, depth)}" for key, each in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list():
            return _list_text(value, depth)
        case _:
            return str(value)


def read_value(text: str) -> Any:
    """Read a value from its text, which may run over several lines; raises ``ValueError`` saying why in Chinese."""
    # TOML lets no table run over lines; here one may break anywhere between two words.
    joined = " ".join(line.strip() for line in _BREAKS.split(text))
    try:
        read = tomllib.loads(f"value = {joined}")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"还不是完整的写法：{_where(str(error))}") from error
    if set(read) != {"value"}:
        raise ValueError("只能写一个值")
    return read["value"]


def _list_text(values: list[Any], depth: int) -> str:
    on_one_line = f"[{', '.join(value_text(each, depth) for each in values)}]"
    if "\n" not in on_one_line and (
        len(on_one_line) <= _BROAD or not any(isinstance(each, Mapping) for each in values)
    ):
        return on_one_line
    inner = _INDENT * (depth + 1)
    lines = "".join(f"{inner}{value_text(each, depth + 1)},\n" for each in values)
    return f"[\n{lines}{_INDENT * depth}]"


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else _quoted(key)


def _quoted(text: str) -> str:
    """Quote a text; what TOML forbids, or an editor of lines takes for the end of one, stands by its number."""
    return _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _where(said: str) -> str:
    """Say where reading stopped, counted in the text as typed."""
    place = said.rpartition("column ")[2].rstrip(")")
    if said.endswith("(at end of document)") or not place.isdigit():
        return "后面还缺内容，例如引号、括号没有成对"
    return f"第 {max(int(place) - len('value = '), 1)} 个字附近不对"
