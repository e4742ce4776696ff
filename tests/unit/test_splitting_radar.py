"""Which works look parted in the whole ledger, how surely, and when a decided group is asked about again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from desktop.domain.building import building_key, unit_key
from desktop.domain.progress import Cancelled
from desktop.domain.splitting import EarlierWork, PresentWork, SplitLimits, suspected_splitting
from desktop.domain.splitting_radar import (
    JudgedSplitting,
    Link,
    SplittingAnswer,
    WorkGroup,
    suspected_groups,
    verdict_of,
)

pytestmark = pytest.mark.requirement("LG-10-11", "JS-2.1d")

LIMITS = SplitLimits(amount_yuan=Decimal(1_000_000), area_m2=Decimal(500))
START = date(2026, 3, 2)


def work(
    filing_id: int,
    place: str = "坪安路18号a栋101",
    *,
    owner: str = "甲",
    contractor: str = "匠新",
    amount: int | None = 600_000,
    area: int | None = 300,
    days: int = 0,
    category: str = "nonresidential_decoration",
) -> EarlierWork:
    """Give a work that stays within both limits alone."""
    return EarlierWork(
        filing_id=filing_id,
        number=f"PA-DJ-2026-{filing_id:06}",
        place_key=place,
        owner_key=owner,
        amount_yuan=None if amount is None else Decimal(amount),
        area_m2=None if area is None else Decimal(area),
        filed_on=START + timedelta(days=days),
        contractor_key=contractor,
        category=category,
    )


def found(*works: EarlierWork) -> list[tuple[tuple[Link, ...], tuple[int, ...], bool]]:
    return [(group.links, group.filing_ids, group.is_strong) for group in suspected_groups(works, LIMITS)]


@pytest.mark.parametrize(
    ("place", "building"),
    [
        ("坪安路18号a栋101", "坪安路18号a栋"),
        ("坪安路18号a座102室", "坪安路18号a栋"),
        ("坪安路18号a幢二层", "坪安路18号a栋"),
        ("新禾路9号一层", "新禾路9号"),
        ("新禾路9号三层12号", "新禾路9号"),
        ("龙岗3号路12号铺", "龙岗3号路12号"),
        ("景望大厦1203", "景望大厦1203"),
        ("坪安社区景望大厦1203", "坪安社区景望大厦"),
        ("", ""),
    ],
)
def test_units_of_one_building_have_one_building(place: str, building: str) -> None:
    assert building_key(place) == building


def test_one_unit_typed_in_two_ways_is_one_unit() -> None:
    assert unit_key("坪安路18号a座101室") == unit_key("坪安路18号a栋101")


def test_two_works_in_one_unit_are_found_whoever_owns_them() -> None:
    one, other = work(1), work(2, "坪安路18号a座101室", owner="乙", contractor="云望")
    assert found(one, other) == [((Link.SAME_PLACE,), (1, 2), True)]


def test_works_of_one_owner_in_one_building_are_found_and_known_by_every_link() -> None:
    assert found(work(1), work(2, "坪安路18号a栋102")) == [
        ((Link.OWNER_NEAR, Link.CONTRACTOR_NEAR, Link.OWNER), (1, 2), True)
    ]


def test_works_by_one_contractor_in_one_building_are_found_when_together_above_both_limits() -> None:
    near = work(2, "坪安路18号a栋102", owner="乙")
    assert found(work(1), near) == [((Link.CONTRACTOR_NEAR,), (1, 2), True)]
    [(_links, _ids, is_strong)] = found(work(1, area=100), work(2, "坪安路18号a栋102", owner="乙", area=100))
    assert not is_strong


def test_flats_of_different_owners_by_one_contractor_are_nothing() -> None:
    flats = [work(n, f"明木小区3栋{n}01", owner=f"户{n}", category="residential_decoration") for n in range(1, 6)]
    assert found(*flats) == []


def test_works_of_one_owner_far_apart_are_a_hint_only() -> None:
    assert found(work(1), work(2, "新禾路9号102", contractor="云望")) == [((Link.OWNER,), (1, 2), False)]


def test_works_more_than_twelve_months_apart_do_not_count_together() -> None:
    assert found(work(1), work(2, days=365)) != []
    assert found(work(1), work(2, days=366)) == []


def test_exactly_the_limits_together_are_no_suspicion() -> None:
    assert found(work(1, amount=500_000, area=250), work(2, amount=500_000, area=250)) == []


def test_a_work_that_is_above_alone_gains_nothing_by_others() -> None:
    assert found(work(1, amount=2_000_000, area=900), work(2, amount=10_000, area=5)) == []


def test_no_work_is_counted_twice_for_one_link() -> None:
    works = [work(n, days=100 * n) for n in range(1, 9)]
    groups = [ids for links, ids, _strong in found(*works) if Link.SAME_PLACE in links]
    assert len({one for ids in groups for one in ids}) == sum(len(ids) for ids in groups)


def test_the_sentence_names_links_sums_limits_and_what_is_unknown() -> None:
    [group] = suspected_groups([work(1), work(2, area=250), work(3, amount=None)], LIMITS)
    assert "同一地点" in group.because
    assert "12 个月内 3 件" in group.because
    assert "金额合计 1,200,000 元（超过限额 1,000,000 元）" in group.because
    assert "面积合计 850 平方米（超过限额 500 平方米）" in group.because
    assert "1 件的金额或者面积未填" in group.because


def test_a_decision_covers_its_works_until_a_further_one_joins() -> None:
    decided = _judged((1, 2, 3), SplittingAnswer.SEPARATE)
    assert verdict_of((1, 2, 3), [decided]) is decided
    assert verdict_of((1, 3), [decided]) is decided, "a work that falls away asks nobody again"
    assert verdict_of((1, 2, 3, 4), [decided]) is None
    later = _judged((1, 2, 3), SplittingAnswer.ONE_WORK, hour=5)
    assert verdict_of((1, 2), [later, decided]) is later


def test_a_further_work_makes_another_group_of_it() -> None:
    one, other = _group(work(1), work(2)), _group(work(1), work(2), work(3))
    assert one.key != other.key
    assert one.key == _group(work(2), work(1)).key


def test_looking_stops_when_it_is_no_longer_wanted() -> None:
    class Unwanted:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        suspected_groups([work(1), work(2)], LIMITS, Unwanted())


def test_at_the_window_the_contractor_counts_only_above_both_limits() -> None:
    present = PresentWork(
        place_key="坪安路18号a栋103",
        owner_key="丙",
        amount_yuan=Decimal(600_000),
        area_m2=Decimal(300),
        filed_on=START,
        contractor_key="匠新",
        category="nonresidential_decoration",
    )
    suspicion = suspected_splitting(present, [work(1, owner="甲")], limits=LIMITS)
    assert suspicion is not None
    assert suspicion.because.startswith("同一施工单位在同一建筑")
    assert not suspicion.needs_reason
    assert suspected_splitting(present, [work(1, owner="甲", area=10)], limits=LIMITS) is None
    elsewhere = work(1, "新禾路9号102", owner="甲")
    assert suspected_splitting(present, [elsewhere], limits=LIMITS) is None


def _group(*works: EarlierWork) -> WorkGroup:
    return suspected_groups(works, LIMITS)[0]


def _judged(ids: tuple[int, ...], answer: SplittingAnswer, hour: int = 1) -> JudgedSplitting:
    return JudgedSplitting(
        filing_ids=ids, answer=answer, reason="分属两家", at=datetime(2026, 3, 2, hour, tzinfo=UTC), who="林晓"
    )
