"""What the parties sign at acceptance: both commitment letters, the risk notice, the safety guide.

The letters and the notice may hang at the entrance.  A letter names whoever binds himself by it; the
number of a natural person's document stands covered on all of them, nobody's phone or home stands on any.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import Block, FactTable, Heading, Item, NumberedItems, Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import (
    PhonesShown,
    closing,
    compose,
    duties,
    duty_list,
    headed_duties,
    id_shown,
    id_word,
    matter_rows,
    opening,
    row,
    signatures,
)
from desktop.documents.papers.receipt import risk_rows
from desktop.domain.assessment_result import Reason
from desktop.domain.conditions import Always
from desktop.domain.local_rules import local
from desktop.domain.walk_in import Party

# The pack's words for a matter whose facts name no danger of its own.
_USUAL = "usual_risks"


def owner_commitment(ctx: PaperContext) -> Paper:
    """Compose the owner's letter with the owner's duties."""
    return _commitment(ctx, "owner_commitment", ctx.owner_word, ctx.walk_in.owner)


def contractor_commitment(ctx: PaperContext) -> Paper:
    """Compose the contractor's letter with the contractor's duties."""
    word = ctx.pack.labels.get("contractor", "施工单位")
    return _commitment(ctx, "contractor_commitment", word, ctx.walk_in.contractor.party)


def risk_notice(ctx: PaperContext) -> Paper:
    """Compose the risk notice from the items that made the work high-risk and the kinds of danger declared."""
    return compose(ctx, "risk_notice", _risks(ctx), shape="notice")


def safety_guide(ctx: PaperContext) -> Paper:
    """Compose the sheet of requirements and prohibitions, signed as read."""
    return compose(ctx, "safety_guide", _guide(ctx), shape="notice")


def high_risk_items(ctx: PaperContext) -> tuple[Item, ...]:
    """Give each item that made the work high-risk, in words with its article."""
    return tuple(Item(text=r.because.rstrip("。") + "。", article=r.article) for r in fired_reasons(ctx))


def fired_reasons(ctx: PaperContext) -> Iterator[Reason]:
    """Give the reasons of the high-risk verdict, each once."""
    if ctx.assessment.is_high_risk:
        seen = {(r.article, r.because): r for r in ctx.assessment.reasons_for("high_risk")}
        yield from seen.values()


def dangers(ctx: PaperContext) -> tuple[Item, ...]:
    """Give the dangers of the work with what they ask; the usual ones where none was declared."""
    usual = () if names_dangers(ctx) else duties(ctx, _USUAL)
    return (*usual, *duties(ctx, "risk_notice"))


def names_dangers(ctx: PaperContext) -> bool:
    """Say whether the declared facts give a danger of their own: one that does not concern every work."""
    own = (duty for duty in ctx.texts("risk_notice").duties if not isinstance(duty.when, Always))
    return any(ctx.holds(duty.when) for duty in own) or any(fired_reasons(ctx))


def _commitment(ctx: PaperContext, code: str, word: str, party: Party) -> Paper:
    return compose(ctx, code, _promises(ctx, code, word, party), shape="letter")


def _promises(ctx: PaperContext, code: str, word: str, party: Party) -> Iterator[Block]:
    walk_in = ctx.walk_in
    yield from opening(ctx, code)
    yield FactTable(
        rows=(
            row(("工程（作业）", walk_in.project_name)),
            row(("地点", walk_in.place.text)),
            row((word, party.name)),
            row((id_word(party), id_shown(party))),
        )
    )
    yield from duty_list(ctx, code)
    yield from closing(ctx, code)
    yield signatures(ctx, code, signer=party)


def _risks(ctx: PaperContext) -> Iterator[Block]:
    code = "risk_notice"
    yield from opening(ctx, code if names_dangers(ctx) else _USUAL)
    yield FactTable(rows=(*matter_rows(ctx, phones=PhonesShown.NONE), *risk_rows(ctx)))
    items = high_risk_items(ctx)
    if items:
        yield Heading(text=local("判定为高风险的情形"))
        yield NumberedItems(items=items)
    yield Heading(text="风险和要求")
    yield NumberedItems(items=dangers(ctx))
    yield from closing(ctx, code)
    yield signatures(ctx, code, sealed=True)


def _guide(ctx: PaperContext) -> Iterator[Block]:
    code = "safety_guide"
    yield from opening(ctx, code)
    yield FactTable(rows=(row(("工程（作业）", ctx.walk_in.project_name)), row(("地点", ctx.walk_in.place.text))))
    yield Heading(text="安全生产要求")
    yield from duty_list(ctx, code)
    yield from headed_duties(ctx, "prohibitions")
    yield from closing(ctx, code)
    yield signatures(ctx, code)
