"""What the papers of a site's life are composed from, and what they share: the site's rows, duties, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, Fact, Item, NumberedItems, Paper, Paragraph, Shape, Signatures
from desktop.documents.titles import TITLES
from desktop.documents.wording import BY_HAND, day
from desktop.domain.acts import Office
from desktop.domain.conditions import evaluate
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.masking import mask_phone
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import PaperTexts
from desktop.domain.site import Site

Row = tuple[Fact, ...]

_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePaper:
    """One paper about one site: the office that speaks, the pack it rests on, its number and its day."""

    office: Office
    pack: PolicyPack
    site: Site
    number: str
    issued_on: date

    @property
    def is_minor(self) -> bool:
        """Say whether the work is a minor operation (零星作业)."""
        return self.site.kind == MINOR_OPERATION

    @property
    def owner_word(self) -> str:
        """Give the word for the owner: 业主 of a minor operation, 建设单位 else."""
        labels = self.pack.labels
        owner = labels.get("owner_minor_operation", local("业主"))
        return owner if self.is_minor else labels.get("owner_small_work", owner)

    @property
    def contractor_word(self) -> str:
        """Give the pack's word for who works."""
        return self.pack.labels.get("contractor", local("生产经营单位"))

    def texts(self, code: str) -> PaperTexts:
        """Give the pack's wording of one paper; where the pack has none, only our own title for it."""
        return self.pack.papers.get(code) or PaperTexts(code=code, title=TITLES.get(code, ""))

    def fill(self, text: str) -> str:
        """Put the names of this site into the ``{places}`` of a pack's sentence."""
        office, labels = self.office, self.pack.labels
        places = {
            "owner": self.owner_word,
            "contractor": self.contractor_word,
            "kind": self.pack.label_of("kind", self.site.kind) if self.site.kind else "",
            "hotlines": "、".join(self.pack.hotlines),
            "enforcement": office.enforcement_body or labels.get("enforcement_body", ""),
            "street": office.street_name,
            "station": office.station_name or office.street_name,
            "phone": office.phone,
            "hours": office.hours,
            "address": office.address,
        }
        return _PLACE.sub(lambda place: places.get(place[1], place[0]) or BY_HAND, text)


def site_paper(
    ctx: SitePaper, code: str, blocks: Iterable[Block], *, shape: Shape = "notice", foot: tuple[str, ...] = ()
) -> Paper:
    """Make a paper of its blocks; title from the pack, foot with the rules it rests on and any sentences before."""
    office, pack, wording = ctx.office, ctx.pack, ctx.texts(code).basis
    point = office.station_name if office.station_name != office.street_name else ""
    return Paper(
        code=code,
        title=ctx.fill(ctx.texts(code).title),
        number=ctx.number,
        issuer="\n".join(part for part in (office.street_name, f"{point}{office.window}") if part),
        template_version=f"{pack.id} {pack.version} · {code}",
        shape=shape,
        blocks=tuple(blocks),
        foot=(*foot, *((f"本文书的用语依据{wording}",) if wording else ()), pack.basis_on(ctx.issued_on)),
        issued_on=ctx.issued_on.isoformat(),
    )


def registration_paper(ctx: SitePaper, code: str, blocks: Iterable[Block], *, shape: Shape = "notice") -> Paper:
    """Make a paper about a registration: its foot says what registration is in law."""
    pack = ctx.pack
    nature = (f"{pack.legal_nature}{in_brackets(pack.legal_nature_article)}",) if pack.legal_nature else ()
    return site_paper(ctx, code, blocks, shape=shape, foot=nature)


def opening(ctx: SitePaper, code: str) -> Iterator[Block]:
    """Give the pack's opening sentence."""
    if text := ctx.texts(code).opening:
        yield Paragraph(text=ctx.fill(text))


def closing(ctx: SitePaper, code: str) -> Iterator[Block]:
    """Give the pack's closing sentence."""
    if text := ctx.texts(code).closing:
        yield Paragraph(text=ctx.fill(text))


def duty_list(ctx: SitePaper, code: str) -> Iterator[Block]:
    """Give the pack's duties that concern this site as a numbered list, each with its article."""
    numbers = ctx.pack.numbers()
    items = tuple(
        Item(text=ctx.fill(duty.text), article=duty.article)
        for duty in ctx.texts(code).duties
        if evaluate(duty.when, ctx.site.facts, numbers).holds is True
    )
    if items:
        yield NumberedItems(items=items)


def signatures(ctx: SitePaper, code: str, *, sealed: bool = False, seal: str = "") -> Signatures:
    """Give the lines to sign, and the seal with the day where the office (or ``seal``) itself speaks."""
    office = ctx.office
    return Signatures(
        lines=tuple(ctx.fill(line) for line in ctx.texts(code).signatures),
        seal=(seal or office.station_name or office.street_name) if sealed else "",
        date=day(ctx.issued_on) if sealed else "",
    )


def row(*facts: tuple[str, str]) -> Row:
    """Make a row of fields."""
    return tuple(Fact(label=label, value=value) for label, value in facts)


def site_rows(ctx: SitePaper, *, has_phones: bool = False) -> Iterator[Row]:
    """Give what, where and who: the rows every paper of a site begins with; telephones covered unless asked for."""
    site, word = ctx.site, "作业" if ctx.is_minor else "工程"
    number = local("登记编号") if site.is_registered else "发现编号"
    yield row((f"{word}名称", site.project_name), (number, site.number))
    yield row((f"{word}地点", site.place), ("社区", site.community))
    kind = ctx.pack.label_of("kind", site.kind) if site.kind else ""
    classed = ("类别", "：".join(dict.fromkeys(part for part in (kind, site.category_label) if part)))
    # Where the document knows no works of higher risk nothing is said of it.
    knows_risk = ctx.pack.tells_risk_apart or site.high_risk or site.escalated_on is not None
    yield row(classed, ("风险", _risk(site))) if knows_risk else row(classed)
    for label, name, phone in (
        (ctx.owner_word, site.owner_name, site.owner_phone),
        (ctx.contractor_word, site.contractor_name, site.contractor_phone),
    ):
        yield row((label, name), ("联系电话", phone if has_phones else mask_phone(phone)))


def _risk(site: Site) -> str:
    if site.high_risk:
        return local("高风险")
    if site.escalated_on is not None:
        return local("提级参照高风险管理")
    return local("非高风险") if site.high_risk is False else "待判定"
