"""Verifying a ledger: its chain, its rows against the trail, its papers, numbers and attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.domain.trail import Anchor, Finding, FindingKind, Verdict
from desktop.models.attachment import Attachment
from desktop.models.attachment_store import FOLDER_NAME, AttachmentStore
from desktop.models.database import Database
from desktop.models.ledger_key import LEDGER_NAME, KeyFile, Unlock, unlocked
from desktop.models.migrating import HEAD, revision_of
from desktop.models.package import AwaitedFile
from desktop.models.read_only import reading_only
from desktop.models.record import AuditEvent
from desktop.models.restore_steps import ANCHOR_NAME
from desktop.services.anchor import noted_count
from desktop.services.audit import record_event
from desktop.services.chain import Chain
from desktop.services.chain_walk import Recorded, walk
from desktop.services.number_check import check_numbers
from desktop.services.row_check import RowCheck, check_papers, check_rows, count_papers
from desktop.services.station import Station
from desktop.services.taking_over import CHAIN_STARTED
from desktop.services.touched import FILING

ContentOf = Callable[[str], bytes]
SOUND: Final = "trail_verified"
DOUBTED: Final = "trail_doubted"


class LedgerCheckService:
    """Verifies the open ledger for an auditor; what it came to is itself on record."""

    def __init__(self, database: Database, station: Station, *, store: AttachmentStore) -> None:
        self._database = database
        self._station = station
        self._store = store

    def verify(self, progress: Progress = SILENT) -> Verdict:
        """Verify everything and record what it came to; raises ``ClerkError("not_permitted")``, ``Cancelled``."""
        self._station.actor.require(Right.AUDIT)
        with reading_only(self._database.file, key=self._database.key) as session:
            verdict = verify(session, self._station.chain, contents=self._store.get, progress=progress)
        self._record(verdict)
        return verdict

    def _record(self, verdict: Verdict) -> None:
        if verdict.is_sound:
            summary = f"核验台账：{verdict.events} 条审计记录、{verdict.subjects} 项内容无异常"
        else:
            summary = f"核验台账：发现 {len(verdict.findings) + (verdict.broken is not None)} 处异常"
        with self._database.writing(is_whole=True) as session:
            reason = verdict.broken.sentence if verdict.broken else ""
            act = SOUND if verdict.is_sound else DOUBTED
            record_event(session, self._station, act=act, summary=summary, reason=reason)


def verify_folder(
    folder: Path, *, unlock: Unlock, anchor: Anchor | None = None, progress: Progress = SILENT
) -> Verdict:
    """Verify the ledger of a data folder without changing anything in it, whoever has it open.

    Raises ``ClerkError``: folder_unusable, key_missing, key_damaged, passphrase_needed, passphrase_wrong,
    not_a_database, older_schema, newer_schema.
    """
    ledger = folder / LEDGER_NAME
    if not ledger.is_file():
        raise ClerkError("folder_unusable", path=str(folder), why="no ledger")
    secret = unlocked(KeyFile.read(folder), unlock)
    contents, chain = AttachmentStore(folder / FOLDER_NAME, key=secret.files_key).get, Chain(secret.audit_key)
    # Asked first: the note follows every commit, so that the ledger is never behind what it said before.
    known = noted_count(folder, chain)
    with reading_only(ledger, key=secret.ledger_key) as session:
        _require_schema(session)
        verdict = verify(session, chain, anchor=anchor, contents=contents, progress=progress)
    return replace(verdict, broken=verdict.broken or _behind(verdict.events, known))


def verify(
    session: Session,
    chain: Chain,
    *,
    anchor: Anchor | None = None,
    contents: ContentOf | None = None,
    progress: Progress = SILENT,
) -> Verdict:
    """Verify a ledger that a session sees whole; ``contents`` gives the bytes of an attachment by their hash."""
    walked = walk(session, chain, anchor=anchor, progress=progress)
    rows = check_rows(session, walked.recorded, doubtful=walked.doubtful, progress=progress)
    check_papers(session, rows, also=_taken_over(session, walked.recorded))
    numbers, faulty_numbers = check_numbers(session)
    faulty_bytes = tuple(_faulty_bytes(session, contents)) if contents is not None else ()
    return Verdict(
        events=walked.count,
        subjects=rows.subjects,
        papers=count_papers(session),
        numbers=numbers,
        head=Anchor(count=walked.count, mac=walked.mac),
        broken=walked.broken,
        findings=(*_by_weight(rows), *faulty_numbers, *faulty_bytes),
    )


def _behind(events: int, known: int) -> Finding | None:
    if events >= known:
        return None
    said = f"台账旁的记录（{ANCHOR_NAME}）记到第 {known} 条，现在只有 {events} 条：台账被截短，或者被换成更早的一份。"
    return Finding(kind=FindingKind.HEAD_NOT_HELD, about="审计记录", said=said)


def _by_weight(rows: RowCheck) -> tuple[Finding, ...]:
    """Give what was deleted and changed before what was added."""
    weights = {FindingKind.ROWS_DELETED: 0, FindingKind.ROWS_CHANGED: 1, FindingKind.PAPER_CHANGED: 2}
    return tuple(sorted(rows.findings, key=lambda finding: weights.get(finding.kind, 3)))


def _taken_over(session: Session, recorded: Recorded) -> list[int]:
    """Give the filings of which only the start of the chain is on record: nobody looked at their papers then.

    Once they were found sound, the hash of their rows stands for their papers as it does for all others.
    """
    of = select(func.max(AuditEvent.id))
    started = session.scalar(of.where(AuditEvent.act == CHAIN_STARTED))
    if started is None or (session.scalar(of.where(AuditEvent.act == SOUND)) or 0) > started:
        return []
    return [key for (kind, key), (_, event_id) in recorded.items() if kind == FILING and event_id == started]


def _faulty_bytes(session: Session, contents: ContentOf) -> Iterator[Finding]:
    # Another station told of these; their bytes are still to come.
    awaited = set(session.scalars(select(AwaitedFile.sha256)))
    asked = select(Attachment.id, Attachment.sha256).where(Attachment.purged_at.is_(None)).order_by(Attachment.id)
    for row in session.execute(asked):
        try:
            contents(str(row.sha256))
        except ClerkError as error:
            is_gone = error.code == "attachment_missing"
            if is_gone and row.sha256 in awaited:
                continue
            if not is_gone and error.code != "attachment_changed":
                raise
            kind = FindingKind.BYTES_MISSING if is_gone else FindingKind.BYTES_CHANGED
            said = "文件不见了。" if is_gone else "文件内容被改动或者损坏。"
            yield Finding(kind=kind, about=f"附件（内部号 {row.id}）", said=said)


def _require_schema(session: Session) -> None:
    found = revision_of(session.connection())
    if found != HEAD:
        code = "newer_schema" if (found or "") > HEAD else "older_schema"
        raise ClerkError(code, found=found or "", known=HEAD)
