"""What the papers of visits to a site share: their sheet, blank or filled; the head; boxes to tick; words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, FactTable, ItemTable, Paper, Shape
from desktop.documents.site_paper import Row, SitePaper, row, site_paper, site_rows
from desktop.documents.wording import day
from desktop.domain.covered_text import covered_text
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.patrol_details import PatrolDetails, SchemeCheck
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult

YES_OR_NO: Final = "□是　□否"
_TO_SAY: Final = {True: "是", False: "否", None: "未查"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    """One item of a check list on paper; ``verdict`` in words, empty while nobody answered it."""

    group: str
    text: str
    article: str = ""
    verdict: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHazard:
    """One hazard that a visit found; ``how`` says whether at once or within a term."""

    number: str
    description: str
    article: str = ""
    how: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolOnPaper:
    """One visit as its record states it."""

    id: int
    kind: PatrolKind
    result: PatrolResult
    visited_on: date
    patrollers: tuple[str, ...]
    level: PatrolLevel
    visited_time: str = ""
    organisation: str = ""
    grid: str = ""
    road: str = ""
    lines: tuple[CheckedLine, ...] = ()
    hazards: tuple[FoundHazard, ...] = ()
    details: PatrolDetails | None = None
    remark: str = ""
    gave_publicity: bool = False
    photos: int = 0


def sheet_of(ctx: SitePaper, code: str, blocks: Iterable[Block], *, shape: Shape = "form") -> Paper:
    """Make the paper, with what registration is in law at its foot; a blank form bears no day."""
    pack = ctx.pack
    nature = f"{pack.legal_nature}{in_brackets(pack.legal_nature_article)}" if pack.legal_nature else ""
    paper = site_paper(ctx, code, blocks, shape=shape, foot=(nature,) if nature else ())
    return replace(paper, issued_on="") if ctx.issued_on == date.min else paper


def head_rows(ctx: SitePaper) -> Iterator[Row]:
    """Give the rows of the site, or room to write them."""
    if ctx.site.number:
        yield from site_rows(ctx)
        return
    yield row(("工程（作业）名称", ""), (local("登记编号"), ""))
    yield row(("地点", ""), ("社区", ""))
    yield row((ctx.owner_word, ""), ("联系电话", ""))
    yield row((ctx.contractor_word, ""), ("联系电话", ""))


def visit_rows(patrol: PatrolOnPaper | None) -> Iterator[Row]:
    """Give who came when, or room to write it."""
    if patrol is None:
        yield row(("日期", "　　　年　　月　　日"), ("时间", "　　时　　分"))
        yield row(("人员", ""), ("单位", ""))
        return
    yield row(("日期", day(patrol.visited_on)), ("时间", patrol.visited_time or "—"))
    yield row(("人员", "、".join(patrol.patrollers)), ("单位", f"{patrol.organisation or '—'}（{patrol.level.label}）"))


def visit_head(ctx: SitePaper, patrol: PatrolOnPaper | None) -> FactTable:
    """Give the table that every record of a visit begins with; of a visit to a road, the road."""
    rows = (row(("路段", patrol.road), ("网格", patrol.grid)),) if patrol and patrol.road else tuple(head_rows(ctx))
    return FactTable(rows=(*rows, *visit_rows(patrol)), tall=patrol is None)


def answered(value: bool | None, *, is_blank: bool) -> str:
    """Give boxes to tick on a blank, else the answer in a word."""
    return YES_OR_NO if is_blank else _TO_SAY[value]


def boxes(words: Iterable[str]) -> str:
    """Give words with a box to tick before each."""
    return "　".join(f"□{word}" for word in words)


def duty_rows(ctx: SitePaper, code: str, answers: PatrolDetails | SchemeCheck | None) -> ItemTable | None:
    """Give the pack's points of a paper, each with the answer its code names, boxes where ``answers`` is None.

    None where the pack has no wording of it.  The pack's codes were checked when it was read.
    """
    duties = ctx.texts(code).duties
    if not duties:
        return None
    is_blank = answers is None
    rows = tuple(
        (
            str(place),
            ctx.fill(duty.text),
            duty.article,
            answered(getattr(answers, duty.code, None), is_blank=is_blank),
        )
        for place, duty in enumerate(duties, start=1)
    )
    return ItemTable(headers=("序号", "核查内容", "依据", "结果"), rows=rows, widths=(14, 90, 36, 30))


def as_typed(text: str) -> str:
    """Give what somebody typed with numbers of persons covered: records of visits go from hand to hand."""
    return covered_text(text.strip())
