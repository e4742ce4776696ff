"""Reports that a manager writes: of how a rule is carried out, and the circular to all streets.

The headings are theirs; under each stand sentences made of the figures, then the manager's words, then the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from desktop.documents.blocks import Block, Paper, Paragraph, Part, Signatures, Spacer
from desktop.documents.figure_words import spoken_figure
from desktop.documents.report_parts import ReportPaper, definitions, figure_of, notes, paragraphs, written
from desktop.documents.report_setting import TableSetting, numeral
from desktop.documents.report_tables import table_blocks
from desktop.documents.wording import day
from desktop.domain.local_rules import local
from desktop.domain.measure import Breakdown, MeasureGroup
from desktop.domain.report import Report, ReportKind, ReportTable
from desktop.domain.report_kinds import HEADINGS

_MOST_COLUMNS: Final = 8
_UNWRITTEN: Final = "（本部分尚未填写。）"
_MEANS: Final = frozenset({MeasureGroup.MONEY, MeasureGroup.ACTIVITY, MeasureGroup.INSURANCE})
_SURVEYS: Final = frozenset({"surveys", "asked", "aware", "awareness_rate", "satisfied", "satisfaction_rate"})

_SAID_AT_ZERO: Final = frozenset({"accidents", "dead", "injured", "hazards_open"})

# A clause with the measures that fill it; it is left out where none of its figures is known.
Clause = tuple[str, str]
_IMPLEMENTATION: Final[tuple[tuple[Clause, ...], ...]] = (
    (
        ("registered", "登记纳管{}"),
        ("in_progress", "期末在建{}"),
        ("closed", "办结注销{}"),
        ("patrols", "开展巡查{}"),
        ("hazards_found", "发现隐患{}"),
        ("hazards_cleared", "完成整改{}"),
    ),
    (
        ("funds", "投入专项工作经费{}"),
        ("trainings", "组织培训{}"),
        ("trained_persons", "参加培训{}"),
        ("publicity", "开展宣传{}"),
        ("copies", "发放宣传资料{}"),
        ("media_reach", "媒体宣传覆盖{}"),
    ),
    (
        ("surveys", "开展走访、座谈和问卷{}"),
        ("asked", "访问群众{}"),
        ("awareness_rate", "知晓率{}"),
        ("satisfaction_rate", "满意率{}"),
    ),
    (("accidents", "登记事故{}"), ("dead", "死亡{}"), ("injured", "受伤{}")),
    (),
)
_CIRCULAR: Final[tuple[tuple[Clause, ...], ...]] = (
    (("registered", "登记纳管{}"), ("in_progress", "期末在建{}"), ("closed", "办结注销{}")),
    (
        ("files_complete_rate", "备案资料齐全率{}"),
        ("closed_recorded_rate", "竣工备案率{}"),
        ("insurance_rate", "投保率{}"),
    ),
    (("patrols", "开展巡查{}"), ("patrolled_sites", "覆盖工地{}"), ("monthly_check_rate", "每月检查覆盖率{}")),
    (("hazards_found", "发现隐患{}"), ("hazards_cleared", "完成整改{}"), ("hazards_open", "尚未销项{}")),
    (),
)


def implementation(of: ReportPaper) -> Paper:
    """Compose the report of how a rule is carried out; the rule stands below the title where all rests on one."""
    rules = {pack.title for pack in of.report.packs}
    rule = f"《{rules.pop()}》" if len(rules) == 1 else ""
    name = of.report.definition.name or of.report.definition.kind.label
    return of.paper(name, _narrative(of, _IMPLEMENTATION, _of_implementation, about=rule), shape="report")


def circular(of: ReportPaper) -> Paper:
    """Compose the circular."""
    name = of.report.definition.name or ReportKind.CIRCULAR.label
    title = f"关于{of.report.period.label}{local('小型工程和零星作业安全生产纳管工作的')}{name}"
    return of.paper(title, _narrative(of, _CIRCULAR, _of_circular, greeting="各有关单位："), shape="report")


def _narrative(
    of: ReportPaper,
    clauses: Sequence[Sequence[Clause]],
    place_of: Callable[[Report, ReportTable], int],
    *,
    about: str = "",
    greeting: str = "",
) -> Iterator[Block]:
    report = of.report
    setting = TableSetting(report=report, most_columns=_MOST_COLUMNS)
    if about:
        yield Paragraph(text=about, align="centre", bold=True)
        yield Spacer(millimetres=3)
    if greeting:
        yield Paragraph(text=greeting, indent=False)
    yield Paragraph(text=_opening(report))
    numbers = iter(range(1, len(report.tables) + 1))
    for place, heading in enumerate(HEADINGS[report.definition.kind]):
        yield Part(text=heading if "、" in heading[:3] else f"{numeral(place + 1)}、{heading}")
        said = _sentence(report, clauses[place])
        yield from (Paragraph(text=said),) if said else ()
        text = written(report, heading)
        yield from paragraphs(text)
        own = [table for table in report.tables if place_of(report, table) == place]
        for table in own:
            yield from table_blocks(setting, table, f"表{next(numbers)}　{table.spec.title}")
        if not (said or text or own):
            yield Paragraph(text=_UNWRITTEN)
    yield from notes(report)
    yield Signatures(seal=report.office, date=day(of.on))
    yield from definitions(report, "附：指标口径")


def _opening(report: Report) -> str:
    period = report.period
    days = f"{day(period.first_on)}至{day(period.last_on)}"
    if report.definition.kind is ReportKind.IMPLEMENTATION:
        return f"现将{days}的有关情况报告如下，统计范围为{report.scope}。"
    return f"现将{period.label}（{days}）的有关情况通报如下，统计范围为{report.scope}。"


def _sentence(report: Report, clauses: Sequence[Clause]) -> str:
    """Say the figures in one sentence; not those that are unknown, nor a zero but where none is the news."""
    said = []
    for key, words in clauses:
        figure, measure = figure_of(report, key), report.measures.get(key)
        if figure is None or figure.value is None or measure is None:
            continue
        if figure.value or key in _SAID_AT_ZERO:
            said.append(local(words).format(f" {spoken_figure(figure, measure)}"))
    return f"统计期间，{'，'.join(said)}。" if said else ""


def _of_implementation(report: Report, table: ReportTable) -> int:
    """Say under which heading of an implementation report a table stands."""
    keys = set(table.spec.measures)
    if keys & _SURVEYS:
        return 2
    groups = [report.measures[key].group for key in table.spec.measures if key in report.measures]
    if groups and groups[0] is MeasureGroup.ACCIDENT:
        return 3
    return 1 if _MEANS & set(groups) else 0


def _of_circular(report: Report, table: ReportTable) -> int:
    """Say under which heading of a circular a table stands."""
    first = report.measures.get(table.spec.measures[0]) if table.spec.measures else None
    if first is None:
        return 0
    if first.group is MeasureGroup.HAZARD:
        return 3
    if first.group in (MeasureGroup.QUALITY, MeasureGroup.INSURANCE):
        return 1
    is_on_site = first.group in (MeasureGroup.PATROL, MeasureGroup.DEADLINES, MeasureGroup.FOUND)
    return 2 if is_on_site or table.spec.by in (Breakdown.FUNDING, Breakdown.COMMUNITY) else 0
