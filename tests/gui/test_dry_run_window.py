"""The window that tries a version of the rules: by keys alone, off the GUI thread, nothing written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.dry_run import ChangeKind, DryRun
from desktop.domain.pack import PolicyPack
from desktop.services.desk import Desk
from desktop.views.rules.dry_run_window import DryRunWindow
from desktop.views.workbench import Workbench
from tests.gui.filings import minor_registered, registered

PATIENCE_MS = 10_000
CONTROL = Qt.KeyboardModifier.ControlModifier


def stricter(desk: Desk, limit: int = 500_000) -> PolicyPack:
    """The rules at work with a lower limit."""
    pack = desk.office.pack()
    amount = replace(pack.parameters["limit_amount_yuan"], value=Decimal(limit))
    return replace(pack, version="candidate", parameters={**pack.parameters, "limit_amount_yuan": amount})


@pytest.fixture
def filed(desk: Desk) -> int:
    """Three filings; gives the id of the dear one."""
    registered(desk, "坪安路1号商铺装修")
    dear = registered(desk, "坪安路2号商铺装修", contract_amount_yuan=Decimal(600_000))
    minor_registered(desk)
    return dear.filing_id


def opened(qtbot: QtBot, workbench: Workbench, pack: PolicyPack) -> DryRunWindow:
    window = DryRunWindow(workbench, pack)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.open()
        window.activateWindow()
    return window


def tried(qtbot: QtBot, window: DryRunWindow) -> DryRun:
    """Begin by the key and wait for the result."""
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.tried is not None and not window.is_busy, timeout=PATIENCE_MS)
    assert window.tried is not None
    return window.tried


def cells(window: DryRunWindow) -> list[tuple[str, ...]]:
    return [line.texts() for line in window.table.lines]


def of_table(window: DryRunWindow) -> dict[str, str]:
    found = {}
    for row in range(window.kinds.rowCount()):
        label, count = window.kinds.item(row, 0), window.kinds.item(row, 1)
        assert label is not None
        assert count is not None
        found[label.text()] = count.text()
    return found


@pytest.mark.requirement("Q-1")
def test_one_key_tries_and_counts_by_kind_and_lists_what_changes(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filed: int
) -> None:
    window = opened(qtbot, workbench, stricter(desk))
    assert window.months.hasFocus()
    assert window.months.value() == 12

    tried(qtbot, window)

    assert "申报的 3 件：有变化 1 件，没有变化 2 件，未能试算 0 件" in window.count_line.text()
    assert of_table(window) == {
        "全部变化": "1",
        "登记范围": "0",
        "风险": "1",
        "受理点": "1",
        "申报材料": "1",
        "主管部门": "0",
        "期限": "1",
    }
    number, on, community, _category, version, *change = cells(window)[0]
    assert (number, on, community, version) == ("PA-DJ-2026-000002", "2026-03-02", "坪安社区", "2025-draft")
    assert change == ["风险", "不是高风险小型工程", "高风险小型工程", "第三条(一)"]
    assert window.table.hasFocus()
    assert not window.left_out.isVisible()


def test_before_it_has_run_it_says_what_to_do_and_that_nothing_is_written(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    window = opened(qtbot, workbench, stricter(desk))

    assert window.tried is None
    assert not window.save_button.isEnabled()
    said = "".join(label.text() for label in window.findChildren(type(window.count_line)))
    assert "试算只看不写" in said


def test_an_arrow_key_in_the_kinds_leaves_only_that_kind(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filed: int
) -> None:
    window = opened(qtbot, workbench, stricter(desk))
    tried(qtbot, window)
    assert len(cells(window)) == 4

    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window.kinds, Qt.Key.Key_Down)
    assert cells(window) == []
    qtbot.keyClick(window.kinds, Qt.Key.Key_Down)

    assert [texts[5] for texts in cells(window)] == ["风险"]


def test_enter_on_one_of_the_commonest_changes_lists_its_filings(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filed: int
) -> None:
    window = opened(qtbot, workbench, stricter(desk, 1))
    tried(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.keyClick(window.transitions, Qt.Key.Key_Return)

    assert {texts[5:8] for texts in cells(window)} == {("风险", "不是高风险小型工程", "高风险小型工程")}
    assert len(cells(window)) == 2
    assert window.table.hasFocus()


def test_the_list_is_sorted_by_the_column_the_cursor_is_in(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filed: int
) -> None:
    window = opened(qtbot, workbench, stricter(desk, 1))
    tried(qtbot, window)

    qtbot.keyClick(window.table, Qt.Key.Key_S, CONTROL)
    qtbot.keyClick(window.table, Qt.Key.Key_S, CONTROL)

    numbers = [texts[0] for texts in cells(window)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 2


def test_enter_opens_the_filing_and_the_list_is_there_when_the_window_opens_again(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filed: int
) -> None:
    window = opened(qtbot, workbench, stricter(desk))
    tried(qtbot, window)

    with qtbot.waitSignal(workbench.filing_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(window.table, Qt.Key.Key_Return)

    assert asked.args == [filed]
    again = opened(qtbot, workbench, stricter(desk))
    assert again.tried == window.tried
    assert len(cells(again)) == 4
    other = opened(qtbot, workbench, stricter(desk, 1))
    assert other.tried is None


def test_the_result_is_saved_as_a_workbook(
    qtbot: QtBot,
    desk: Desk,
    workbench: Workbench,
    filed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "tried.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    window = opened(qtbot, workbench, stricter(desk))
    tried(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)

    qtbot.waitUntil(lambda: "已存为" in window.banner.text, timeout=PATIENCE_MS)
    assert load_workbook(file).sheetnames == ["合计", "逐件清单"]


def test_what_could_not_be_tried_stands_out(qtbot: QtBot, desk: Desk, workbench: Workbench, filed: int) -> None:
    from sqlalchemy import update

    from desktop.models.filing import Filing

    with desk.database.writing() as session:
        session.execute(update(Filing).where(Filing.id == filed).values(pack_version="elsewhere"))
    window = opened(qtbot, workbench, stricter(desk))

    tried(qtbot, window)

    assert window.left_out.isVisible()
    assert "有 1 件未能试算" in window.left_out.text
    assert cells(window) == []


def test_escape_closes_it_and_an_empty_ledger_is_said_to_be_empty(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    window = opened(qtbot, workbench, stricter(desk))
    result = tried(qtbot, window)

    assert (result.judged, result.count(ChangeKind.RISK)) == (0, 0)
    assert window.months.hasFocus()
    with qtbot.waitSignal(window.finished, timeout=PATIENCE_MS):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
