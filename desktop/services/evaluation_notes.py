"""What is noted in a round of evaluation: lines, reports handed in, measures followed up, projects seen on site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.evaluation import EvaluationLine, EvaluationRound, Stage
from desktop.domain.evaluation_course import WHOLE, ProjectDraft, ProposedProject, drawn_of
from desktop.models.database import Database
from desktop.models.evaluation import EvaluationRoundRow, SampledProjectRow
from desktop.models.station_key import KnownStation
from desktop.queries.evaluations import lines_of, registered_in, round_of
from desktop.services.audit import FieldChange, record_event
from desktop.services.evaluation_figures import own_names
from desktop.services.evaluation_writing import (
    filing_numbered,
    fit_project,
    line_faults,
    require_codes,
    stored_round,
    unfit,
    write_line,
)
from desktop.services.once import row_of_act
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import EVALUATION

_MOST_PROPOSED: Final = 30
_ON_SITE: Final = (Right.DECIDE_EXCEPTIONS, Right.PATROL_FEEDBACK)


class EvaluationNotes:
    """Writes what is said and seen in the rounds."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def note(self, line: EvaluationLine) -> None:
        """Keep what is said of one organisation under one item; raises as ``note_all``."""
        self.note_all(line.round_id, [line])

    def note_all(self, round_id: int, lines: Sequence[EvaluationLine], *, act: str = "evaluation_line") -> int:
        """Keep lines together or none of them; gives how many were changed.

        Raises ``ClerkError``: not_permitted, no_such_round, round_closed, database_locked; ``FaultyInput`` with every
        fault, ``where`` being the place of the line and the field: ``0.score``.
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        with self._database.writing() as session:
            row = stored_round(session, round_id, is_open=True)
            self._require_fit(round_of(row), lines)
            changes = [write_line(session, self._station, line) for line in lines]
            count = sum(bool(each) for each in changes)
            if count:
                about = lines[0].organisation if len(lines) == 1 else f"{count} 项"
                summary = f"{'导入专项评价表' if act == 'evaluation_in' else '记专项评价'} {row.number}：{about}"
                record_round(session, self._station, row, act, summary, [one for each in changes for one in each])
        return count

    def hand_in(
        self, round_id: int, organisation: str, on: date | None, *, stage: Stage = Stage.SELF, said: str
    ) -> None:
        """Note the day on which the self-evaluation came, or on which one was on site, and what it says as a whole.

        ``said`` takes the place of what was said before.  Raises as ``note_all``.
        """
        line = EvaluationLine(
            round_id=round_id, organisation=organisation, item=WHOLE, stage=stage, score=None, text=said, done_on=on
        )
        self.note(line)

    def follow_up(self, line: EvaluationLine, done_on: date | None) -> None:
        """Note that what was promised is done, or not after all; also in a closed round.

        Raises ``ClerkError``: not_permitted, no_such_round, evaluation_unfit (no measure, or a day yet to come).
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        if done_on is not None and done_on > self._station.today():
            raise unfit("done_on", "完成日期晚于今天。")
        with self._database.writing() as session:
            row = stored_round(session, line.round_id)
            held = {(one.organisation, one.item, one.stage): one for one in lines_of(session, row.id)}
            before = held.get((line.organisation, line.item, line.stage))
            if before is None or not before.measure:
                raise unfit("measure", "这一项没有改进措施。")
            changes = write_line(session, self._station, replace(before, done_on=done_on))
            if changes:
                summary = f"改进措施 {row.number}：{line.organisation}"
                record_round(session, self._station, row, "evaluation_follow_up", summary, changes)

    def proposed_projects(self, round_id: int, organisation: str, count: int) -> tuple[ProposedProject, ...]:
        """Draw registrations of an organisation to look at on site (现场抽取项目), of those that are seen.

        The seed of the round and the numbers give the same again; without a seed the number of the round stands for it.
        Empty for who is not in this ledger.  Raises ``ClerkError("no_such_round")``.
        """
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            asked = round_of(stored_round(session, round_id))
            found = {one.number: one for one in self._registered(session, asked, organisation)}
        drawn = drawn_of(tuple(found), seed=asked.seed or asked.number, count=max(0, min(count, _MOST_PROPOSED)))
        return tuple(found[number] for number in drawn)

    def keep_project(self, draft: ProjectDraft, *, project_id: int | None = None) -> int:
        """Keep a project seen on site, or put one right; gives its id.  The same ``act_id`` twice writes once.

        Raises ``ClerkError``: not_permitted, no_such_round, round_closed, no_such_number, no_such_entry,
        evaluation_unfit, act_id_used, database_locked.
        """
        self._station.actor.require(*_ON_SITE)
        with self._database.writing() as session:
            row = stored_round(session, draft.round_id, is_open=True)
            draft = fit_project(round_of(row), draft, self._station.today())
            require_codes(
                (code for code, _said in draft.findings), [one.code for one in self._station.pack().hazard_entries]
            )
            filing = filing_numbered(session, draft.filing_number)
            stored = self._project(session, draft, project_id)
            if stored is not None and project_id is None:
                return stored.id
            before = None if stored is None else _told(stored)
            stored = stored or SampledProjectRow(act_id=draft.act_id, round_id=row.id)
            stored.organisation, stored.seen_on, stored.result = draft.organisation, draft.seen_on, draft.result
            stored.filing_id = None if filing is None else filing.id
            stored.project = draft.project or (filing.project_name if filing else "")
            stored.findings = [[code, said] for code, said in draft.findings]
            stored.noted_at, stored.noted_by = self._station.now(), name_at_work(self._station)
            session.add(stored)
            session.flush()
            summary = f"记现场抽查项目 {row.number}：{draft.organisation}"
            changes: list[FieldChange] = [("project", before, _told(stored))]
            record_round(session, self._station, row, "evaluation_project", summary, changes)
            return stored.id

    def _project(self, session: Session, draft: ProjectDraft, project_id: int | None) -> SampledProjectRow | None:
        if project_id is None:
            return row_of_act(session, SampledProjectRow, draft.act_id, {"round_id": draft.round_id})
        asked = select(SampledProjectRow).where(
            SampledProjectRow.id == project_id, SampledProjectRow.round_id == draft.round_id
        )
        found = session.scalars(asked).first()
        if found is None:
            raise ClerkError("no_such_entry", entry_id=project_id)
        return found

    def _registered(self, session: Session, asked: EvaluationRound, organisation: str) -> tuple[ProposedProject, ...]:
        office = self._station.office
        if organisation in own_names(self._station):
            return registered_in(session, asked.period)
        if office is not None and organisation in office.communities:
            return registered_in(session, asked.period, community=organisation)
        code = session.scalar(select(KnownStation.code).where(KnownStation.name == organisation))
        return registered_in(session, asked.period, office_code=code) if code else ()

    def _require_fit(self, asked: EvaluationRound, lines: Sequence[EvaluationLine]) -> None:
        today = self._station.today()
        faults = tuple(
            Fault(f"{place}.{fault.where}", fault.what)
            for place, line in enumerate(lines)
            for fault in line_faults(asked, line, today)
        )
        if faults:
            raise FaultyInput(faults)


def record_round(
    session: Session,
    station: Station,
    row: EvaluationRoundRow,
    act: str,
    summary: str,
    changes: Sequence[FieldChange],
    *,
    reason: str = "",
) -> None:
    """Put an act of a round on record."""
    record_event(
        session, station, act=act, summary=summary, reason=reason, changes=changes, touched=[(EVALUATION, row.id)]
    )


def _told(row: SampledProjectRow) -> dict[str, Any]:
    return {
        "organisation": row.organisation,
        "filing_id": row.filing_id,
        "project": row.project,
        "seen_on": row.seen_on.isoformat(),
        "findings": list(row.findings),
        "result": row.result,
    }
