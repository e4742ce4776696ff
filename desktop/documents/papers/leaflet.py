"""The leaflet 登记办事指南: where, when, what to bring, whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, Decision, Heading, Item, ItemTable, NumberedItems, Paper, Paragraph
from desktop.domain.acts import Office
from desktop.domain.conditions import evaluate
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK, Facts
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.organisations import AcceptanceScope, Organisation
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import MaterialRule

TITLE: Final = "小型工程和零星作业登记办事指南"
_SCOPES: Final = {
    AcceptanceScope.NONE: "咨询",
    AcceptanceScope.MINOR_OPERATIONS: "零星作业",
    AcceptanceScope.NON_HIGH_RISK: "零星作业、非高风险小型工程",
    AcceptanceScope.ALL: "全部，包括高风险小型工程",
}
# An ordinary applicant: comes in person, has a contract, nothing of high risk.
_ORDINARY: Final = {
    "agent": False,
    "applicant_is_owner": True,
    "high_risk": False,
    "self_performed": False,
    "no_contract": False,
}


def leaflet(points: Sequence[Organisation], *, office: Office, pack: PolicyPack, on: date) -> Paper:
    """Compose the leaflet from the register of points; without any the office itself is the one to go to."""
    return Paper(
        code="leaflet",
        title=local(TITLE),
        number="",
        issuer=office.street_name,
        template_version=f"{pack.id} {pack.version} · leaflet",
        shape="poster",
        blocks=tuple(_blocks(points, office, pack)),
        foot=(pack.basis_on(on),),
        issued_on=on.isoformat(),
    )


def _blocks(points: Sequence[Organisation], office: Office, pack: PolicyPack) -> Iterator[Block]:
    yield Decision(text=local("开工、作业之前，先来登记。"))
    yield Heading(text="到哪里、什么时候")
    rows = tuple(_point_row(point) for point in points) or (_office_row(office),)
    headers = ("受理点", "地址", "时间", "电话", "受理什么")
    yield ItemTable(headers=headers, rows=rows, widths=(24, 24, 24, 34, 18))
    for kind, word in ((SMALL_WORK, local("小型工程")), (MINOR_OPERATION, local("零星作业"))):
        required, depending = _materials(pack, kind)
        said = [rule.label for rule in pack.materials if kind in rule.kinds and rule.is_information]
        if required or depending or said:
            yield Heading(text=f"{word}带什么")
        if required:
            yield NumberedItems(items=tuple(Item(text=one.label, article=one.article) for one in required))
        if said:
            yield Paragraph(text=f"当场说明：{'、'.join(said)}。", indent=False)
        if depending:
            named = "、".join(dict.fromkeys(one.label for one in depending))
            yield Paragraph(text=f"视情况还要：{named}。窗口会一次告知。", indent=False)
    if pack.hotlines:
        yield Heading(text=f"安全生产举报电话：{'、'.join(pack.hotlines)}")
    if pack.legal_nature:
        yield Paragraph(text=f"{pack.legal_nature}{in_brackets(pack.legal_nature_article)}", indent=False, small=True)


def _point_row(point: Organisation) -> tuple[str, ...]:
    return (point.name, point.address, point.hours, point.phone or "—", local(_SCOPES[point.scope]))


def _office_row(office: Office) -> tuple[str, ...]:
    return (office.station_name or office.street_name, office.address, office.hours, office.phone, local("登记和咨询"))


def _materials(pack: PolicyPack, kind: str) -> tuple[list[MaterialRule], list[MaterialRule]]:
    facts = Facts({**_ORDINARY, "kind": kind})
    rules: Iterable[MaterialRule] = (rule for rule in pack.materials if kind in rule.kinds and not rule.is_information)
    required: list[MaterialRule] = []
    depending: list[MaterialRule] = []
    for rule in rules:
        holds = evaluate(rule.required, facts, pack.numbers()).holds
        if holds:
            required.append(rule)
        elif holds is None:
            depending.append(rule)
    return required, depending
