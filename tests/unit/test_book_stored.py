"""Values of registers that did not come from this program's own form: what cannot stand is told in words."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.book import BookKind, FieldType
from desktop.domain.book_stored import stored_fault
from desktop.domain.books import BOOKS

ACCIDENT: dict[str, Any] = {
    "happened_on": "2026-02-11",
    "works": "minor_operation",
    "type": "fall",
    "place": "坪安路某商铺",
    "is_registered": False,
    "dead": 0,
    "injured": 1,
    "loss": "35000.00",
    "state": "reported",
    "summary": "绳索磨断，从二层坠落。",
}


def fault(plain: dict[str, Any], kind: BookKind = BookKind.ACCIDENT, *, day: str = "2026-02-11") -> str:
    return stored_fault(BOOKS[kind], plain, day=day, organisation="坪安街道", has_filing=False)


def test_what_the_program_stores_fits() -> None:
    assert fault(ACCIDENT) == ""


@pytest.mark.requirement("LG-22-2b")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"colour": "red"}, "事故登记簿含有本程序不认识的项目“colour”。"),
        ({"community": "坪安社区"}, "事故登记簿含有本程序不认识的项目“community”。"),
        ({"dead": "0"}, "事故登记簿的死亡写法不对。"),
        ({"dead": -1}, "事故登记簿的死亡写法不对。"),
        ({"dead": True}, "事故登记簿的死亡写法不对。"),
        ({"dead": 0.5}, "事故登记簿的死亡写法不对。"),
        ({"dead": 10**12}, "事故登记簿的死亡写法不对。"),
        ({"loss": 35000}, "事故登记簿的直接经济损失写法不对。"),
        ({"loss": "-1"}, "事故登记簿的直接经济损失写法不对。"),
        ({"loss": "NaN"}, "事故登记簿的直接经济损失写法不对。"),
        ({"loss": "1e9"}, "事故登记簿的直接经济损失写法不对。"),
        ({"loss": "9" * 13}, "事故登记簿的直接经济损失写法不对。"),
        ({"type": "meteor"}, "事故登记簿的事故类型写法不对。"),
        ({"type": ["fall"]}, "事故登记簿的事故类型写法不对。"),
        ({"is_registered": 1}, "事故登记簿的已登记写法不对。"),
        ({"happened_on": "2026-02-30"}, "事故登记簿的事故日期写法不对。"),
        ({"happened_on": 20260211}, "事故登记簿的事故日期写法不对。"),
        ({"happened_on": "2026-02-12"}, "事故登记簿的事故日期与记录的日期不一致。"),
        ({"place": "长" * 201}, "事故登记簿的事故地点写法不对。"),
        ({"place": None}, "事故登记簿的事故地点写法不对。"),
        ({"place": {"a": 1}}, "事故登记簿的事故地点写法不对。"),
        ({"summary": "长" * 5000}, "事故登记簿的"),
        ({"state": "closed"}, "事故登记簿：已结案的请填处理结果"),
    ],
)
def test_values_that_no_form_could_have_given_are_refused_in_words(change: dict[str, Any], why: str) -> None:
    assert fault({**ACCIDENT, **change}).startswith(why)


def test_a_needed_field_that_is_missing_is_named() -> None:
    assert fault({key: value for key, value in ACCIDENT.items() if key != "works"}) == "事故登记簿缺工程类别。"


def test_several_choices_are_a_list_of_different_known_ones() -> None:
    library = {
        "kind": "guide",
        "title": "巡查指引",
        "issuer": "区住房建设部门",
        "issued_on": "2026-02-11",
        "state": "in_force",
    }
    field = next(each for each in BOOKS[BookKind.LIBRARY].fields if each.type is FieldType.SEVERAL)
    first = field.choices[0][0]

    assert fault({**library, "subjects": [first]}, BookKind.LIBRARY) == ""
    for odd in (first, [], [first, first], ["else"], [1], [[first]]):
        assert fault({**library, "subjects": odd}, BookKind.LIBRARY) == "制度文件登记簿的涉及事项写法不对。"
