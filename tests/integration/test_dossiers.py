"""The dossier of one case in five parts and the ledgers of a period: paper, workbook, covered, on record."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Decided
from desktop.domain.book import BookDraft, BookKind
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardDraft, HazardRequest, Measure, StepKind, StepRequest
from desktop.domain.ledger_table import AreaCriteria, AreaKind
from desktop.domain.patrol_details import StandbyDetails
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.progress import Cancelled
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import Place, WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Decide, count_of
from tests.integration.outward import found_site
from tests.integration.test_site_papers import patrolled, said, sizes

FIVE_PARTS = ["工程基本信息", "日常检查记录", "违法违规行为查处情况", "安全事故隐患清单", "整改跟踪督办结果"]
ON = factories.FILED_ON
MARCH = AreaCriteria(kind=AreaKind.COMMUNITY, first_on=ON.replace(day=1), last_on=ON.replace(day=31))


def _hazard(desk: Desk, filing_id: int, patrol_id: int, act_id: str = "h1") -> int:
    draft = HazardDraft(
        finding="below_safety_standard",
        description="临边未设防护栏杆，工头电话13800009999",
        measures=(Measure.HALT, Measure.URGE),
        due_on=ON + timedelta(days=3),
    )
    request = HazardRequest(
        act_id=act_id,
        site=SiteRef(filing_id=filing_id),
        hazards=(draft,),
        found_on=ON,
        patrol_id=patrol_id,
        issues_notice=False,
    )
    return desk.hazards.record(request).ids[0]


@pytest.fixture
def case(desk: Desk, decide: Decide, complete: WalkIn) -> Decided:
    """A case with two visits, a hazard, and its rectification passed."""
    accepted = decide(complete, video_watched=True)
    patrolled(desk, accepted.filing_id, gave_publicity=True)
    second = patrolled(desk, accepted.filing_id, result=PatrolResult.FINDINGS)
    hazard_id = _hazard(desk, accepted.filing_id, second)
    for place, (kind, text) in enumerate(((StepKind.FEEDBACK, "已装栏杆"), (StepKind.PASSED, "现场复查合格"))):
        desk.hazards.step(StepRequest(act_id=f"s{place}", hazard_id=hazard_id, kind=kind, on=ON, text=text))
    return accepted


@pytest.mark.requirement("SJ-5.4c", "SJ-5.4a", "HL-1.3a")
def test_the_dossier_prints_the_five_parts_and_the_four_supervisions_on_one_sheet(desk: Desk, case: Decided) -> None:
    pdf = desk.dossiers.pdf(case.filing_id)
    words = said(pdf)
    for numeral, part in zip("一二三四五", FIVE_PARTS, strict=True):
        assert f"{numeral}、{part}" in words
    for part in ("登记、巡查、执法、培训一览", "2次", "1项", "窗口播放警示片1次，现场宣导1次"):
        assert part in words, part
    for part in (
        case.number,
        "临边未设防护栏杆",
        "立即制止、督促整改",
        "现场复查合格",
        "已销项",
        "事故登记簿中没有本件的记录",
    ):
        assert part in words, part
    assert sizes(pdf)[0] == (842, 595)


@pytest.mark.requirement("LG-21-9", "SJ-5.4c")
def test_an_accident_noted_of_a_case_stands_in_its_dossier(desk: Desk, case: Decided) -> None:
    texts = {
        "happened_on": "2026-03-02",
        "works": "small_work",
        "type": "fall",
        "community": "坪安社区",
        "place": "坪安路",
        "is_registered": "yes",
        "filing": case.number,
        "dead": "0",
        "injured": "1",
        "state": "reported",
        "summary": "从梯上坠落",
    }
    written = desk.books.write(BookDraft(kind=BookKind.ACCIDENT, texts=texts), act_id="accident-1")
    assert f"事故：2026-03-02高处坠落，死亡0人、受伤1人（{written.row.number}）" in said(
        desk.dossiers.pdf(case.filing_id)
    )


@pytest.mark.requirement("SJ-5.4c", "LG-30-3a")
def test_a_visit_of_before_it_was_registered_is_of_the_same_case(desk: Desk, case: Decided) -> None:
    found = found_site(desk)
    before = patrolled(desk, None, site=SiteRef(found_site_id=found.found_site_id), patrollers=("何巡",))
    assert before
    assert "何巡" not in said(desk.dossiers.pdf(case.filing_id))
    desk.found_sites.link(found.found_site_id, case.filing_id)
    words = said(desk.dossiers.pdf(case.filing_id))
    assert "何巡" in words
    assert "3次" in words


@pytest.mark.requirement("SJ-5.4c", "LG-P1")
def test_the_dossier_as_a_workbook_has_five_sheets_and_no_number_of_a_person(
    desk: Desk, case: Decided, tmp_path: Path
) -> None:
    book = load_workbook(desk.dossiers.workbook(case.filing_id, tmp_path / "case.xlsx"))
    assert book.sheetnames == [*FIVE_PARTS, "说明"]
    whole = repr([list(sheet.iter_rows(values_only=True)) for sheet in book])
    assert "坪安路18号一层商铺装修" in whole
    assert len(list(book["日常检查记录"].iter_rows(min_row=2, values_only=True))) == 2
    for private in (factories.PERSON_ID, "13800003344", "13800009999", "13800005566"):
        assert private not in whole
        assert private not in said(desk.dossiers.pdf(case.filing_id))


@pytest.mark.requirement("SJ-5.4c")
def test_every_dossier_that_left_is_on_record(desk: Desk, case: Decided, tmp_path: Path) -> None:
    assert said(desk.dossiers.preview(case.filing_id)) == said(desk.dossiers.pdf(case.filing_id))
    desk.dossiers.workbook(case.filing_id, tmp_path / "case.xlsx")
    acts = [entry.act for entry in desk.ledger.file(case.filing_id).timeline]
    assert acts.count("dossier_out") == 2
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("SJ-5.4c")
def test_a_workbook_that_cannot_be_saved_leaves_nothing_behind(desk: Desk, case: Decided, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ClerkError, match="cannot_save_file"):
        desk.dossiers.workbook(case.filing_id, tmp_path / "there" / "case.xlsx")
    assert [entry.act for entry in desk.ledger.file(case.filing_id).timeline].count("dossier_out") == 0
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []


@pytest.mark.requirement("LG-22-2a", "LG-21-2b")
def test_the_community_ledger_gathers_registrations_patrols_hazards_and_totals_by_month(
    desk: Desk, case: Decided, decide: Decide, clock: Any
) -> None:
    elsewhere = factories.walk_in(place=Place(community="新禾社区", estate="新禾巷2号"))
    other = decide(factories.all_in_order(elsewhere, desk.intake.pack()))
    clock.day = ON + timedelta(days=40)
    patrolled(desk, case.filing_id, visited_on=clock.day)
    ledger = desk.dossiers.ledger(
        AreaCriteria(kind=AreaKind.COMMUNITY, first_on=ON, last_on=clock.day, community="坪安社区")
    )
    assert [row[0] for row in ledger.works.rows] == [case.number]
    assert ledger.works.rows[0][8] == "3"
    assert [row[0] for row in ledger.months.rows] == ["2026-03", "2026-04", "合计"]
    named = [dict(zip(ledger.months.headers, row, strict=True)) for row in ledger.months.rows]
    assert [month["巡查"] for month in named] == ["2", "1", "3"]
    assert (named[0]["登记"], named[0]["发现隐患"], named[0]["销项"]) == ("1", "1", "1")
    street = desk.dossiers.ledger(AreaCriteria(kind=AreaKind.STREET, first_on=ON, last_on=clock.day))
    assert {row[0] for row in street.works.rows} == {case.number, other.number}
    words = said(desk.dossiers.ledger_pdf(ledger.criteria))
    for part in ("社区小型工程和零星作业台账", "第二十二条(二)", "坪安社区", case.number, "按月汇总", "合计"):
        assert part in words
    assert other.number not in words


@pytest.mark.requirement("LG-22-2a")
def test_the_name_of_a_community_stands_on_one_line_of_the_ledger(desk: Desk, case: Decided) -> None:
    document = pypdfium2.PdfDocument(desk.dossiers.ledger_pdf(MARCH))
    try:
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    finally:
        document.close()
    community = desk.ledger.file(case.filing_id).row.community
    assert any(community in line.split() and "已登记" in line for line in lines), "in its cell, not in two lines"


@pytest.mark.requirement("LG-23-3", "JS-2.4s")
def test_the_property_companys_ledger_lists_its_own_patrols_and_stand_bys(
    desk: Desk, case: Decided, tmp_path: Path
) -> None:
    details = StandbyDetails(watcher="宁安", begins="09:00", ends="11:30", work="外墙清洗")
    patrolled(
        desk,
        case.filing_id,
        kind=PatrolKind.STANDBY,
        level=PatrolLevel.PROPERTY,
        organisation="坪安物业服务有限公司",
        details=details,
    )
    asked = AreaCriteria(
        kind=AreaKind.PROPERTY, first_on=ON, last_on=ON, community="坪安社区", organisation="坪安物业服务有限公司"
    )
    ledger = desk.dossiers.ledger(asked)
    assert [row[3] for row in ledger.patrols.rows] == ["旁站"]
    assert [row[0] for row in ledger.works.rows] == [case.number]
    assert ledger.hazards.rows == ()
    book = load_workbook(desk.dossiers.ledger_workbook(asked, tmp_path / "property.xlsx"))
    assert book.sheetnames == ["按月汇总", "登记", "巡查", "隐患", "注销和撤销", "说明"]
    assert "物业小型工程和零星作业巡查台账" in said(desk.dossiers.ledger_pdf(asked))


@pytest.mark.requirement("LG-22-2a")
def test_a_ledger_needs_a_period_and_a_property_ledger_a_company(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="period_reversed"):
        desk.dossiers.ledger(AreaCriteria(kind=AreaKind.STREET, first_on=ON, last_on=ON - timedelta(days=1)))
    with pytest.raises(ClerkError, match="organisation_required"):
        desk.dossiers.ledger(AreaCriteria(kind=AreaKind.PROPERTY, first_on=ON, last_on=ON))


@pytest.mark.requirement("LG-22-2a", "LG-P1")
def test_who_looks_after_one_community_gets_its_ledger_alone(desk: Desk, case: Decided) -> None:
    of_there = Grant(role=Role.PATROLLER, areas=frozenset({"新禾社区"}))
    desk.ledger._station.work_as(Actor(account_id=7, user_name="he", name="何", grants=(of_there,)))
    ledger = desk.dossiers.ledger(MARCH)
    assert ledger.works.rows == ledger.patrols.rows == ledger.hazards.rows == ()
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.dossiers.pdf(case.filing_id)
    reader = Grant(role=Role.AUDITOR)
    desk.ledger._station.work_as(Actor(account_id=8, user_name="wu", name="吴", grants=(reader,)))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.dossiers.ledger(MARCH)


@pytest.mark.requirement("LG-22-2a")
def test_a_ledger_too_long_for_paper_asks_for_a_workbook(
    desk: Desk, case: Decided, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("desktop.services.dossiers.LONGEST_PAPER", 2)
    with pytest.raises(ClerkError, match="list_too_long"):
        desk.dossiers.ledger_pdf(MARCH)
    assert desk.dossiers.ledger_workbook(MARCH, tmp_path / "march.xlsx").exists()


class _Stopping:
    """Progress of a clerk who stops after some steps."""

    def __init__(self, after: int) -> None:
        self._after, self.steps = after, 0

    def step(self, done: int, total: int) -> None:
        """Count, and stop in time."""
        assert done <= total
        self.steps += 1
        if self.steps > self._after:
            raise Cancelled


@pytest.mark.requirement("LG-22-2a")
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_ledger_that_is_stopped_leaves_neither_file_nor_record(
    desk: Desk, case: Decided, tmp_path: Path, after: int
) -> None:
    before = count_of(desk, "audit_event")
    progress = _Stopping(after)
    with pytest.raises(Cancelled):
        desk.dossiers.ledger_workbook(MARCH, tmp_path / "march.xlsx", progress)
    assert progress.steps == after + 1
    assert [file for file in tmp_path.iterdir() if "march" in file.name] == []
    assert count_of(desk, "audit_event") == before


@pytest.mark.requirement("LG-22-2a")
def test_a_look_at_a_ledger_is_not_on_record_and_its_print_is(desk: Desk, case: Decided) -> None:
    before = count_of(desk, "audit_event")
    looked_at = desk.dossiers.ledger_preview(MARCH)
    assert count_of(desk, "audit_event") == before
    assert said(desk.dossiers.ledger_pdf(MARCH)) == said(looked_at)
    assert count_of(desk, "audit_event") == before + 1


@pytest.mark.requirement("LG-P1", "LG-22-2a")
def test_what_one_sees_but_may_not_take_out_stays_out_of_the_period_ledger(desk: Desk, case: Decided) -> None:
    """Who sees 坪安 only as annex 4 lets and exports elsewhere takes nothing of 坪安 along."""
    everything = desk.dossiers.ledger(MARCH)
    assert everything.works.rows
    grants = (
        Grant(role=Role.DISTRICT_GOVERNMENT_USER),
        Grant(role=Role.PATROLLER, areas=frozenset({"新禾社区"})),
    )
    desk.ledger._station.work_as(Actor(account_id=9, user_name="wang", name="王岚", grants=grants))
    assert desk.dossiers.ledger(MARCH).works.rows == ()
