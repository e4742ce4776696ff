"""One filing whole: head, validity, four tabs, next visit and papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act
from desktop.domain.walk_in import Insurance, Place
from desktop.services.desk import Desk
from desktop.views.filing.overview_text import reasons
from desktop.views.filing.validity_bar import ValidityBar
from desktop.views.papers.papers_dialog import PapersDialog
from desktop.views.workbench import Workbench
from tests.factories import PERSON_ID, all_in_order, walk_in
from tests.gui.filings import decide, noticed, registered, shown

PATIENCE_MS = 10_000


@pytest.mark.requirement("LG-25-2b")
def test_the_head_shows_number_state_and_the_window_for_extension(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)

    page = shown(qtbot, workbench, decided.filing_id)

    assert page.number.text() == decided.number
    assert page.status.text == "已登记"
    assert "可申请延期" in page.bar.words


@pytest.mark.usefixtures("qapp")
def test_the_bar_says_how_long_a_registration_still_holds() -> None:
    bar = ValidityBar()

    bar.show_dates(
        first=date(2026, 1, 5), last=date(2026, 7, 5), extension_first=date(2026, 6, 20), today=date(2026, 7, 8)
    )

    assert bar.words == "有效期 2026-01-05 至 2026-07-05，可申请延期 2026-06-20 起，已过期 3 天"


@pytest.mark.requirement("LG-25-2a")
@pytest.mark.usefixtures("qapp")
def test_the_bar_calls_nothing_expired_before_the_working_day_after_a_rest_day_is_over() -> None:
    bar, monday = ValidityBar(), date(2026, 7, 6)

    for today, said in (
        (monday, "届满之日为休息日：2026-07-06 前（含）办理仍算按期"),
        (date(2026, 7, 7), "已过期 2 天"),
    ):
        bar.show_dates(
            first=date(2026, 1, 5), last=date(2026, 7, 5), extension_first=None, today=today, in_time_until=monday
        )
        assert bar.words == f"有效期 2026-01-05 至 2026-07-05，{said}"


@pytest.mark.requirement("LG-P1")
def test_personal_numbers_are_covered_in_the_overview(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)

    words = page.overview.words()

    assert PERSON_ID not in words
    assert "13800003344" not in words
    assert "138****3344" in words


@pytest.mark.requirement("LG-13-10a")
def test_the_overview_tells_the_policies_and_what_is_wanting_in_them(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    bare = shown(qtbot, workbench, registered(desk).filing_id)
    assert "▲ 未投保安责险" in bare.overview.words()

    policy = Insurance(kind="安全生产责任保险", insurer="鹏安", policy_number="P1", valid_to=date(2026, 3, 10))
    matter = all_in_order(
        walk_in(insurances=(policy,), place=Place(community="坪安社区", estate="坪安路20号")), desk.office.pack()
    )
    words = shown(qtbot, workbench, decide(desk, matter).filing_id).overview.words()
    assert "鹏安　P1　未填 至 2026-03-10" in words
    assert "▲ 安责险早于工程结束到期（保到 2026-03-10）" in words


@pytest.mark.requirement("LG-27-2a", "SJ-5.2a")
def test_the_overview_names_the_acceptance_point_and_the_parts_of_the_street(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    matter = walk_in(place=Place(sub_area="东片区", community="坪安社区", grid="03", estate="坪安路18号"))
    page = shown(qtbot, workbench, decide(desk, matter, Act.NOT_APPLICABLE, reason="业主撤回").filing_id)
    office = desk.office.office()
    assert office is not None
    words = page.overview.words().split("\n")

    assert words[words.index("受理点") + 1] == office.station_name
    assert words[words.index("所属") + 1] == "东片区 坪安社区 03"


def test_the_matter_comes_before_the_reasons_and_every_line_once(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, registered(desk, contract_amount_yuan=Decimal(1_200_000)).filing_id)

    words = page.overview.words().split("\n")
    assert page.file is not None
    listed = reasons(page.file)

    order = [words.index(heading) for heading in ("工程（作业）", "建设单位 / 业主", "生产经营单位", "判定依据")]
    assert order == sorted(order)
    assert len(listed) == len(set(listed)) >= 5
    assert all(words.count(sentence) == 1 for _article, sentence in listed)


def test_a_decision_with_a_reason_of_its_own_says_so_above_every_tab(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = decide(desk, walk_in(), Act.NOT_APPLICABLE, reason="设施未动，经站长林晓确认")
    page = shown(qtbot, workbench, decided.filing_id)

    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        assert page.overrides.isVisible()
        assert "设施未动，经站长林晓确认" in page.overrides.text
    page.show_filing(registered(desk).filing_id)
    assert not page.overrides.isVisible()


def test_materials_history_and_papers_stand_in_their_tabs(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench, decided.filing_id)

    assert page.tabs.tabText(2) == f"文书 {len(decided.papers)}"
    assert decided.papers[0].title in page.papers.words()
    assert decided.number in page.timeline.words()
    assert "基本信息登记表" in page.materials.words()


@pytest.mark.requirement("LG-27-3d")
def test_f5_opens_the_next_visit_of_a_filing_that_awaits_correction(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = noticed(desk)
    page = shown(qtbot, workbench, decided.filing_id)

    with qtbot.waitSignal(workbench.revisit_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(page, Qt.Key.Key_F5)

    assert asked.args == [decided.filing_id]


def test_a_registered_filing_offers_no_next_visit(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)

    assert not page.correct_button.isVisible()


def test_ctrl_p_opens_all_papers_for_printing_again(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench, decided.filing_id)

    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    dialogs = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PapersDialog)]
    assert [dialog.list.count() for dialog in dialogs] == [len(decided.papers)]
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)
    dialogs[0].reject()


@pytest.mark.parametrize("size", [12, 18])
def test_every_tab_paints_at_every_text_size(
    qtbot: QtBot, desk: Desk, workbench: Workbench, qapp: QApplication, size: int
) -> None:
    from desktop.views.theme import apply_theme

    apply_theme(qapp, size)
    page = shown(qtbot, workbench, registered(desk, "名" * 50).filing_id)

    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        assert not page.grab().isNull()


def test_entries_of_the_history_use_the_width_and_begin_beside_their_date(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    page.tabs.setCurrentWidget(page.timeline)
    button = next(found for found in page.timeline.findChildren(QPushButton) if "份文书" in found.text())
    entry = button.parentWidget()
    assert entry is not None
    when, summary = entry.findChildren(QLabel)[:2]
    qtbot.waitUntil(lambda: summary.width() > page.timeline.width() / 2, timeout=PATIENCE_MS)

    assert summary.x() < page.timeline.width() / 4
    assert button.x() == summary.x()
    assert abs(when.y() - summary.y()) <= 2
