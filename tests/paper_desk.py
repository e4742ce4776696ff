"""Decided matters for the tests of printed papers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.documents.blocks import Paper, texts_of
from desktop.documents.context import PaperContext
from desktop.documents.registry import bundle
from desktop.domain.acts import Act
from desktop.domain.assess import assess
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar
from tests import factories

NUMBER = "PA-DJ-2026-000012"
# What stands only on an accepted matter.
NOT_ACCEPTED: dict[str, Any] = {
    "accepted_on": None,
    "valid_until": None,
    "extension_first": None,
    "extension_last": None,
    "site_check_by": None,
}
UNSIGNED_CONTRACT = Deficiency(
    code="28-4",
    label="工程委托合同或者协议书",
    problem="未签名或者未盖章",
    cure="带双方签字的合同。",
    article="第二十八条(四)",
)


def words_of(paper: Paper) -> str:
    """Give all words of a paper, a line each."""
    return "\n".join(texts_of(paper))


def small_work(**facts: Any) -> WalkIn:
    """A complete small work with some facts changed."""
    return factories.walk_in(factories.small_work_facts(**facts))


def high_risk_work() -> WalkIn:
    """A high-risk small work: hot work in a crowded place, digging and a gas line."""
    return small_work(crowded_place_hot_work=True, hot_work=True, earthwork=True, gas_line_change=True)


def minor_operation() -> WalkIn:
    """A person's signboard job six metres up."""
    facts = factories.minor_facts(special_operations=("high_work",), work_height_m=Decimal(6))
    return factories.walk_in(facts, owner=factories.person())


class Desk:
    """Makes contexts of papers, accepted ones unless said otherwise, with the shipped pack."""

    def __init__(self, pack: PolicyPack, calendar: WorkdayCalendar) -> None:
        self.pack = pack
        self.calendar = calendar

    def context(self, walk_in: WalkIn, **changes: Any) -> PaperContext:
        facts = decisive_facts(walk_in, filed_on=factories.FILED_ON, channel="walk_in_street_office")
        found = assess(facts.with_facts(accepted_on=factories.FILED_ON), self.pack, self.calendar)
        plain = PaperContext(
            office=factories.office(),
            pack=self.pack,
            walk_in=walk_in,
            assessment=found,
            number=NUMBER,
            issued_on=factories.FILED_ON,
            accepted_on=factories.FILED_ON,
            valid_until=found.validity_end,
            extension_first=found.extension_first,
            extension_last=found.extension_last,
            site_check_by=found.site_check_by,
        )
        return replace(plain, **changes)

    def paper(self, act: Act, code: str, walk_in: WalkIn, **changes: Any) -> Paper:
        return next(paper for paper in bundle(act, self.context(walk_in, **changes)) if paper.code == code)
