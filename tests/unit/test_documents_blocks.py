"""Papers as stored: plain data gives the same paper back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.documents.blocks import (
    Block,
    Chart,
    ChartRow,
    Cover,
    Decision,
    Fact,
    FactTable,
    FigureLine,
    FigureTable,
    Heading,
    Item,
    ItemTable,
    NumberedItems,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Spacer,
    from_plain,
    texts_of,
    to_plain,
)

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_fact = st.builds(Fact, label=_text, value=_text)
_item = st.builds(Item, text=_text, article=_text)


def _tuples(of: st.SearchStrategy[Any], *, min_size: int = 0, max_size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, min_size=min_size, max_size=max_size).map(tuple)


_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, text=_text),
    st.builds(Paragraph, text=_text, indent=st.booleans(), bold=st.booleans(), small=st.booleans()),
    st.builds(FactTable, rows=_tuples(_tuples(_fact, min_size=1, max_size=2), max_size=3), tall=st.booleans()),
    st.builds(
        ItemTable,
        headers=_tuples(_text, min_size=2, max_size=2),
        rows=_tuples(_tuples(_text, min_size=2, max_size=2), max_size=3),
        widths=st.just((1, 2)),
    ),
    st.builds(NumberedItems, items=_tuples(_item, max_size=3)),
    st.builds(Decision, text=_text),
    st.builds(Signatures, lines=_tuples(_text, max_size=3), seal=_text, date=_text),
    st.builds(Spacer, millimetres=st.integers(0, 50)),
    st.builds(PageBreak, title=_text),
    st.builds(Part, text=_text),
    st.builds(
        FigureTable,
        headers=_tuples(_text, min_size=2, max_size=2),
        lines=_tuples(
            st.builds(
                FigureLine,
                cells=_tuples(_text, min_size=2, max_size=2),
                form=st.sampled_from(["plain", "total"]),
                shades=_tuples(st.integers(0, 4), max_size=1),
            ),
            max_size=2,
        ),
        widths=st.just((2, 1)),
        notes=_tuples(_text, max_size=1),
    ),
    st.builds(
        Chart,
        form=st.sampled_from(["bars", "lines", "shares"]),
        series=_tuples(_text, min_size=1, max_size=1),
        rows=_tuples(st.builds(ChartRow, label=_text, values=st.just(("12.5",))), max_size=2),
        unit=_text,
        note=_text,
    ),
    st.builds(Cover, title=_text, period=_text, facts=_tuples(_fact, max_size=2), office=_text, date=_text),
)
_papers = st.builds(
    Paper,
    code=_text,
    title=_text,
    number=_text,
    issuer=_text,
    template_version=_text,
    shape=st.sampled_from(["letter", "notice", "form", "poster"]),
    blocks=_tuples(_blocks, max_size=5),
    foot=_tuples(_text, max_size=2),
    issued_on=_text,
)


@pytest.mark.requirement("LG-27-3b2")
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_papers)
def test_a_paper_comes_back_the_same_from_json(paper: Paper) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(paper)))) == paper


def test_every_text_of_a_paper_is_found() -> None:
    paper = Paper(
        code="c",
        title="题",
        number="1",
        issuer="街道",
        template_version="v",
        shape="form",
        blocks=(
            FactTable(rows=((Fact(label="甲", value="乙"),),)),
            NumberedItems(items=(Item(text="丙", article="丁"),)),
        ),
        foot=("脚",),
    )
    assert set("题街道甲乙丙丁脚") <= set("".join(texts_of(paper)))


@pytest.mark.parametrize("plain", [{}, {"is": "Nothing"}, {"is": "Heading", "text": "x"}, {"is": "Paper", "code": "x"}])
def test_stored_data_that_is_no_paper_is_refused(plain: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no paper"):
        from_plain(plain)
