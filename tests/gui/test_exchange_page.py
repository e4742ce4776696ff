"""The page 上报: packages made and received, conflicts and stations, by keys, each trouble where it is put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor
from desktop.domain.known_station import PeriodKind, StationRole, fingerprint_groups
from desktop.domain.package import Outcome, PackageKind
from desktop.domain.packing import Sent
from desktop.domain.receiving import Decision
from desktop.services.desk import Desk
from desktop.views.actions import actions_of, shortcut
from desktop.views.exchange.conflicts_tab import ConflictsTab, DecideDialog
from desktop.views.exchange.exchange_page import ExchangePage
from desktop.views.exchange.exchange_tab import ExchangeTab
from desktop.views.exchange.make_package_dialog import MakePackageDialog
from desktop.views.exchange.receive_dialog import ReceiveDialog
from desktop.views.exchange.receiving_tab import ReceivingTab
from desktop.views.exchange.sending_tab import SendingTab
from desktop.views.exchange.station_dialog import StationDialog
from desktop.views.exchange.stations_tab import StationsTab
from desktop.views.frame.conflict_count import ConflictCount
from desktop.views.frame.rail import Rail
from desktop.views.pages import PAGES
from desktop.views.registers.register_table import RegisterTable
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.gui.side_by_side import side_by_side
from tests.integration.at_work import CLERK, MANAGER, SETTER, work_as
from tests.integration.conftest import Clock, count_of
from tests.integration.packages import PURPOSE
from tests.integration.test_receiving import Exchange, both_changed, register

pytestmark = pytest.mark.usefixtures("themed")
PATIENCE_MS = 15_000
T = TypeVar("T", bound=ExchangeTab)
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def exchange(tmp_path: Path, qapp: QApplication) -> Iterator[Exchange]:
    """Ledgers side by side."""
    apply_theme(qapp)
    between = Exchange(tmp_path, Clock())
    yield between
    for desk in between.desks:
        desk.close()


@pytest.fixture
def below(exchange: Exchange) -> Desk:
    """A station that reports to the street."""
    return exchange.station("PA01")


@pytest.fixture
def street(exchange: Exchange, below: Desk) -> Desk:
    """The street; both know each other."""
    desk = exchange.station("JD")
    exchange.know(desk, below)
    card = desk.station_keys.own_card()
    below.station_keys.confirm(card, role=StationRole.ABOVE, typed_fingerprint=card.fingerprint, act_id="street")
    return desk


class Shown:
    """The page of a desk, shown."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.desk, self.bench = qtbot, desk, Workbench(desk)
        self.page = ExchangePage(self.bench)
        side_by_side(qtbot, self.page)
        self.page.resize(1200, 640)
        self.settle()

    def tab(self, key: str, kind: type[T]) -> T:
        """Go to a tab and wait until it is read."""
        self.page.show_tab(key)
        self.settle()
        tab = self.page.parts[key]
        assert isinstance(tab, kind)
        return tab

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: not self.bench.runner.is_busy)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def dialog(self, kind: type[D]) -> D:
        """Give the dialog of a kind that lies over the page."""
        self.until(lambda: any(each.isVisible() for each in self.page.findChildren(kind)))
        found = next(each for each in self.page.findChildren(kind) if each.isVisible())
        found.activateWindow()  # as the window system does for a new window
        self.until(found.isActiveWindow)
        return found


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Desk], Shown]]:
    """Shows the page of a desk; what is under way when the test ends is waited for."""
    made: list[Shown] = []

    def showing(desk: Desk) -> Shown:
        made.append(Shown(qtbot, desk))
        return made[-1]

    yield showing
    for each in made:
        each.bench.runner.finish()


def lines(table: RegisterTable) -> list[list[str]]:
    return [
        [cell.text() for column in range(table.columnCount()) if (cell := table.item(row, column)) is not None]
        for row in range(table.rowCount())
    ]


def packed(exchange: Exchange, desk: Desk, kind: PackageKind = PackageKind.SINCE_LAST) -> tuple[Sent, Path]:
    file = exchange.folder / f"{uuid4().hex}.swpkg"
    return desk.packing.make(kind, file, act_id=uuid4().hex, whole=True, purpose=PURPOSE), file


