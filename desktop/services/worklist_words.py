"""What a task says beside its kind: the remark, and by which article it is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from desktop.domain.local_rules import article, local
from desktop.domain.worklist import BY_WORKING_DAYS, TaskKind
from desktop.models.review import Review
from desktop.queries.worklist import Found
from desktop.queries.worklist_certificates import ended_by

_LONGEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the words lean on beside the row: opinions and stored matters by filing, the last day shown."""

    ahead: date
    extensions: int = 1  # how often a registration can be extended without an exception
    findings: Mapping[tuple[str, str | None], str] = field(default_factory=dict)  # articles by finding and kind of work
    papers: Mapping[str, str] = field(default_factory=dict)
    known_years: Set[int] = frozenset()  # those whose holidays are published
    articles: Mapping[TaskKind, str] | None = None  # of a version other than the one at work; None for that one
    opinions: Mapping[tuple[TaskKind, int], Review] = field(default_factory=dict)
    matters: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def article_of(found: Found, known: Known) -> str:
    """Give the article by which a task is due; that of a hazard is its finding's, that of a transfer its own."""
    if found.source.kind in OF_HAZARDS:
        return known.findings.get((found.details[0], found.details[3]), "") or article("patrol_findings")
    if found.source.kind is TaskKind.REPLY:
        return str(found.details[0])
    return found.source.article if known.articles is None else known.articles.get(found.source.kind, "")


def remark_of(found: Found, known: Known) -> str:
    """Say what the reader needs to know beside kind, site and term, and that a term is still to be verified."""
    make = _REMARKS.get(found.source.kind)
    return "　".join(filter(None, ("" if make is None else make(found, known), _to_verify(found, known))))


def _to_verify(found: Found, known: Known) -> str:
    by = found.by
    if by is None or found.source.kind not in BY_WORKING_DAYS or by.year in known.known_years:
        return ""
    return f"期限待核：{by.year} 年放假安排尚未公布，暂按周一至周五推算"


def who_of(found: Found) -> str:
    """Name whoever the task was given to, empty for whoever holds the role."""
    return str(found.details[3]) if found.source.kind in _OF_REPORTS else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _review(found: Found, known: Known) -> str:
    step = known.opinions.get((found.source.kind, found.filing_id or 0))
    if step is None:
        return ""
    level = f"第 {step.level} 级，共 {step.levels} 级" if step.levels > 1 else "一级审核"
    return f"{level}　{step.asked_by} {step.asked_at.astimezone():%m-%d %H:%M} 送审"


def _opinion(found: Found, known: Known) -> str:
    said = known.opinions.get((found.source.kind, found.filing_id or 0))
    return "" if said is None else f"{said.done_by or said.asked_by}：{said.opinion}".removeprefix("：")


def _extension(found: Found, known: Known) -> str:
    until, had = found.details
    still = f"（休息日，{found.by} 前（含）仍算按期）" if found.by != until else ""
    if had >= known.extensions:
        return local(
            f"有效期至 {until}{still}，已延期 {had} 次，次数已用完：到期后还要施工的，请建设单位（业主）重新登记"
        )
    return local(f"有效期至 {until}{still}，可申请延期，提醒建设单位（业主）")


def _certificate(found: Found, known: Known) -> str:
    held = ended_by(known.matters.get(found.filing_id or 0, {}), known.ahead)
    return "；".join(f"{word}有效期至 {day}" for word, day in sorted(held, key=lambda one: one[1]))


def _found_site(found: Found, _known: Known) -> str:
    found_on, register_by = found.details
    return f"{found_on} 发现，" + (local(f"督促于 {register_by} 前登记") if register_by else local("尚未督促登记"))


def _hazard(found: Found, _known: Known) -> str:
    return f"{found.details[1]}　{_short(found.details[2])}"


def _report(found: Found, _known: Known) -> str:
    number, place, content, assigned = found.details
    return "　".join(part for part in (number, place, _short(content), "" if assigned else "尚未交办") if part)


def _close_out_check(found: Found, _known: Known) -> str:
    completed, applied = found.details
    return local(f"{f'{completed} 完工，' if completed else ''}{applied} 申报注销")


OF_HAZARDS: Final = frozenset({TaskKind.RECTIFICATION, TaskKind.RECHECK, TaskKind.SAME_DAY_HAZARD})
_OF_REPORTS: Final = frozenset({TaskKind.REPORT_VERIFY, TaskKind.REPORT_ANSWER})
_REMARKS: Final[Mapping[TaskKind, Callable[[Found, Known], str]]] = {
    TaskKind.REVIEW: _review,
    TaskKind.RETURNED: _opinion,
    TaskKind.OPINION: _opinion,
    TaskKind.CORRECTION: lambda found, _known: f"{found.details[0]} 申报",
    TaskKind.CHANGE_PAPERS: lambda found, known: "、".join(
        known.papers.get(code, code) for code in sorted(found.details[0].split(","))
    ),
    TaskKind.PLATFORM: lambda found, _known: f"{found.details[0]} 受理",
    TaskKind.OVERRIDDEN: lambda found, _known: str(found.details[0][-1]),
    TaskKind.INCOMPLETE_NOTICE: lambda found, _known: f"漏告 {found.details[0]} 次",
    TaskKind.EXTENSION: _extension,
    TaskKind.EXPIRED: lambda found, _known: f"有效期已于 {found.by} 届满，到现场核实",
    TaskKind.CLOSE_OUT: lambda found, _known: local(f"{found.details[0]} 完工，督促申报注销"),
    TaskKind.PLANNED_END: lambda found, _known: f"计划 {found.details[0]} 完工，核实是否完工",
    TaskKind.CERTIFICATE: _certificate,
    TaskKind.PATROL: lambda found, _known: f"上次 {found.details[0]}" if found.details[0] else "还没有巡查过",
    TaskKind.ESCALATION_CHECK: lambda found, _known: f"{found.details[0]} 提级",
    TaskKind.CLOSE_OUT_CHECK: _close_out_check,
    TaskKind.DRAWN: lambda found, _known: f"{found.details[0]}，{found.details[1]} 抽取",
    TaskKind.OUTSIDE_REVIEW: lambda found, _known: f"{found.details[0]}，{found.details[1]} 送审",
    TaskKind.DELIVERY: lambda found, _known: f"{found.details[0]}，{found.details[1]} 撤销",
    TaskKind.RECTIFICATION: _hazard,
    TaskKind.RECHECK: _hazard,
    TaskKind.SAME_DAY_HAZARD: _hazard,
    TaskKind.FOUND_SITE: _found_site,
    TaskKind.SAME_DAY_FOUND_SITE: _found_site,
    TaskKind.REPORT_VERIFY: _report,
    TaskKind.REPORT_ANSWER: _report,
    TaskKind.REPLY: lambda found, _known: f"{found.details[1]}　{found.details[2]}",
}
