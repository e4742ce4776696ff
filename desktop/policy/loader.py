"""Loading policy packs: every fault at once, with file and key, or a whole pack."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.policy.pack_reader import read_pack
from desktop.policy.table import Table

PAPERS_SUFFIX = ".papers.toml"


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs of an installation, by jurisdiction and version."""

    packs: tuple[PolicyPack, ...]

    def ids(self) -> tuple[str, ...]:
        """Name the jurisdictions that have a pack."""
        return tuple(dict.fromkeys(pack.id for pack in self.packs))

    def get(self, pack_id: str, on: date) -> PolicyPack:
        """Give the version that applies on a filing day; a draft without a date applies always.

        Raises ``ClerkError("unknown_pack")`` and ``ClerkError("no_pack_in_force")``.
        """
        own = [pack for pack in self.packs if pack.id == pack_id]
        if not own:
            raise ClerkError("unknown_pack", pack=pack_id, known=self.ids())
        begun = [pack for pack in own if pack.effective_from is None or pack.effective_from <= on]
        if not begun:
            raise ClerkError("no_pack_in_force", pack=pack_id, on=on)
        return max(begun, key=lambda pack: (pack.effective_from or date.min, pack.version))

    def exact(self, pack_id: str, version: str) -> PolicyPack:
        """Give the version a filing was judged by; raises ``ClerkError("unknown_pack")``."""
        for pack in self.packs:
            if (pack.id, pack.version) == (pack_id, version):
                return pack
        raise ClerkError("unknown_pack", pack=f"{pack_id} {version}", known=self.ids())


def load_packs(folder: Path) -> Packs:
    """Load every pack below a folder; raises ``FaultyInput`` with the faults of all files."""
    faults: list[Fault] = []
    packs: list[PolicyPack] = []
    for file in sorted(folder.glob("*/*.toml")):
        if file.name.endswith(PAPERS_SUFFIX):
            continue
        try:
            packs.append(load_pack(file))
        except FaultyInput as faulty:
            faults.extend(faulty.faults)
    if faults:
        raise FaultyInput(tuple(faults))
    if not packs:
        raise FaultyInput((Fault(folder.name, "没有找到规则包"),))
    return Packs(tuple(packs))


def load_pack(file: Path) -> PolicyPack:
    """Load one pack with its papers' wording beside it; raises ``FaultyInput`` naming file and key."""
    faults: list[Fault] = []
    papers_file = file.with_name(file.stem + PAPERS_SUFFIX)
    rules = _read_toml(file, faults)
    papers = _read_toml(papers_file, faults) if papers_file.exists() else {}
    pack = None
    if not faults:
        found: list[Fault] = []
        papers_found: list[Fault] = []
        pack = read_pack(Table(rules, "", found), Table(papers, "", papers_found))
        faults += _in_file(file, found) + _in_file(papers_file, papers_found)
    if faults or pack is None:
        raise FaultyInput(tuple(faults))
    return pack


def _in_file(file: Path, faults: list[Fault]) -> list[Fault]:
    name = f"{file.parent.name}/{file.name}"
    return [Fault(f"{name}: {fault.where}", fault.what) for fault in faults]


def _read_toml(file: Path, faults: list[Fault]) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        faults += _in_file(file, [Fault("", f"读不了文件：{error.strerror}")])
    except UnicodeDecodeError:
        faults += _in_file(file, [Fault("", "不是 UTF-8 文字")])
    except ValueError as error:
        # TOMLDecodeError, and what tomllib lets through: a number of too many digits.
        faults += _in_file(file, [Fault("", f"不是 TOML：{error}")])
    except RecursionError:
        faults += _in_file(file, [Fault("", "嵌套太深")])
    return {}
