"""What holds for every printed paper: what none may say, what each must, and forms without all their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.documents.blocks import NumberedItems, Paper, Signatures, texts_of
from desktop.documents.pdf import page_count, render
from desktop.documents.registry import BLANKS, PAPERS, blank, bundle
from desktop.domain.acts import Act
from desktop.domain.errors import FaultyInput
from desktop.domain.order import PAPER_OF
from desktop.domain.pack import PolicyPack
from desktop.policy.loader import load_pack
from desktop.services.resources import policies_folder
from tests import factories
from tests.paper_desk import UNSIGNED_CONTRACT, Desk, high_risk_work, minor_operation, small_work, words_of

_ID = factories.PERSON_ID


def _of_every_act(desk: Desk) -> Iterator[Paper]:
    received = factories.in_order(high_risk_work(), ("28-1", "28-3", "28-4"))
    for walk_in in (factories.walk_in(), received, minor_operation()):
        yield from bundle(Act.ACCEPT, desk.context(walk_in))
    yield from bundle(Act.ONE_TIME_NOTICE, desk.context(factories.walk_in(), deficiencies=(UNSIGNED_CONTRACT,)))
    above = small_work(contract_amount_yuan=Decimal(1500000), floor_area_m2=Decimal(800))
    yield from bundle(Act.INFORM_PERMIT, desk.context(above))
    yield from bundle(Act.MUST_NOT_START, desk.context(small_work(illegal_acts=("add_storey",))))
    yield from bundle(Act.NOT_APPLICABLE, desk.context(small_work(emergency_relief=True)))
    yield from bundle(Act.TO_STREET_OFFICE, desk.context(high_risk_work()))
    yield from bundle(Act.SUBMIT_FOR_REVIEW, desk.context(high_risk_work()))
    for code in BLANKS:
        yield blank(code, office=factories.office(), pack=desk.pack)


# The permits of others may be named; the words below are theirs.
_OF_OTHERS = re.compile(
    "施工许可证?|安全生产许可证|许可审批|不是对违法建设、违法作业的准许|(?:建设工程|工程)规划许可证|许可机关"
)


@pytest.mark.requirement("LG-8-1", "LG-25-3")
def test_no_paper_speaks_of_permission_for_what_we_do(desk: Desk) -> None:
    for paper in _of_every_act(desk):
        said = _OF_OTHERS.sub("", words_of(paper))
        assert not re.search("许可|批准|准予|审批|准许", said), paper.code


@pytest.mark.requirement("LG-8-1", "LG-25-3", "LG-49-1")
def test_every_paper_says_that_it_is_a_notification_under_a_draft(desk: Desk) -> None:
    for paper in _of_every_act(desk):
        foot = "".join(paper.foot)
        assert "告知性登记" in foot
        assert "第八条" in foot
        assert "征求意见" in foot


def test_no_place_in_the_wording_stays_unfilled(desk: Desk) -> None:
    for paper in _of_every_act(desk):
        assert not re.search(r"[{}]|None|undetermined", words_of(paper)), paper.code


def test_every_paper_of_the_pack_renders_with_every_block(desk: Desk) -> None:
    seen = set()
    for paper in _of_every_act(desk):
        assert page_count(render(paper)) in (1, 2), paper.code
        seen.add(paper.code)
    # Orders are no outcome of the counter; they have tests of their own.
    assert set(PAPERS) - set(PAPER_OF.values()) <= seen


@pytest.mark.requirement("LG-28-2b", "LG-28-2d", "LG-28-6c", "LG-28-1", "LG-13-3")
def test_blank_forms_can_be_printed_empty_or_with_what_is_known(pack: PolicyPack) -> None:
    for code, title in BLANKS.items():
        assert title
        assert page_count(render(blank(code, office=factories.office(), pack=pack))) in (1, 2)
    known = replace(factories.walk_in(), agent=factories.person("王二小"))
    filled = blank("power_of_attorney", office=factories.office(), pack=pack, walk_in=known)
    assert {"王二小", _ID, "坪安路18号一层商铺装修"} <= set(texts_of(filled))


def test_a_misspelt_place_in_the_wording_is_a_fault_of_the_pack(tmp_path: Path) -> None:
    shipped = policies_folder() / "longgang"
    for file in shipped.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("{station}", "{statoin}"), encoding="utf-8")
    with pytest.raises(FaultyInput, match="statoin"):
        load_pack(tmp_path / "2025-draft.toml", bases=policies_folder())


def test_a_pack_without_wording_still_prints_facts_and_titles(desk: Desk) -> None:
    bare = replace(desk.pack, papers={})
    paper = desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), pack=bare)
    assert paper.title == "登记回执"
    assert page_count(render(paper)) == 1


def test_an_office_without_phone_leaves_room_to_write_one(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), office=factories.office(phone="")))
    assert "电话________" in said


@pytest.mark.requirement("LG-27-4a")
def test_every_duty_of_the_letters_ends_with_its_article(desk: Desk) -> None:
    for code in ("owner_commitment", "contractor_commitment", "risk_notice", "safety_guide"):
        for walk_in in (factories.walk_in(), high_risk_work(), minor_operation()):
            lists = [b for b in desk.paper(Act.ACCEPT, code, walk_in).blocks if isinstance(b, NumberedItems)]
            assert lists
            assert all(re.match(r"第.+条|分类表", item.article) for block in lists for item in block.items)


def test_a_day_is_written_as_on_chinese_papers(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), issued_on=date(2026, 12, 1))
    assert any(isinstance(block, Signatures) and block.date == "2026年12月1日" for block in paper.blocks)
