"""What a password must be: long, not the person's own data, not a pattern everybody tries first (等保 8.1.4.1)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from desktop.domain.search_keys import normalise

SHORTEST: Final = 10
LONGEST: Final = 128
# From this length on the kinds of character do not matter.
LONG: Final = 16
_FEWEST_KINDS: Final = 3
_FEWEST_DIFFERENT: Final = 6
_SHORTEST_OWN: Final = 3
_LONGEST_RUN: Final = 5
_COMMON: Final = ("password", "qwerty", "asdfgh", "zxcvbn", "admin", "iloveyou", "letmein", "welcome", "mima")


def weakness(password: str, *, own: Collection[str] = ()) -> str:
    """Say in words why a password cannot stand, empty when it can.

    ``own`` are the words that everybody knows of the person: user name, name, its pinyin, telephone, office.
    """
    folded = normalise(password)
    if len(password) < SHORTEST:
        return f"至少 {SHORTEST} 个字符，现在 {len(password)} 个"
    if len(password) > LONGEST:
        return f"至多 {LONGEST} 个字符"
    if len(set(folded)) < _FEWEST_DIFFERENT:
        return "重复的字符太多"
    if any(word in folded for word in map(normalise, own) if len(word) >= _SHORTEST_OWN):
        return "不能含有用户名、姓名拼音、电话或者单位名称"
    if _longest_run(folded) >= _LONGEST_RUN or any(word in folded for word in _COMMON):
        return "不能含有连续的数字、字母或者常见口令"
    if len(password) < LONG and _kinds(password) < _FEWEST_KINDS:
        return f"大写字母、小写字母、数字、符号中至少要有三种，或者用 {LONG} 个字符以上的一句话"
    return ""


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit)
    kinds = {next((index for index, is_kind in enumerate(tests) if is_kind(char)), len(tests)) for char in password}
    return len(kinds)


def _longest_run(text: str) -> int:
    """Give the length of the longest stretch such as 12345 or edcba."""
    longest = run = 1
    last_step = 0
    for before, after in pairwise(text):
        step = ord(after) - ord(before)
        run = run + 1 if step == last_step and step in (1, -1) else (2 if step in (1, -1) else 1)
        last_step = step
        longest = max(longest, run)
    return longest
