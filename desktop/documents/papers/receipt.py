"""The receipt of a registration (登记回执): the owner's proof, which names the owner in full.

It hangs at the entrance: a natural person's document number stands covered, no party's phone stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Item, NumberedItems, Paper
from desktop.documents.context import PaperContext, is_natural
from desktop.documents.papers.parts import (
    Row,
    closing,
    compose,
    duties,
    id_shown,
    id_word,
    kind_shown,
    measure_rows,
    reason_paragraph,
    row,
    signatures,
)
from desktop.documents.wording import certificate, day
from desktop.domain.assessment_result import UNDETERMINED
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.masking import mask_certificate
from desktop.domain.pack_rules import HighRiskItem, Outcome

_CODE = "receipt"


def receipt(ctx: PaperContext) -> Paper:
    """Compose the receipt."""
    return compose(ctx, _CODE, _blocks(ctx), shape="notice")


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    yield Decision(text=decision_text(ctx))
    yield FactTable(rows=tuple(fact_rows(ctx)))
    yield from reason_paragraph(ctx)
    yield Heading(text="请注意")
    yield NumberedItems(items=(*duties(ctx, _CODE), *(Item(text=text) for text in ctx.assessment.reminders)))
    yield from closing(ctx, _CODE)
    yield signatures(ctx, _CODE, sealed=True)


def decision_text(ctx: PaperContext) -> str:
    """Say in one sentence what was done, and until when it is good."""
    registration = ctx.pack.labels.get("registration", local("登记"))
    until = f"，有效期至{day(ctx.valid_until)}" if ctx.valid_until else ""
    return f"下列{ctx.kind_word}已于{day(ctx.accepted_on or ctx.issued_on)}办理{registration}{until}。"


def fact_rows(ctx: PaperContext) -> Iterator[Row]:
    """Give the whole of what was registered."""
    walk_in = ctx.walk_in
    word = "作业" if ctx.is_minor else "工程"
    yield row((f"{word}名称", walk_in.project_name))
    yield row((f"{word}地点", walk_in.place.text))
    yield row((f"{word}内容", walk_in.content))
    yield row(("类别", kind_shown(ctx)))
    yield from risk_rows(ctx)
    yield from measure_rows(ctx)
    owner = walk_in.owner
    yield row((ctx.owner_word, owner.name))
    firm = walk_in.contractor.party
    yield row((ctx.pack.labels.get("contractor", "施工单位"), firm.name), (id_word(firm), id_shown(firm)))
    yield from _firm_rows(ctx)
    yield row(("计划开工", day(walk_in.planned_start_on)), ("计划完工", day(walk_in.planned_end_on)))
    yield from _date_rows(ctx)
    office = ctx.office
    yield row(("受理点", f"{office.station_name}{office.window}"), ("受理人", office.clerk_name))
    if ctx.reviewer:
        yield row(("审核人", ctx.reviewer))


def _firm_rows(ctx: PaperContext) -> Iterator[Row]:
    walk_in = ctx.walk_in
    contractor = walk_in.contractor
    held = contractor.qualification
    if is_natural(contractor.party):
        held = replace(held, number=mask_certificate(held.number))
    qualification = certificate(held, under="资质证书")
    if qualification:
        yield row(("资质证书", qualification))
    side = ctx.owner_word.partition("（")[0]  # brackets within brackets are hard to read
    managers = ((side, walk_in.owner_safety_manager), ("施工方", walk_in.contractor_safety_manager))
    named = "；".join(f"{manager.name}（{side}）" for side, manager in managers if manager.name)
    if named:
        yield row(("安全管理人员", named))
    department = ctx.assessment.industry_department
    led = "" if department in (None, UNDETERMINED) else f"{department}"
    others = "、".join(ctx.assessment.co_departments)
    pair = (("主管部门", f"{led}{f'（协同：{others}）' if others else ''}"), ("拟消纳场所", walk_in.waste_site))
    named_pair = tuple(field for field in pair if field[1])
    if named_pair:
        yield row(*named_pair)
    if ctx.assessment.supervision_required is True:
        yield row(("监理", f"应委托监理单位实施现场监督{in_brackets(ctx.pack.supervision_article)}"))


def _date_rows(ctx: PaperContext) -> Iterator[Row]:
    # Where the rules set no validity the receipt says nothing of one.
    lasts = (("有效期至", day(ctx.valid_until)),) if ctx.valid_until else ()
    yield row(("受理日期", day(ctx.accepted_on)), *lasts)
    if ctx.extension_first and ctx.extension_last:
        window = f"{day(ctx.extension_first)}至{day(ctx.extension_last)}（含首尾两日）"
        yield row(("可以申请延期", f"{window}，{ctx.pack.deadlines.extension_article}"))
    if ctx.site_check_by:
        leaning = "（该年放假安排尚未公布，暂按周一至周五推算）" if ctx.provisional else ""
        yield row(("现场检查", f"最迟{day(ctx.site_check_by)}{leaning}，{ctx.pack.deadlines.site_check_article}"))


def risk_rows(ctx: PaperContext) -> Iterator[Row]:
    """Give the row of the risk; none where the document of the place knows no works of higher risk."""
    if ctx.pack.tells_risk_apart:
        yield row(("风险等级", risk_text(ctx)))


def risk_text(ctx: PaperContext) -> str:
    """Say whether the work is high-risk, with every item that holds and its article."""
    if ctx.is_minor:
        return local("零星作业（不作高风险小型工程判定）")
    if not ctx.assessment.is_high_risk:
        return local("非高风险小型工程")
    shown = [f"{_item_text(ctx, item)}{in_brackets(item.article)}" for item in _fired(ctx)]
    kind = next((k for k in ctx.pack.above_limit_kinds if k.item == ctx.assessment.article4_item), None)
    if kind is not None:
        shown.append(f"{kind.label}，参照纳管{in_brackets(kind.article)}")
    word = ctx.pack.labels.get("high_risk", local("高风险"))
    if ctx.assessment.outcome is Outcome.TREAT_AS_HIGH_RISK:
        word = f"按照{word}管理"
    return f"{word}：{'；'.join(shown)}" if shown else word


def _fired(ctx: PaperContext) -> Iterator[HighRiskItem]:
    return (item for item in ctx.pack.high_risk if item.item in ctx.assessment.high_risk_items)


def _item_text(ctx: PaperContext, item: HighRiskItem) -> str:
    """Name an item by its label; one that joins several cases (｜) by what the assessment says of this matter."""
    reasons = (reason.because for reason in ctx.assessment.reasons_for("high_risk") if reason.item == item.item)
    return next(reasons, item.label).rstrip("。") if "｜" in item.because else item.label
