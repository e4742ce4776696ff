"""Blank forms for people who came without: powers of attorney, consent, briefing record; filled as far as known."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import Block, FactTable, ItemTable, Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import Row, closing, compose, opening, row, signatures
from desktop.documents.papers.registration_form import form_blocks
from desktop.domain.walk_in import Party

_BRIEFED = 10


def blank_registration_form(ctx: PaperContext) -> Paper:
    """Compose the registration form with room to write."""
    return compose(ctx, "registration_form", form_blocks(ctx, blank=True))


def power_of_attorney(ctx: PaperContext) -> Paper:
    """Compose the authority of whoever files for the owner."""
    walk_in = ctx.walk_in
    rows = (*_party("委托人", walk_in.owner), *_party("受委托人", walk_in.agent or Party()), *_work(ctx))
    return _form(ctx, "power_of_attorney", rows)


def owner_consent(ctx: PaperContext) -> Paper:
    """Compose the consent of the property owner."""
    walk_in = ctx.walk_in
    rows = (
        *_party("房屋产权人", walk_in.property_owner or Party()),
        row(("权属凭证名称", ""), ("权属凭证编号", "")),
        row(("申报人", walk_in.owner.name), ("与产权人关系", "")),
        *_work(ctx),
    )
    return _form(ctx, "owner_consent", rows)


def manager_authorisation(ctx: PaperContext) -> Paper:
    """Compose the firm's authority for its project manager."""
    contractor = ctx.walk_in.contractor
    manager = contractor.project_manager
    rows = (
        *_party("企业名称", contractor.party),
        row(("项目负责人", manager.name), ("联系电话", manager.phone)),
        row(("证件号码", ""), ("执业证书", manager.certificate.number)),
        *_work(ctx),
    )
    return _form(ctx, "manager_authorisation", rows)


def briefing_record(ctx: PaperContext) -> Paper:
    """Compose the record of the safety briefing before work."""

    def blocks() -> Iterator[Block]:
        yield from opening(ctx, "briefing_record")
        yield FactTable(
            rows=(
                *_work(ctx),
                row(("施工作业单位", ctx.walk_in.contractor.party.name), ("交底日期", "")),
                row(("现场危险因素", "\n\n")),
                row(("作业安全要求", "\n\n")),
                row(("应急措施", "\n\n")),
            ),
            tall=True,
        )
        rows = tuple((str(n), "", "", str(n + 1), "", "") for n in range(1, _BRIEFED + 1, 2))
        headers = ("序号", "被交底人签名", "工种", "序号", "被交底人签名", "工种")
        yield ItemTable(headers=headers, rows=rows, widths=(12, 44, 29, 12, 44, 29), tall=True)
        yield signatures(ctx, "briefing_record")

    return compose(ctx, "briefing_record", blocks())


def _form(ctx: PaperContext, code: str, rows: tuple[Row, ...]) -> Paper:
    def blocks() -> Iterator[Block]:
        yield from opening(ctx, code)
        yield FactTable(rows=rows, tall=True)
        yield from closing(ctx, code)
        yield signatures(ctx, code)

    return compose(ctx, code, blocks())


def _party(label: str, party: Party) -> Iterator[Row]:
    yield row((label, party.name))
    yield row(("证件号码", party.id_number), ("联系电话", party.phone))


def _work(ctx: PaperContext) -> Iterator[Row]:
    walk_in = ctx.walk_in
    yield row(("工程作业名称", walk_in.project_name))
    yield row(("地点", walk_in.place.text))
    yield row(("内容", walk_in.content))
