"""Finding any filing again, by whatever one knows of it; its history; its papers given out again."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.walk_in import MaterialCheck, Place, SiteManager, Verdict, WalkIn
from desktop.sample_morning.typist import Typist
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.journeys.conftest import Journey
from tests.journeys.person import Person

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_SHOP, _SIGN, _FLAT, _DEEP = "PA-DJ-2026-000001", "PA-DJ-2026-000002", "PA-GZ-2026-000001", "PA-DJ-2026-000003"


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with four filings of three days, decided at the counter's own services."""
    folder = tmp_path_factory.mktemp("filed") / "data"
    first = factories.FILED_ON
    for day, matters in (
        (first, ((Act.ACCEPT, factories.walk_in()), (Act.ACCEPT, _signboard()))),
        (first + timedelta(days=10), ((Act.ONE_TIME_NOTICE, _flat()),)),
        (first + timedelta(days=20), ((Act.ACCEPT, _lifting()),)),
    ):
        desk = open_on(folder, day)
        if desk.office.office() is None:
            desk.office.set_up(factories.office())
        for act, matter in matters:
            decide(desk, matter, act)
        desk.close()
    return folder


@pytest.fixture
def ledger(closed: Journey, filed: Path) -> Journey:
    """The window on those filings, some weeks later; the ledger is open."""
    shutil.copytree(filed, closed.folder)
    closed.next_day(30)
    closed.start()
    closed.keys("{Ctrl+2}")
    closed.see(lambda: len(closed.numbers()) == 4, "all filings")
    return closed


def open_on(folder: Path, day: date) -> Desk:
    """Open the ledger on a day."""
    moment = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)
    return open_desk(folder, today=lambda: day, now=lambda: moment)


def decide(desk: Desk, walk_in: WalkIn, act: Act) -> None:
    """Decide a matter whose papers are in order; the second required one is missing where a notice is to be given."""
    for place, code in enumerate(desk.intake.preview(walk_in).unjudged):
        verdict = Verdict.MISSING if act is Act.ONE_TIME_NOTICE and place == 1 else Verdict.IN_ORDER
        walk_in = walk_in.with_check(MaterialCheck(code=code, verdict=verdict))
    desk.intake.decide(DecisionRequest(act_id=walk_in.project_name, act=act, walk_in=walk_in))


def _signboard() -> WalkIn:
    return factories.walk_in(
        factories.minor_facts(),
        project_name="新禾街5号门楣招牌更换",
        place=Place(community="新禾社区", estate="新禾街5号"),
        owner=factories.person("欧阳若水", id_number="440307198808080023", phone="13800009027"),
        contractor=factories.contractor(party=factories.company("深圳市云望广告标识有限公司", id_number="")),
        owner_safety_manager=SiteManager(),
        contractor_safety_manager=SiteManager(),
    )


def _flat() -> WalkIn:
    return factories.walk_in(
        project_name="明木小区6栋1203室内装修",
        place=Place(community="坪安社区", estate="明木小区", building="6栋", room="1203"),
        owner=factories.person(),
    )


def _lifting() -> WalkIn:
    return factories.walk_in(
        factories.small_work_facts(hoisting=True),
        project_name="云川商业城吊装改造",
        place=Place(community="新禾社区", estate="云川商业城"),
        owner=factories.company("深圳市云川商业管理有限公司", phone="13800003388"),
    )


def walk_to_filter(journey: Journey, word: str) -> QPushButton:
    """Go by Tab from the first filter to the one of this word."""
    journey.keys("{Alt+F}")
    for _ in range(60):
        here = QApplication.focusWidget()
        if isinstance(here, QPushButton) and here.text() == word:
            return here
        journey.keys("{Tab}")
    raise LookupError(word)


_KNOWN = {
    _SHOP: {_SHOP},
    "gz-2026-1": set(),
    "gz-2026-000001": {_FLAT},
    "000002": {_SIGN},
    "坪安路18": {_SHOP},
    "明木小区6栋": {_FLAT},
    "云川": {_DEEP},
    "云望": {_SIGN},
    "匠新": {_SHOP, _FLAT, _DEEP},
    "欧阳": {_SIGN},
    "oyrs": {_SIGN},
    "mmxq": {_FLAT},
    "0023": {_SIGN},
    "9027": {_SIGN},
    "3388": {_DEEP},
    "坪安 室内": {_FLAT},
    '"云川" OR *': set(),
}


@pytest.mark.requirement("LG-27-3c4")
def test_a_filing_is_found_by_whatever_one_knows_of_it(ledger: Journey) -> None:
    ledger.keys("{Ctrl+1}")
    found = {}
    for typed in _KNOWN:
        ledger.find(typed)
        found[typed] = set(ledger.numbers())
    assert found == _KNOWN
    ledger.typist.walk_to("ledgerText")
    ledger.keys("{Ctrl+A}欧阳")
    ledger.see(lambda: ledger.numbers() == [_SIGN], "the filing while one still types")


