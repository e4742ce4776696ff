"""Changing what was registered (变更): judged anew, and only newly needed papers asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.change import ChangeWords, change_form
from desktop.documents.registry import PAPERS
from desktop.domain.acts import CHANNEL_OF, StationKind
from desktop.domain.assess import assess
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.changed_matter import change_ahead, changed_matter, with_brought
from desktop.domain.errors import ClerkError
from desktop.domain.gap_words import gaps_told
from desktop.domain.life_acts import ChangeAhead, ChangedField, ChangeRequest, ChangeSource, LifeDone
from desktop.domain.life_words import CHANGE_KIND_WORDS, CHANGE_SOURCE_WORDS, paper_word
from desktop.domain.local_rules import local
from desktop.domain.register_number import Series
from desktop.domain.registration_life import RIGHTS_OF_LIFE, LifeAct
from desktop.domain.walk_in import DEFICIENT, Verdict, WalkIn, decisive_facts
from desktop.domain.walk_in_json import walk_in_from_plain, walk_in_to_plain
from desktop.domain.workdays import DueDay
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.registration_life import RegistrationChange
from desktop.queries.first_checks import check_begins_on
from desktop.queries.outstanding_papers import outstanding_papers
from desktop.services.audit import record_event
from desktop.services.filing_keys import storable
from desktop.services.life_base import LifeBase, fit_texts
from desktop.services.numbered_act import Written
from desktop.services.recording import shown_columns, write_departments
from desktop.services.review_steps import name_at_work

STREET_OFFICE = "street_office"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A change as it stands before it is written."""

    filing: Filing
    before: WalkIn
    after: WalkIn
    ahead: ChangeAhead
    check_by: DueDay | None  # of works that become high-risk


