"""Screens and exports say what the place says, and leave what was typed as it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Status
from desktop.domain.found_site import FoundSiteDraft
from desktop.domain.hazard import StepKind
from desktop.domain.local_rules import LocalRules, work_by
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.exchange.ledger_workbook import paper_columns, write_ledger_csv
from desktop.services.desk import Desk
from desktop.views.actions import action
from desktop.views.patrol.found_sites_tab import FoundSitesTab
from desktop.views.patrol.proposal_panel import ProposalPanel
from desktop.views.patrol.step_dialog import FORMS
from desktop.views.registers.registers_page import RegistersPage
from desktop.views.shared.messages import TROUBLES
from desktop.views.wording import word
from desktop.views.workbench import Workbench

WORDS = {"登记": "备案", "注销": "销号", "业主": "建设人", "高风险小型工程": "重点监管小散工程"}


@pytest.fixture(autouse=True)
def _in_another_place(_speaks_as_shipped: None) -> None:
    work_by(LocalRules(words=WORDS))


def headings(tab: FoundSitesTab) -> list[str]:
    found = (tab.table.horizontalHeaderItem(column) for column in range(tab.table.columnCount()))
    return [item.text() for item in found if item is not None]


def test_what_a_key_does_is_said_in_the_words_of_the_place() -> None:
    assert action("life.apply_closeout").text == "申报销号"
    assert action("registers.letter").text == "登记责任书"
    assert word(Status.CLOSED) == STATUS_WORDS[Status.CLOSED] == "已销号"


def test_headings_and_tabs_are_said_and_typed_text_is_not(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    desk.found_sites.record(
        FoundSiteDraft(
            found_on=date(2026, 3, 2),
            found_by="林晓",
            community="坪安社区",
            place="登记路1号",
            work="给业主装防盗网",
        ),
        act_id="found",
    )
    work_by(LocalRules(words=WORDS))  # an office that is set up speaks by its own rules
    tab = FoundSitesTab(workbench)
    qtbot.addWidget(tab)
    tab.show_rows()
    qtbot.waitUntil(lambda: tab.table.rowCount() == 1)
    page = RegistersPage(workbench)
    qtbot.addWidget(page)

    assert {"建设人", "备案期限", "备案件"} <= set(headings(tab))
    cells = [item.text() for column in range(tab.table.columnCount()) if (item := tab.table.item(0, column))]
    assert {"登记路1号", "给业主装防盗网"} <= set(cells)
    assert "建设人需求" in [page.tabs.tabText(place) for place in range(page.tabs.count())]


def test_a_sentence_reads_well_where_the_document_has_no_article(qtbot: QtBot) -> None:
    panel = ProposalPanel()
    qtbot.addWidget(panel)
    hint = FORMS[StepKind.ESCALATED].hint_words()

    assert panel.text == "发现问题时，这里写明要求做什么、出什么文书、什么时候前报给谁。"
    assert hint == "参照重点监管小散工程管理，出具提级告知"
    work_by(LocalRules(words=WORDS, articles={"escalation": "五6"}))
    assert FORMS[StepKind.ESCALATED].hint_words() == f"五6：{hint}"


def test_a_trouble_names_the_article_of_the_place_and_the_name_as_typed() -> None:
    work_by(LocalRules(words=WORDS, articles={"entrustment": "二（三）"}))
    said = TROUBLES["not_to_be_entrusted"]({"name": "登记服务公司"})

    assert said.text == "“登记服务公司”不是可以委托备案的单位。只委托在用的物业服务企业和居（村）委会〔二（三）〕。"


def test_an_exported_ledger_is_headed_in_the_words_of_the_place(tmp_path: Path) -> None:
    write_ledger_csv(tmp_path / "ledger.csv", ())

    head = (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    assert "备案编号" in head
    assert "登记" not in head
    assert "建设单位/建设人" in [column.heading for column in paper_columns()]
