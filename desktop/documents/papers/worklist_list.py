"""The worklist on paper, to be taken along (待办清单): by urgency, with a column to note what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper, Paragraph
from desktop.documents.site_paper import SitePaper, closing, row, site_paper
from desktop.documents.wording import day
from desktop.domain.worklist import Task, Urgency, Worklist, WorklistCriteria
from desktop.domain.worklist_words import (
    KIND_WORDS,
    ROLE_WORDS,
    URGENCY_MARKS,
    URGENCY_WORDS,
    term_words,
    who_words,
)

CODE: Final = "worklist_list"
_HEADERS: Final = (
    "序",
    "事项",
    "编号",
    "工程（作业）、地点",
    "社区",
    "期限",
    "由谁办",
    "说明",
    "依据",
    "办结",
)
_WIDTHS: Final = (9, 29, 40, 46, 21, 43, 17, 51, 27, 17)


def worklist_list(ctx: SitePaper, worklist: Worklist, *, asked: Sequence[tuple[str, str]]) -> Paper:
    """Compose the list of a day; ``asked`` says who printed it and what it was narrowed down to."""
    return site_paper(ctx, CODE, _blocks(ctx, worklist, asked), shape="wide")


def asked_of_worklist(criteria: WorklistCriteria) -> tuple[tuple[str, str], ...]:
    """Say what the list was narrowed down to, one pair a filter; all of it is nothing."""
    asked = (
        ("期限", URGENCY_WORDS[criteria.urgency] if criteria.urgency else ""),
        ("由谁办", ROLE_WORDS[criteria.role] if criteria.role else ""),
        ("事项", KIND_WORDS[criteria.kind] if criteria.kind else ""),
        ("社区", criteria.community or ""),
    )
    return tuple((name, value) for name, value in asked if value)


def _blocks(ctx: SitePaper, worklist: Worklist, asked: Sequence[tuple[str, str]]) -> Iterator[Block]:
    yield FactTable(rows=(row(("日期", day(worklist.day)), *asked),))
    place = 0
    for urgency in Urgency:
        tasks = [task for group in worklist.groups if group.urgency is urgency for task in group.tasks]
        if tasks:
            yield Heading(text=f"{URGENCY_MARKS[urgency]} {URGENCY_WORDS[urgency]}　{len(tasks)} 件")
            rows = tuple(_cells(number, task, worklist.day) for number, task in enumerate(tasks, place + 1))
            yield ItemTable(headers=_HEADERS, rows=rows, widths=_WIDTHS)
            place += len(tasks)
    if not place:
        yield Paragraph(text="没有待办。", indent=False)
    yield from (Paragraph(text=note, indent=False) for note in worklist.notes)
    yield from closing(ctx, CODE)


def _cells(place: int, task: Task, on: date) -> tuple[str, ...]:
    return (
        str(place),
        KIND_WORDS[task.kind],
        task.number,
        "，".join(part for part in (task.project_name, task.place) if part),
        task.community,
        term_words(task.by, on),
        who_words(task),
        task.remark,
        task.why,
        "",
    )
