"""Comparing every subject's rows with what the trail last recorded of them, and issued papers with their hash."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from desktop.domain.progress import SILENT, Progress
from desktop.domain.trail import Finding, FindingKind
from desktop.models.account import Account
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.services.chain_walk import Recorded
from desktop.services.press import content_sha256
from desktop.services.touched import ACCOUNT, FILING, ROWS_OF, Key, every_fingerprint
from desktop.services.wording import SUBJECT_WORDS

_EVERY: Final = 200
_BATCH: Final = 200


@dataclass(slots=True)
class RowCheck:
    """What comparing came to; ``suspects`` are filings whose papers deserve a second look."""

    subjects: int = 0
    papers: int = 0
    findings: list[Finding] = field(default_factory=list)
    suspects: list[int] = field(default_factory=list)


def check_rows(
    session: Session, recorded: Recorded, *, doubtful: Recorded | None = None, progress: Progress = SILENT
) -> RowCheck:
    """Compare every subject of every kind; what no event records and what is gone is named too.

    ``doubtful`` is what events say that cannot be relied on: it explains nothing, but it is said.
    """
    check, total = RowCheck(), len(recorded)
    for kind in ROWS_OF:
        numbers = _names(session, kind)
        wanted = {key: last for (of_kind, key), last in recorded.items() if of_kind == kind}
        for key, fingerprint in every_fingerprint(session, kind):
            check.subjects += 1
            last = wanted.pop(key, None)
            if last is None or last[0] != fingerprint:
                check.findings.append(_differs(kind, key, numbers, last, (doubtful or {}).get((kind, key))))
                if kind == FILING and isinstance(key, int):
                    check.suspects.append(key)
            if check.subjects % _EVERY == 0:
                progress.step(min(check.subjects, total), max(check.subjects, total))
        check.findings.extend(
            _gone(kind, key, event_id) for key, (fingerprint, event_id) in wanted.items() if fingerprint
        )
    return check


def check_papers(session: Session, check: RowCheck, also: list[int]) -> None:
    """Compare the words of issued papers with the hash they were issued under: of suspects and of some others.

    The papers of any other filing are in the hash of its rows, which was taken when they were issued.
    """
    filings = sorted({*check.suspects, *also})
    for start in range(0, len(filings), _BATCH):
        for finding in _faulty_papers(session, filings[start : start + _BATCH], check):
            check.findings.append(finding)


def _faulty_papers(session: Session, filings: list[int], check: RowCheck) -> Iterator[Finding]:
    document = IssuedDocument
    asked = select(
        document.number, document.title, document.content_sha256, type_coerce(document.paper, String).label("paper")
    ).where(document.filing_id.in_(filings))
    for row in session.execute(asked.order_by(document.id)):
        check.papers += 1
        if _content_of(row.paper) != row.content_sha256:
            about = f"文书《{row.title}》（{row.number}）"
            yield Finding(kind=FindingKind.PAPER_CHANGED, about=about, said="内容与签发时的校验值不一致，被改动。")


def _content_of(stored: Any) -> str:
    try:
        return content_sha256(json.loads(stored))
    except (ValueError, TypeError):
        return ""  # no longer even the form of a paper


def _differs(
    kind: str, key: Key, names: Mapping[Any, str], last: tuple[str, int] | None, unsound: tuple[str, int] | None
) -> Finding:
    about = _about(kind, key, names)
    if unsound is not None and (last is None or unsound[1] > last[1]):
        said = f"最后记录它的第 {unsound[1]} 号审计记录已不可信，现在的内容无从核对。"
        return Finding(kind=FindingKind.ROWS_CHANGED, about=about, said=said, event_id=unsound[1])
    if last is None:
        return Finding(kind=FindingKind.ROWS_INSERTED, about=about, said="没有任何审计记录，是绕过本程序另加的。")
    fingerprint, event_id = last
    if not fingerprint:
        said = f"第 {event_id} 号记录说它已不存在，现在又有了：是绕过本程序另加的。"
        return Finding(kind=FindingKind.ROWS_INSERTED, about=about, said=said, event_id=event_id)
    said = f"现在的内容与第 {event_id} 号记录留下的不一致：其后被绕过本程序改动。"
    return Finding(kind=FindingKind.ROWS_CHANGED, about=about, said=said, event_id=event_id)


def _gone(kind: str, key: Any, event_id: int) -> Finding:
    said = f"第 {event_id} 号记录留下的内容现在一行也没有了：被绕过本程序删除。"
    return Finding(kind=FindingKind.ROWS_DELETED, about=_about(kind, key, {}), said=said, event_id=event_id)


def _about(kind: str, key: Any, names: Mapping[Any, str]) -> str:
    name = names.get(key)
    return f"{SUBJECT_WORDS.get(kind, kind)} {name}" if name else f"{SUBJECT_WORDS.get(kind, kind)}（内部号 {key}）"


def _names(session: Session, kind: str) -> dict[Any, str]:
    """Give what people call a subject: the number of a filing, the user name of an account."""
    if kind == FILING:
        return {row.id: str(row.number) for row in session.execute(select(Filing.id, Filing.number))}
    if kind == ACCOUNT:
        return {row.id: str(row.user_name) for row in session.execute(select(Account.id, Account.user_name))}
    return {}


def count_papers(session: Session) -> int:
    """Count the issued papers."""
    return session.scalar(select(func.count()).select_from(IssuedDocument)) or 0
