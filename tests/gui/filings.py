"""Filings decided through the real services, for the tests of the pages."""

from __future__ import annotations

import uuid
from dataclasses import replace

from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, Decided, DecisionRequest
from desktop.domain.facts import MINOR_OPERATION, FactValue
from desktop.domain.walk_in import DEFICIENT, MaterialCheck, Verdict, WalkIn
from desktop.services.desk import Desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, all_in_order, minor_facts, small_work_facts, walk_in


def decide(desk: Desk, matter: WalkIn, act: Act = Act.ACCEPT, *, reason: str = "") -> Decided:
    """Decide one matter."""
    request = DecisionRequest(act_id=str(uuid.uuid4()), act=act, walk_in=matter, reason=reason, signed=True)
    return desk.intake.decide(request)


def registered(desk: Desk, name: str = "坪安路18号一层商铺装修", **facts: FactValue) -> Decided:
    """Register a small work; facts may make it a high-risk one."""
    matter = walk_in(small_work_facts(**facts), project_name=name)
    return decide(desk, all_in_order(matter, desk.intake.pack()))


def minor_registered(desk: Desk, name: str = "河湾花园广告牌安装") -> Decided:
    """Register a minor operation."""
    matter = walk_in(minor_facts(), project_name=name)
    assert matter.facts.text("kind") == MINOR_OPERATION
    return decide(desk, all_in_order(matter, desk.intake.pack()))


def noticed(desk: Desk, name: str = "新禾社区文化室装修") -> Decided:
    """Give a one-time notice: the first required paper is missing."""
    pack = desk.intake.pack()
    matter = all_in_order(walk_in(project_name=name), pack)
    first = desk.intake.preview(matter).assessment.required_materials[0]
    missing = MaterialCheck(code=first, verdict=Verdict.MISSING)
    assert missing.verdict in DEFICIENT
    return decide(desk, replace(matter).with_check(missing), Act.ONE_TIME_NOTICE)


def shown(qtbot: QtBot, workbench: Workbench, filing_id: int) -> FilingPage:
    """Give the page on the screen, showing one filing."""
    page = FilingPage(workbench, today=lambda: FILED_ON)
    qtbot.addWidget(page)
    page.resize(1282, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_filing(filing_id)
    page.setFocus()
    return page
