"""Rounds of evaluation (松江 专项评价): opened, drawn, written, followed up, closed; figures from the ledger's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.access import Actor, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.book import BookDraft, BookKind
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.evaluation import Dimension, EvaluationLine, Stage
from desktop.domain.evaluation_course import ProjectDraft, RoundDraft, drawn_of
from desktop.domain.evaluation_items import STANDARD_ITEMS
from desktop.domain.period import parse_period
from desktop.domain.sampling import rank
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.at_work import person, work_as

STREETS = tuple(f"第{'一二三四五六七八九十'[place % 10]}{'街道' if place < 10 else '镇'}" for place in range(18))
PERIOD = parse_period("2026-Q1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", today=lambda: factories.FILED_ON)
    opened.office.set_up(factories.office())
    yield opened
    opened.close()


def draft(*names: str, due_on: date | None = None, act_id: str = "round") -> RoundDraft:
    assert PERIOD is not None
    organisations = names or STREETS
    return RoundDraft(
        act_id=act_id, name="上半年专项评价", period=PERIOD, self_due_on=due_on, organisations=organisations
    )


def line(round_id: int, organisation: str, item: str, stage: Stage = Stage.SELF, **said: object) -> EvaluationLine:
    empty = EvaluationLine(round_id=round_id, organisation=organisation, item=item, stage=stage, score=None)
    return replace(empty, **said)  # type: ignore[arg-type]


def project(round_id: int, organisation: str, *, number: str = "", act_id: str = "project") -> ProjectDraft:
    return ProjectDraft(
        act_id=act_id,
        round_id=round_id,
        organisation=organisation,
        filing_number=number,
        project="" if number else "临街商铺装修",
        seen_on=date(2026, 2, 27),
        findings=(("ladder", "用扶梯刷墙"), ("", "材料堆在通道上")),
        result="当场整改",
    )


def weigh(desk: Desk, marks: int = 5) -> None:
    desk.evaluations.keep_items([replace(item, full_marks=Decimal(marks)) for item in STANDARD_ITEMS])


def test_the_table_as_shipped_has_seven_dimensions_and_no_marks(desk: Desk) -> None:
    items = desk.evaluations.items()

    assert {item.dimension for item in items} == set(Dimension)
    assert all(item.full_marks is None for item in items)


@pytest.mark.requirement("SJ-2c", "SJ-3l")
def test_a_round_keeps_the_table_as_it_was_when_it_was_opened(desk: Desk) -> None:
    weigh(desk)
    round_id = desk.evaluations.begin(draft())
    weigh(desk, marks=9)
    asked = desk.evaluations.open(round_id).round

    assert {item.full_marks for item in asked.items} == {Decimal(5)}
    assert {item.dimension for item in asked.items_at(Stage.SELF)} == set(Dimension) - {Dimension.INNOVATION}
    assert Dimension.INNOVATION in {item.dimension for item in asked.items_at(Stage.FIELD)}


def test_a_table_with_a_fault_is_refused_with_its_line(desk: Desk) -> None:
    first, second = STANDARD_ITEMS[:2]

    with pytest.raises(FaultyInput) as refused:
        desk.evaluations.keep_items([first, replace(second, code=first.code), replace(second, full_marks=Decimal(0))])

    assert [fault.where for fault in refused.value.faults] == ["2", "3"]
    assert desk.evaluations.items() == STANDARD_ITEMS


@pytest.mark.requirement("SJ-1a", "SJ-2b")
def test_a_round_tells_who_handed_in_who_is_late_and_who_owes(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft(due_on=date(2026, 2, 20)))
    desk.evaluations.hand_in(round_id, STREETS[0], date(2026, 2, 19), said="都做了")
    desk.evaluations.hand_in(round_id, STREETS[1], date(2026, 2, 24), said="")
    first, second, third = desk.evaluations.open(round_id).standings()[:3]

    assert (first.handed_in_on, first.is_late) == (date(2026, 2, 19), False)
    assert second.is_late
    assert "逾期" in second.handed_in_words
    assert third.handed_in_words == "逾期未交"


def test_the_same_act_gives_the_same_round_and_another_name_is_refused(desk: Desk) -> None:
    first = desk.evaluations.begin(draft())

    assert desk.evaluations.begin(draft()) == first
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.evaluations.begin(replace(draft(), name="别的评价"))


@pytest.mark.requirement("SJ-1c")
def test_half_are_drawn_once_and_anybody_draws_the_same_from_the_seed(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft())
    asked = desk.evaluations.draw(round_id, seed="现场摇出 0427")
    by_hand = sorted(STREETS, key=lambda name: rank("现场摇出 0427", name))[:9]

    assert list(asked.visited) == by_hand
    assert desk.evaluations.is_draw_true(round_id)
    with pytest.raises(ClerkError, match="already_drawn"):
        desk.evaluations.draw(round_id)


def test_an_odd_number_is_drawn_with_one_half_rounded_up(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft(*STREETS[:5]))

    assert len(desk.evaluations.draw(round_id).visited) == 3


def test_naming_those_visited_by_hand_needs_a_reason_and_is_no_draw(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft())
    with pytest.raises(ClerkError, match="reason_required"):
        desk.evaluations.choose(round_id, STREETS[:2], reason=" ")
    asked = desk.evaluations.choose(round_id, STREETS[:2], reason="上次没有去过")

    assert asked.visited == STREETS[:2]
    assert not desk.evaluations.is_draw_true(round_id)


def test_who_was_written_on_cannot_be_left_out_of_the_visited(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft())
    desk.evaluations.choose(round_id, STREETS[:2], reason="就近")
    desk.evaluations.note(line(round_id, STREETS[0], "A1", Stage.FIELD, text="看过"))

    with pytest.raises(ClerkError, match="evaluation_unfit"):
        desk.evaluations.choose(round_id, STREETS[1:2], reason="改")


@pytest.mark.requirement("SJ-2c", "SJ-2d")
def test_scores_add_up_by_dimension_and_nothing_given_is_no_zero(desk: Desk) -> None:
    weigh(desk)
    round_id = desk.evaluations.begin(draft())
    said = {"A1": Decimal("4.5"), "A2": Decimal(0), "B1": Decimal(5)}
    desk.evaluations.note_all(round_id, [line(round_id, STREETS[0], code, score=mark) for code, mark in said.items()])
    asked = desk.evaluations.open(round_id)

    setup = asked.score(STREETS[0], Stage.SELF, Dimension.SETUP)
    assert (setup.given, setup.full, setup.scored, setup.items) == (Decimal("4.5"), Decimal(20), 2, 4)
    assert asked.score(STREETS[0], Stage.SELF).given == Decimal("9.5")
    assert asked.score(STREETS[1], Stage.SELF).given is None
    assert asked.score(STREETS[1], Stage.SELF).words == "—"


def test_lines_are_kept_together_or_not_at_all_with_every_fault_named(desk: Desk) -> None:
    weigh(desk)
    round_id = desk.evaluations.begin(draft())
    lines = [
        line(round_id, STREETS[0], "A1", score=Decimal(4)),
        line(round_id, STREETS[0], "A2", score=Decimal("5.5")),
        line(round_id, "别的街道", "A1"),
        line(round_id, STREETS[0], "G1", text="新做法"),
        line(round_id, STREETS[0], "A3", Stage.FIELD, text="没有去"),
        line(round_id, STREETS[0], "A4", measure="加强"),
    ]

    with pytest.raises(FaultyInput) as refused:
        desk.evaluations.note_all(round_id, lines)

    assert [fault.where for fault in refused.value.faults] == [
        "1.score",
        "2.organisation",
        "3.item",
        "4.organisation",
        "5.problem",
    ]
    assert desk.evaluations.open(round_id).lines == ()


@pytest.mark.requirement("SJ-2d")
def test_what_is_to_be_put_right_is_followed_up_also_in_a_closed_round(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft())
    promised = line(round_id, STREETS[0], "D2", problem="排摸不及时", measure="每周扫街", due_on=date(2026, 2, 28))
    desk.evaluations.note_all(round_id, [promised, line(round_id, STREETS[1], "D2", problem="没有排摸")])
    desk.evaluations.close(round_id)

    assert [each.state for each in desk.evaluations.open(round_id).follow_ups()] == ["逾期", "没有措施"]
    desk.evaluations.follow_up(promised, date(2026, 3, 1))
    assert desk.evaluations.open(round_id).follow_ups()[0].state == "已完成"
    with pytest.raises(ClerkError, match="round_closed"):
        desk.evaluations.note(replace(promised, text="改"))


@pytest.mark.requirement("SJ-1c", "SJ-4d")
def test_projects_seen_on_site_are_counted_by_the_dictionary_of_hazards(desk: Desk) -> None:
    codes = [entry.code for entry in desk.intake.pack().hazard_entries][:2]
    round_id = desk.evaluations.begin(draft())
    desk.evaluations.choose(round_id, STREETS[:2], reason="就近")
    for place, findings in enumerate((((codes[0], "一"), (codes[0], "二")), ((codes[0], "三"), (codes[1], "四")))):
        one = replace(project(round_id, STREETS[place], act_id=f"p{place}"), findings=findings)
        desk.evaluations.keep_project(one)

    counted = desk.evaluations.open(round_id).findings()
    assert [(one.code, one.times, one.projects) for one in counted] == [(codes[0], 3, 2), (codes[1], 1, 1)]


def test_a_project_outside_the_visited_or_with_a_made_up_hazard_is_refused(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft())
    desk.evaluations.choose(round_id, STREETS[:1], reason="就近")
    with pytest.raises(ClerkError, match="evaluation_unfit"):
        desk.evaluations.keep_project(replace(project(round_id, STREETS[3]), findings=()))
    with pytest.raises(ClerkError, match="evaluation_unfit"):
        desk.evaluations.keep_project(replace(project(round_id, STREETS[0]), findings=(("made-up", "?"),)))
    with pytest.raises(ClerkError, match="no_such_number"):
        desk.evaluations.keep_project(replace(project(round_id, STREETS[0], number="PA-DJ-2026-999999"), findings=()))


@pytest.mark.requirement("SJ-1c", "SJ-2c")
def test_figures_and_the_projects_proposed_come_from_the_rows_of_the_ledger(desk: Desk) -> None:
    numbers = [register(desk, place) for place in range(3)]
    round_id = desk.evaluations.begin(draft("坪安街道", "坪安社区", "新禾社区", "外区街道"))
    asked = desk.evaluations.open(round_id)

    assert asked.figures["坪安街道", "registered"].value == 3
    assert asked.figures["坪安社区", "registered"].value == 3
    assert asked.figures["新禾社区", "registered"].value == 0
    assert ("外区街道", "registered") not in asked.figures
    proposed = desk.evaluations.proposed_projects(round_id, "坪安社区", 2)
    assert tuple(one.number for one in proposed) == drawn_of(numbers, seed=asked.round.number, count=2)
    assert desk.evaluations.proposed_projects(round_id, "外区街道", 5) == ()


def test_a_project_of_the_ledger_takes_its_name_and_is_written_once(desk: Desk) -> None:
    number = register(desk, 0)
    round_id = desk.evaluations.begin(draft("坪安街道", "外区街道"))
    desk.evaluations.choose(round_id, ["坪安街道"], reason="就近")
    once = replace(project(round_id, "坪安街道", number=number), findings=())

    assert desk.evaluations.keep_project(once) == desk.evaluations.keep_project(once)
    (kept,) = desk.evaluations.open(round_id).projects
    assert (kept.filing_number, kept.project) == (number, "第0间铺面装修")


@pytest.mark.requirement("SJ-3m")
@pytest.mark.parametrize(
    ("subjects", "lacking"), [("审批、资金", ("排摸", "巡查", "日常监管")), ("排摸、巡查、日常监管", ())]
)
def test_rule_documents_of_the_library_that_speak_of_money_only_are_told(
    desk: Desk, subjects: str, lacking: tuple[str, ...]
) -> None:
    texts = {
        "kind": "管理制度",
        "title": "小型工程管理办法",
        "subjects": subjects,
        "issuer": "坪安街道办事处",
        "issued_on": "2026-01-05",
        "state": "现行有效",
    }
    desk.books.write(BookDraft(kind=BookKind.LIBRARY, texts=texts), act_id="rule")
    asked = desk.evaluations.open(desk.evaluations.begin(draft("坪安街道", "外区街道")))

    assert asked.lacking_rules("坪安街道") == lacking
    assert "外区街道" not in [name for name, held in asked.rules.items() if held]


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.PATROLLER])
def test_who_does_not_decide_exceptions_reads_a_round_and_does_not_write_it(desk: Desk, role: Role) -> None:
    round_id = desk.evaluations.begin(draft())
    work_as(desk, person(9, "陈读", role))

    assert desk.evaluations.open(round_id).round.id == round_id
    for act in (
        lambda: desk.evaluations.draw(round_id),
        lambda: desk.evaluations.note(line(round_id, STREETS[0], "A1", text="改")),
        lambda: desk.evaluations.begin(draft(act_id="other")),
        lambda: desk.evaluations.close(round_id),
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            act()


def test_who_sees_one_community_sees_no_round_of_others(desk: Desk) -> None:
    round_id = desk.evaluations.begin(draft())
    local: Actor = person(9, "陈管", Role.MANAGER, areas=frozenset({"坪安社区"}))
    work_as(desk, local)

    assert desk.evaluations.all() == ()
    with pytest.raises(ClerkError, match="no_such_round"):
        desk.evaluations.open(round_id)


def register(desk: Desk, place: int) -> str:
    matter = factories.all_in_order(factories.walk_in(project_name=f"第{place}间铺面装修"), desk.intake.pack())
    return desk.intake.decide(DecisionRequest(act_id=f"act-{place}", act=Act.ACCEPT, walk_in=matter)).number
