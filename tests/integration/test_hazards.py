"""Recording hazards: several of one visit in one act, on the spot or within a term, with the notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardLevel, HazardState, Measure, Responsible, StepKind
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.patrol import PatrolLevel, PatrolRequest, PatrolResult
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.models.found_site import FoundSite
from desktop.queries.hazards import hazards_to_report, open_hazards_of
from desktop.services.desk import Desk
from tests.integration.at_work import CLERK, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.hazard_desk import OTHER_COMMUNITY, PATROLLER, TODAY, asked, draft, step


@pytest.fixture
def site(desk: Desk, decide: Decide, complete: WalkIn) -> SiteRef:
    """A registered small work; the patroller is at work."""
    decided = decide(complete)
    work_as(desk, PATROLLER)
    return SiteRef(filing_id=decided.filing_id)


@pytest.fixture
def found_site(desk: Desk) -> SiteRef:
    """A work found without registration."""
    with desk.database.writing(is_whole=True) as session:
        row = FoundSite(
            act_id="found-1",
            number="PA-FX-2026-000001",
            community="坪安社区",
            grid="",
            place="坪安路66号",
            place_key="坪安路66号",
            work="门店招牌安装",
            kind="minor_operation",
            owner_name="陈小满",
            owner_phone="13800002719",
            contractor_name="",
            found_on=TODAY,
            found_by="何巡",
            source="patrol",
            campaign="",
            state="urged",
            state_on=TODAY,
            state_reason="",
            recorded_at=desk.reviews._station.now(),
            recorded_by="何巡",
        )
        session.add(row)
        session.flush()
        ref = SiteRef(found_site_id=row.id)
    work_as(desk, PATROLLER)
    return ref


def text_of(desk: Desk, paper_id: int) -> str:
    """The text of a paper's pages, without breaks."""
    document = pypdfium2.PdfDocument(desk.issuing.pdf(paper_id))
    pages = [document[place].get_textpage().get_text_bounded() for place in range(len(document))]
    document.close()
    return "".join("".join(pages).split())


@pytest.mark.requirement("LG-30-H", "LG-30-1b", "LG-30-2a", "JS-2.3b")
def test_the_hazards_of_one_visit_are_one_act_with_numbers_and_one_notice(desk: Desk, site: SiteRef) -> None:
    trained = draft(
        finding="untrained_or_uncertified",
        description="电工没有特种作业操作证，电话13800001234",
        measures=(Measure.URGE,),
        responsible=Responsible.OWNER,
        due_on=date(2026, 3, 4),
    )
    at_once = draft(description="安全帽未系带", measures=(Measure.REMIND,), is_on_the_spot=True, due_on=None)
    recorded = desk.hazards.record(asked(site, draft(), trained, at_once))
    assert recorded.numbers == ("PA-YH-2026-000001", "PA-YH-2026-000002", "PA-YH-2026-000003")
    rows = desk.hazards.page(recorded.ids)
    assert [row.state for row in rows] == [HazardState.RECTIFYING, HazardState.RECTIFYING, HazardState.CLEARED]
    assert [row.responsible_name for row in rows[:2]] == ["深圳市匠新装饰工程有限公司", "深圳市和顺餐饮管理有限公司"]
    assert rows[2].cleared_on == TODAY
    assert recorded.notice is not None
    assert (recorded.notice.number, recorded.notice.code) == ("PA-ZG-2026-000001", "rectification_notice")
    assert recorded.changes == {Change.ON_SITE, Change.PAPERS, Change.FILINGS}
    words = text_of(desk, recorded.notice.id)
    for said in (
        "安全隐患整改通知书",
        "移动脚手架作业面没有防护栏",
        "第三十条(一)",
        "2026年3月4日",
        "何巡",
        "督促你方按要求整改",
    ):
        assert said in words, said
    assert "责令" not in words, "people on patrol urge, they do not order"
    assert "138****1234" in words
    assert "13800001234" not in words
    assert "安全帽未系带" not in words, "what was put right on the spot is on no notice"
    work_as(desk, CLERK)
    assert desk.ledger.ids(LedgerCriteria(text=recorded.notice.number)) == (site.filing_id,)


@pytest.mark.requirement("LG-30-H")
def test_the_same_act_twice_records_once(desk: Desk, site: SiteRef) -> None:
    first, again = (desk.hazards.record(asked(site, draft(), draft())) for _ in range(2))
    assert first == again
    assert count_of(desk, "hazard") == 2
    plain = asked(site, act_id="visit-2", issues_notice=False)
    assert desk.hazards.record(plain) == desk.hazards.record(plain)
    assert (count_of(desk, "hazard"), count_of(desk, "hazard_step")) == (3, 8)
    assert desk.hazards.record(asked(site, act_id="visit-3")).numbers == ("PA-YH-2026-000004",), "no number was lost"


