"""Packs of places whose documents say less: the shipped one with a period, a list or a number left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Deadlines, Parameter
from desktop.policy.loader import Packs

# What each place does not say, by the fields of ``Deadlines``.
LEFT_OUT: Final[Mapping[str, Mapping[str, Any]]] = {
    "validity": {
        "validity_months": None,
        "validity_article": "",
        "extension_window_days": None,
        "extension_article": "",
    },
    "extension": {"extension_window_days": None, "extension_article": ""},
    "feedback": {"feedback_working_days": None, "feedback_article": ""},
    "site-check": {"site_check_working_days": None, "site_check_article": ""},
    "close-out": {"closeout_working_days": None, "closeout_article": ""},
}


def without(pack: PolicyPack, *names: str) -> PolicyPack:
    """The pack without some periods, all of them where none is named, and without its own words for papers."""
    changes = {key: value for name in names or LEFT_OUT for key, value in LEFT_OUT[name].items()}
    kept = {key: value for key, value in pack.parameters.items() if not key.startswith("extension_")}
    has_extension = bool(names) and "extension_window_days" not in changes
    return replace(
        pack,
        deadlines=replace(pack.deadlines, **changes) if names else Deadlines(),
        parameters=pack.parameters if has_extension else kept,
        # They speak of these periods; other places have their own.
        papers={},
    )


def with_gap(pack: PolicyPack, name: str) -> PolicyPack:
    """The pack with one of its numbers not filled in."""
    known = pack.parameters[name]
    gap = Parameter(value=None, label=known.label, article=known.article, why="文件没有写")
    return replace(pack, parameters={**pack.parameters, name: gap})


def with_number(pack: PolicyPack, name: str, value: int) -> PolicyPack:
    """The pack with one of its numbers filled in."""
    filled = replace(pack.parameters[name], value=Decimal(value))
    return replace(pack, parameters={**pack.parameters, name: filled})


def ship(monkeypatch: pytest.MonkeyPatch, pack: PolicyPack) -> None:
    """Let desks open with this pack alone."""
    monkeypatch.setattr("desktop.services.desk.load_packs", lambda _folder: Packs((pack,)))
