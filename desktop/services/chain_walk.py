"""Walking the chain of the trail from its first event: where it breaks first, and what sound events recorded."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.progress import SILENT, Progress
from desktop.domain.trail import Anchor, Finding, FindingKind
from desktop.models.record import AuditEvent, AuditHead, AuditLink
from desktop.services.chain import HEAD_ID, START, Chain, StoredEvent, stored_events
from desktop.services.wording import act_word

_EVERY: Final = 1_000
_WHOLE: Final = "审计记录"

Recorded = dict[tuple[str, Any], tuple[str, int]]


@dataclass(slots=True)
class Walk:
    """What walking came to; ``recorded`` holds of each subject the last hash that a sound event gave, and its id."""

    count: int = 0
    mac: str = START
    broken: Finding | None = None
    recorded: Recorded = field(default_factory=dict)
    doubtful: Recorded = field(default_factory=dict)  # the same of events that cannot be relied on
    macs_at: dict[int, str] = field(default_factory=dict)  # of the places asked for


def walk(session: Session, chain: Chain, *, anchor: Anchor | None = None, progress: Progress = SILENT) -> Walk:
    """Walk the whole chain; the first broken link is named, later events are still read."""
    walked, total = Walk(), session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    head = session.get(AuditHead, HEAD_ID)
    expected_id = 1
    for stored, link in _side_by_side(session):
        finding, is_sound = _step(chain, stored, link, before=walked.mac, expected_id=expected_id, head=head)
        walked.broken = walked.broken or finding
        if stored is not None:
            expected_id = stored["id"] + 1
            _remember(walked.recorded if is_sound else walked.doubtful, stored)
        if link is not None:
            walked.count += 1
            walked.mac = link.mac
            if anchor is not None and walked.count == anchor.count:
                walked.macs_at[walked.count] = link.mac
        if expected_id % _EVERY == 0:
            progress.step(min(expected_id, total), total)
    walked.broken = walked.broken or _at_the_end(chain, walked, head, last_id=expected_id - 1)
    if walked.broken is None and anchor is not None:
        walked.broken = _not_held(walked, anchor)
    return walked


@dataclass(frozen=True, slots=True)
class _Link:
    event_id: int
    mac: str


def _side_by_side(session: Session) -> Iterator[tuple[StoredEvent | None, _Link | None]]:
    """Give events and links in the order of their ids; one without the other stands alone."""
    events = stored_events(session)
    found = session.execute(select(AuditLink.event_id, AuditLink.mac).order_by(AuditLink.event_id))
    links = (_Link(event_id, str(mac)) for event_id, mac in found.yield_per(_EVERY))
    event, link = next(events, None), next(links, None)
    while event is not None or link is not None:
        event_id = event["id"] if event is not None else None
        if link is None or (event_id is not None and event_id < link.event_id):
            yield event, None
            event = next(events, None)
        elif event_id is None or event_id > link.event_id:
            yield None, link
            link = next(links, None)
        else:
            yield event, link
            event, link = next(events, None), next(links, None)


def _step(
    chain: Chain,
    stored: StoredEvent | None,
    link: _Link | None,
    *,
    before: str,
    expected_id: int,
    head: AuditHead | None,
) -> tuple[Finding | None, bool]:
    """Give what is wrong at one place of the chain, and whether the event there can be relied on."""
    if stored is None:
        assert link is not None
        return _missing(link.event_id), False
    is_gap = stored["id"] != expected_id
    is_sound = link is not None and hmac.compare_digest(chain.mac(stored, before).encode(), _ascii(link.mac))
    if is_gap:
        return _missing(expected_id, until=stored["id"] - 1), is_sound
    if link is None:
        return _unlinked(stored, head), False
    return (None if is_sound else _changed(stored)), is_sound


def _at_the_end(chain: Chain, walked: Walk, head: AuditHead | None, *, last_id: int) -> Finding | None:
    if head is None:
        if not walked.count:
            return None
        return Finding(kind=FindingKind.HEAD_MISSING, about=_WHOLE, said="链头被删除，无法证明末尾没有被截去。")
    seal = chain.seal(head.count, head.event_id, head.mac)
    if not hmac.compare_digest(seal.encode(), _ascii(head.seal)):
        return Finding(kind=FindingKind.HEAD_CHANGED, about=_WHOLE, said="链头被改动，封印与内容不符。")
    if head.event_id > last_id or head.count > walked.count:
        cut = f"缺第 {last_id + 1} 号至第 {head.event_id} 号"
        said = f"末尾被截去：链头记有 {head.count} 条，现在只有 {walked.count} 条，{cut}。"
        return Finding(kind=FindingKind.CHAIN_CUT, about=_WHOLE, said=said, event_id=last_id or None)
    if head.count != walked.count or head.mac != walked.mac:
        held = f"链头停在第 {head.event_id} 号（{head.count} 条），现有 {walked.count} 条"
        said = f"{held}：链头被换成旧的，或者其后是另加的。"
        return Finding(kind=FindingKind.HEAD_CHANGED, about=_WHOLE, said=said, event_id=last_id)
    return None


def _not_held(walked: Walk, anchor: Anchor) -> Finding | None:
    held = walked.macs_at.get(anchor.count)
    if held == anchor.mac:
        return None
    if held is None:
        said = f"日结单记到第 {anchor.count} 条，现在只有 {walked.count} 条：台账被截短，或者是更早的备份。"
    else:
        said = f"第 {anchor.count} 条的链头与日结单上的不同：其前的记录被整段换过。"
    return Finding(kind=FindingKind.HEAD_NOT_HELD, about="日结单链头", said=said)


def _missing(event_id: int, *, until: int | None = None) -> Finding:
    which = f"第 {event_id} 号" if until in (None, event_id) else f"第 {event_id} 号至第 {until} 号"
    return Finding(
        kind=FindingKind.EVENT_MISSING, about=f"{_WHOLE}{which}", said="记录被删除，或者编号被改动。", event_id=event_id
    )


def _changed(stored: StoredEvent) -> Finding:
    said = f"内容、次序或者链环被改动；该条现为：{_about(stored)}。"
    return Finding(kind=FindingKind.EVENT_CHANGED, about=_named(stored), said=said, event_id=stored["id"])


def _unlinked(stored: StoredEvent, head: AuditHead | None) -> Finding:
    if head is not None and stored["id"] <= head.event_id:
        said = f"链环被删除；该条现为：{_about(stored)}。"
        return Finding(kind=FindingKind.EVENT_CHANGED, about=_named(stored), said=said, event_id=stored["id"])
    said = f"不是本程序所写，是另加的；该条现为：{_about(stored)}。"
    return Finding(kind=FindingKind.EVENT_INSERTED, about=_named(stored), said=said, event_id=stored["id"])


def _named(stored: StoredEvent) -> str:
    return f"{_WHOLE}第 {stored['id']} 号"


def _about(stored: StoredEvent) -> str:
    parts = (str(stored.get("at", ""))[:19], str(stored.get("who", "")), act_word(str(stored.get("act", ""))))
    return " ".join(part for part in parts if part)


def _remember(recorded: Recorded, stored: StoredEvent) -> None:
    try:
        for kind, key, fingerprint in json.loads(stored["touched"]):
            recorded[kind, key] = fingerprint, stored["id"]
    except (ValueError, TypeError, KeyError):
        # Only an edit by hand leaves this unreadable, and such an event is named as broken.
        return


def _ascii(text: object) -> bytes:
    return str(text).encode("utf-8", "surrogatepass")