@pytest.mark.requirement("LG-30-H", "LG-30-0")
def test_a_visit_its_hazards_and_the_notice_are_one_transaction(desk: Desk, site: SiteRef) -> None:
    visit = PatrolRequest(
        act_id="patrol-1",
        visited_on=TODAY,
        patrollers=("何巡",),
        level=PatrolLevel.COMMUNITY,
        organisation="坪安社区工作站",
        site=site,
        result=PatrolResult.FINDINGS,
    )
    papers = count_of(desk, "issued_document")
    with pytest.raises(ClerkError):
        desk.hazards.record_visit(visit, asked(site, draft(description="")))
    assert (count_of(desk, "patrol"), count_of(desk, "hazard"), count_of(desk, "issued_document")) == (0, 0, papers)
    recorded = desk.hazards.record_visit(visit, asked(site))
    assert desk.hazards.record_visit(visit, asked(site)) == recorded
    assert count_of(desk, "patrol") == 1
    [row] = desk.hazards.page(recorded.ids)
    assert row.patrol_id == recorded.patrol_id is not None
    assert desk.hazards.ids(HazardCriteria(patrol_id=recorded.patrol_id)) == recorded.ids
    with pytest.raises(ClerkError) as caught:
        desk.hazards.record(asked(site, act_id="visit-9", patrol_id=999))
    assert caught.value.code == "no_such_patrol"


@pytest.mark.requirement("LG-30-3a", "LG-30-3c")
def test_a_work_without_registration_gets_its_notice_too_and_a_refusal_its_day(desk: Desk, found_site: SiteRef) -> None:
    urged = draft(
        finding="unregistered",
        description="未办理登记，已开始安装",
        measures=(Measure.URGE_REGISTRATION,),
        responsible=Responsible.OWNER,
    )
    recorded = desk.hazards.record(asked(found_site, urged))
    assert recorded.notice is not None
    assert recorded.notice.filing_id is None
    words = text_of(desk, recorded.notice.id)
    assert "PA-FX-2026-000001" in words
    assert "在期限内办理安全生产信息登记" in words
    refused = desk.hazards.record(
        asked(found_site, replace(urged, is_refused=True), act_id="visit-2", issues_notice=False)
    )
    [row] = desk.hazards.page(refused.ids)
    assert (row.state, row.refused_on, row.report_by) == (HazardState.REFUSED, TODAY, TODAY)


@pytest.mark.requirement("LG-30-8")
def test_waste_on_a_road_is_recorded_without_a_site_and_must_be_reported_even_when_cleared(
    desk: Desk, site: SiteRef
) -> None:
    dumped = draft(
        finding="illegal_waste_dumping", description="装修垃圾倾倒在路边", measures=(), is_on_the_spot=True, due_on=None
    )
    with pytest.raises(ClerkError) as caught:
        desk.hazards.record(asked(SiteRef(), dumped))
    assert caught.value.details["fields"] == ("community",)
    [number] = desk.hazards.record(asked(SiteRef(), dumped, community="坪安社区")).ids
    [row] = desk.hazards.page([number])
    assert (row.state, row.report_by, row.site) == (HazardState.CLEARED, TODAY, SiteRef())
    with desk.database.reading() as session:
        station = desk.reviews._station
        tomorrow = TODAY + timedelta(days=1)
        [waiting] = hazards_to_report(session, tomorrow, station.pack())
        assert waiting.is_report_overdue
    desk.hazards.step(step(desk, number, StepKind.REPORTED, names=("坪安街道综合行政执法队",)))
    assert desk.hazards.ids(HazardCriteria(awaits_report=True)) == ()
    assert site.filing_id is not None


