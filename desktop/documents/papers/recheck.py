"""Recheck record (复查记录): what was told, what stands now, who looked, and the new term where it failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Paper, Paragraph
from desktop.documents.site_paper import Row, SitePaper, closing, opening, row, signatures, site_paper, site_rows
from desktop.documents.wording import day
from desktop.domain.covered_text import covered_text
from desktop.domain.hazard import LEVEL_WORDS, HazardLevel
from desktop.domain.local_rules import in_brackets

CODE: Final = "recheck_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckWords:
    """One hazard, how it was told, and what its recheck found."""

    hazard_number: str
    notice_number: str  # empty where none was issued
    label: str
    article: str
    description: str
    spot: str
    level: HazardLevel
    responsible_name: str
    found_on: date
    due_on: date | None
    feedback_on: date | None
    is_passed: bool
    rechecked_on: date
    rechecked_by: str
    seen: str
    new_due_on: date | None = None
    report_by: date | None = None
    report_to: str = ""
    report_article: str = ""


def recheck_record(ctx: SitePaper, words: RecheckWords) -> Paper:
    """Compose the record of one recheck."""
    return site_paper(ctx, CODE, _blocks(ctx, words))


def _blocks(ctx: SitePaper, words: RecheckWords) -> Iterator[Block]:
    yield from opening(ctx, CODE)
    yield FactTable(rows=(*site_rows(ctx), *_hazard_rows(words)))
    yield Decision(text=_result(words))
    if words.seen or words.report_by is not None:
        yield Heading(text="复查情况")
    if words.seen:
        yield Paragraph(text=_sentence(covered_text(words.seen)))
    if words.report_by is not None:
        told = (
            f"未按期整改，应于{day(words.report_by)}上报{words.report_to}依法查处{in_brackets(words.report_article)}。"
        )
        yield Paragraph(text=told)
    seen = row(("复查日期", day(words.rechecked_on)), ("复查人员", words.rechecked_by))
    yield FactTable(rows=(seen,))
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE)


def _hazard_rows(words: RecheckWords) -> Iterator[Row]:
    spot = f"{covered_text(words.spot)}：" if words.spot else ""
    yield row(("隐患编号", words.hazard_number), ("整改通知书", words.notice_number or "—"))
    yield row(("隐患情况", f"{spot}{covered_text(words.description)}"))
    yield row(("情形", f"{words.label}{in_brackets(words.article)}"), ("等级", LEVEL_WORDS[words.level]))
    yield row(("责任方", words.responsible_name or "—"), ("发现日期", day(words.found_on)))
    yield row(("整改期限", day(words.due_on) or "—"), ("反馈已整改", day(words.feedback_on) or "—"))


def _result(words: RecheckWords) -> str:
    if words.is_passed:
        return "复查合格，隐患已整改，予以销项。"
    again = f"，应不晚于{day(words.new_due_on)}整改完毕" if words.new_due_on else ""
    return f"复查不合格，隐患尚未整改{again}。"


def _sentence(typed: str) -> str:
    return typed if typed.endswith(("。", "！", "？", "”", "：")) else f"{typed}。"
