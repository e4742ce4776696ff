"""The intake form by keys: what is typed becomes the matter, and only what concerns it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import (
    Certificate,
    IdKind,
    Insurance,
    PartyKind,
    Place,
    SiteManager,
    WalkIn,
    Worker,
)
from desktop.views.intake.asked_questions import asked_questions
from desktop.views.intake.intake_form import IntakeForm
from tests import factories


@pytest.fixture
def form(qtbot: QtBot, pack: PolicyPack) -> IntakeForm:
    shown = IntakeForm(pack, factories.office())
    qtbot.addWidget(shown)
    shown.resize(720, 600)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def editor(form: IntakeForm, path: str) -> QWidget:
    """The editor of a field, there and with the keyboard."""
    row = form.row(path)
    assert row is not None, path
    assert row.isVisibleTo(form), path
    row.editor.setFocus(Qt.FocusReason.TabFocusReason)
    return QApplication.focusWidget() or row.editor


def write(form: IntakeForm, path: str, text: str) -> None:
    """Type into a field as an input method commits it."""
    field = editor(form, path)
    if text.isascii():
        QTest.keyClicks(field, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def press(form: IntakeForm, path: str, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(editor(form, path), key, modifiers or Qt.KeyboardModifier.NoModifier)


def choose_small_work(form: IntakeForm, category: str = "非住宅房屋装饰装修") -> None:
    press(form, "facts.kind", Qt.Key.Key_1)
    write(form, "facts.category", category)
    press(form, "facts.category", Qt.Key.Key_Return)


def is_asked(form: IntakeForm, fact: str) -> bool:
    row = form.row(f"facts.{fact}")
    return row is not None and row.isVisibleTo(form)


@pytest.mark.requirement("LG-2-2")
def test_kind_and_category_are_chosen_by_keys(form: IntakeForm) -> None:
    choose_small_work(form)
    assert form.facts().text("kind") == "small_work"
    assert form.facts().text("category") == "nonresidential_decoration"


@pytest.mark.requirement("LG-5-3")
def test_a_minor_operation_offers_its_own_categories_only(form: IntakeForm) -> None:
    press(form, "facts.kind", Qt.Key.Key_2)
    assert ("signboard", "户外广告及门楣招牌安装、维护、拆除") in form.kind.category.options
    assert "nonresidential_decoration" not in dict(form.kind.category.options)


@pytest.mark.requirement("LG-2-0a")
def test_an_amount_is_typed_in_wan_and_kept_in_yuan(form: IntakeForm) -> None:
    choose_small_work(form)
    write(form, "facts.contract_amount_yuan", "120.0001")
    assert form.facts().number("contract_amount_yuan") == Decimal("1200001")


@pytest.mark.requirement("LG-2-0a")
def test_an_empty_area_is_unknown_and_a_ticked_one_does_not_apply(form: IntakeForm) -> None:
    choose_small_work(form)
    assert form.facts()["floor_area_m2"] is UNKNOWN
    form.amounts.area.not_applicable.click()
    assert form.facts()["floor_area_m2"] is NOT_APPLICABLE


@pytest.mark.requirement("LG-28-1")
def test_place_and_parties_become_the_matter(form: IntakeForm) -> None:
    choose_small_work(form)
    for path, text in (
        ("project_name", "shop 18"),
        ("place.community", "new"),
        ("place.room", "101"),
        ("owner.name", "owner co"),
        ("owner.phone", "13800002719"),
        ("contractor.party.name", "builder co"),
        ("contractor.qualification.valid_to", "2028-5-31"),
        ("owner_safety_manager.name", "lin"),
    ):
        write(form, path, text)
    typed = form.walk_in()
    assert typed.project_name == "shop 18"
    assert typed.place == Place(community="new", room="101")
    assert (typed.owner.name, typed.owner.phone) == ("owner co", "13800002719")
    assert typed.contractor.party.name == "builder co"
    assert typed.contractor.qualification.valid_to == date(2028, 5, 31)
    assert typed.owner_safety_manager == SiteManager(name="lin")


@pytest.mark.requirement("SJ-5.2a")
def test_the_part_of_the_street_is_asked_for_only_where_the_office_has_some(qtbot: QtBot, form: IntakeForm) -> None:
    choose_small_work(form)
    row = form.row("place.sub_area")
    assert row is not None
    assert not row.isVisibleTo(form)

    form.place.offer(factories.office(sub_areas=("东片区", "西片区")))
    write(form, "place.sub_area", "西片区")
    write(form, "place.community", "坪安社区")
    write(form, "place.grid", "03")

    assert form.walk_in().place == Place(sub_area="西片区", community="坪安社区", grid="03")
    assert form.walk_in().place.belongs_to == "西片区 坪安社区 03"


@pytest.mark.requirement("SJ-5.2a")
def test_a_matter_that_names_a_part_of_the_street_shows_it_also_where_the_office_has_none(form: IntakeForm) -> None:
    form.place.write(Place(sub_area="东片区", community="坪安社区"))
    row = form.row("place.sub_area")

    assert row is not None
    assert row.isVisibleTo(form.place)
    assert form.place.read().sub_area == "东片区"


@pytest.mark.requirement("LG-28-2.1")
def test_an_agent_is_there_only_when_ticked(form: IntakeForm) -> None:
    assert form.walk_in().agent is None
    assert form.agent.tick is not None
    form.agent.tick.click()
    write(form, "agent.name", "agent")
    agent = form.walk_in().agent
    assert agent is not None
    assert (agent.name, agent.kind, agent.id_kind) == ("agent", PartyKind.PERSON, IdKind.RESIDENT_ID)


@pytest.mark.requirement("LG-45-2")
def test_a_person_is_asked_for_the_identity_card(form: IntakeForm) -> None:
    write(form, "owner.kind", "自然人")
    press(form, "owner.kind", Qt.Key.Key_Return)
    assert form.walk_in().owner.kind is PartyKind.PERSON
    assert form.walk_in().owner.id_kind is IdKind.RESIDENT_ID


@pytest.mark.requirement("LG-13-6")
def test_workers_are_added_and_taken_away_by_keys(form: IntakeForm) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    write(form, "workers.0.name", "he")
    press(form, "workers.0.name", Qt.Key.Key_Return, control)
    write(form, "workers.1.name", "xu")
    write(form, "workers.1.certificate.number", "T1")
    assert [worker.name for worker in form.walk_in().workers] == ["he", "xu"]
    press(form, "workers.0.name", Qt.Key.Key_Delete, control)
    assert form.walk_in().workers == (Worker(name="xu", certificate=Certificate(number="T1")),)
    assert form.row("workers.1.name") is None
    press(form, "workers.0.name", Qt.Key.Key_Delete, control)
    assert form.walk_in().workers == ()


def test_tab_reaches_a_worker_added_later_in_reading_order(form: IntakeForm) -> None:
    form.workers.add()
    press(form, "workers.0.certificate.valid_to", Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "workers.1.name"
    press(form, "workers.1.certificate.valid_to", Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "planned_start_on"


def test_enter_goes_on_to_the_next_field(form: IntakeForm) -> None:
    press(form, "project_name", Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "content"


@pytest.mark.requirement("LG-3-6")
def test_a_measure_is_asked_only_where_it_concerns_and_its_value_comes_back(form: IntakeForm) -> None:
    choose_small_work(form)
    assert not is_asked(form, "excavation_depth_m")
    press(form, "facts.earthwork", Qt.Key.Key_Y)
    write(form, "facts.excavation_depth_m", "3.2")
    assert form.facts().number("excavation_depth_m") == Decimal("3.2")
    press(form, "facts.earthwork", Qt.Key.Key_N)
    assert not is_asked(form, "excavation_depth_m")
    assert not form.facts().is_stated("excavation_depth_m")
    press(form, "facts.earthwork", Qt.Key.Key_Y)
    assert form.facts().number("excavation_depth_m") == Decimal("3.2")


@pytest.mark.requirement("LG-3-0")
def test_an_unanswered_question_is_unknown_and_never_no(form: IntakeForm) -> None:
    choose_small_work(form)
    assert form.facts().is_stated("confined_space")
    assert form.facts()["confined_space"] is UNKNOWN


@pytest.mark.requirement("LG-3-0")
def test_one_key_answers_no_to_the_rest_of_a_group(form: IntakeForm) -> None:
    choose_small_work(form)
    press(form, "facts.hot_work", Qt.Key.Key_Y)
    press(form, "facts.hoisting", Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    facts = form.facts()
    assert facts.flag("hot_work") is True
    assert facts.flag("confined_space") is False
    assert facts["other_dangerous_works"] == ()
    assert facts["scaffold_height_m"] is NOT_APPLICABLE
    assert facts["construction_permit_obtained"] is UNKNOWN, "another group is another question"


@pytest.mark.requirement("LG-7-1")
def test_several_of_a_list_are_ticked_by_digits_and_none_by_n(form: IntakeForm) -> None:
    choose_small_work(form)
    press(form, "facts.illegal_acts", Qt.Key.Key_1)
    press(form, "facts.illegal_acts", Qt.Key.Key_7)
    assert form.facts().texts("illegal_acts") == ("add_storey", "add_mezzanine")
    press(form, "facts.illegal_acts", Qt.Key.Key_N)
    assert form.facts()["illegal_acts"] == ()


@pytest.mark.requirement("LG-4-0")
def test_kinds_above_the_limit_are_asked_only_above_the_limit(form: IntakeForm) -> None:
    choose_small_work(form)
    write(form, "facts.contract_amount_yuan", "300")
    write(form, "facts.floor_area_m2", "400")
    assert not is_asked(form, "art4_kind")
    press(form, "facts.kind", Qt.Key.Key_1)
    write(form, "facts.floor_area_m2", "4000")
    assert form.facts().number("floor_area_m2") == Decimal(4000)
    assert is_asked(form, "art4_kind")


@pytest.mark.requirement("LG-28-La")
def test_a_minor_operation_is_not_asked_what_only_small_works_are(form: IntakeForm) -> None:
    press(form, "facts.kind", Qt.Key.Key_2)
    for path in ("facts.contract_amount_yuan", "contractor.safety_licence.number", "owner_safety_manager.name"):
        row = form.row(path)
        assert row is not None
        assert not row.isVisibleTo(form), path
    assert not form.facts().is_stated("contract_amount_yuan")


@pytest.mark.requirement("LG-28-1")
@pytest.mark.parametrize("kind", ["small_work", "minor_operation"])
def test_a_matter_of_this_form_comes_back_whole(form: IntakeForm, pack: PolicyPack, kind: str) -> None:
    base = factories.small_work_facts() if kind == "small_work" else factories.minor_facts()
    answered = asked_questions(pack, base, {"hot_work": True, "illegal_acts": (), "work_height_m": Decimal(3)}).facts
    full = factories.walk_in(
        Facts({**answered.stated, "owner_kind": "enterprise"}, {"limit_area_m2": Decimal(400)}),
        agent=factories.person(),
        property_owner=factories.person("许产", id_kind=IdKind.PASSPORT, id_number="E00000000"),
        designer=factories.company("深圳市坪安设计有限公司"),
        supervisor=factories.company("深圳市坪安监理有限公司"),
        workers=(factories.worker(), factories.worker("许安")),
        insurances=(Insurance(kind="工伤保险", insurer="坪安保险", policy_number="P-1", valid_to=date(2027, 1, 1)),),
        remark="备注一",
    )
    if kind == "minor_operation":
        plain = factories.walk_in(answered)
        party_only = type(plain.contractor)(party=plain.contractor.party)
        none = SiteManager()
        full = replace(plain, contractor=party_only, owner_safety_manager=none, contractor_safety_manager=none)
    form.set_walk_in(full)
    back = form.walk_in()
    for part, value in _parts(full).items():
        if part != "facts":
            assert getattr(back, part) == value, part
    for fact, value in full.facts.stated.items():
        assert back.facts[fact] == value, fact
    assert back.facts.config == full.facts.config
    form.set_walk_in(back)
    assert form.walk_in() == back


@pytest.mark.requirement("LG-28-1")
def test_setting_a_matter_is_no_change_by_hand(form: IntakeForm, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.changed, wait=20):
        form.set_walk_in(factories.walk_in())


@pytest.mark.requirement("LG-28-1")
def test_a_day_that_does_not_exist_is_said_under_its_field_when_it_is_left(form: IntakeForm) -> None:
    write(form, "planned_start_on", "2026-2-30")
    form.show_faults(())
    row = form.row("planned_start_on")
    assert row is not None
    assert row.fault == "", "nobody is interrupted while typing"
    editor(form, "planned_end_on")
    assert "2026 年 2 月" in row.fault
    assert form.unreadable() == ("planned_start_on", row.fault)


def _parts(walk_in: WalkIn) -> dict[str, object]:
    return {name: getattr(walk_in, name) for name in WalkIn.__dataclass_fields__}
