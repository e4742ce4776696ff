"""Duties that a list of duties takes off the street: no task, said where it counts, nothing else changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.access import Role
from desktop.domain.duties import KINDS_OF, OWN_HANDLING, Duty
from desktop.domain.errors import ClerkError
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.report import ReportKind
from desktop.domain.trail import TrailCriteria
from desktop.domain.worklist import TaskKind, WorklistCriteria
from desktop.services.desk import Desk, open_desk
from desktop.services.patrol_plan import OwnFrequency
from tests import factories
from tests.factories import LIGHT
from tests.integration.at_work import CLERK, SETTER, person, work_as
from tests.integration.conftest import Clock, Decide

LIST = "《平安街道履职事项清单（2026年）》第12项"
DAY = date(2026, 3, 2)  # a Monday


@pytest.fixture
def risky(desk: Desk, decide: Decide) -> int:
    """A registered high-risk work, to be checked within three working days."""
    matter = factories.walk_in(factories.small_work_facts(hoisting=True))
    return decide(factories.all_in_order(matter, desk.intake.pack())).filing_id


def kinds(desk: Desk) -> set[TaskKind]:
    return {group.kind for group in desk.worklist.worklist().groups}


def off(desk: Desk, duty: Duty, *, from_on: date = DAY) -> None:
    desk.duties.switch_off(duty, document=LIST, reason="由区级部门组织实施", from_on=from_on)


def test_every_kind_of_task_is_of_one_duty_or_is_what_the_office_finishes_itself() -> None:
    of_duties = [kind for duty in Duty for kind in KINDS_OF[duty]]

    assert sorted((*of_duties, *OWN_HANDLING)) == sorted(TaskKind)


@pytest.mark.requirement("Q-4")
def test_each_duty_is_listed_with_the_article_that_gives_it_to_the_street(desk: Desk) -> None:
    articles = {line.duty: line.article for line in desk.duties.lines()}

    assert list(articles) == list(Duty)
    assert all(articles.values())
    assert articles[Duty.FIRST_CHECK] == "第三十二条(一)"
    assert articles[Duty.PUBLIC_REPORTS] == "第二十一条(八)"
    assert articles[Duty.CLOSE_OUT_CHECK] == "第三十三条"
    assert desk.office.pack().article("duty_list") == "第二十一条末款"


@pytest.mark.requirement("Q-4")
def test_a_duty_switched_off_makes_no_task_and_the_list_says_by_which_document(desk: Desk, risky: int) -> None:
    assert TaskKind.FIRST_CHECK in kinds(desk)
    before = desk.worklist.counts().total

    off(desk, Duty.FIRST_CHECK)

    found = desk.worklist.worklist()
    assert TaskKind.FIRST_CHECK not in {group.kind for group in found.groups}
    assert found.notes == (f"本街道按{LIST}不承担：高风险小型工程首次现场检查。",)
    assert desk.worklist.counts().total == found.counts.total == before - 1
    assert desk.worklist.worklist(WorklistCriteria(kind=TaskKind.FIRST_CHECK)).groups == ()
    assert desk.ledger.file(risky).row.number, "the filing stands as it stood"


@pytest.mark.requirement("Q-4")
def test_nothing_on_record_changes_and_the_task_comes_back_with_its_term_when_the_duty_does(
    desk: Desk, risky: int, clock: Clock
) -> None:
    (task,) = [t for g in desk.worklist.worklist().groups for t in g.tasks if t.kind is TaskKind.FIRST_CHECK]
    before = desk.ledger.file(risky)
    off(desk, Duty.FIRST_CHECK)
    assert desk.ledger.file(risky) == before
    clock.day = DAY + timedelta(days=1)

    desk.duties.switch_on(Duty.FIRST_CHECK, reason="清单调整")

    (again,) = [t for g in desk.worklist.worklist().groups for t in g.tasks if t.kind is TaskKind.FIRST_CHECK]
    assert again == task
    assert desk.worklist.worklist().notes == ()


@pytest.mark.requirement("Q-4")
def test_a_duty_is_reminded_of_until_the_day_it_leaves_the_street(desk: Desk, risky: int, clock: Clock) -> None:
    off(desk, Duty.FIRST_CHECK, from_on=DAY + timedelta(days=2))

    assert TaskKind.FIRST_CHECK in kinds(desk)
    clock.day = DAY + timedelta(days=2)
    assert TaskKind.FIRST_CHECK not in kinds(desk)


@pytest.mark.requirement("Q-4")
def test_without_the_duty_of_patrols_no_visit_is_planned(desk: Desk, risky: int, clock: Clock) -> None:
    desk.patrol_plan.keep({PlanClass.HIGH_RISK: OwnFrequency(every_days=1)})
    clock.day = DAY + timedelta(days=1)
    assert TaskKind.PATROL in kinds(desk)
    assert len(desk.patrol_plan.due()) == 1

    off(desk, Duty.PATROL)

    assert TaskKind.PATROL not in kinds(desk)
    assert desk.patrol_plan.due() == ()
    assert desk.patrol_plan.own() == {PlanClass.HIGH_RISK: OwnFrequency(every_days=1)}, "the frequency is kept"


@pytest.mark.requirement("Q-4")
def test_who_switched_what_off_by_which_document_and_why_is_on_record(desk: Desk) -> None:
    work_as(desk, SETTER)
    off(desk, Duty.RANDOM_INSPECTION)
    desk.duties.switch_on(Duty.RANDOM_INSPECTION, reason="清单调整")

    work_as(desk, person(9, "冯审", Role.AUDITOR))
    told = [desk.trail.event(each) for each in desk.trail.ids(TrailCriteria(act="duties"))]

    assert [(each.row.summary, each.row.who, each.reason) for each in told] == [
        ("随机抽查：自 2026-03-02 起仍由本街道承担", "钱设", "清单调整"),
        ("随机抽查：自 2026-03-02 起本街道不承担", "钱设", "由区级部门组织实施"),
    ]
    assert LIST in str(told[-1].changes)


@pytest.mark.requirement("Q-4")
def test_the_statistics_of_a_time_say_which_duties_were_not_the_street_s_then(
    desk: Desk, risky: int, clock: Clock
) -> None:
    off(desk, Duty.FIRST_CHECK)
    clock.day = date(2026, 4, 1)
    desk.duties.switch_on(Duty.FIRST_CHECK, reason="清单调整")
    definition = desk.statistics.standard(ReportKind.PERIOD, PeriodKind.MONTH)
    notes = {
        month: " ".join(desk.statistics.report(definition, period_of(PeriodKind.MONTH, date(2026, month, 1))).notes)
        for month in (2, 3, 4)
    }

    said = f"本街道按{LIST}自 2026-03-02 至 2026-04-01 前不承担：高风险小型工程首次现场检查。"
    assert {month: said in words for month, words in notes.items()} == {2: False, 3: True, 4: False}


@pytest.mark.requirement("Q-4")
def test_the_switch_outlasts_the_program(data_folder: Path, clock: Clock) -> None:
    first = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)
    first.office.set_up(factories.office())
    off(first, Duty.PLATFORM)
    lines = first.duties.lines()
    first.close()

    again = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)

    assert again.duties.lines() == lines
    assert again.duties.kinds_away() == {TaskKind.PLATFORM}
    again.close()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"document": " "}, "document"),
        ({"reason": ""}, "reason"),
        ({"from_on": None}, "from_on"),
        ({"document": "甲" * 121}, "document"),
    ],
)
@pytest.mark.requirement("Q-4")
def test_no_duty_is_switched_off_without_document_reason_and_day(
    desk: Desk, said: dict[str, object], field: str
) -> None:
    whole = {"document": LIST, "reason": "由区级部门组织实施", "from_on": DAY, **said}

    with pytest.raises(ClerkError) as refused:
        desk.duties.switch_off(Duty.PATROL, **whole)  # type: ignore[arg-type]

    assert (refused.value.code, refused.value.details["field"]) == ("duty_unfit", field)
    assert desk.duties.notes() == ()


def test_twice_off_or_on_and_a_day_within_an_earlier_time_are_refused(desk: Desk, clock: Clock) -> None:
    def refused(act: Callable[[], object]) -> object:
        with pytest.raises(ClerkError) as error:
            act()
        return error.value.details["field"]

    assert refused(lambda: desk.duties.switch_on(Duty.EXPIRY, reason="清单调整")) == "duty"
    off(desk, Duty.EXPIRY)
    assert refused(lambda: off(desk, Duty.EXPIRY)) == "duty"
    assert refused(lambda: desk.duties.switch_on(Duty.EXPIRY, reason="")) == "reason"
    clock.day = DAY + timedelta(days=5)
    desk.duties.switch_on(Duty.EXPIRY, reason="清单调整")
    assert refused(lambda: off(desk, Duty.EXPIRY)) == "from_on"
    off(desk, Duty.EXPIRY, from_on=clock.day)
    assert not desk.duties.is_ours(Duty.EXPIRY)


def test_a_switch_that_has_not_begun_is_taken_back_and_leaves_no_note(desk: Desk) -> None:
    off(desk, Duty.EXPIRY, from_on=DAY + timedelta(days=9))
    desk.duties.switch_on(Duty.EXPIRY, reason="填错")

    definition = desk.statistics.standard(ReportKind.PERIOD, PeriodKind.MONTH)
    report = desk.statistics.report(definition, period_of(PeriodKind.YEAR, DAY))
    assert not [note for note in report.notes if "不承担" in note]


def test_only_who_keeps_the_settings_switches_duties(desk: Desk) -> None:
    work_as(desk, CLERK)

    for act in (
        desk.duties.lines,
        lambda: off(desk, Duty.PATROL),
        lambda: desk.duties.switch_on(Duty.PATROL, reason=""),
    ):
        with pytest.raises(ClerkError) as refused:
            act()
        assert refused.value.code == "not_permitted"
