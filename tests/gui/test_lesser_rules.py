"""The window under rules that leave something open: gaps said at the counter, no extension where none is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.conditions import Compare, Not
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Choice, CounterRule, Question
from desktop.domain.registration_life import LifeAct
from desktop.services.desk import Desk, open_desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests import factories
from tests.factories import FILED_ON, LIGHT
from tests.gui import at_the_intake, filings
from tests.gui.at_the_intake import answered, fill, focus, judge_all, press
from tests.lesser_packs import ship, with_gap, without

NOW: Final = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
GAP: Final = "limit_amount_yuan"
OpenBench = Callable[[PolicyPack], Workbench]


@pytest.fixture
def bench_with(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenBench]:
    """Open the workbench of an office that works by a pack."""
    apply_theme(qapp)
    opened: list[tuple[Desk, Workbench]] = []

    def run(pack: PolicyPack) -> Workbench:
        ship(monkeypatch, pack)
        desk = open_desk(tmp_path / "data", today=lambda: FILED_ON, now=lambda: NOW, effort=LIGHT)
        desk.office.set_up(factories.office())
        opened.append((desk, Workbench(desk)))
        return opened[-1][1]

    yield run
    for desk, bench in opened:
        bench.runner.finish()
        desk.close()


def intake(qtbot: QtBot, bench: Workbench) -> IntakePage:
    """Show the intake page."""
    return at_the_intake.shown(qtbot, bench)


@pytest.mark.requirement("LG-2-9", "LG-3-0")
def test_a_gap_of_the_rules_is_said_at_the_counter_and_no_field_is_asked_for(
    qtbot: QtBot, bench_with: OpenBench, pack: PolicyPack
) -> None:
    gap = with_gap(pack, GAP)
    page = intake(qtbot, bench_with(gap))
    fill(page, factories.walk_in(answered(gap, factories.small_work_facts(floor_area_m2=Decimal(900)))))
    told = f"本规则的“{gap.parameters[GAP].label}”尚未填写，不能判定；请系统管理员在“规则”中填写。"
    assert page.decision.what.text() == "还不能判定"
    assert page.decision.who.text() == "本规则有 1 项尚未填写"
    assert page.decision.missing.text() == told
    judge_all(page)
    here = focus()
    press(here, Qt.Key.Key_F9)
    assert not page.done.isVisible()
    assert focus() is here, "there is no field to go to"
    assert told in page.actions_bar.why.text()


@pytest.mark.requirement("LG-25-2b")
def test_the_life_tab_offers_no_extension_where_the_rules_set_no_validity(
    qtbot: QtBot, bench_with: OpenBench, pack: PolicyPack
) -> None:
    bench = bench_with(without(pack, "validity"))
    filed = filings.registered(bench.desk)
    page = filings.shown(qtbot, bench, filed.filing_id)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    assert "本规则没有规定有效期，不需要延期" in page.life.words()
    assert page.life.buttons[LifeAct.EXTEND].isHidden()
    assert page.bar.isHidden()
    with qtbot.waitSignal(bench.told) as said:
        qtbot.keyClick(page, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert said.args[0].startswith("现在不能办理：")


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_who_takes_a_matter_in_waits_for_the_question_that_decides_it(
    qtbot: QtBot, bench_with: OpenBench, pack: PolicyPack
) -> None:
    managed = Compare("property_managed", "is", True)
    common: dict[str, Any] = {
        "article": "二（四）",
        "kinds": (SMALL_WORK, MINOR_OPERATION),
        "redirect_because": "请到那里申报。",
    }
    rules = (
        CounterRule(
            point="property_company",
            channels=("walk_in_property",),
            because="有物业服务企业的，向物业服务企业申报。",
            when=managed,
            **common,
        ),
        CounterRule(
            point="street_office",
            channels=("walk_in_street_office",),
            because="无物业服务企业的，向乡镇（街道）申报。",
            when=Not(managed),
            **common,
        ),
    )
    page = intake(qtbot, bench_with(replace(pack, counters=rules)))
    known = answered(pack, factories.small_work_facts())
    fill(page, factories.walk_in(replace(known, stated={k: v for k, v in known.stated.items() if k != managed.fact})))
    assert page.decision.who.text() == "由谁受理未定，还差 1 项事实"
    page.decision.missing.linkActivated.emit(managed.fact)
    press(focus(), Qt.Key.Key_Y)
    page.refresh()
    assert page.decision.who.text() == "由物业服务企业受理，请到物业服务企业申报"


@pytest.mark.requirement("LG-3-9")
def test_the_classes_of_key_works_are_asked_for_where_the_pack_lists_them(
    qtbot: QtBot, bench_with: OpenBench, pack: PolicyPack
) -> None:
    choices = (Choice(code="structure", label="变动建筑主体和承重结构"), Choice(code="use", label="改变房屋用途"))
    question = replace(
        next(each for each in pack.questions if each.fact == "other_dangerous_works"), fact="key_classes"
    )
    assert isinstance(question, Question)
    listed = replace(pack, choices={**pack.choices, "key_classes": choices}, questions=(*pack.questions, question))
    page = intake(qtbot, bench_with(listed))
    fill(page, factories.walk_in(factories.small_work_facts(key_classes=("use",))))
    assert page.form.row("facts.key_classes") is not None
    assert page.walk_in().facts["key_classes"] == ("use",)
