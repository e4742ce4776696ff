"""Every blank and every paper of a decision under every shipped pack: no word of another place, no empty brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from desktop.documents.blocks import Paper
from desktop.documents.registry import BLANKS, MINOR_BLANKS, blank, bundle
from desktop.domain.acts import Act
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.local_rules import in_brackets, work_by
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs
from tests import factories
from tests.paper_desk import NOT_ACCEPTED, Desk, words_of

# What the documents of a place neither say nor call so.  Names that a test types in are left out of what is read.
FOREIGN = {
    "junshan": r"注销|高风险|小型工程|零星作业|(?<!行)业主|纳管|12350|一次性告知|登记有效期|编号和有效期",
    "yichang": r"高风险|小型工程|纳管|12350|一次性告知|第[一二三四五六七八九十]+条|首次现场检查|编号和有效期",
    "huli": r"小型工程|12350|一次性告知|第[一二三四五六七八九十]+条|编号和有效期|重点监管",
    "songjiang": r"零星作业|小型工程|(?<!行)业主|注销|高风险|12350|一次性告知|第[一二三四五六七八九十]+条|编号和有效期",
}
ODD = re.compile(r"（）|〔〕|（[^（）]*（[一二三四五六七八九十]））|\{[a-z]+\}|None")
# Blanks that the window does not offer where the rules know no validity or no works of higher risk.
NOT_OFFERED = {"extension_application", "site_check_record"}
DECIDED = (Act.INFORM_PERMIT, Act.NOT_APPLICABLE, Act.ONE_TIME_NOTICE, Act.MUST_NOT_START, Act.SUBMIT_FOR_REVIEW)
OFFICE = factories.office(street_name="青泉镇", station_name="青泉镇便民中心", communities=("青泉社区",))


def _papers(pack: PolicyPack, calendar: WorkdayCalendar) -> Iterator[Paper]:
    desk, kind = Desk(pack, calendar), "small_work"
    category = next(each.code for each in pack.categories if each.kind == kind)
    matter = factories.walk_in(factories.small_work_facts(category=category))
    yield from bundle(Act.ACCEPT, desk.context(matter, office=OFFICE))
    for act in DECIDED:
        yield from bundle(act, desk.context(matter, office=OFFICE, **NOT_ACCEPTED))
    left_out = set() if pack.id == "longgang" else set(NOT_OFFERED)
    if MINOR_OPERATION not in pack.kinds():
        left_out |= MINOR_BLANKS
    for code in BLANKS:
        if code not in left_out:
            yield blank(code, office=OFFICE, pack=pack)


def _lines(pack: PolicyPack, calendar: WorkdayCalendar) -> list[str]:
    said: dict[str, None] = {}
    for paper in _papers(pack, calendar):
        for line in (paper.title, *words_of(paper).splitlines(), *paper.foot):
            if not line.startswith(("依据：", "规则：")):
                said[f"{paper.code}: {line}"] = None
    return list(said)


@pytest.mark.requirement("Q-3", "Q-JS", "Q-YC", "Q-HL", "Q-SJ")
@pytest.mark.parametrize("place", sorted(FOREIGN))
def test_no_paper_speaks_of_another_place(place: str, packs: Packs, calendar: WorkdayCalendar) -> None:
    pack = packs.versions(place)[0]
    work_by(pack.local_rules)
    foreign = re.compile(FOREIGN[place])
    assert [line for line in _lines(pack, calendar) if foreign.search(line) or ODD.search(line)] == []


@pytest.mark.requirement("Q-3")
def test_no_paper_of_the_first_place_has_empty_or_doubled_brackets(packs: Packs, calendar: WorkdayCalendar) -> None:
    pack = packs.versions("longgang")[0]
    work_by(pack.local_rules)
    assert [line for line in _lines(pack, calendar) if ODD.search(line)] == []


def test_an_article_with_brackets_of_its_own_stands_in_the_other_kind() -> None:
    assert [in_brackets(each) for each in ("二（一）", "第四条(二)", "通报三", "")] == [
        "〔二（一）〕",
        "（第四条(二)）",
        "（通报三）",
        "",
    ]
