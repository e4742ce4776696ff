"""What is written into a round of evaluation: lines, projects seen on site, who is visited; each checked first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError, Fault
from desktop.domain.evaluation import EvaluationLine, EvaluationRound, Stage
from desktop.domain.evaluation_course import WHOLE, ProjectDraft, RoundDraft
from desktop.domain.evaluation_items import marks_fault
from desktop.domain.local_rules import local
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.evaluation import EvaluationLineRow, EvaluationRoundRow
from desktop.models.filing import Filing
from desktop.queries.evaluations import line_of
from desktop.services.audit import FieldChange, changed_fields
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station

LONGEST_NAME: Final = 60
LONGEST_TEXT: Final = 2000
MOST_ORGANISATIONS: Final = 60
MOST_FINDINGS: Final = 40
_TEXTS: Final = ("text", "evidence", "problem", "measure")
_TEXT_WORDS: Final = {"text": "情况", "evidence": "佐证", "problem": "问题", "measure": "改进措施"}


def stored_round(session: Session, round_id: int, *, is_open: bool = False) -> EvaluationRoundRow:
    """Give a round; raises ``ClerkError``: no_such_round, and round_closed where it has to be open."""
    found = session.scalars(select(EvaluationRoundRow).where(EvaluationRoundRow.id == round_id)).first()
    if found is None:
        raise ClerkError("no_such_round", round_id=round_id)
    if is_open and found.closed_at is not None:
        raise ClerkError("round_closed", number=found.number)
    return found


def fit_round(draft: RoundDraft) -> RoundDraft:
    """Give a draft as kept; raises ``ClerkError("evaluation_unfit")`` (``fields``, ``why``)."""
    name = clean_text(draft.name)
    names = tuple(dict.fromkeys(clean for one in draft.organisations if (clean := clean_text(one))))
    if not name or text_fault(draft.name.strip(), longest=LONGEST_NAME):
        raise unfit("name", f"请填写名称，最多 {LONGEST_NAME} 个字。")
    if not 1 <= len(names) <= MOST_ORGANISATIONS:
        raise unfit("organisations", f"请列出参加评价的单位，每行一个，1 至 {MOST_ORGANISATIONS} 个。")
    faulty = next((one for one in names if text_fault(one, longest=LONGEST_NAME)), "")
    if faulty:
        raise unfit("organisations", f"单位名称“{faulty[:20]}”过长或者有不能用的字符。")
    if draft.self_due_on is not None and draft.self_due_on < draft.period.first_on:
        raise unfit("self_due_on", "自评报告的期限早于评价期间。")
    return replace(draft, name=name, organisations=names)


def line_faults(asked: EvaluationRound, line: EvaluationLine, today: date) -> Iterator[Fault]:
    """Say what is wrong with a line; ``where`` is the field."""
    item = asked.item(line.item)
    if line.organisation not in asked.organisations:
        yield Fault("organisation", f"“{line.organisation}”不在这一轮评价的单位中")
    elif line.stage is Stage.FIELD and line.organisation not in asked.visited:
        yield Fault("organisation", f"“{line.organisation}”没有列入实地评价")
    if line.item != WHOLE and (item is None or item not in asked.items_at(line.stage)):
        yield Fault("item", f"{line.stage.label}没有序号为“{line.item}”的评价内容")
    if line.score is not None:
        if item is None:
            yield Fault("score", "总体情况不打分")
        elif why := marks_fault(line.score, most=item.full_marks):
            yield Fault("score", why)
    for name in _TEXTS:
        if why := text_fault(getattr(line, name).strip(), longest=LONGEST_TEXT):
            yield Fault(name, f"{_TEXT_WORDS[name]}{why}")
    if line.measure.strip() and not line.problem.strip():
        yield Fault("problem", "写了改进措施，请写明是什么问题")
    if line.due_on is not None and not line.measure.strip():
        yield Fault("measure", "定了完成时限，请写明改进措施")
    if line.done_on is not None and line.done_on > today:
        yield Fault("done_on", "日期晚于今天")


def write_line(session: Session, station: Station, line: EvaluationLine) -> tuple[FieldChange, ...]:
    """Keep a line in place of what stood there; gives what it changes, named by organisation, item and stage."""
    line = _clean(line)
    key = (line.round_id, line.organisation, line.item, line.stage.value)
    stored = session.get(EvaluationLineRow, key)
    empty = EvaluationLine(
        round_id=line.round_id, organisation=line.organisation, item=line.item, stage=line.stage, score=None
    )
    before = empty if stored is None else line_of(stored)
    if before == line:
        return ()
    if stored is None:
        stored = EvaluationLineRow(round_id=key[0], organisation=key[1], item=key[2], stage=key[3])
        session.add(stored)
    stored.score = None if line.score is None else str(line.score)
    for name in (*_TEXTS, "due_on", "done_on"):
        setattr(stored, name, getattr(line, name))
    stored.noted_at, stored.noted_by = station.now(), name_at_work(station)
    path = f"{line.organisation}.{line.item}.{line.stage.value}"
    changed = changed_fields(_plain(before), _plain(line))
    return tuple((f"{path}.{name}", old, new) for name, old, new in changed)


def fit_project(asked: EvaluationRound, draft: ProjectDraft, today: date) -> ProjectDraft:
    """Give a project as kept; raises ``ClerkError("evaluation_unfit")`` (``fields``, ``why``)."""
    if draft.organisation not in asked.visited:
        raise unfit("organisation", f"“{draft.organisation}”没有列入实地评价。")
    if not draft.project.strip() and not draft.filing_number.strip():
        raise unfit("project", local("请填写项目名称，或者登记编号。"))
    if draft.seen_on > today:
        raise unfit("seen_on", "检查日期晚于今天。")
    if len(draft.findings) > MOST_FINDINGS:
        raise unfit("findings", f"一个项目最多记 {MOST_FINDINGS} 条问题。")
    texts = (("project", draft.project, LONGEST_NAME * 2), ("result", draft.result, LONGEST_TEXT))
    said = (("findings", text, LONGEST_TEXT) for _code, text in draft.findings)
    for name, text, longest in (*texts, *said):
        if why := text_fault(text.strip(), longest=longest):
            raise unfit(name, f"{why}。")
    if any(not code and not text.strip() for code, text in draft.findings):
        raise unfit("findings", "有一条问题没有写。")
    findings = tuple((code, clean_text(text)) for code, text in draft.findings)
    return replace(draft, project=clean_text(draft.project), result=clean_text(draft.result), findings=findings)


def filing_numbered(session: Session, number: str) -> Filing | None:
    """Give the filing of a number, None for an empty one; raises ``ClerkError("no_such_number")``."""
    wanted = clean_text(number)
    if not wanted:
        return None
    found = session.scalars(select(Filing).where(Filing.number == wanted)).first()
    if found is None:
        raise ClerkError("no_such_number", number=wanted)
    return found


def require_codes(codes: Iterable[str], known: Sequence[str]) -> None:
    """Raise ``ClerkError("evaluation_unfit")`` for an entry that the dictionary of hazards does not hold."""
    if unknown := [code for code in codes if code and code not in known]:
        raise unfit("findings", f"隐患条目中没有“{unknown[0]}”。")


def unfit(field: str, why: str) -> ClerkError:
    """Make the trouble of one field."""
    return ClerkError("evaluation_unfit", fields=(field,), why=why)


def _clean(line: EvaluationLine) -> EvaluationLine:
    return replace(
        line,
        text=clean_text(line.text),
        evidence=clean_text(line.evidence),
        problem=clean_text(line.problem),
        measure=clean_text(line.measure),
    )


def _plain(line: EvaluationLine) -> dict[str, object]:
    kept = {name: value for name, value in asdict(line).items() if name in (*_TEXTS, "score", "due_on", "done_on")}
    return {name: value if value is None else str(value) for name, value in kept.items()}
