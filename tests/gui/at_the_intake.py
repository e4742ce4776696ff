"""A clerk at the intake page, by keys, for the tests of that page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import WalkIn
from desktop.views.intake.asked_questions import asked_questions, plain_no
from desktop.views.intake.intake_page import IntakePage
from desktop.views.workbench import Workbench
from tests import factories

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 20_000


def shown(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    """Show the page in an active window, the keyboard on it."""
    page = IntakePage(workbench)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def answered(pack: PolicyPack, base: Facts) -> Facts:
    """The facts with every question that concerns them answered no, where that can be said."""
    for _ in range(3):
        asked = asked_questions(pack, base, base.stated)
        no = {q.fact: plain_no(q, pack) for q in asked.questions if not base.is_stated(q.fact)}
        base = base.with_facts(**{fact: value for fact, value in no.items() if value is not None})
    return base


def fill(page: IntakePage, walk_in: WalkIn) -> None:
    """Stand where a clerk stands after typing all of this."""
    page.form.set_walk_in(walk_in)
    page.materials.write(walk_in.materials, walk_in.corrections)
    page.form.changed.emit()
    page.refresh()


def ready(pack: PolicyPack) -> WalkIn:
    """A complete matter with every question answered; no paper is judged."""
    return factories.walk_in(answered(pack, factories.small_work_facts()))


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key."""
    QTest.keyClick(widget, key, modifiers)


def focus() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def field_with_focus() -> str:
    """The name of the field that has the keyboard; empty when none has a name."""
    widget: QWidget | None = focus()
    while widget is not None and not widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget is not None else ""


def decide(page: IntakePage, qtbot: QtBot, key: Qt.Key) -> None:
    """Press the key of an act and wait until it is decided."""
    press(focus(), key)
    qtbot.waitUntil(lambda: page.done.isVisible(), timeout=20_000)


def judge_all(page: IntakePage) -> None:
    """Find every required paper in order, by keys."""
    press(focus(), Qt.Key.Key_M, ALT)
    press(page.materials.list, Qt.Key.Key_Space, SHIFT)
