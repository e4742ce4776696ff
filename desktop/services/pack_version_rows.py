"""Stored versions of the rules as lines, trees and packs, and what a version must be called."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Actor
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import (
    LONGEST_NOTE,
    LONGEST_VERSION,
    PackTree,
    PackVersionLine,
    VersionHead,
    VersionState,
)
from desktop.domain.typed_text import USUAL_YEARS, clean_text, text_fault
from desktop.domain.unread_rules import UnreadVersion, why_unread
from desktop.models.pack_version import PackVersionRow
from desktop.services.seen_packs import Glance, SeenPacks

_NUMBERED: Final = re.compile(r"^(.*?)-r(\d+)$")
_FIT: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


def stored_version(
    session: Session, version_id: int, *, within: Collection[VersionState] = tuple(VersionState)
) -> PackVersionRow:
    """Give a stored version; raises ``ClerkError``: no_such_version, version_not_open when it stands elsewhere."""
    row = session.scalars(select(PackVersionRow).where(PackVersionRow.id == version_id)).first()
    if row is None:
        raise ClerkError("no_such_version", version="")
    if VersionState(row.state) not in within:
        raise ClerkError("version_not_open", version=row.version, state=VersionState(row.state).label)
    return row


def fit_head(head: VersionHead) -> VersionHead:
    """Give what is said of a version as kept; raises ``ClerkError("version_head_unfit")`` (``field``, ``why``)."""
    version, note = clean_text(head.version), head.note.strip()
    if not _FIT.fullmatch(version) or len(version) > LONGEST_VERSION:
        why = f"版本号用字母、数字、点、短横，最多 {LONGEST_VERSION} 个字，如 2026-07"
        raise ClerkError("version_head_unfit", field="version", why=why)
    if why := text_fault(note, longest=LONGEST_NOTE):
        raise ClerkError("version_head_unfit", field="note", why=f"修改说明{why}")
    if head.effective_from is not None and head.effective_from.year not in USUAL_YEARS:
        raise ClerkError("version_head_unfit", field="effective_from", why="施行日期的年份不对")
    return VersionHead(version=version, effective_from=head.effective_from, note=note)


def with_head(tree: PackTree, head: VersionHead) -> PackTree:
    """Give a tree with its version and its day written into it."""
    known = tree.rules.get("pack")
    # What is no table stays as it is and is named when the pack is read.
    if not isinstance(known, Mapping):
        return tree
    head_table: dict[str, Any] = {**known, "version": head.version}
    head_table.pop("effective_from", None)
    if head.effective_from is not None:
        head_table["effective_from"] = head.effective_from
    return PackTree(rules={**tree.rules, "pack": head_table}, papers=tree.papers)


def next_version(based_on: str, taken: Collection[str]) -> str:
    """Propose a name: 2025-draft becomes 2025-draft-r2, and so on."""
    known = _NUMBERED.match(based_on)
    stem, number = (known[1], int(known[2])) if known else (based_on, 1)
    while (proposed := f"{stem}-r{number + 1}") in taken:
        number += 1
    return proposed


def bound_pack(row: PackVersionRow, seen: SeenPacks) -> PolicyPack | UnreadVersion:
    """Give a version in force as a pack; one that this program does not read keeps its name, its day and the reason."""
    try:
        return seen.pack(row.rules, row.papers)
    except FaultyInput as faulty:
        why = why_unread(faulty.faults)
    except ValueError:
        why = "不是 TOML"
    return UnreadVersion(id=row.pack_id, version=row.version, effective_from=row.effective_from, why=why)


def is_own(row: PackVersionRow, actor: Actor) -> bool:
    """Say whether somebody wrote in a version or submitted it, and so may not decide on it.

    Before there were accounts only the name tells who it was.  The one at the desk without accounts decides alone.
    """
    hands = {(row.made_by_id, row.made_by), (row.submitted_by_id, row.submitted_by), *map(tuple, row.written_by)}
    return actor.account_id is not None and any(
        known == actor.account_id if known is not None else name == actor.name for known, name in hands
    )


def row_line(row: PackVersionRow, glance: Glance, *, applies: str, pack_id: str, actor: Actor) -> PackVersionLine:
    """Give a stored version as a line of the list, as who is at work sees it."""
    state = VersionState(row.state)
    origin = row.origin or {}
    return PackVersionLine(
        id=row.id,
        pack_id=row.pack_id,
        version=row.version,
        title=glance.title,
        standing=glance.standing,
        state=state,
        effective_from=row.effective_from,
        is_today=state is VersionState.IN_FORCE and (row.pack_id, row.version) == (pack_id, applies),
        based_on=row.based_on,
        note=row.note,
        gaps=glance.gaps,
        made_by=row.made_by,
        made_at=row.made_at,
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=row.decision,
        origin=f"{origin['name']}（{origin['code']}）" if origin else "",
        sha256=row.sha256,
        is_own=is_own(row, actor),
        is_elsewhere=row.pack_id != pack_id,
    )


def shipped_line(pack: PolicyPack, *, applies: str, today: date) -> PackVersionLine:
    """Give a version that comes with the program as a line of the list."""
    return PackVersionLine(
        id=None,
        pack_id=pack.id,
        version=pack.version,
        title=pack.title,
        standing=pack.standing_on(today),
        state=VersionState.SHIPPED,
        effective_from=pack.effective_from,
        is_today=pack.version == applies,
        gaps=len(pack.gaps()),
    )
