"""Reads the morning told in keys (``resources/samples/morning.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from desktop.domain.acts import Office, StationKind
from desktop.services.resources import default_pack


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedWalkIn:
    """One person at the window: fields with the keys typed there, the papers' keys, and the key of the act."""

    name: str
    says: str
    steps: tuple[tuple[str, str], ...]
    materials: str
    act: str
    reason: str = ""
    revisits: str = ""  # name of the earlier walk-in that is put right


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """The office and its visitors in their order."""

    office: Office
    walk_ins: tuple[ScriptedWalkIn, ...]


def read_morning(file: Path) -> Morning:
    """Read the script; a key that it does not know is an error."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return Morning(office=_office(raw["office"]), walk_ins=tuple(_walk_in(each) for each in raw["walk_ins"]))


def _office(raw: dict[str, Any]) -> Office:
    known = {field.name for field in fields(Office)}
    assert set(raw) <= known, set(raw) - known
    special = {
        "station_kind": StationKind(raw["station_kind"]),
        "communities": tuple(raw["communities"]),
        "pack_id": default_pack(),
    }
    return Office(**{**raw, **special})


def _walk_in(raw: dict[str, Any]) -> ScriptedWalkIn:
    return ScriptedWalkIn(**{**raw, "steps": tuple((path, keys) for path, keys in raw["steps"])})
