"""The chained trail of the reference ledger: events in bulk, linked by the program's own chain."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.invented import DAYS, FIRST_DAY, Invented
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.record import AuditEvent, AuditHead, AuditLink
from desktop.models.transfer import Transfer
from desktop.services.chain import HEAD_ID, START, Chain, stored_events
from desktop.services.desk import Desk
from desktop.services.touched import FILING, FOUND_SITE, HAZARD, PATROL, TRANSFER, every_fingerprint

_BATCH = 5_000
_CLERKS = ("林晓", "周宁", "何清", "沈知远", "秦月")


def record_filings(desk: Desk, filings: Sequence[tuple[Invented, str]]) -> None:
    """Record every filing once, with the hash of its rows."""
    with desk.database.writing(is_whole=True) as session:
        prints = dict(every_fingerprint(session, FILING))
        _write(session, (_accepted(one, number, prints[one.serial]) for one, number in filings))
        _link(session, Chain(desk.protecting.secret.audit_key))


def record_life(desk: Desk) -> None:
    """Record the patrols of each day in one event, as an import makes it, and everything else in one each."""
    with desk.database.writing(is_whole=True) as session:
        _write(session, _imports(session))
        for kind, entity, day, act, summary in _SINGLE:
            prints = dict(every_fingerprint(session, kind))
            days = dict(session.execute(select(entity.id, day)).all())
            _write(session, (_of_site(kind, key, prints[key], days[key], act, summary) for key in sorted(days)))
        _link(session, Chain(desk.protecting.secret.audit_key))


def _imports(session: Session) -> Iterator[dict[str, object]]:
    prints = dict(every_fingerprint(session, PATROL))
    by_day = session.execute(select(Patrol.visited_on, Patrol.id).order_by(Patrol.visited_on, Patrol.id))
    for on, rows in itertools.groupby(by_day, key=lambda row: row[0]):
        touched = [[PATROL, row[1], prints[row[1]]] for row in rows]
        yield _bare(on, touched, act="patrol_import", summary=f"导入巡查 {len(touched)} 次")


_SINGLE = (
    (HAZARD, Hazard, Hazard.found_on, "hazards", "记录隐患"),
    (FOUND_SITE, FoundSite, FoundSite.found_on, "found_site", "记录未登记工地"),
    (TRANSFER, Transfer, Transfer.sent_on, "transfer", "移交"),
)


def _of_site(kind: str, key: int, fingerprint: str, on: date, act: str, summary: str) -> dict[str, object]:
    return _bare(on, [[kind, key, fingerprint]], act=act, summary=summary)


def _bare(on: date, touched: list[list[object]], *, act: str, summary: str) -> dict[str, object]:
    """Give an event that belongs to no filing."""
    event = _event(on.toordinal(), "", datetime.combine(on, time(9), UTC), act=act, summary=summary)
    return {**event, "filing_id": None, "touched": touched}


def record_patrols(desk: Desk, count: int) -> None:
    """Record that many acts at filings that change none of their rows, as three years of patrols would."""
    dice = random.Random(count)
    with desk.database.writing(is_whole=True) as session:
        prints = dict(every_fingerprint(session, FILING))
        keys = [key for key in prints if isinstance(key, int)]
        _write(session, (_patrolled(at, count, dice.choice(keys), prints) for at in range(count)))
        _link(session, Chain(desk.protecting.secret.audit_key))


def _accepted(one: Invented, number: str, fingerprint: str) -> dict[str, object]:
    changes = [["number", None, number], ["status", None, one.status]]
    moment = datetime.combine(one.filed_on, time(2), UTC)
    return _event(one.serial, fingerprint, moment, act="accept", summary=f"受理登记 {number}", changes=changes)


def _patrolled(place: int, count: int, key: int, prints: Mapping[int | str, str]) -> dict[str, object]:
    moment = datetime.combine(FIRST_DAY, time(1), UTC) + timedelta(days=DAYS * place / count)
    return _event(key, prints[key], moment, act="verification", summary="核实施工地点：现场查看，与申报一致")


def _event(
    key: int, fingerprint: str, moment: datetime, *, act: str, summary: str, changes: Sequence[object] = ()
) -> dict[str, object]:
    return {
        "at": moment,
        "who": _CLERKS[key % len(_CLERKS)],
        "station": "坪安街道办事处",
        "act": act,
        "filing_id": key,
        "summary": summary,
        "reason": "",
        "paper_ids": [],
        "account_id": None,
        "changes": list(changes),
        "touched": [[FILING, key, fingerprint]],
    }


def _write(session: Session, events: Iterator[dict[str, object]]) -> None:
    while batch := list(itertools.islice(events, _BATCH)):
        session.execute(insert(AuditEvent), batch)


def _link(session: Session, chain: Chain) -> None:
    head = session.get(AuditHead, HEAD_ID)
    count, last, mac = (head.count, head.event_id, head.mac) if head is not None else (0, 0, START)
    links: list[dict[str, object]] = []
    for stored in stored_events(session):
        if stored["id"] > last:
            count, last, mac = count + 1, stored["id"], chain.mac(stored, mac)
            links.append({"event_id": last, "mac": mac})
    for start in range(0, len(links), _BATCH):
        session.execute(insert(AuditLink), links[start : start + _BATCH])
    session.merge(AuditHead(id=HEAD_ID, count=count, event_id=last, mac=mac, seal=chain.seal(count, last, mac)))
