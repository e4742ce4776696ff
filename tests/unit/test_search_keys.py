"""Keys for finding filings again, tried on a real full-text index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.search_keys import last_four, normalise, phrase_query, spaced

pytestmark = pytest.mark.requirement("LG-27-3c4", "LG-20-3")

RARE = "昇升䶮㛃𬭎𠮷\U0002ceb0\U00030000\U00031350\U000323af龘〇"
LETTERS = st.sampled_from(RARE + "深圳市龙岗区平安路小型工程装饰有限公司ABCxyz0123456789")
FORMS = "福安苑二期3栋A座 12-05（夹层）某某装饰工程有限公司"


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    """A full-text index as the ledger has it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE kept USING fts5(keys, tokenize='unicode61')")
    yield connection
    connection.close()


def finds(index: sqlite3.Connection, kept: str, asked: str) -> bool:
    """Say whether a question finds a text that is the only one in the index."""
    index.execute("DELETE FROM kept")
    index.execute("INSERT INTO kept VALUES (?)", (spaced(kept),))
    found = index.execute("SELECT count(*) FROM kept WHERE kept MATCH ?", (phrase_query(asked),)).fetchone()
    return bool(found[0])


@pytest.mark.parametrize(
    "asked", ["福安", "苑", "3栋", "1205", "12-05", "a座", "Ａ座", "夹层", "装饰工程", "有限公司 福安"]
)
def test_any_part_of_a_place_or_company_is_found(index: sqlite3.Connection, asked: str) -> None:
    assert finds(index, FORMS, asked)


@pytest.mark.parametrize("asked", ["安福", "3座", "福安苑三期", "福安 平湖"])
def test_what_is_not_in_the_text_is_not_found(index: sqlite3.Connection, asked: str) -> None:
    assert not finds(index, FORMS, asked)


@given(text=st.text(LETTERS, min_size=1, max_size=30), data=st.data())
def test_every_part_of_every_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE kept USING fts5(keys, tokenize='unicode61')")
    assert finds(connection, text, text[start:end])
    connection.close()


@given(text=st.text(max_size=60))
def test_no_typed_text_breaks_the_question(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE kept USING fts5(keys, tokenize='unicode61')")
    question = phrase_query(text)
    if question:
        connection.execute("SELECT count(*) FROM kept WHERE kept MATCH ?", (question,)).fetchone()
    connection.close()


@pytest.mark.parametrize("text", ['"', "'; DROP TABLE kept; --", "NEAR(", "a* OR b", "^", "()", "-", "keys:"])
def test_operators_of_the_index_have_no_effect(index: sqlite3.Connection, text: str) -> None:
    question = phrase_query(text)
    assert question == "" or not finds(index, "平安", text)


def test_similar_characters_stay_different(index: sqlite3.Connection) -> None:
    assert normalise("昇") != normalise("升")
    assert not finds(index, "李昇", "李升")
    assert not finds(index, "李喆", "李哲")


@given(text=st.text(max_size=60))
def test_a_key_of_a_key_is_the_key(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ａ座 12-05", "a座1205"),
        ("福安苑（二期）", "福安苑二期"),
        ("\u200e张\u202e三", "张三"),
        ("ＭＡＳＳＥ Straße", "massestrasse"),
        ("…—！", ""),
    ],
)
def test_width_case_and_punctuation_do_not_matter(text: str, key: str) -> None:
    assert normalise(text) == key


@pytest.mark.parametrize(
    ("number", "four"),
    [
        ("11010519491231002X", "002X"),
        ("11010519491231002x", "002X"),
        ("138 0000 1234", "1234"),
        ("１２３４", "1234"),
        ("123", ""),
        ("", ""),
    ],
)
def test_the_last_four_of_a_number_are_its_key(number: str, four: str) -> None:
    assert last_four(number) == four
