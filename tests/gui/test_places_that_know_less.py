"""Where the rules know no minor operations, no risk, no term: nothing of the window offers or shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.found_site import ABOVE_LIMIT, FoundSiteDraft
from desktop.domain.key_lists import KeyList, lists_of
from desktop.domain.ledger import LedgerColumn
from desktop.domain.ledger_fit import ledgers_of
from desktop.domain.measure import Breakdown
from desktop.domain.standing_ledger import StandingLedger
from desktop.services.desk import open_desk
from desktop.views.admin.rules_tab import identity_lines, parameter_lines
from desktop.views.inspections.draw_dialogs import DrawDialog
from desktop.views.inspections.key_lists_tab import KeyListsTab
from desktop.views.ledger.ledger_cells import COLUMNS
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.ledger.standing_ledger_dialog import StandingLedgerDialog
from desktop.views.patrol.found_site_dialog import FoundSiteDialog
from desktop.views.statistics.report_dialogs import members_of
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.factories import LIGHT, office

TODAY = date(2026, 11, 23)
PLACES = ("junshan", "yichang", "huli", "songjiang", "longgang")
ONE_KIND = ("junshan", "songjiang")
NO_RISK = ("yichang", "huli", "songjiang")
NO_TERM = ("junshan", "yichang", "huli", "songjiang")

pytestmark = pytest.mark.requirement("Q-JS", "Q-YC", "Q-HL", "Q-SJ")


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    """One place after the other."""
    return str(request.param)


@pytest.fixture
def bench(place: str, tmp_path: Path, qapp: QApplication) -> Iterator[Workbench]:
    """The workbench of an office of the place."""
    apply_theme(qapp)
    now = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    desk = open_desk(tmp_path / "data", today=lambda: TODAY, now=lambda: now, effort=LIGHT)
    desk.office.set_up(replace(office(), pack_id=place))
    bench = Workbench(desk)
    yield bench
    bench.runner.finish()
    desk.close()


def test_the_ledger_filters_and_shows_what_the_rules_know(place: str, bench: Workbench, qtbot: QtBot) -> None:
    page = LedgerPage(bench, today=lambda: TODAY)
    qtbot.addWidget(page)
    assert page.filters.kind.isHidden() is (place in ONE_KIND)
    assert page.filters.risk.isHidden() is (place in NO_RISK)
    assert page.table.isColumnHidden(COLUMNS.index(LedgerColumn.VALID_UNTIL)) is (place in NO_TERM)
    assert page.table.isColumnHidden(COLUMNS.index(LedgerColumn.RISK)) is (place in NO_RISK)


def test_a_draw_is_limited_by_what_the_rules_tell_apart(place: str, bench: Workbench, qtbot: QtBot) -> None:
    dialog = DrawDialog(bench.desk)
    qtbot.addWidget(dialog)
    assert dialog.rows["kind"].isHidden() is (place in ONE_KIND)
    assert dialog.rows["risk"].isHidden() is (place in NO_RISK)


def test_an_unregistered_work_is_of_a_kind_that_the_rules_know(place: str, bench: Workbench, qtbot: QtBot) -> None:
    dialog = FoundSiteDialog(bench.desk, FoundSiteDraft(found_by="何云川"))
    qtbot.addWidget(dialog)
    offered = [code for code, _label in dialog.kind._options]
    kinds = [SMALL_WORK] if place in ONE_KIND else [SMALL_WORK, MINOR_OPERATION]
    assert offered == ["", *kinds, ABOVE_LIMIT]


def test_lists_of_high_risk_works_are_offered_where_there_are_any(place: str, bench: Workbench, qtbot: QtBot) -> None:
    pack = bench.desk.office.pack()
    assert (KeyList.HIGH_RISK in lists_of(pack)) is (place not in NO_RISK)
    assert (StandingLedger.HIGH_RISK in ledgers_of(pack)) is (place not in NO_RISK)
    standing = StandingLedgerDialog(bench)
    qtbot.addWidget(standing)
    assert (StandingLedger.HIGH_RISK.value in dict(standing.ledger._options)) is (place not in NO_RISK)
    lists = KeyListsTab(bench)
    qtbot.addWidget(lists)
    assert (KeyList.HIGH_RISK.value in dict(lists.kind._options)) is (place not in NO_RISK)


def test_reports_are_limited_by_kind_where_there_are_two(place: str, bench: Workbench) -> None:
    members = members_of(None, (), bench.desk.office.pack().kinds())
    assert bool(members.get(Breakdown.KIND)) is (place not in ONE_KIND)


def test_the_rules_on_screen_leave_no_row_blank_and_no_number_of_an_unknown_kind(place: str, bench: Workbench) -> None:
    pack = bench.desk.office.pack()
    assert all(text for _label, text in identity_lines(pack, TODAY))
    labels = [label for label, _value, _article in parameter_lines(pack)]
    assert (pack.parameters["review_levels_minor"].label in labels) is (place not in ONE_KIND)


def test_escalation_is_offered_where_the_rules_have_an_article_for_it(place: str, bench: Workbench) -> None:
    from desktop.domain.local_rules import article

    bench.desk.office.pack()
    assert bool(article("escalation")) is (place == "longgang")