@pytest.mark.requirement("LG-30-H")
def test_what_is_wanting_is_told_field_by_field_and_nothing_is_recorded(desk: Desk, site: SiteRef) -> None:
    faulty = (
        draft(finding="invented"),
        draft(description=" "),
        draft(due_on=None),
        draft(due_on=date(2026, 3, 1)),
        draft(is_on_the_spot=True, is_refused=True),
        draft(description="图片😀"),
    )
    with pytest.raises(ClerkError) as caught:
        desk.hazards.record(asked(site, *faulty))
    assert caught.value.code == "hazard_incomplete"
    assert caught.value.details["fields"] == (
        "hazards.0.finding",
        "hazards.1.description",
        "hazards.2.due_on",
        "hazards.3.due_on",
        "hazards.4.is_refused",
        "hazards.5.description",
    )
    for more in ({"found_on": TODAY + timedelta(days=1)}, {"hazards": ()}):
        with pytest.raises(ClerkError):
            desk.hazards.record(asked(site, **more))
    assert (count_of(desk, "hazard"), count_of(desk, "patrol")) == (0, 0)


@pytest.mark.requirement("LG-34-0")
def test_who_does_not_patrol_or_is_not_of_the_community_records_nothing(desk: Desk, site: SiteRef) -> None:
    for actor, code in ((CLERK, "not_permitted"), (OTHER_COMMUNITY, "no_such_filing")):
        work_as(desk, actor)
        with pytest.raises(ClerkError) as caught:
            desk.hazards.record(asked(site))
        assert caught.value.code == code
    work_as(desk, OTHER_COMMUNITY)
    with pytest.raises(ClerkError) as caught:
        desk.hazards.record(asked(SiteRef(), community="坪安社区"))
    assert caught.value.code == "outside_scope"
    work_as(desk, PATROLLER)
    desk.hazards.record(asked(site))
    work_as(desk, OTHER_COMMUNITY)
    assert desk.hazards.ids(HazardCriteria()) == ()
    assert desk.hazards.page([1]) == ()
    assert desk.hazards.counts(HazardCriteria()).total == 0
    for probe in (lambda: desk.hazards.file(1), lambda: desk.hazards.step(step(desk, 1, StepKind.PASSED))):
        with pytest.raises(ClerkError) as caught:
            probe()
        assert caught.value.code == "no_such_hazard"
    with pytest.raises(ClerkError) as caught:
        desk.hazards.record(asked(SiteRef(), community="新禾社区"))
    assert caught.value.code == "act_id_used", "an act out of sight is refused by name"


@pytest.mark.requirement("LG-30-H", "SJ-3e", "LG-34-0")
def test_the_list_finds_by_every_criterion_and_counts_what_it_finds(desk: Desk, site: SiteRef, clock: Clock) -> None:
    major = draft(
        finding="out_of_scope", level=HazardLevel.MAJOR, responsible=Responsible.OWNER, due_on=date(2026, 3, 3)
    )
    first, second = desk.hazards.record(asked(site, draft(), major)).ids
    clock.day = date(2026, 3, 4)
    [third] = desk.hazards.record(asked(site, draft(is_on_the_spot=True), act_id="v2", found_on=clock.day)).ids
    desk.hazards.step(step(desk, first, StepKind.SUPERVISED, names=("区级督办",)))
    for criteria, ids in (
        (HazardCriteria(), (second, first, third)),
        (HazardCriteria(is_open=True), (second, first)),
        (HazardCriteria(is_open=False), (third,)),
        (HazardCriteria(is_overdue=True), (second,)),
        (HazardCriteria(awaits_report=True), (second,)),
        (HazardCriteria(level=HazardLevel.MAJOR), (second,)),
        (HazardCriteria(finding="out_of_scope"), (second,)),
        (HazardCriteria(responsible=Responsible.OWNER), (second,)),
        (HazardCriteria(states=frozenset({HazardState.CLEARED})), (third,)),
        (HazardCriteria(first=clock.day), (third,)),
        (HazardCriteria(last=TODAY), (second, first)),
        (HazardCriteria(is_supervised=True), (first,)),
        (HazardCriteria(community="新禾社区"), ()),
        (HazardCriteria(site=site), (second, first, third)),
        (HazardCriteria(text="PA-ZG-2026-000001"), (second, first)),
        (HazardCriteria(text="YH-2026-000003"), (third,)),
        (HazardCriteria(text="100%"), ()),
        (HazardCriteria(text="商铺装修"), (second, first, third)),
    ):
        assert desk.hazards.ids(criteria) == ids, criteria
        assert desk.hazards.counts(criteria).total == len(ids)
    counts = desk.hazards.counts(HazardCriteria())
    assert (counts.open, counts.overdue, counts.major, counts.awaiting_report, counts.cleared) == (2, 1, 1, 1, 1)
    assert counts.mean_days_to_clear == 0
    with desk.database.reading() as session:
        pack = desk.reviews._station.pack()
        assert [row.id for row in open_hazards_of(session, site, clock.day, pack)] == [second, first]