@pytest.mark.parametrize(
    ("actor", "tabs"),
    [
        (CLERK, ["上报", "往来单位"]),
        (MANAGER, ["上报", "接收", "冲突", "往来单位"]),
        (SETTER, ["往来单位"]),
    ],
)
def test_each_sees_the_tabs_of_their_rights(
    show: Callable[[Desk], Shown], street: Desk, actor: Actor, tabs: list[str]
) -> None:
    work_as(street, actor)

    page = show(street).page

    assert [page.tabs.tabText(place) for place in range(page.tabs.count())] == tabs
    assert bool(page.findChildren(QPushButton, "exchange.card_in")) is (actor is SETTER)


def test_no_key_of_a_tab_means_two_things_and_the_page_has_a_key() -> None:
    for part in {spec.part for spec in actions_of("exchange")}:
        keys = [shortcut(spec.key).toString() for spec in actions_of("exchange") if spec.part in (part, "各栏")]
        assert len(keys) == len(set(keys))
    assert shortcut("page.exchange").toString() == "Ctrl+9"
    assert "exchange" in [page.key for page in PAGES]


@pytest.mark.requirement("LG-23-1c", "LG-14-3")
def test_what_is_not_yet_up_stands_by_kind_and_age(
    show: Callable[[Desk], Shown], exchange: Exchange, below: Desk
) -> None:
    shown = show(below)
    tab = shown.tab("sending", SendingTab)
    assert tab.head.text() == "没有未上报的内容"
    register(below)
    exchange.clock.day += timedelta(days=40)

    tab.read_anew()
    shown.settle()

    assert tab.head.text() == "未上报 1 件，最早 2026-03-02"
    assert lines(tab.waiting) == [["申报件", "", "", "", "▲ 1", "1"]]


@pytest.mark.requirement("LG-23-1c")
def test_a_package_is_made_by_keys_covered_and_sealed_for_the_office_above_unless_said_otherwise(
    show: Callable[[Desk], Shown], below: Desk, street: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(below)
    shown, file = show(below), tmp_path / "march"
    tab = shown.tab("sending", SendingTab)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))

    shown.qtbot.keyClick(tab.sent, Qt.Key.Key_F9)
    dialog = shown.dialog(MakePackageDialog)
    shown.qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    shown.until(lambda: "已生成上报包 1 件" in tab.banner.text)
    shown.settle()

    (sent,) = below.packing.sent()
    assert (sent.kind, sent.is_masked, sent.has_attachments) == (PackageKind.SINCE_LAST, True, False)
    assert sent.receiver_id == below.station_keys.known()[0].id
    assert file.with_suffix(".swpkg").exists(), "the ending is added"
    assert street.receiving.examine(file.with_suffix(".swpkg")).total(Outcome.NEW) == 1
    assert lines(tab.sent)[0][2:7] == ["1", "遮盖", "不带", "坪安街道办事处JD登记点", "▲ 未确认"]


