"""Versions of the rules made in a test: drafted from one that is there, changed, and let bind from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from desktop.domain.pack_version import PackTree, VersionHead
from desktop.services.desk import Desk


def new_act() -> str:
    return str(uuid4())


def with_section(tree: PackTree, section: str, changes: Mapping[str, Any]) -> PackTree:
    """Give a tree with some keys of a section said otherwise."""
    return PackTree(rules={**tree.rules, section: {**tree.rules[section], **changes}}, papers=tree.papers)


def with_number(tree: PackTree, name: str, value: str) -> PackTree:
    """Give a tree with another number."""
    known = tree.rules["parameters"]
    return with_section(tree, "parameters", {name: {**known[name], "value": value}})


def drafted(desk: Desk, name: str, on: date, *, tree: PackTree | None = None, **numbers: str) -> int:
    """Draft a version of the rules at work, with some numbers changed; gives its id."""
    pack = desk.office.pack()
    versions = desk.pack_versions
    row_id = versions.begin(pack.id, pack.version, act_id=new_act())
    changed = tree or versions.tree(pack.id, pack.version)
    for parameter, value in numbers.items():
        changed = with_number(changed, parameter, value)
    assert not versions.keep(row_id, changed, VersionHead(version=name, effective_from=on, note="改限额"))
    return row_id


def bound(desk: Desk, name: str, on: date, *, tree: PackTree | None = None, **numbers: str) -> int:
    """Let a version bind from a day on, before there are accounts; gives its id."""
    row_id = drafted(desk, name, on, tree=tree, **numbers)
    desk.pack_versions.submit(row_id)
    desk.pack_versions.let_bind(row_id)
    return row_id
