"""The day of a new version comes while the window stands open: pages ask and say what it says, old filings do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.pack_version import PackTree
from desktop.domain.walk_in import MaterialCheck, Verdict
from desktop.services.desk import Desk, open_desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests import factories
from tests.factories import LIGHT, office
from tests.gui.at_the_intake import fill
from tests.gui.filings import registered
from tests.integration.rule_versions import bound, new_act

LAST_OF_OLD, FIRST_OF_NEW = date(2026, 6, 30), date(2026, 7, 1)
ASKED = "七月起这样问"


class Today:
    """The day of the window, which a test moves on."""

    day: date = LAST_OF_OLD


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication, today: Today) -> Iterator[Desk]:
    """A desk on the last day before a version that words a question otherwise."""
    apply_theme(qapp)
    now = datetime(2026, 6, 30, 1, 30, tzinfo=UTC)
    opened = open_desk(tmp_path / "data", today=lambda: today.day, now=lambda: now, effort=LIGHT)
    opened.office.set_up(office())
    pack = opened.office.pack()
    tree = opened.pack_versions.tree(pack.id, pack.version)
    first, *others = tree.rules["questions"]
    changed = {**tree.rules, "questions": [{**first, "label": ASKED}, *others]}
    bound(opened, "2026-07", FIRST_OF_NEW, tree=PackTree(rules=changed, papers=tree.papers))
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench) -> MainWindow:
    """The window, shown on the last day of the old version."""
    made = MainWindow(workbench)
    qtbot.addWidget(made)
    made.show()
    return made


def intake(window: MainWindow) -> IntakePage:
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    return page


def asks_anew(desk: Desk, page: IntakePage) -> bool:
    """Say whether the form words the question as the new version does."""
    return page.form.label_of(desk.intake.pack().questions[0].fact) == ASKED


@pytest.mark.requirement("Q-1")
def test_pages_are_built_anew_on_the_day_and_the_draft_is_kept(
    qtbot: QtBot, desk: Desk, window: MainWindow, today: Today
) -> None:
    window.go("intake")
    page = intake(window)
    fill(page, factories.walk_in())
    page.keeper.touch()
    assert not asks_anew(desk, page)
    today.day = FIRST_OF_NEW

    with qtbot.waitSignal(window.rules_turn.turned):
        window.day_turn.look()

    assert window.page_key == "intake"
    assert intake(window) is not page
    assert asks_anew(desk, intake(window))
    assert intake(window).form.walk_in().project_name == factories.walk_in().project_name


@pytest.mark.requirement("Q-1")
def test_a_filing_that_is_looked_at_stays_in_sight(qtbot: QtBot, desk: Desk, window: MainWindow, today: Today) -> None:
    filed = registered(desk)
    window.workbench.filing_asked.emit(filed.filing_id)
    today.day = FIRST_OF_NEW
    with qtbot.waitSignal(window.rules_turn.turned):
        window.day_turn.look()
    assert window.filing_shown == filed.filing_id


@pytest.mark.requirement("Q-1")
def test_what_is_typed_in_a_dialog_is_not_lost_to_the_new_day(qtbot: QtBot, window: MainWindow, today: Today) -> None:
    dialog = QDialog(window)
    dialog.open()
    today.day = FIRST_OF_NEW
    window.rules_turn.wait.setInterval(1)
    window.day_turn.look()
    qtbot.wait(20)
    assert dialog.isVisible()
    with qtbot.waitSignal(window.rules_turn.turned):
        dialog.reject()


@pytest.mark.requirement("Q-1")
def test_what_comes_again_is_asked_by_the_version_of_its_filing_day(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    whole = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    first = desk.intake.preview(whole).assessment.required_materials[0]
    wanting = whole.with_check(MaterialCheck(code=first, verdict=Verdict.MISSING))
    told = desk.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ONE_TIME_NOTICE, walk_in=wanting))
    today.day = FIRST_OF_NEW
    page = IntakePage(workbench)
    qtbot.addWidget(page)
    page.show()
    assert asks_anew(desk, page)

    page.open_revisit(told.filing_id)
    assert not asks_anew(desk, page)
    assert page.walk_in().project_name == whole.project_name
    assert page.refresh().assessment.pack_version == "2025-draft"

    page.new_matter()
    assert asks_anew(desk, page)
    fill(page, factories.walk_in())
    assert page.refresh().assessment.pack_version == "2026-07"
