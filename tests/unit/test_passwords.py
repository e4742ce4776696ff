"""What a password must be, and what it must not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.passwords import SHORTEST, weakness


@pytest.mark.requirement("YC-1a")
@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("Ab3!x", "至少 10 个字符"),
        ("aaaaaaaaaaaa", "重复的字符"),
        ("Linxiao#2026", "用户名、姓名拼音"),
        ("ｌｉｎｘｉａｏ＃2026Zq", "用户名、姓名拼音"),
        ("Xk!12345zqp", "连续的数字"),
        ("Xk!edcbazqp7", "连续的数字"),
        ("Mima!2897xk", "常见口令"),
        ("xkzqpwvnrt", "三种"),
        ("x" * 200, "至多"),
    ],
)
def test_a_weak_password_is_refused_in_words(password: str, word: str) -> None:
    assert word in weakness(password, own=("linxiao", "林晓"))


@pytest.mark.parametrize(
    "password", ["Vk7#mzQpX2", "海边的石头会在雨天唱歌给猫听吗会的", "correct horse battery staple"]
)
def test_a_good_password_stands(password: str) -> None:
    assert weakness(password, own=("linxiao", "林晓")) == ""


@given(st.text(max_size=SHORTEST - 1))
def test_no_short_password_ever_stands(password: str) -> None:
    assert weakness(password)


@given(own=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12), rest=st.text(max_size=60))
def test_no_password_with_the_persons_own_word_ever_stands(own: str, rest: str) -> None:
    assert weakness(rest + own.upper() + rest, own=(own,))
