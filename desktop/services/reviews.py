"""Reviewing what clerks sent: the queue, passing a step, sending back, opinions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import STATUS_AFTER_RETURN, Act, Change, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.progress import SILENT, Progress
from desktop.domain.review import OPINION_LEVEL, Approved, AwaitedReview, ReviewOutcome, ReviewStep
from desktop.domain.typed_text import clean_text, text_fault
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.filing import Filing, FilingVisit
from desktop.models.review import Review
from desktop.queries.decisions import decided_before, last_visit
from desktop.queries.filing_file import stored_filing
from desktop.queries.reviews import awaited_reviews, checkers_of, steps_of
from desktop.services.audit import record_event
from desktop.services.intake import IntakeService
from desktop.services.reach import require_for_filing
from desktop.services.review_settings import ReviewSettingsService
from desktop.services.review_steps import Reviewed, close_step, name_at_work, open_review, open_step
from desktop.services.station import Station

LONGEST_OPINION: Final = 500
_TOUCHED: Final = frozenset({Change.FILINGS})


class ReviewService:
    """The reviewer's work; accepting itself is the ordinary decision, made when the last step is passed."""

    def __init__(
        self, database: Database, station: Station, *, intake: IntakeService, settings: ReviewSettingsService
    ) -> None:
        self._database, self._station = database, station
        self._intake, self._settings = intake, settings

    def queue(self) -> tuple[AwaitedReview, ...]:
        """List what waits for the reviewer within their reach, the longest waiting first."""
        actor = self._station.actor
        actor.require(Right.REVIEW_FILING)
        with self._database.reading() as session:
            return tuple(
                _waiting(awaited)
                for awaited, departments in awaited_reviews(session)
                if actor.may_for(Right.REVIEW_FILING, awaited.community, departments)
            )

    def steps(self, filing_id: int) -> tuple[ReviewStep, ...]:
        """List the steps and opinions of a filing, the first first, numbers of persons covered."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            steps = steps_of(session, filing_id)
        return tuple(
            replace(step, opinion=cover_numbers(step.opinion), answer=cover_numbers(step.answer)) for step in steps
        )

    def checkers(self, filing_id: int) -> dict[str, tuple[str, str]]:
        """Give for each paper of a filing who checked it at the window and who passed it at review."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return checkers_of(session, filing_id)

    def approve(self, filing_id: int, act_id: str, opinion: str = "", progress: Progress = SILENT) -> Approved:
        """Pass the step a filing waits at; the last one accepts it today, with its number and papers.

        The same ``act_id`` twice counts once.  Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing,
        review_done, same_person, opinion_unfit, and what ``IntakeService.decide`` raises when the rules by now forbid
        acceptance.
        """
        said = _fit(opinion, needed=False)
        self._station.actor.require(Right.REVIEW_FILING)
        with self._database.reading() as session:
            done = self._approved_before(session, act_id)
            if done is not None:
                return done
            filing = self._within_reach(session, filing_id)
            step = open_review(session, filing)
            self._refuse_same_person(session, step)
            request, reviewed = self._acceptance(session, filing, step, act_id=act_id, opinion=said)
            is_last = step.level >= step.levels
        if is_last:
            decided = self._intake.accept_reviewed(request, reviewed, progress)
            return Approved(decided=decided, next_level=None, changes=decided.changes)
        return self._pass_on(filing_id, reviewed, act_id)

    def return_with(self, filing_id: int, opinion: str) -> frozenset[Change]:
        """Send a filing back to the clerk, who finds it with the opinion.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, review_done, opinion_unfit.
        """
        said = _fit(opinion, needed=True)
        self._station.actor.require(Right.REVIEW_FILING)
        with self._database.writing() as session:
            filing = self._within_reach(session, filing_id)
            step = open_review(session, filing)
            reviewed = Reviewed(review_id=step.id, clerk="", reviewers="", opinion=said)
            close_step(session, self._station, reviewed, act_id=None, outcome=ReviewOutcome.RETURNED)
            filing.status = STATUS_AFTER_RETURN.value
            self._note(session, "review_return", "审核退回", reason=said, filing_id=filing_id)
        return _TOUCHED

    def give_opinion(self, filing_id: int, text: str) -> frozenset[Change]:
        """Put an opinion on any filing within reach, to be answered by its clerk.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, opinion_unfit.
        """
        said = _fit(text, needed=True)
        self._station.actor.require(Right.REVIEW_FILING)
        with self._database.writing() as session:
            filing = self._within_reach(session, filing_id)
            session.add(self._opinion(last_visit(session, filing.id), said))
            self._note(session, "opinion", "提出意见", reason=said, filing_id=filing_id)
        return _TOUCHED

    def answer(self, opinion_id: int, text: str) -> frozenset[Change]:
        """Answer an opinion, which then is no longer open.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_opinion, opinion_answered, opinion_unfit.
        """
        said = _fit(text, needed=True)
        self._station.actor.require(Right.REGISTER)
        with self._database.writing() as session:
            opinion = session.get(Review, opinion_id)
            if opinion is None or opinion.level != OPINION_LEVEL:
                raise ClerkError("no_such_opinion")
            require_for_filing(session, self._station.actor, Right.REGISTER, stored_filing(session, opinion.filing_id))
            if opinion.outcome != ReviewOutcome.OPINION.value:
                raise ClerkError("opinion_answered", by=opinion.done_by)
            opinion.outcome, opinion.answer = ReviewOutcome.ANSWERED.value, said
            opinion.done_at, opinion.done_by = self._station.now(), name_at_work(self._station)
            opinion.done_by_id = self._station.actor.account_id
            self._note(session, "opinion_answer", "答复意见", reason=said, filing_id=opinion.filing_id)
        return _TOUCHED

    def _within_reach(self, session: Session, filing_id: int) -> Filing:
        filing = stored_filing(session, filing_id)
        require_for_filing(session, self._station.actor, Right.REVIEW_FILING, filing)
        return filing

    def _approved_before(self, session: Session, act_id: str) -> Approved | None:
        decided = decided_before(session, act_id)
        if decided is not None:
            return Approved(decided=decided, next_level=None, changes=decided.changes)
        step = session.scalars(select(Review).where(Review.act_id == act_id)).first()
        return None if step is None else Approved(decided=None, next_level=step.level + 1, changes=_TOUCHED)

    def _acceptance(
        self, session: Session, filing: Filing, step: Review, *, act_id: str, opinion: str
    ) -> tuple[DecisionRequest, Reviewed]:
        """Give the decision as the clerk sent it, in the names of the clerk and of all reviewers of this round."""
        visit = session.get_one(FilingVisit, step.visit_id)
        request = DecisionRequest(
            act_id=act_id,
            act=Act.ACCEPT,
            walk_in=walk_in_from_plain(filing.walk_in),
            reason=visit.reason,
            filing_id=filing.id,
            signed=visit.is_signed,
            video_watched=visit.is_video_watched,
            video=visit.video,
        )
        names = [each.done_by for each in _round(session, step) if each.done_by]
        reviewers = "、".join(dict.fromkeys((*names, name_at_work(self._station))))
        return request, Reviewed(review_id=step.id, clerk=visit.clerk, reviewers=reviewers, opinion=opinion)

    def _refuse_same_person(self, session: Session, step: Review) -> None:
        """Refuse who received the papers, or passed an earlier level, where settings want another person."""
        if self._settings.rule_for(self._station.pack()).same_person:
            return
        account_id, name = self._station.actor.account_id, name_at_work(self._station)
        earlier = _round(session, step)
        taken = {(each.done_by_id, each.done_by) for each in earlier if each.id != step.id}
        taken |= {(each.asked_by_id, each.asked_by) for each in earlier}
        # An account may have been renamed since; only before there were accounts the name tells who it was.
        if any(other == account_id if other is not None else known == name for other, known in taken):
            raise ClerkError("same_person", name=name)

    def _pass_on(self, filing_id: int, reviewed: Reviewed, act_id: str) -> Approved:
        with self._database.writing() as session:
            self._within_reach(session, filing_id)
            step = close_step(session, self._station, reviewed, act_id=act_id)
            visit = session.get_one(FilingVisit, step.visit_id)
            open_step(session, self._station, visit=visit, level=step.level + 1, levels=step.levels)
            summary = f"第 {step.level} 级审核通过，转第 {step.level + 1} 级"
            self._note(session, "review_pass", summary, reason=reviewed.opinion, filing_id=filing_id)
            return Approved(decided=None, next_level=step.level + 1, changes=_TOUCHED)

    def _opinion(self, visit: FilingVisit, text: str) -> Review:
        return Review(
            filing_id=visit.filing_id,
            visit_id=visit.id,
            level=OPINION_LEVEL,
            levels=OPINION_LEVEL,
            asked_at=self._station.now(),
            asked_by=name_at_work(self._station),
            asked_by_id=self._station.actor.account_id,
            outcome=ReviewOutcome.OPINION.value,
            opinion=text,
            answer="",
            done_by="",
        )

    def _note(self, session: Session, act: str, summary: str, *, reason: str, filing_id: int) -> None:
        record_event(session, self._station, act=act, summary=summary, reason=reason, filing_id=filing_id)


def _waiting(awaited: AwaitedReview) -> AwaitedReview:
    """Cover what somebody typed of numbers into the texts of the queue."""
    return replace(awaited, project_name=cover_numbers(awaited.project_name), place=cover_numbers(awaited.place))


def _round(session: Session, step: Review) -> list[Review]:
    """Give the steps since the papers were last sent for review, this one among them."""
    of_visit = select(Review).where(Review.visit_id == step.visit_id, Review.level > OPINION_LEVEL)
    return list(session.scalars(of_visit.order_by(Review.level)))


def _fit(typed: str, *, needed: bool) -> str:
    fault = text_fault(typed.strip(), longest=LONGEST_OPINION)
    text = clean_text(typed)
    if fault or (needed and not text):
        raise ClerkError("opinion_unfit", why=f"{fault or '请写明意见'}。")
    return text
