"""What is posted on site (第十条(三)): the registration, the dangers, the people; nobody's numbers."""

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
from desktop.documents.context import PaperContext
from desktop.documents.papers.letters import high_risk_items
from desktop.documents.papers.parts import Row, closing, compose, duties, kind_shown, opening, row, signatures
from desktop.documents.papers.receipt import decision_text, risk_text
from desktop.documents.wording import BY_HAND, day, fill
from desktop.domain.masking import mask_certificate, mask_name, mask_phone
from desktop.domain.walk_in import PartyKind, SiteManager, Worker

_CODE = "posting"
_EMPTY_ROWS = 6


def posting(ctx: PaperContext) -> Paper:
    """Compose the posting set: one sheet of the registration and its dangers, one of the people, covered."""
    return compose(ctx, _CODE, _blocks(ctx), shape="poster")


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    yield Decision(text=decision_text(ctx))
    yield FactTable(rows=tuple(_site(ctx)))
    yield Heading(text="主要安全风险和要求")
    yield NumberedItems(items=(*high_risk_items(ctx), *duties(ctx, "risk_notice")))
    yield Heading(text=fill(ctx.texts("prohibitions").title, ctx))
    yield NumberedItems(items=tuple(duties(ctx, "prohibitions")))
    yield from closing(ctx, _CODE)
    yield from opening(ctx, _CODE)
    yield PageBreak(title="作业人员信息公示" if ctx.is_minor else "施工人员信息公示")
    yield from _people(ctx)


def _site(ctx: PaperContext) -> Iterator[Row]:
    walk_in = ctx.walk_in
    owner = walk_in.owner
    word = "作业" if ctx.is_minor else "工程"
    yield row((f"{word}名称", walk_in.project_name))
    yield row((f"{word}地点", walk_in.place.text))
    yield row(("类别", kind_shown(ctx)))
    yield row(("风险等级", risk_text(ctx)))
    name = mask_name(owner.name) if owner.kind is PartyKind.PERSON else owner.name
    firm = walk_in.contractor.party
    yield row((ctx.owner_word, name), (ctx.pack.labels.get("contractor", "施工单位"), firm.name))
    yield row(("计划开工", day(walk_in.planned_start_on)), ("计划完工", day(walk_in.planned_end_on)))
    yield row(("登记编号", ctx.number))
    yield row(("有效期至", day(ctx.valid_until)))


def _people(ctx: PaperContext) -> Iterator[Block]:
    walk_in = ctx.walk_in
    yield FactTable(rows=(row(("工程（作业）", walk_in.project_name)), row(("登记编号", ctx.number))))
    yield Heading(text="现场负责人员")
    yield ItemTable(
        headers=("职责", "姓名", "联系电话"),
        rows=(
            _manager(f"{ctx.owner_word}安全管理人员", walk_in.owner_safety_manager),
            _manager("施工单位安全管理人员", walk_in.contractor_safety_manager),
            _manager("项目负责人", walk_in.contractor.project_manager),
        ),
        widths=(60, 50, 60),
    )
    yield Heading(text="作业人员")
    rows = [_worker(number, worker) for number, worker in enumerate(walk_in.workers, start=1)]
    rows += [(str(len(rows) + 1 + spare), "", "", "", "", "") for spare in range(_EMPTY_ROWS - len(rows))]
    yield ItemTable(
        headers=("序号", "姓名", "工种", "操作证类别", "操作证号", "有效期至"),
        rows=tuple(rows),
        widths=(13, 24, 24, 28, 48, 33),
    )
    yield Paragraph(text=f"现场应急联系电话（施工作业单位填写）：{BY_HAND * 3}", indent=False)
    yield Paragraph(text="作业人员姓名、操作证号和各人电话已遮盖，完整信息存受理点备查。", indent=False)
    yield signatures(ctx, _CODE, sealed=True)


def _manager(duty: str, manager: SiteManager) -> tuple[str, ...]:
    return duty, manager.name, mask_phone(manager.phone)


def _worker(number: int, worker: Worker) -> tuple[str, ...]:
    certificate = worker.certificate
    return (
        str(number),
        mask_name(worker.name),
        worker.trade,
        certificate.kind,
        mask_certificate(certificate.number) if certificate.number else "",
        day(certificate.valid_to),
    )
