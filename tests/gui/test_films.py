"""Which warning film was watched: set in the settings, ticked and picked at the window, kept with the visit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Decided
from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk
from desktop.views.admin.office_settings import OfficeSettings
from desktop.views.intake.intake_page import IntakePage
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import fill, ready
from tests.gui.input_method import write

PATIENCE_MS = 20_000
FILMS = ("高处作业警示片", "动火、用电警示片")


def shown(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    """Give the page on the screen."""
    page = IntakePage(workbench)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def with_films(desk: Desk, *titles: str) -> None:
    """Set the films of the office."""
    office = desk.office.office()
    assert office is not None
    desk.office.set_up(replace(office, videos=titles))


def tick(qtbot: QtBot, page: IntakePage) -> None:
    """Tick by key that the film was watched."""
    box = page.form.others.video_watched
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def test_without_films_there_is_only_the_tick(qtbot: QtBot, workbench: Workbench) -> None:
    page = shown(qtbot, workbench)
    tick(qtbot, page)

    assert not page.form.others.video.isVisible()
    assert page.form.others.read_film() == ""


@pytest.mark.requirement("LG-27-4c")
def test_a_tick_asks_which_film_and_the_next_person_begins_without_one(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    with_films(desk, *FILMS)
    page = shown(qtbot, workbench)
    others = page.form.others

    tick(qtbot, page)
    assert QApplication.focusWidget() is others.video
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(others.video, key)

    assert others.read_film() == FILMS[1]
    page.new_matter()
    assert not others.video_watched.isChecked()
    assert others.read_film() == ""


@pytest.mark.requirement("LG-27-4c")
def test_the_only_film_is_taken_with_the_tick_and_stands_in_the_history(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    with_films(desk, FILMS[0])
    page = shown(qtbot, workbench)
    pack = desk.intake.pack()
    fill(page, factories.all_in_order(ready(pack), pack))
    tick(qtbot, page)

    with qtbot.waitSignal(page.deciding.decided, timeout=PATIENCE_MS) as done:
        qtbot.keyClick(page, Qt.Key.Key_F9)

    decided = done.args[0]
    assert isinstance(decided, Decided)
    assert f"已观看安全警示片《{FILMS[0]}》" in desk.ledger.file(decided.filing_id).timeline[0].summary
    assert len(desk.ledger.ids(LedgerCriteria())) == 1


@pytest.mark.requirement("LG-27-4c")
def test_films_typed_in_the_settings_are_offered_at_once(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench)
    settings = OfficeSettings(workbench)
    qtbot.addWidget(settings)
    settings.show()
    write(settings.form.videos, "高处作业；动火, 用电、高处作业")

    qtbot.mouseClick(settings.save, Qt.MouseButton.LeftButton)

    assert [code for code, _label in page.form.others.video.options] == ["高处作业", "动火, 用电"]
    office = desk.office.office()
    assert office is not None
    assert office.videos == ("高处作业", "动火, 用电")
