"""The window that explains an assessment, reached by its key from a filing and from the form."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.explanation import STEP_WORDS, Step
from desktop.domain.pack import PolicyPack
from desktop.services.desk import Desk
from desktop.views.explaining.explanation_dialog import ExplanationDialog
from desktop.views.explaining.explanation_tree import DECIDED, RESULTS
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui import at_the_intake
from tests.gui.filings import registered, shown

PATIENCE_MS = 10_000
CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot) -> ExplanationDialog:
    """The window that the key opened, when its explanation is there."""
    found: list[ExplanationDialog] = []

    def is_there() -> None:
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, ExplanationDialog)]
        found[:] = [one for one in dialogs if one.isVisible() and one.explained is not None]
        assert found

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    return found[0]


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, workbench: Workbench) -> ExplanationDialog:
    """The window over a high-risk filing."""
    decided = registered(desk, excavation_depth_m=Decimal("3.4"))
    page = shown(qtbot, workbench, decided.filing_id)
    qtbot.keyClick(page, Qt.Key.Key_J, CONTROL)
    return opened(qtbot)


@pytest.mark.requirement("LG-3-0", "LG-3-6")
def test_a_filing_says_by_ctrl_j_why_and_what_would_change_it(dialog: ExplanationDialog) -> None:
    text = dialog.text.toPlainText()

    assert "PA-DJ-2026-000001" in dialog.heading.text()
    assert "高风险小型工程（第三条(六)）" in text
    assert "如果开挖深度减少超过0.4米（小于3米）" in text
    assert "风险：高风险小型工程 → 不是高风险小型工程" in text


def test_what_decided_is_unfolded_first_and_the_tests_follow_in_order(dialog: ExplanationDialog) -> None:
    tree = dialog.tree
    heads = [item for row in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(row)) is not None]
    titles, decided = [head.text(0) for head in heads], heads[1]

    assert titles[:2] == [RESULTS, DECIDED]
    assert decided.isExpanded()
    assert [rule.text(1) for row in range(decided.childCount()) if (rule := decided.child(row))] == ["● 成立"] * 2
    steps = [STEP_WORDS[step] for step in Step]
    assert titles[2:] == [words for words in steps if words in titles]


@pytest.mark.requirement("LG-3-6")
def test_each_rule_is_read_by_the_arrow_keys(qtbot: QtBot, dialog: ExplanationDialog) -> None:
    assert dialog.tree.hasFocus()
    for _ in range(3):
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Down)

    text = dialog.text.toPlainText()
    assert "第三条(六)" in text
    assert "开挖深度" in text
    assert "3.4米" in text
    assert "成立" in text


def test_the_whole_is_copied_by_its_key(qtbot: QtBot, dialog: ExplanationDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)

    assert QApplication.clipboard().text() == dialog.whole_text()
    assert "【高风险情形】" in dialog.whole_text()
    assert dialog.banner.text.startswith("判定说明全文已复制")


def test_the_whole_is_saved_as_a_text_file(
    qtbot: QtBot, dialog: ExplanationDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "判定说明.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))

    qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: file.exists() and not dialog.is_busy, timeout=PATIENCE_MS)
    assert file.read_text(encoding="utf-8").rstrip("\n") == dialog.whole_text()


def test_escape_closes_it(qtbot: QtBot, dialog: ExplanationDialog) -> None:
    with qtbot.waitSignal(dialog.finished, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.requirement("LG-3-0")
def test_what_is_being_typed_is_explained_by_the_same_key(qtbot: QtBot, workbench: Workbench, pack: PolicyPack) -> None:
    page = at_the_intake.shown(qtbot, workbench)
    high = factories.small_work_facts(contract_amount_yuan=Decimal(1_200_000))
    at_the_intake.fill(page, factories.walk_in(at_the_intake.answered(pack, high)))

    at_the_intake.press(page.form, Qt.Key.Key_J, CONTROL)

    text = opened(qtbot).text.toPlainText()
    assert "高风险小型工程（第三条(一)）" in text
    assert "如果施工承包合同金额减少20万元（不超过100万元）" in text
