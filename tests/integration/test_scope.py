"""Whatever the ledger and whoever asks: no method and no export gives a filing outside the caller's scope."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from desktop.domain.access import FOUNDER, NOBODY, Actor, Grant, Right, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.ledger import LedgerCriteria
from desktop.models.filing import Filing, FilingDepartment
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.scope_probes import ACTS, LISTS, Target, elsewhere, how

COMMUNITIES = ("坪安社区", "新禾社区", "田心社区")
TRADES = ("住建", "城管", "水务")
_NO_SERVICES = frozenset({"data_folder", "database", "lock", "_keeping"})


@dataclass(frozen=True, slots=True)
class World:
    """A ledger of marked filings that every example distributes anew; Hypothesis is not to print it whole."""

    desk: Desk = field(repr=False)
    targets: tuple[Target, ...] = field(repr=False)

    def distribute(self, places: Sequence[tuple[str, frozenset[str]]]) -> None:
        """Put each filing into a community and some trades."""
        with self.desk.database.writing(is_whole=True) as session:
            session.execute(delete(FilingDepartment))
            for target, (community, trades) in zip(self.targets, places, strict=True):
                session.execute(update(Filing).where(Filing.id == target.id).values(community=community))
                session.add_all(
                    FilingDepartment(filing_id=target.id, code=code, is_lead=False) for code in sorted(trades)
                )

    def work_as(self, *grants: Grant) -> Actor:
        """Let somebody with these grants be at work."""
        actor = Actor(account_id=77, user_name="li", name="李", grants=grants)
        self.desk.ledger._station.work_as(actor)
        return actor


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("scope")
    desk = open_desk(folder / "data", today=lambda: factories.FILED_ON)
    desk.office.set_up(factories.office(communities=COMMUNITIES))
    yield World(desk, tuple(_target(desk, place, folder) for place in range(1, 6)))
    desk.close()


def _target(desk: Desk, place: int, folder: Path) -> Target:
    mark = f"标记{'甲乙丙丁戊'[place - 1]}号"
    matter = factories.walk_in(
        project_name=f"{mark}铺面装修",
        owner=factories.company(f"{mark}餐饮店", contact_name=f"{mark}联系人", phone=f"1380000100{place}"),
    )
    act = Act.NOT_APPLICABLE if place == 5 else Act.ACCEPT
    walk_in = elsewhere(factories.all_in_order(matter, desk.intake.pack()), COMMUNITIES[0])
    decided = desk.intake.decide(
        DecisionRequest(act_id=f"act-{place}", act=act, walk_in=walk_in, reason="业主当场撤回" if place == 5 else "")
    )
    return Target(
        id=decided.filing_id,
        number=decided.number,
        mark=mark,
        act_id=f"act-{place}",
        papers=decided.papers,
        walk_in=walk_in,
        folder=folder,
    )


PLACES = st.lists(
    st.tuples(st.sampled_from(COMMUNITIES), st.frozensets(st.sampled_from(TRADES), max_size=2)), min_size=5, max_size=5
)
GRANTS = st.lists(
    st.builds(
        Grant,
        role=st.sampled_from(Role),
        areas=st.none() | st.frozensets(st.sampled_from(COMMUNITIES), max_size=2),
        departments=st.none() | st.frozensets(st.sampled_from(TRADES), max_size=2),
    ),
    max_size=3,
)
EXAMPLES = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _asked(world: World, probe: Any, target: Target) -> Any:
    try:
        return probe(world.desk, target)
    except (ClerkError, FaultyInput) as refused:
        return refused


def _events(desk: Desk, ids: set[int]) -> int:
    with desk.database.reading(is_whole=True) as session:
        return session.scalar(select(func.count()).where(AuditEvent.filing_id.in_(ids))) or 0


@pytest.mark.requirement("YC-A4a", "YC-A4c", "YC-A4e", "YC-A4g", "YC-2b", "LG-34-0", "LG-P1")
@EXAMPLES
@given(places=PLACES, grants=GRANTS)
def test_nothing_outside_the_scope_comes_out_of_any_service(
    world: World, places: list[tuple[str, frozenset[str]]], grants: list[Grant]
) -> None:
    world.distribute(places)
    actor = world.work_as(*grants)
    seen = {t.id for t, place in zip(world.targets, places, strict=True) if actor.may_for(Right.SEE, *place)}
    hidden = [target for target in world.targets if target.id not in seen]
    before = _events(world.desk, {target.id for target in hidden})
    for name, probe in LISTS.items():
        for target in (*hidden[:1], world.targets[-1]):
            answer = repr(_asked(world, probe, target))
            told = [other.mark for other in hidden if other.mark in answer or other.number in answer]
            assert not told, f"{name} tells of {told}"
    for name, probe in ACTS.items():
        for target in hidden[:2]:
            answer = _asked(world, probe, target)
            assert isinstance(answer, ClerkError) or not answer, f"{name} gives {answer!r}"
    assert _events(world.desk, {target.id for target in hidden}) == before
    if actor.may(Right.SEE):
        assert set(world.desk.ledger.ids(LedgerCriteria())) == seen
        assert world.desk.ledger.decided_today() == len(seen)
        counted = world.desk.ledger.facets(LedgerCriteria())
        assert sum(count for _name, count in counted.communities) == len(seen)


@pytest.mark.requirement("LG-P1")
def test_every_public_method_is_listed_with_how_it_is_held_to_the_scope() -> None:
    hints = get_type_hints(Desk)
    methods = {
        f"{service.name}.{name}"
        for service in fields(Desk)
        if service.name not in _NO_SERVICES
        for name, _member in inspect.getmembers(hints[service.name])
        if not name.startswith("_")
    }
    assert len(methods) > 60
    assert [method for method in sorted(methods) if not how(method)] == []


@pytest.mark.requirement("LG-P1")
def test_while_nobody_is_signed_in_everything_refuses(world: World) -> None:
    world.desk.ledger._station.work_as(NOBODY)
    target = world.targets[0]
    for name, probe in {**LISTS, **ACTS}.items():
        answer = _asked(world, probe, target)
        assert isinstance(answer, ClerkError), name
        assert answer.code == "not_permitted", name
    office = factories.office()
    refused = (
        lambda: world.desk.office.set_up(office),
        lambda: world.desk.office.add_samples(),
        lambda: world.desk.calendar.set_day(date(2026, 3, 3), "rest", name="", source=""),
        lambda: world.desk.issuing.blanks(),
        lambda: world.desk.issuing.draft_papers(target.walk_in, Act.ACCEPT),
        lambda: world.desk.drafts.save("d", target.walk_in),
        lambda: world.desk.drafts.discard("d"),
        lambda: world.desk.revealing.set_shows_area(True),
    )
    for ask in refused:
        with pytest.raises(ClerkError, match="not_permitted"):
            ask()


SEES = {
    Role.CITY_GOVERNMENT_USER: {1, 2, 3, 4},
    Role.CITY_GOVERNMENT_ADMIN: {1, 2, 3, 4},
    Role.CITY_DEPARTMENT_USER: {1, 3},
    Role.CITY_DEPARTMENT_ADMIN: {1, 3},
    Role.DISTRICT_GOVERNMENT_USER: {1, 2},
    Role.DISTRICT_GOVERNMENT_ADMIN: {1, 2},
    Role.DISTRICT_DEPARTMENT_USER: {1},
    Role.DISTRICT_DEPARTMENT_ADMIN: {1},
}


@pytest.mark.requirement("YC-A4a", "YC-A4b", "YC-A4c", "YC-A4d", "YC-A4e", "YC-A4f", "YC-A4g", "YC-A4h")
@pytest.mark.parametrize("role", SEES)
def test_the_roles_of_annex_4_see_their_area_and_trade_and_accept_nothing(world: World, role: Role) -> None:
    housing, greening = frozenset({"住建"}), frozenset({"城管"})
    world.distribute(
        [
            (COMMUNITIES[0], housing),
            (COMMUNITIES[0], greening),
            (COMMUNITIES[1], housing),
            (COMMUNITIES[1], greening),
            (COMMUNITIES[2], frozenset()),
        ]
    )
    districts = frozenset(COMMUNITIES[:2]) if role.value.startswith("city") else frozenset(COMMUNITIES[:1])
    actor = world.work_as(
        Grant(role=role, areas=districts, departments=housing if "department" in role.value else None)
    )
    desk = world.desk
    numbered = {target.id: place for place, target in enumerate(world.targets, 1)}
    assert {numbered[found] for found in desk.ledger.ids(LedgerCriteria())} == SEES[role]
    assert {Right.REVIEW_FILING, Right.REVIEW_DEMAND, Right.PATROL_FEEDBACK} <= actor.grants[0].rights
    assert actor.may(Right.KEEP_ACCOUNTS) is role.value.endswith("admin")
    with pytest.raises(ClerkError, match="not_permitted"):
        ACTS["intake.decide"](desk, world.targets[0])
    with pytest.raises(ClerkError, match="not_permitted"):
        LISTS["exporting.ledger_file"](desk, world.targets[0])


@pytest.mark.requirement("LG-34-0")
def test_a_patroller_sees_and_exports_the_own_community_and_has_no_acceptance_rights(world: World) -> None:
    world.distribute([(COMMUNITIES[place % 2], frozenset()) for place in range(5)])
    world.work_as(Grant(role=Role.PATROLLER, areas=frozenset({COMMUNITIES[0]})))
    desk, ours, theirs = world.desk, world.targets[0], world.targets[1]
    assert desk.ledger.file(ours.id).row.number == ours.number
    assert desk.ledger.ids(LedgerCriteria(text=theirs.number)) == ()
    for name in ("intake.decide", "intake.revisit", "platform.record", "platform.sheet", "issuing.reprint"):
        with pytest.raises(ClerkError, match="not_permitted"):
            ACTS[name](desk, ours)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.drafts.save("draft", ours.walk_in)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.revealing.reveal(ours.id, "现场核对身份")
    exported = desk.exporting.ledger_file(LedgerCriteria(), ours.folder / "patrol.xlsx")
    assert (exported.count, exported.left_out) == (3, 0)


@pytest.mark.requirement("YC-2b")
def test_a_right_counts_only_where_its_own_grant_reaches(world: World) -> None:
    world.distribute([(COMMUNITIES[place % 2], frozenset()) for place in range(5)])
    world.work_as(
        Grant(role=Role.WINDOW_CLERK, areas=frozenset({COMMUNITIES[0]})),
        Grant(role=Role.CITY_GOVERNMENT_USER, areas=frozenset({COMMUNITIES[1]})),
    )
    desk, theirs = world.desk, world.targets[1]
    assert desk.ledger.file(theirs.id).row.id == theirs.id
    for name in ("intake.revisit", "platform.record", "platform.sheet", "issuing.reprint", "revealing.reveal"):
        with pytest.raises(ClerkError, match="outside_scope"):
            ACTS[name](desk, theirs)
    exported = desk.exporting.ledger_file(LedgerCriteria(), theirs.folder / "two.xlsx")
    assert (exported.count, exported.left_out) == (3, 2)


@pytest.mark.requirement("YC-2b")
@pytest.mark.parametrize(
    ("grant", "code"),
    [
        (Grant(role=Role.WINDOW_CLERK, areas=frozenset({COMMUNITIES[1]})), "outside_scope"),
        (Grant(role=Role.WINDOW_CLERK, departments=frozenset({"水务"})), "outside_scope"),
        (Grant(role=Role.REVIEWER), "not_permitted"),
        (Grant(role=Role.ADMINISTRATOR), "not_permitted"),
    ],
)
def test_a_new_matter_is_decided_only_inside_the_clerks_own_scope(world: World, grant: Grant, code: str) -> None:
    world.work_as(grant)
    with world.desk.database.reading(is_whole=True) as session:
        before = session.scalar(select(func.count()).select_from(Filing))
    walk_in = elsewhere(world.targets[0].walk_in, COMMUNITIES[0])
    with pytest.raises(ClerkError, match=code):
        world.desk.intake.decide(DecisionRequest(act_id=f"new-{grant}", act=Act.ACCEPT, walk_in=walk_in))
    with world.desk.database.reading(is_whole=True) as session:
        assert session.scalar(select(func.count()).select_from(Filing)) == before


@pytest.mark.requirement("YC-2b")
def test_a_clerk_of_one_community_registers_a_party_that_another_community_knows(world: World) -> None:
    desk = world.desk
    world.distribute([(COMMUNITIES[0], frozenset())] * 5)
    world.work_as(Grant(role=Role.WINDOW_CLERK, areas=frozenset({COMMUNITIES[1]})))
    known = world.targets[0].walk_in
    assert desk.intake.parties_like(known.owner.name) == ()
    matter = elsewhere(known, COMMUNITIES[1])
    reason = "与相邻社区的工程分别签约"
    decided = desk.intake.decide(
        DecisionRequest(act_id="same-party", act=Act.NOT_APPLICABLE, walk_in=matter, reason=reason)
    )
    assert desk.ledger.ids(LedgerCriteria()) == (decided.filing_id,)
    assert desk.intake.parties_like(known.owner.name) == (known.owner,)
    world.desk.ledger._station.work_as(FOUNDER)
    with desk.database.writing(is_whole=True) as session:
        session.execute(update(Filing).where(Filing.id == decided.filing_id).values(community="别处"))
