"""Two versions compared: a tree with itself is alike, and no change made to one goes untold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy, deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.pack_comparison import Difference, DifferenceKind, compare
from desktop.policy.loader import load_tree
from desktop.services.resources import policies_folder

Path = tuple[str | int, ...]


@cache
def shipped() -> dict[str, Any]:
    """The rules of a place as they come with the program."""
    return load_tree(policies_folder() / "junshan" / "2026-notice.toml").whole()


@cache
def leaves() -> tuple[Path, ...]:
    """Where every single thing said stands."""
    return tuple(_leaves(shipped(), ()))


def _leaves(tree: Any, path: Path) -> Iterator[Path]:
    inside = tree.items() if isinstance(tree, Mapping) else enumerate(tree) if isinstance(tree, list) else ()
    if not inside and path:
        yield path
    for key, each in inside:
        yield from _leaves(each, (*path, key))


def there(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}改"
        case _:
            return "改"


def changed(path: Path, value: Any = None, *, is_gone: bool = False) -> dict[str, Any]:
    """The shipped tree with one thing said otherwise or not at all; the rest is shared."""
    made = dict(shipped())
    inside: Any = made
    for key in path[:-1]:
        inside[key] = copy(inside[key])
        inside = inside[key]
    if is_gone:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return made


def told(after: dict[str, Any]) -> tuple[Difference, ...]:
    return compare(shipped(), after)


def test_a_tree_compared_with_itself_is_alike() -> None:
    assert told(deepcopy(shipped())) == ()


@pytest.mark.requirement("Q-1")
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_is_said_otherwise_is_told_in_its_section(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(leaves()))
    found = told(changed(path, other(there(shipped(), path))))

    assert found, path
    assert {each.section for each in found} == {path[0]}
    assert all(each.texts for each in found)


@pytest.mark.requirement("Q-1")
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_is_left_out_is_told_and_the_other_way_round_it_is_new(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(leaves()))
    after = changed(path, is_gone=True)

    found, back = told(after), compare(after, shipped())

    assert {each.section for each in found} == {each.section for each in back} == {path[0]}
    turned = {DifferenceKind.ADDED: DifferenceKind.REMOVED, DifferenceKind.REMOVED: DifferenceKind.ADDED}
    assert sorted((each.name, turned.get(each.kind, each.kind)) for each in found) == sorted(
        (each.name, each.kind) for each in back
    )


@pytest.mark.requirement("Q-1")
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_an_entry_put_in_or_taken_out_is_told(data: st.DataObject) -> None:
    lists = [key for key, each in shipped().items() if isinstance(each, list) and len(each) > 1]
    section = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(shipped()[section]) - 1))
    entries = shipped()[section]

    out = told({**shipped(), section: [*entries[:at], *entries[at + 1 :]]})
    twice = told({**shipped(), section: [*entries[: at + 1], *entries[at:]]})

    assert out, "taken out"
    assert twice, "put in once more"
    assert {each.section for each in (*out, *twice)} == {section}


@pytest.mark.requirement("Q-1")
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_another_order_is_told(data: st.DataObject) -> None:
    lists = [key for key, each in shipped().items() if isinstance(each, list) and len(each) > 1]
    section = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(shipped()[section]) - 2))
    entries = shipped()[section]

    found = told({**shipped(), section: [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]})

    assert {each.section for each in found} == {section}
    assert all(text.before != text.after for each in found for text in each.texts)


@pytest.mark.requirement("Q-1")
def test_a_limit_said_otherwise_is_told_by_its_name_with_both_values_and_the_article() -> None:
    after = deepcopy(shipped())
    after["parameters"]["limit_amount_yuan"]["value"] = "600000"

    (found,) = told(after)

    assert (found.section_label, found.kind, found.name) == ("数值", DifferenceKind.CHANGED, "limit_amount_yuan")
    assert [(each.before, each.after) for each in found.texts] == [("", "600000")]
    assert found.article


@pytest.mark.requirement("Q-1")
def test_a_section_that_this_program_does_not_know_is_compared_as_well() -> None:
    after = {**shipped(), "invented": {"one": "a"}}

    (found,) = told(after)

    assert (found.section, found.kind) == ("invented", DifferenceKind.ADDED)
