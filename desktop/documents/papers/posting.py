"""What is posted on site : the registration, the dangers, the people; nobody's numbers.

The rules have the owner of a small work post the contents of receipt, commitment letters, risk notice and list of
workers.  Read with the protection of personal data, this set is an edition of its own for the passer-by: page one
holds what receipt and risk notice say, page two the people.  It shows no number of an identity document, no
certificate number (a T-number is the ID number), no phone and no home of a natural person; names of workers and of
a natural person as owner or contractor are covered, those in charge on site are named, for they answer for it.
The letters hang beside it: they name who promises and cover the same numbers, as do receipt and risk notice.
There is no such duty for minor operations; their board says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import (
    Block,
    Decision,
    FactTable,
    Heading,
    ItemTable,
    NumberedItems,
    PageBreak,
    Paper,
    Paragraph,
)
from desktop.documents.context import PaperContext, is_natural
from desktop.documents.papers.letters import dangers, high_risk_items
from desktop.documents.papers.parts import Row, closing, compose, duties, headed_duties, kind_shown, row, signatures
from desktop.documents.papers.receipt import decision_text, risk_rows
from desktop.documents.wording import BY_HAND, day
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.masking import mask_name
from desktop.domain.walk_in import Party, Worker

_CODE = "posting"
_EMPTY_ROWS = 6


def posting(ctx: PaperContext) -> Paper:
    """Compose the posting set: one sheet of the registration and its dangers, one of the people, covered."""
    return compose(ctx, _CODE, _blocks(ctx), shape="poster")


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    yield Decision(text=decision_text(ctx))
    yield FactTable(rows=tuple(_site(ctx)))
    yield Heading(text="主要安全风险和要求")
    yield NumberedItems(items=(*high_risk_items(ctx), *dangers(ctx)))
    yield from headed_duties(ctx, "prohibitions")
    yield from closing(ctx, _CODE)
    for item in duties(ctx, _CODE):
        yield Paragraph(text=f"{item.text}{in_brackets(item.article)}")
    yield PageBreak(title="作业人员信息公示" if ctx.is_minor else "施工人员信息公示")
    yield from _people(ctx)


def _site(ctx: PaperContext) -> Iterator[Row]:
    walk_in = ctx.walk_in
    word = "作业" if ctx.is_minor else "工程"
    yield row((f"{word}名称", walk_in.project_name))
    yield row((f"{word}地点", walk_in.place.text))
    yield row(("类别", kind_shown(ctx)))
    yield from risk_rows(ctx)
    firm = ctx.pack.labels.get("contractor", "施工单位")
    yield row((ctx.owner_word, _posted_name(walk_in.owner)), (firm, _posted_name(walk_in.contractor.party)))
    yield row(("计划开工", day(walk_in.planned_start_on)), ("计划完工", day(walk_in.planned_end_on)))
    yield row((local("登记编号"), ctx.number))
    if ctx.valid_until:
        yield row(("有效期至", day(ctx.valid_until)))


def _people(ctx: PaperContext) -> Iterator[Block]:
    walk_in = ctx.walk_in
    yield FactTable(rows=(row(("工程（作业）", walk_in.project_name)), row((local("登记编号"), ctx.number))))
    yield Heading(text="现场负责人员")
    firm = ctx.pack.labels.get("contractor", "施工单位")
    in_charge = (
        (f"{ctx.owner_word}安全管理人员", walk_in.owner_safety_manager),
        (f"{firm}安全管理人员", walk_in.contractor_safety_manager),
        ("项目负责人", walk_in.contractor.project_manager),
    )
    rows = tuple((duty, manager.name) for duty, manager in in_charge)
    yield ItemTable(headers=("职责", "姓名"), rows=rows, widths=(85, 85))
    yield Heading(text="作业人员")
    workers = [_worker(number, worker) for number, worker in enumerate(walk_in.workers, start=1)]
    workers += [(str(len(workers) + 1 + spare), "", "", "", "") for spare in range(_EMPTY_ROWS - len(workers))]
    headers = ("序号", "姓名", "工种", "特种作业操作证类别", "有效期至")
    yield ItemTable(headers=headers, rows=tuple(workers), widths=(15, 30, 35, 50, 40))
    yield Paragraph(text=f"现场应急联系电话（施工作业单位填写）：{BY_HAND * 3}", indent=False)
    yield Paragraph(text="作业人员姓名已遮盖，证件号码和个人电话不公示，完整信息存受理点备查。", indent=False)
    yield signatures(ctx, _CODE, sealed=True)


def _posted_name(party: Party) -> str:
    return mask_name(party.name) if is_natural(party) else party.name


def _worker(number: int, worker: Worker) -> tuple[str, ...]:
    certificate = worker.certificate
    return (
        str(number),
        mask_name(worker.name),
        worker.trade,
        certificate.kind,
        day(certificate.valid_to),
    )
