"""Close-out (注销): application, record of the check on site, and the receipt that ends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop.documents.blocks import Block, Decision, FactTable, Heading, ItemTable, Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.site_blank import blank_site_paper
from desktop.documents.site_paper import (
    Row,
    SitePaper,
    closing,
    duty_list,
    opening,
    registration_paper,
    row,
    signatures,
    site_rows,
)
from desktop.documents.wording import day
from desktop.domain.closing_out import closeout_needs
from desktop.domain.life_acts import CloseOutKind, CloseOutNeed, NeedProof, WasteRecord
from desktop.domain.local_rules import in_brackets, local

APPLICATION = "closeout_application"
CHECK = "closeout_check"
RECEIPT = "closeout_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutWords:
    """One close-out: its days, who applied, the waste, the needs, and what the check on site found."""

    kind: CloseOutKind = CloseOutKind.COMPLETED
    completed_on: date | None = None
    applied_on: date | None = None
    apply_by: date | None = None
    days_late: int = 0
    applicant: str = ""
    waste: WasteRecord | None = None
    needs: tuple[CloseOutNeed, ...] = ()
    is_complete: bool | None = None
    checked_on: date | None = None
    checked_by: str = ""
    check_text: str = ""
    exception_reason: str = ""
    open_numbers: tuple[str, ...] = ()


def closeout_application(ctx: SitePaper, words: CloseOutWords) -> Paper:
    """Compose the application, filled in for the owner to sign."""
    return registration_paper(ctx, APPLICATION, _application(ctx, words, is_blank=False), shape="form")


def closeout_application_blank(ctx: PaperContext) -> Paper:
    """Compose the application with room to write."""
    blank = blank_site_paper(ctx)
    needs = closeout_needs(ctx.walk_in.facts, ctx.pack)
    asks_waste = any(need.proof is NeedProof.WASTE for need in needs)
    words = CloseOutWords(needs=needs, waste=WasteRecord() if asks_waste else None)
    paper = registration_paper(blank, APPLICATION, _application(blank, words, is_blank=True), shape="form")
    return replace(paper, issued_on="")


def closeout_check(ctx: SitePaper, words: CloseOutWords) -> Paper:
    """Compose the record of the check on site (现场核实单)."""
    return registration_paper(ctx, CHECK, _check(ctx, words, is_blank=False), shape="form")


def closeout_check_blank(ctx: PaperContext) -> Paper:
    """Compose the record with room to write, to take along."""
    blank = blank_site_paper(ctx)
    words = CloseOutWords(needs=closeout_needs(ctx.walk_in.facts, ctx.pack))
    return replace(registration_paper(blank, CHECK, _check(blank, words, is_blank=True), shape="form"), issued_on="")


def closeout_receipt(ctx: SitePaper, words: CloseOutWords) -> Paper:
    """Compose the receipt; of a lapse it says so."""

    def blocks() -> Iterator[Block]:
        is_lapse = words.kind is CloseOutKind.LAPSED
        yield from opening(ctx, RECEIPT)
        ended = (
            local("逾期未延期，且与建设单位（业主）失去联系，登记予以注销。")
            if is_lapse
            else local(f"{'经现场核实' if words.checked_on else ''}已经完工，登记予以注销。")
        )
        yield Decision(text=f"{ended}{local('注销日期')}：{day(ctx.issued_on)}。")
        yield FactTable(rows=(*site_rows(ctx), *_ended(words)))
        yield from duty_list(ctx, RECEIPT)
        yield from closing(ctx, RECEIPT)
        yield signatures(ctx, RECEIPT, sealed=True)

    return registration_paper(ctx, RECEIPT, blocks(), shape="notice")


def _application(ctx: SitePaper, words: CloseOutWords, *, is_blank: bool) -> Iterator[Block]:
    yield from opening(ctx, APPLICATION)
    terms = ctx.pack.deadlines
    days = "" if is_blank else _in_time(words)
    has_term = terms.closeout_working_days is not None
    within = f"完工后{terms.closeout_working_days}个工作日内{in_brackets(terms.closeout_article)}"
    in_time = (("是否按期", days or within),) if has_term else ()
    yield FactTable(
        rows=(
            *site_rows(ctx, has_phones=not is_blank),
            row(("完工日期", day(words.completed_on)), ("申报日期", day(words.applied_on))),
            row(("申报人", words.applicant), *in_time),
        ),
        tall=is_blank,
    )
    if words.waste is not None:
        yield Heading(text="建筑废弃物排放与处置")
        yield FactTable(rows=tuple(_waste(words.waste, is_blank=is_blank)), tall=is_blank)
    if words.needs:
        yield Heading(text=local("注销事项"))
        yield _needs_table(words.needs, is_blank=is_blank)
    yield from duty_list(ctx, APPLICATION)
    yield from closing(ctx, APPLICATION)
    yield signatures(ctx, APPLICATION)


def _check(ctx: SitePaper, words: CloseOutWords, *, is_blank: bool) -> Iterator[Block]:
    yield from opening(ctx, CHECK)
    yield FactTable(rows=tuple(site_rows(ctx)), tall=is_blank)
    yield FactTable(
        rows=(
            row(("申报完工日期", day(words.completed_on)), (local("申报注销日期"), day(words.applied_on))),
            row(("核实日期", day(words.checked_on)), ("巡查人员", words.checked_by)),
        ),
        tall=is_blank,
    )
    if not is_blank:
        yield Decision(
            text="现场已经完工。" if words.is_complete else local("现场尚未完工，登记继续有效，完工后重新申报注销。")
        )
    result = "□ 已经完工　　□ 尚未完工\n\n" if is_blank else words.check_text or "与申报一致。"
    yield FactTable(rows=(row(("现场情况", result)),), tall=is_blank)
    if words.needs:
        yield _needs_table(words.needs, is_blank=is_blank)
    yield from closing(ctx, CHECK)
    yield signatures(ctx, CHECK)


def _needs_table(needs: tuple[CloseOutNeed, ...], *, is_blank: bool) -> ItemTable:
    return ItemTable(
        headers=("序号", "事项", "依据", "情况"),
        rows=tuple(
            (str(number), need.text, need.article, "" if is_blank else _state(need))
            for number, need in enumerate(needs, 1)
        ),
        widths=(12, 84, 36, 32),
        tall=is_blank,
    )


def _state(need: CloseOutNeed) -> str:
    if need.is_there:
        return "已办"
    return "待核实" if need.proof is NeedProof.CHECK else "待补"


def _waste(waste: WasteRecord, *, is_blank: bool) -> Iterator[Row]:
    if waste.is_none:
        yield row(("建筑废弃物", "无"))
        return
    yield row(("种类", waste.kind), ("数量", waste.amount))
    yield row(("运输单位", waste.hauler), ("清运日期", day(waste.taken_on)))
    yield row(("消纳场所", waste.site))
    if is_blank:
        yield row(("没有的", "□ 无建筑废弃物"))


def _in_time(words: CloseOutWords) -> str:
    if words.apply_by is None:
        return ""
    due = f"应于{day(words.apply_by)}前申报"
    return f"{due}，超过{words.days_late}个工作日" if words.days_late else f"{due}，按期"


def _ended(words: CloseOutWords) -> Iterator[Row]:
    if words.kind is CloseOutKind.LAPSED:
        yield row((local("注销理由"), words.exception_reason))
        if words.open_numbers:
            yield row(("尚未办结", "、".join(words.open_numbers)))
        return
    yield row(
        ("完工日期", day(words.completed_on)),
        (local("申报注销"), "，".join(filter(None, (day(words.applied_on), _in_time(words))))),
    )
    yield row(("现场核实", day(words.checked_on)), ("巡查人员", words.checked_by))
    if words.waste is not None:
        waste = words.waste
        told = "无" if waste.is_none else "，".join(part for part in (waste.kind, waste.amount, waste.site) if part)
        yield row(("建筑废弃物", told))
    if words.exception_reason:
        yield row(("尚未办结", "、".join(words.open_numbers) or "无"))
        yield row((local("仍予注销的理由"), words.exception_reason))
