"""An auditor finds a row that was edited between two sessions with a tool that is not the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.sample_morning.typist import Typist
from desktop.services.desk import Desk, open_desk
from desktop.views.audit.audit_page import AuditPage
from desktop.views.main_window import MainWindow
from desktop.views.workbench import Workbench
from tests import factories
from tests.integration.people import OWN_PASSWORD, found, hire

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def first_session(folder: Path) -> None:
    """A clerk registers two matters; an auditor gets an account; the program is closed."""
    desk = open_desk(folder, today=lambda: factories.FILED_ON, effort=factories.LIGHT)
    desk.office.set_up(factories.office())
    found(desk, is_clerk_too=True)
    hire(desk, "shenjian", Grant(role=Role.AUDITOR), name="沈鉴")
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    for act_id in ("1", "2"):
        desk.intake.decide(DecisionRequest(act_id=act_id, act=Act.ACCEPT, walk_in=matter))
    desk.close()


def edit_by_hand(folder: Path) -> None:
    """Change a registered filing and the event that says who registered it, by the driver alone."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            ledger.execute(f"DROP TRIGGER {name}")
        ledger.execute("UPDATE filing SET contractor_name='换过的单位' WHERE number='PA-DJ-2026-000001'")
        ledger.execute("UPDATE audit_event SET who='别人' WHERE act='accept' AND filing_id=2")
        ledger.commit()


@pytest.mark.requirement("LG-P1", "LG-P2")
def test_an_auditor_finds_a_tampered_row_and_takes_the_trail_out(
    themed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_session(themed_folder)
    edit_by_hand(themed_folder)
    desk = open_desk(themed_folder, today=lambda: factories.FILED_ON, effort=factories.LIGHT)
    desk.sign_in.sign_in("shenjian", OWN_PASSWORD)
    window = MainWindow(Workbench(desk))
    try:
        _audit(desk, window, tmp_path / "审计记录.xlsx", monkeypatch)
    finally:
        window.close()
        window.deleteLater()
        desk.close()


def _audit(desk: Desk, window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window.resize(1366, 768)
    typist = Typist(window)
    typist.take_over(window)
    typist.keys("{Ctrl+6}")
    page = window.page("audit")
    assert isinstance(page, AuditPage)
    typist.wait_until(lambda: page.model.rowCount() > 0, "the trail")

    typist.keys("{F9}")
    typist.wait_until(lambda: page.verdict.list.count() > 0, "the findings")
    typist.wait_until(lambda: not window.workbench.runner.is_busy, "the end of verifying")
    assert "第一处断链：审计记录第" in page.verdict.banner.text
    told = [page.verdict.list.item(place).text() for place in range(page.verdict.list.count())]
    assert any("申报件 PA-DJ-2026-000001：现在的内容与" in words for words in told)

    typist.keys("{F8}")
    typist.wait_until(lambda: "别人" in page.card.body.toPlainText(), "the broken link")
    assert "PA-DJ-2026-000002" in page.card.body.toPlainText()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    typist.keys("{Ctrl+E}")
    typist.wait_until(file.exists, "the file")
    typist.wait_until(lambda: not window.workbench.runner.is_busy, "the end of the export")
    # Who audits sees no filing, whatever page is asked for.
    typist.keys("{Ctrl+2}")
    assert window.page_key == "audit"
    assert desk.sign_in.actor.name == "沈鉴"


@pytest.fixture
def themed_folder(tmp_path: Path, closed: object) -> Path:
    """A data folder of its own; the theme is on, as in the program."""
    return tmp_path / "audited"
