"""What is done, how much it is and when: kind and category, name and content, amounts, plan and funding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.facts import MINOR_OPERATION, NOT_APPLICABLE, SMALL_WORK, UNKNOWN, FactValue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.views.intake.answers import OneOfKeys, SeveralChoice
from desktop.views.intake.form_group import FormGroup
from desktop.views.shared.editors import AmountEdit, AreaEdit, DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

# The pack's own words for 小型工程 are long; both fit on one line in these.
_KINDS: Final = ((SMALL_WORK, "小型工程"), (MINOR_OPERATION, "零星作业"))
_LONG_TEXT: Final = 1000


class KindGroup(FormGroup):
    """Which of the two kinds, and which category of it."""

    def __init__(self, pack: PolicyPack, parent: QWidget | None = None) -> None:
        super().__init__("类别", "kind", parent)
        self._pack = pack
        self.kind = OneOfKeys([(kind, local(words)) for kind, words in _KINDS if kind in pack.kinds()])
        self.category = PickList()
        self.line(
            self.field("facts.kind", "类别", self.kind),
            self.field("facts.category", "类型", self.category, label_characters=2),
            stretches=(2, 3),
        )
        self.kind.changed.connect(self.offer_categories)
        # Where the rules know one kind only there is nothing to choose.
        self._only = pack.kinds()[0] if len(pack.kinds()) == 1 else ""
        self.kind.set_value(self._only)
        self.offer_categories()

    def read(self) -> dict[str, FactValue]:
        """Give kind and category; what is not chosen is unknown."""
        return {"kind": self.kind.value() or UNKNOWN, "category": self.category.value() or UNKNOWN}

    def write(self, facts: Mapping[str, FactValue]) -> None:
        """Show kind and category, without signals."""
        self.kind.set_value(_text(facts, "kind") or self._only)
        self.offer_categories()
        self.category.set_value(_text(facts, "category"))

    def offer_categories(self) -> None:
        """Offer the categories of the chosen kind; one of the other kind does not stay."""
        kind = self.kind.value()
        self.category.set_options([(each.code, each.label) for each in self._pack.categories if each.kind == kind])
        self.category.setEnabled(bool(kind))


class WorkGroup(FormGroup):
    """What the work is called, what is done, and of what nature it is."""

    def __init__(self, pack: PolicyPack, parent: QWidget | None = None) -> None:
        super().__init__("做什么", "work", parent)
        self.project_name = TextField()
        self.content = TextField(limit=_LONG_TEXT)
        self.natures = SeveralChoice(
            [(each.code, each.label) for each in pack.choices.get("work_natures", ())], has_none=False
        )
        self.line(self.field("project_name", "名称", self.project_name))
        self.line(self.field("content", "内容", self.content))
        self._natures_row = self.field("facts.work_natures", "工程性质", self.natures)
        self.line(self._natures_row)

    def read(self) -> dict[str, FactValue]:
        """Give the facts asked here that were answered."""
        value = self.natures.value()
        return {} if value is UNKNOWN or not self._natures_row.isVisibleTo(self) else {"work_natures": value}

    def write(self, project_name: str, content: str, *, facts: Mapping[str, FactValue]) -> None:
        """Show name, content and natures, without signals."""
        self.project_name.set_value(project_name)
        self.content.set_value(content)
        value = facts.get("work_natures", UNKNOWN)
        texts = tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else UNKNOWN
        self.natures.set_value(texts)

    def ask_natures(self, asks: bool) -> None:
        """Small works have a nature; minor operations have none."""
        self._natures_row.setVisible(asks)


class AmountsGroup(FormGroup):
    """Contract amount and area, which decide the limits, and the figures the supervision rule measures."""

    def __init__(self, pack: PolicyPack, parent: QWidget | None = None) -> None:
        super().__init__("多大", "size", parent)
        self.amount, self.area = AmountEdit(), AreaEdit()
        self.investment, self.building = AmountEdit(), AreaEdit()
        limit, of_investment = _about(pack, "limit_amount_yuan"), pack.limits_by_investment
        self.line(
            self.field("facts.contract_amount_yuan", "合同金额", self.amount, article="" if of_investment else limit),
            self.field(
                "facts.floor_area_m2", "施工面积", self.area, article=_about(pack, "limit_area_m2"), label_characters=4
            ),
        )
        self.line(
            self.field(
                "facts.investment_yuan",
                "总投资额",
                self.investment,
                help_text="限额按投资额计算；与合同金额相同的不填" if of_investment else "与合同金额不同时才填",
                article=limit if of_investment else _about(pack, "supervision_investment_yuan"),
            ),
            self.field(
                "facts.building_area_m2",
                "建筑面积",
                self.building,
                help_text="与施工面积不同时才填",
                article=_about(pack, "supervision_area_m2"),
                label_characters=4,
            ),
        )

    def read(self) -> dict[str, FactValue]:
        """Give the figures: empty ones that decide are unknown, the others are not stated."""
        amount = self.amount.yuan()
        facts: dict[str, FactValue] = {
            "contract_amount_yuan": UNKNOWN if amount is None else amount,
            "floor_area_m2": self.area.area(),
        }
        if (investment := self.investment.yuan()) is not None:
            facts["investment_yuan"] = investment
        if (building := self.building.area()) is not UNKNOWN:
            facts["building_area_m2"] = building
        return facts

    def write(self, facts: Mapping[str, FactValue]) -> None:
        """Show the figures, without signals."""
        for name, amount in (("contract_amount_yuan", self.amount), ("investment_yuan", self.investment)):
            value = facts.get(name)
            amount.set_yuan(value if isinstance(value, Decimal) else None)
        for name, area in (("floor_area_m2", self.area), ("building_area_m2", self.building)):
            value = facts.get(name)
            area.set_area(value if isinstance(value, Decimal) or value is NOT_APPLICABLE else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When, with whose money, and where the waste goes."""

    start_on: date | None
    end_on: date | None
    funding: str
    waste_site: str


