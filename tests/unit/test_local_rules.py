"""What is shown is said in the words of the place, and rests on the articles of its document."""

from __future__ import annotations

import pytest

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import LocalRules, article, cited, in_brackets, local, work_by

ELSEWHERE = LocalRules(
    words={"高风险小型工程": "重点监管小散工程", "高风险": "重点监管", "登记": "登记备案", "注销": "销号"},
    articles={"one_time_notice": "五6"},
)


@pytest.fixture(autouse=True)
def _without_words(_speaks_as_shipped: None) -> None:
    work_by(LocalRules())


def test_without_words_of_the_place_everything_is_said_as_it_is_written() -> None:
    assert local("申报注销：高风险小型工程") == "申报注销：高风险小型工程"


def test_the_longest_word_of_the_place_goes_first() -> None:
    work_by(ELSEWHERE)

    assert local("高风险小型工程已注销，不再属于高风险") == "重点监管小散工程已销号，不再属于重点监管"


def test_what_is_said_already_is_not_said_again() -> None:
    work_by(ELSEWHERE)

    once = local("登记回执")
    assert once == "登记备案回执"
    assert local(once) == once


def test_a_book_and_a_trade_licence_are_no_filings() -> None:
    work_by(ELSEWHERE)

    assert local("打印登记簿；行业主管部门") == "打印登记簿；行业主管部门"


def test_an_article_is_cited_only_where_the_document_has_one() -> None:
    work_by(ELSEWHERE)

    assert (article("one_time_notice"), cited("one_time_notice")) == ("五6", "（五6）")
    assert cited("posting_at_entrance") == ""
    assert in_brackets("") == ""


def test_a_catalogue_speaks_by_the_rules_at_work_when_it_is_asked() -> None:
    words = LocalCatalogue({"closed": "已注销"}, local)
    before = words["closed"]

    work_by(ELSEWHERE)

    assert (before, words["closed"], words.get("other", "—")) == ("已注销", "已销号", "—")
