"""The hint that works were parted to stay below the limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.pack import PolicyPack
from desktop.domain.splitting import (
    EarlierWork,
    PresentWork,
    SplitLimits,
    SplitSuspicion,
    split_limits,
    suspected_splitting,
)

pytestmark = pytest.mark.requirement("LG-10-11", "JS-2.1d")

TODAY = date(2026, 3, 2)
LIMITS = SplitLimits(amount_yuan=Decimal(1_000_000), area_m2=Decimal(500), article="第十条(十一)")


def present(amount: str | None, area: str | None, *, place: str = "福安苑3栋", owner: str = "甲公司") -> PresentWork:
    """Give the work being filed."""
    return PresentWork(
        place_key=place,
        owner_key=owner,
        amount_yuan=None if amount is None else Decimal(amount),
        area_m2=None if area is None else Decimal(area),
        filed_on=TODAY,
        filing_id=9,
    )


def earlier(
    amount: str | None,
    area: str | None,
    *,
    place: str = "福安苑3栋",
    owner: str = "甲公司",
    filed_on: date = date(2025, 11, 3),
    filing_id: int = 1,
) -> EarlierWork:
    """Give a filing on record."""
    return EarlierWork(
        filing_id=filing_id,
        number=f"PA-DJ-2025-{filing_id:06}",
        place_key=place,
        owner_key=owner,
        amount_yuan=None if amount is None else Decimal(amount),
        area_m2=None if area is None else Decimal(area),
        filed_on=filed_on,
    )


def judged(work: PresentWork, *others: EarlierWork) -> SplitSuspicion | None:
    """Judge under the limits of 龙岗."""
    return suspected_splitting(work, others, limits=LIMITS)


def test_works_at_one_place_that_exceed_both_limits_together_are_flagged() -> None:
    suspicion = judged(present("600000", "300"), earlier("600000.50", "300"))
    assert suspicion is not None
    assert (suspicion.total_amount_yuan, suspicion.total_area_m2) == (Decimal("1200000.50"), Decimal(600))
    assert suspicion.is_above_both
    assert suspicion.article == "第十条(十一)"
    assert [work.number for work in suspicion.works] == ["PA-DJ-2025-000001"]


def test_the_sentence_names_link_sums_and_limits() -> None:
    suspicion = judged(present("600000", "200"), earlier("600000", "200"))
    assert suspicion is not None
    assert suspicion.because == (
        "同一地点 12 个月内连同本件共 2 件：金额合计 1,200,000 元（超过限额 1,000,000 元），"
        "面积合计 400 平方米（未超过限额 500 平方米）；请核对是否为同一工程分解申报。"
    )
    assert (suspicion.over_amount, suspicion.over_area) == (True, False)


@pytest.mark.parametrize(
    ("amount", "area", "is_flagged"),
    [
        ("400000", "200", False),
        ("400000.01", "200", True),
        ("400000", "200.01", True),
    ],
)
def test_sums_exactly_at_the_limits_are_within_them(amount: str, area: str, is_flagged: bool) -> None:
    suspicion = judged(present(amount, area), earlier("600000", "300"))
    assert (suspicion is not None) is is_flagged


@pytest.mark.parametrize(
    ("first", "second", "is_flagged"),
    [
        (("1500000", "100"), ("10000", "10"), False),  # over the amount alone already
        (("1500000", "600"), ("10000", "10"), False),  # over both alone already
        (("1500000", "300"), ("10000", "300"), True),  # together over the area too
        (("1500000", "100"), ("10000", "600"), True),  # each over one limit, together over both
    ],
)
def test_only_what_the_sum_adds_is_flagged(first: tuple[str, str], second: tuple[str, str], is_flagged: bool) -> None:
    assert (judged(present(*first), earlier(*second)) is not None) is is_flagged
    assert (judged(present(*second), earlier(*first)) is not None) is is_flagged


def test_works_of_one_owner_at_several_places_are_flagged() -> None:
    suspicion = judged(present("600000", "300"), earlier("600000", "300", place="平安路1号"))
    assert suspicion is not None
    assert suspicion.because.startswith("同一建设单位")
    assert not suspicion.needs_reason


@pytest.mark.parametrize(
    ("area", "needs_reason"),
    [pytest.param("300", True, id="above-both"), pytest.param("200", False, id="above-the-amount-only")],
)
def test_only_what_would_need_a_permit_as_one_work_at_one_place_needs_a_reason(area: str, needs_reason: bool) -> None:
    suspicion = judged(present("600000", area), earlier("600000", area))
    assert suspicion is not None
    assert suspicion.needs_reason is needs_reason


def test_works_of_several_owners_at_one_place_are_flagged() -> None:
    assert judged(present("600000", "300"), earlier("600000", "300", owner="乙公司")) is not None


def test_neighbours_that_share_neither_place_nor_owner_are_not_added() -> None:
    assert judged(present("600000", "300"), earlier("600000", "300", place="平安路1号", owner="乙公司")) is None


def test_a_work_at_the_place_and_another_of_the_owner_are_not_added_together() -> None:
    at_place = earlier("300000", "100", owner="乙公司", filing_id=1)
    of_owner = earlier("300000", "100", place="平安路1号", filing_id=2)
    assert judged(present("500000", "200"), at_place, of_owner) is None


def test_empty_keys_link_nothing() -> None:
    assert judged(present("600000", "300", place="", owner=""), earlier("600000", "300", place="", owner="")) is None


@pytest.mark.parametrize(
    ("filed_on", "is_flagged"),
    [
        (date(2025, 3, 1), False),
        (date(2025, 3, 2), True),
        (date(2026, 3, 2), True),
        (date(2027, 3, 2), True),
        (date(2027, 3, 3), False),
    ],
)
def test_only_works_within_the_window_count(filed_on: date, is_flagged: bool) -> None:
    suspicion = judged(present("600000", "300"), earlier("600000", "300", filed_on=filed_on))
    assert (suspicion is not None) is is_flagged


def test_an_earlier_visit_of_the_same_filing_is_not_added() -> None:
    assert judged(present("600000", "300"), earlier("600000", "300", filing_id=9)) is None


def test_unknown_amounts_add_nothing_and_are_named() -> None:
    suspicion = judged(present("600000", None), earlier("600000", "300"))
    assert suspicion is not None
    assert "其中 1 件的金额或者面积未填" in suspicion.because


def test_a_single_work_is_never_splitting() -> None:
    assert judged(present("5000000", "5000")) is None


@given(
    works=st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(0, 1_000)), min_size=1, max_size=6),
)
def test_works_that_stay_within_the_limits_together_are_never_flagged(works: list[tuple[int, int]]) -> None:
    (amount, area), *rest = works
    others = [earlier(str(a), str(m), filing_id=place) for place, (a, m) in enumerate(rest, start=20)]
    suspicion = judged(present(str(amount), str(area)), *others)
    total_amount, total_area = Decimal(sum(a for a, _ in works)), Decimal(sum(m for _, m in works))
    if total_amount <= 1_000_000 and total_area <= 500:
        assert suspicion is None
    if suspicion is not None:
        assert (suspicion.total_amount_yuan, suspicion.total_area_m2) == (total_amount, total_area)
        assert (suspicion.over_amount, suspicion.over_area) == (total_amount > 1_000_000, total_area > 500)


def test_the_limits_and_the_article_come_from_the_pack(pack: PolicyPack) -> None:
    assert split_limits(pack) == LIMITS


@pytest.mark.requirement("LG-8-1")
def test_the_sentence_is_a_question_to_the_clerk_not_a_verdict() -> None:
    suspicion = judged(present("600000", "300"), earlier("600000", "300"))
    assert suspicion is not None
    assert "请核对" in suspicion.because
    assert "违法" not in suspicion.because
