"""Notices that end the matter here: permit needed, must not start, not applicable, go to the street office.

Where the rules themselves give the outcome, their reasons are printed; where the clerk decides with a reason of
their own, only that reason is: the sentences of the assessment would argue for another outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.documents.blocks import (
    Block,
    Decision,
    FactTable,
    Heading,
    Item,
    NumberedItems,
    Paper,
    Paragraph,
    Signatures,
    Spacer,
)
from desktop.documents.context import PaperContext
from desktop.documents.grounds import is_by_rule
from desktop.documents.papers.parts import (
    PhonesShown,
    closing,
    compose,
    duties,
    matter_rows,
    measure_rows,
    opening,
    reason_paragraph,
    row,
    signatures,
)
from desktop.documents.wording import BY_HAND, day, fill
from desktop.domain.acts import StationKind
from desktop.domain.assessment_result import Reason
from desktop.domain.conditions import evaluate
from desktop.domain.counter_rules import PROPERTY_POINT
from desktop.domain.local_rules import local


def permit_notice(ctx: PaperContext) -> Paper:
    """Compose the notice to apply for a construction permit elsewhere, with both numbers."""
    text = local("本工程应当向有关部门申请办理施工许可手续，本受理点不予登记。")
    department = _lead_department(ctx)
    asked = f"{department}（由哪个部门受理施工许可，请先向其询问）" if department else "请向本窗口咨询"
    where = FactTable(
        rows=(
            row(("行业主管部门", asked)),
            row(("地址、电话", f"请向本窗口咨询，电话{ctx.office.phone or BY_HAND}")),
        )
    )
    return _notice(ctx, "permit_notice", text, measured=True, where=(where,))


def must_not_start(ctx: PaperContext) -> Paper:
    """Compose the notice not to start."""
    text = f"不得开工建设和生产作业；本受理点已将情况转{fill('{enforcement}', ctx)}跟进处理。"
    return _notice(ctx, "must_not_start", text, measured=True)


def not_applicable(ctx: PaperContext) -> Paper:
    """Compose the notice that the matter is none of those registered."""
    return _notice(ctx, "not_applicable", local("本事项不属于安全生产信息登记的范围，本受理点不予登记。"))


def to_street_office(ctx: PaperContext) -> Paper:
    """Compose the slip that sends the person to the street office, or to the property company where it takes it in."""
    is_here = ctx.office.station_kind is StationKind.PROPERTY_COMPANY
    if ctx.assessment.acceptance_point == PROPERTY_POINT and not is_here:
        text, where = local("请向物业服务企业申报，办理安全生产信息登记。"), tuple(_to_bring(ctx))
    else:
        text = f"请到{ctx.office.street_name}{local('现场办理安全生产信息登记。')}"
        where = (_street_office(ctx), *_to_bring(ctx))
    return _notice(ctx, "to_street_office", text, reasons=("acceptance_point", "high_risk"), where=where)


def transfer_sheet(ctx: PaperContext) -> Paper:
    """Compose the sheet that hands the matter to enforcement, with its reply slip."""
    return compose(ctx, "transfer_sheet", _transfer(ctx), shape="notice", number=ctx.transfer_number)


def _street_office(ctx: PaperContext) -> FactTable:
    """Give where the street office is and when it opens; what nobody set is written by hand."""
    office = ctx.office
    is_here = office.station_kind is StationKind.STREET_OFFICE
    address = office.street_office_address or (office.address if is_here else "")
    phone = office.street_office_phone or (office.phone if is_here else "")
    return FactTable(
        rows=(
            row(("办理地点", f"{office.street_name}（{address or BY_HAND * 2}）")),
            row(("联系电话", phone or BY_HAND * 2)),
            row(("办公时间", (office.hours if is_here else "") or f"{BY_HAND * 2}（请先打电话问清）")),
        )
    )


def _to_bring(ctx: PaperContext) -> Iterator[Block]:
    """List what the rules ask of the matter, so that nobody goes to the street office in vain."""
    rules = [ctx.pack.material(code) for code in ctx.assessment.required_materials]
    if rules:
        is_paper = {not rule.is_information for rule in rules}
        both = "请带齐下列材料、备好下列信息"
        yield Heading(text=both if len(is_paper) > 1 else "请带齐下列材料" if True in is_paper else "请备好下列信息")
        yield NumberedItems(items=tuple(Item(text=rule.label, article=rule.article) for rule in rules))


def _lead_department(ctx: PaperContext) -> str:
    """Name who leads the trade of a work that is not registered here; empty where the facts leave it open."""
    for rule in ctx.pack.departments:
        holds = evaluate(rule.when, ctx.facts, ctx.pack.numbers()).holds if rule.lead else False
        if holds is not False:
            return rule.department if holds else ""
    return ""


def _notice(
    ctx: PaperContext,
    code: str,
    decision: str,
    *,
    reasons: Sequence[str] = ("outcome",),
    measured: bool = False,
    where: Sequence[Block] = (),
) -> Paper:
    def blocks() -> Iterator[Block]:
        yield from opening(ctx, code)
        rows = matter_rows(ctx, refused=not ctx.assessment.registrable or code == "not_applicable")
        yield FactTable(rows=(*rows, *(measure_rows(ctx) if measured else ())))
        yield Decision(text=decision)
        yield from _because(ctx, code, reasons)
        next_steps = tuple(_next_steps(ctx, code))
        if next_steps or where:
            yield Heading(text="接下来怎么办")
        yield from where
        if next_steps:
            yield NumberedItems(items=next_steps)
        yield from closing(ctx, code)
        yield signatures(ctx, code, sealed=True)

    return compose(ctx, code, blocks(), shape="notice")


def _because(ctx: PaperContext, code: str, decides: Sequence[str]) -> Iterator[Block]:
    by_rule = is_by_rule(code, ctx.assessment)
    items = tuple(_reasons(ctx.assessment.reasons_for(*decides))) if by_rule else ()
    if not items and not ctx.reason:
        return
    yield Heading(text="理由和依据")
    if items:
        yield NumberedItems(items=items)
        yield from reason_paragraph(ctx)
    else:
        yield Paragraph(text=ctx.reason)


def _next_steps(ctx: PaperContext, code: str) -> Iterator[Item]:
    """Give what to do now; of a matter that is not registered, only what follows from the article it rests on."""
    articles = {reason.article for reason in ctx.assessment.reasons_for("outcome")}
    for item in duties(ctx, code):
        if code != "not_applicable" or (item.article in articles and is_by_rule(code, ctx.assessment)):
            yield item


def _reasons(reasons: Sequence[Reason]) -> Iterator[Item]:
    for article, because in dict.fromkeys((reason.article, reason.because) for reason in reasons):
        yield Item(text=because, article=article)


def _transfer(ctx: PaperContext) -> Iterator[Block]:
    code = "transfer_sheet"
    office = ctx.office
    body = fill("{enforcement}", ctx)
    yield Paragraph(text=f"{body}：", indent=False, bold=True)
    yield from opening(ctx, code)
    yield FactTable(
        rows=(
            row(("转出单位", office.station_name or office.street_name), ("经办人", office.clerk_name)),
            row(("联系电话", office.phone), ("转出日期", day(ctx.issued_on))),
            *matter_rows(ctx, phones=PhonesShown.OPEN, refused=True),
            row((f"{ctx.owner_word}证件", ctx.walk_in.owner.id_number)),
            *measure_rows(ctx),
        )
    )
    yield from _because(ctx, code, ("outcome",))
    yield Heading(text="附件")
    yield NumberedItems(
        items=(
            Item(text=f"{ctx.texts('must_not_start').title}（编号 {ctx.number}）1 份"),
            Item(text=f"其他：{BY_HAND * 4}"),
        )
    )
    yield Signatures(seal=office.station_name or office.street_name, date=day(ctx.issued_on))
    yield Heading(text="回执联")
    yield from closing(ctx, code)
    yield FactTable(
        rows=(
            row(("接收单位", body), ("转办单编号", ctx.transfer_number or ctx.number)),
            row(("接收人", ""), ("接收日期", "　　　　年　　月　　日")),
            row(("办理情况", "\n\n")),
        ),
        tall=True,
    )
    yield Spacer(millimetres=2)