class PlanGroup(FormGroup):
    """Planned days, funding, and the site that takes the waste."""

    def __init__(self, pack: PolicyPack, parent: QWidget | None = None) -> None:
        super().__init__("计划", "plan", parent)
        self.start, self.end = DayEdit(), DayEdit()
        self.funding = PickList(
            [(each.code, each.label) for each in pack.choices.get("funding", ())], allows_other=True
        )
        self.waste_site = TextField()
        self.start_row = self.field("planned_start_on", "计划开工", self.start)
        self.end_row = self.field("planned_end_on", "计划完工", self.end)
        self.line(self.start_row, self.end_row)
        self.line(
            self.field("funding", "资金来源", self.funding), self.field("waste_site", "消纳场所", self.waste_site)
        )

    def read(self) -> Plan:
        """Give the plan as typed."""
        return Plan(
            start_on=self.start.day(),
            end_on=self.end.day(),
            funding=self.funding.value(),
            waste_site=self.waste_site.value(),
        )

    def write(self, plan: Plan) -> None:
        """Show a plan, without signals."""
        self.start.set_day(plan.start_on)
        self.end.set_day(plan.end_on)
        self.funding.set_value(plan.funding)
        self.waste_site.set_value(plan.waste_site)

    def name_for(self, kind: str) -> None:
        """Use the kind's own words for the days."""
        is_minor = kind == MINOR_OPERATION
        self.start_row.set_label("作业开始" if is_minor else "计划开工")
        self.end_row.set_label("作业结束" if is_minor else "计划完工")


def _about(pack: PolicyPack, parameter: str) -> str:
    """Give the article of a parameter that a figure is held against; empty where the pack has none."""
    known = pack.parameters.get(parameter)
    return known.article if known else ""


def _text(facts: Mapping[str, FactValue], name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""
