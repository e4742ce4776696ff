"""Orders of enforcement: only an officer issues one, on a clause of the rules, with name and certificate number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.access import BY_INDUSTRY, Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.order import OrderKind, OrderRequest
from desktop.domain.walk_in import WalkIn
from desktop.models.issued_document import IssuedDocument
from desktop.services.desk import Desk
from tests.integration.at_work import OFFICER, person, work_as
from tests.integration.conftest import Decide, count_of


@pytest.fixture
def filed(desk: Desk, decide: Decide, complete: WalkIn) -> Decided:
    """A registered filing; the officer is at work."""
    decided = decide(complete)
    work_as(desk, OFFICER)
    return decided


def stop(filing_id: int, **changes: Any) -> OrderRequest:
    """An order to stop, as an officer would fill it in."""
    values: dict[str, Any] = {
        "act_id": "order-1",
        "filing_id": filing_id,
        "kind": OrderKind.STOP,
        "clause": "beyond_scope",
        "facts": "3月2日上午现场检查，发现正在拆除承重墙",
        "asked": "立即停止拆除，恢复支撑，等待复查",
        "certificate_number": "粤LG00001",
    }
    return OrderRequest(**{**values, **changes})


@pytest.mark.requirement("LG-30-4a", "LG-21-2a")
def test_an_order_has_its_own_number_and_names_clause_officer_and_certificate(desk: Desk, filed: Decided) -> None:
    paper = desk.orders.issue(stop(filed.filing_id, due_on=date(2026, 3, 10)))
    assert (paper.number, paper.code) == ("PA-ZL-2026-000001", "stop_order")
    with desk.database.reading() as session:
        stored = session.scalars(select(IssuedDocument).where(IssuedDocument.id == paper.id)).one().paper
    words = str(stored)
    for said in ("第三十条(四)", "正在拆除承重墙", "立即停止拆除", "郑执", "粤LG00001", "2026年3月10日"):
        assert said in words, said
    assert stored["issuer"] == "坪安街道办事处\n坪安街道综合行政执法队"
    assert desk.issuing.pdf(paper.id).startswith(b"%PDF")
    last = desk.ledger.file(filed.filing_id).timeline[-1]
    assert (last.act, last.who, last.paper_ids) == ("order", "郑执", (paper.id,))
    assert desk.ledger.ids(LedgerCriteria(text=paper.number)) == (filed.filing_id,), "found by the order's number"
    assert desk.orders.last_certificate() == "粤LG00001"


@pytest.mark.requirement("LG-30-1b")
def test_an_order_to_put_right_needs_a_day_that_is_not_past(desk: Desk, filed: Decided) -> None:
    rectify = stop(filed.filing_id, kind=OrderKind.RECTIFY, clause="untrained")
    for due_on in (None, date(2026, 3, 1)):
        with pytest.raises(ClerkError) as caught:
            desk.orders.issue(replace(rectify, due_on=due_on))
        assert caught.value.details["fields"] == ("due_on",)
    paper = desk.orders.issue(replace(rectify, due_on=date(2026, 3, 9)))
    assert paper.title == "责令限期改正通知书"


@pytest.mark.requirement("LG-30-4a")
def test_an_order_wants_a_clause_of_the_rules_that_speaks_of_it_and_every_word(desk: Desk, filed: Decided) -> None:
    for wrong in ("", "invented", "untrained"):
        with pytest.raises(ClerkError) as caught:
            desk.orders.issue(stop(filed.filing_id, clause=wrong))
        assert caught.value.code == "order_incomplete"
        assert caught.value.details["fields"] == ("clause",)
    with pytest.raises(ClerkError) as caught:
        desk.orders.issue(stop(filed.filing_id, facts=" ", asked="", certificate_number=""))
    assert caught.value.details["fields"] == ("facts", "asked", "certificate_number")
    assert count_of(desk, "enforcement_order") == 0
    assert desk.orders.issue(stop(filed.filing_id)).number.endswith("000001"), "no number was lost"


@pytest.mark.requirement("LG-30-4a")
def test_every_clause_on_offer_is_one_of_the_draft_and_speaks_of_its_orders(desk: Desk) -> None:
    offered = {clause.code: clause for kind in OrderKind for clause in desk.orders.clauses(kind)}
    assert all(clause.article.startswith(("第三十条(", "第三十六条")) for clause in offered.values())
    assert "untrained" not in {clause.code for clause in desk.orders.clauses(OrderKind.STOP)}
    assert not any("第三十条(七)" in clause.article for clause in offered.values()), (
        "it asks for 提级, not for an order"
    )


@pytest.mark.requirement("LG-30-4a")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ENFORCEMENT_OFFICER])
def test_nobody_but_an_enforcement_officer_issues_an_order(desk: Desk, filed: Decided, role: Role) -> None:
    somebody = person(9, "不是执法", role)
    if role in BY_INDUSTRY:
        grant = replace(somebody.grants[0], departments=frozenset({"housing"}))
        somebody = replace(somebody, grants=(grant,))
    work_as(desk, somebody)
    for call in (lambda: desk.orders.issue(stop(filed.filing_id)), lambda: desk.orders.last_certificate()):
        with pytest.raises(ClerkError) as caught:
            call()
        assert caught.value.code == "not_permitted"
    assert count_of(desk, "enforcement_order") == 0


@pytest.mark.requirement("LG-30-4a")
def test_an_officer_of_another_community_issues_none_here(desk: Desk, filed: Decided) -> None:
    work_as(desk, person(9, "别处", Role.ENFORCEMENT_OFFICER, areas=frozenset({"新禾社区"})))
    with pytest.raises(ClerkError) as caught:
        desk.orders.issue(stop(filed.filing_id))
    assert caught.value.code == "no_such_filing"


@pytest.mark.requirement("LG-30-4a")
def test_the_same_order_twice_is_one_and_the_acceptance_keeps_its_own_papers(
    desk: Desk, filed: Decided, complete: WalkIn
) -> None:
    assert desk.orders.issue(stop(filed.filing_id)) == desk.orders.issue(stop(filed.filing_id))
    assert count_of(desk, "enforcement_order") == 1
    assert desk.orders.issue(stop(filed.filing_id, act_id="order-2")).number == "PA-ZL-2026-000002"
    work_as(desk, person(1, "林晓", Role.WINDOW_CLERK))
    done = desk.intake.decided_before("act-1")
    assert done is not None
    assert done.papers == filed.papers
