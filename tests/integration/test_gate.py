"""The gate closes every form a statement can take, for scopes by community and by trade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.models.filing import Filing, FilingDepartment, FilingNumber, FilingVisit, VisitMaterial
from desktop.models.issued_document import IssuedDocument
from desktop.models.known_party import KnownParty
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk, open_desk
from tests import factories

OURS, THEIRS = 1, 2
Other = aliased(Filing)
_AnyVisit = aliased(FilingVisit)
_SEEN = select(Filing.id, Filing.place).subquery()
_SEEN_FIRST = select(Filing.id).cte()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two filings of the same people: 1 in 坪安社区 of housing, 2 in 新禾社区 of another trade."""
    folder: Path = tmp_path_factory.mktemp("gate")
    desk = open_desk(folder, today=lambda: factories.FILED_ON)
    desk.office.set_up(factories.office())
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    for number, community in ((OURS, "坪安社区"), (THEIRS, "新禾社区")):
        walk_in = replace(matter, place=replace(matter.place, community=community))
        desk.intake.decide(DecisionRequest(act_id=f"act-{number}", act=Act.ACCEPT, walk_in=walk_in))
    with desk.database.writing(is_whole=True) as session:
        session.execute(delete(FilingDepartment))
        session.add(FilingDepartment(filing_id=OURS, code="住建", is_lead=True))
        session.add(FilingDepartment(filing_id=THEIRS, code="城管", is_lead=True))
    yield desk
    desk.close()


SCOPES = {
    "community": {"areas": frozenset({"坪安社区"})},
    "trade": {"departments": frozenset({"住建"})},
    "both": {"areas": frozenset({"坪安社区"}), "departments": frozenset({"住建"})},
}


def work_as(desk: Desk, *grants: Grant) -> None:
    desk.ledger._station.work_as(Actor(account_id=7, user_name="wang", name="王", grants=grants))


Ask = Callable[[Session], Any]


def _touched(result: Any) -> int:
    return int(result.rowcount)


ASKED: dict[str, tuple[Ask, Any]] = {
    "get ours": (lambda s: s.get(Filing, OURS) is not None, True),
    "get theirs": (lambda s: s.get(Filing, THEIRS), None),
    "get a visit": (lambda s: s.get(FilingVisit, THEIRS), None),
    "count by condition": (lambda s: s.scalar(select(func.count()).where(FilingVisit.id > 0)), 1),
    "count all": (lambda s: s.scalar(select(func.count()).select_from(Filing)), 1),
    "count ids": (lambda s: s.scalar(select(func.count(Filing.id))), 1),
    "group": (lambda s: [n for _, n in s.execute(select(Filing.status, func.count()).group_by(Filing.status))], [1]),
    "aliased": (lambda s: s.scalars(select(Other.id)).all(), [OURS]),
    "joined to itself": (
        lambda s: s.execute(select(Other.id, Filing.id).where(Other.owner_key == Filing.owner_key)).all(),
        [(OURS, OURS)],
    ),
    "joined": (
        lambda s: s.scalars(select(FilingVisit.id).join(Filing, Filing.id == FilingVisit.filing_id)).all(),
        [OURS],
    ),
    "outer join": (
        lambda s: s.scalars(
            select(FilingNumber.filing_id).outerjoin(FilingVisit, FilingVisit.number == FilingNumber.number)
        ).all(),
        [OURS],
    ),
    "aliased outer join": (
        lambda s: s.execute(select(FilingNumber.filing_id, Other.id).outerjoin(Other, Other.owner_key != "")).all(),
        [(OURS, OURS)],
    ),
    "outer join to itself": (
        lambda s: s.execute(select(Filing.id, Other.id).outerjoin(Other, Other.owner_key == Filing.owner_key)).all(),
        [(OURS, OURS)],
    ),
    "outer join to another visit": (
        lambda s: s.execute(
            select(FilingVisit.id, _AnyVisit.id).outerjoin(_AnyVisit, _AnyVisit.act == FilingVisit.act)
        ).all(),
        [(OURS, OURS)],
    ),
    "subquery": (lambda s: s.scalars(select(_SEEN.c.id)).all(), [OURS]),
    "common table": (lambda s: s.scalars(select(_SEEN_FIRST.c.id)).all(), [OURS]),
    "union": (lambda s: s.scalars(select(Filing.id).union(select(FilingVisit.filing_id))).all(), [OURS]),
    "exists": (lambda s: s.scalar(select(select(Filing.id).where(Filing.id == THEIRS).exists())), False),
    "scalar subquery": (lambda s: s.scalar(select(select(func.count(FilingVisit.id)).scalar_subquery())), 1),
    "materials": (lambda s: set(s.scalars(select(VisitMaterial.visit_id))), {OURS}),
    "papers": (lambda s: set(s.scalars(select(IssuedDocument.filing_id))), {OURS}),
    "events": (lambda s: set(s.scalars(select(AuditEvent.filing_id))), {OURS}),
    "parties of both": (lambda s: len(s.scalars(select(KnownParty)).all()), 2),
    "update": (lambda s: _touched(s.execute(update(Filing).values(visits=Filing.visits))), 1),
    "update theirs": (lambda s: _touched(s.execute(update(Filing).where(Filing.id == THEIRS).values(visits=9))), 0),
    "delete": (lambda s: _touched(s.execute(delete(VisitMaterial).where(VisitMaterial.visit_id == THEIRS))), 0),
    "old query": (lambda s: [row.id for row in s.query(Filing.id)], [OURS]),
}


