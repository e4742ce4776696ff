"""Trying a version over the ledger: what would change and only that, nothing written, nothing passed over."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import text, update

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act, Decided
from desktop.domain.assess import assess
from desktop.domain.deadlines import add_months
from desktop.domain.dry_run import ChangeKind, DryRun, DryRunRow, differences
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import RevocationRequest
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Cancelled
from desktop.domain.walk_in import ONLINE, MaterialCheck, Place, Verdict, WalkIn, decisive_facts
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.policy.loader import pack_of
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.integration.test_sheet_imports import mapping_of
from tests.old_ledgers import old_line, plain_sheet

Rules = dict[str, Any]
Change = Callable[[Rules], object]
DEEP = {"excavation_depth_m": Decimal("3.4")}
DEAR = {"contract_amount_yuan": Decimal(900_000), "floor_area_m2": Decimal(200)}


@pytest.fixture
def filed(desk: Desk, decide: Decide) -> dict[str, Decided]:
    """A plain filing, a dear one, one with a deep pit, and a minor operation, of one day."""
    pack = desk.intake.pack()
    matters = {
        "plain": factories.small_work_facts(),
        "dear": factories.small_work_facts(**DEAR),
        "deep": factories.small_work_facts(**DEEP),
        "minor": factories.minor_facts(),
    }
    return {name: decide(factories.all_in_order(factories.walk_in(facts), pack)) for name, facts in matters.items()}


def candidate(desk: Desk, change: Change = lambda _rules: None) -> PolicyPack:
    """A version that does not bind yet: the rules at work with something changed."""
    tree = copy.deepcopy(desk.pack_versions.tree("longgang", desk.intake.pack().version))
    tree.rules["pack"]["version"] = "candidate"
    change(tree.rules)
    return pack_of(tree)


def amount(limit: int) -> Change:
    return lambda rules: rules["parameters"]["limit_amount_yuan"].update(value=str(limit))


def high_risk_shop(rules: Rules) -> None:
    item = {"item": 99, "article": "第三条(九)", "label": "商铺", "because": "商铺。"}
    rules["high_risk"].append({**item, "when": {"fact": "excavation_depth_m", "at_least": "0"}})


def other_paper(rules: Rules) -> None:
    paper = {"code": "fire", "article": "第六条(九)", "label": "消防方案", "cure": "带来。", "kinds": ["small_work"]}
    rules["materials"].append({**paper, "required": {"fact": "contract_amount_yuan", "more_than": "800000"}})


def other_department(rules: Rules) -> None:
    when = {"fact": "contract_amount_yuan", "more_than": "800000", "if_not_applicable": False}
    when = {"all": [{"fact": "kind", "is": "small_work"}, when]}
    rules["departments"].insert(0, {"department": "区商务部门", "article": "分类表第1行", "lead": True, "when": when})


def other_counter(rules: Rules) -> None:
    when = {"fact": "excavation_depth_m", "at_least": "3"}
    point = {"point": "community_or_property", "article": "第七条之一", "because": "深坑。", "when": when}
    rules["counters"].insert(0, {**point, "kinds": ["small_work"]})


def run(desk: Desk, pack: PolicyPack, months: int = 12) -> DryRun:
    return desk.dry_run.run(pack, months=months)


def told(row: DryRunRow) -> list[tuple[str, str, str, str]]:
    return [(change.kind.value, change.before, change.after, change.article) for change in row.changes]


@pytest.mark.requirement("Q-1")
def test_the_same_rules_under_another_name_change_no_filing(desk: Desk, filed: dict[str, Decided]) -> None:
    tried = run(desk, candidate(desk))

    assert (tried.judged, tried.unreadable, tried.rows) == (4, 0, ())


@pytest.mark.requirement("Q-1")
def test_another_limit_finds_the_filing_above_it_with_all_that_follows(desk: Desk, filed: dict[str, Decided]) -> None:
    (row,) = run(desk, candidate(desk, amount(500_000))).rows

    assert (row.number, row.filed_on, row.version) == (filed["dear"].number, factories.FILED_ON, "2025-draft")
    assert (row.community, row.category) == ("坪安社区", desk.ledger.page((row.filing_id,))[0].category_label)
    risk, counter, papers, deadline = told(row)
    assert risk == ("risk", "不是高风险小型工程", "高风险小型工程", "第三条(一)")
    assert counter == ("counter", "社区、物业受理点或者街道办事处", "街道办事处", "第二十六条(二)")
    assert papers[2].startswith("另需：施工、作业专项方案、")
    assert papers[3] == "第二十八条(五)、第二十八条(六)"
    assert deadline == ("deadlines", "首次现场检查期限不设", "首次现场检查期限2026-03-05", "第三十二条(一)")


@pytest.mark.parametrize(
    ("change", "who", "expected"),
    [
        pytest.param(
            lambda rules: (amount(500_000)(rules), rules["parameters"]["limit_area_m2"].update(value="150")),
            "dear",
            ("scope", "属于登记范围，予以登记", "限额以上，应当办理施工许可", "第二条、第二十七条(三)"),
            id="scope",
        ),
        pytest.param(other_paper, "dear", ("materials", "", "另需：消防方案", "第六条(九)"), id="materials"),
        pytest.param(
            other_department, "dear", ("department", "区住房建设部门", "区商务部门", "分类表第1行"), id="department"
        ),
        pytest.param(
            other_counter,
            "deep",
            ("counter", "街道办事处", "社区、物业受理点或者街道办事处", "第七条之一"),
            id="counter",
        ),
        pytest.param(
            lambda rules: rules["deadlines"].update(site_check_working_days=9),
            "deep",
            ("deadlines", "首次现场检查期限2026-03-05", "首次现场检查期限2026-03-13", "第三十二条(一)"),
            id="deadlines",
        ),
    ],
)
@pytest.mark.requirement("Q-1")
def test_one_change_of_the_rules_is_found_where_it_matters(
    desk: Desk, filed: dict[str, Decided], change: Change, who: str, expected: tuple[str, ...]
) -> None:
    tried = run(desk, candidate(desk, change))

    assert {row.number: told(row) for row in tried.rows} == {filed[who].number: [expected]}
    assert {kind.value for kind in ChangeKind if tried.count(kind)} == {expected[0]}


def test_the_counts_and_the_commonest_change_are_those_of_the_list(desk: Desk, filed: dict[str, Decided]) -> None:
    tried = run(desk, candidate(desk, amount(100_000)))

    became_high = (ChangeKind.RISK, "不是高风险小型工程", "高风险小型工程")
    assert tried.count(ChangeKind.RISK) == tried.transitions[became_high] == 2
    assert {row.number for row in tried.rows} == {filed["plain"].number, filed["dear"].number}


def _ledger(desk: Desk) -> dict[str, str]:
    """A hash of the rows of every table."""
    with desk.database.reading() as session:
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        rows = {name: session.execute(text(f'SELECT * FROM "{name}"')).all() for name in names}
    return {name: hashlib.sha256(repr(sorted(map(repr, found))).encode()).hexdigest() for name, found in rows.items()}


@pytest.mark.requirement("Q-1")
def test_trying_writes_nothing_at_all_and_only_the_export_is_on_record(
    desk: Desk, filed: dict[str, Decided], tmp_path: Path
) -> None:
    before, events = _ledger(desk), count_of(desk, "audit_event")

    tried = run(desk, candidate(desk, amount(100_000)))

    assert tried.rows
    assert _ledger(desk) == before
    desk.dry_run.write(tried, tmp_path / "tried.xlsx")
    changed = {name for name, hashed in _ledger(desk).items() if hashed != before[name]}
    assert count_of(desk, "audit_event") == events + 1
    assert not changed & {"filing", "filing_visit", "issued_paper", "pack_version"}


def test_the_workbook_holds_counts_list_and_the_sentence_that_nothing_changed(
    desk: Desk, filed: dict[str, Decided], tmp_path: Path
) -> None:
    tried = run(desk, candidate(desk, amount(500_000)))

    desk.dry_run.write(tried, tmp_path / "tried.xlsx")

    book = load_workbook(tmp_path / "tried.xlsx")
    cover = [tuple(row) for row in book["合计"].iter_rows(values_only=True)]
    listed = [tuple(row) for row in book["逐件清单"].iter_rows(values_only=True)]
    assert ("试算件数", 4, None, None) in cover
    assert any(str(row[0]).startswith("试算不改动任何登记") for row in cover)
    assert [row[0] for row in listed[1:]] == [filed["dear"].number] * 4
    assert listed[1][5:] == ("风险", "不是高风险小型工程", "高风险小型工程", "第三条(一)")


def test_a_matter_still_being_typed_is_no_filing(desk: Desk, filed: dict[str, Decided], complete: WalkIn) -> None:
    desk.drafts.save("draft-1", replace(complete, facts=factories.small_work_facts(**DEAR)))

    tried = run(desk, candidate(desk, amount(500_000)))

    assert (tried.judged, len(tried.rows)) == (4, 1)


def test_a_revoked_registration_is_tried_like_the_others(desk: Desk, filed: dict[str, Decided]) -> None:
    work_as(desk, person(12, "李管", Role.MANAGER))
    desk.life.revoke(
        RevocationRequest(
            act_id="revocation-1",
            filing_id=filed["dear"].filing_id,
            ground="false_declaration",
            facts="申报面积120平方米，现场实测860平方米",
            evidence="现场测量记录、照片6张",
        )
    )

    (row,) = run(desk, candidate(desk, amount(500_000))).rows

    assert row.number == filed["dear"].number


def test_a_filing_that_was_told_what_was_missing_is_tried_too(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    short = replace(complete, facts=factories.small_work_facts(**DEAR))
    first = desk.intake.preview(short).assessment.required_materials[0]
    decided = decide(short.with_check(MaterialCheck(code=first, verdict=Verdict.MISSING)), Act.ONE_TIME_NOTICE)

    (row,) = run(desk, candidate(desk, amount(500_000))).rows

    assert row.number == decided.number


def test_what_was_filed_online_is_judged_as_filed_online(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    facts = complete.facts.with_facts(filing_channel=ONLINE)
    online, window = decide(replace(complete, facts=facts)), decide(complete)

    tried = run(desk, candidate(desk, lambda rules: rules["deadlines"].update(feedback_working_days=5)))

    assert [row.number for row in tried.rows] == [online.number]
    assert window.number != online.number
    (change,) = tried.rows[0].changes
    assert (change.after, change.article) == ("受理反馈期限2026-03-09", "第二十七条(二)")


def test_a_line_of_an_old_ledger_is_judged_by_what_it_says(desk: Desk, tmp_path: Path) -> None:
    sheet = plain_sheet(tmp_path / "old.xlsx", [old_line()])
    desk.sheet_imports.take(sheet, mapping_of(desk, sheet), all_or_nothing=True, act_id="import-1")

    tried = run(desk, candidate(desk, amount(1)), 60)

    assert (tried.judged, tried.unreadable) == (1, 0)
    assert {row.number: told(row) for row in tried.rows} == _directly(desk, candidate(desk, amount(1)), 60)


@pytest.mark.requirement("Q-1")
def test_what_cannot_be_tried_is_counted_and_never_called_unchanged(desk: Desk, filed: dict[str, Decided]) -> None:
    with desk.database.writing() as session:
        session.execute(
            update(Filing).where(Filing.id == filed["plain"].filing_id).values(pack_version="of another installation")
        )
        later = session.get_one(Filing, filed["dear"].filing_id)
        later.walk_in = {**later.walk_in, "of_a_later_program": True}

    tried = run(desk, candidate(desk, amount(100_000)))

    assert (tried.judged, tried.unreadable, tried.rows) == (4, 2, ())


def test_it_stops_when_nobody_wants_it_any_more(desk: Desk, filed: dict[str, Decided]) -> None:
    class Weary:
        def step(self, done: int, total: int) -> None:
            assert (done, total) == (0, 4)
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.dry_run.run(candidate(desk), months=12, progress=Weary())


@pytest.mark.parametrize("months", [0, -1, 61])
def test_a_period_that_is_no_period_is_refused(desk: Desk, months: int) -> None:
    with pytest.raises(ClerkError, match="months_unfit"):
        run(desk, candidate(desk), months)


def test_only_what_was_filed_within_the_months_is_tried(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    clock.day = date(2025, 9, 1)
    decide(complete)
    clock.day = date(2025, 9, 2)
    decide(complete)
    clock.day = date(2026, 3, 2)
    decide(complete)

    tried = run(desk, candidate(desk), 6)

    assert (tried.first_on, tried.last_on, tried.judged) == (date(2025, 9, 2), date(2026, 3, 2), 2)
    assert run(desk, candidate(desk), 7).judged == 3


def test_filings_of_another_place_are_not_tried_by_these_rules(desk: Desk, filed: dict[str, Decided]) -> None:
    elsewhere = replace(candidate(desk), id="elsewhere")

    assert run(desk, elsewhere).judged == 0


def test_a_clerk_may_neither_try_nor_export_and_who_keeps_settings_may(
    desk: Desk, filed: dict[str, Decided], tmp_path: Path
) -> None:
    pack = candidate(desk, amount(100_000))
    found(desk)
    tried = run(desk, pack)
    hire(desk, "heping", clerk())
    hire(desk, "liguan", Grant(role=Role.MANAGER))
    desk.sign_in.sign_in("heping", OWN_PASSWORD)
    for refused in (lambda: run(desk, pack), lambda: desk.dry_run.write(tried, tmp_path / "tried.xlsx")):
        with pytest.raises(ClerkError, match="not_permitted"):
            refused()
    assert not (tmp_path / "tried.xlsx").exists()

    desk.sign_in.sign_in("liguan", OWN_PASSWORD)

    assert run(desk, pack).rows == tried.rows


def _directly(desk: Desk, new: PolicyPack, months: int) -> dict[str, list[tuple[str, str, str, str]]]:
    """Judge every filing anew by both versions, the plain way."""
    last = desk.office.today()
    calendar, old = desk.calendar.calendar(), desk.intake.pack()
    rows: dict[str, list[tuple[str, str, str, str]]] = {}
    with desk.database.reading() as session:
        for filing in session.query(Filing).all():
            if not add_months(last, -months) <= filing.filed_on <= last:
                continue
            walk_in = walk_in_from_plain(filing.walk_in)
            facts = decisive_facts(walk_in, filed_on=filing.filed_on, channel="walk_in_street_office")
            if filing.accepted_on is not None:
                facts = facts.with_facts(accepted_on=filing.accepted_on)
            both = assess(facts, old, calendar), assess(facts, new, calendar)
            changes = differences(*both, old=old, new=new)
            if changes:
                rows[filing.number] = [(c.kind.value, c.before, c.after, c.article) for c in changes]
    return rows


@pytest.fixture
def many(desk: Desk, decide: Decide, clock: Clock) -> Desk:
    """A ledger of some filings of different sizes and months."""
    pack = desk.intake.pack()
    for number in range(12):
        clock.day = add_months(date(2026, 3, 2), number - 11)
        sizes = {
            "contract_amount_yuan": Decimal(100_000 * (number + 1)),
            "floor_area_m2": Decimal(40 * (12 - number)),
            "excavation_depth_m": Decimal(number) / 2,
        }
        facts = factories.minor_facts() if number % 5 == 4 else factories.small_work_facts(**sizes)
        place = Place(community="坪安社区", estate=f"新禾路{number}号")
        decide(factories.all_in_order(factories.walk_in(facts, place=place), pack))
    return desk


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.integers(1, 1_500_000),
    area=st.integers(1, 600),
    depth=st.decimals("0.1", 6, places=1),
    terms=st.tuples(st.integers(1, 12), st.integers(1, 30), st.integers(1, 9), st.integers(1, 9)),
    months=st.integers(1, 14),
)
@pytest.mark.requirement("Q-1")
def test_the_list_is_what_judging_every_filing_anew_gives(
    many: Desk, limit: int, area: int, depth: Decimal, terms: tuple[int, int, int, int], months: int
) -> None:
    validity, window, check, feedback = terms

    def change(rules: Rules) -> None:
        amount(limit)(rules)
        rules["parameters"]["limit_area_m2"].update(value=str(area))
        rules["parameters"]["excavation_m"].update(value=str(depth))
        rules["deadlines"].update(
            validity_months=validity,
            extension_window_days=window,
            site_check_working_days=check,
            feedback_working_days=feedback,
        )

    new = candidate(many, change)

    assert {row.number: told(row) for row in run(many, new, months).rows} == _directly(many, new, months)
