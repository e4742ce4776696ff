"""The program knows no place by name and no article by number: both come from the pack the office works by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.services.resources import policies_folder

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
# The places of the shipped packs, with what lies around them in the documents.
PLACES = (
    ("龙岗", "longgang", "深圳"),
    ("君山", "junshan", "岳阳", "湖南"),
    ("宜昌", "yichang"),
    ("湖里", "huli", "厦门"),
    ("松江", "songjiang", "上海"),
)
_ARTICLE = re.compile(r"第[〇一二三四五六七八九十百]+条")
# Laws of the whole country may be cited anywhere.
_NATIONAL = re.compile(r"(民法典|行政处罚法|安全生产法|个人信息保护法)第[〇一二三四五六七八九十百]+条")


def _lines() -> list[tuple[str, str]]:
    files = sorted(DESKTOP.rglob("*.py"))
    return [
        (f"{file.relative_to(DESKTOP)}:{number}", line)
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    ]


@pytest.mark.requirement("Q-3")
def test_nothing_in_the_program_names_a_jurisdiction() -> None:
    names = [name for place in PLACES for name in place]
    assert {place[1] for place in PLACES} == {folder.name for folder in policies_folder().iterdir() if folder.is_dir()}
    named = [where for where, line in _lines() if any(name in line.lower() for name in names)]
    assert not named, "\n".join(named)


@pytest.mark.requirement("Q-3")
def test_no_article_of_a_place_is_written_in_the_program() -> None:
    cited = [where for where, line in _lines() if _ARTICLE.search(_NATIONAL.sub("", line))]
    assert not cited, "\n".join(cited)
