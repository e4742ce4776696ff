"""A restricted note on a patroller: not doing the duty, or integrity.  Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.typed_text import text_fault

_LONGEST: Final = 2000
_LONGEST_NAME: Final = 100


class NoteKind(StrEnum):
    """What a note is about; each value is stored."""

    DUTY = "duty"  # 未履行巡查职责
    INTEGRITY = "integrity"  # 廉洁问题


KIND_WORDS: Final = {NoteKind.DUTY: "未履行巡查职责", NoteKind.INTEGRITY: "廉洁问题"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrollerNoteDraft:
    """A note as typed."""

    patroller: str = ""
    organisation: str = ""
    kind: NoteKind = NoteKind.DUTY
    happened_on: date | None = None
    facts: str = ""
    handling: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrollerNoteRow:
    """One note as it stands; it is never changed nor deleted."""

    id: int
    patroller: str
    organisation: str
    kind: NoteKind
    happened_on: date
    facts: str
    handling: str
    decided_by: str
    noted_on: date
    noted_at: datetime
    noted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrollerCount:
    """How many notes there are on one person, for the appraisal."""

    patroller: str
    organisation: str
    duty: int
    integrity: int
    last_on: date


def note_faults(draft: PatrollerNoteDraft, today: date) -> tuple[FieldFault, ...]:
    """Say what is wrong with a typed note, field by field."""
    return tuple(
        FieldFault(field=name, code="patroller_note", message=said) for name, said in _faults(draft, today) if said
    )


def _faults(draft: PatrollerNoteDraft, today: date) -> Iterator[tuple[str, str]]:
    yield "patroller", _text(draft.patroller, "请填写巡查人员的姓名", longest=_LONGEST_NAME)
    yield "organisation", text_fault(draft.organisation, longest=_LONGEST_NAME) if draft.organisation.strip() else ""
    if draft.happened_on is None:
        yield "happened_on", "请填写发生的日期"
    elif draft.happened_on > today:
        yield "happened_on", "日期晚于今天"
    yield "facts", _text(draft.facts, "请写明事实", longest=_LONGEST)
    yield "handling", _text(draft.handling, "请写明如何处理", longest=_LONGEST)
    yield "decided_by", _text(draft.decided_by, "请填写作出处理的单位或者负责人", longest=_LONGEST_NAME)


def _text(typed: str, needed: str, *, longest: int) -> str:
    return text_fault(typed, longest=longest) if typed.strip() else needed
