"""Words for backups: size, cause, what a drill showed, and the sentence of the status line."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import ClerkError
from desktop.services.backup_manifest import Cause, Drill
from desktop.services.backup_place import BackupBrief
from desktop.services.backups import BackupStanding
from desktop.views.shared.messages import describe

COLUMNS: Final = ("备份时间", "缘由", "件数", "大小", "加密", "恢复演练", "位置")
WIDTHS: Final = (10, 7, 5, 6, 5, 15)
_CAUSES: Final = {
    Cause.AUTOMATIC: "自动",
    Cause.BY_HAND: "手动",
    Cause.AT_CLOSING: "关闭时",
    Cause.BEFORE_MIGRATION: "升级前",
}
_MEGABYTE: Final = 1_000_000


def cells(brief: BackupBrief) -> tuple[str, ...]:
    """Write one backup as a row."""
    when, place = f"{brief.made_at.astimezone():%Y-%m-%d %H:%M}", str(brief.folder.parent)
    manifest = brief.manifest
    if manifest is None:
        return (when, "", "", "", "", "备份残缺，不能恢复", place)
    encrypted = "是" if manifest.is_encrypted else "否"
    return (when, _CAUSES[manifest.cause], str(brief.filings), size(brief.size), encrypted, drilled(brief.drill), place)


def size(count: int) -> str:
    """Write a size in bytes for people."""
    return f"{count / _MEGABYTE:.1f} MB" if count >= _MEGABYTE / 10 else f"{count / 1_000:.0f} KB"


def drilled(drill: Drill | None) -> str:
    """Say what the last drill of a backup showed."""
    if drill is None:
        return "没有演练"
    when = f"{drill.at.astimezone():%m-%d %H:%M}"
    return f"{when} 通过" if drill.is_passed else f"{when} 没有通过"


def standing_sentence(standing: BackupStanding) -> str:
    """Say how it stands with backups, for the status line."""
    if standing.newest is None:
        return "尚无备份"
    newest = f"备份 {standing.newest.made_at.astimezone():%m-%d %H:%M}"
    drill = standing.drilled.drill if standing.drilled is not None else None
    told = "" if drill is None else " · 演练通过" if drill.is_passed else " · 演练没有通过"
    return f"{newest}{told}"


def fault_sentence(drill: Drill) -> str:
    """Say why a backup cannot be restored."""
    return describe(ClerkError(drill.fault, file=drill.why, why=drill.why)).text
