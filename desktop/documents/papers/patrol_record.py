"""The record of a patrol (巡查记录表): blank to be filled on site, or what was entered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper
from desktop.documents.papers.on_site import (
    CheckedLine,
    FoundHazard,
    PatrolOnPaper,
    as_typed,
    boxes,
    sheet_of,
    visit_head,
)
from desktop.documents.site_paper import Row, SitePaper, closing, opening, row, signatures
from desktop.domain.local_rules import local
from desktop.domain.patrol_kinds import PatrolKind, PatrolResult

CODE: Final = "patrol_record"
_TO_TICK: Final = ("□", "□", "□")
_HEADERS: Final = ("类别", "检查内容", "依据", "符合", "不符合", "不涉及")
_FINDINGS: Final = 4
_HOW: Final = "□当场　□限期至"
_MEASURES: Final = ("制止", "停止作业", "督促整改", "督促登记、补充登记", "报告本单位", "报送街道执法机构")


def patrol_record(ctx: SitePaper, patrol: PatrolOnPaper | None = None, *, lines: Sequence[CheckedLine] = ()) -> Paper:
    """Compose the record; without a patrol a blank with the points of ``lines`` to be ticked."""
    return sheet_of(ctx, CODE, _blocks(ctx, patrol, patrol.lines if patrol else lines))


def check_tables(lines: Sequence[CheckedLine], *, is_blank: bool) -> Iterator[Block]:
    """Give the points of a check list: to be ticked, a column an answer, or with what was found, a table a group."""
    if is_blank:
        rows = tuple((line.group, line.text, line.article, *_TO_TICK) for line in lines)
        if rows:
            yield ItemTable(headers=_HEADERS, rows=rows, widths=(18, 74, 36, 14, 14, 14))
        return
    for group, own in groupby(lines, key=lambda line: line.group):
        said = tuple((str(n), line.text, line.article, _said(line)) for n, line in enumerate(own, start=1))
        yield Heading(text=group)
        yield ItemTable(headers=("序号", "检查内容", "依据", "结果"), rows=said, widths=(14, 80, 36, 40))


def hazard_table(hazards: Sequence[FoundHazard]) -> ItemTable:
    """Give the hazards of a visit; room for some by pen where there are none yet."""
    rows = tuple(
        (str(place), _found(one), one.article, "；".join((*one.measures, one.how)))
        for place, one in enumerate(hazards, start=1)
    )
    empty = tuple((str(place), "", "", _HOW) for place in range(1, _FINDINGS + 1))
    headers = ("序号", "问题和位置", "依据", "措施和期限")
    return ItemTable(headers=headers, rows=rows or empty, widths=(14, 80, 30, 46), tall=not rows)


def _blocks(ctx: SitePaper, patrol: PatrolOnPaper | None, lines: Sequence[CheckedLine]) -> Iterator[Block]:
    is_blank = patrol is None
    yield from opening(ctx, CODE)
    yield visit_head(ctx, patrol)
    yield from check_tables(lines, is_blank=is_blank)
    if patrol is None or patrol.hazards:
        yield Heading(text="发现的问题")
        yield hazard_table(patrol.hazards if patrol else ())
    yield FactTable(rows=tuple(_conclusion(ctx, patrol)))
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE)


def _conclusion(ctx: SitePaper, patrol: PatrolOnPaper | None) -> Iterator[Row]:
    if patrol is None:
        yield row(("巡查类型", boxes(kind.label for kind in _kinds(ctx))))
        yield row(("结论", boxes(result.label for result in PatrolResult)))
        yield row(("采取的措施", boxes(tuple(map(local, _MEASURES)))))
        yield row(("现场宣导", boxes(("是", "否"))), ("照片", "　　　张"))
        yield row(("备注", "\n"))
        return
    yield row(("巡查类型", patrol.kind.label), ("结论", patrol.result.label))
    yield row(("现场宣导", "是" if patrol.gave_publicity else "否"), ("照片", f"{patrol.photos} 张"))
    if patrol.remark:
        yield row(("备注", as_typed(patrol.remark)))


def _kinds(ctx: SitePaper) -> Iterator[PatrolKind]:
    """Give the kinds to tick: standing by has a sheet of its own, and the first check is of works of higher risk."""
    for kind in PatrolKind:
        if kind is PatrolKind.STANDBY or (kind is PatrolKind.FIRST_CHECK and not ctx.pack.tells_risk_apart):
            continue
        yield kind


def _said(line: CheckedLine) -> str:
    return "：".join(part for part in (line.verdict, as_typed(line.remark)) if part)


def _found(hazard: FoundHazard) -> str:
    return f"{as_typed(hazard.description)}（{hazard.number}）"