class Changing(LifeBase):
    """Changes, each kept with everything as it was and as it became."""

    def matter_to_change(self, filing_id: int) -> WalkIn:
        """Open the matter whole for a change, and record that it was opened.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state, database_locked.
        """
        return self._opened(LifeAct.CHANGE, filing_id, act="change_opened", said=local("打开登记内容办理变更"))

    def begin_again(self, filing_id: int) -> WalkIn:
        """Open the matter of a registration that is past or over as a new one, its papers to be judged anew.

        The new registration names this one as ``DecisionRequest.follows_id``.  Raises ``ClerkError`` as
        ``matter_to_change``, and not_overdue for one that still holds.
        """
        matter = self._opened(LifeAct.BEGIN_AGAIN, filing_id, act="begin_again", said=local("据此重新登记"))
        return replace(matter, materials=(), corrections=(), planned_start_on=None, planned_end_on=None)

    def change_ahead(self, filing_id: int, walk_in: WalkIn) -> ChangeAhead:
        """Say what a change to this matter would bring; ``obstacle`` names what forbids it.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.CHANGE])
        with self._database.reading() as session:
            return self._judge(session, filing_id, walk_in).ahead

    def change(self, request: ChangeRequest) -> LifeDone:
        """Change a registration; papers are the form with old and new and a new set to be posted.

        Of a change found on patrol papers may still be wanting, and are named on the form; a later change, of these
        papers alone too, says that they were brought.  The same ``act_id`` twice gives the same papers.

        Raises ``ClerkError``: as ``change_ahead``, nothing_changed, change_other_site, change_undetermined,
        change_not_registrable, change_at_street_office, change_materials (with their labels), life_incomplete,
        act_id_used, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.CHANGE])
        reason = fit_texts(reason=request.reason)["reason"]

        def compose(session: Session, number: str) -> Sequence[Paper]:
            judged = self._accepted(session, request)
            context = self._context(session, judged.filing, number)
            words = ChangeWords(
                kind=CHANGE_KIND_WORDS[request.kind],
                source=CHANGE_SOURCE_WORDS[request.source],
                reason=reason,
                ahead=judged.ahead,
                materials=tuple(_material_lines(judged)),
            )
            return change_form(context, words), self._posting(judged, number)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[LifeDone, Written]:
            judged = self._accepted(session, request)
            filing, ahead = judged.filing, judged.ahead
            row = self._change_row(request, judged, reason=reason, number=number)
            self._apply(session, judged)
            self._keep(session, filing, number, documents)
            row.document_id = documents[0].id
            session.add(row)
            session.flush()
            what = "、".join(dict.fromkeys(field.label for field in ahead.fields))
            raised = local("；变更后属于高风险") if ahead.raises_class else ""
            written = Written(
                act="registration_change",
                summary=f"变更（{CHANGE_KIND_WORDS[request.kind]}），编号 {number}：{what}{raised}",
                filing_id=filing.id,
                reason=reason,
                changes=[(field.path, field.before, field.after) for field in ahead.fields],
            )
            return self._result(session, filing.id, number), written

        told = {"filing_id": request.filing_id, "kind": request.kind.value, "reason": reason}
        return self._acts.carry_out(
            Series.CHANGE,
            done=lambda session: self._done(session, RegistrationChange, request.act_id, **told),
            compose=compose,
            write=write,
        )

    def _opened(self, done: LifeAct, filing_id: int, *, act: str, said: str) -> WalkIn:
        self._station.actor.require(*RIGHTS_OF_LIFE[done])
        with self._database.writing() as session:
            filing, registration = self._filing(session, done, filing_id)
            until = registration.valid_until
            still_holds = not registration.is_over and until is not None and until >= self._station.today()
            if done is LifeAct.BEGIN_AGAIN and (still_holds or self._never_ends(filing, registration)):
                raise ClerkError("not_overdue", number=registration.number, until=until)
            summary = f"{said}（含完整证件号码和电话）"
            record_event(session, self._station, act=act, summary=summary, filing_id=filing_id)
            return walk_in_from_plain(filing.walk_in)

    def _judge(self, session: Session, filing_id: int, walk_in: WalkIn) -> _Judged:
        filing, _registration = self._filing(session, LifeAct.CHANGE, filing_id)
        before = walk_in_from_plain(filing.walk_in)
        after = replace(walk_in, materials=before.materials, corrections=before.corrections)
        pack = self._pack_of(filing)
        # Judged by the same rules on both sides, so that what differs comes from the change alone.
        was, becomes = self._assessed(filing, before), self._assessed(filing, after)
        terms = pack.deadlines
        begins = check_begins_on(session, filing, self._station.today())
        check_by = self._calendar.calendar().term(begins, terms.site_check_working_days)
        ahead = change_ahead(
            changed_matter(before, after, pack),
            before=was,
            after=becomes,
            pack=pack,
            site_check_by=check_by.day if check_by else None,
            obstacle=self._obstacle(before, after, was=was, becomes=becomes),
            outstanding=outstanding_papers(session, filing),
        )
        ahead = with_brought(ahead, before=before, given=walk_in)
        raised_by = check_by if ahead.raises_class else None
        judged = _Judged(filing=filing, before=before, after=after, ahead=ahead, check_by=raised_by)
        for need in ahead.needed:
            check = walk_in.check_of(need.code)
            if not (need.is_outstanding and check.verdict is Verdict.UNJUDGED):
                after = after.with_check(check)
        return replace(judged, after=after)

    def _assessed(self, filing: Filing, walk_in: WalkIn) -> Assessment:
        channel = CHANNEL_OF[self._station.known_office().station_kind]
        facts = decisive_facts(walk_in, filed_on=filing.filed_on, channel=channel)
        facts = facts.with_facts(accepted_on=filing.accepted_on) if filing.accepted_on else facts
        return assess(facts, self._pack_of(filing), self._calendar.calendar())

    def _obstacle(self, before: WalkIn, after: WalkIn, *, was: Assessment, becomes: Assessment) -> str:
        """Name what forbids a change, empty when nothing does."""
        if before.place.community != after.place.community:
            return "change_other_site"
        if UNDETERMINED in (becomes.outcome, becomes.high_risk):
            return "change_undetermined"
        if not becomes.registrable:
            return "change_not_registrable"
        is_street = self._station.known_office().station_kind is StationKind.STREET_OFFICE
        moves = becomes.acceptance_point == STREET_OFFICE and was.acceptance_point != STREET_OFFICE
        return "change_at_street_office" if moves and not is_street else ""

    def _accepted(self, session: Session, request: ChangeRequest) -> _Judged:
        judged = self._judge(session, request.filing_id, request.walk_in)
        ahead = judged.ahead
        if ahead.obstacle:
            gaps = gaps_told(ahead.after, self._pack_of(judged.filing))
            raise ClerkError(ahead.obstacle, why=gaps or ahead.after.inform_zh)
        if not ahead.fields:
            raise ClerkError("nothing_changed")
        refused = DEFICIENT if request.source is ChangeSource.APPLICATION else frozenset()
        wanting = [
            need.label
            for need in ahead.needed
            # What an earlier change left to be brought holds up nothing else.
            if not need.is_outstanding and judged.after.check_of(need.code).verdict in {Verdict.UNJUDGED, *refused}
        ]
        if wanting:
            raise ClerkError("change_materials", materials=tuple(wanting))
        return judged

    def _apply(self, session: Session, judged: _Judged) -> None:
        """Put the changed matter into the filing; number, validity and history stay."""
        filing, after, assessment = judged.filing, judged.after, judged.ahead.after
        filing.walk_in, filing.assessment = walk_in_to_plain(after), assessment_to_plain(assessment)
        for name, value in shown_columns(after, self._pack_of(filing)).items():
            setattr(filing, name, value)
        filing.high_risk = True if assessment.is_high_risk else (False if assessment.high_risk is False else None)
        if judged.check_by is not None:
            filing.is_provisional = filing.is_provisional or judged.check_by.provisional
        filing.site_check_by = _site_check_by(judged)
        write_departments(session, assessment, filing.id)

    def _posting(self, judged: _Judged, number: str) -> Paper:
        filing, pack = judged.filing, self._pack_of(judged.filing)
        context = PaperContext(
            office=self._station.known_office(),
            pack=pack,
            walk_in=judged.after,
            assessment=judged.ahead.after,
            number=filing.registration_number or filing.number,
            issued_on=self._station.today(),
            accepted_on=filing.accepted_on,
            valid_until=filing.valid_until,
            extension_first=filing.extension_first,
            extension_last=filing.valid_until,
            site_check_by=_site_check_by(judged),
        )
        return replace(PAPERS["posting"].compose(context), number=number)

    def _change_row(self, request: ChangeRequest, judged: _Judged, *, reason: str, number: str) -> RegistrationChange:
        ahead = judged.ahead
        return RegistrationChange(
            act_id=request.act_id,
            number=number,
            filing_id=request.filing_id,
            kind=request.kind.value,
            source=request.source.value,
            changed_on=self._station.today(),
            reason=reason,
            before=walk_in_to_plain(judged.before),
            after=walk_in_to_plain(judged.after),
            fields=[list(_plain(field)) for field in ahead.fields],
            assessment_before=assessment_to_plain(ahead.before),
            assessment_after=assessment_to_plain(ahead.after),
            materials=[
                {"code": need.code, "verdict": judged.after.check_of(need.code).verdict.value} for need in ahead.needed
            ],
            document_id=None,
            done_at=self._station.now(),
            done_by=name_at_work(self._station),
            done_by_id=self._station.actor.account_id,
        )


def _site_check_by(judged: _Judged) -> date | None:
    """Give the last day for the first check after a change: works that are high-risk no more need none."""
    if judged.ahead.lowers_class:
        return None
    return judged.ahead.site_check_by or judged.filing.site_check_by


def _plain(field: ChangedField) -> Iterator[str]:
    yield from (storable(str(value)) for value in asdict(field).values())


def _material_lines(judged: _Judged) -> Iterator[tuple[str, str, str]]:
    for need in judged.ahead.needed:
        yield need.label, need.article, paper_word(judged.after.check_of(need.code).verdict)
