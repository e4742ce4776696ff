"""Reading people out of the cells that offices fill in, however they part names and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.people_cells import cell_of, is_name, people_in
from desktop.domain.person_lists import Listed

CHEN, ZHOU = Listed("陈小满", "13800000001"), Listed("周望", "13800000002")


@pytest.mark.requirement("YC-2e", "YC-A1")
@pytest.mark.parametrize(
    "cell",
    [
        "陈小满 13800000001\n周望 13800000002",
        "陈小满13800000001、周望13800000002",
        "陈小满，１３８０００００００１；周望，１３８０００００００２",
        "陈小满/13800000001，周望/13800000002",
        "陈小满（138 0000 0001）周　望（138-0000-0002）",
        "陈小满、周望\n13800000001、13800000002",
        "陈小满 周望 13800000001 13800000002",
        "姓名：陈小满 电话：13800000001； 姓名：周望 电话：13800000002",
        "陈 小 满 13800000001 | 周 望 13800000002",
    ],
)
def test_the_same_two_people_are_read_however_they_are_parted(cell: str) -> None:
    assert people_in(cell) == ((CHEN, ZHOU), ())


@pytest.mark.parametrize("cell", ["", "无", " / ", "——", "xxx"])
def test_a_cell_that_says_nobody_holds_nobody(cell: str) -> None:
    assert people_in(cell) == ((), ())


@pytest.mark.requirement("YC-2e")
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("陈小满", "没有电话"),
        ("13800000001", "前面没有姓名"),
        ("陈小满 1380000", "手机号应为 11 位"),
        ("陈小满 13800000001 13800000002", "有两个电话"),
        ("陈小满、周望 13800000002", "“陈小满”没有电话"),
        ("陈小满（兼） 13800000001", "不像姓名"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_way_to_put_it_right(cell: str, said: str) -> None:
    _people, troubles = people_in(cell)

    assert any(said in trouble for trouble in troubles)


def test_landlines_with_extension_and_names_with_points_are_read() -> None:
    people, troubles = people_in("买买提·艾力 0755-28900000转12、Anna Weber +49 30 1234567")

    assert troubles == ()
    assert people == (Listed("买买提·艾力", "0755-28900000-12"), Listed("Anna Weber", "+49301234567"))


names = st.text(alphabet="陈小满周望林河山川·欧阳", min_size=2, max_size=5).filter(is_name)
phones = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"0755-[2-9][0-9]{7}(-[1-9][0-9]{0,3})?", fullmatch=True),
)
people = st.lists(st.builds(Listed, names, phones), max_size=4, unique=True).map(tuple)


@pytest.mark.requirement("YC-2e", "YC-2f")
@given(people)
def test_what_is_written_into_a_cell_is_read_again(listed: tuple[Listed, ...]) -> None:
    assert people_in(cell_of(listed)) == (listed, ())
