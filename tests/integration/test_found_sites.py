"""Works found unregistered: recorded, urged, refused, registered, above the limits, surveyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.access import FOUNDER, Role
from desktop.domain.acts import BegunFrom, Status
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteCriteria, FoundSource, FoundState
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.patrol import PatrolKind, PatrolLevel, PatrolRequest
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferMatter
from desktop.domain.walk_in import Place, WalkIn
from desktop.domain.worklist import TaskKind
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests.factories import all_in_order, walk_in
from tests.integration.at_work import CLERK, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.hazard_desk import asked
from tests.integration.outward import (
    HERE,
    PATROLLER_HERE,
    PATROLLER_THERE,
    days_later,
    found_draft,
    found_site,
    words_of,
)
from tests.integration.test_worklist import tasks


@pytest.mark.requirement("LG-30-3a")
def test_an_unregistered_work_is_recorded_with_place_finder_term_and_notice(desk: Desk) -> None:
    recorded = found_site(desk, register_by=desk.found_sites.term())
    row = desk.found_sites.row(recorded.found_site_id)
    assert (row.number, row.state, row.found_by) == ("PA-FX-2026-000001", FoundState.URGED, "郭巡")
    assert row.register_by == date(2026, 3, 5)
    assert row.owner_phone == "138****4455"
    assert recorded.paper_id is not None
    words = words_of(desk, recorded.paper_id)
    for said in ("PA-FX-2026-000001", "2026年3月5日", "第三十条(三)", "坪安路22号一层", "郭巡"):
        assert said in words, said
    assert "13800004455" not in words, "the notice may hang at the site"
    assert [paper.id for paper in desk.found_sites.papers(row.id)] == [recorded.paper_id]


@pytest.mark.requirement("LG-30-3a")
def test_recording_twice_counts_once_and_without_a_term_no_notice_is_printed(desk: Desk) -> None:
    first, again = found_site(desk), found_site(desk)
    assert (first, first.paper_id) == (again, None)
    for other in ({"place": "坪安路23号"}, {"owner_name": "另一位"}, {"register_by": date(2026, 3, 9)}):
        with pytest.raises(ClerkError, match="act_id_used"):
            found_site(desk, **other)
    assert desk.found_sites.count(FoundSiteCriteria()) == 1
    urged = desk.found_sites.urge(first.found_site_id, register_by=date(2026, 3, 6))
    assert urged.paper_id is not None
    assert desk.found_sites.row(first.found_site_id).state is FoundState.URGED
    assert found_site(desk).found_site_id == first.found_site_id, "a term set later is not another record"


@pytest.mark.requirement("LG-30-3a")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": " "}, "place"),
        ({"community": "", "place": "x"}, "community"),
        ({"work": ""}, "work"),
        ({"found_by": ""}, "found_by"),
        ({"found_on": None}, "found_on"),
        ({"found_on": date(2026, 3, 3)}, "found_on"),
        ({"owner_phone": "12"}, "owner_phone"),
        ({"kind": "castle"}, "kind"),
        ({"register_by": date(2026, 3, 1)}, "register_by"),
        ({"kind": "above_limit", "register_by": date(2026, 3, 9)}, "register_by"),
        ({"source": FoundSource.CAMPAIGN}, "campaign"),
    ],
)
def test_a_record_wants_place_work_finder_and_days_that_can_be(desk: Desk, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ClerkError) as caught:
        found_site(desk, **changes)
    assert (caught.value.code, caught.value.details["field"]) == ("found_site_unfit", field)
    assert found_site(desk).number.endswith("000001"), "no number was lost"


@pytest.mark.requirement("LG-30-3c")
def test_a_refusal_makes_enforcement_due_the_same_day_and_red_from_the_next(desk: Desk, clock: Clock) -> None:
    clock.day = date(2026, 3, 7)  # a Saturday: rest days count too
    site_id = found_site(desk, found_on=clock.day).found_site_id
    row = desk.found_sites.refuse(site_id, "业主称不归街道管")
    assert (row.state, row.report_by, row.state_reason) == (FoundState.REFUSED, clock.day, "业主称不归街道管")
    assert not row.is_report_overdue(clock.day)
    days_later(clock, 1)
    assert row.is_report_overdue(clock.day)
    assert [due.id for due in desk.found_sites.find(FoundSiteCriteria(is_report_due=True))] == [site_id]


@pytest.mark.requirement("LG-30-3c")
def test_a_term_that_ran_out_makes_enforcement_due_without_anybody_saying_so(desk: Desk, clock: Clock) -> None:
    site_id = found_site(desk, register_by=date(2026, 3, 5)).found_site_id
    is_due = FoundSiteCriteria(is_report_due=True)
    clock.day = date(2026, 3, 5)
    assert desk.found_sites.find(is_due) == (), "the last day of the term is still theirs"
    clock.day = date(2026, 3, 6)
    (row,) = desk.found_sites.find(is_due)
    assert (row.id, row.report_by, row.is_report_overdue(clock.day)) == (site_id, date(2026, 3, 6), False)
    clock.day = date(2026, 3, 7)
    (row,) = desk.found_sites.find(is_due)
    assert row.is_report_overdue(clock.day)


@pytest.mark.requirement("LG-30-3c")
@pytest.mark.parametrize("then", ["urged", "refused"])
def test_what_comes_after_the_term_does_not_undo_that_it_ran_out(desk: Desk, clock: Clock, then: str) -> None:
    site_id = found_site(desk, register_by=date(2026, 3, 5)).found_site_id
    clock.day = date(2026, 3, 9)
    if then == "urged":
        desk.found_sites.urge(site_id, register_by=date(2026, 3, 20))
    else:
        desk.found_sites.refuse(site_id, "拒不登记")
    (row,) = desk.found_sites.find(FoundSiteCriteria(is_report_due=True))
    assert (row.report_by, row.is_report_overdue(clock.day)) == (date(2026, 3, 6), True)
    assert [task.by for task in tasks(desk, TaskKind.SAME_DAY_FOUND_SITE)] == [date(2026, 3, 6)]
    letter = desk.transfers.draft(TransferMatter(site=SiteRef(found_site_id=site_id)))
    desk.transfers.send(replace(letter, act_id="t-late"))
    assert desk.found_sites.find(FoundSiteCriteria(is_report_due=True)) == ()
    assert tasks(desk, TaskKind.SAME_DAY_FOUND_SITE) == ()


@pytest.mark.requirement("LG-30-3c")
def test_telling_enforcement_ends_the_duty_and_keeps_the_day_it_was_due(desk: Desk, clock: Clock) -> None:
    site_id = found_site(desk).found_site_id
    desk.found_sites.refuse(site_id, "拒不登记")
    letter = desk.transfers.draft(TransferMatter(site=SiteRef(found_site_id=site_id)))
    assert (letter.is_same_day, letter.article) == (True, "第三十条(三)")
    assert "拒不登记" in letter.facts
    desk.transfers.send(replace(letter, act_id="t-1"))
    row = desk.found_sites.row(site_id)
    assert (row.state, row.report_by, row.reported_on) == (FoundState.REPORTED, clock.day, clock.day)
    assert not row.is_report_overdue(date(2026, 4, 1)), "it was told in time"
    assert desk.found_sites.find(FoundSiteCriteria(is_report_due=True)) == ()


@pytest.mark.requirement("LG-30-3a")
def test_it_becomes_a_filing_with_what_is_known_filled_in(desk: Desk, decide: Decide) -> None:
    site_id = found_site(desk).found_site_id
    work_as(desk, CLERK)
    begun = desk.found_sites.begin_walk_in(site_id)
    assert begun.place == Place(community="坪安社区", grid="03", detail="坪安路22号一层")
    assert (begun.owner.name, begun.owner.phone) == ("深圳市丰禾百货店", "13800004455")
    assert (begun.contractor.party.name, begun.content) == ("深圳市匠新装饰工程有限公司", "商铺室内装修")
    assert begun.facts.text("kind") == "small_work"
    decided = decide(all_in_order(walk_in(place=begun.place), desk.intake.pack()))
    row = desk.found_sites.link(site_id, decided.filing_id)
    assert (row.state, row.is_registered, row.filing_number) == (FoundState.LINKED, True, decided.number)
    assert desk.found_sites.find(FoundSiteCriteria(is_open=True)) == ()
    with pytest.raises(ClerkError, match="found_site_closed"):
        desk.found_sites.begin_walk_in(site_id)


@pytest.mark.requirement("LG-30-3a")
def test_the_decision_that_names_it_ties_it_in_its_own_transaction(desk: Desk, decide: Decide) -> None:
    site_id = found_site(desk).found_site_id
    work_as(desk, CLERK)
    begun = desk.found_sites.begin_walk_in(site_id)
    matter = all_in_order(walk_in(place=begun.place), desk.intake.pack())
    decided = decide(matter, act_id="same", found_site_id=site_id)
    row = desk.found_sites.row(site_id)
    assert (row.state, row.is_registered, row.filing_id) == (FoundState.LINKED, True, decided.filing_id)
    assert decide(matter, act_id="same", found_site_id=site_id) == decided, "the same act twice counts once"
    with desk.database.reading(is_whole=True) as session:
        acts = session.scalars(select(AuditEvent.act).order_by(AuditEvent.id.desc()).limit(2)).all()
    assert list(acts) == ["accept", "found_site_linked"]
    work_as(desk, FOUNDER)
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("LG-30-3a", "LG-30-H", "LG-33-3")
def test_what_is_open_on_it_stays_open_on_the_registration_it_became(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    site = SiteRef(found_site_id=found_site(desk).found_site_id)
    recorded = desk.hazards.record(asked(site))
    sent = desk.transfers.send(replace(desk.transfers.draft(TransferMatter(site=site)), act_id="t-1"))
    filing_id = decide(complete).filing_id
    assert not desk.life.of(filing_id).open_matters
    desk.found_sites.link(site.found_site_id or 0, filing_id)
    left = desk.life.of(filing_id).open_matters
    assert (left.hazards, left.transfers) == (recorded.numbers, (sent.number,))
    assert desk.patrols.site(SiteRef(filing_id=filing_id)).open_hazards == 1


@pytest.mark.requirement("LG-30-3a")
def test_a_work_settled_otherwise_meanwhile_does_not_keep_who_came_from_being_registered(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    site_id = found_site(desk).found_site_id
    desk.found_sites.dismiss(site_id, "已拆除")
    decided = decide(complete, found_site_id=site_id)
    assert decided.status is Status.REGISTERED
    assert desk.found_sites.row(site_id).state is FoundState.DISMISSED


@pytest.mark.requirement("LG-30-3a")
def test_a_decision_cannot_name_a_work_out_of_sight_or_none(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    there = found_site(desk, community="新禾社区", place="新禾路3号").found_site_id
    work_as(desk, person(33, "姚窗", Role.WINDOW_CLERK, areas=HERE))
    for found_site_id in (there, 99):
        with pytest.raises(ClerkError, match="no_such_found_site"):
            decide(complete, found_site_id=found_site_id)
    assert desk.ledger.ids(LedgerCriteria()) == ()


@pytest.mark.requirement("LG-30-3a", "LG-25-2b")
def test_a_draft_keeps_what_it_was_begun_from(desk: Desk) -> None:
    begun_from = BegunFrom(found_site_id=found_site(desk).found_site_id)
    desk.drafts.save("one", walk_in(), begun_from=begun_from)
    desk.drafts.save("one", walk_in(project_name="再打几个字"), begun_from=begun_from)
    desk.drafts.save("two", walk_in(), begun_from=BegunFrom(follows_id=7))
    kept = {draft.id: draft.begun_from for draft in desk.drafts.all()}
    assert kept == {"one": begun_from, "two": BegunFrom(follows_id=7)}


@pytest.mark.requirement("LG-30-3a")
@pytest.mark.parametrize("place", ["坪安路22号一层", "坪安社区坪安路22号一层", "坪安路22号"])
def test_a_filing_at_the_same_place_proposes_the_unregistered_work(
    desk: Desk, decide: Decide, complete: WalkIn, place: str
) -> None:
    site_id = found_site(desk, place=place).found_site_id
    found_site(desk, "found-2", place="田心路7号")
    there = replace(complete, place=Place(community="坪安社区", estate="坪安路22号", detail="一层"))
    decided = decide(there)
    assert [row.id for row in desk.found_sites.proposals(decided.filing_id)] == [site_id]
    desk.found_sites.link(site_id, decided.filing_id)
    assert desk.found_sites.proposals(decided.filing_id) == ()


@pytest.mark.requirement("SJ-5.3c", "SJ-3i")
def test_above_limit_works_of_a_survey_are_registered_and_passed_on(desk: Desk) -> None:
    survey = {"source": FoundSource.CAMPAIGN, "campaign": "2026年春季排摸"}
    site_id = found_site(desk, kind="above_limit", work="厂房扩建", **survey).found_site_id
    with pytest.raises(ClerkError, match="found_site_unfit"):
        desk.found_sites.urge(site_id, register_by=date(2026, 3, 9))
    letter = desk.transfers.draft(TransferMatter(site=SiteRef(found_site_id=site_id)))
    assert (letter.article, letter.to_body) == ("第三十条(六)", "街道综合行政执法部门")
    assert "超出限额" in letter.facts
    desk.transfers.send(replace(letter, act_id="t-1"))
    summary = desk.found_sites.campaign_summary("2026年春季排摸")
    assert (summary.found, summary.above_limit, summary.reported) == (1, 1, 1)


@pytest.mark.requirement("SJ-3i")
def test_a_survey_sums_up_area_period_found_registered_not_and_above_limit(
    desk: Desk, clock: Clock, decide: Decide, complete: WalkIn
) -> None:
    survey: dict[str, Any] = {"source": FoundSource.CAMPAIGN, "campaign": "排摸甲"}
    first = found_site(desk, "f-1", **survey)
    clock.day = date(2026, 3, 4)
    found_site(desk, "f-2", place="新禾路3号", community="新禾社区", found_on=clock.day, **survey)
    found_site(desk, "f-3", kind="above_limit", place="新禾路9号", **survey)
    found_site(desk, "f-4", place="别处1号")
    desk.found_sites.link(first.found_site_id, decide(complete).filing_id)
    summary = desk.found_sites.campaign_summary("排摸甲")
    assert (summary.first_on, summary.last_on) == (date(2026, 3, 2), date(2026, 3, 4))
    assert summary.communities == ("坪安社区", "新禾社区")
    counted = (summary.found, summary.registered, summary.not_registered, summary.above_limit)
    assert counted == (3, 1, 1, 1)
    assert desk.found_sites.campaigns() == ("排摸甲",)


@pytest.mark.requirement("SJ-3g")
def test_a_patrol_by_road_brings_an_unregistered_work(desk: Desk) -> None:
    swept = desk.patrols.record(
        PatrolRequest(
            act_id="p-1",
            visited_on=date(2026, 3, 2),
            patrollers=("郭巡",),
            level=PatrolLevel.COMMUNITY,
            organisation="坪安社区工作站",
            kind=PatrolKind.SWEEP,
            community="坪安社区",
            road="坪安路",
        )
    )
    site_id = found_site(desk, patrol_id=swept.patrol_id).found_site_id
    assert desk.found_sites.row(site_id).source is FoundSource.PATROL
    with pytest.raises(ClerkError, match="no_such_patrol"):
        found_site(desk, "f-2", patrol_id=99)
    with pytest.raises(ClerkError, match="no_such_patrol"):
        found_site(desk, "f-3", patrol_id=swept.patrol_id, community="新禾社区")


@pytest.mark.requirement("LG-30-3a")
def test_a_visit_to_another_site_shows_nothing_of_an_unregistered_work(desk: Desk) -> None:
    other = found_site(desk).found_site_id
    visit = desk.patrols.record(
        PatrolRequest(
            act_id="p-1",
            site=SiteRef(found_site_id=other),
            visited_on=date(2026, 3, 2),
            patrollers=("郭巡",),
            level=PatrolLevel.COMMUNITY,
            organisation="坪安社区工作站",
        )
    )
    with pytest.raises(ClerkError, match="no_such_patrol"):
        found_site(desk, "f-2", patrol_id=visit.patrol_id)


@pytest.mark.requirement("LG-30-3a", "LG-30-3c")
def test_who_looks_after_another_community_neither_sees_nor_touches_it(desk: Desk) -> None:
    site_id = found_site(desk, owner_name="标记业主").found_site_id
    work_as(desk, PATROLLER_THERE)
    assert desk.found_sites.find(FoundSiteCriteria()) == ()
    for refused in (
        lambda: desk.found_sites.row(site_id),
        lambda: desk.found_sites.papers(site_id),
        lambda: desk.found_sites.urge(site_id, register_by=date(2026, 3, 9)),
        lambda: desk.found_sites.refuse(site_id, "拒不登记"),
        lambda: desk.found_sites.dismiss(site_id, "已拆除"),
        lambda: desk.found_sites.set_kind(site_id, "above_limit"),
        lambda: desk.found_sites.begin_walk_in(site_id),
        lambda: desk.transfers.draft(TransferMatter(site=SiteRef(found_site_id=site_id))),
    ):
        with pytest.raises(ClerkError):
            refused()
    with pytest.raises(ClerkError, match="outside_scope"):
        found_site(desk, "f-2")
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.found_sites.record(found_draft(community="新禾社区"), act_id="found-1")
    work_as(desk, PATROLLER_HERE)
    assert desk.found_sites.dismiss(site_id, "已拆除").state is FoundState.DISMISSED


@pytest.mark.requirement("LG-30-3a")
def test_the_list_is_asked_by_text_state_kind_community_and_days(desk: Desk) -> None:
    found_site(desk, "f-1")
    found_site(desk, "f-2", place="新禾路3号", community="新禾社区", kind="minor_operation", work="安装招牌")
    for criteria, places in (
        (FoundSiteCriteria(text="招牌"), ["新禾路3号"]),
        (FoundSiteCriteria(text="坪安路 22号"), ["坪安路22号一层"]),
        (FoundSiteCriteria(text="FX-2026-000002"), ["新禾路3号"]),
        (FoundSiteCriteria(kind="minor_operation"), ["新禾路3号"]),
        (FoundSiteCriteria(community="坪安社区"), ["坪安路22号一层"]),
        (FoundSiteCriteria(state=FoundState.REFUSED), []),
        (FoundSiteCriteria(found_from=date(2026, 3, 3)), []),
        (FoundSiteCriteria(limit=1), ["新禾路3号"]),
    ):
        assert [row.place for row in desk.found_sites.find(criteria)] == places, criteria
    assert desk.found_sites.count(FoundSiteCriteria(limit=1)) == 2
