"""The whole ledger looked through for parted works (肢解); a person decides, and the reason stays."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerRow
from desktop.domain.ledger_line import covered_row
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.progress import SILENT, Progress
from desktop.domain.splitting import EarlierWork, split_limits
from desktop.domain.splitting_radar import (
    JudgedSplitting,
    SplittingAnswer,
    SplittingDecision,
    WorkGroup,
    group_key,
    shops_apart,
    suspected_groups,
    verdict_of,
)
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.database import Database
from desktop.models.random_draw import SplittingVerdict
from desktop.queries.filing_file import stored_filing
from desktop.queries.ledger import rows_of
from desktop.queries.resemblance import count_works, every_work
from desktop.queries.splitting import as_seen, verdicts_on
from desktop.services.audit import record_event
from desktop.services.once import row_of_act
from desktop.services.reach import require_any, require_for_filing
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import SPLITTING, Subject

LONGEST_REASON: Final = 300
# The clerk at the window decides, and the manager who sees the list.
DECIDING: Final = (Right.REGISTER, Right.DECIDE_EXCEPTIONS)
ANSWER_WORDS: Final = {
    SplittingAnswer.ONE_WORK: "同一工程",
    SplittingAnswer.SEPARATE: "不是同一工程",
    SplittingAnswer.OPEN: "待核",
}
_AT_ONCE: Final = 1_000
_SHARE_OF_READING: Final = 80  # of a hundred steps
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedWork:
    """One work of a suspicion: the row of the ledger with what it counts for; numbers of persons covered."""

    row: LedgerRow
    work: EarlierWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Works that look parted, and what was decided of them."""

    group: WorkGroup
    works: tuple[SuspectedWork, ...]
    verdict: JudgedSplitting | None
    earlier: tuple[JudgedSplitting, ...]  # decisions on some of the works, the newest first

    @property
    def waits(self) -> bool:
        """Say whether a person still has to decide."""
        return self.verdict is None or self.verdict.answer is SplittingAnswer.OPEN

    @property
    def asks_again(self) -> bool:
        """Say whether some of the works were decided before and another has joined since."""
        return self.verdict is None and bool(self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarReport:
    """What looking through the ledger gave, and how many works were looked at."""

    suspicions: tuple[Suspicion, ...]
    works: int
    scanned_on: date
    article: str
    apart: Mapping[str, int] = field(default_factory=dict)  # shops of different owners, by their mall


class SplittingRadarService:
    """Looks for parted works and keeps what a person decided of them."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def scan(self, progress: Progress = SILENT) -> RadarReport:
        """Look through all works that are seen, the undecided and sure ones first.

        Raises ``ClerkError("not_permitted")``, ``Cancelled``.
        """
        self._station.actor.require(Right.SEE)
        limits = split_limits(self._station.pack())
        if limits is None:
            return RadarReport(suspicions=(), works=0, scanned_on=self._station.today(), article="")
        with self._database.reading() as session:
            works = _read(session, progress)
            found = suspected_groups(works, limits, _Rest(progress))
            ids = sorted({filing_id for group in found for filing_id in group.filing_ids})
            suspicions = _suspicions(session, found, as_seen(session, self._verdicts(ids)))
        ordered = sorted(suspicions, key=lambda one: (not one.waits, not one.group.is_strong))
        return RadarReport(
            suspicions=tuple(ordered),
            works=len(works),
            scanned_on=self._station.today(),
            article=limits.article,
            apart=shops_apart(works),
        )

    def decide(self, decision: SplittingDecision) -> frozenset[Change]:
        """Keep a decision on some works; the same ``act_id`` twice counts once, a later decision is another row.

        Raises ``ClerkError``: not_permitted, outside_scope and no_such_filing (for any of the works), reason_required,
        note_unfit, act_id_used.
        """
        self._station.actor.require(*DECIDING)
        reason, ids = _reason(decision), tuple(sorted(set(decision.filing_ids)))
        if len(ids) < 2:
            raise ClerkError("no_such_filing", filing_ids=ids)
        with self._database.writing() as session:
            self._require_reach(session, ids)
            if row_of_act(session, SplittingVerdict, decision.act_id) is not None:
                return frozenset()
            row = self._row(decision, ids, reason)
            session.add(row)
            session.flush()
            self._record(session, row, decision.answer)
        _LOG.info("splitting decided on %s works", len(ids))
        return frozenset({Change.FILINGS})

    def _verdicts(self, ids: Sequence[int]) -> tuple[JudgedSplitting, ...]:
        """Give the decisions on works that are seen, whoever made them: nobody is asked twice."""
        with self._database.reading(is_whole=True) as session:
            return verdicts_on(session, ids)

    def _require_reach(self, session: Session, ids: Iterable[int]) -> None:
        actor = self._station.actor
        for filing in [stored_filing(session, filing_id) for filing_id in ids]:
            require_any(actor, DECIDING, partial(require_for_filing, session, actor, filing=filing))

    def _row(self, decision: SplittingDecision, ids: tuple[int, ...], reason: str) -> SplittingVerdict:
        return SplittingVerdict(
            act_id=decision.act_id,
            group_key=group_key(ids),
            filing_ids=list(ids),
            verdict=decision.answer.value,
            reason=reason,
            decided_at=self._station.now(),
            decided_by=name_at_work(self._station),
            decided_by_id=self._station.actor.account_id,
        )

    def _record(self, session: Session, row: SplittingVerdict, answer: SplittingAnswer) -> None:
        """Put the decision into the course of every work that it concerns."""
        summary = f"肢解工程核对（{len(row.filing_ids)} 件）：{ANSWER_WORDS[answer]}"
        for place, filing_id in enumerate(row.filing_ids):
            touched: list[Subject] = [] if place else [(SPLITTING, row.id)]
            record_event(
                session,
                self._station,
                act="splitting_verdict",
                summary=summary,
                reason=row.reason,
                filing_id=filing_id,
                touched=touched,
            )


class _Rest:
    """Progress of the looking after the reading, as the rest of a hundred steps."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int, total: int) -> None:
        """Take a step behind those of the reading."""
        rest = 100 - _SHARE_OF_READING
        self._progress.step(_SHARE_OF_READING + rest * done // max(total, 1), 100)


def _read(session: Session, progress: Progress) -> list[EarlierWork]:
    total, works = max(count_works(session), 1), list[EarlierWork]()
    progress.step(0, 100)
    for part in every_work(session, at_once=_AT_ONCE):
        works.extend(part)
        progress.step(min(_SHARE_OF_READING, _SHARE_OF_READING * len(works) // total), 100)
    return works


def _suspicions(session: Session, groups: Sequence[WorkGroup], verdicts: Sequence[JudgedSplitting]) -> list[Suspicion]:
    ids = sorted({filing_id for group in groups for filing_id in group.filing_ids})
    rows = {row.id: covered_row(row) for part in _parts(ids) for row in rows_of(session, part)}
    return [_suspicion(group, rows, verdicts) for group in groups]


def _suspicion(group: WorkGroup, rows: dict[int, LedgerRow], verdicts: Sequence[JudgedSplitting]) -> Suspicion:
    wanted = set(group.filing_ids)
    verdict = verdict_of(wanted, verdicts)
    others = [one for one in verdicts if one is not verdict and len(wanted & set(one.filing_ids)) > 1]
    return Suspicion(
        group=group,
        works=tuple(SuspectedWork(row=rows[work.filing_id], work=work) for work in group.works),
        verdict=_covered(verdict) if verdict is not None else None,
        earlier=tuple(_covered(one) for one in sorted(others, key=lambda one: one.at, reverse=True)),
    )


def _covered(one: JudgedSplitting) -> JudgedSplitting:
    return JudgedSplitting(
        filing_ids=one.filing_ids, answer=one.answer, reason=cover_numbers(one.reason), at=one.at, who=one.who
    )


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _reason(decision: SplittingDecision) -> str:
    fault, reason = text_fault(decision.reason.strip(), longest=LONGEST_REASON), clean_text(decision.reason)
    if fault:
        raise ClerkError("note_unfit", why=f"{fault}。")
    if not reason:
        raise ClerkError("reason_required", why="判定的理由会留在记录中。")
    return reason
