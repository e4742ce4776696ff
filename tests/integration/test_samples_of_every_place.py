"""The sample data under the rules of other places: their categories and materials, and nothing that they leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack_rules import OpenList, Parameter
from desktop.domain.pack_version import FilledClass, FilledList, FilledNumber
from desktop.services.desk import Desk, open_desk
from tests.factories import LIGHT, office

TODAY = date(2026, 11, 23)
NUMBERS = {"limit_amount_yuan": "1000000", "limit_area_m2": "600"}


def opened(folder: Path, place: str) -> Desk:
    desk = open_desk(folder, today=lambda: TODAY, effort=LIGHT)
    desk.office.set_up(replace(office(), pack_id=place))
    return desk


def fill_in(desk: Desk) -> None:
    """Fill the gaps in as an office would, from the first day of the rules on."""
    pack = desk.office.pack()
    numbers = [_number(name, known) for name, known in pack.parameters.items() if known.is_gap]
    version = desk.pack_versions.fill_gaps(
        pack.id,
        pack.version,
        numbers=numbers,
        lists=[_classes(opened) for opened in pack.open_lists],
        act_id="fill",
        effective_from=pack.effective_from or date(2025, 1, 1),
    )
    desk.pack_versions.submit(version)
    desk.pack_versions.let_bind(version)


def _number(name: str, known: Parameter) -> FilledNumber:
    usual = known.proposal if known.proposal is not None else known.words[0].value
    return FilledNumber(name=name, value=NUMBERS.get(name, str(usual)), source="样例假设，未核实")


def _classes(opened: OpenList) -> FilledList:
    return FilledList(code=opened.code, classes=(FilledClass(label="人员密集场所动火", source="样例假设，未核实"),))


@pytest.mark.requirement("Q-3", "Q-JS", "Q-YC", "Q-HL", "Q-SJ")
@pytest.mark.parametrize(("place", "decided"), [("junshan", 13), ("yichang", 20), ("huli", 20), ("songjiang", 14)])
def test_samples_go_into_the_categories_of_the_place(tmp_path: Path, place: str, decided: int) -> None:
    desk = opened(tmp_path, place)
    if desk.office.pack().gaps():
        fill_in(desk)
    entered = desk.office.add_samples()
    assert (entered.entered, entered.left_out) == (decided, 24 - decided)
    assert entered.gaps == ()
    own = {category.code for category in desk.office.pack().categories}
    ids = desk.ledger.ids(LedgerCriteria())
    assert {desk.ledger.file(each).walk_in.facts.text("category") for each in ids} <= own
    desk.close()


@pytest.mark.requirement("Q-3", "Q-JS")
def test_before_the_gaps_are_filled_in_what_cannot_be_decided_is_left_out(tmp_path: Path) -> None:
    desk = opened(tmp_path, "junshan")
    entered = desk.office.add_samples()
    assert (entered.entered, entered.left_out) == (0, 24)
    assert "24 件没有放入" in entered.why_left_out()
    assert "空缺" in entered.why_left_out()
    assert len(desk.ledger.ids(LedgerCriteria())) == 0
    desk.close()
