"""The recovery code: what is read is what was written, and slips of the pen are found with their group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import ClerkError
from desktop.domain.recovery_code import BYTES, GROUPS, code_of, secret_of

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRETS = st.binary(min_size=BYTES, max_size=BYTES)


@given(_SECRETS)
def test_a_code_gives_back_its_secret(secret: bytes) -> None:
    code = code_of(secret)
    assert len(code.split("-")) == GROUPS
    assert secret_of(code) == secret


@given(_SECRETS)
def test_case_width_grouping_and_symbols_taken_for_others_do_not_matter(secret: bytes) -> None:
    code = code_of(secret)
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code.lower().replace("-", " ").replace(" ", ""))
    assert secret_of(wide) == secret
    assert secret_of(code.replace("0", "o").replace("1", "l").replace("-", "  ")) == secret


@given(_SECRETS, st.integers(0, GROUPS - 1), st.integers(0, 4), st.sampled_from(_SYMBOLS))
def test_one_wrong_symbol_is_found_in_its_group(secret: bytes, group: int, place: int, symbol: str) -> None:
    groups = code_of(secret).split("-")
    wrong = groups[group][:place] + symbol + groups[group][place + 1 :]
    if wrong == groups[group]:
        return
    with pytest.raises(ClerkError) as caught:
        secret_of("-".join([*groups[:group], wrong, *groups[group + 1 :]]))
    assert caught.value.details["groups"] == (group + 1,)


@given(_SECRETS, st.integers(0, GROUPS - 1), st.integers(0, 3))
def test_two_neighbours_that_changed_places_are_found(secret: bytes, group: int, place: int) -> None:
    groups = code_of(secret).split("-")
    text = groups[group]
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if swapped == text:
        return
    with pytest.raises(ClerkError):
        secret_of("-".join([*groups[:group], swapped, *groups[group + 1 :]]))


@given(_SECRETS, st.integers(0, GROUPS - 2))
def test_two_groups_that_changed_places_are_found(secret: bytes, group: int) -> None:
    groups = code_of(secret).split("-")
    groups[group], groups[group + 1] = groups[group + 1], groups[group]
    with pytest.raises(ClerkError):
        secret_of("-".join(groups))


def test_a_code_of_another_length_is_refused_with_both_counts() -> None:
    with pytest.raises(ClerkError) as caught:
        secret_of("2XFY0-80XY7")
    assert (caught.value.code, caught.value.details["count"]) == ("recovery_mistyped", 10)