@pytest.mark.requirement("LG-23-1c")
def test_a_mistake_in_what_is_to_be_sent_is_said_at_its_field_and_nothing_is_made(
    show: Callable[[Desk], Shown], below: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(below)
    shown.tab("sending", SendingTab).make()
    dialog = shown.dialog(MakePackageDialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: pytest.fail("asked for a file"))

    dialog.whole.setChecked(True)
    dialog.go_on()
    assert "用途" in dialog.rows["purpose"].fault
    assert dialog.purpose.hasFocus()

    dialog.covered.setChecked(True)
    dialog.kinds[PackageKind.PERIOD].setChecked(True)
    dialog.last.set_value("2026-01-01")
    dialog.go_on()
    assert dialog.rows["last"].fault == "止日早于起日。"
    assert dialog.last.hasFocus()
    dialog.reject()


def test_a_ledger_without_anything_new_makes_no_package_and_says_what_else_can_be_done(
    show: Callable[[Desk], Shown], below: Desk, tmp_path: Path
) -> None:
    shown, file = show(below), tmp_path / "empty.swpkg"
    shown.tab("sending", SendingTab).make()
    dialog = shown.dialog(MakePackageDialog)

    dialog.make(file)
    shown.until(lambda: bool(dialog.banner.text))

    assert "没有需要上报的内容" in dialog.banner.text
    assert not file.exists()
    dialog.reject()


@pytest.mark.requirement("LG-23-1c")
def test_the_sheet_of_a_package_tells_what_is_handed_over_and_has_room_to_sign(exchange: Exchange, below: Desk) -> None:
    register(below)
    sent, _file = packed(exchange, below)

    pdf = below.package_sheets.signature_sheet(sent.package_id)

    (page,) = PdfReader(BytesIO(pdf)).pages
    words = "".join(page.extract_text().split())
    for told in ("上报包签收单", "申报件1", "合计1", "上次确认以来的变动", "接收人（签名）", sent.file_name):
        assert told in words
    assert "".join(below.station_keys.fingerprint()) in words
    assert sent.file_sha256.upper() in words


@pytest.mark.requirement("LG-22-2b", "LG-23-1c")
def test_a_package_is_looked_at_then_taken_and_answered_and_the_answer_is_read_below(
    show: Callable[[Desk], Shown], exchange: Exchange, below: Desk, street: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(below)
    _sent, file = packed(exchange, below)
    answer = exchange.folder / "answer"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(answer), ""))
    shown = show(street)
    tab = shown.tab("receiving", ReceivingTab)

    tab.open_package(file)
    dialog = shown.dialog(ReceiveDialog)
    shown.until(lambda: dialog.plan is not None)
    assert lines(dialog.counts) == [["申报件", "1", "", "", "", "", ""]]
    assert " ".join(fingerprint_groups(below.station_keys.own_card().fingerprint)) in dialog.code.text()
    assert dialog.trust.text == "已核对的往来单位"
    assert count_of(street, "filing") == 0
    shown.qtbot.keyClick(dialog, Qt.Key.Key_F9)
    shown.until(lambda: dialog.received is not None and dialog.answer_button.isEnabled())
    shown.qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    shown.until(lambda: "回执已存为" in dialog.banner.text)
    dialog.reject()
    shown.settle()

    assert count_of(street, "filing") == 1
    assert lines(tab.packages)[0][3] == "新收 1"
    station = show(below)
    sending = station.tab("sending", SendingTab)
    sending.take_acknowledgement(answer.with_suffix(".swack"))
    station.until(lambda: "新收 1" in sending.banner.text)
    station.settle()
    assert lines(sending.sent)[0][6] == "● 已确认"
    assert sending.head.text() == "没有未上报的内容"


@pytest.mark.requirement("LG-23-1c")
@pytest.mark.parametrize(("makes_known", "said"), [(False, "还没有把这个单位列为往来单位"), (True, "已停止往来")])
def test_a_package_of_a_station_that_is_not_trusted_can_be_looked_at_but_not_taken(
    show: Callable[[Desk], Shown], exchange: Exchange, below: Desk, makes_known: bool, said: str
) -> None:
    register(below)
    _sent, file = packed(exchange, below)
    street = exchange.station("JD")
    if makes_known:
        street.station_keys.block(exchange.know(street, below), reason="电脑被盗")
    shown = show(street)
    shown.tab("receiving", ReceivingTab).open_package(file)
    dialog = shown.dialog(ReceiveDialog)
    shown.until(lambda: dialog.plan is not None)

    dialog.take()

    assert said in dialog.banner.text
    assert not dialog.take_button.isEnabled()
    assert count_of(street, "received_package") == 0
    dialog.reject()


