"""A counter of 君山: what its notice leaves open, home decoration, key works, and the close-out it calls 销号."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

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
    j.intake.refresh()
    print(j.words()); shoot(j, "js2")
    assert 0
