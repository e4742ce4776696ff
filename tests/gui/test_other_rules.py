"""The office takes other rules while its window stands open: pages ask and speak as those rules do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Status
from desktop.domain.facts import MINOR_OPERATION
from desktop.services.desk import Desk, open_desk
from desktop.services.resources import default_pack, policies_folder
from desktop.views.actions import action
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.theme import apply_theme
from desktop.views.wording import KIND_WORDS, word
from desktop.views.workbench import Workbench
from tests import factories
from tests.factories import FILED_ON, LIGHT, office
from tests.gui.at_the_intake import fill

ELSEWHERE = "elsewhere"
WORDS = '\n[words]\n"注销" = "销号"\n"零星作业" = "零星施工"\n'


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with a second pack at hand, that has other words."""
    apply_theme(qapp)
    policies = tmp_path / "policies"
    shutil.copytree(policies_folder(), policies)
    shutil.copytree(policies / default_pack(), policies / ELSEWHERE)
    for file in (policies / ELSEWHERE).glob("*.toml"):
        rules = file.read_text(encoding="utf-8").replace(f'id = "{default_pack()}"', f'id = "{ELSEWHERE}"')
        file.write_text(rules + ("" if ".papers." in file.name else WORDS), encoding="utf-8")
    monkeypatch.setattr("desktop.services.desk.policies_folder", lambda: policies)
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    opened = open_desk(tmp_path / "data", today=lambda: FILED_ON, now=lambda: now, effort=LIGHT)
    opened.office.set_up(office())
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench) -> MainWindow:
    """The window, shown."""
    made = MainWindow(workbench)
    qtbot.addWidget(made)
    made.show()
    return made


def change_rules(qtbot: QtBot, workbench: Workbench, window: MainWindow) -> None:
    """Choose the other pack, as the settings page does."""
    with qtbot.waitSignal(window.rules_turn.turned):
        workbench.changed.emit(workbench.desk.office.set_up(replace(office(), pack_id=ELSEWHERE)))


@pytest.mark.requirement("LG-2-9")
def test_lists_and_keys_are_named_in_the_words_of_the_rules_at_work(desk: Desk) -> None:
    assert (word(Status.CLOSED), action("life.apply_closeout").text) == ("已注销", "申报注销")

    desk.office.set_up(replace(office(), pack_id=ELSEWHERE))

    assert (word(Status.CLOSED), action("life.apply_closeout").text) == ("已销号", "申报销号")
    assert KIND_WORDS[MINOR_OPERATION] == "零星施工"


@pytest.mark.requirement("LG-2-9")
def test_open_pages_are_built_anew_when_the_office_takes_other_rules(
    qtbot: QtBot, workbench: Workbench, window: MainWindow
) -> None:
    window.go("intake")
    before = window.page("intake")

    change_rules(qtbot, workbench, window)

    page = window.page("intake")
    assert window.page_key == "intake"
    assert page is not before
    assert "零星施工" in "".join(button.text() for button in page.findChildren(QToolButton))


@pytest.mark.requirement("LG-2-9")
def test_what_was_being_typed_stays_when_the_office_takes_other_rules(
    qtbot: QtBot, workbench: Workbench, window: MainWindow
) -> None:
    window.go("intake")
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    matter = factories.walk_in()
    fill(page, matter)
    page.keeper.touch()

    change_rules(qtbot, workbench, window)

    anew = window.page("intake")
    assert isinstance(anew, IntakePage)
    assert anew.form.walk_in().project_name == matter.project_name
