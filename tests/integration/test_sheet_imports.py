"""Old ledgers taken in: messy sheets, a dry run, faults with their cells, one transaction, never twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from desktop.domain.access import FOUNDER, Role
from desktop.domain.acts import Status
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.facts import UNKNOWN
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.old_ledger_fields import OldField
from desktop.domain.old_registration import Blanks, LedgerMapping, OldState
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.progress import Cancelled
from desktop.domain.report import ReportKind
from desktop.domain.sheet_import import SheetTaken
from desktop.domain.sheet_layout import HeadingLines, Skipped
from desktop.models.filing import Filing
from desktop.models.record import AuditEvent
from desktop.models.sheet_import import ImportedRow
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.old_ledgers import HEADINGS, lines, messy_sheet, old_line, plain_sheet

Take = Callable[..., SheetTaken]


def mapping_of(desk: Desk, file: Path, *, blanks: Blanks | None = None) -> LedgerMapping:
    """Take the mapping as it is proposed."""
    look = desk.sheet_imports.look(file)
    assert look.headings is not None
    return LedgerMapping(
        sheet=look.sheet,
        headings=look.headings,
        targets=tuple(proposal.target for proposal in look.proposals),
        blanks=blanks or look.blanks,
    )


@pytest.fixture
def take(desk: Desk) -> Take:
    """Take a sheet in by the proposed mapping; each call is an act of its own unless it names one."""
    count = 0

    def run(file: Path, *, all_or_nothing: bool = True, act_id: str = "", blanks: Blanks | None = None) -> SheetTaken:
        nonlocal count
        count += 1
        mapping = mapping_of(desk, file, blanks=blanks)
        return desk.sheet_imports.take(file, mapping, all_or_nothing=all_or_nothing, act_id=act_id or f"import-{count}")

    return run


def filings(desk: Desk) -> dict[str, Filing]:
    """Give every filing by its number."""
    with desk.database.reading(is_whole=True) as session:
        found = {filing.number: filing for filing in session.scalars(select(Filing))}
        session.expunge_all()
        return found


def test_the_columns_of_a_plain_sheet_are_proposed_by_their_headings(desk: Desk, tmp_path: Path) -> None:
    look = desk.sheet_imports.look(plain_sheet(tmp_path / "台账.xlsx", [old_line()]))

    by_heading = {heading: proposal.target for heading, proposal in zip(look.columns, look.proposals, strict=True)}
    assert look.headings == HeadingLines(first=1, last=1)
    assert by_heading["备案编号"] is OldField.NUMBER
    assert by_heading["联系电话"] is OldField.OWNER_PHONE
    assert by_heading["统一社会信用代码"] is OldField.CONTRACTOR_CODE
    assert by_heading["工程造价（万元）"] is OldField.AMOUNT_WAN
    assert by_heading["序号"] is None
    assert by_heading["旧系统批次"] is None


def test_a_sheet_with_titles_merged_cells_two_lines_of_headings_and_totals_is_read(desk: Desk, tmp_path: Path) -> None:
    file = messy_sheet(tmp_path / "旧台账.xlsx")
    mapping = mapping_of(desk, file)

    found = desk.sheet_imports.examine(file, mapping)

    assert mapping.headings == HeadingLines(first=3, last=4)
    assert mapping.column_of(OldField.OWNER_PHONE) == 6
    assert mapping.column_of(OldField.CONTRACTOR_PHONE) == 8
    assert (found.rows, found.ready, found.faulty) == (4, 2, 2)
    assert found.skipped == {Skipped.BLANK: 1, Skipped.TOTAL: 2, Skipped.TITLE: 1, Skipped.FOOT: 1}
    assert {fault.where for fault in found.faults} == {"第 10 行 J 列（造价（万元））", "第 11 行 K 列（备案时间）"}
    assert any("没有写年份" in fault.what for fault in found.faults)


def test_what_can_be_read_of_it_is_taken_and_the_rest_is_left(desk: Desk, take: Take, tmp_path: Path) -> None:
    taken = take(messy_sheet(tmp_path / "旧台账.xlsx"), all_or_nothing=False)

    known = filings(desk)
    first, second = known["安备〔2024〕1号"], known["安备〔2024〕2号"]
    assert (taken.taken, taken.refused) == (2, 2)
    assert (first.status, second.status) == (Status.CLOSED.value, Status.REGISTERED.value)
    assert (first.accepted_on, second.accepted_on) == (date(2024, 3, 1), date(2024, 3, 5))
    assert second.community == "坪安社区"  # merged with the line above, and without its last word
    assert second.contractor_name == first.contractor_name  # 同上
    amounts = [desk.ledger.file(one.id).walk_in.contract_amount_yuan for one in (first, second)]
    assert amounts == [Decimal(355000), Decimal(8000)]


def test_with_all_or_nothing_one_faulty_cell_keeps_everything_out(desk: Desk, take: Take, tmp_path: Path) -> None:
    rows = [*lines(450), old_line(备案日期="某日")]

    with pytest.raises(ClerkError) as refused:
        take(plain_sheet(tmp_path / "台账.xlsx", rows), all_or_nothing=True)

    assert refused.value.code == "sheet_rows_faulty"
    assert [count_of(desk, table) for table in ("filing", "imported_row", "sheet_import", "column_profile")] == [0] * 4


@pytest.mark.requirement("LG-20-2")
def test_an_old_entry_is_found_shown_and_counted_like_any_other(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(plain_sheet(tmp_path / "台账.xlsx", [old_line()]))

    ids = desk.ledger.ids(LedgerCriteria(text="旧备字001号"))
    file = desk.ledger.file(ids[0])
    assert desk.ledger.ids(LedgerCriteria(text="pal9h")) == ids
    assert desk.ledger.ids(LedgerCriteria(text="2719")) == ids
    assert file.registration_number == "旧备字001号"
    assert (file.row.project_name, file.row.community) == ("坪安路9号商铺装修", "坪安社区")
    assert file.walk_in.place.text == "坪安社区坪安路9号"
    assert file.walk_in.owner.phone == "138****2719"
    assert file.walk_in.contract_amount_yuan == Decimal(125000)
    assert file.row.category_label == "零星翻新"
    assert file.valid_until == date(2024, 5, 31)
    assert [link.word for link in desk.in_charge.links(ids[0])] == ["信息登记", "日常巡查", "组织执法查处"]
    assert desk.ledger.facets(LedgerCriteria()).by_status == {Status.REGISTERED: 1}


def test_nothing_is_judged_and_what_the_sheet_does_not_say_stays_unknown(
    desk: Desk, take: Take, tmp_path: Path
) -> None:
    take(plain_sheet(tmp_path / "台账.xlsx", [old_line(是否高风险="", 类型="", 面积="/")]))

    filing = filings(desk)["旧备字001号"]
    file = desk.ledger.file(filing.id)
    assert filing.high_risk is None
    assert filing.kind == ""
    assert file.walk_in.facts["floor_area_m2"] is UNKNOWN
    assert file.assessment["outcome"] == "undetermined"
    assert (filing.site_check_by, filing.feedback_by, filing.awaits_platform) == (None, None, False)
    assert desk.ledger.ids(LedgerCriteria(awaits_platform=True)) == ()
    assert filing.accepted_on is not None
    definition = desk.statistics.standard(ReportKind.PERIOD, PeriodKind.YEAR)
    report = desk.statistics.report(definition, period_of(PeriodKind.YEAR, filing.accepted_on))
    assert report.packs == ()
    assert any("1 件由旧台账导入，没有经过规则判定" in note for note in report.notes)


def test_a_high_risk_entry_gets_no_first_check_with_a_made_up_day(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(plain_sheet(tmp_path / "台账.xlsx", [old_line(是否高风险="是", 有效期="2026-12-31")]))

    kinds = [group.kind.value for group in desk.worklist.worklist().groups]
    assert filings(desk)["旧备字001号"].high_risk is True
    assert not [kind for kind in kinds if "check" in kind]


def test_taking_the_same_sheet_in_again_doubles_nothing(desk: Desk, take: Take, tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", [*lines(3), old_line(备案编号="")])
    blanks = Blanks(takes_numbers=True)
    first = take(file, blanks=blanks)

    again = take(file, blanks=blanks)

    assert (first.taken, again.taken, again.known) == (4, 0, 4)
    assert count_of(desk, "filing") == 4


def test_a_sheet_that_has_grown_brings_only_its_new_lines(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(plain_sheet(tmp_path / "台账.xlsx", lines(3)))

    grown = take(plain_sheet(tmp_path / "台账新.xlsx", lines(5)))

    assert (grown.taken, grown.known) == (2, 3)


def test_asking_for_the_same_act_twice_gives_the_first_answer(desk: Desk, take: Take, tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(3))
    first = take(file, act_id="one")

    again = take(file, act_id="one")

    assert (again.import_id, again.taken) == (first.import_id, 3)
    assert count_of(desk, "sheet_import") == 1


def test_a_line_without_a_number_is_a_fault_unless_the_office_lets_it_be_numbered(
    desk: Desk, take: Take, tmp_path: Path
) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", [old_line(备案编号="")])
    mapping = mapping_of(desk, file)

    assert desk.sheet_imports.examine(file, mapping).fault_count == 1
    assert desk.sheet_imports.examine(file, replace(mapping, blanks=Blanks(takes_numbers=True))).own_numbers == 1
    take(file, blanks=Blanks(takes_numbers=True))
    assert [number[2:] for number in filings(desk)] == ["-DJ-2026-000001"]


def test_numbers_already_in_use_and_numbers_of_this_program_are_faults(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(plain_sheet(tmp_path / "一.xlsx", lines(1)))
    with desk.database.writing(is_whole=True) as session:  # as if it had come from elsewhere than a sheet
        session.execute(update(ImportedRow).values(row_key="of another sheet"))
    file = plain_sheet(
        tmp_path / "二.xlsx",
        [*lines(1), old_line(备案编号="PA-DJ-2025-000007"), *lines(1, first=9), *lines(1, first=9)],
    )

    found = desk.sheet_imports.examine(file, mapping_of(desk, file))

    said = [fault.what for fault in found.faults]
    assert len(said) == 3
    assert "台账中已有" in said[0]
    assert "上报包" in said[1]
    assert "与第 4 行相同" in said[2]


def test_places_of_other_offices_are_named(desk: Desk, tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", [old_line(所属社区="远方社区")])

    found = desk.sheet_imports.examine(file, mapping_of(desk, file))

    assert "不是本受理点的社区" in found.faults[0].what


@pytest.mark.requirement("LG-P1")
def test_the_ledger_is_sound_after_an_import_and_the_trail_names_it(desk: Desk, take: Take, tmp_path: Path) -> None:
    rows = [*lines(3), old_line(备案编号=""), old_line(备案编号="PADJ2024000123")]
    take(plain_sheet(tmp_path / "台账.xlsx", rows), blanks=Blanks(takes_numbers=True))

    verdict = desk.ledger_check.verify()

    assert verdict.is_sound, (verdict.broken, verdict.findings)
    with desk.database.reading(is_whole=True) as session:
        events = list(session.scalars(select(AuditEvent).where(AuditEvent.act == "old_ledger_in")))
    assert [len(event.touched) for event in events] == [5]


def test_a_changed_row_of_an_import_is_found_by_verifying(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(plain_sheet(tmp_path / "台账.xlsx", lines(3)))
    with desk.database.writing(is_whole=True) as session:
        session.execute(update(Filing).where(Filing.id == 2).values(owner_name="别人"))

    assert [finding.kind.value for finding in desk.ledger_check.verify().findings] == ["rows_changed"]


def test_cells_that_were_mapped_to_nothing_are_kept_with_their_headings(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(plain_sheet(tmp_path / "台账.xlsx", [old_line()]))

    with desk.database.reading(is_whole=True) as session:
        kept = session.scalars(select(ImportedRow)).one().kept
    assert kept["旧系统批次"] == "B7"
    assert kept["联系电话"] == "１３８００００２７１９"


def test_a_confirmed_mapping_comes_back_with_the_next_sheet_of_these_headings(
    desk: Desk, take: Take, tmp_path: Path
) -> None:
    first = plain_sheet(tmp_path / "一.xlsx", lines(1))
    mapping = mapping_of(desk, first, blanks=Blanks(state=OldState.CLOSED))
    place = mapping.column_of(OldField.REMARK)
    assert place is None
    targets = (*mapping.targets[:-1], OldField.REMARK)
    desk.sheet_imports.take(first, replace(mapping, targets=targets), all_or_nothing=True, act_id="one")

    look = desk.sheet_imports.look(plain_sheet(tmp_path / "二.xlsx", lines(1, first=2)))

    assert look.is_saved
    assert look.proposals[-1].target is OldField.REMARK
    assert look.blanks == Blanks(state=OldState.CLOSED)


def test_the_sheet_of_errors_marks_the_cells_and_can_be_put_right_and_taken_in(
    desk: Desk, take: Take, tmp_path: Path
) -> None:
    rows = [*lines(2), old_line(备案日期="3月5日", 工程名称='=HYPERLINK("http://example.invalid","看")')]
    file = plain_sheet(tmp_path / "台账.xlsx", rows)
    workbook = load_workbook(file)
    workbook["台账"]["C4"].data_type = "s"  # a text that begins like a formula
    workbook.save(file)
    take(file, all_or_nothing=False)

    count = desk.sheet_imports.write_faults(file, mapping_of(desk, file), tmp_path / "错误.xlsx")

    workbook = load_workbook(tmp_path / "错误.xlsx")
    marked = workbook["台账"]
    cell = marked.cell(4, HEADINGS.index("备案日期") + 1)
    assert count == 1
    assert cell.value == "3月5日"
    assert cell.comment is not None
    assert "没有写年份" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFD9D6"
    assert marked.cell(4, 3).data_type == "s"
    assert "没有写年份" in str(marked.cell(4, len(HEADINGS) + 1).value)
    assert marked.cell(2, 4).fill.fgColor.rgb != "FFFFD9D6"
    cell.value = "2024-3-5"
    workbook.save(tmp_path / "改好.xlsx")
    put_right = take(tmp_path / "改好.xlsx")
    assert (put_right.taken, put_right.known, put_right.refused) == (1, 2, 0)


def test_a_file_that_changed_after_it_was_looked_at_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(1))
    mapping = mapping_of(desk, file)
    looked = desk.sheet_imports.examine(file, mapping).sha256
    plain_sheet(file, lines(2))

    with pytest.raises(ClerkError) as refused:
        desk.sheet_imports.take(file, mapping, all_or_nothing=True, act_id="one", sha256=looked)

    assert refused.value.code == "sheet_changed"
    assert count_of(desk, "filing") == 0


def test_an_import_that_is_stopped_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(1000))
    mapping = mapping_of(desk, file)

    class StopsLate:
        def step(self, done: int, total: int) -> None:
            if total == 1001 and done > 700:
                raise Cancelled

    with pytest.raises(Cancelled):
        desk.sheet_imports.take(file, mapping, all_or_nothing=False, act_id="one", progress=StopsLate())

    assert [count_of(desk, table) for table in ("filing", "visit", "imported_row", "audit_event")][:3] == [0, 0, 0]
    assert desk.sheet_imports.imports() == ()


def test_a_mapping_without_what_is_needed_says_what_it_wants(desk: Desk, tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(1))
    mapping = mapping_of(desk, file)

    with pytest.raises(FaultyInput) as refused:
        desk.sheet_imports.examine(file, replace(mapping, targets=(None,) * len(mapping.targets)))

    assert len(refused.value.faults) == 5


def test_a_work_completed_without_its_day_and_a_closed_one_are_told_apart(
    desk: Desk, take: Take, tmp_path: Path
) -> None:
    file = plain_sheet(
        tmp_path / "台账.xlsx",
        [
            old_line(状态="已完工"),
            old_line(备案编号="二", 状态="已完工", 完工日期=45400),
            old_line(备案编号="三", 状态="办结"),
        ],
    )

    taken = take(file, all_or_nothing=False)

    known = filings(desk)
    assert (taken.taken, taken.refused) == (2, 1)
    assert (known["二"].status, known["二"].completed_on) == ("registered", date(2024, 4, 18))
    assert (known["三"].status, known["三"].closed_on) == ("closed", None)


def test_a_file_as_csv_in_the_national_encoding_is_taken_like_a_workbook(
    desk: Desk, take: Take, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *lines(2)))
    file.write_bytes(text.encode("gb18030"))

    assert take(file).taken == 2


def test_who_registers_in_one_community_takes_in_only_what_lies_there(
    desk: Desk, tmp_path: Path, clock: Clock, decide: Decide
) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", [old_line(), old_line(备案编号="别处", 所属社区="新禾")])
    mapping = mapping_of(desk, file)
    work_as(desk, person(9, "何窗", Role.WINDOW_CLERK, areas=frozenset({"坪安社区"})))

    found = desk.sheet_imports.examine(file, mapping)
    desk.sheet_imports.take(file, mapping, all_or_nothing=False, act_id="one")

    assert (found.ready, found.faulty) == (1, 1)
    assert "不在您可以办理的范围内" in found.faults[0].what
    work_as(desk, FOUNDER)
    assert set(filings(desk)) == {"旧备字001号"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PATROLLER, Role.ADMINISTRATOR])
def test_only_who_registers_may_take_ledgers_in(desk: Desk, tmp_path: Path, role: Role) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(1))
    work_as(desk, person(9, "何某", role))

    with pytest.raises(ClerkError) as refused:
        desk.sheet_imports.look(file)

    assert refused.value.code == "not_permitted"
