"""Bad conduct on record (不良档案) and measures: grounds, terms, whom a record is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Act, AllowedAct, FieldFault
from desktop.domain.checked import compact
from desktop.domain.local_rules import local
from desktop.domain.search_keys import normalise
from desktop.domain.typed_text import text_fault
from desktop.domain.walk_in import IdKind, Party

_LONGEST_TEXT: Final = 200


class Ground(StrEnum):
    """The three grounds of a bad record."""

    DISOBEDIENT = "disobedient"  # 不服从管理
    OVERDUE = "overdue"  # 逾期不整改
    INCOMPLETE = "incomplete"  # 整改不彻底


class MeasureKind(StrEnum):
    """Measures against a party."""

    WARNING_TALK = "warning_talk"  # 约谈警示
    PENALTY = "penalty"  # 行政处罚
    JOINT_DISCIPLINE = "joint_discipline"  # 信用联合惩戒


GROUND_WORDS: Final = {
    Ground.DISOBEDIENT: "不服从管理",
    Ground.OVERDUE: "逾期不整改",
    Ground.INCOMPLETE: "整改不彻底",
}
MEASURE_WORDS: Final = {
    MeasureKind.WARNING_TALK: "约谈警示",
    MeasureKind.PENALTY: "行政处罚",
    MeasureKind.JOINT_DISCIPLINE: "信用联合惩戒",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecordDraft:
    """A bad record as typed; ``until`` is its last day (included), None for one without an end."""

    firm_id: int
    ground: Ground = Ground.DISOBEDIENT
    decided_on: date | None = None
    since: date | None = None
    until: date | None = None
    document: str = ""
    decided_by: str = ""
    filing_number: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDraft:
    """A measure as typed."""

    firm_id: int
    kind: MeasureKind = MeasureKind.WARNING_TALK
    taken_on: date | None = None
    taken_by: str = ""
    document: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRecord:
    """A bad record with whom it is about, as far as matching needs it."""

    record_id: int
    firm_id: int
    name: str
    id_kind: IdKind
    id_number: str
    ground: Ground
    since: date
    until: date | None
    decided_by: str
    document: str
    lifted_on: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Say whether the record counts on a day: its first and last day do, the day it is lifted does not."""
        return in_force(day, since=self.since, until=self.until, lifted_on=self.lifted_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductWarning:
    """What the bad records in force say of a contractor; a doubt when only the name agrees."""

    records: tuple[PartyRecord, ...]
    is_certain: bool

    @property
    def text(self) -> str:
        """Say who is on record, on which ground, by whom and until when, and what the clerk has to compare."""
        listed = "；".join(_told(record) for record in self.records)
        if self.is_certain:
            return f"{local('该生产经营单位有未解除的不良档案')}：{listed}。"
        return f"名称与不良档案中的相同而证件号码未能核对（疑似）：{listed}。请核对是否同一单位（人）。"


def with_conduct(act: AllowedAct, warning: ConductWarning) -> AllowedAct:
    """Let a contractor on record be accepted only with a reason, which stays with the filing."""
    if act.act is not Act.ACCEPT or not act.allowed:
        return act
    why = f"{act.why}{warning.text}仍要受理的，须写明理由和同意受理的负责人，理由随件保存。"
    return replace(act, needs_reason=True, why=why)


def in_force(day: date, *, since: date, until: date | None, lifted_on: date | None) -> bool:
    """Say whether a term counts on a day: the first and last day do, the day of lifting does not."""
    if lifted_on is not None and lifted_on <= day:
        return False
    return since <= day and (until is None or day <= until)


def conduct_of(party: Party, records: Iterable[PartyRecord], day: date) -> ConductWarning | None:
    """Match a contractor with the bad records in force: by number for certain, by folded name as a doubt.

    Two persons whose resident ID numbers differ are two persons, whatever their name.
    """
    current = [record for record in records if record.is_in_force(day)]
    by_number = tuple(record for record in current if _is_same_number(party, record))
    if by_number:
        return ConductWarning(records=by_number, is_certain=True)
    by_name = tuple(record for record in current if _is_doubtful(party, record))
    return ConductWarning(records=by_name, is_certain=False) if by_name else None


def record_faults(draft: BadRecordDraft, today: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a typed bad record."""
    needed = (
        ("decided_on", draft.decided_on, "请填写认定日期。"),
        ("since", draft.since, "请填写起始日期。"),
        ("document", draft.document.strip(), "请填写认定文书的名称和文号。"),
        ("decided_by", draft.decided_by.strip(), "请填写作出认定的机构或者负责人。"),
    )
    return (*_missing(needed), *_days(draft, today), *_texts(draft, ("document", "decided_by", "remark")))


def measure_faults(draft: MeasureDraft, today: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a typed measure."""
    needed = (
        ("taken_on", draft.taken_on, "请填写日期。"),
        ("taken_by", draft.taken_by.strip(), "请填写作出的机构。"),
    )
    late = draft.taken_on is not None and draft.taken_on > today
    future = (_fault("taken_on", "in_future", "日期不能晚于今天。"),) if late else ()
    return (*_missing(needed), *future, *_texts(draft, ("document", "taken_by", "remark")))


def _days(draft: BadRecordDraft, today: date) -> Iterator[FieldFault]:
    if draft.decided_on is not None and draft.decided_on > today:
        yield _fault("decided_on", "in_future", "认定日期不能晚于今天。")
    if draft.since is not None and draft.until is not None and draft.until < draft.since:
        yield _fault("until", "before_start", "终止日期早于起始日期。")


def _missing(needed: Iterable[tuple[str, object, str]]) -> Iterator[FieldFault]:
    for field, value, message in needed:
        if not value:
            yield _fault(field, "missing", message)


def _texts(draft: BadRecordDraft | MeasureDraft, names: Iterable[str]) -> Iterator[FieldFault]:
    for name in names:
        why = text_fault(getattr(draft, name), longest=_LONGEST_TEXT)
        if why:
            yield _fault(name, "text", f"{why}。")


def _fault(field: str, code: str, message: str) -> FieldFault:
    return FieldFault(field=field, code=code, message=message)


def _number(text: str) -> str:
    return compact(text)


def _is_same_number(party: Party, record: PartyRecord) -> bool:
    own = _number(party.id_number)
    return bool(own) and own == _number(record.id_number)


def _is_doubtful(party: Party, record: PartyRecord) -> bool:
    name = normalise(party.name)
    if not name or name != normalise(record.name):
        return False
    are_persons = party.id_kind is IdKind.RESIDENT_ID and record.id_kind is IdKind.RESIDENT_ID
    return not (are_persons and _number(party.id_number) and _number(record.id_number))


def _told(record: PartyRecord) -> str:
    until = record.until.isoformat() if record.until else "未定"
    return (
        f"{record.name}，{GROUND_WORDS[record.ground]}，{record.since.isoformat()} 至 {until}，"
        f"{record.decided_by}认定（{record.document}）"
    )
