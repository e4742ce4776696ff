"""Measures, registers, ledgers and titles said in the words of another place, with its articles or none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop.documents.blocks import to_plain
from desktop.documents.papers.entrusting import entrustment_paper
from desktop.documents.titles import TITLES
from desktop.domain.book import BookKind
from desktop.domain.book_reading import heading_words, read_entry
from desktop.domain.books import BOOKS
from desktop.domain.departments import annex_department
from desktop.domain.key_lists import LIST_ARTICLES, KeyList, high_risk_why
from desktop.domain.local_rules import LocalRules, work_by
from desktop.domain.measures import MEASURES
from desktop.domain.pack import PolicyPack
from desktop.domain.period import PeriodKind
from desktop.domain.report import ReportKind
from desktop.domain.report_kinds import standard_definition
from desktop.domain.standing_ledger import STANDING_LEDGERS, StandingLedger
from desktop.policy.department_reader import guiding_departments
from desktop.policy.table import Table
from tests.factories import office

_ELSEWHERE = LocalRules(
    words={"注销": "销号", "登记": "备案", "小型工程": "小散工程", "高风险小型工程": "重点监管小散工程"},
    articles={"measure.closed": "三（一）", "book.activity": "二（四）", "ledger_five_parts": "五4"},
)


@pytest.mark.requirement("JS-3.1b", "SJ-3b1")
def test_measures_ledgers_and_titles_are_said_as_the_place_calls_things() -> None:
    work_by(_ELSEWHERE)

    assert (MEASURES["closed"].label, MEASURES["closed"].article) == ("销号", "三（一）")
    assert MEASURES["registered_small_work"].label == "其中：小散工程"
    assert STANDING_LEDGERS[StandingLedger.CLOSE_OUT].title == "完工销号台账"
    assert STANDING_LEDGERS[StandingLedger.REGISTRATION].sheets[0].columns[1].heading == "备案编号"
    assert TITLES["closeout_receipt"] == "销号回执"
    assert standard_definition(ReportKind.PERIOD, PeriodKind.MONTH).name == "安全生产信息备案统计报表"


@pytest.mark.requirement("SJ-5.4c")
def test_an_article_of_one_place_is_not_shown_in_another() -> None:
    assert MEASURES["closed"].article == "第三十三条"
    assert STANDING_LEDGERS[StandingLedger.FIVE_PARTS].article == ""
    assert LIST_ARTICLES[KeyList.JOINT_STOCK] == "第二十二条(四)，按单位名称识别"

    work_by(_ELSEWHERE)

    assert STANDING_LEDGERS[StandingLedger.FIVE_PARTS].article == "五4"
    assert STANDING_LEDGERS[StandingLedger.HAZARD].article == ""
    assert LIST_ARTICLES[KeyList.JOINT_STOCK] == "按单位名称识别"
    assert high_risk_why({}, is_high_risk=False, escalated_on=date(2026, 5, 1)) == "提级（2026-05-01）"
    assert all("第" not in measure.article for measure in MEASURES.values())


def test_a_register_keeps_its_title_and_reads_sheets_in_both_words() -> None:
    work_by(_ELSEWHERE)
    spec = BOOKS[BookKind.ACCIDENT]

    assert spec.title == "事故登记簿", "a register of accidents is no registration"
    assert spec.spec_of("is_registered").label == "已备案"
    assert {"已备案", "已登记"} <= set(heading_words(spec)["is_registered"])
    for word in ("小型工程", "小散工程"):
        assert read_entry(spec, {"works": word}, date(2026, 5, 1)).values["works"] == "small_work"
    assert BOOKS[BookKind.ACTIVITY].article == "二（四）"


@pytest.mark.requirement("LG-23-1b", "HL-1.3e")
def test_the_entrustment_reads_well_where_the_document_has_no_article(pack: PolicyPack) -> None:
    def said() -> str:
        paper = entrustment_paper(None, office=office(), pack=pack, on=date(2026, 5, 1))
        return json.dumps(to_plain(paper), ensure_ascii=False)

    assert f"依据《{pack.title}》第二十三条(一)，委托下列单位" in said()

    pack = replace(pack, local_rules=LocalRules())
    work_by(_ELSEWHERE)

    assert f"依据《{pack.title}》，委托下列单位提供安全生产信息备案服务" in said()
    assert "重点监管小散工程和超出受托范围的" in said()


@pytest.mark.requirement("JS-2.4t")
def test_departments_are_known_by_their_other_names_only_where_the_pack_lists_them(pack: PolicyPack) -> None:
    assert annex_department("水务局", pack.guiding_departments) == "区水务部门"
    assert annex_department(" 林业局 ", pack.guiding_departments) == "林业局"
    assert annex_department("水务局", ()) == "水务局"


def test_a_name_that_two_departments_bear_is_a_fault_of_the_pack() -> None:
    faults: list[object] = []
    rows = [{"name": "住建部门", "aliases": ["住建局"]}, {"name": "城管部门", "aliases": ["住建局"]}]
    guiding_departments(Table({"guiding_departments": rows}, "", faults))  # type: ignore[arg-type]
    assert len(faults) == 1
    assert "住建局" in str(faults[0])


def test_every_article_of_a_measure_or_register_in_a_pack_is_one_of_ours(pack: PolicyPack) -> None:
    measures = {f"measure.{key}{ending}" for key in MEASURES for ending in ("", "_target")}
    books = {f"book.{kind.value}" for kind in BOOKS}
    books |= {f"book.{kind.value}_{field.key}" for kind, spec in BOOKS.items() for field in spec.fields}
    named = {key for key in pack.local_rules.articles if key.startswith(("measure.", "book."))}
    assert named
    assert named <= measures | books
