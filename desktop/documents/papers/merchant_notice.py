"""The merchant notice (商户告知单): one sheet for who opens a shop, before the work begins.

Where to register, what to bring, in what time, what must not be done.  It says what the pack says and no more: where
the document of the place sets no period, none is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.documents.blocks import Block, Decision, Heading, Item, NumberedItems, Paper, Paragraph, Signatures
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import closing, compose, duties, opening
from desktop.documents.wording import day
from desktop.domain.acts import CHANNEL_OF
from desktop.domain.conditions import evaluate
from desktop.domain.facts import SMALL_WORK, Facts
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.organisations import Organisation
from desktop.domain.pack_rules import MaterialRule

CODE: Final = "merchant_notice"
_MOST_POINTS: Final = 4
# What a shop mostly does when it opens, declared as nothing else: who takes that in, and what has to be brought.
_SHOP: Final = Facts(
    {
        "kind": SMALL_WORK,
        "category": "nonresidential_decoration",
        "agent": False,
        "applicant_is_owner": False,
        "self_performed": False,
        "no_contract": False,
    }
)


def merchant_notice(ctx: PaperContext, points: Sequence[Organisation] = ()) -> Paper:
    """Compose the notice for the shop of the matter, or for every shop where no owner is named."""
    return compose(ctx, CODE, _blocks(ctx, points), shape="notice")


def _blocks(ctx: PaperContext, points: Sequence[Organisation]) -> Iterator[Block]:
    yield Paragraph(text=f"{_addressed(ctx)}：", indent=False, bold=True)
    yield Decision(text=local("先登记，后开工。"))
    if ctx.texts(CODE).opening:
        yield from opening(ctx, CODE)
    else:
        yield Paragraph(
            text=local("店铺装修、改造、修缮、安装招牌等施工和作业，开工之前先办理登记。请按下列事项准备：")
        )
    yield from _listed("到哪里办", [*_counters(ctx, points), *_rules_of_counters(ctx)])
    yield from _materials(ctx)
    yield from _listed("办理期限", list(_periods(ctx)))
    prohibited = list(duties(ctx, "prohibitions"))
    yield from _listed("不得有下列行为", prohibited)
    yield from _listed("施工安全", [*duties(ctx, CODE), *duties(ctx, "safety_guide")])
    if ctx.pack.hotlines:
        yield Heading(text=f"安全生产举报电话：{'、'.join(ctx.pack.hotlines)}")
    yield from closing(ctx, CODE)
    office = ctx.office
    yield Signatures(
        lines=("商户签收：", "日　　期："), seal=office.station_name or office.street_name, date=day(ctx.issued_on)
    )


def _addressed(ctx: PaperContext) -> str:
    walk_in = ctx.walk_in
    place = "".join((walk_in.batch.name, walk_in.place.building, walk_in.place.room))
    name = walk_in.owner.name
    if not name:
        return f"{walk_in.batch.name}各商户"
    return f"{name}（{place}）" if place else name


def _listed(title: str, items: Sequence[Item]) -> Iterator[Block]:
    if items:
        yield Heading(text=title)
        yield NumberedItems(items=tuple(items))


def _counters(ctx: PaperContext, points: Sequence[Organisation]) -> Iterator[Item]:
    office = ctx.office
    told = [(office.station_name or office.street_name, office.address, office.hours, office.phone)]
    told += [(one.name, one.address, one.hours, one.phone) for one in points]
    seen = dict.fromkeys(told[: _MOST_POINTS + 1])
    by_name = {line[0]: line for line in reversed(seen)}
    for name, address, hours, phone in (line for line in seen if by_name[line[0]] is line):
        parts = (
            f"地址：{address}" if address else "",
            f"时间：{hours}" if hours else "",
            f"电话：{phone}" if phone else "",
        )
        yield Item(text="，".join(part for part in (name, *parts) if part) + "。")


def _rules_of_counters(ctx: PaperContext) -> Iterator[Item]:
    """Give the pack's sentences on who takes in what, as far as they may concern a shop."""
    for rule in ctx.pack.counters:
        may_concern = SMALL_WORK in rule.kinds and not rule.told_at_counter
        if may_concern and evaluate(rule.when, _SHOP, ctx.pack.numbers()).holds is not False:
            yield Item(text=rule.because, article=rule.article)


def _materials(ctx: PaperContext) -> Iterator[Block]:
    rules = [rule for rule in ctx.pack.materials if SMALL_WORK in rule.kinds]
    papers = [rule for rule in rules if not rule.is_information]
    required = [rule for rule in papers if _holds(ctx, rule) is True]
    depending = [rule for rule in papers if _holds(ctx, rule) is None]
    said = [rule for rule in rules if rule.is_information and _holds(ctx, rule) is not False]
    lines = (("", required), ("视情况还要：", depending), ("当场说明：", said))
    told = tuple(Item(text=f"{word}{_named(of)}。") for word, of in lines if of)
    if told:
        yield from _listed("带什么材料", told)


def _holds(ctx: PaperContext, rule: MaterialRule) -> bool | None:
    return evaluate(rule.required, _SHOP, ctx.pack.numbers()).holds


def _named(rules: Sequence[MaterialRule]) -> str:
    by_article: dict[str, list[str]] = {}
    for rule in rules:
        by_article.setdefault(rule.article, []).append(rule.label)
    return "；".join(f"{'、'.join(dict.fromkeys(of))}{in_brackets(article)}" for article, of in by_article.items())


def _periods(ctx: PaperContext) -> Iterator[Item]:
    """Give the periods the document sets; one that it does not set is not there."""
    terms = ctx.pack.deadlines
    if terms.feedback_working_days is not None:
        at_once = CHANNEL_OF[ctx.office.station_kind] in terms.on_the_spot_channels
        text = "到窗口申报的，当场答复。" if at_once else f"申报后{terms.feedback_working_days}个工作日内答复。"
        yield Item(text=text, article=terms.feedback_article)
    if terms.validity_months is not None:
        text = f"登记有效期{terms.validity_months}个月；此后还要施工而没有延期的，应当重新登记。"
        yield Item(text=local(text), article=terms.validity_article)
    if terms.extension_window_days is not None:
        text = f"需要延期的，在有效期届满前{terms.extension_window_days}日内申请。"
        yield Item(text=local(text), article=terms.extension_article)
    if terms.closeout_working_days is not None:
        text = f"完工后{terms.closeout_working_days}个工作日内申报注销。"
        yield Item(text=local(text), article=terms.closeout_article)
