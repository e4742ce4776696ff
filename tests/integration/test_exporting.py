"""The list goes out as a workbook: covered unless a purpose is stated, on record, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Act, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.progress import Cancelled
from desktop.domain.walk_in import IdKind, WalkIn
from desktop.exchange import ledger_workbook
from desktop.exchange.ledger_columns import COLUMNS, ID_KIND_WORDS, STATUS_WORDS
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from desktop.views.wording import word
from tests import factories
from tests.integration.conftest import Decide


def rows_of(file: Path) -> list[dict[str, Any]]:
    sheet = load_workbook(file)["台账"]
    _title, _said, heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows[:-1]]


def last_event(desk: Desk) -> AuditEvent:
    with desk.database.reading(is_whole=True) as session:
        return session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()  # type: ignore[return-value]


@pytest.fixture
def private(desk: Desk, decide: Decide, complete: WalkIn) -> WalkIn:
    """A filing of a natural person, registered."""
    matter = replace(complete, owner=factories.person(), remark="电话13800002719，晚上联系")
    decide(matter)
    return matter


@pytest.mark.requirement("LG-P1")
def test_an_export_covers_numbers_and_shows_what_a_station_needs(desk: Desk, private: WalkIn, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert desk.exporting.ledger_file(LedgerCriteria(), file).count == 1
    [row] = rows_of(file)
    assert (row["编号"], row["状态"], row["建设单位/业主"]) == ("PA-DJ-2026-000001", "已登记", private.owner.name)
    assert row["有效期至"].date() == date(2026, 9, 2)
    assert row["合同金额（元）"] == 300000
    assert row["业主证件号码"] == "110***********002X"
    assert row["业主联系电话"] == "138****2719"
    assert row["信用代码/证件号码"] == factories.OTHER_COMPANY_CODE
    assert "13800002719" not in repr(rows_of(file))
    assert factories.PERSON_ID not in repr(rows_of(file))


@pytest.mark.requirement("LG-P1")
def test_a_whole_export_asks_the_purpose_and_records_whose_data_went_out(
    desk: Desk, private: WalkIn, tmp_path: Path
) -> None:
    file = tmp_path / "out.xlsx"
    with pytest.raises(ClerkError, match="purpose_required"):
        desk.exporting.ledger_file(LedgerCriteria(), file, whole=True)
    assert not file.exists()
    desk.exporting.ledger_file(LedgerCriteria(), file, whole=True, purpose="报送区住建部门")
    assert rows_of(file)[0]["业主证件号码"] == private.owner.id_number
    event = last_event(desk)
    assert (event.act, event.reason, event.summary) == ("export", "报送区住建部门", "导出台账 1 件（完整个人信息）")
    assert event.changes == [["filings", None, [1]]]


@pytest.mark.requirement("LG-P1")
def test_the_record_tells_count_and_filter_and_no_number_of_a_person(
    desk: Desk, private: WalkIn, tmp_path: Path
) -> None:
    criteria = LedgerCriteria(text="13800002719", status=Status.REGISTERED, filed_from=date(2026, 1, 1))
    desk.exporting.ledger_file(criteria, tmp_path / "out.xlsx")
    event = last_event(desk)
    assert event.summary == "导出台账 1 件（个人信息已遮盖）"
    assert event.changes == [
        ["asked.text", None, "138****2719"],
        ["asked.status", None, "已登记"],
        ["asked.filed_from", None, "2026-01-01"],
    ]


@pytest.mark.requirement("LG-34-0", "LG-P1")
def test_rights_decide_who_exports_and_who_exports_whole(desk: Desk, private: WalkIn, tmp_path: Path) -> None:
    def work_as(role: Role) -> None:
        grants = (Grant(role=role),)
        desk.ledger._station.work_as(Actor(account_id=5, user_name="wang", name="王", grants=grants))

    work_as(Role.PATROLLER)
    assert desk.exporting.ledger_file(LedgerCriteria(), tmp_path / "a.xlsx").count == 1
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.exporting.ledger_file(LedgerCriteria(), tmp_path / "b.xlsx", whole=True, purpose="现场核对身份")
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.CITY_GOVERNMENT_USER):
        work_as(role)
        with pytest.raises(ClerkError, match="not_permitted"):
            desk.exporting.ledger_file(LedgerCriteria(), tmp_path / "c.xlsx")
    assert sorted(file.name for file in tmp_path.glob("*.xlsx")) == ["a.xlsx"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "@SUM(A1)", "+86", "-1", "http://example.invalid", "=cmd|' /C calc'!A0", "0012"]
)
def test_what_was_typed_never_becomes_a_formula_a_link_or_a_number(
    desk: Desk, decide: Decide, complete: WalkIn, tmp_path: Path, typed: str
) -> None:
    decide(replace(complete, remark=typed), Act.NOT_APPLICABLE, reason="业主当场撤回")
    file = tmp_path / "out.xlsx"
    desk.exporting.ledger_file(LedgerCriteria(), file)
    sheet = load_workbook(file)["台账"]
    place = [column.heading for column in COLUMNS].index("备注") + 1
    cell = sheet.cell(4, place)
    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)


@pytest.mark.parametrize("typed", ["半个\ud83d字", "换\x0b页", "长" * 40_000])
def test_texts_that_no_workbook_holds_are_made_fit(typed: str) -> None:
    fit = ledger_workbook.fit(typed)
    fit.encode()
    assert "\x0b" not in fit
    assert 3 <= len(fit) <= ledger_workbook.LONGEST_TEXT


def test_an_export_that_is_stopped_leaves_neither_file_nor_record(desk: Desk, private: WalkIn, tmp_path: Path) -> None:
    class Impatient:
        def step(self, _done: int, _total: int) -> None:
            raise Cancelled

    before = last_event(desk).id
    file = tmp_path / "out.xlsx"
    file.write_bytes(b"earlier")
    with pytest.raises(Cancelled):
        desk.exporting.ledger_file(LedgerCriteria(), file, progress=Impatient())
    assert [found.name for found in tmp_path.glob("out*")] == ["out.xlsx"]
    assert file.read_bytes() == b"earlier"
    assert last_event(desk).id == before


def test_a_folder_that_is_not_there_is_told_and_nothing_is_recorded(
    desk: Desk, private: WalkIn, tmp_path: Path
) -> None:
    before = last_event(desk).id
    with pytest.raises(ClerkError, match="cannot_save_file"):
        desk.exporting.ledger_file(LedgerCriteria(), tmp_path / "none" / "out.xlsx")
    assert last_event(desk).id == before


def test_the_export_says_the_words_of_the_screen() -> None:
    assert {status: word(status) for status in Status} == STATUS_WORDS
    assert {kind: word(kind) for kind in IdKind} == ID_KIND_WORDS


@pytest.mark.requirement("LG-27-2a", "SJ-5.2a")
def test_every_line_names_the_point_that_accepted_and_the_part_of_the_street(
    desk: Desk, decide: Decide, complete: WalkIn, tmp_path: Path
) -> None:
    decided = decide(replace(complete, place=replace(complete.place, sub_area="东片区")))
    office = desk.office.office()
    assert office is not None
    desk.office.set_up(replace(office, station_name="改名后的受理点", sub_areas=("东片区",)))
    file = tmp_path / "out.xlsx"
    desk.exporting.ledger_file(LedgerCriteria(), file)
    [row] = rows_of(file)

    assert (row["受理点"], row["片区"], row["社区"], row["网格"]) == (office.station_name, "东片区", "坪安社区", "03")
    assert desk.ledger.file(decided.filing_id).acceptance_point == office.station_name
