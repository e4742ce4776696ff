"""Pages: line breaking, rare characters, marks, page counts and the same bytes twice."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.blocks import Block, Decision, Fact, FactTable, Item, ItemTable, NumberedItems, Paper, Signatures
from desktop.documents.fonts import missing_characters
from desktop.documents.kinsoku import NO_END, NO_START, break_lines, units
from desktop.documents.pages import fill_pages
from desktop.documents.pdf import Mark, page_count, render
from desktop.documents.pieces import pieces_of
from desktop.documents.qr_code import draw_qr
from desktop.documents.sheet import MM, sheet
from desktop.domain.errors import ClerkError

_RARE = "䶮𬭎𠀀𮯠"


def _paper(*blocks: Block, **changes: Any) -> Paper:
    paper = Paper(
        code="receipt",
        title="登记回执",
        number="PA-DJ-2026-000012",
        issuer="坪安街道办事处",
        template_version="longgang 2025-draft · receipt",
        shape="form",
        blocks=blocks,
        foot=("本登记为告知性登记。",),
    )
    return replace(paper, **changes)


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def _items(count: int) -> NumberedItems:
    return NumberedItems(items=tuple(Item(text=f"第{n}件事，应当照办。", article="第十条(三)") for n in range(count)))


@pytest.mark.requirement("LG-D1")
def test_rare_characters_of_names_can_be_searched_in_plain_and_bold_type() -> None:
    paper = _paper(FactTable(rows=((Fact(label="业主", value=f"张{_RARE}"),),)), Decision(text=f"{_RARE}已登记。"))
    assert _text(render(paper)).count(_RARE) == 2


@pytest.mark.requirement("LG-D1")
def test_rendering_twice_gives_the_same_bytes() -> None:
    paper = _paper(_items(3), Decision(text=_RARE))
    assert render(paper) == render(paper)
    assert render(paper, mark=Mark.REPRINT) == render(paper, mark=Mark.REPRINT)


def test_papers_printed_at_the_same_time_are_the_same_as_one_by_one() -> None:
    papers = [_paper(_items(count), Decision(text=_RARE)) for count in range(1, 13)]
    alone = [render(paper) for paper in papers]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, papers)) == alone


def test_pages_are_counted_as_a_reader_counts_them() -> None:
    for count in (1, 100, 150):
        pdf = render(_paper(_items(count)))
        document = pypdfium2.PdfDocument(pdf)
        assert page_count(pdf) == len(document)
        document.close()


@pytest.mark.parametrize("mark", [Mark.REPRINT, Mark.DRAFT])
def test_a_marked_print_says_so_on_every_page_and_a_plain_one_does_not(mark: Mark) -> None:
    paper = _paper(_items(150))
    marked = render(paper, mark=mark)
    assert _text(marked).count(mark.value) >= page_count(marked) > 1
    assert mark.value not in _text(render(paper))


def test_every_page_says_which_it_is_of_how_many() -> None:
    pdf = render(_paper(_items(150)))
    pages = page_count(pdf)
    text = _text(pdf)
    assert pages > 1
    assert all(f"第{page}页共{pages}页" in text for page in range(1, pages + 1))


def test_type_shrinks_until_a_paper_that_nearly_fits_takes_one_page() -> None:
    paper = _paper(_items(42))
    at_full_size = sheet("form", 11)
    assert len(fill_pages(pieces_of(paper, at_full_size), at_full_size)) == 2
    assert page_count(render(paper)) == 1


def test_signatures_never_stand_alone_on_a_page() -> None:
    for count in range(38, 60):
        paper = _paper(_items(count), Signatures(lines=("签收：",), seal="坪安街道办事处", date="2026年3月2日"))
        for size in (11, 9):
            on = sheet("form", size)
            last = fill_pages(pieces_of(paper, on), on)[-1]
            assert len(last) >= 2


def test_no_piece_hangs_over_the_end_of_its_page() -> None:
    long_cell = ItemTable(headers=("甲", "乙"), rows=(("字" * 9000, "乙"), ("短", "乙")), widths=(1, 3))
    on = sheet("form", 11)
    for page in fill_pages(pieces_of(_paper(long_cell, _items(60)), on), on):
        top, piece = page[-1]
        assert top + piece.height <= on.height + 0.01


def test_headers_of_a_table_come_again_on_the_next_page() -> None:
    rows = tuple((f"材料{n}", "齐全") for n in range(80))
    pdf = render(_paper(ItemTable(headers=("材料名称", "核对结果"), rows=rows, widths=(3, 1))))
    assert page_count(pdf) > 1
    assert _text(pdf).count("核对结果") == page_count(pdf)


@pytest.mark.requirement("LG-D1")
def test_a_letter_keeps_the_page_measures_of_the_standard() -> None:
    letter = sheet("letter", 14)
    assert (letter.left / MM, letter.top / MM, letter.width / MM, letter.height / MM) == pytest.approx(
        (28, 37, 156, 225)
    )


def test_long_names_are_wrapped_and_not_clipped() -> None:
    name = "".join(chr(0x4E00 + n) for n in range(50))
    paper = _paper(FactTable(rows=((Fact(label="建设单位", value=name), Fact(label="联系电话", value="1")),)))
    pdf = render(paper)
    assert name in _text(pdf)
    assert _right_edge(pdf) <= 190 * MM + 0.5


def _right_edge(pdf: bytes) -> float:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        return max(float(page.get_charbox(index)[2]) for index in range(page.count_chars()))
    finally:
        document.close()


def test_characters_that_no_font_has_are_named_once() -> None:
    assert missing_characters(["好😀", "😀𪛖", _RARE, "a\u200b\u202e\ufe0f\u2028\u2007\t"]) == "😀"


def test_a_paper_with_a_character_that_no_font_has_is_not_printed() -> None:
    with pytest.raises(ClerkError, match="missing_characters") as caught:
        render(_paper(Decision(text="好😀")))
    assert caught.value.details["characters"] == "😀"


def test_text_without_a_shape_leaves_nothing_on_the_page() -> None:
    assert "甲乙丙" in _text(render(_paper(Decision(text="甲\u200b乙\u202e丙\x07"))))


@given(st.text(st.sampled_from("一二三，。（）《》“”、12ab "), max_size=60), st.integers(3, 20))
def test_no_line_begins_with_a_closing_mark_where_units_fit(text: str, room: int) -> None:
    if any(len(unit) > room for unit in units(text)):
        return
    lines = break_lines(text, first=room, rest=room, width=len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.lstrip()[:1] in NO_START for line in lines[1:] if line.strip())
    assert not any(line[-1] in NO_END for line in lines[:-1] if line)


def test_days_and_articles_are_not_torn_apart() -> None:
    lines = break_lines("有效期至2026年9月2日，见第二十八条(二)1。", first=10, rest=10, width=len)
    assert any("2026年9月2日" in line for line in lines)
    assert any("第二十八条(二)1" in line for line in lines)


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="no QR reader here")
def test_the_qr_code_reads_as_the_number(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(render(_paper()))
    picture = tmp_path / "page.png"
    document[0].render(scale=3).to_pil().save(picture)
    document.close()
    read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=True)
    assert read.stdout.strip() == "PA-DJ-2026-000012"


def test_the_drawn_qr_code_is_the_code_of_the_number_module_by_module() -> None:
    number, unit = "PA-DJ-2026-000012", 4
    matrix = segno.make(number, error="m", micro=False).matrix
    size = len(matrix) * unit
    page = BytesIO()
    canvas = Canvas(page, pagesize=(size, size))
    draw_qr(canvas, number, x=0, y=0, size=size)
    canvas.save()
    document = pypdfium2.PdfDocument(page.getvalue())
    picture = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    middle = [unit * 2 * at + unit for at in range(len(matrix))]
    read = [[picture.getpixel((x, y)) < 128 for x in middle] for y in middle]
    assert read == [[bool(dark) for dark in line] for line in matrix]
