"""What several papers share: the paper itself with its foot, the pack's duties, the rows of the matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto
from typing import Final

from desktop.documents.blocks import (
    Block,
    Fact,
    FactTable,
    Heading,
    Item,
    NumberedItems,
    Paper,
    Paragraph,
    Shape,
    Signatures,
)
from desktop.documents.context import PaperContext, is_natural
from desktop.documents.foot import foot
from desktop.documents.wording import amount, area, day, fill
from desktop.domain.local_rules import in_brackets
from desktop.domain.masking import mask_id, mask_phone
from desktop.domain.walk_in import IdKind, Party, PartyKind

Row = tuple[Fact, ...]

# Who signs for a party that is no natural person.
_FOR_COMPANIES: Final = "法定代表人"
_STANDS_FOR: Final = {PartyKind.PARTNERSHIP: "执行事务合伙人", PartyKind.SOLE_TRADER: "经营者"}


class PhonesShown(Enum):
    """Which telephone numbers of the parties a paper prints."""

    NONE = auto()  # papers that are posted: a firm's number is mostly somebody's mobile
    COVERED = auto()  # papers handed to the applicant: a natural person's is covered
    OPEN = auto()  # papers for the office and for enforcement


def compose(ctx: PaperContext, code: str, blocks: Iterator[Block], *, shape: Shape = "form", number: str = "") -> Paper:
    """Make a paper of its blocks; title and foot come from the pack."""
    office = ctx.office
    point = office.station_name if office.station_name != office.street_name else ""
    return Paper(
        code=code,
        title=fill(ctx.texts(code).title, ctx),
        number=number or ctx.number,
        issuer="\n".join(part for part in (office.street_name, f"{point}{office.window}") if part),
        template_version=f"{ctx.pack.id} {ctx.pack.version} · {code}",
        shape=shape,
        blocks=tuple(blocks),
        foot=foot(ctx, code),
        issued_on=ctx.issued_on.isoformat() if ctx.issued_on != date.min else "",
    )


def row(*facts: tuple[str, str]) -> Row:
    """Make a row of fields."""
    return tuple(Fact(label=label, value=value) for label, value in facts)


def opening(ctx: PaperContext, code: str) -> Iterator[Block]:
    """Give the pack's opening sentence."""
    text = ctx.texts(code).opening
    if text:
        yield Paragraph(text=fill(text, ctx))


def closing(ctx: PaperContext, code: str) -> Iterator[Block]:
    """Give the pack's closing sentence."""
    text = ctx.texts(code).closing
    if text:
        yield Paragraph(text=fill(text, ctx))


def duties(ctx: PaperContext, code: str) -> Iterator[Item]:
    """Give the pack's duties that concern this matter."""
    for duty in ctx.texts(code).duties:
        if ctx.holds(duty.when):
            yield Item(text=fill(duty.text, ctx), article=duty.article)


def duty_list(ctx: PaperContext, code: str) -> Iterator[Block]:
    """Give the pack's duties as a numbered list."""
    items = tuple(duties(ctx, code))
    if items:
        yield NumberedItems(items=items)


def headed_duties(ctx: PaperContext, code: str) -> Iterator[Block]:
    """Give the pack's duties under their title; nothing where the pack has none for this matter."""
    items = tuple(duties(ctx, code))
    if items:
        yield Heading(text=fill(ctx.texts(code).title, ctx))
        yield NumberedItems(items=items)


def signatures(ctx: PaperContext, code: str, *, sealed: bool = False, signer: Party | None = None) -> Signatures:
    """Give the lines to sign, and the office's seal with the day where the office itself speaks.

    With a ``signer`` the line of whoever stands for it bears the right word: a natural person stands for nobody else.
    """
    office = ctx.office
    lines = tuple(fill(line, ctx) for line in ctx.texts(code).signatures)
    return Signatures(
        lines=lines if signer is None else tuple(_lines_of(signer, lines)),
        seal=(office.station_name or office.street_name) if sealed else "",
        date=day(ctx.issued_on) if sealed else "",
    )


