"""The fair draw: its size, its reproducibility from the record, and that every number is drawn as often as another."""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.sampling import drawn_from, ordered_frame, part_of, percent, sample_size, share_of

pytestmark = pytest.mark.requirement("JS-2.4d")

FIVE = Decimal("0.05")
FRAMES = st.lists(
    st.integers(min_value=1, max_value=999_999).map(lambda n: f"PA-DJ-2026-{n:06}"), min_size=1, max_size=80
)
SHARES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(1), places=2)


@pytest.mark.parametrize(
    ("population", "drawn"), [(0, 0), (1, 1), (19, 1), (20, 1), (21, 2), (40, 2), (41, 3), (100, 5), (101, 6)]
)
def test_five_percent_is_rounded_up_and_is_at_least_one(population: int, drawn: int) -> None:
    assert sample_size(population, FIVE) == drawn


@given(frame=FRAMES, share=SHARES, seed=st.text(max_size=40))
def test_a_draw_is_as_large_as_asked_and_never_less_than_the_share(frame: list[str], share: Decimal, seed: str) -> None:
    population = len(set(frame))
    drawn = drawn_from(frame, seed=seed, share=share)
    assert len(drawn) == len(set(drawn)) == sample_size(population, share)
    assert set(drawn) <= set(frame)
    assert part_of(len(drawn), population) >= share


@given(frame=FRAMES, share=SHARES, seed=st.text(max_size=40), order=st.randoms(use_true_random=False))
def test_the_order_in_which_the_numbers_come_changes_nothing(
    frame: list[str], share: Decimal, seed: str, order: object
) -> None:
    shuffled = [*frame, frame[0]]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn_from(shuffled, seed=seed, share=share) == drawn_from(frame, seed=seed, share=share)


@given(frame=FRAMES, seed=st.text(alphabet="0123456789abcdef", min_size=1, max_size=32))
def test_anybody_draws_the_same_by_the_documented_method(frame: list[str], seed: str) -> None:
    by_hand = sorted({(hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest(), number) for number in frame})
    wanted = max(1, -(-len(by_hand) // 20))
    assert drawn_from(frame, seed=seed, share=FIVE) == tuple(number for _rank, number in by_hand[:wanted])


def test_a_known_draw_stays_the_same_for_ever() -> None:
    frame = [f"PA-DJ-2026-{serial:06}" for serial in range(1, 41)]
    assert drawn_from(frame, seed="2026-03-02", share=FIVE) == ("PA-DJ-2026-000035", "PA-DJ-2026-000022")


def test_over_many_seeds_every_number_is_drawn_about_as_often() -> None:
    frame = [f"PA-DJ-2026-{serial:06}" for serial in range(1, 101)]
    rounds = 4_000
    counted = Counter(number for turn in range(rounds) for number in drawn_from(frame, seed=f"s{turn}", share=FIVE))
    expected = rounds * 5 / 100
    chi_square = sum((counted[number] - expected) ** 2 / expected for number in frame)
    assert chi_square < 148.2, "99 degrees of freedom, 0.1 %"


def test_a_number_counts_once_however_often_it_stands_there() -> None:
    assert ordered_frame(["b", "a", "b"]) == ("a", "b")


@pytest.mark.parametrize(
    ("typed", "share"),
    [("5%", FIVE), ("5％", FIVE), ("0.05", FIVE), (" 12.5 % ", Decimal("0.125")), ("100%", Decimal(1))],
)
def test_a_share_is_read_as_typed(typed: str, share: Decimal) -> None:
    assert share_of(typed) == share


@pytest.mark.parametrize("typed", ["", "0", "-5%", "101%", "nan", "五", "5%%"])
def test_what_is_no_share_is_refused(typed: str) -> None:
    assert share_of(typed) is None


def test_a_share_is_written_as_a_percentage() -> None:
    assert [percent(share) for share in (FIVE, Decimal("0.125"), Decimal(1) / 3)] == ["5%", "12.5%", "33.33%"]
