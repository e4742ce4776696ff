"""A whole round of evaluation on paper: organisations side by side, follow-up, the draw, one project seen on site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper, Paragraph, Signatures
from desktop.documents.papers.evaluation import UNWEIGHED, head_rows
from desktop.documents.site_paper import SitePaper, row, site_paper
from desktop.documents.wording import day
from desktop.domain.evaluation import Dimension, SampledProject, Stage
from desktop.domain.evaluation_course import Evaluation, FollowUp, OrganisationStanding, number_words
from desktop.domain.local_rules import local
from desktop.domain.sampling import rank

SIDE_BY_SIDE: Final = "evaluation_summary"
FOLLOW_UPS: Final = "evaluation_follow_ups"
DRAW: Final = "evaluation_draw"
PROJECT: Final = "sampled_project"
METHOD: Final = (
    "抽取方法：单位名称按字符顺序排列并去重；对“种子＋换行＋单位名称”（UTF-8）取 SHA-256，按十六进制值从小到大排列，"
    "依次取前一半（有小数的进一）。用任何工具按此都能重新抽出同样的单位。"
)
_LEGEND: Final = "▲ 写明有问题；✓ 写了情况没有打分；— 没有填写。"
_BESIDE: Final = 9  # organisations that fit beside each other in legible type


def side_by_side(ctx: SitePaper, asked: Evaluation) -> Paper:
    """Compose the summary: all organisations by dimension, then item by item beside each other, then findings."""
    return site_paper(ctx, SIDE_BY_SIDE, _summary_blocks(ctx, asked), shape="wide")


def follow_up_list(ctx: SitePaper, asked: Evaluation) -> Paper:
    """Compose the list of problems and measures of all organisations, with how each stands today."""
    return site_paper(ctx, FOLLOW_UPS, _follow_up_blocks(asked), shape="wide")


def draw_sheet(ctx: SitePaper, asked: Evaluation) -> Paper:
    """Compose the list of those visited, with what it takes to draw it again."""
    return site_paper(ctx, DRAW, _draw_blocks(asked), shape="form")


def project_sheet(ctx: SitePaper, asked: Evaluation, project: SampledProject) -> Paper:
    """Compose the result of one project seen on site."""
    return site_paper(ctx, PROJECT, _project_blocks(ctx, asked, project), shape="form")


def _summary_blocks(ctx: SitePaper, asked: Evaluation) -> Iterator[Block]:
    standings = asked.standings()
    handed = sum(one.handed_in_on is not None for one in standings)
    late = sum(one.is_late for one in standings)
    name, number, period = head_rows(asked)
    due_on = day(asked.round.self_due_on) if asked.round.self_due_on else "没有定"
    yield FactTable(
        rows=(
            row(name, number),
            row(period, ("自评期限", due_on)),
            row(
                ("自评报告", f"{handed} / {len(standings)} 个单位交了，逾期的 {late} 个"),
                ("实地评价", f"{len(asked.round.visited)} 个单位，抽查项目 {len(asked.projects)} 个"),
            ),
        )
    )
    if any(item.full_marks is None for item in asked.round.items):
        yield Paragraph(text=UNWEIGHED, indent=False, small=True)
    for numeral, stage in zip("一二", Stage, strict=True):
        yield Heading(text=f"{numeral}、{stage.label}：各单位得分")
        yield _by_dimension(asked, standings, stage)
    for numeral, stage in zip("三四", Stage, strict=True):
        yield Heading(text=f"{numeral}、{stage.label}：逐项对照")
        yield from _by_item(asked, stage)
    yield Heading(text="五、抽查项目发现的问题")
    yield from _findings(ctx, asked)
    yield from _lacking(asked)
    yield Signatures(lines=("制表人（签名）：", "审核人（签名）：", "负责人（签名）："))


def _by_dimension(asked: Evaluation, standings: Sequence[OrganisationStanding], stage: Stage) -> Block:
    held = [dimension for dimension in Dimension if any(i.dimension is dimension for i in asked.round.items_at(stage))]
    is_self = stage is Stage.SELF
    rows = []
    for place, one in enumerate((each for each in standings if is_self or each.is_visited), 1):
        when = one.handed_in_words if is_self else (one.visited_on.isoformat() if one.visited_on else "")
        marks = (asked.score(one.organisation, stage, dimension).words for dimension in held)
        total = (one.own if is_self else one.field).words
        rows.append((str(place), one.organisation, when, *marks, total, str(one.problems or "")))
    empty = () if rows else (("", "没有列入实地评价的单位", *("",) * (len(held) + 3)),)
    return ItemTable(
        headers=("序", "单位", "自评报告" if is_self else "实地评价日", *(one.label for one in held), "合计", "问题"),
        rows=(*rows, *empty),
        widths=(8, 30, 28, *(27,) * len(held), 36, 12),
    )


def _by_item(asked: Evaluation, stage: Stage) -> Iterator[Block]:
    is_self = stage is Stage.SELF
    named = [one for one in asked.round.organisations if is_self or one in asked.round.visited]
    if not named:
        yield Paragraph(text="没有列入实地评价的单位。", indent=False)
    for names in _parts(named):
        yield ItemTable(
            headers=("序号", "评价内容", "满分", *names),
            rows=tuple(
                (
                    item.code,
                    item.text,
                    "" if item.full_marks is None else number_words(item.full_marks),
                    *(_mark(asked, name, item.code, stage) for name in names),
                )
                for item in asked.round.items_at(stage)
            ),
            widths=(10, 68, 10, *(21,) * len(names)),
        )
    if named:
        yield Paragraph(text=_LEGEND, indent=False, small=True)


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Part organisations into tables of about the same width."""
    tables = -(-len(names) // _BESIDE)
    each = -(-len(names) // tables) if tables else 1
    yield from (names[first : first + each] for first in range(0, len(names), each))


def _mark(asked: Evaluation, organisation: str, item: str, stage: Stage) -> str:
    line = asked.line(organisation, item, stage)
    mark = "" if line.score is None else number_words(line.score)
    # A problem shows without marks too.
    return f"{mark} ▲".strip() if line.problem else mark or ("✓" if line.text else "—")


def _findings(ctx: SitePaper, asked: Evaluation) -> Iterator[Block]:
    found = asked.findings()
    if not found:
        yield Paragraph(text=f"抽查项目 {len(asked.projects)} 个，没有记下问题。", indent=False)
        return
    rows = []
    for one in found:
        entry = ctx.pack.hazard_entry(one.code)
        named = (entry.topic, entry.label) if entry else ("其他", "没有对应的隐患条目")
        rows.append((*named, str(one.times), str(one.projects)))
    yield ItemTable(headers=("类别", "问题", "次数", "涉及项目"), rows=tuple(rows), widths=(50, 150, 20, 24))


def _lacking(asked: Evaluation) -> Iterator[Block]:
    """Name whose rule documents say nothing of finding, patrolling and watching."""
    lacking = [(name, asked.lacking_rules(name)) for name in asked.round.organisations if asked.rules.get(name)]
    said = [f"{name}：缺{'、'.join(words)}" for name, words in lacking if words]
    if said:
        yield Heading(text="六、制度文件没有写到的内容")
        yield Paragraph(
            text="；".join(said) + local("。（按登记簿中的制度文件，没有登记制度文件的单位不列）"), indent=False
        )


def _follow_up_blocks(asked: Evaluation) -> Iterator[Block]:
    name, number, period = head_rows(asked)
    ups = asked.follow_ups()
    done = sum(each.line.done_on is not None for each in ups)
    overdue = sum(each.is_overdue for each in ups)
    counted = f"{len(ups)} 项，已完成 {done} 项，逾期 {overdue} 项（截至 {asked.today.isoformat()}）"
    yield FactTable(rows=(row(name, number), row(period, ("问题和措施", counted))))
    if not ups:
        yield Paragraph(text="没有记下问题和改进措施。", indent=False)
    else:
        yield ItemTable(
            headers=("序", "单位", "阶段", "评价内容", "问题", "改进措施", "完成时限", "完成日期", "进展"),
            rows=tuple(_follow_up_row(place, each) for place, each in enumerate(ups, 1)),
            widths=(9, 30, 21, 46, 49, 47, 25, 25, 18),
        )
    yield Signatures(lines=("制表人（签名）：", "审核人（签名）："))


def _follow_up_row(place: int, each: FollowUp) -> tuple[str, ...]:
    line = each.line
    return (
        str(place),
        line.organisation,
        line.stage.label,
        each.item,
        line.problem,
        line.measure,
        line.due_on.isoformat() if line.due_on else "",
        line.done_on.isoformat() if line.done_on else "",
        each.state,
    )


def _draw_blocks(asked: Evaluation) -> Iterator[Block]:
    name, number, period = head_rows(asked)
    names, visited = asked.round.organisations, asked.round.visited
    yield FactTable(rows=(row(name, number), row(period, ("抽出", f"{len(visited)} / {len(names)} 个单位"))))
    if not asked.round.seed:
        yield Paragraph(text="实地评价的单位由人指定，理由见审计记录。", indent=False)
        yield ItemTable(
            headers=("序", "单位"),
            rows=tuple((str(place), one) for place, one in enumerate(visited, 1)),
            widths=(12, 150),
        )
    else:
        ordered = sorted(names, key=lambda one: (rank(asked.round.seed, one), one))
        yield ItemTable(
            headers=("序", "单位", "取值（前 16 位）", "抽出"),
            rows=tuple(
                (str(place), one, rank(asked.round.seed, one)[:16], "● 抽出" if one in visited else "")
                for place, one in enumerate(ordered, 1)
            ),
            widths=(12, 80, 50, 24),
        )
        yield Heading(text="重新抽取所需的内容")
        yield Paragraph(text=METHOD, indent=False, small=True)
        yield Paragraph(text=f"种子：{asked.round.seed}", indent=False, small=True)
    yield Signatures(lines=("抽取人（签名）：", "监督人（签名）："))


def _project_blocks(ctx: SitePaper, asked: Evaluation, project: SampledProject) -> Iterator[Block]:
    name, number, period = head_rows(asked)
    yield FactTable(
        rows=(
            row(("单位", project.organisation), ("检查日期", day(project.seen_on))),
            row(("项目", project.project), (local("登记编号"), project.filing_number or local("没有登记"))),
            row(name, number),
            row(period, ("发现问题", f"{len(project.findings)} 条")),
        )
    )
    yield Heading(text="发现的问题")
    if project.findings:
        yield ItemTable(
            headers=("序", "类别", "隐患条目", "现场情况"),
            rows=tuple(_finding_row(ctx, place, *each) for place, each in enumerate(project.findings, 1)),
            widths=(10, 34, 62, 62),
        )
    else:
        yield Paragraph(text="没有发现问题。")
    yield Heading(text="处理意见")
    yield Paragraph(text=project.result or "（没有填写）")
    yield Signatures(lines=("检查人（签名）：", "被检查单位（签名）："))


def _finding_row(ctx: SitePaper, place: int, code: str, said: str) -> tuple[str, ...]:
    entry = ctx.pack.hazard_entry(code)
    topic, label = (entry.topic, entry.label) if entry else ("其他", "")
    return (str(place), topic, label, said)
