"""Edits of plain values as somebody makes them who knows the format: types swapped, numbers huge, keys gone or new."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

NASTY: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, 10**400, 0.5, 1e308, -0.0),
    *("", " ", "\0", "\ud800", "￾", "\u202e", "0", "-1", "1e999", "nan", "true", "@0", "@1", "@2", "@-1", "@9999999"),
    *("0000-00-00", "0001-01-01", "2026-02-30", "9999-12-31", "2026-03-02T00:00:00", "9999-12-31 23:59:59.999999"),
    *("=1+1", "'; DROP TABLE filing;--", "../../evil", "<b>", "{", "[]", "{}", "null", "[" * 2_000, "长" * 70_000),
    *([], {}, [[]], {"": None}, ["x"] * 500, {"of": None, "sha256": "0" * 64}, {"of": "x", "sha256": 1}),
    *("00000000-0000-0000-0000-000000000000", "0" * 64, "registered", "PA-DJ-2026-000001", "PA-DJ-9999-999999999"),
)
_KEYS: Final = ("id", "filing_id", "act_id", "number", "sha256", "subject", "made_by_id", "of", "", "x" * 64, "行")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonEdit:
    """One edit of the node that is ``at`` of all nodes; ``deep`` goes into JSON that stands there as text."""

    how: str
    at: float
    other: float
    value: Any
    key: str
    deep: bool


def json_edits(most: int = 2) -> st.SearchStrategy[list[JsonEdit]]:
    """Give lists of edits."""
    value = st.one_of(
        st.integers(0, len(NASTY) - 1).map(lambda place: NASTY[place]),
        st.integers(),
        st.text(max_size=30),
        st.floats(),
    )
    edit = st.builds(
        JsonEdit,
        how=st.sampled_from((*["alike"] * 12, *["copy"] * 3, "replace", "remove", "add", "rename", "double", "nest")),
        at=st.floats(0, 1, exclude_max=True),
        other=st.floats(0, 1, exclude_max=True),
        value=value,
        key=st.sampled_from(_KEYS),
        deep=st.booleans(),
    )
    return st.lists(edit, min_size=1, max_size=most)


def edited_plain(plain: Any, edits: Sequence[JsonEdit]) -> Any:
    """Apply edits one after the other to a copy."""
    root = {"": copy.deepcopy(plain)}
    for edit in edits:
        places = list(_places(root))
        if not places:
            break
        holder, key = places[int(edit.at * len(places))]
        other = places[int(edit.other * len(places))]
        _apply(holder, key, edit, other)
    return root.get("")


def evil_json(plain: Any) -> bytes:
    """Write plain values as the format does, and what does not go into JSON all the same."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Give every holder and key below a node."""
    keys = node.keys() if isinstance(node, dict) else range(len(node))
    for key in keys:
        if not (isinstance(node, dict) and key == ""):
            yield node, key
        if isinstance(node[key], (dict, list)):
            yield from _places(node[key])


def _apply(holder: Any, key: Any, edit: JsonEdit, other: tuple[Any, Any]) -> None:
    value = holder[key]
    if edit.deep and isinstance(value, str) and value[:1] in ("{", "["):
        holder[key] = _inside(value, edit)
        return
    is_dict = isinstance(holder, dict)
    match edit.how:
        case "alike":
            holder[key] = _alike(value, edit)
        case "remove":
            del holder[key]
        case "add" if is_dict:
            holder[edit.key] = copy.deepcopy(edit.value)
        case "rename" if is_dict:
            holder[edit.key] = holder.pop(key)
        case "copy":
            holder[key] = copy.deepcopy(other[0][other[1]])
        case "double" if not is_dict:
            holder.insert(key, copy.deepcopy(value))
        case "nest":
            holder[key] = [value]
        case _:
            holder[key] = copy.deepcopy(edit.value)


def _alike(value: Any, edit: JsonEdit) -> Any:
    """Give a value of the same type, which a reader that looks at types alone lets through."""
    fit = [each for each in NASTY if type(each) is type(value)]
    return copy.deepcopy(fit[int(edit.other * len(fit))]) if fit else copy.deepcopy(edit.value)


def _inside(text: str, edit: JsonEdit) -> str:
    try:
        root = {"": json.loads(text)}
    except (ValueError, RecursionError):
        return text
    if not isinstance(root[""], (dict, list)):
        return text
    places = list(_places(root))
    if places:
        holder, key = places[int(edit.other * len(places))]
        holder[key] = _alike(holder[key], edit) if edit.how == "alike" else copy.deepcopy(edit.value)
    return json.dumps(root[""], ensure_ascii=False, separators=(",", ":"))
