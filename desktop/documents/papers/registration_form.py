"""The registration form (登记表): printed from what was typed for signature, or blank."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import Row, closing, compose, kind_shown, measure_rows, opening, row, signatures
from desktop.documents.papers.receipt import risk_rows
from desktop.documents.wording import amount, area, certificate, day
from desktop.domain.walk_in import Party, SiteManager, Worker

_CODE = "registration_form"
_BLANK_WORKERS = 4


def registration_form(ctx: PaperContext) -> Paper:
    """Compose the form with everything that was declared; numbers stand whole, the office keeps it."""
    return compose(ctx, _CODE, form_blocks(ctx, blank=False))


def form_blocks(ctx: PaperContext, *, blank: bool) -> Iterator[Block]:
    """Give the form; a blank one has room to write by hand."""
    yield Heading(text=f"一、{'作业' if ctx.is_minor else '工程'}")
    yield FactTable(rows=tuple(_work(ctx, blank=blank)), tall=blank)
    yield Heading(text="二、单位和人员")
    yield FactTable(rows=tuple(_parties(ctx, blank=blank)), tall=blank)
    yield from _workers(ctx, blank=blank)
    yield from opening(ctx, _CODE)
    yield from closing(ctx, _CODE)
    yield signatures(ctx, _CODE)


def _work(ctx: PaperContext, *, blank: bool) -> Iterator[Row]:
    walk_in = ctx.walk_in
    word = "作业" if ctx.is_minor else "工程"
    yield row((f"{word}名称", walk_in.project_name))
    place = walk_in.place
    label = "片区网格" if place.sub_area else "社区网格"
    yield row(("地点", place.text), (label, " ".join(part for part in (place.sub_area, place.grid) if part)))
    yield row((f"{word}内容", walk_in.content))
    yield row(("类别", "" if blank else kind_shown(ctx)))
    if not blank:
        yield from risk_rows(ctx)
    yield from measure_rows(ctx)
    if not ctx.is_minor:
        yield from _further_measures(ctx, blank=blank)
        yield row(
            ("资金来源", ctx.pack.label_of("funding", walk_in.funding) if walk_in.funding else ""),
            ("拟消纳场所", walk_in.waste_site),
        )
    yield row(("计划开工", day(walk_in.planned_start_on)), ("计划完工", day(walk_in.planned_end_on)))
    insurances = "；".join(f"{i.kind} {i.insurer} {i.policy_number}".strip() for i in walk_in.insurances)
    if insurances or blank:
        yield row(("保险", insurances))


def _further_measures(ctx: PaperContext, *, blank: bool) -> Iterator[Row]:
    """Give the amount that no limit is of and the building area, where they are stated; both to fill in by hand."""
    facts, of_investment = ctx.walk_in.facts, ctx.pack.limits_by_investment
    label, key = ("合同金额", "contract_amount_yuan") if of_investment else ("工程投资额", "investment_yuan")
    if blank:
        yield row((label, ""), ("建筑面积", ""))
        return
    # What the limit is of stands above, the contract amount beside it where the two differ.
    other = () if of_investment else ((label, amount(facts, key)),)
    states_other = bool(other) and facts.number(key) is not None
    if states_other or facts.number("building_area_m2") is not None:
        yield row(*other, ("建筑面积", area(facts, "building_area_m2")))


def _parties(ctx: PaperContext, *, blank: bool) -> Iterator[Row]:
    walk_in = ctx.walk_in
    contractor = walk_in.contractor
    yield from _party(ctx.owner_word, walk_in.owner)
    if walk_in.agent is not None or blank:
        yield from _party("受委托人", walk_in.agent or Party())
    if walk_in.property_owner is not None or (blank and not ctx.is_minor):
        yield from _party("房屋产权人", walk_in.property_owner or Party())
    yield from _party(ctx.pack.labels.get("contractor", "施工单位"), contractor.party)
    if not ctx.is_minor:
        for label, own in (("资质证书", contractor.qualification), ("安全生产许可证", contractor.safety_licence)):
            yield row((label, certificate(own, under=label)))
    managers = (
        (f"{ctx.owner_word}\n安全管理人员", walk_in.owner_safety_manager),
        ("施工单位\n安全管理人员", walk_in.contractor_safety_manager),
        ("项目负责人", contractor.project_manager),
    )
    for label, manager in managers:
        if manager.name or blank:
            yield _manager(label, manager)
    for label, party in (("设计单位", walk_in.designer), ("监理单位", walk_in.supervisor)):
        if party is not None and party.name:
            yield row((label, party.name), ("联系电话", party.phone))
    if walk_in.property_company:
        yield row(("物业服务企业", walk_in.property_company))


def _party(label: str, party: Party) -> Iterator[Row]:
    yield row((label, party.name), ("证件号码", party.id_number))
    contact = party.contact_name if party.contact_name != party.name else ""
    yield row(("联系人", contact), ("联系电话", party.phone))


def _manager(label: str, manager: SiteManager) -> Row:
    return row((label, manager.name), ("联系电话", manager.phone))


def _workers(ctx: PaperContext, *, blank: bool) -> Iterator[Block]:
    rows = [_worker(number, worker) for number, worker in enumerate(ctx.walk_in.workers, start=1)]
    if blank:
        rows = [(str(number), "", "", "", "", "") for number in range(1, _BLANK_WORKERS + 1)]
    if rows:
        yield Heading(text="三、作业人员和特种作业证件")
        yield ItemTable(
            headers=("序号", "姓名", "工种", "操作证类别", "操作证号", "有效期至"),
            rows=tuple(rows),
            widths=(12, 24, 26, 28, 50, 30),
            tall=blank,
        )


def _worker(number: int, worker: Worker) -> tuple[str, ...]:
    own = worker.certificate
    return str(number), worker.name, worker.trade, own.kind, own.number, day(own.valid_to)