@pytest.mark.requirement("YC-A4c", "YC-A4e", "YC-A4g")
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("form", ASKED)
def test_no_form_of_statement_reaches_beyond_the_scope(both: Desk, form: str, scope: str) -> None:
    work_as(both, Grant(role=Role.WINDOW_CLERK, **SCOPES[scope]))
    ask, expected = ASKED[form]
    with both.database.writing() as session:
        assert ask(session) == expected
        session.rollback()


@pytest.mark.parametrize("form", ["get ours", "count all", "aliased", "events", "papers", "parties of both"])
def test_whoever_holds_no_grant_sees_nothing(both: Desk, form: str) -> None:
    work_as(both)
    with both.database.reading() as session:
        assert not ASKED[form][0](session)


def test_scopes_of_several_grants_add_up(both: Desk) -> None:
    work_as(
        both,
        Grant(role=Role.PATROLLER, areas=frozenset({"坪安社区"})),
        Grant(role=Role.CITY_DEPARTMENT_USER, departments=frozenset({"城管"})),
    )
    with both.database.reading() as session:
        assert session.scalars(select(Filing.id).order_by(Filing.id)).all() == [OURS, THEIRS]


@pytest.mark.requirement("LG-P1")
def test_a_list_by_community_reads_the_index_and_not_the_whole_ledger(both: Desk) -> None:
    work_as(both, Grant(role=Role.PATROLLER, areas=frozenset({"坪安社区"})))
    asked = select(Filing.id).order_by(Filing.filed_on.desc(), Filing.id.desc())
    assert "ix_filing_community" in plan_of(both, asked)
    assert "SCAN visit" not in plan_of(both, select(FilingVisit.id).where(FilingVisit.filing_id == OURS))


def plan_of(desk: Desk, asked: Any) -> str:
    """Give how SQLite answers a statement, as it leaves the gate."""
    from sqlalchemy import event

    caught: list[tuple[str, Any]] = []

    def catch(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        caught.append((statement, parameters))

    with desk.database.reading() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", catch)
        session.execute(asked).all()
        event.remove(engine, "before_cursor_execute", catch)
        statement, parameters = caught[-1]
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row[-1]) for row in rows)


def test_a_joined_alias_is_closed_anew_for_the_next_scope(both: Desk) -> None:
    asked = select(Filing.id, Other.id).outerjoin(Other, Other.owner_key == Filing.owner_key)
    for community, seen in (("坪安社区", OURS), ("新禾社区", THEIRS), ("坪安社区", OURS)):
        work_as(both, Grant(role=Role.WINDOW_CLERK, areas=frozenset({community})))
        with both.database.reading() as session:
            assert session.execute(asked).all() == [(seen, seen)]
