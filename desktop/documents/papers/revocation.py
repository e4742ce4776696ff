"""The notice of revocation (撤销登记告知书)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Paper, Paragraph
from desktop.documents.site_paper import SitePaper, closing, duty_list, opening, row, signatures, site_paper, site_rows
from desktop.documents.wording import day
from desktop.domain.life_acts import Ground
from desktop.domain.local_rules import in_brackets, local

CODE = "revocation_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationWords:
    """Why a registration is revoked: the ground with its article, the facts, the evidence, and who decided."""

    ground: Ground
    ground_text: str
    facts: str
    evidence: str
    decided_by: str
    transfer_to: str = ""


def revocation_notice(ctx: SitePaper, words: RevocationWords) -> Paper:
    """Compose the notice for the owner, with room to sign for its delivery."""

    def blocks() -> Iterator[Block]:
        if ctx.site.owner_name:
            yield Paragraph(text=f"{ctx.site.owner_name}：", indent=False, bold=True)
        yield from opening(ctx, CODE)
        yield FactTable(rows=(*site_rows(ctx), row((local("登记日期"), day(ctx.site.accepted_on)), *_end(ctx))))
        yield Decision(text=local(f"上述安全生产信息登记无效，自{day(ctx.issued_on)}起予以撤销。"))
        yield Heading(text="理由和依据")
        ground = words.ground
        yield Paragraph(text=f"{words.ground_text or ground.label}{in_brackets(ground.article)}。")
        yield Heading(text="查明的事实")
        yield Paragraph(text=_sentence(words.facts))
        yield Heading(text="证据")
        yield Paragraph(text=_sentence(words.evidence))
        yield Heading(text="告知事项")
        yield from duty_list(ctx, CODE)
        yield from closing(ctx, CODE)
        yield FactTable(rows=(row(("作出决定", words.decided_by), ("决定日期", day(ctx.issued_on))),))
        yield signatures(ctx, CODE, sealed=True)

    return site_paper(ctx, CODE, blocks(), shape="notice")


def _end(ctx: SitePaper) -> tuple[tuple[str, str], ...]:
    return (("有效期至", day(ctx.site.valid_until)),) if ctx.site.valid_until else ()


def _sentence(typed: str) -> str:
    return typed if typed.endswith(("。", "！", "？", "”", "：")) else f"{typed}。"
