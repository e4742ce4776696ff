"""Works under rules without a validity, an extension, a term for answers, first checks or close-outs: nothing invented.

Also what the counter is told where the rules still have gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.acts import Act, Decided, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.key_lists import KeyList
from desktop.domain.ledger import LedgerCriteria, LedgerException
from desktop.domain.ledger_table import AreaCriteria, AreaKind
from desktop.domain.life_acts import CloseOutRequest, CompletionRequest, ExtensionRequest, LapseRequest, WasteRecord
from desktop.domain.pack import PolicyPack
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.registration_life import CompletionSource, LifeAct, LifeState
from desktop.domain.report import ReportKind
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.domain.worklist import TaskKind
from desktop.models.registration_life import CloseOut
from desktop.services.desk import Desk, open_desk
from desktop.services.proposing import proposed_act
from tests import factories
from tests.factories import LIGHT
from tests.integration.conftest import Clock
from tests.integration.packages import Sender
from tests.integration.test_site_papers import said
from tests.lesser_packs import LEFT_OUT, ship, with_gap, with_number, without

OpenDesk = Callable[[PolicyPack], Desk]
YEAR = period_of(PeriodKind.YEAR, factories.FILED_ON)
COMPLETED, APPLIED = date(2026, 6, 26), date(2026, 9, 30)
WASTE = WasteRecord(
    kind="拆除弃料", amount="3 车", hauler="和运清运队", site="坪安建筑废弃物综合利用场", taken_on=date(2026, 6, 25)
)
RISKY = {"crowded_place_hot_work": True}
# Words that only a term could bring.
TERM_WORDS = {
    "validity": ("有效期至2026年9月", "可以申请延期"),
    "extension": ("可以申请延期",),
    "site-check": ("现场检查最迟", "最迟2026年3月5日"),
    "close-out": ("完工后3个工作日",),
}


@pytest.fixture
def open_with(data_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    """Open a desk of a street office that works by a pack."""
    opened: list[Desk] = []

    def run(pack: PolicyPack) -> Desk:
        ship(monkeypatch, pack)
        opened.append(open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT))
        opened[0].office.set_up(factories.office())
        return opened[0]

    yield run
    for desk in opened:
        desk.close()


def matter(pack: PolicyPack, **facts: Any) -> WalkIn:
    """A matter with every paper in order."""
    return factories.all_in_order(factories.walk_in(factories.small_work_facts(**facts)), pack)


def accept(desk: Desk, walk_in: WalkIn, act_id: str = "accept") -> Decided:
    """Accept a matter."""
    return desk.intake.decide(DecisionRequest(act_id=act_id, act=Act.ACCEPT, walk_in=walk_in))


def tasks(desk: Desk) -> dict[TaskKind, tuple[date | None, ...]]:
    """Give the last days of the tasks by their kind."""
    groups = desk.worklist.worklist().groups
    return {group.kind: tuple(task.by for task in group.tasks) for group in groups}


def papers_of(desk: Desk, filing_id: int) -> str:
    """Give the words of all papers of a filing."""
    return "".join(said(desk.issuing.pdf(paper.id)) for paper in desk.ledger.file(filing_id).papers)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(ClerkError) as caught:
        yield
    assert caught.value.code == code


@pytest.mark.requirement("LG-25-2a", "LG-25-2b")
def test_a_registration_without_validity_stands_until_it_is_closed_out(
    open_with: OpenDesk, pack: PolicyPack, clock: Clock
) -> None:
    desk = open_with(without(pack, "validity"))
    filed = accept(desk, matter(pack))
    file = desk.ledger.file(filed.filing_id)
    assert (file.valid_until, file.extension_first) == (None, None)
    words = papers_of(desk, filed.filing_id)
    for word in ("有效期至2026年9月", "登记至", "可以申请延期", "None"):
        assert word not in words, word
    clock.day = date(2028, 3, 2)
    life = desk.life.of(filed.filing_id)
    assert life.state is LifeState.UNDER_WAY
    assert [due.text for due in life.due] == ["本规则没有规定有效期，不需要延期"]
    assert not life.may & {LifeAct.EXTEND, LifeAct.BEGIN_AGAIN, LifeAct.CLOSE_LAPSED}
    with refused("no_extension_here"):
        desk.life.extend(ExtensionRequest(act_id="e", filing_id=filed.filing_id, reason="延"))
    with refused("not_overdue"):
        desk.life.close_lapsed(LapseRequest(act_id="l", filing_id=filed.filing_id, reason="失联", patrol_id=1))
    assert not {TaskKind.EXTENSION, TaskKind.EXPIRED} & tasks(desk).keys()
    # It goes on, so its planned end and its certificates are still asked about.
    assert TaskKind.PLANNED_END in tasks(desk)


@pytest.mark.requirement("LG-25-2b")
def test_rules_with_a_validity_and_no_extension_offer_none_and_still_end(
    open_with: OpenDesk, pack: PolicyPack, clock: Clock
) -> None:
    desk = open_with(without(pack, "extension"))
    filed = accept(desk, matter(pack))
    assert desk.ledger.file(filed.filing_id).valid_until == date(2026, 9, 2)
    words = papers_of(desk, filed.filing_id)
    assert "有效期至" in words
    assert "可以申请延期" not in words
    clock.day = date(2026, 8, 31)
    life = desk.life.of(filed.filing_id)
    assert LifeAct.EXTEND not in life.may
    assert life.due[0].text == "本规则没有规定延期：到期前申报注销，到期后还要施工的重新登记"
    assert TaskKind.EXTENSION not in tasks(desk)
    with refused("no_extension_here"):
        desk.life.extension_ahead(filed.filing_id)
    clock.day = date(2026, 9, 7)
    assert desk.life.of(filed.filing_id).state is LifeState.OVERDUE
    assert TaskKind.EXPIRED in tasks(desk)


@pytest.mark.requirement("LG-32-1")
def test_without_a_term_for_first_checks_none_falls_due(open_with: OpenDesk, pack: PolicyPack, clock: Clock) -> None:
    desk = open_with(without(pack, "site-check"))
    filed = accept(desk, matter(pack, **RISKY))
    file = desk.ledger.file(filed.filing_id)
    assert file.site_check_by is None
    assert "最迟" not in papers_of(desk, filed.filing_id)
    clock.day = date(2026, 6, 1)
    assert TaskKind.FIRST_CHECK not in tasks(desk)


@pytest.mark.requirement("LG-13-11a")
def test_without_a_term_for_close_outs_nothing_is_late(open_with: OpenDesk, pack: PolicyPack, clock: Clock) -> None:
    desk = open_with(without(pack, "close-out"))
    filed = accept(desk, matter(pack))
    clock.day = APPLIED
    desk.life.note_completion(
        CompletionRequest(act_id="c", filing_id=filed.filing_id, completed_on=COMPLETED, source=CompletionSource.OWNER)
    )
    [due] = [due for due in desk.life.of(filed.filing_id).due if "完工" in due.text]
    assert (due.text, due.by, due.is_late) == ("2026-06-26 完工，申报注销", None, False)
    assert tasks(desk)[TaskKind.CLOSE_OUT] == (None,)
    request = CloseOutRequest(
        act_id="o",
        filing_id=filed.filing_id,
        completed_on=COMPLETED,
        applied_on=APPLIED,
        applicant="林知远",
        waste=WASTE,
    )
    ahead = desk.life.closeout_ahead(filed.filing_id, COMPLETED, APPLIED)
    assert (ahead.apply_by, ahead.days_late) == (None, 0)
    desk.life.apply_closeout(request)
    with desk.database.reading() as session:
        row = session.query(CloseOut).one()
        assert (row.apply_by, row.is_late) == (None, None)
    assert all("按期" not in text for entry in desk.life.of(filed.filing_id).entries for _name, text in entry.lines)
    assert "是否按期" not in papers_of(desk, filed.filing_id)


@pytest.mark.requirement("LG-27-2b")
def test_without_a_term_for_answers_none_is_promised(open_with: OpenDesk, pack: PolicyPack) -> None:
    desk = open_with(without(pack, "feedback"))
    filed = accept(desk, matter(pack))
    assessment = desk.intake.preview(matter(pack)).assessment
    assert (assessment.acceptance_feedback_mode, assessment.acceptance_feedback_by) == (None, None)
    assert not assessment.reasons_for("acceptance_feedback")
    assert "答复" not in papers_of(desk, filed.filing_id)


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize("left_out", [*LEFT_OUT, ""], ids=[*LEFT_OUT, "all"])
def test_every_part_of_the_program_works_without(
    open_with: OpenDesk, pack: PolicyPack, clock: Clock, tmp_path: Path, left_out: str
) -> None:
    lesser = without(pack, left_out) if left_out else without(pack)
    desk = open_with(lesser)
    filed = accept(desk, matter(pack, **RISKY))
    accept(desk, matter(pack), "second")
    words = papers_of(desk, filed.filing_id)
    assert "None" not in words
    for word in TERM_WORDS.get(left_out, ()):
        assert word not in words, word
    for code, _title in desk.issuing.blanks():
        assert "None" not in said(desk.issuing.blank(code)), code
    for code, _title in desk.site_papers.sheets():
        assert "None" not in said(desk.site_papers.sheet(code, SiteRef(filing_id=filed.filing_id))), code
    clock.day = date(2026, 8, 20)
    desk.worklist.worklist()
    assert len(desk.ledger.ids(LedgerCriteria())) == 2
    desk.ledger.page(desk.ledger.ids(LedgerCriteria()))
    for exception in LedgerException:
        desk.ledger.ids(LedgerCriteria(exception=exception, as_of=clock.day))
    for listed in KeyList:
        desk.key_lists.sheet(listed)
    desk.dossiers.ledger(AreaCriteria(kind=AreaKind.COMMUNITY, first_on=YEAR.first_on, last_on=YEAR.last_on))
    sent, file = Sender(desk, tmp_path).make()
    assert (sent.count > 0, file.is_file()) == (True, True)
    desk.patrol_plan.due()
    assert "None" not in said(desk.dossiers.pdf(filed.filing_id))
    desk.statistics.dashboard(YEAR)
    for kind in ReportKind:
        report = desk.statistics.report(desk.statistics.standard(kind, PeriodKind.YEAR), YEAR)
        desk.statistics.draft_pdf(report, texts={})
    desk.life.note_completion(
        CompletionRequest(act_id="c", filing_id=filed.filing_id, completed_on=COMPLETED, source=CompletionSource.OWNER)
    )
    assert desk.life.of(filed.filing_id).state is LifeState.COMPLETED
    assert "None" not in "".join(task.remark for group in desk.worklist.worklist().groups for task in group.tasks)


@pytest.mark.requirement("LG-21-2d")
def test_measures_of_terms_that_are_not_set_are_not_counted(open_with: OpenDesk, pack: PolicyPack) -> None:
    desk = open_with(without(pack, "close-out"))
    accept(desk, matter(pack))
    report = desk.statistics.report(desk.statistics.standard(ReportKind.PERIOD, PeriodKind.YEAR), YEAR)
    keys = {key for spec in report.definition.tables for key in spec.measures}
    assert not any(key.startswith("close_outs") for key in keys)
    assert "acceptance_due" in keys


@pytest.mark.requirement("LG-2-9")
def test_a_gap_that_decides_keeps_a_matter_from_being_accepted_and_says_so(
    open_with: OpenDesk, pack: PolicyPack
) -> None:
    gap = with_gap(pack, "limit_amount_yuan")
    desk = open_with(gap)
    walk_in = matter(pack, floor_area_m2=Decimal(900))
    shown = desk.intake.preview(walk_in)
    assert shown.assessment.missing_settings == ("limit_amount_yuan",)
    told = f"本规则的“{gap.parameters['limit_amount_yuan'].label}”尚未填写，不能判定；请系统管理员在“规则”中填写。"
    assert not any(act.allowed for act in shown.acts)
    assert next(act.why for act in shown.acts if act.act is Act.ACCEPT) == told
    with pytest.raises(ClerkError) as caught:
        accept(desk, walk_in)
    assert (caught.value.code, caught.value.details["why"]) == ("act_not_allowed", told)
    with pytest.raises(ClerkError) as proposed:
        proposed_act(shown)
    assert proposed.value.details["missing_settings"] == ("limit_amount_yuan",)
    assert proposed.value.details["missing"] == ()


@pytest.mark.requirement("LG-2-9")
def test_a_gap_filled_in_decides(open_with: OpenDesk, pack: PolicyPack) -> None:
    desk = open_with(with_number(with_gap(pack, "limit_amount_yuan"), "limit_amount_yuan", 1_000_000))
    assert accept(desk, matter(pack, floor_area_m2=Decimal(900))).number


@pytest.mark.requirement("LG-10-2")
def test_rules_that_ask_for_no_supervision_claim_none(open_with: OpenDesk, pack: PolicyPack) -> None:
    desk = open_with(replace(pack, supervision=None, supervision_article="", supervision_because=""))
    big = matter(pack, investment_yuan=Decimal(90_000_000), **RISKY)
    assessment = desk.intake.preview(big).assessment
    assert assessment.supervision_required is False
    assert assessment.reasons_for("supervision_required") == ()


@pytest.mark.requirement("LG-2-9")
def test_a_sentence_names_a_gap_as_not_filled_in(open_with: OpenDesk, pack: PolicyPack) -> None:
    desk = open_with(with_gap(pack, "limit_amount_yuan"))
    # Within the limit of the area, the amount decides nothing.
    [reason] = desk.intake.preview(matter(pack)).assessment.reasons_for("outcome")
    assert "{" not in reason.because
    assert "尚未填写" in reason.because
