"""A version being edited: whatever is done in it is in its tree at once and nothing else; every fault has a place."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.pack_draft import NAME, VALUE, Key, PackDraft
from desktop.domain.pack_sections import BY_PATH, Section, Shape
from desktop.domain.pack_version import PackTree
from desktop.policy.loader import load_tree, pack_faults
from desktop.services.resources import policies_folder

Place = tuple[Section, Key]


@cache
def shipped() -> PackTree:
    """The rules of a place as they come with the program."""
    return load_tree(policies_folder() / "junshan" / "2026-notice.toml")


@cache
def places() -> tuple[Place, ...]:
    """Every entry of every section."""
    draft = PackDraft(shipped())
    return tuple((section, entry.key) for section in draft.sections() for entry in draft.entries(section))


def section(*path: str) -> Section:
    return BY_PATH[path]


def small(**sections: Any) -> PackDraft:
    return PackDraft(PackTree(rules=sections))


def test_a_draft_that_nobody_touched_is_the_tree_it_was_made_of() -> None:
    assert PackDraft(shipped()).tree() == shipped()


@pytest.mark.requirement("Q-1")
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(places()))
def test_every_field_put_back_as_it_was_read_leaves_the_tree_alone(place: Place) -> None:
    draft = PackDraft(shipped())
    for field in draft.fields(*place):
        assert draft.change(*place, field.key, field.value) == place[1]

    assert draft.tree() == shipped()


@pytest.mark.requirement("Q-1")
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_changed_field_reads_as_changed_and_no_other_section_is_touched(data: st.DataObject) -> None:
    where, key = data.draw(st.sampled_from(places()))
    draft = PackDraft(shipped())
    fields = [field.key for field in draft.fields(where, key) if field.key != NAME]
    name = data.draw(st.sampled_from(fields))

    draft.change(where, key, name, "改")

    assert next(field.value for field in draft.fields(where, key) if field.key == name) == "改"
    whole, before = draft.tree().whole(), shipped().whole()
    assert {each for each in (*whole, *before) if whole.get(each) != before.get(each)} == {where.path[0]}


@pytest.mark.requirement("Q-1")
@settings(max_examples=40, deadline=None)
@given(st.sampled_from(places()))
def test_an_entry_copied_and_taken_out_again_leaves_the_tree_alone(place: Place) -> None:
    where, key = place
    draft = PackDraft(shipped())
    count = len(draft.entries(where))
    added = draft.add(where, key, copied=True)
    if where.shape is Shape.RECORD:
        assert added is None
        return
    assert added is not None
    assert len(draft.entries(where)) == count + 1
    assert [f.value for f in draft.fields(where, added) if f.key != NAME] == [
        f.value for f in draft.fields(where, key) if f.key != NAME
    ]

    draft.remove(where, added)

    assert draft.tree() == shipped()


def test_a_tree_given_is_not_changed_by_what_is_typed_later_nor_is_the_one_it_was_made_of() -> None:
    made_of = deepcopy(shipped())
    draft = PackDraft(made_of)
    given_before = draft.tree()

    draft.change(section("parameters"), "limit_amount_yuan", "value", "1")
    draft.change(section("high_risk"), 0, "label", "改")

    assert made_of == shipped()
    assert given_before == shipped()


def test_an_entry_moves_as_far_as_there_is_room() -> None:
    draft = small(reminders=[{"text": "甲"}, {"text": "乙"}])

    assert draft.move(section("reminders"), 0, 1) == 1
    assert draft.move(section("reminders"), 1, 1) == 1
    assert [entry.name for entry in draft.entries(section("reminders"))] == ["乙", "甲"]


def test_an_entry_is_renamed_in_its_place_and_no_name_is_taken_twice() -> None:
    draft = small(parameters={"a": {"value": "1"}, "b": {"value": "2"}, "c": {}})
    where = section("parameters")

    assert draft.change(where, "b", NAME, "d") == "d"
    assert draft.change(where, "d", NAME, "a") == "d"
    assert draft.change(where, "d", NAME, "") == "d"

    assert list(draft.tree().rules["parameters"]) == ["a", "d", "c"]


def test_a_text_in_a_table_of_texts_is_changed_renamed_and_taken_out_there() -> None:
    draft = small(articles={"office": "二（四）", "measure": {"stop": "第一条", "order": "第二条"}})
    where = section("articles")

    assert [entry.key for entry in draft.entries(where)] == ["office", "measure.stop", "measure.order"]
    draft.change(where, "measure.stop", VALUE, "第九条")
    assert draft.change(where, "measure.order", NAME, "measure.other") == "measure.other"
    draft.remove(where, "office")

    assert draft.tree().rules["articles"] == {"measure": {"stop": "第九条", "other": "第二条"}}


def test_what_does_not_read_as_rules_is_shown_and_kept() -> None:
    odd = {"high_risk": "不是清单", "invented": {"a": 1}, "parameters": {"x": "不是表"}}
    draft = small(**odd)

    for each in draft.sections():
        for entry in draft.entries(each):
            draft.fields(each, entry.key)

    assert draft.tree().rules == odd


@pytest.mark.requirement("Q-1")
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_fault_of_a_damaged_draft_has_its_place(data: st.DataObject) -> None:
    where, key = data.draw(st.sampled_from(places()))
    draft = PackDraft(shipped())
    fields = [field.key for field in draft.fields(where, key) if field.key != NAME]
    draft.change(where, key, data.draw(st.sampled_from(fields)), ["damaged", {"so": True}])

    for fault in pack_faults(draft.tree()):
        place = draft.place_of(fault.where)
        assert place is not None, fault
        keys = {entry.key for entry in draft.entries(place.section)}
        assert place.entry is None or place.entry in keys, fault
