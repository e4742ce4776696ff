"""The registers beside the ledger: written, put right, withdrawn, listed inside the scope, printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from sqlalchemy import select

from desktop.domain.access import Role
from desktop.domain.acts import Decided
from desktop.domain.book import BookDraft, BookKind, BookRow
from desktop.domain.books import BookCriteria
from desktop.domain.errors import ClerkError
from desktop.domain.firms import FirmDraft, FirmKind
from desktop.domain.insured import InsuranceLack
from desktop.domain.public_report import FROM_BODIES, ReportCriteria, ReportDraft, ReportSource
from desktop.domain.walk_in import IdKind, Insurance, WalkIn
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests.factories import COMPANY_CODE, FILED_ON
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, count_of

Decide = Callable[..., Decided]
TRAINING = {
    "kind": "培训",
    "happened_on": "2026-02-10",
    "level": "区",
    "organisation": "区住房建设部门",
    "topic": "小型工程管理业务培训",
    "persons": "120",
    "materials": "安全须知",
    "copies": "3,000",
}
ACCIDENT = {
    "happened_on": "2026-02-11",
    "works": "零星作业",
    "type": "高处坠落",
    "community": "坪安社区",
    "place": "坪安路某商铺",
    "is_registered": "否",
    "dead": "0",
    "injured": "1",
    "loss": "3.5万元",
    "state": "已上报",
    "summary": "绳索磨断，从二层坠落。",
}
CLERK = person(61, "簿甲", Role.WINDOW_CLERK, areas=frozenset({"坪安社区"}))
ELSEWHERE = person(62, "簿乙", Role.WINDOW_CLERK, areas=frozenset({"新禾社区"}))
MANAGER = person(63, "簿丙", Role.MANAGER)
AUDITOR = person(64, "簿丁", Role.AUDITOR)


def write(desk: Desk, book: BookKind, act_id: str = "b1", /, **texts: str) -> BookRow:
    return desk.books.write(BookDraft(kind=book, texts=texts), act_id=act_id).row


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def code_of(caught: pytest.ExceptionInfo[ClerkError]) -> tuple[str, object]:
    return caught.value.code, caught.value.details.get("field")


@pytest.mark.requirement("LG-21-7", "LG-15-8", "YC-3b")
def test_an_activity_takes_the_next_number_of_the_series_and_counts_once(desk: Desk) -> None:
    row = write(desk, BookKind.ACTIVITY, **TRAINING)
    assert row.number == "PA-BC-2026-000001"
    assert (row.happened_on, row.organisation, row.version) == (date(2026, 2, 10), "区住房建设部门", 1)
    assert (row.values["kind"], row.values["persons"], row.values["copies"]) == ("training", 120, 3000)
    assert write(desk, BookKind.ACTIVITY, **TRAINING) == row, "the same act twice counts once"
    assert write(desk, BookKind.ACTIVITY, "b2", **TRAINING).number == "PA-BC-2026-000002"
    assert len(desk.books.all(BookKind.ACTIVITY)) == 2
    with pytest.raises(ClerkError, match="act_id_used"):
        write(desk, BookKind.ACCIDENT, "b2", **ACCIDENT)


@pytest.mark.requirement("JS-3.3b", "HL-2f", "SJ-5.6c")
@pytest.mark.parametrize(
    ("kind", "more"), [("媒体宣传", {"channel": "街道公众号", "reach": "12000"}), ("案例研讨", {}), ("应急演练", {})]
)
def test_media_with_channel_and_reach_case_studies_and_drills_are_kept(
    desk: Desk, kind: str, more: dict[str, str]
) -> None:
    row = write(desk, BookKind.ACTIVITY, **{**TRAINING, "kind": kind, **more})
    assert {key: str(row.values.get(key)) for key in more} == more


@pytest.mark.requirement("JS-2.4a")
def test_whether_the_district_held_its_training_this_year_is_told(desk: Desk) -> None:
    write(desk, BookKind.ACTIVITY, "b1", **{**TRAINING, "level": "街道"})
    write(desk, BookKind.ACTIVITY, "b2", **{**TRAINING, "kind": "宣传"})
    write(desk, BookKind.ACTIVITY, "b3", **{**TRAINING, "happened_on": "2025-12-31"})
    assert not desk.books.training_year(2026).is_held
    assert "尚未组织" in desk.books.training_year(2026).words
    held = write(desk, BookKind.ACTIVITY, "b4", **TRAINING)
    year = desk.books.training_year(2026)
    assert (year.is_held, year.trainings, year.persons, year.last_on) == (True, 1, 120, held.happened_on)
    desk.books.withdraw(held.uid, "重复登记", version=1)
    assert not desk.books.training_year(2026).is_held


@pytest.mark.requirement("LG-21-9", "LG-18-6", "LG-41-3")
def test_an_accident_is_put_right_by_a_later_form_and_the_former_stays(desk: Desk, clock: Clock) -> None:
    first = write(desk, BookKind.ACCIDENT, **ACCIDENT)
    assert first.values["loss"] == Decimal(35000)
    texts = {**ACCIDENT, "state": "已结案", "report_document": "区应急〔2026〕3号", "result": "责令改正并通报"}
    done = desk.books.put_right(first.uid, BookDraft(kind=BookKind.ACCIDENT, texts=texts), version=1, act_id="b2")
    assert (done.row.number, done.row.version, done.row.uid) == (first.number, 2, first.uid)
    (standing,) = desk.books.all(BookKind.ACCIDENT)
    assert (standing.values["state"], standing.values["report_document"]) == ("closed", "区应急〔2026〕3号")
    later, former = desk.books.forms(first.uid)
    assert later == standing
    assert former.values["state"] == "reported"
    assert former.ended_at is not None
    assert former.ended_at <= later.recorded_at
    assert desk.books.entry(first.id) == standing, "the id of the former form leads to the one that stands"
    with desk.database.reading(is_whole=True) as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.act == "book_put_right"
    assert ["state", "reported", "closed"] in event.changes


def test_what_was_put_right_meanwhile_is_not_overwritten(desk: Desk) -> None:
    first = write(desk, BookKind.ACCIDENT, **ACCIDENT)
    draft = BookDraft(kind=BookKind.ACCIDENT, texts={**ACCIDENT, "injured": "2"})
    desk.books.put_right(first.uid, draft, version=1, act_id="b2")
    with pytest.raises(ClerkError, match="book_changed"):
        desk.books.put_right(first.uid, draft, version=1, act_id="b3")
    with pytest.raises(ClerkError, match="book_changed"):
        desk.books.withdraw(first.uid, "误登", version=1)
    assert desk.books.put_right(first.uid, draft, version=1, act_id="b2").row.version == 2, "the same act again"


def test_a_withdrawn_entry_stays_in_the_record_with_its_reason(desk: Desk) -> None:
    row = write(desk, BookKind.ACTIVITY, **TRAINING)
    with pytest.raises(ClerkError, match="reason_required"):
        desk.books.withdraw(row.uid, " ", version=1)
    desk.books.withdraw(row.uid, "与上一条重复", version=1)
    assert desk.books.all(BookKind.ACTIVITY) == ()
    (form,) = desk.books.forms(row.uid)
    assert (form.is_withdrawn, form.end_reason) == (True, "与上一条重复")
    with pytest.raises(ClerkError, match="no_such_entry"):
        desk.books.entry(row.id)
    assert count_of(desk, "book_entry") == 1
    report = desk.ledger_check.verify()
    assert report.findings == (), "numbers are whole and every row is as the trail says"


def test_a_fault_is_refused_at_its_field_and_writes_nothing(desk: Desk) -> None:
    with pytest.raises(ClerkError) as caught:
        write(desk, BookKind.ACTIVITY, **{**TRAINING, "persons": "很多"})
    assert code_of(caught) == ("book_unfit", "persons")
    with pytest.raises(ClerkError) as caught:
        write(desk, BookKind.ACTIVITY, **{**TRAINING, "community": "不存在社区"})
    assert code_of(caught) == ("book_unfit", "community")
    assert count_of(desk, "book_entry") == 0
    assert write(desk, BookKind.ACTIVITY, **TRAINING).number.endswith("-000001"), "no number was used up"


@pytest.mark.requirement("LG-21-7", "LG-15-8")
def test_who_may_write_and_see_follows_role_and_community(desk: Desk) -> None:
    for act_id, community in (("b1", "坪安社区"), ("b2", "")):
        write(desk, BookKind.ACTIVITY, act_id, **TRAINING, community=community)
    work_as(desk, CLERK)
    (seen,) = desk.books.all(BookKind.ACTIVITY)
    assert seen.community == "坪安社区"
    write(desk, BookKind.ACTIVITY, "b3", **TRAINING, community="坪安社区")
    with pytest.raises(ClerkError, match="outside_scope"):
        write(desk, BookKind.ACTIVITY, "b4", **TRAINING)
    with pytest.raises(ClerkError, match="not_permitted"):
        write(desk, BookKind.FUND, "b5", year_from="2026-01-01", year="2026", amount="1", purpose="x", organisation="y")
    work_as(desk, ELSEWHERE)
    assert desk.books.all(BookKind.ACTIVITY) == ()
    assert desk.books.training_year(2026).trainings == 0
    draft = BookDraft(kind=BookKind.ACTIVITY, texts={**TRAINING, "community": "新禾社区"})
    for ask in (
        lambda: desk.books.put_right(seen.uid, draft, version=1, act_id="b6"),
        lambda: desk.books.withdraw(seen.uid, "不该有", version=1),
        lambda: desk.books.forms(seen.uid),
        lambda: desk.books.entry(seen.id),
    ):
        with pytest.raises(ClerkError, match="no_such_entry"):
            ask()
    work_as(desk, AUDITOR)
    for kind in BookKind:
        assert not desk.books.may_write(kind)
        with pytest.raises(ClerkError, match="not_permitted"):
            desk.books.all(kind)


def test_an_entry_about_a_registration_belongs_to_its_community(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing = decide(complete)
    texts = {**ACCIDENT, "filing": filing.number.replace("-", " "), "is_registered": "是", "community": ""}
    row = write(desk, BookKind.ACCIDENT, **texts)
    assert (row.filing_id, row.filing_number, row.community) == (filing.filing_id, filing.number, "坪安社区")
    for wrong, field in (({"community": "新禾社区"}, "community"), ({"filing": "PA-DJ-2026-999999"}, "filing")):
        with pytest.raises(ClerkError) as caught:
            write(desk, BookKind.ACCIDENT, "b2", **{**texts, **wrong})
        assert code_of(caught) == ("book_unfit", field)
    assert desk.books.all(BookKind.ACCIDENT, BookCriteria(filing_id=filing.filing_id)) == (row,)


@pytest.mark.requirement("LG-24-1")
def test_a_claim_names_its_accident_and_tells_advance_and_payment(desk: Desk) -> None:
    accident = write(desk, BookKind.ACCIDENT, **ACCIDENT)
    claim = {"accident": accident.number, "insurer": "鹏安财产保险", "reported_on": "2026-02-12", "state": "已报案"}
    row = write(desk, BookKind.CLAIM, "c1", **claim)
    assert row.community == "坪安社区", "that of the accident"
    paid = {**claim, "state": "已预付", "advanced": "2万元", "advanced_on": "2026-02-14"}
    later = desk.books.put_right(row.uid, BookDraft(kind=BookKind.CLAIM, texts=paid), version=1, act_id="c2").row
    assert (later.values["advanced"], later.values["advanced_on"]) == (Decimal(20000), date(2026, 2, 14))
    with pytest.raises(ClerkError) as caught:
        write(desk, BookKind.CLAIM, "c3", **{**claim, "accident": "PA-BC-2026-000099"})
    assert code_of(caught) == ("book_unfit", "accident")


@pytest.mark.requirement("LG-24-1")
def test_a_claim_stands_where_its_accident_does_whatever_communities_the_office_names(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    elsewhere = decide(replace(complete, place=replace(complete.place, community="云川社区")))
    texts = {key: text for key, text in ACCIDENT.items() if key != "community"} | {"is_registered": "是"}
    accident = write(desk, BookKind.ACCIDENT, **texts, filing=elsewhere.number)
    claim = {"accident": accident.number, "insurer": "鹏安财产保险", "reported_on": "2026-02-12", "state": "已报案"}
    row = write(desk, BookKind.CLAIM, "c1", **claim)
    assert row.community == "云川社区"
    again = BookDraft(kind=BookKind.CLAIM, texts={**claim, "community": "云川社区"})
    assert desk.books.put_right(row.uid, again, version=1, act_id="c2").row.community == "云川社区"


@pytest.mark.requirement("LG-24-2")
def test_a_prevention_service_is_kept_for_a_registration_or_a_firm(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    filing = decide(complete)
    service = {"kind": "风险辨识", "served_on": "2026-02-20", "organisation": "鹏安安全技术服务机构"}
    row = write(desk, BookKind.SERVICE, "s1", **service, filing=filing.number)
    assert (row.values["kind"], row.organisation, row.filing_id) == ("risk", service["organisation"], filing.filing_id)
    other = write(desk, BookKind.SERVICE, "s2", **service, firm="鹏程装饰")
    assert other.values["firm"] == "鹏程装饰"
    with pytest.raises(ClerkError) as caught:
        write(desk, BookKind.SERVICE, "s3", **service)
    assert code_of(caught) == ("book_unfit", "filing")


@pytest.mark.requirement("LG-24-4")
def test_an_insurer_is_a_source_of_reports_that_names_itself(desk: Desk) -> None:
    assert ReportSource.INSURER in FROM_BODIES
    draft = ReportDraft(
        source=ReportSource.INSURER,
        source_body="鹏安财产保险",
        received_on=FILED_ON,
        community="坪安社区",
        place="坪安路18号",
        content="脚手架重大隐患未整改",
    )
    desk.reports.take_down(draft, act_id="r1")
    (row,) = desk.reports.find(ReportCriteria(source=ReportSource.INSURER))
    assert row.source is ReportSource.INSURER


@pytest.mark.requirement("LG-13-10a")
def test_works_without_insurance_to_their_end_are_listed_until_a_policy_is_entered(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    bare = decide(complete)
    short = Insurance(kind="安全生产责任保险", insurer="鹏安", policy_number="P1", valid_to=date(2026, 3, 10))
    early = decide(replace(complete, project_name="坪安路20号装修", insurances=(short,)))
    whole = replace(short, valid_to=date(2027, 3, 10))
    decide(replace(complete, project_name="坪安路22号装修", insurances=(whole,)))
    found = {each.filing_id: each.lack for each in desk.books.insurance_warnings()}
    assert found == {bare.filing_id: InsuranceLack.MISSING, early.filing_id: InsuranceLack.LAPSES_EARLY}
    policy = {"kind": "安责险", "insurer": "鹏安", "policy_number": "P9", "valid_from": "2026-03-02"}
    write(desk, BookKind.INSURANCE, **policy, valid_to="2027-03-01", filing=bare.number, persons="6")
    assert desk.books.insurance_of(bare.filing_id) is None
    warning = desk.books.insurance_of(early.filing_id)
    assert warning is not None
    assert warning.insured_to == date(2026, 3, 10)
    work_as(desk, ELSEWHERE)
    assert desk.books.insurance_warnings() == ()


@pytest.mark.requirement("YC-4a")
def test_trainings_of_a_firm_are_found_by_code_name_and_before_it_was_on_the_register(desk: Desk) -> None:
    training = {"held_on": "2026-02-01", "topic": "高处作业安全", "organisation": "街道应急办", "persons": "12"}
    write(desk, BookKind.ATTENDANCE, "t1", **training, firm="鹏程装饰工程")
    draft = FirmDraft(
        kind=FirmKind.ENTERPRISE,
        name="鹏程装饰工程",
        id_kind=IdKind.CREDIT_CODE,
        id_number=COMPANY_CODE,
        trade="装修",
        contact_name="陈小满",
        phone="13800002719",
    )
    firm_id = desk.firms.add(draft, act_id="f1")
    by_code = write(desk, BookKind.ATTENDANCE, "t2", **{**training, "held_on": "2026-02-20"}, firm=COMPANY_CODE)
    assert by_code.values["firm"] == "鹏程装饰工程", "the code is put to the name"
    write(desk, BookKind.ATTENDANCE, "t3", **training, firm="别家装饰")
    assert [row.happened_on.day for row in desk.books.attendances(firm_id)] == [20, 1]
    with pytest.raises(ClerkError) as caught:
        write(desk, BookKind.ATTENDANCE, "t4", **training, firm="91440300MA0003500K")
    assert code_of(caught) == ("book_unfit", "firm")


@pytest.mark.requirement("LG-15-1")
def test_the_library_tells_what_is_in_force_and_what_was_withdrawn(desk: Desk) -> None:
    guide = {
        "kind": "登记巡查指引",
        "title": "小型工程登记巡查指引",
        "subjects": "巡查、登记备案",
        "issuer": "区住房建设部门",
        "document_number": "示例〔2025〕1号",
        "issued_on": "2025-06-01",
        "version": "2025 年版",
        "state": "现行有效",
    }
    row = write(desk, BookKind.LIBRARY, **guide)
    texts = {**guide, "state": "已废止", "withdrawn_on": "2026-02-01"}
    desk.books.put_right(row.uid, BookDraft(kind=BookKind.LIBRARY, texts=texts), version=1, act_id="l2")
    (now,) = desk.books.all(BookKind.LIBRARY, BookCriteria(text="巡查指引"))
    assert (now.values["state"], now.values["withdrawn_on"]) == ("withdrawn", date(2026, 2, 1))
    assert now.values["subjects"] == ("patrol", "registration")
    assert desk.books.all(BookKind.LIBRARY, BookCriteria(text="执法指引")) == ()


@pytest.mark.requirement("LG-37-1")
def test_guides_of_enforcement_stand_in_the_library_and_the_district_trains_street_bodies_by_them(desk: Desk) -> None:
    guide = {"kind": "执法指引", "title": "小型工程执法指引", "issuer": "区住房建设部门", "issued_on": "2025-06-01"}
    row = write(desk, BookKind.LIBRARY, **guide, state="现行有效")
    assert (row.values["kind"], row.values["state"]) == ("enforcement", "in_force")
    taught = {**TRAINING, "topic": "执法指引培训", "audience": "街道综合执法人员"}
    write(desk, BookKind.ACTIVITY, "b2", **taught)
    (held,) = desk.books.all(BookKind.ACTIVITY, BookCriteria(text="街道综合执法"))
    assert (held.values["level"], held.organisation) == ("district", "区住房建设部门")


@pytest.mark.requirement("JS-2.4i", "LG-15-8")
def test_the_summary_of_a_typical_case_names_nobody(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing = decide(complete)
    case = {
        "published_on": "2026-02-25",
        "title": "某商铺装修拆改承重构件案",
        "organisation": "坪安街道应急管理办公室",
        "source": "本街道查处",
        "filing": filing.number,
        "summary": "巡查发现某商铺装修拆改承重构件。\n当日责令停工，恢复原状。",
        "lesson": "拆改承重构件属于禁止行为。",
    }
    owner = desk.ledger.file(filing.filing_id).walk_in.owner.name
    with pytest.raises(ClerkError) as caught:
        write(desk, BookKind.TYPICAL_CASE, **{**case, "summary": f"{owner}的商铺拆改承重构件。"})
    assert code_of(caught) == ("book_unfit", "summary")
    row = write(desk, BookKind.TYPICAL_CASE, **case)
    words = words_of(desk.books.case_pdf(row.uid)).replace("\r\n", "")
    for said in ("典型案例摘要", "当日责令停工", "拆改承重构件属于禁止行为", "小型工程"):
        assert said in words
    for hidden in (filing.number, owner, row.number):
        assert hidden not in words


def test_a_register_is_listed_on_paper(desk: Desk) -> None:
    write(desk, BookKind.ACTIVITY, **TRAINING)
    words = words_of(desk.books.list_pdf(BookKind.ACTIVITY, BookCriteria(first_on=date(2026, 1, 1))))
    for said in ("宣传培训登记簿", "PA-BC-2026-000001", "3,000", "共 1 条", "2026-01-01 至 最近"):
        assert said in words, said
    assert "没有记录" in words_of(desk.books.list_pdf(BookKind.FUND, BookCriteria()))
