"""The three lists of 宜昌 as Excel: read tolerantly, whole or not at all, shown before, and given out the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.organisations import LEVEL_OF_KIND, Organisation, OrganisationKind, Person, Post
from desktop.services.desk import Desk, open_desk
from desktop.services.person_lists import Effect
from tests import factories
from tests.integration.conftest import count_of

HEAD = ("乡镇（街道）", "分管领导姓名电话", "负责人姓名电话", "巡查人员姓名电话", "角色")
STREET_ROW = (
    "坪安街道",
    "陈小满 13800000001",
    "周望 13800000002",
    "林河 13800000003、方圆 13800000004",
    "区级政府用户",
)


def book(file: Path, *rows: Sequence[str], title: str = "附件1", merged: Sequence[str] = ()) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for span in merged:
        sheet.merge_cells(span)
    workbook.save(file)
    return file


def streets(file: Path, *rows: Sequence[str]) -> Path:
    region = ("所属县市区", "西山县", "系统后台管理员 姓名/电话", "高原 13800000009")
    return book(file, ("县市区、乡镇（街道）安全管控人员及管理权限汇总表",), region, HEAD, *rows)


def people(desk: Desk) -> dict[str, set[Post]]:
    return {row.person.name: set(row.person.posts) for row in desk.persons.all()}


@pytest.mark.requirement("YC-2e", "YC-A1", "YC-2a", "YC-2d")
def test_a_list_of_streets_fills_both_registers(desk: Desk, tmp_path: Path) -> None:
    desk.person_lists.take_in(streets(tmp_path / "a.xlsx", STREET_ROW))

    rows = [(row.name, row.parent, row.organisation.kind) for row in desk.organisations.all()]
    assert rows == [
        ("西山县", "", OrganisationKind.DISTRICT),
        ("坪安街道", "西山县", OrganisationKind.STREET_OFFICE),
    ]
    assert desk.organisations.all()[1].organisation.roles == (Role.DISTRICT_GOVERNMENT_USER,)
    assert people(desk) == {
        "高原": {Post.SYSTEM_ADMIN},
        "陈小满": {Post.LEADER},
        "周望": {Post.HEAD},
        "林河": {Post.PATROLLER},
        "方圆": {Post.PATROLLER},
    }


@pytest.mark.requirement("YC-A2")
def test_a_list_of_communities_tells_stations_from_village_committees(desk: Desk, tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        ("所属乡镇：坪安镇",),
        ("社区（村）", *HEAD[1:]),
        ("新禾社区", *STREET_ROW[1:4], ""),
        ("上坪村", "山川 13800000005", "欧阳一 13800000006", "何田 13800000007", ""),
    )
    desk.person_lists.take_in(file)

    kinds = {row.name: row.organisation.kind for row in desk.organisations.all()}
    assert kinds == {
        "坪安镇": OrganisationKind.STREET_OFFICE,
        "新禾社区": OrganisationKind.COMMUNITY_STATION,
        "上坪村": OrganisationKind.VILLAGE_COMMITTEE,
    }


@pytest.mark.requirement("YC-A3", "LG-16-0", "JS-2.4t")
def test_a_list_of_industries_knows_departments_by_their_short_names(desk: Desk, tmp_path: Path) -> None:
    desk.organisations.add(
        Organisation(
            kind=OrganisationKind.DEPARTMENT, name="住建部门", level=LEVEL_OF_KIND[OrganisationKind.DEPARTMENT]
        )
    )
    file = book(
        tmp_path / "a.xlsx",
        ("所属县市：西山县",),
        ("所属行业", "分管领导姓名电话", "负责人姓名电话", "安控人员姓名电话", "角色"),
        ("住建局", "陈小满 13800000001", "周望 13800000002", "林河 13800000003", "区级主管部门用户"),
        ("水利部门", "", "", "", ""),
        title="附件3",
    )
    desk.person_lists.take_in(file)

    assert [row.name for row in desk.organisations.all()] == ["住建部门", "西山县"]
    assert people(desk)["林河"] == {Post.SAFETY_CONTROLLER}


@pytest.mark.requirement("YC-2e")
def test_every_faulty_cell_is_named_with_row_and_column_and_nothing_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    file = streets(
        tmp_path / "a.xlsx",
        STREET_ROW,
        ("坪西街道", "陈小满 138000", "周望", "林河 13800000003", "管理者"),
        ("", "方圆 13800000004", "", "", ""),
    )
    with pytest.raises(FaultyInput) as refused:
        desk.person_lists.take_in(file)

    faults = [(fault.where, fault.what) for fault in refused.value.faults]
    assert [where for where, _what in faults] == [
        "《附件1》第 5 行 B 列（分管领导姓名电话）",
        "《附件1》第 5 行 C 列（负责人姓名电话）",
        "《附件1》第 5 行 E 列（角色）",
        "《附件1》第 6 行 A 列（乡镇（街道））",
    ]
    assert "手机号应为 11 位" in faults[0][1]
    assert "请在姓名后补上电话" in faults[1][1]
    assert "附件4" in faults[2][1]
    assert (count_of(desk, "organisation"), count_of(desk, "person")) == (0, 0)


@pytest.mark.requirement("YC-2e")
def test_the_plan_says_what_would_change_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.person_lists.take_in(streets(tmp_path / "a.xlsx", STREET_ROW))
    later = streets(
        tmp_path / "b.xlsx",
        ("坪安街道", "陈小满 13900000001", "周望 13800000002", "林河 13800000003、何田 13800000008", "区级政府用户"),
    )
    before = people(desk)

    plan = desk.person_lists.plan(later)

    assert [(line.effect, line.what) for line in plan.lines] == [
        (Effect.END, "方圆（巡查人员）"),
        (Effect.CHANGE, "陈小满（分管领导），换电话"),
        (Effect.ADD, "何田（巡查人员）"),
    ]
    assert people(desk) == before
    assert desk.person_lists.take_in(later, expected=plan) == plan
    assert set(people(desk)) == {"高原", "陈小满", "周望", "林河", "何田"}


@pytest.mark.requirement("YC-2e")
def test_the_same_list_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = streets(tmp_path / "a.xlsx", STREET_ROW)
    desk.person_lists.take_in(file)
    events = count_of(desk, "audit_event")

    assert desk.person_lists.take_in(file).lines == ()
    assert count_of(desk, "audit_event") == events


def test_a_register_that_changed_since_it_was_looked_at_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    file = streets(tmp_path / "a.xlsx", STREET_ROW)
    plan = desk.person_lists.plan(file)
    desk.person_lists.take_in(file)

    with pytest.raises(ClerkError, match="registers_changed"):
        desk.person_lists.take_in(file, expected=plan)


@pytest.mark.requirement("YC-2e")
def test_headings_in_two_rows_merged_cells_and_other_words_are_understood(desk: Desk, tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        ("２０２６年汇总表",),
        ("所属区县", "街道", "分管领导", "", "负责人", "", "巡查员", "", "权限"),
        ("", "", "姓名", "电话", "姓名", "电话", "姓名", "电话", ""),
        ("西山县", "坪安街道", "陈小满", "13800000001", "周望", "13800000002", "林河", "13800000003", ""),
        ("", "", "", "", "", "", "方圆", "13800000004", ""),
        ("", "坪西街道", "陈小满", "13800000001", "何田", "13800000005", "山川", "13800000006", ""),
        merged=("A1:I1", "C2:D2", "E2:F2", "G2:H2", "A4:A6", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:F5"),
    )
    desk.person_lists.take_in(file)

    assert [(row.name, row.people) for row in desk.organisations.all()] == [
        ("西山县", 0),
        ("坪安街道", 4),
        ("坪西街道", 3),
    ]


def test_a_street_is_known_by_its_full_and_its_short_name(desk: Desk, tmp_path: Path) -> None:
    desk.person_lists.take_in(streets(tmp_path / "a.xlsx", STREET_ROW))
    longer = streets(tmp_path / "b.xlsx", ("坪安街道办事处", *STREET_ROW[1:]))

    assert desk.person_lists.plan(longer).lines == ()


def test_a_town_is_not_taken_for_the_street_of_the_same_name(desk: Desk, tmp_path: Path) -> None:
    desk.person_lists.take_in(streets(tmp_path / "a.xlsx", STREET_ROW))
    town = streets(tmp_path / "b.xlsx", ("坪安镇", *STREET_ROW[1:]))

    assert (Effect.ADD, "坪安镇") in [(line.effect, line.organisation) for line in desk.person_lists.plan(town).lines]


def test_a_file_that_is_no_list_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"no workbook")
    with pytest.raises(ClerkError, match="no_workbook"):
        desk.person_lists.plan(broken)
    with pytest.raises(FaultyInput, match="没有找到汇总表的表头"):
        desk.person_lists.plan(book(tmp_path / "b.xlsx", ("日期", "金额"), ("3月2日", "12")))


@pytest.mark.requirement("YC-2f", "YC-A1", "YC-A2", "YC-A3")
def test_the_lists_are_given_out_in_the_layout_of_the_annexes(desk: Desk, tmp_path: Path) -> None:
    desk.person_lists.take_in(streets(tmp_path / "a.xlsx", STREET_ROW))

    assert desk.person_lists.export(tmp_path / "out.xlsx") == 1

    workbook = load_workbook(tmp_path / "out.xlsx")
    assert workbook.sheetnames == ["附件1", "附件2", "附件3"]
    rows = list(workbook["附件1"].iter_rows(values_only=True))
    assert rows[0][0] == "县市区、乡镇（街道）安全管控人员及管理权限汇总表"
    assert rows[1][:4] == ("所属县市区", "西山县", "系统后台管理员姓名/电话", "高原 13800000009")
    assert rows[2] == HEAD
    assert rows[3] == (
        "坪安街道",
        "陈小满 13800000001",
        "周望 13800000002",
        "林河 13800000003\n方圆 13800000004",
        "区级政府用户",
    )


def test_a_name_that_looks_like_a_formula_is_written_as_text(desk: Desk, tmp_path: Path) -> None:
    desk.organisations.add(
        Organisation(
            kind=OrganisationKind.STREET_OFFICE,
            name="=1+1",
            level=LEVEL_OF_KIND[OrganisationKind.STREET_OFFICE],
        )
    )
    desk.person_lists.export(tmp_path / "out.xlsx")

    cells = [cell for row in load_workbook(tmp_path / "out.xlsx")["附件1"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


KINDS = (
    OrganisationKind.DISTRICT,
    OrganisationKind.STREET_OFFICE,
    OrganisationKind.COMMUNITY_STATION,
    OrganisationKind.VILLAGE_COMMITTEE,
    OrganisationKind.DEPARTMENT,
)
POSTS = (Post.LEADER, Post.HEAD, Post.PATROLLER, Post.SAFETY_CONTROLLER, Post.WINDOW_PERSON)
staff = st.lists(
    st.tuples(
        st.text(alphabet="陈周林方何山川原野", min_size=2, max_size=3),
        st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        st.sets(st.sampled_from(POSTS), min_size=1),
    ),
    max_size=4,
    unique_by=lambda one: (one[0], one[1]),
)
parties = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.text(alphabet="坪安新禾西山", min_size=2, max_size=3),
        st.integers(0, 3),
        st.sets(st.sampled_from(list(Role)), max_size=2),
        staff,
    ),
    max_size=5,
    unique_by=lambda one: one[1],
)


@pytest.mark.requirement("YC-2e", "YC-2f")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parties)
def test_what_is_given_out_and_read_in_again_changes_nothing(
    drawn: list[tuple[OrganisationKind, str, int, set[Role], list[tuple[str, str, set[Post]]]]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data", today=lambda: factories.FILED_ON)
        try:
            desk.office.set_up(factories.office())
            made: list[int] = []
            for kind, name, above, roles, members in drawn:
                parent = made[above] if above < len(made) else None
                own = desk.organisations.add(
                    Organisation(
                        kind=kind,
                        name=name,
                        level=LEVEL_OF_KIND[kind],
                        parent_id=parent,
                        roles=tuple(role for role in Role if role in roles),
                    )
                )
                made.append(own)
                for called, phone, posts in members:
                    desk.persons.add(Person(organisation_id=own, name=called, phone=phone, posts=frozenset(posts)))
            file = Path(folder) / "lists.xlsx"
            desk.person_lists.export(file)

            assert desk.person_lists.plan(file).lines == ()
        finally:
            desk.close()
