"""Rectification notice (整改通知书): what was found, who puts it right by when; people on patrol urge, never order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, Item, ItemTable, NumberedItems, Paper, Paragraph
from desktop.documents.site_paper import SitePaper, closing, opening, row, signatures, site_paper, site_rows
from desktop.documents.wording import day
from desktop.domain.covered_text import covered_text
from desktop.domain.hazard import LEVEL_WORDS, RESPONSIBLE_WORDS, HazardLevel, Measure, Responsible
from desktop.domain.local_rules import local

CODE: Final = "rectification_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One hazard on a notice; ``asked`` are the actions of its article in words."""

    label: str
    article: str
    description: str
    spot: str
    level: HazardLevel
    responsible: Responsible
    responsible_name: str
    measures: tuple[Measure, ...]
    due_on: date | None
    if_late: str = ""
    if_refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """All that one notice says."""

    lines: tuple[NoticeLine, ...]
    found_on: date
    told_by: str


def rectification_notice(ctx: SitePaper, words: NoticeWords) -> Paper:
    """Compose the notice to owner and contractor."""
    return site_paper(ctx, CODE, _blocks(ctx, words))


def _blocks(ctx: SitePaper, words: NoticeWords) -> Iterator[Block]:
    yield Paragraph(text=f"{_addressees(words)}：", indent=False, bold=True)
    yield from opening(ctx, CODE)
    seen = row(("发现日期", day(words.found_on)), ("巡查人员", words.told_by))
    yield FactTable(rows=(*site_rows(ctx), seen))
    yield Heading(text="发现的隐患")
    yield _table(words)
    yield Heading(text="要求")
    yield NumberedItems(items=tuple(_asked(words)))
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE, sealed=True)
    yield Heading(text="复查")
    blank = row(("复查日期", ""), ("复查结果", "□已整改　□未整改"))
    yield FactTable(rows=(blank, row(("复查人员", ""), ("现场负责人", ""))), tall=True)


def _addressees(words: NoticeWords) -> str:
    named = dict.fromkeys(line.responsible_name or RESPONSIBLE_WORDS[line.responsible] for line in words.lines)
    return "、".join(named)


def _table(words: NoticeWords) -> ItemTable:
    return ItemTable(
        headers=("序号", "隐患情况", "等级", "依据", "责任方", "整改期限"),
        rows=tuple(
            (
                str(place),
                _described(line),
                LEVEL_WORDS[line.level],
                f"{line.article}：{line.label}",
                line.responsible_name or RESPONSIBLE_WORDS[line.responsible],
                day(line.due_on) or "立即",
            )
            for place, line in enumerate(words.lines, start=1)
        ),
        widths=(12, 52, 12, 38, 28, 34),
    )


def _described(line: NoticeLine) -> str:
    spot = f"{covered_text(line.spot)}：" if line.spot else ""
    return f"{spot}{covered_text(line.description)}"


def _asked(words: NoticeWords) -> Iterator[Item]:
    """Say what is asked for, each sentence once, with the hazards it is about where it is not about all."""
    asked: dict[tuple[str, str], list[int]] = {}
    for place, line in enumerate(words.lines, start=1):
        for measure in line.measures:
            if text := local(_ASKED.get(measure, "")):
                asked.setdefault((text, line.article), []).append(place)
        for text in (
            line.if_refused and f"拒不执行的，{line.if_refused}",
            line.if_late and f"未按期整改的，{line.if_late}",
        ):
            if text:
                asked.setdefault((text, ""), []).append(place)
    for (text, article), places in asked.items():
        whole = len(places) == len(words.lines)
        yield Item(text=f"{'' if whole else _about(places)}{text}。", article=article)


def _about(places: list[int]) -> str:
    return f"第{'、'.join(str(place) for place in places)}项："


_ASKED: Final = {
    Measure.HALT: "立即停止存在上述隐患的作业",
    Measure.URGE: "在整改期限内整改完毕，整改后告知巡查人员，并留存整改前后的照片",
    Measure.URGE_REGISTRATION: "在期限内办理安全生产信息登记",
    Measure.URGE_SUPPLEMENT: "在期限内补充完善登记的信息和条件",
    Measure.URGE_PERSONNEL: "在期限内在纳管平台上变更人员信息",
    Measure.STOP_WORK: "停工整改，经复查合格后方可复工",
    Measure.REMIND: "注意上述安全事项",
}
