"""Trying a pack file over the ledger from the command line."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.dry_run import ChangeKind, DryRun
from desktop.policy.loader import load_pack
from desktop.services.desk import Desk
from desktop.services.resources import policies_folder


def try_rules(desk: Desk, file: Path, *, months: int, workbook: Path | None = None) -> dict[str, object]:
    """Judge the filings of the last months by a pack file and say what would change; nothing is written but the list.

    Raises ``FaultyInput`` for a pack that does not read; ``ClerkError``: not_permitted, months_unfit,
    cannot_save_file, disk_full.
    """
    tried = desk.dry_run.run(load_pack(file, bases=policies_folder()), months=months)
    plain = dry_run_to_plain(tried)
    if workbook is not None:
        desk.dry_run.write(tried, workbook)
        plain["file"] = str(workbook)
    return plain


def dry_run_to_plain(tried: DryRun) -> dict[str, object]:
    """Give counts, commonest changes and the list as plain data."""
    return {
        "pack": tried.pack_id,
        "version": tried.version,
        "filed_from": tried.first_on.isoformat(),
        "filed_to": tried.last_on.isoformat(),
        "tried": tried.judged,
        "changed": len(tried.rows),
        "not_tried": tried.unreadable,
        "by_kind": {kind.value: tried.count(kind) for kind in ChangeKind},
        "commonest": [
            {"kind": kind.value, "before": before, "after": after, "count": count}
            for (kind, before, after), count in tried.transitions.items()
        ],
        "filings": [
            {
                "number": row.number,
                "filed_on": row.filed_on.isoformat(),
                "community": row.community,
                "category": row.category,
                "version": row.version,
                "changes": [
                    {"kind": one.kind.value, "before": one.before, "after": one.after, "article": one.article}
                    for one in row.changes
                ],
            }
            for row in tried.rows
        ],
    }
