"""The frame: pages by key, search anywhere, one step back, leaving without losing a word."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Change
from desktop.services.desk import Desk
from desktop.views.actions import ACTIONS, ActionSpec, actions_of, keys_in_words, shortcuts
from desktop.views.frame.keys_dialog import KeysDialog
from desktop.views.frame.warming_up import IDLE_MS
from desktop.views.intake.intake_page import IntakePage
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.papers.papers_dialog import PapersDialog
from desktop.views.shared.text_field import TextField
from desktop.views.theme import apply_theme, base_px
from desktop.views.workbench import Workbench
from tests.factories import office, walk_in
from tests.gui.filings import registered
from tests.gui.input_method import write

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, workbench: Workbench) -> MainWindow:
    """Give the window, shown and active."""
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier or Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench) -> Iterator[MainWindow]:
    """The window over an empty ledger."""
    shown = opened(qtbot, workbench)
    yield shown
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


@pytest.mark.requirement("LG-P2")
def test_the_window_opens_on_intake_and_says_where_one_is(window: MainWindow) -> None:
    assert window.page_key == "intake"
    assert window.windowTitle() == "受理 · 坪安街道办事处 受理窗口2"


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_2, "ledger"), (Qt.Key.Key_3, "admin"), (Qt.Key.Key_1, "intake")])
def test_ctrl_and_a_number_lead_to_a_page(qtbot: QtBot, window: MainWindow, key: Qt.Key, page: str) -> None:
    press(qtbot, window, key, CTRL)

    assert window.page_key == page


def test_ctrl_k_searches_the_ledger_from_any_page(
    qtbot: QtBot, desk: Desk, workbench: Workbench, window: MainWindow
) -> None:
    registered(desk, "坪安路商铺装修")
    registered(desk, "河湾学校教室改造")
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert window.top_bar.search.hasFocus()

    write(window.top_bar.search, "教室")
    press(qtbot, window, Qt.Key.Key_Return)

    page = window.page("ledger")
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=PATIENCE_MS)
    assert window.page_key == "ledger"


def test_enter_opens_a_filing_and_esc_leads_back_to_the_ledger(
    qtbot: QtBot, desk: Desk, workbench: Workbench, window: MainWindow
) -> None:
    registered(desk)
    press(qtbot, window, Qt.Key.Key_2, CTRL)
    page = window.page("ledger")
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=PATIENCE_MS)

    press(qtbot, window, Qt.Key.Key_Return)
    assert window.page_key == "filing"
    press(qtbot, window, Qt.Key.Key_Escape)

    assert window.page_key == "ledger"


def test_esc_on_a_page_never_closes_the_window(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Escape)
    press(qtbot, window, Qt.Key.Key_Escape)

    assert not window.isHidden()


def test_f1_shows_the_keys_of_the_page(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_2, CTRL)
    press(qtbot, window, Qt.Key.Key_F1)

    dialog = next(found for found in QApplication.topLevelWidgets() if isinstance(found, KeysDialog))
    words = [label.text() for label in dialog.findChildren(QLabel)]
    dialog.reject()
    assert "复制编号" in words
    assert "搜索台账" in words


def test_every_key_bound_in_the_window_stands_in_the_table(
    qtbot: QtBot, window: MainWindow, desk: Desk, workbench: Workbench
) -> None:
    for page in ("intake", "ledger", "admin"):
        window.go(page)
    workbench.filing_asked.emit(registered(desk).filing_id)
    papers = PapersDialog(workbench, (), "")
    qtbot.addWidget(papers)
    roots = (window, papers)
    bound = [keys.key() for root in roots for keys in root.findChildren(QShortcut)]
    bound += [act.shortcut() for root in roots for act in root.findChildren(QAction) if not act.shortcut().isEmpty()]

    known = {keys.toString() for spec in ACTIONS for keys in shortcuts(spec.key)}

    assert len(bound) > 40
    assert {keys.toString() for keys in bound} - known == set()


@pytest.mark.parametrize("spec", actions_of("intake"), ids=lambda spec: spec.key)
def test_f1_on_intake_names_every_key_with_what_it_does(qtbot: QtBot, spec: ActionSpec) -> None:
    dialog = KeysDialog("intake", "受理")
    qtbot.addWidget(dialog)

    words = [label.text() for label in dialog.findChildren(QLabel)]

    assert spec.text in words
    assert keys_in_words(spec) in words


@pytest.mark.parametrize("size", [14, 18])
def test_f1_fits_on_a_small_screen(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    apply_theme(qapp, size)
    dialog = KeysDialog("intake", "受理")
    qtbot.addWidget(dialog)

    assert dialog.sizeHint().width() <= 1366
    assert dialog.sizeHint().height() <= 730


def test_fonts_and_typesetter_are_loaded_once_when_the_window_is_idle(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.warmed_up, timeout=PATIENCE_MS):
        pass

    with qtbot.assertNotEmitted(window.warmed_up, wait=IDLE_MS * 2):
        window.hide()
        window.show()


@pytest.mark.requirement("LG-P2")
def test_the_foot_tells_rules_ledger_and_todays_count(
    qtbot: QtBot, desk: Desk, workbench: Workbench, window: MainWindow
) -> None:
    assert window.status.today == "今日办结 0 件"

    registered(desk)
    workbench.changed.emit(frozenset({Change.FILINGS}))

    assert window.status.today == "今日办结 1 件"


def test_a_pack_that_is_a_draft_is_said_across_the_window_and_stays_on_the_bar(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert "征求意见" in window.banner.text

    window.banner.pressed.emit()

    assert not window.banner.isVisible()
    assert window.top_bar._standing.isVisible()


def test_a_banner_put_away_stays_away_when_something_changes(workbench: Workbench, window: MainWindow) -> None:
    window.banner.pressed.emit()

    workbench.changed.emit(frozenset({Change.FILINGS}))

    assert not window.banner.isVisible()


def test_the_text_grows_and_shrinks_by_key(qtbot: QtBot, window: MainWindow, qapp: QApplication) -> None:
    press(qtbot, window, Qt.Key.Key_Plus, CTRL)
    assert base_px() == 15
    press(qtbot, window, Qt.Key.Key_Minus, CTRL)
    assert base_px() == 14
    apply_theme(qapp)


def test_leaving_in_the_middle_keeps_the_form_for_the_next_start(
    qtbot: QtBot, desk: Desk, workbench: Workbench, window: MainWindow
) -> None:
    intake = window.page("intake")
    assert isinstance(intake, IntakePage)
    name = intake.findChild(TextField, "project_name")
    assert name is not None
    write(name, "坪安路铺面装修")

    window.close()

    assert [draft.walk_in.project_name for draft in desk.drafts.all()] == ["坪安路铺面装修"]
    again = opened(qtbot, Workbench(desk))
    page = again.page("intake")
    assert isinstance(page, IntakePage)
    assert page.walk_in().project_name == "坪安路铺面装修"
    assert "没有办完" in again.draft_banner.text


def test_ctrl_n_begins_with_the_next_person_from_any_page(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    desk.drafts.save(str(uuid.uuid4()), walk_in())
    window = opened(qtbot, workbench)
    press(qtbot, window, Qt.Key.Key_3, CTRL)

    press(qtbot, window, Qt.Key.Key_N, CTRL)

    page = window.page("intake")
    assert isinstance(page, IntakePage)
    assert window.page_key == "intake"
    assert page.walk_in().project_name == ""


def test_names_of_fifty_characters_do_not_widen_the_window(
    qtbot: QtBot, desk: Desk, workbench: Workbench, qapp: QApplication
) -> None:
    long = office(street_name="坪" * 50, station_name="安" * 50, window="窗" * 50, clerk_name="林" * 50)
    desk.office.set_up(long)
    apply_theme(qapp, 18)

    window = opened(qtbot, workbench)
    for page in ("ledger", "admin", "intake"):
        window.go(page)

    assert window.minimumSizeHint().width() <= 1366
    assert window.width() == 1366
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


def test_closing_the_window_closes_the_papers_that_are_open(
    qtbot: QtBot, desk: Desk, workbench: Workbench, window: MainWindow
) -> None:
    decided = registered(desk)
    workbench.papers_asked.emit(decided.papers, decided.number)
    dialog = window.findChild(PapersDialog)
    assert isinstance(dialog, PapersDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: dialog.view.is_showing, timeout=PATIENCE_MS)

    window.close()

    assert not dialog.isVisible()


def test_the_sentence_about_the_rules_stays_away_once_put_away(workbench: Workbench, window: MainWindow) -> None:
    assert window.banner.isVisible()

    window.banner.pressed.emit()
    for change in Change:
        workbench.changed.emit(frozenset({change}))

    assert not window.banner.isVisible()