def test_a_file_that_is_no_package_is_said_to_be_none(
    show: Callable[[Desk], Shown], street: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "other.swpkg"
    file.write_bytes(b"PK\x03\x04 something else")
    shown = show(street)
    shown.tab("receiving", ReceivingTab).open_package(file)
    dialog = shown.dialog(ReceiveDialog)

    shown.until(lambda: bool(dialog.banner.text))

    assert "没有写入任何内容" in dialog.banner.text
    assert not dialog.take_button.isEnabled()
    dialog.reject()


@pytest.mark.requirement("LG-21-2c")
def test_who_has_not_reported_for_a_period_stands_first(
    show: Callable[[Desk], Shown], exchange: Exchange, below: Desk, street: Desk
) -> None:
    other = exchange.station("PA02")
    exchange.know(street, other)
    exchange.know(street, exchange.station("PA03"), PeriodKind.NONE)
    register(below)
    exchange.clock.day = exchange.clock.day.replace(day=31)
    exchange.clock.moment = exchange.clock.moment.replace(day=31)
    exchange.take(street, packed(exchange, below)[1])
    shown = show(street)
    tab = shown.tab("receiving", ReceivingTab)

    assert [line[:2] for line in lines(tab.stations)] == [
        ["■ 没报", "坪安街道办事处PA02登记点"],
        ["● 已报", "坪安街道办事处PA01登记点"],
        ["不定期", "坪安街道办事处PA03登记点"],
    ]
    assert tab.head.text() == "1 家没报"
    tab.period.set_value("2026-02-01/2026-02-28")
    tab.read_anew()
    shown.settle()
    assert tab.stations.rowCount() == 3


@pytest.mark.requirement("LG-22-2b")
@pytest.mark.parametrize(("key", "decision"), [(Qt.Key.Key_F5, Decision.OURS), (Qt.Key.Key_F6, Decision.THEIRS)])
def test_a_conflict_stands_side_by_side_and_is_decided_by_key_with_a_reason(
    show: Callable[[Desk], Shown], exchange: Exchange, below: Desk, street: Desk, key: Qt.Key, decision: Decision
) -> None:
    _here, file = both_changed(exchange, below, street)
    exchange.take(street, file)
    shown = show(street)
    rail = Rail(PAGES)
    counts = ConflictCount(shown.bench, rail, rail)
    counts.count()
    tab = shown.tab("conflicts", ConflictsTab)
    assert rail._buttons["exchange"].accessibleName() == "上报，1 件冲突待裁定"
    assert ["平台录入", "XT-STREET-002", "（没有）"] in lines(tab.pairs)

    def answer() -> bool:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, DecideDialog):
            return False
        dialog.save()
        assert "至少 4 个字" in dialog.rows["reason"].fault
        dialog.reason.set_value("以窗口录入为准")
        dialog.save()
        return True

    in_dialog(shown, answer)
    shown.qtbot.keyClick(tab.table, key)
    shown.settle()

    (decided,) = street.receiving.conflicts(is_open=False)
    assert (decided.decision, decided.reason) == (decision, "以窗口录入为准")
    assert tab.table.rowCount() == 0
    assert rail._buttons["exchange"].accessibleName() == "上报"
    tab.with_decided.setChecked(True)
    shown.settle()
    assert tab.table.rowCount() == 1
    rail.deleteLater()


def in_dialog(shown: Shown, answer: Callable[[], bool]) -> None:
    """Let somebody answer the dialog that holds the page up as soon as it is there."""
    from PySide6.QtCore import QTimer

    eye = QTimer(shown.page, interval=10)
    eye.timeout.connect(lambda: eye.stop() if answer() else None)
    eye.start()


@pytest.mark.requirement("LG-23-1c")
def test_a_station_is_taken_in_once_its_check_code_was_typed_right_and_a_mistake_stands_at_the_field(
    show: Callable[[Desk], Shown], exchange: Exchange, below: Desk
) -> None:
    street, card = exchange.station("JD"), exchange.folder / "card.swcard"
    below.station_keys.write_card(card)
    groups = " ".join(below.station_keys.fingerprint())
    shown = show(street)
    tab = shown.tab("stations", StationsTab)
    assert "还没有往来单位" in tab.table._words_when_empty
    told: list[str] = []

    def answer() -> bool:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, StationDialog):
            return False
        dialog.typed.set_value(f"0{groups[1:]}" if groups[0] != "0" else f"1{groups[1:]}")
        dialog.save()
        told.append(dialog.rows["station.typed"].fault)
        dialog.typed.set_value(groups.lower())
        dialog.save()
        return True

    in_dialog(shown, answer)
    tab.read_card(card)
    shown.settle()

    assert "第 1 组" in told[0]
    assert lines(tab.table)[0][:5] == ["坪安街道办事处PA01登记点", "PA01", "下级", "每月", groups]
    assert tab.code.text().split() == list(street.station_keys.fingerprint())


def test_the_own_card_is_saved_by_key(
    show: Callable[[Desk], Shown], below: Desk, street: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    shown = show(below)
    tab = shown.tab("stations", StationsTab)

    shown.qtbot.keyClick(tab.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    shown.until(lambda: "名片已存为" in tab.banner.text)

    assert street.station_keys.read_card(file.with_suffix(".swcard")) == below.station_keys.own_card()
