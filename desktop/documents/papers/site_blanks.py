"""Blank forms of a site's life, by the same composers as the filled ones; a known matter stands in them already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.context import PaperContext, is_natural
from desktop.documents.papers import briefing, risk_board
from desktop.documents.papers.entrusting import entrustment_paper, responsibility_letter
from desktop.documents.papers.entry_check import entry_check_record
from desktop.documents.papers.leaflet import leaflet
from desktop.documents.papers.on_site import CheckedLine
from desktop.documents.papers.patrol_record import patrol_record
from desktop.documents.papers.site_check import site_check_record
from desktop.documents.papers.standby import standby_record
from desktop.documents.site_paper import SitePaper
from desktop.domain.checking import list_for
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.local_rules import in_brackets
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.site import Site, SiteRef

OnSite = Callable[[SitePaper], Paper]
Compose = Callable[[PaperContext], Paper]


def site_of_matter(ctx: PaperContext) -> SitePaper:
    """Give what a site's papers are composed from out of a matter; its number is empty on a blank form."""
    walk_in, manager = ctx.walk_in, ctx.walk_in.contractor.project_manager
    facts = walk_in.facts
    category = ctx.pack.category(facts.text("category"))
    site = Site(
        ref=SiteRef(),
        number=ctx.number,
        project_name=walk_in.project_name,
        place=walk_in.place.text,
        community=walk_in.place.community,
        kind=facts.text("kind") or "",
        category_label=category.label if category else "",
        owner_name=walk_in.owner.name,
        owner_phone=walk_in.owner.phone,
        contractor_name=walk_in.contractor.party.name,
        contractor_phone=walk_in.contractor.party.phone,
        manager_name=manager.name,
        manager_phone=manager.phone,
        high_risk=ctx.assessment.is_high_risk if ctx.number else None,
        accepted_on=ctx.accepted_on,
        valid_until=ctx.valid_until,
        site_check_by=ctx.site_check_by,
        facts=facts,
    )
    return SitePaper(office=ctx.office, pack=ctx.pack, site=site, number=ctx.number, issued_on=ctx.issued_on)


def board_of_matter(ctx: PaperContext) -> Paper:
    """Compose the board of risks of a matter; natural persons are covered."""
    walk_in = ctx.walk_in
    return risk_board.risk_board(
        site_of_matter(ctx),
        is_owner_firm=not is_natural(walk_in.owner),
        is_contractor_firm=not is_natural(walk_in.contractor.party),
    )


def _entrustment(ctx: PaperContext) -> Paper:
    return _with_nature(ctx, entrustment_paper(None, office=ctx.office, pack=ctx.pack, on=ctx.issued_on))


def _responsibility(ctx: PaperContext) -> Paper:
    return _with_nature(ctx, responsibility_letter(None, office=ctx.office, on=ctx.issued_on))


def _poster(ctx: PaperContext) -> Paper:
    paper = leaflet((), office=ctx.office, pack=ctx.pack, on=ctx.issued_on)
    return replace(_with_nature(ctx, paper), code="guide_poster", issued_on="")


def _with_nature(ctx: PaperContext, paper: Paper) -> Paper:
    pack = ctx.pack
    nature = f"{pack.legal_nature}{in_brackets(pack.legal_nature_article)}" if pack.legal_nature else ""
    basis = pack.basis_on(ctx.issued_on)
    return replace(paper, foot=tuple(text for text in (nature, basis) if text))


def _of_site(compose: OnSite) -> Compose:
    return lambda ctx: compose(site_of_matter(ctx))


def _patrol(ctx: PaperContext) -> Paper:
    on_site, numbers = site_of_matter(ctx), ctx.pack.numbers()
    check_list = list_for(ctx.pack.check_lists, on_site.site, PatrolKind.REGULAR)
    items = check_list.items_for(on_site.site.facts, numbers) if check_list else ()
    lines = [CheckedLine(group=item.group.label, text=item.label, article=item.article) for item in items]
    return patrol_record(on_site, lines=lines)


SITE_BLANKS: Final[Mapping[str, tuple[str, str, Compose]]] = MappingProxyType(
    {
        "patrol_record": ("巡查记录表", SMALL_WORK, _patrol),
        "patrol_record_minor": ("巡查记录表（零星作业）", MINOR_OPERATION, _patrol),
        "standby_record": ("高处作业旁站记录", MINOR_OPERATION, _of_site(standby_record)),
        "entry_check_record": ("进场核查记录", MINOR_OPERATION, _of_site(entry_check_record)),
        "site_check_record": ("高风险首次现场检查记录", SMALL_WORK, _of_site(site_check_record)),
        "technical_briefing": ("安全技术交底记录", SMALL_WORK, _of_site(briefing.technical_briefing)),
        "shift_briefing": ("班前安全生产交底记录", SMALL_WORK, _of_site(briefing.shift_briefing)),
        "risk_board": ("安全风险公示牌（A3）", SMALL_WORK, board_of_matter),
        "entrustment_letter": ("登记服务委托书", SMALL_WORK, _entrustment),
        "responsibility_letter": ("安全管理工作责任书", SMALL_WORK, _responsibility),
        "guide_poster": ("办事指南（张贴）", SMALL_WORK, _poster),
    }
)
