"""The evaluation table of one organisation, and its report of the self-evaluation, figures filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper, Paragraph, Signatures
from desktop.documents.site_paper import SitePaper, row, site_paper
from desktop.documents.wording import day
from desktop.domain.evaluation import Dimension, EvaluationItem, EvaluationLine, Stage
from desktop.domain.evaluation_course import WHOLE, Evaluation, number_words
from desktop.domain.evaluation_figures import figure_words

TABLE: Final = "evaluation_table"
SELF_REPORT: Final = "self_evaluation"
UNWEIGHED: Final = "评价表还没有定分值（未核实），只写情况，不计合计的满分。"
_SIGNED: Final = ("填报人（签名）：", "审核人（签名）：", "负责人（签名）：")


def evaluation_table(ctx: SitePaper, asked: Evaluation, organisation: str, stage: Stage) -> Paper:
    """Compose the table of one organisation at one stage, across the sheet."""
    return site_paper(ctx, TABLE, _table_blocks(asked, organisation, stage), shape="wide")


def self_report(ctx: SitePaper, asked: Evaluation, organisation: str) -> Paper:
    """Compose the report that an organisation hands in: item by item, problems, plan and measures."""
    return site_paper(ctx, SELF_REPORT, _report_blocks(ctx, asked, organisation), shape="form")


def definitions(asked: Evaluation) -> Iterator[Block]:
    """Say what each figure of the ledger counts."""
    if not asked.measures or not asked.figures:
        return
    yield Heading(text="台账数据的口径")
    for measure in asked.measures.values():
        yield Paragraph(text=f"{measure.label}：{measure.definition}", indent=False, small=True)


def head_rows(asked: Evaluation) -> Iterator[tuple[str, str]]:
    """Give what names the round: name, number, period."""
    yield "评价", asked.round.name
    yield "编号", asked.round.number
    yield "评价期间", asked.round.period.label


def _table_blocks(asked: Evaluation, organisation: str, stage: Stage) -> Iterator[Block]:
    whole = asked.line(organisation, WHOLE, stage)
    name, number, period = head_rows(asked)
    held = "自评报告收到" if stage is Stage.SELF else "实地评价"
    yield FactTable(
        rows=(
            row(("单位", organisation), ("阶段", stage.label)),
            row(name, number),
            row(period, (held, day(whole.done_on) if whole.done_on else "")),
            row(("合计", asked.score(organisation, stage).words), ("总体情况", whole.text)),
        )
    )
    yield ItemTable(
        headers=(
            "序号",
            "维度",
            "评价内容",
            "台账数据",
            "满分",
            "得分",
            "情况",
            "佐证",
            "问题",
            "改进措施",
            "完成时限",
        ),
        rows=tuple(
            _table_row(asked, item, asked.line(organisation, item.code, stage)) for item in asked.round.items_at(stage)
        ),
        widths=(10, 20, 42, 40, 9, 9, 34, 22, 29, 29, 24),
    )
    if any(item.full_marks is None for item in asked.round.items_at(stage)):
        yield Paragraph(text=UNWEIGHED, indent=False, small=True)
    yield from definitions(asked)
    yield Signatures(lines=_SIGNED)


def _table_row(asked: Evaluation, item: EvaluationItem, line: EvaluationLine) -> tuple[str, ...]:
    return (
        item.code,
        item.dimension.label,
        item.text,
        figure_words(asked, line.organisation, item),
        "" if item.full_marks is None else number_words(item.full_marks),
        "" if line.score is None else number_words(line.score),
        line.text,
        line.evidence,
        line.problem,
        line.measure,
        line.due_on.isoformat() if line.due_on else "",
    )


def _report_blocks(ctx: SitePaper, asked: Evaluation, organisation: str) -> Iterator[Block]:
    whole = asked.line(organisation, WHOLE, Stage.SELF)
    name, number, period = head_rows(asked)
    score = asked.score(organisation, Stage.SELF)
    yield FactTable(rows=(row(("单位", organisation), ("自评得分", score.words)), row(name, number), row(period)))
    yield Heading(text="一、总体情况")
    yield Paragraph(text=whole.text or "（没有填写）")
    yield Heading(text="二、对照评价表逐项自评")
    for dimension in Dimension:
        yield from _dimension_blocks(asked, organisation, dimension)
    if any(item.full_marks is None for item in asked.round.items_at(Stage.SELF)):
        yield Paragraph(text=UNWEIGHED, indent=False, small=True)
    yield Heading(text="三、存在的问题和改进计划")
    yield from _plan_blocks(asked, organisation)
    yield from definitions(asked)
    yield Signatures(lines=_SIGNED, seal=organisation, date=day(whole.done_on or ctx.issued_on))


def _dimension_blocks(asked: Evaluation, organisation: str, dimension: Dimension) -> Iterator[Block]:
    items = [item for item in asked.round.items_at(Stage.SELF) if item.dimension is dimension]
    if not items:
        return
    score = asked.score(organisation, Stage.SELF, dimension)
    yield Paragraph(text=f"{dimension.label}（得分 {score.words}）", indent=False, bold=True)
    rows = []
    for item in items:
        line = asked.line(organisation, item.code, Stage.SELF)
        said = "\n".join(
            part for part in (line.text or "（没有填写）", f"佐证：{line.evidence}" if line.evidence else "") if part
        )
        mark = "—" if line.score is None else number_words(line.score)
        rows.append((item.code, item.text, figure_words(asked, organisation, item), mark, said))
    yield ItemTable(
        headers=("序号", "评价内容", "台账数据", "得分", "自评情况和佐证"),
        rows=tuple(rows),
        widths=(12, 42, 42, 12, 60),
    )


def _plan_blocks(asked: Evaluation, organisation: str) -> Iterator[Block]:
    ups = [
        each for each in asked.follow_ups() if each.line.organisation == organisation and each.line.stage is Stage.SELF
    ]
    if not ups:
        yield Paragraph(text="逐项自评中没有写明问题。")
        return
    yield ItemTable(
        headers=("序号", "问题", "改进措施", "完成时限", "完成"),
        rows=tuple(
            (
                "" if each.line.item == WHOLE else each.line.item,
                each.line.problem,
                each.line.measure or "—",
                each.line.due_on.isoformat() if each.line.due_on else "—",
                each.line.done_on.isoformat() if each.line.done_on else "",
            )
            for each in ups
        ),
        widths=(10, 56, 60, 22, 20),
    )