def _lines_of(signer: Party, lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        if _FOR_COMPANIES not in line:
            yield line
        elif signer.kind is not PartyKind.PERSON:
            yield line.replace(_FOR_COMPANIES, _STANDS_FOR.get(signer.kind, _FOR_COMPANIES))


def id_shown(party: Party) -> str:
    """Give a document number as it may be posted: a firm's whole, a person's covered."""
    number = party.id_number.strip()
    return number if party.id_kind is IdKind.CREDIT_CODE else mask_id(number)


def id_word(party: Party) -> str:
    """Name the document of a party."""
    return "信用代码" if party.id_kind is IdKind.CREDIT_CODE else "证件号码"


def matter_rows(
    ctx: PaperContext, *, phones: PhonesShown = PhonesShown.COVERED, refused: bool = False
) -> Iterator[Row]:
    """Give who, what and where: the rows every notice begins with.

    Of a refused matter only what it was declared as is said, without an article that would classify it.
    """
    walk_in = ctx.walk_in

    word = "作业" if ctx.is_minor else "工程"
    yield row((f"{word}名称", walk_in.project_name))
    yield row((f"{word}地点", walk_in.place.text))
    if walk_in.content:
        yield row((f"{word}内容", walk_in.content))
    yield row(("申报类别", declared_shown(ctx)) if refused else ("类别", kind_shown(ctx)))
    yield _party_row(ctx.owner_word, walk_in.owner, phones)
    if walk_in.agent is not None:
        yield _party_row("受委托人", walk_in.agent, phones)
    if walk_in.contractor.party.name:
        yield _party_row(ctx.pack.labels.get("contractor", "施工单位"), walk_in.contractor.party, phones)


def _party_row(label: str, party: Party, phones: PhonesShown) -> Row:
    if phones is PhonesShown.NONE:
        return row((label, party.name))
    covered = phones is PhonesShown.COVERED and is_natural(party)
    return row((label, party.name), ("联系电话", mask_phone(party.phone) if covered else party.phone))


def measure_rows(ctx: PaperContext) -> Iterator[Row]:
    """Give the amount that the limit is of, and the area, of a small work."""
    if ctx.is_minor:
        return
    facts = ctx.walk_in.facts
    contract, investment = amount(facts, "contract_amount_yuan"), amount(facts, "investment_yuan")
    measured = area(facts, "floor_area_m2")
    if not ctx.pack.limits_by_investment:
        yield row(("合同金额", contract), ("施工区域\n建筑面积", measured))
        return
    # No investment of its own is stated where it is that of the contract.
    states_own = facts.number("investment_yuan") is not None
    yield row(("投资额", investment if states_own else contract), ("施工区域\n建筑面积", measured))
    if states_own:
        yield row(("合同金额", contract))


def kind_shown(ctx: PaperContext) -> str:
    """Give kind and category with the category's article."""
    category = ctx.pack.category(ctx.walk_in.facts.text("category"))
    article = category.article if category else ""
    if ctx.is_above_limit:
        # The article of a category speaks of works below the limits; another brings this one in.
        item = ctx.assessment.article4_item
        article = next((kind.article for kind in ctx.pack.above_limit_kinds if kind.item == item), "")
    shown = f"{category.label}{in_brackets(article)}" if category else ""
    is_said_twice = category is not None and category.label == ctx.kind_word
    return "：".join(part for part in ("" if is_said_twice else ctx.kind_word, shown) if part)


def declared_shown(ctx: PaperContext) -> str:
    """Give kind and category as they were declared."""
    category = ctx.pack.category(ctx.walk_in.facts.text("category"))
    return "：".join(dict.fromkeys(part for part in (ctx.declared_word, category.label if category else "") if part))


def matter_table(ctx: PaperContext, *, measured: bool = False) -> FactTable:
    """Give the table of who, what and where."""
    rows = (*matter_rows(ctx), *(measure_rows(ctx) if measured else ()))
    return FactTable(rows=rows)


def reason_paragraph(ctx: PaperContext) -> Iterator[Block]:
    """Give the clerk's own reason, which stays visible wherever it was needed."""
    if ctx.reason:
        yield Paragraph(text=f"经办说明：{ctx.reason}")
