"""A counter anywhere: the first start with the rules of a place, people who take turns, papers read word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from desktop.domain.access import Grant, Role
from desktop.domain.acts import IssuedPaper
from desktop.domain.pack_version import FilledClass, FilledList, FilledNumber, VersionHead
from desktop.sample_morning.typist import Typist
from desktop.views.frame.top_bar import TopBar
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.setup.setup_dialog import SetupDialog
from desktop.views.shared.chips import Chip
from desktop.views.workbench import Workbench
from tests.gui.staff import ADMIN, ADMIN_PASSWORD, hire
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import text_of
from tests.journeys.people import BUILDER, Steps, owner_person

LEADER: Final = ("zhoushen", "周审", "Schnee4 auf den Gipfeln")
SECOND: Final = ("wufu", "吴复", "Nebel2 in den Wiesen")
# What another place calls things, and how its document is cited.
OF_LONGGANG: Final = ("龙岗", "深圳", "《实施细则》", "第二条", "第三条", "第四条", "第二十", "第三十", "第四十")
ARTICLE_OF_LONGGANG: Final = re.compile(r"第[一二三四五六七八九十]+条")
_SOURCE: Final = "《暂行办法》第三条（演练用，未核实）"
_LIMITS: Final[Mapping[str, str]] = {
    "limit_amount_yuan": "300000",
    "limit_area_m2": "300",
    "limit_relation": "1",
    "limit_inclusive": "1",
    "limit_by_investment": "1",
}


def first_start(journey: Journey, *, rules: str, street: str, day: date, areas: str = "坪安社区、新禾社区") -> None:
    """Set the office up by keys at the first start, with the rules of a place and the first administrator."""
    journey.day = day
    journey.open_desk()
    bench = Workbench(journey.desk)
    dialog = SetupDialog(bench)
    typist = Typist(dialog)
    typist.take_over(dialog)
    for path, keys in (
        ("street_name", street),
        ("code", "pa"),
        ("window", "受理窗口1"),
        ("clerk_name", "高远"),
        ("pack_id", f"{{Ctrl+A}}{rules}{{Enter}}"),
        ("phone", "000-00001234"),
        ("address", "坪安路1号一楼"),
        ("communities", areas),
        ("admin_name", "高远"),
        ("admin_password", ADMIN_PASSWORD),
        ("admin_password_again", ADMIN_PASSWORD),
    ):
        typist.walk_to(path)
        typist.keys(keys)
    typist.keys("{Ctrl+Enter}")
    typist.wait_until(lambda: not dialog.isVisible(), "the office set up")
    dialog.deleteLater()
    bench.deleteLater()
    for user, name, password in (LEADER, SECOND):
        hire(journey.desk, user, name, password, Grant(role=Role.MANAGER))
    journey.open_window()


def changes_hands(journey: Journey, user_name: str, password: str) -> None:
    """Let somebody else sign in by keys."""
    journey.keys("{Ctrl+Shift+L}")
    dialog = journey.window.at_work.sign_in
    assert isinstance(dialog, SignInDialog)
    typist = Typist(dialog)
    typist.take_over(dialog)
    typist.walk_to("user_name")
    dialog.user_name.clear()
    typist.keys(user_name + "{Enter}" + password + "{Enter}")
    typist.wait_until(lambda: not isValid(dialog) or not dialog.isVisible(), "the window handed over")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    journey.typist.take_over(journey.window)
    journey.settle()


def leader_comes(journey: Journey) -> None:
    """The leader in charge sits down."""
    changes_hands(journey, LEADER[0], LEADER[2])


def second_comes(journey: Journey) -> None:
    """A second reviewer sits down."""
    changes_hands(journey, SECOND[0], SECOND[2])


def founder_comes(journey: Journey) -> None:
    """The administrator, who also works at the window, sits down again."""
    changes_hands(journey, ADMIN, ADMIN_PASSWORD)


def fills_the_gaps(journey: Journey, *, version: str, classes: tuple[str, ...] = ()) -> None:
    """The administrator fills in what the document leaves open; the leader lets it bind from today."""
    rules, desk = journey.desk.office.pack(), journey.desk
    drafted = desk.pack_versions.fill_gaps(
        rules.id,
        rules.version,
        numbers=[FilledNumber(name=name, value=value, source=_SOURCE) for name, value in _LIMITS.items()],
        lists=[
            FilledList(code=each.code, classes=tuple(FilledClass(label=label, source=_SOURCE) for label in classes))
            for each in rules.open_lists
        ],
        act_id="gaps",
    )
    tree = desk.pack_versions.tree(rules.id, desk.pack_versions.pack(drafted).version)
    assert desk.pack_versions.keep(drafted, tree, VersionHead(version=version, effective_from=journey.day)) == ()
    desk.pack_versions.submit(drafted)
    leader_comes(journey)
    journey.window.workbench.changed.emit(desk.pack_versions.let_bind(drafted))
    founder_comes(journey)
    assert journey.desk.office.pack().version == version


def home(name: str = "坪安路8号3栋501室装修", *, amount: str = "9.8", area: str = "96") -> Steps:
    """The decoration of a home, from the first field to the size."""
    return (
        ("facts.kind", "1"),
        ("facts.category", "住宅室内{Enter}"),
        ("project_name", name),
        ("content", "厨卫翻新，墙面涂刷"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路8号"),
        ("facts.contract_amount_yuan", amount),
        ("facts.floor_area_m2", area),
    )


def parties() -> Steps:
    """A person who has the work done, and who does it."""
    return (*owner_person(), *BUILDER, ("planned_start_on", "2026-6-1"), ("planned_end_on", "2026-7-31"))


def texts(journey: Journey, number: str) -> dict[str, str]:
    """The words of every paper of a filing by its code, as printed, without breaks."""
    return {paper.code: text_of(journey.desk.issuing.pdf(paper.id)) for paper in journey.file(number).papers}


def everything_said(journey: Journey) -> str:
    """Everything to be read in the window: labels, buttons, fields, chips, lists."""
    return "\n".join(_said(journey.window))


def _said(window: QWidget) -> Iterator[str]:
    for each in window.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel | QLineEdit):
            yield each.text()
        yield each.accessibleName()
        yield each.toolTip()


def is_of_this_place(text: str, strange: Iterable[str]) -> bool:
    """Say whether no word of another place and no article of another document stands in a text."""
    found = [word for word in strange if word in text]
    assert not found, found
    return True
