"""What stands in the lists of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.evaluation import EvaluationRound, SampledProject, Stage
from desktop.domain.evaluation_course import Evaluation, FollowUp, OrganisationStanding
from desktop.domain.local_rules import local

STANDING_COLUMNS = (
    "单位",
    "自评报告",
    "自评得分",
    "实地评价",
    "实地得分",
    "问题",
    "未完成措施",
    "抽查项目",
    "制度没写到",
)
STANDING_WIDTHS = (9, 11, 11, 7, 12, 4, 8, 5, 8)
FOLLOW_UP_COLUMNS = ("单位", "问题", "改进措施", "完成时限", "进展")
FOLLOW_UP_WIDTHS = (8, 12, 12, 7, 8)
PROJECT_COLUMNS = ("单位", "项目", "检查日期", "问题", "登记编号")
PROJECT_WIDTHS = (8, 14, 7, 4, 11)


def round_words(asked: EvaluationRound) -> str:
    """Name a round in the list of rounds."""
    return f"{asked.name}（{asked.number}{'，已结束' if asked.is_closed else ''}）"


def state_words(asked: Evaluation) -> str:
    """Say how a round stands, in one line."""
    told, standings = asked.round, asked.standings()
    handed = sum(one.handed_in_on is not None for one in standings)
    late = sum(one.is_late for one in standings)
    due_on = f"，期限 {told.self_due_on.isoformat()}" if told.self_due_on else ""
    parts = [
        f"评价期间 {told.period.label}",
        f"自评报告 {handed} / {len(standings)} 个单位已交{due_on}{f'，逾期 {late} 个' if late else ''}",
        f"实地评价 {len(told.visited)} 个单位{'（抽取）' if told.seed else ''}"
        if told.visited
        else "实地评价还没有抽取",
    ]
    if any(item.full_marks is None for item in told.items):
        parts.append("分值未核实")
    return "；".join(parts) + "。"


def standing_texts(asked: Evaluation, one: OrganisationStanding) -> Sequence[str]:
    """Give the cells of one organisation."""
    visited = one.visited_on.isoformat() if one.visited_on else "待评价" if one.is_visited else "—"
    lacking = asked.lacking_rules(one.organisation) if asked.rules.get(one.organisation) else ()
    return (
        one.organisation,
        f"{'● ' if one.handed_in_on and not one.is_late else '▲ ' if one.is_late else ''}{one.handed_in_words}",
        one.own.words,
        visited,
        one.field.words if one.is_visited else "—",
        str(one.problems or ""),
        _open_words(one),
        str(one.projects or ""),
        f"▲ {'、'.join(lacking)}" if lacking else "",
    )


def follow_up_texts(each: FollowUp) -> Sequence[str]:
    """Give the cells of one problem with its measure."""
    line = each.line
    mark = "● " if line.done_on else "■ " if each.is_overdue else "▲ " if not line.measure else ""
    done = f" {line.done_on.isoformat()}" if line.done_on else ""
    due_on = line.due_on.isoformat() if line.due_on else ""
    return (line.organisation, line.problem, line.measure, due_on, f"{mark}{each.state}{done}")


def project_texts(project: SampledProject) -> Sequence[str]:
    """Give the cells of one project seen on site."""
    count = len(project.findings)
    number = project.filing_number or local("没有登记")
    return (project.organisation, project.project, project.seen_on.isoformat(), str(count or ""), number)


def stage_options() -> list[tuple[str, str]]:
    """Give the pairs of code and label of the stages, for a pick list."""
    return [(stage.value, stage.label) for stage in Stage]


def _open_words(one: OrganisationStanding) -> str:
    if not one.open_measures:
        return ""
    return f"■ {one.open_measures}（逾期 {one.overdue_measures}）" if one.overdue_measures else str(one.open_measures)
