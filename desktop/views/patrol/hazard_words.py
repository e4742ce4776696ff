"""A hazard in words: its row in the list, and its card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from desktop.domain.attachments import Attached, Moment
from desktop.domain.hazard import STAGE_WORDS, HazardLevel, HazardState
from desktop.domain.hazard_rows import HazardFile, HazardRow, HazardStepRow
from desktop.views.wording import word

COLUMNS = ("编号", "状态", "等级", "期限", "工地", "隐患", "责任方", "发现")
WIDTHS = (12, 7, 5, 7, 16, 17, 11)
ROOMY = (4, 5, 6)


def row_texts(row: HazardRow) -> tuple[str, ...]:
    """Give the cells of a hazard in the list."""
    return (
        row.number,
        state_words(row),
        f"■ {word(row.level)}" if row.level is HazardLevel.MAJOR else word(row.level),
        _term(row),
        "　".join(part for part in (row.project_name, row.place) if part),
        "：".join(part for part in (row.spot, row.description) if part),
        row.responsible_name or word(row.responsible),
        row.found_on.isoformat(),
    )


def state_words(row: HazardRow) -> str:
    """Say how a hazard stands, with the mark of what presses."""
    if row.state is HazardState.REFUSED:
        return f"■ {word(row.state)}"
    if row.is_report_overdue:
        return "■ 超时未报"
    if row.is_overdue:
        return "■ 整改逾期"
    if row.report_by is not None and row.reported_on is None and row.is_open:
        return "▲ 待上报"
    if row.state is HazardState.AWAITING_RECHECK:
        return f"▲ {word(row.state)}"
    return f"● {word(row.state)}" if row.state is HazardState.CLEARED else word(row.state)


def card_text(file: HazardFile, finding: Callable[[str], str], photos: tuple[Attached, ...], today: date) -> str:
    """Say all that is known of a hazard, the last steps first."""
    return "\n".join(_lines(file, finding, photos, today))


def _lines(file: HazardFile, finding: Callable[[str], str], photos: tuple[Attached, ...], today: date) -> Iterator[str]:
    row = file.row
    yield f"{row.number}　{finding(row.finding)}　{row.site_number} {row.project_name}　{row.place}"
    yield f"隐患：{'：'.join(part for part in (row.spot, row.description) if part)}"
    chain = " → ".join(f"{STAGE_WORDS[stage]} {on}" for stage, on in file.chain)
    yield f"{chain}　历时 {row.days_open} 天"
    marks = tuple(_marks(row, today))
    if marks:
        yield "　".join(marks)
    if row.measures:
        yield f"已采取：{'、'.join(word(each) for each in row.measures)}"
    before = sum(each.moment is not Moment.AFTER for each in photos)
    if photos:
        yield f"照片：整改前 {before} 张，整改后 {len(photos) - before} 张"
    for step in reversed(file.steps):
        yield step_words(step)


def _marks(row: HazardRow, today: date) -> Iterator[str]:
    if row.due_on is not None and row.is_open:
        late = (today - row.due_on).days
        yield f"整改期限 {row.due_on}" + (f"，已逾期 {late} 天" if row.is_overdue else "")
    if row.report_by is not None and row.reported_on is None and row.is_open:
        yield f"{row.report_by} 24:00 前须上报" + ("，已超时" if row.is_report_overdue else "")
    if row.is_stopped:
        yield f"停工整改自 {row.stopped_on}"
    if row.supervised_level:
        yield f"{row.supervised_level}（{row.supervised_on}）"
    if row.escalated_on is not None:
        yield f"已提级管理（{row.escalated_on}）"


def step_words(step: HazardStepRow) -> str:
    """Say one step in one line."""
    term = f"，期限 {step.due_on}" if step.due_on else ""
    paper = f"，{step.paper.title} {step.paper.number}" if step.paper is not None else ""
    text = f"：{step.text}" if step.text else ""
    return f"{step.on} {word(step.kind)}{text}{term}{paper}　{step.who}"


def _term(row: HazardRow) -> str:
    if row.is_on_the_spot:
        return "当场"
    return row.due_on.isoformat() if row.due_on else ""
