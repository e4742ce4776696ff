from __future__ import annotations
from datetime import date
from pathlib import Path
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from desktop.domain.worklist import TaskKind
from tests.journeys import at_a_place as place
from tests.journeys.conftest import Journey
from tests.journeys.on_site import *
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
def shoot(journey, name):
    journey.window.grab().save(f"/tmp/i7_j/{name}.png")

def dump(journey, number):
    for p in journey.file(number).papers:
        Path(f"/tmp/i7_j/sj_{number}_{p.code}.pdf").write_bytes(journey.desk.issuing.pdf(p.id))
        print("=====", p.code, p.number); print(place.texts(journey, number)[p.code])
def shop(amount, area):
    return (("facts.kind","1"),("facts.category", "既有建筑装饰装修工程（非{Enter}"), ("project_name", "坪安路18号商铺装修"), ("content","吊顶和墙面"), ("place.community", "坪安{Enter}"), ("place.estate","坪安路18号"), ("facts.contract_amount_yuan",amount),("facts.floor_area_m2",area), ("facts.place_kind","商铺{Enter}"),("facts.illegal_acts","{Ctrl+0}"),("facts.structural_change","{Ctrl+0}"),("facts.property_managed","{Ctrl+0}"))
def say(j):
    j.intake.refresh()
    print("SAY", j.label("decision.what").text(),"|", j.label("decision.who").text(),"|", j.label("decision.missing").text(), [(l.line.heading, l.line.text,l.line.article) for l in j.intake.decision.why_lines()])
def test_x(closed):
    j=closed
    place.first_start(j, rules="松江", street="坪安镇人民政府", day=date(2026,5,11))
    print("BANNER", j.window.banner.text, j.window.status.text() if hasattr(j.window.status,"text") else "")
    j.keys("{Ctrl+N}")
    j.fill(*shop("100","299.99"), *place.parties())
    say(j); shoot(j,"sj1")
    n=j.decide("{F7}"); print(n, j.words()); dump(j,n)
    j.keys("{Ctrl+N}")
    j.fill(*shop("99.99","299.99"), *place.parties())
    say(j); shoot(j,"sj2")
    lines=[l for l in j.intake.refresh().lines]; print([(l.code,l.required) for l in lines])
    j.judge("{Home} {Down}1{Shift+Space}"); n=j.decide("{F8}"); print(n); dump(j,n)
    j.next_day(1)
    j.find(n); j.open_found(); j.keys("{F5}"); j.see(lambda: j.window.page_key=="intake", "")
    j.keys(" ")
    n=j.decide("{F9}"); print(n); dump(j,n); shoot(j,"sj3")
    place.leader_comes(j)
    j.keys("{Ctrl+5}"); j.settle()
    print("WL", j.window.page("worklist").words())
    j.day=date(2026,7,27)
    place.founder_comes(j)
    j.find(n); j.open_found(); j.keys("{F2}"); print(j.words()); shoot(j,"sj4")
    print([b.text() for b in j.filing.life.buttons.values() if not b.isHidden()])
    j.keys("{Shift+F4}"); life_dialog(j); j.fill(("completed_on", "{Ctrl+A}2026-7-24"), ("note", "业主来电")); carries_out(j, has_papers=False)
    place.leader_comes(j)
    j.keys("{Ctrl+5}"); j.settle()
    print("WL", j.window.page("worklist").words())
    place.founder_comes(j)
    j.find(n); j.open_found(); j.keys("{F2}")
    j.keys("{Shift+F5}")
    d = life_dialog(j); print(d.windowTitle(), [l.text() for l in d.findChildren(QLabel) if l.isVisible()], [l.objectName() for l in d.findChildren(QWidget) if l.objectName()]); d.grab().save("/tmp/i7_j/sj5.png")
    j.fill(("applicant","陈小满"),("need.0","{Space}")); carries_out(j)
    j.keys("{Shift+F6}")
    d = life_dialog(j); print(d.windowTitle(), [l.text() for l in d.findChildren(QLabel) if l.isVisible()], [l.objectName() for l in d.findChildren(QWidget) if l.objectName()]); d.grab().save("/tmp/i7_j/sj6.png")
    j.fill(("verdict", "已经{Enter}"), ("text", "现场已清场")); carries_out(j)
    print(j.words()); dump(j,n); shoot(j,"sj7")
    assert 0
