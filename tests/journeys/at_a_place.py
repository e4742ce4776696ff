"""A counter anywhere: the first start with the rules of a place, people who take turns, papers read word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Status
from desktop.domain.pack_version import FilledClass, FilledList, FilledNumber, VersionHead
from desktop.domain.worklist import TaskKind
from desktop.sample_morning.typist import Typist
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.setup.setup_dialog import SetupDialog
from desktop.views.workbench import Workbench
from tests.gui.staff import ADMIN, ADMIN_PASSWORD, hire
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import text_of
from tests.journeys.on_site import carries_out, does, life_dialog
from tests.journeys.people import COMPANY_CODE, Steps, owner_person

LEADER: Final = ("zhoushen", "周审", "Schnee4 auf den Gipfeln")
SECOND: Final = ("wufu", "吴复", "Nebel2 in den Wiesen")
# What only the document of another place says; a place's own words are left out where it is read.
_OF_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "longgang": ("龙岗", "《实施细则》", "小型工程", "建筑废弃物"),
    "junshan": ("君山", "岳阳", "重点监管小散工程", "销号", "住宅装修人"),
    "yichang": ("宜昌", "备案表", "不良档案"),
    "huli": ("湖里", "纳管须知", "安全条约", "评估报告"),
    "songjiang": ("松江", "小微工程", "竣工备案", "开工备案", "街镇"),
}
_ARTICLE: Final = re.compile(r"第[一二三四五六七八九十百]+条")
# An article that the document of the place names itself.
_QUOTED: Final = re.compile(r"《[^》]*暂行办法》第[一二三四五六七八九十]+条")
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


def parties(*more: tuple[str, str]) -> Steps:
    """A person who has the work done, who does it, and when."""
    return (
        *owner_person(),
        ("contractor.party.name", "匠新装饰工程有限公司"),
        ("contractor.party.id_number", COMPANY_CODE),
        ("contractor.party.phone", "13800006612"),
        *more,
        ("planned_start_on", "2026-6-1"),
        ("planned_end_on", "2026-7-31"),
    )


def told(journey: Journey) -> tuple[str, str]:
    """The largest words of the decision: what it is, and who takes it or what is wanting."""
    journey.intake.refresh()
    return journey.label("decision.what").text(), journey.label("decision.who").text()


def why(journey: Journey) -> list[tuple[str, str]]:
    """The lines of why, each with its article."""
    return [(row.line.text, row.line.article) for row in journey.intake.decision.why_lines()]


def asked_papers(journey: Journey) -> list[str]:
    """The codes of what is to be brought or told, as listed."""
    return [line.code for line in journey.intake.refresh().lines if line.required]


def judges_all_but(journey: Journey, missing: str) -> None:
    """Find every paper in order but one that was not brought."""
    place = asked_papers(journey).index(missing)
    journey.judge("{Home}" + "{Down}" * place + "1{Shift+Space}")


def comes_again(journey: Journey, number: str) -> None:
    """The person comes back with what was wanting, and it is in order."""
    journey.find(number)
    journey.open_found()
    journey.keys("{F5}")
    journey.see(lambda: journey.window.page_key == "intake", "the next visit")
    journey.keys(" ")


def to_life(journey: Journey, number: str) -> None:
    """Open the life of a registration."""
    journey.find(number)
    journey.open_found()
    journey.keys("{F2}")


def closes_out(journey: Journey, number: str, *, completed: str, more: Steps = ()) -> None:
    """The owner says that the work is finished; the clerk takes it down, the leader looks on site."""
    to_life(journey, number)
    journey.keys("{Shift+F5}")
    life_dialog(journey)
    journey.fill(("completed_on", f"{{Ctrl+A}}{completed}"), ("applicant", "陈小满"), *more)
    carries_out(journey)
    leader_comes(journey)
    does(journey, TaskKind.CLOSE_OUT_CHECK, number)
    life_dialog(journey)
    journey.fill(("verdict", "已经{Enter}"), ("text", "现场已清场"))
    carries_out(journey)
    assert journey.file(number).row.status is Status.CLOSED


def papers(journey: Journey, *numbers: str) -> dict[str, str]:
    """The words of every paper of some filings by its code, as printed, without breaks."""
    return {
        paper.code: text_of(journey.desk.issuing.pdf(paper.id))
        for number in numbers
        for paper in journey.file(number).papers
    }


def seen(journey: Journey) -> str:
    """Everything to be read in the window now."""
    return "\n".join(_said(journey.window))


def _said(window: QWidget) -> Iterator[str]:
    for each in window.findChildren(QWidget):
        if each.isVisible():
            yield each.accessibleName()
            yield each.toolTip()
            if isinstance(each, QLabel | QLineEdit | QAbstractButton):
                yield each.text()


def strange(text: str, *, at: str, own: tuple[str, ...] = ()) -> list[str]:
    """Find what belongs to the document of another place; ``own`` are words that this one has as well."""
    others = [word for place, words in _OF_OTHERS.items() if place != at for word in words if word not in own]
    articles = [] if at == "longgang" else _ARTICLE.findall(_QUOTED.sub("", text))
    return [*(word for word in others if word in text), *articles]