def test_filters_narrow_and_one_key_clears_them(ledger: Journey) -> None:
    for word, left in (("待补正", {_FLAT}), ("零星作业", {_SIGN}), ("高风险", {_DEEP}), ("新禾社区", {_SIGN, _DEEP})):
        button = walk_to_filter(ledger, word)
        assert button.accessibleName().endswith(f"{len(left)} 件")
        ledger.keys("{Space}")
        ledger.settle()
        assert set(ledger.numbers()) == left, word
        ledger.keys("{Ctrl+Backspace}")
        ledger.settle()
        assert len(ledger.numbers()) == 4

    walk_to_filter(ledger, "新禾社区")
    while QApplication.focusWidget() is not ledger.ledger.filters.filed_from:
        ledger.keys("{Shift+Tab}")
    ledger.keys("2026-3-10", "{Tab}", "2026-3-15")
    ledger.settle()
    assert ledger.numbers() == [_FLAT]
    ledger.find("云川")
    assert ledger.numbers() == [_DEEP], "a search from the top goes over the whole ledger"
    ledger.find("没有这样的")
    assert ledger.numbers() == []
    assert "Ctrl+退格" in ledger.ledger.empty.text(), "an empty list says what to do"
    ledger.keys("{Esc}")
    ledger.settle()
    assert len(ledger.numbers()) == 4


def test_every_column_sorts_both_ways(ledger: Journey) -> None:
    model = ledger.ledger.model
    ledger.keys("{Home}")
    for column in range(model.columnCount()):
        ledger.keys("{Ctrl+S}")
        ledger.settle()
        once = ledger.numbers()
        ledger.keys("{Ctrl+S}")
        ledger.settle()
        words = [str(model.index(row, column).data()) for row in range(4)]
        assert len(set(once)) == 4
        if len(set(words)) > 1:
            assert once != ledger.numbers(), model.headerData(column, Qt.Orientation.Horizontal)
        ledger.keys("{Right}")
    ledger.keys("{Home}{Ctrl+S}")
    ledger.settle()
    assert ledger.numbers() in (sorted(ledger.numbers()), sorted(ledger.numbers(), reverse=True))


@pytest.mark.requirement("LG-27-3c4")
def test_a_filing_is_opened_with_its_history_as_a_timeline(ledger: Journey) -> None:
    ledger.find("明木小区6栋")
    ledger.open_found()
    page = ledger.filing
    assert _FLAT in ledger.words()
    assert "待补正" in ledger.words()
    assert "明木小区6栋1203室内装修" in ledger.words()
    ledger.keys("{Ctrl+Tab}")
    assert page.tabs.currentWidget() is page.materials
    assert "缺" in ledger.words().splitlines()
    ledger.keys("{Ctrl+Tab}{Ctrl+Tab}")
    assert page.tabs.currentWidget() is page.timeline
    told = ledger.words()
    assert "2026-03-12" in told
    assert "林晓" in told
    assert _FLAT in told
    ledger.keys("{Esc}")
    assert ledger.window.page_key == "ledger"
    assert ledger.numbers() == [_FLAT], "Esc goes back to what was found"


@pytest.mark.requirement("LG-27-3b2")
def test_a_paper_is_given_out_again_byte_for_byte_and_marked(ledger: Journey, tmp_path: Path) -> None:
    ledger.find(_SHOP)
    ledger.open_found()
    receipt = ledger.file(_SHOP).papers[0]
    saved = [save_first_paper(ledger, tmp_path / place) for place in ("one", "two")]
    assert saved[0] == saved[1], "the same paper twice gives the same bytes"
    assert "补打" in words_of(saved[0])
    as_issued = ledger.desk.issuing.pdf(receipt.id)
    assert "补打" not in words_of(as_issued)
    assert words_of(saved[0]).replace("补打", "").split() == words_of(as_issued).split()
    assert ledger.file(_SHOP).papers[0].reprints == 2
    ledger.see(lambda: f"补打《{receipt.title}》" in ledger.filing.timeline.words(), "the reprint in the history")
    assert "2 次" in ledger.filing.papers.words()


def save_first_paper(journey: Journey, folder: Path) -> bytes:
    """Save the ticked paper of a filing into a folder, by keys; gives the PDF."""
    folder.mkdir()
    journey.keys("{Ctrl+P}")
    dialog = journey.sheets()
    assert dialog.ticked() == (0,)

    def name_folder(typist: Typist) -> None:
        typist.keys(f"{folder}{{Enter}}")

    person = Person((QFileDialog, name_folder))
    saved: list[object] = []
    dialog.saved.connect(saved.append)
    journey.typist.take_over(dialog)
    journey.keys("{Ctrl+S}")
    person.leave()
    journey.see(lambda: bool(saved), "the saved file")
    journey.fold_sheets()
    files = list(folder.iterdir())
    assert [file.name for file in files] == [f"{_SHOP} {journey.file(_SHOP).papers[0].title}.pdf"]
    return files[0].read_bytes()


def words_of(pdf: bytes) -> str:
    """The text of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
