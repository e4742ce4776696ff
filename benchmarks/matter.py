"""An ordinary matter at the window, with every paper in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.facts import Facts
from desktop.domain.walk_in import Contractor, MaterialCheck, Party, Place, Verdict, WalkIn
from desktop.services.desk import Desk


def minor_operation(desk: Desk) -> WalkIn:
    """Give a shop sign to be put up."""
    facts = Facts({"kind": "minor_operation", "category": "signboard", "in_public_area": True})
    matter = WalkIn(
        facts=facts,
        project_name="坪安路18号门楣招牌安装",
        content="安装招牌",
        place=Place(community="坪安社区", estate="坪安路18号"),
        owner=Party(name="深圳市和顺餐饮管理有限公司"),
        contractor=Contractor(party=Party(name="深圳市云望广告标识有限公司")),
        planned_start_on=date.today(),
    )
    for line in desk.intake.preview(matter).lines:
        matter = matter.with_check(MaterialCheck(code=line.code, verdict=Verdict.IN_ORDER))
    return replace(matter, facts=facts.with_facts(contract_amount_yuan=Decimal(9000)))
