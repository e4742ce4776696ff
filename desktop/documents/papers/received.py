"""The list of papers received (收件清单): what was handed in for this matter, in which form, how many.

Verdicts stay with a matter when its kind or its facts change.  The list holds the papers that the rules ask of the
matter as it is, and one beyond them only where the clerk noted in which form it lies on the desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.documents.blocks import Block, ItemTable, Paper, Paragraph
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import closing, compose, matter_table, opening, signatures
from desktop.documents.wording import day
from desktop.domain.walk_in import MaterialCheck, PaperForm, Verdict

_CODE = "papers_received"
_NOT_HANDED_IN = frozenset({Verdict.UNJUDGED, Verdict.MISSING, Verdict.NOT_APPLICABLE})
_FORMS = {
    PaperForm.ORIGINAL: "原件",
    PaperForm.COPY: "复印件",
    PaperForm.ORIGINAL_SEEN: "复印件（原件已核，退还）",
    None: "",
}
_VERDICTS = {
    Verdict.IN_ORDER: "齐全",
    Verdict.UNREADABLE: "不清晰",
    Verdict.UNSIGNED: "未签名盖章",
    Verdict.EXPIRED: "已过期",
    Verdict.INCONSISTENT: "不一致",
    Verdict.OTHER: "其他",
}


def papers_received(ctx: PaperContext) -> Paper:
    """Compose the list of what the person handed over."""
    return compose(ctx, _CODE, _blocks(ctx))


def handed_in(ctx: PaperContext) -> Iterator[MaterialCheck]:
    """Give the materials that lie on the desk for this matter, in the order of the pack."""
    kind = ctx.walk_in.facts.text("kind")
    asked = {*ctx.assessment.required_materials, *ctx.assessment.optional_materials}
    for rule in ctx.pack.materials:
        check = ctx.walk_in.check_of(rule.code)
        is_of_matter = rule.code in asked or (kind in rule.kinds and check.form is not None)
        if is_of_matter and check.verdict not in _NOT_HANDED_IN:
            yield check


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    yield from opening(ctx, _CODE)
    yield matter_table(ctx)
    yield from received_table(ctx)
    if any(check.form is not None for check in handed_in(ctx)):
        yield from closing(ctx, _CODE)
    yield signatures(ctx, _CODE, sealed=True)


def received_table(ctx: PaperContext) -> Iterator[Block]:
    """Give what was handed in as a table with its sum, or that nothing was."""
    checks = tuple(handed_in(ctx))
    if not checks:
        yield Paragraph(text="本次没有收取材料。", indent=False, bold=True)
        return
    yield ItemTable(
        headers=("序号", "材料或者信息", "条款", "形式", "份数", "页数", "核对"),
        rows=tuple(_row(ctx, number, check) for number, check in enumerate(checks, start=1)),
        widths=(12, 45, 38, 28, 12, 12, 23),
    )
    yield Paragraph(text=_sum(ctx, checks), indent=False, bold=True)


def _sum(ctx: PaperContext, checks: Sequence[MaterialCheck]) -> str:
    """Count papers by kind and copy; information that was only stated lies on nobody's desk."""
    papers = [check for check in checks if not ctx.pack.material(check.code).is_information]
    stated = len(checks) - len(papers)
    parts = (
        f"材料共 {len(papers)} 种，{sum(check.copies for check in papers)} 份" if papers else "",
        f"申报信息 {stated} 项" if stated else "",
    )
    return f"{'；'.join(part for part in parts if part)}。"


def _row(ctx: PaperContext, number: int, check: MaterialCheck) -> tuple[str, ...]:
    rule = ctx.pack.material(check.code)
    until = f"，有效期至{day(check.valid_to)}" if check.valid_to else ""
    note = f"{_VERDICTS.get(check.verdict, '')}{until}{f'（{check.remark}）' if check.remark else ''}"
    pages = str(check.pages) if check.pages is not None else ""
    if rule.is_information:
        return str(number), rule.label, rule.article, "信息", "", "", note
    return str(number), rule.label, rule.article, _FORMS[check.form], str(check.copies), pages, note
