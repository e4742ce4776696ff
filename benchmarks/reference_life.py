"""The life of the reference ledger's sites: patrols, hazards with their steps, works found, letters, ends; in bulk.

Everything is invented from fixed seeds in the proportions of a district of this kind: most works are closed, one in
ten was extended, one patrol in thirty found something, nearly every hazard is cleared.
"""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.orm import Session

from benchmarks.invented import DAYS, FILINGS, FIRST_DAY, Invented
from desktop.domain.acts import Status
from desktop.domain.bodies import TransferKind
from desktop.domain.found_site import FoundSource, FoundState
from desktop.domain.hazard import HazardLevel, HazardState, Measure, Responsible, StepKind
from desktop.domain.life_acts import CloseOutKind, CloseOutState
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult, PatrolSource
from desktop.domain.register_number import Series, format_number
from desktop.domain.transfer import TransferMove, TransferState
from desktop.models.base import Base
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.patrol import Patrol
from desktop.models.record import SequenceRow
from desktop.models.registration_life import CloseOut, Extension
from desktop.models.transfer import Transfer, TransferStep

PATROLS: Final = 469_009
CLEARED: Final = 2_690
HAZARDS: Final = CLEARED + 41
FOUND_SITES: Final = 640
TRANSFERS: Final = 210
LAST_DAY: Final = FIRST_DAY + timedelta(days=DAYS)
OFFICE_CODE: Final = "PA"
_BATCH: Final = 5_000
_VALID_DAYS: Final = 183
# A work is visited while it is under way: about as long as this many filings take to come in.
_UNDER_WAY: Final = FILINGS // 8
_CLERK: Final = "林晓"
_PATROLLERS: Final = ("罗平", "宁安", "许望", "秦月", "何清", "沈知远")
_KINDS: Final = (PatrolKind.REGULAR,) * 17 + (PatrolKind.SPECIAL, PatrolKind.STANDBY, PatrolKind.ENTRY_CHECK)
_FINDINGS: Final = ("below_safety_standard", "untrained_or_uncertified", "personnel_mismatch", "information_mismatch")
_GROUPS: Final = ("safety", "fire", "civility", "quality", "papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much a reference ledger holds; ``cleared`` of its hazards are cleared."""

    filings: int = FILINGS
    patrols: int = PATROLS
    hazards: int = HAZARDS
    cleared: int = CLEARED
    found_sites: int = FOUND_SITES
    transfers: int = TRANSFERS


FULL: Final = Scale()


@dataclass(frozen=True, slots=True)
class Ending:
    """How far the life of one registration went."""

    status: Status
    valid_until: date | None
    extended_on: date | None
    completed_on: date | None
    closed_on: date | None


def ending_of(one: Invented) -> Ending:
    """Say what became of a filing; always the same for the same filing."""
    if one.status != Status.REGISTERED.value:
        return Ending(Status(one.status), None, None, None, None)
    dice = random.Random(one.serial)
    until, extended = one.filed_on + timedelta(days=_VALID_DAYS), None
    if dice.random() < 0.1 and until <= LAST_DAY:
        extended, until = until - timedelta(days=dice.randint(0, 14)), until + timedelta(days=_VALID_DAYS)
    completed = one.filed_on + timedelta(days=dice.randint(5, 150 if extended is None else 300))
    applied = completed + timedelta(days=dice.randint(0, 4))
    # A few never come back to close what they registered.
    if dice.random() < 0.015 or completed > LAST_DAY:
        return Ending(Status.REGISTERED, until, extended, None, None)
    if applied > LAST_DAY - timedelta(days=3):
        return Ending(Status.AWAITING_CLOSEOUT, until, extended, completed, None)
    return Ending(Status.CLOSED, until, extended, completed, applied + timedelta(days=dice.randint(1, 3)))


class Numbers:
    """Gives numbers of a series without a gap, year by year, and notes the last of each."""

    def __init__(self) -> None:
        self._last: Counter[tuple[Series, int]] = Counter()

    def take(self, series: Series, on: date) -> str:
        """Give the next number of a day's year."""
        self._last[series, on.year] += 1
        serial = self._last[series, on.year]
        return format_number(office_code=OFFICE_CODE, series=series, year=on.year, serial=serial)

    def write(self, session: Session) -> None:
        """Note the last number of each series and year as the program does."""
        for (series, year), last in self._last.items():
            session.merge(SequenceRow(station=OFFICE_CODE, series=series.value, year=year, last=last))


def endings(filings: Sequence[Invented], numbers: Numbers) -> Iterator[tuple[type[Base], int, str, dict[str, Any]]]:
    """Give the extensions and close-outs of all filings in order of their days: table, filing, number, row."""
    acts: list[tuple[date, Series, Invented, Ending]] = []
    for one in filings:
        ending = ending_of(one)
        if ending.extended_on is not None:
            acts.append((ending.extended_on, Series.EXTENSION, one, ending))
        if ending.completed_on is not None:
            acts.append((ending.completed_on, Series.CLOSEOUT, one, ending))
    for on, series, one, ending in sorted(acts, key=lambda act: (act[0], act[2].serial)):
        number = numbers.take(series, on)
        make = _extension if series is Series.EXTENSION else _close_out
        yield Extension if series is Series.EXTENSION else CloseOut, one.serial, number, make(one, ending, number)


def write_rows(session: Session, entity: type[Base], rows: Iterator[Mapping[str, Any]]) -> int:
    """Write rows by the driver alone, as plain text, numbers and JSON; give how many there were."""
    columns = [column.name for column in entity.__table__.columns if column.computed is None]
    marks = ", ".join("?" * len(columns))
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"INSERT INTO {entity.__tablename__} ({names}) VALUES ({marks})"
    connection, count = session.connection(), 0
    while batch := [tuple(row.get(name) for name in columns) for row in itertools.islice(rows, _BATCH)]:
        connection.exec_driver_sql(statement, batch)
        count += len(batch)
    return count


class Sites:
    """The registered works of each moment, to be patrolled."""

    def __init__(self, filings: Sequence[Invented], scale: Scale) -> None:
        self._filings, self._scale = filings, scale
        self._under_way = max(20, len(filings) * _UNDER_WAY // FILINGS)
        self._checked: set[int] = set()

    def at(self, place: int, dice: random.Random) -> Invented:
        """Give a work that was under way when the ``place``-th patrol went out."""
        newest = max(self._under_way // 20, len(self._filings) * place // self._scale.patrols, 20)
        while True:
            one = self._filings[dice.randint(max(0, newest - self._under_way), newest - 1)]
            if one.status == Status.REGISTERED.value:
                return one

    def is_first(self, one: Invented) -> bool:
        """Say whether a high-risk work is visited for the first time."""
        if not one.high_risk or one.serial in self._checked:
            return False
        self._checked.add(one.serial)
        return True


def patrols(filings: Sequence[Invented], scale: Scale = FULL) -> Iterator[dict[str, Any]]:
    """Give every patrol in order of its day; those that a hazard rests on say so by their result."""
    dice, sites, finders = random.Random(PATROLS), Sites(filings, scale), _finders(scale)
    for serial in range(1, scale.patrols + 1):
        one, on = sites.at(serial, dice), _day(serial, scale.patrols)
        kind = PatrolKind.FIRST_CHECK if sites.is_first(one) else dice.choice(_KINDS)
        is_road = serial not in finders and kind is PatrolKind.REGULAR and serial % 40 == 0
        yield {
            "id": serial,
            "filing_id": None if is_road else one.serial,
            "found_site_id": None,
            "community": one.community,
            "act_id": f"bench-patrol-{serial}",
            "kind": (PatrolKind.SWEEP if is_road else kind).value,
            "result": (PatrolResult.FINDINGS if serial in finders else _result(dice)).value,
            "visited_on": on.isoformat(),
            "visited_time": f"{9 + serial % 8:02d}:{serial % 60:02d}",
            "patrollers": _json(dice.choice(_PATROLLERS)),
            "organisation": f"{one.community[:-2]}社区工作站",
            "level": PatrolLevel.COMMUNITY.value,
            "grid": f"{serial % 12:02d}",
            "road": one.estate if is_road else "",
            "check_list": "",
            "answers": "[]",
            "details": "{}",
            "remark": "",
            "gave_publicity": int(serial % 5 == 0),
            "source": PatrolSource.IMPORTED.value,
            "campaign": "",
            "platform_number": "",
            "recorded_at": _moment(on),
            "recorded_by": _CLERK,
        }


def hazards(
    visits: Mapping[int, tuple[int | None, str]], numbers: Numbers, scale: Scale = FULL
) -> Iterator[dict[str, Any]]:
    """Give every hazard; ``visits`` holds filing and community of the patrols that found them."""
    dice = random.Random(HAZARDS)
    still_open = set(dice.sample(range(1, scale.hazards + 1), scale.hazards - scale.cleared))
    for serial in range(1, scale.hazards + 1):
        patrol_id = _finder(serial, scale)
        filing_id, community = visits[patrol_id]
        on = _day(patrol_id, scale.patrols)
        due = on + timedelta(days=dice.choice((1, 3, 5, 7)))
        state, cleared = _state(on, dice, is_open=serial in still_open)
        yield {
            "id": serial,
            "filing_id": filing_id,
            "found_site_id": None,
            "community": community,
            "act_id": f"bench-hazard-{serial}",
            "number": numbers.take(Series.HAZARD, on),
            "patrol_id": patrol_id,
            "found_on": on.isoformat(),
            "found_at": _moment(on),
            "finding": dice.choice(_FINDINGS),
            "entry": "",
            "check_group": dice.choice(_GROUPS),
            "description": dice.choice(("临边未设防护栏杆", "动火点未配灭火器", "配电箱未上锁", "高处作业未系安全带")),
            "spot": dice.choice(("一层", "二层楼梯口", "外墙", "天面")),
            "level": (HazardLevel.MAJOR if serial % 30 == 0 else HazardLevel.GENERAL).value,
            "responsible": Responsible.CONTRACTOR.value,
            "responsible_name": "",
            "measures": json.dumps([Measure.URGE.value]),
            "state": state.value,
            "is_on_the_spot": 0,
            "due_on": due.isoformat(),
            "refused_on": on.isoformat() if state is HazardState.REFUSED else None,
            "feedback_on": cleared.isoformat() if cleared else None,
            "cleared_on": cleared.isoformat() if cleared else None,
            "supervised_level": "",
        }


def steps(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the steps of the hazards: found, told what to do, and what came of it."""
    serial = 0
    for row in rows:
        course = [(StepKind.FOUND, row["found_on"]), (StepKind.MEASURES, row["found_on"])]
        if row["cleared_on"]:
            course += [(StepKind.FEEDBACK, row["cleared_on"]), (StepKind.PASSED, row["cleared_on"])]
        elif row["refused_on"]:
            course.append((StepKind.REFUSED, row["refused_on"]))
        for kind, on in course:
            serial += 1
            yield {
                "id": serial,
                "hazard_id": row["id"],
                "act_id": f"bench-step-{serial}",
                "kind": kind.value,
                "step_on": on,
                "text": "",
                "due_on": row["due_on"] if kind is StepKind.MEASURES else None,
                "done_at": _moment(date.fromisoformat(on)),
                "done_by": _CLERK,
            }


def found_sites(filings: Sequence[Invented], numbers: Numbers, count: int = FOUND_SITES) -> Iterator[dict[str, Any]]:
    """Give the works found without registration; most came to register."""
    dice = random.Random(FOUND_SITES)
    for serial in range(1, count + 1):
        on, one = _day(serial, count), dice.choice(filings)
        is_recent = on > LAST_DAY - timedelta(days=10)
        state = FoundState.FOUND if is_recent else FoundState.DISMISSED if serial % 4 else FoundState.REPORTED
        yield {
            "id": serial,
            "act_id": f"bench-found-{serial}",
            "number": numbers.take(Series.FOUND_SITE, on),
            "community": one.community,
            "grid": "03",
            "place": f"{one.estate}{serial}号",
            "place_key": f"{one.estate}{serial}号",
            "work": "店铺装修",
            "kind": "small_work",
            "owner_name": one.owner,
            "owner_phone": "",
            "contractor_name": "",
            "found_on": on.isoformat(),
            "found_by": _CLERK,
            "source": FoundSource.PATROL.value,
            "campaign": "",
            "register_by": (on + timedelta(days=3)).isoformat(),
            "state": state.value,
            "state_on": on.isoformat(),
            "state_reason": "" if is_recent else "已核实",
            "reported_on": on.isoformat() if state is FoundState.REPORTED else None,
            "recorded_at": _moment(on),
            "recorded_by": _CLERK,
        }


def transfers(rows: Sequence[Mapping[str, Any]], numbers: Numbers, count: int = TRANSFERS) -> Iterator[dict[str, Any]]:
    """Give the letters by which some hazards were handed on; those of long ago are answered."""
    for serial, row in enumerate(rows[:: max(1, len(rows) // count)][:count], start=1):
        on = date.fromisoformat(row["found_on"])
        is_answered = on < LAST_DAY - timedelta(days=60)
        yield {
            "id": serial,
            "filing_id": row["filing_id"],
            "community": row["community"],
            "act_id": f"bench-transfer-{serial}",
            "number": numbers.take(Series.TRANSFER, on),
            "kind": TransferKind.TRANSFER.value,
            "hazard_id": row["id"],
            "to_body": "街道综合执法机构",
            "route": "work_safety",
            "article": "第三十六条(一)",
            "violation": "拒不整改",
            "facts": row["description"],
            "evidence": "[]",
            "grounds": "[]",
            "is_same_day": 0,
            "sent_on": on.isoformat(),
            "reply_by": (on + timedelta(days=20)).isoformat(),
            "state": (TransferState.REPLIED if is_answered else TransferState.SENT).value,
            "replied_on": (on + timedelta(days=12)).isoformat() if is_answered else None,
            "result": "已责令改正" if is_answered else "",
            "penalty": "",
            "is_joint": 0,
            "sent_at": _moment(on),
            "sent_by": _CLERK,
        }


def replies(sent: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the answers to letters, each noted on its day."""
    for row in sent:
        if row["replied_on"] is not None:
            yield {
                "transfer_id": row["id"],
                "act_id": f"{row['act_id']}-reply",
                "state": TransferMove.REPLIED.value,
                "step_on": row["replied_on"],
                "who": row["to_body"],
                "text": row["result"],
                "details": "{}",
                "done_at": _moment(date.fromisoformat(row["replied_on"])),
                "done_by": _CLERK,
            }


def write_life(session: Session, filings: Sequence[Invented], numbers: Numbers, scale: Scale = FULL) -> None:
    """Write patrols, hazards with steps, works found and letters."""
    visits: dict[int, tuple[int | None, str]] = {}
    finders = _finders(scale)

    def noted() -> Iterator[dict[str, Any]]:
        for row in patrols(filings, scale):
            if row["id"] in finders:
                visits[row["id"]] = (row["filing_id"], row["community"])
            yield row

    write_rows(session, Patrol, noted())
    found = list(hazards(visits, numbers, scale))
    write_rows(session, Hazard, iter(found))
    write_rows(session, HazardStep, steps(found))
    write_rows(session, FoundSite, found_sites(filings, numbers, scale.found_sites))
    sent = list(transfers(found, numbers, scale.transfers))
    write_rows(session, Transfer, iter(sent))
    write_rows(session, TransferStep, replies(sent))


def _extension(one: Invented, ending: Ending, number: str) -> dict[str, Any]:
    assert ending.extended_on is not None
    assert ending.valid_until is not None
    return {
        "act_id": f"bench-extension-{one.serial}",
        "number": number,
        "filing_id": one.serial,
        "applied_on": ending.extended_on.isoformat(),
        "timing": "in_window",
        "valid_before": (one.filed_on + timedelta(days=_VALID_DAYS)).isoformat(),
        "valid_until": ending.valid_until.isoformat(),
        "months": 6,
        "reason": "工期顺延",
        "exception_reason": "",
        "done_at": _moment(ending.extended_on),
        "done_by": _CLERK,
    }


def _close_out(one: Invented, ending: Ending, number: str) -> dict[str, Any]:
    assert ending.completed_on is not None
    state = CloseOutState.VERIFIED if ending.closed_on else CloseOutState.AWAITING_CHECK
    return {
        "act_id": f"bench-close-{one.serial}",
        "number": number,
        "filing_id": one.serial,
        "kind": CloseOutKind.COMPLETED.value,
        "completed_on": ending.completed_on.isoformat(),
        "applied_on": ending.completed_on.isoformat(),
        "apply_by": (ending.completed_on + timedelta(days=5)).isoformat(),
        "is_late": 0,
        "applicant": one.owner,
        "waste": "{}",
        "needs": "[]",
        "state": state.value,
        "checked_on": ending.closed_on.isoformat() if ending.closed_on else None,
        "checked_by": _CLERK if ending.closed_on else "",
        "check_text": "现场已完工" if ending.closed_on else "",
        "exception_reason": "",
        "done_at": _moment(ending.completed_on),
        "done_by": _CLERK,
    }


def _finder(hazard: int, scale: Scale) -> int:
    """Give the patrol that found the ``hazard``-th hazard."""
    return hazard * scale.patrols // scale.hazards


def _finders(scale: Scale) -> frozenset[int]:
    return frozenset(_finder(place, scale) for place in range(1, scale.hazards + 1))


def _state(on: date, dice: random.Random, *, is_open: bool) -> tuple[HazardState, date | None]:
    if not is_open:
        return HazardState.CLEARED, min(on + timedelta(days=dice.randint(1, 9)), LAST_DAY)
    return dice.choice((HazardState.RECTIFYING, HazardState.AWAITING_RECHECK, HazardState.REFUSED)), None


def _result(dice: random.Random) -> PatrolResult:
    return PatrolResult.IN_ORDER if dice.random() < 0.9 else PatrolResult.NOT_WORKING


def _day(place: int, of: int) -> date:
    return FIRST_DAY + timedelta(days=place * DAYS // of)


@lru_cache(maxsize=64)
def _json(name: str) -> str:
    return json.dumps([name])


@lru_cache(maxsize=4096)
def _moment(on: date) -> str:
    return f"{datetime.combine(on, time(2), UTC):%Y-%m-%d %H:%M:%S.%f}"
