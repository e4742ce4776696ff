"""What is printed from the registers: the three lists across the sheet, the letters, the leaflet."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from desktop.domain.organisations import (
    LEVEL_OF_KIND,
    AcceptanceScope,
    Entrustment,
    Organisation,
    OrganisationKind,
    ResponsibilityLetter,
)
from desktop.services.desk import Desk
from tests import factories
from tests.integration.test_person_lists import STREET_ROW, streets

TODAY = factories.FILED_ON


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def property_company(desk: Desk) -> int:
    kind = OrganisationKind.PROPERTY_COMPANY
    return desk.organisations.add(
        Organisation(
            kind=kind,
            name="新禾花园物业公司",
            level=LEVEL_OF_KIND[kind],
            is_point=True,
            address="新禾路 8 号",
            hours="工作日 9:00 至 17:00",
            phone="0755-28900000",
            scope=AcceptanceScope.MINOR_OPERATIONS,
        )
    )


@pytest.mark.requirement("YC-A1", "YC-A2", "YC-A3")
def test_each_list_is_a_table_across_the_sheet_with_the_headings_of_its_annex(desk: Desk, tmp_path: Path) -> None:
    desk.person_lists.take_in(streets(tmp_path / "a.xlsx", STREET_ROW))

    headings = {
        "list:1": ("县市区、乡镇（街道）安全管控人员及管理权限汇总表", "所属县市区：西山县", "13800000009", "坪安街道"),
        "list:2": ("社区（村）安全管控人员及管理权限汇总表", "社区（村）", "巡查人员姓名电话"),
        "list:3": ("行业安全管控人员及管理权限汇总表", "所属行业", "安控人员姓名电话"),
    }
    for code, wanted in headings.items():
        pdf = desk.register_papers.pdf(code)
        page = PdfReader(BytesIO(pdf)).pages[0].mediabox
        assert page.width > page.height
        assert [word for word in wanted if word not in words(pdf)] == []


@pytest.mark.requirement("LG-P1", "YC-A2")
def test_a_list_given_out_with_whole_telephones_is_on_record(desk: Desk) -> None:
    desk.register_papers.note_given_out("list:2")

    with desk.database.reading(is_whole=True) as session:
        summary = session.execute(text("SELECT summary FROM audit_event ORDER BY id DESC LIMIT 1")).scalar_one()
    assert "社区（村）" in summary


@pytest.mark.requirement("LG-23-1b")
def test_the_entrustment_is_printed_with_scope_areas_term_and_duties_by_article(desk: Desk) -> None:
    last = TODAY + timedelta(days=364)
    made = desk.entrustments.entrust(
        Entrustment(
            organisation_id=property_company(desk),
            scope=AcceptanceScope.MINOR_OPERATIONS,
            areas=("新禾花园",),
            first_on=TODAY,
            last_on=last,
            document_number="坪街委〔2026〕1号",
        )
    )
    printed = words(desk.register_papers.pdf(f"entrustment:{made}"))

    for said in (
        "新禾花园物业公司",
        "零星作业的登记咨询",
        "2026年3月2日至2027年3月1日",
        "坪街委〔2026〕1号",
        "第二十三条(一)",
    ):
        assert said in printed


@pytest.mark.requirement("SJ-3h")
def test_the_letter_of_responsibility_is_printed_filled_in_and_blank(desk: Desk) -> None:
    made = desk.entrustments.sign_letter(
        ResponsibilityLetter(
            organisation_id=property_company(desk),
            area="新禾商圈",
            signed_on=TODAY,
            first_on=TODAY,
            last_on=TODAY + timedelta(days=364),
        )
    )
    filled, blank = (words(desk.register_papers.pdf(code)) for code in (f"letter:{made}", "letter"))

    assert "新禾商圈" in filled
    assert "新禾商圈" not in blank
    assert "____年__月__日" in blank
    assert filled.count("第二十三条(六)") == 1


@pytest.mark.requirement("JS-2.3c", "LG-27-2a")
def test_the_leaflet_says_where_when_what_to_bring_and_whom_to_call(desk: Desk) -> None:
    property_company(desk)

    printed = words(desk.register_papers.pdf("leaflet"))

    for said in ("新禾路8号", "工作日9:00至17:00", "0755-28900000", "工程委托合同或者协议书", "12350"):
        assert said in printed


@pytest.mark.requirement("JS-2.3c")
def test_without_any_point_the_leaflet_names_the_office_itself(desk: Desk) -> None:
    office = desk.office.office()
    assert office is not None

    assert office.station_name in words(desk.register_papers.pdf("leaflet"))


def test_everything_offered_can_be_printed(desk: Desk) -> None:
    codes = [code for code, _title in desk.register_papers.available()]

    assert codes == ["leaflet", "list:1", "list:2", "list:3", "entrustment", "letter"]
    assert all(desk.register_papers.pdf(code).startswith(b"%PDF") for code in codes)
