"""A counter of 君山: what its notice leaves open, home decoration, key works, and the close-out it calls 销号."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from desktop.domain.worklist import TaskKind
from tests.journeys.on_site import *

from desktop.domain.acts import Status
from tests.journeys import at_a_place as place
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MONDAY = date(2026, 5, 11)

def shoot(journey, name):
    journey.window.grab().save(f"/tmp/i7_j/{name}.png")

def dump(journey, number):
    for p in journey.file(number).papers:
        Path(f"/tmp/i7_j/js_{number}_{p.code}.pdf").write_bytes(journey.desk.issuing.pdf(p.id))
        print("=====", p.code, p.number); print(place.texts(journey, number)[p.code])

@pytest.fixture
def junshan(closed: Journey) -> Journey:
    """A township of 君山, set up at the first start."""
    place.first_start(closed, rules="君山", street="坪安镇人民政府", day=MONDAY)
    return closed


def test_x(junshan: Journey) -> None:
    j = junshan
    j.keys("{Ctrl+N}")
    j.fill(*place.home(), ("facts.structural_change", "{Ctrl+0}"), ("facts.property_managed", "Y"), ("facts.self_performed", "{Ctrl+0}"), *place.parties())
    j.intake.refresh()
    print(j.words()); shoot(j, "js1")
    j.judge("{Shift+Space}")
    j.keys("{F9}")
    print("WHY", j.label("act.why").text())
    place.fills_the_gaps(j, version="2026-filled", classes=("既有建筑装饰装修", "人员密集场所动火作业", "丙", "丁"))
    print(j.window.page_key, j.typed().project_name)

    j.fill(("facts.key_classes", "{Ctrl+0}"))
    j.intake.refresh()
    print(j.label("decision.what").text(), j.label("decision.who").text()); shoot(j, "js2")
    j.keys("{F9}")
    print("WHY", j.label("act.why").text())
    n = j.decide("{Shift+F9}")
    shoot(j, "js3"); print(n, j.words()); dump(j, n)

    j.keys("{Ctrl+N}")
    j.fill(*place.home("坪安村12号自建房装修"), ("facts.structural_change", "{Ctrl+0}"), ("facts.property_managed", "N"), ("facts.self_performed", "{Ctrl+0}"), *place.parties())
    j.judge("{Shift+Space}")
    j.intake.refresh()
    print(j.label("decision.what").text(), j.label("decision.who").text(), [(l.line.heading, l.line.text,l.line.article) for l in j.intake.decision.why_lines()]); shoot(j, "js4")
    n = j.decide("{F9}")
    print(n, j.words()); shoot(j, "js5"); dump(j, n)

    j.keys("{Ctrl+N}")
    j.fill(("facts.kind","1"),("facts.category", "其他{Enter}"), ("project_name", "坪安路5号商铺拆墙"), ("content","拆除一道承重墙，加固"), ("place.community", "坪安{Enter}"), ("place.estate","坪安路5号"), ("facts.contract_amount_yuan","12"),("facts.floor_area_m2","80"),
      ("facts.structural_change", "Y"), ("facts.function_change","{Ctrl+0}"), ("facts.property_managed", "N"), ("facts.self_performed", "{Ctrl+0}"), *place.owner_person(), *place.BUILDER, ("contractor_safety_manager.name", "许安"), ("planned_start_on", "2026-6-1"), ("planned_end_on", "2026-7-31"))
    j.intake.refresh()
    print(j.label("decision.what").text(), j.label("decision.who").text(), j.label("decision.missing").text(), [(l.line.heading, l.line.text,l.line.article) for l in j.intake.decision.why_lines()]); shoot(j, "js6")
    lines=[l for l in j.intake.refresh().lines]
    print([(l.code,l.required) for l in lines])
    design=[l.code for l in lines if l.required].index("JS-design")
    j.judge("{Home}" + "{Down}"*design + "1{Shift+Space}")
    told = j.decide("{F8}")
    print(told, j.words()); dump(j, told)
    j.next_day(2)
    j.find(told); j.open_found(); j.keys("{F5}"); j.see(lambda: j.window.page_key=="intake", "")
    j.keys(" ")
    n = j.decide("{F9}"); print(n); dump(j, n)
    place.leader_comes(j)
    j.keys("{Ctrl+5}"); j.settle()
    print("WL", j.window.page("worklist").words()); shoot(j, "js7")
    does(j, TaskKind.FIRST_CHECK, n)
    j.fill(("patrol.patrollers", "陈巡"), ("patrol.organisation", "坪安镇人民政府"))
    j.keys("{Ctrl+Enter}")
    j.settle(); print(entry_of(j).banner.text); shoot(j, "js7b")
    j.day = date(2026,6,29)
    j.keys("{Ctrl+5}"); j.settle()
    print("WL", j.window.page("worklist").words())
    j.day = date(2026,7,27)
    place.founder_comes(j)
    j.find(n); j.open_found(); j.keys("{F2}"); print(j.words()); shoot(j,"js8")
    print([b.text() for b in j.filing.life.buttons.values()])
    j.keys("{Shift+F4}"); life_dialog(j); j.fill(("completed_on", "{Ctrl+A}2026-7-24"), ("note", "业主来电")); carries_out(j, has_papers=False)
    place.leader_comes(j)
    j.keys("{Ctrl+5}"); j.settle()
    print("WL", j.window.page("worklist").words())
    place.founder_comes(j)
    does(j, TaskKind.CLOSE_OUT, n)
    d = life_dialog(j); print(d.windowTitle(), [l.text() for l in d.findChildren(QLabel) if l.isVisible()], [l.objectName() for l in d.findChildren(QWidget) if l.objectName()]); d.grab().save("/tmp/i7_j/js9.png")
    assert 0
