"""Rounds of evaluation: opened, drawn, written, followed up and closed."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.evaluation import EvaluationItem, EvaluationRound, Stage
from desktop.domain.evaluation_course import (
    DRAWN_SHARE,
    Evaluation,
    RoundDraft,
    drawn_of,
)
from desktop.domain.evaluation_items import item_faults, standard_items
from desktop.domain.organisations import OrganisationKind
from desktop.domain.register_number import Series
from desktop.domain.sampling import sample_size
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.models.evaluation import EvaluationRoundRow
from desktop.models.issued_document import IssuedDocument
from desktop.models.station_key import KnownStation
from desktop.queries.evaluations import (
    item_from_plain,
    item_to_plain,
    lines_of,
    projects_of,
    round_of,
    rule_subjects,
    stored_rounds,
)
from desktop.services.audit import FieldChange, record_event
from desktop.services.evaluation_figures import figures_of, measures_of, own_names
from desktop.services.evaluation_notes import EvaluationNotes, record_round
from desktop.services.evaluation_writing import (
    fit_round,
    stored_round,
    unfit,
)
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.once import row_of_act
from desktop.services.register_rows import organisations_in
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import EVALUATION, SETTING

ITEMS_KEY: Final = "evaluation_items"
_LONGEST_SEED: Final = 80
_LONGEST_REASON: Final = 300
_SEED_BYTES: Final = 16
_MOST_PROPOSED: Final = 30
_ON_SITE: Final = (Right.DECIDE_EXCEPTIONS, Right.PATROL_FEEDBACK)
_LOG = logging.getLogger(__name__)


class EvaluationService(EvaluationNotes):
    """Keeps rounds of evaluation; who holds 统计 reads them, who decides exceptions carries them out."""

    def __init__(self, database: Database, station: Station, *, acts: NumberedActs) -> None:
        super().__init__(database, station)
        self._acts = acts

    def items(self) -> tuple[EvaluationItem, ...]:
        """Give the table of items with which a round begins: the office's own, else the one shipped without marks."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            stored = session.get(Setting, ITEMS_KEY)
        return standard_items() if stored is None else tuple(item_from_plain(plain) for plain in stored.value["items"])

    def keep_items(self, items: Sequence[EvaluationItem]) -> None:
        """Keep the office's own table; rounds that are open keep theirs.

        Raises ``ClerkError``: not_permitted, database_locked; ``FaultyInput`` with every faulty line.
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        if faults := item_faults(items):
            raise FaultyInput(faults)
        kept = {"items": [item_to_plain(item) for item in items]}
        with self._database.writing() as session:
            before = session.get(Setting, ITEMS_KEY)
            changes = [("items", None if before is None else before.value["items"], kept["items"])]
            session.merge(Setting(key=ITEMS_KEY, value=kept))
            record_event(
                session,
                self._station,
                act="evaluation_items",
                summary=f"设置专项评价表，共 {len(items)} 项",
                changes=changes,
                touched=[(SETTING, ITEMS_KEY)],
            )

    def suggested_organisations(self) -> tuple[str, ...]:
        """Propose who takes part: those of the last round, else the streets and points known, else the communities."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            if before := stored_rounds(session):
                return before[0].organisations
            streets = [one.name for one in organisations_in(session) if one.kind == OrganisationKind.STREET_OFFICE]
            points = session.scalars(select(KnownStation.name).where(KnownStation.role == "below")).all()
        office = self._station.office
        named = tuple(dict.fromkeys((*streets, *points)))
        return named if len(named) > 1 or office is None else office.communities or named

    def all(self) -> tuple[EvaluationRound, ...]:
        """List the rounds, the newest first."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            return stored_rounds(session)

    def open(self, round_id: int, *, has_figures: bool = True) -> Evaluation:
        """Give a round whole, with the figures of the ledger; raises ``ClerkError``: not_permitted, no_such_round."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            asked = round_of(stored_round(session, round_id))
            return Evaluation(
                round=asked,
                today=self._station.today(),
                lines=lines_of(session, round_id),
                projects=projects_of(session, round_id),
                figures=figures_of(session, self._station, asked) if has_figures else {},
                measures=measures_of(asked),
                rules=self._rules(session, asked),
            )

    def begin(self, draft: RoundDraft) -> int:
        """Open a round under a number of its own, with the table of items as it is now; gives its id.

        The same ``act_id`` twice gives the same round.  Raises ``ClerkError``: not_permitted, evaluation_unfit,
        act_id_used, office_not_set_up, database_locked.
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        draft, items = fit_round(draft), [item_to_plain(item) for item in self.items()]
        told = {"name": draft.name, "period": draft.period.code, "organisations": list(draft.organisations)}

        def done(session: Session) -> int | None:
            before = row_of_act(session, EvaluationRoundRow, draft.act_id, told)
            return None if before is None else before.id

        def write(session: Session, number: str, _documents: Sequence[IssuedDocument]) -> tuple[int, Written]:
            row = EvaluationRoundRow(
                act_id=draft.act_id,
                number=number,
                self_due_on=draft.self_due_on,
                visited=[],
                items=items,
                seed="",
                opened_at=self._station.now(),
                opened_by=name_at_work(self._station),
                opened_by_id=self._station.actor.account_id,
                **told,
            )
            session.add(row)
            session.flush()
            summary = f"开展专项评价 {number}：{draft.name}，{len(draft.organisations)} 个单位"
            return row.id, Written(act="evaluation_open", summary=summary, touched=[(EVALUATION, row.id)])

        round_id = self._acts.carry_out(Series.EVALUATION, done=done, compose=lambda *_asked: (), write=write)
        _LOG.info("opened evaluation %s", round_id)
        return round_id

    def draw(self, round_id: int, *, seed: str = "") -> EvaluationRound:
        """Draw half of the organisations for the evaluation on site, once; anybody can draw the same from the seed.

        Raises ``ClerkError``: not_permitted, no_such_round, round_closed, already_drawn, evaluation_unfit (seed).
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        if fault := text_fault(seed.strip(), longest=_LONGEST_SEED):
            raise unfit("seed", f"种子{fault}。")
        seed = clean_text(seed) or secrets.token_hex(_SEED_BYTES)
        with self._database.writing() as session:
            row = stored_round(session, round_id, is_open=True)
            if row.visited:
                # Drawing until it suits would be no draw.
                raise ClerkError("already_drawn", number=row.number)
            count = sample_size(len(row.organisations), DRAWN_SHARE)
            row.visited, row.seed = list(drawn_of(row.organisations, seed=seed, count=count)), seed
            summary = f"专项评价 {row.number}：从 {len(row.organisations)} 个单位中抽出 {count} 个实地评价"
            changes: list[FieldChange] = [("visited", [], row.visited), ("seed", "", seed)]
            record_round(session, self._station, row, "evaluation_draw", summary, changes)
            return round_of(row)

    def choose(self, round_id: int, organisations: Sequence[str], *, reason: str) -> EvaluationRound:
        """Name those visited by hand in place of a draw, with the reason on record.

        Raises ``ClerkError``: not_permitted, no_such_round, round_closed, reason_required, evaluation_unfit (none
        chosen, one not of the round, or one left out that was written on already).
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        reason = clean_text(reason)
        if not reason or text_fault(reason, longest=_LONGEST_REASON):
            raise ClerkError("reason_required", why="不用抽取而由人指定实地评价的单位，请写明理由，最多 300 字。")
        with self._database.writing() as session:
            row = stored_round(session, round_id, is_open=True)
            chosen = [name for name in row.organisations if name in set(organisations)]
            if not chosen or len(chosen) != len(set(organisations)):
                raise unfit("organisations", "请在这一轮的单位中至少选一个。")
            left_out = self._written_on(session, round_id) - set(chosen)
            if left_out:
                raise unfit("organisations", f"“{sorted(left_out)[0]}”已有实地评价的记录，不能去掉。")
            changes: list[FieldChange] = [("visited", row.visited, chosen), ("seed", row.seed, "")]
            row.visited, row.seed = chosen, ""
            summary = f"专项评价 {row.number}：指定 {len(chosen)} 个单位实地评价"
            record_round(session, self._station, row, "evaluation_choose", summary, changes, reason=reason)
            return round_of(row)

    def is_draw_true(self, round_id: int) -> bool:
        """Draw again from the record and say whether the same come out; raises ``ClerkError("no_such_round")``."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            asked = round_of(stored_round(session, round_id))
        again = drawn_of(asked.organisations, seed=asked.seed, count=len(asked.visited))
        return bool(asked.seed) and again == asked.visited

    def close(self, round_id: int) -> None:
        """Close a round: nothing but the following up of measures is written any more.

        Raises ``ClerkError``: not_permitted, no_such_round, round_closed.
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        with self._database.writing() as session:
            row = stored_round(session, round_id, is_open=True)
            row.closed_at = self._station.now()
            changes: list[FieldChange] = [("is_closed", False, True)]
            record_round(session, self._station, row, "evaluation_close", f"专项评价 {row.number} 结束", changes)

    def _rules(self, session: Session, asked: EvaluationRound) -> dict[str, frozenset[str]]:
        held, own = rule_subjects(session), own_names(self._station)
        none: frozenset[str] = frozenset()
        # A rule of the office is known by any of its names.
        street = none.union(*(held.get(name, none) for name in own))
        return {name: street if name in own else held.get(name, none) for name in asked.organisations}

    def _written_on(self, session: Session, round_id: int) -> set[str]:
        lines = {line.organisation for line in lines_of(session, round_id) if line.stage is Stage.FIELD}
        return lines | {project.organisation for project in projects_of(session, round_id)}
