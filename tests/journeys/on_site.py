"""What happens after registration, by keys: the worklist, patrols, hazards, letters, acts on a registration."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from desktop.domain.acts import IssuedPaper
from desktop.domain.hazard_rows import HazardCriteria, HazardRow
from desktop.domain.transfer import TransferCriteria, TransferRow
from desktop.domain.worklist import Task, TaskKind
from desktop.sample_morning.typist import Typist
from desktop.views.life.life_dialog import LifeDialog
from desktop.views.patrol.entry_tab import EntryTab
from desktop.views.patrol.patrol_page import PatrolPage
from desktop.views.worklist.worklist_page import WorklistPage
from tests.journeys.conftest import Journey
from tests.journeys.person import Person


def meanwhile(journey: Journey, keys: str, kind: type[QDialog], script: Callable[[Typist], None]) -> None:
    """Press keys that open a dialog which holds everything else up, and work that dialog."""
    person = Person((kind, script))
    journey.keys(keys)
    person.leave()
    # The window system gives the keyboard to papers that came of it, else back to the window.
    journey.typist.take_over(QApplication.activeModalWidget() or journey.window)


def typing(*steps: tuple[str, str], last: str = "{Ctrl+S}") -> Callable[[Typist], None]:
    """Walk to fields and type there, then save."""

    def type_all(typist: Typist) -> None:
        for name, keys in steps:
            typist.walk_to(name)
            typist.keys(keys)
        typist.keys(last)

    return type_all


def worklist(journey: Journey) -> WorklistPage:
    """Go to the worklist; it is of today."""
    journey.keys("{Ctrl+5}")
    page = journey.window.page("worklist")
    assert isinstance(page, WorklistPage)
    journey.settle()
    assert page.worklist is not None
    assert page.worklist.day == journey.day, "the page knows what day it is"
    return page


def on_worklist(journey: Journey, kind: TaskKind, number: str) -> Task:
    """Go to the worklist and down to a task."""
    page = worklist(journey)
    journey.keys("{Home}")
    for _ in page.tree.words().splitlines():
        task = page.tree.current_task()
        if task is not None and (task.kind, task.number) == (kind, number):
            return task
        journey.keys("{Down}")
    raise AssertionError(f"no {kind} of {number}:\n{page.words()}")


def kinds_on_worklist(journey: Journey, number: str = "") -> set[TaskKind]:
    """Look at the worklist: what is asked for, of one site or of all."""
    return {task.kind for task in worklist(journey).tree.tasks() if number in ("", task.number)}


def does(journey: Journey, kind: TaskKind, number: str) -> None:
    """Begin what a task of the worklist asks for."""
    on_worklist(journey, kind, number)
    journey.keys("{F9}")
    journey.settle()


def patrol_page(journey: Journey) -> PatrolPage:
    """The page 巡查."""
    page = journey.window.page("patrol")
    assert isinstance(page, PatrolPage)
    return page


def entry_of(journey: Journey) -> EntryTab:
    """The tab for entering."""
    entry = patrol_page(journey).entry
    assert entry is not None
    return entry


def begins_patrol(journey: Journey, number: str, kind: str) -> None:
    """Choose a site by its number and say what kind of visit it is."""
    journey.keys("{Ctrl+7}", "{Alt+1}", "{Ctrl+G}", number + "{Enter}")
    journey.see(lambda: entry_of(journey).form.chooser.site is not None, "the site")
    journey.fill(("patrol.kind", kind + "{Enter}"))


def to_check(journey: Journey, words: str) -> None:
    """Go down the check list to an item."""
    journey.keys("{F2}", "{Ctrl+Home}")
    table = entry_of(journey).form.checks
    for _ in range(table.rowCount()):
        item = table.item(table.currentRow(), 2)
        if item is not None and words in item.text():
            return
        journey.keys("{Down}")
    raise AssertionError(words)


def to_hazard(journey: Journey, number: str) -> None:
    """Find the hazard of a site in the list."""
    journey.keys("{Ctrl+7}", "{Alt+2}", "{Ctrl+F}", number + "{Enter}")
    journey.settle()
    assert patrol_page(journey).hazards.table.chosen_id() == the_hazard(journey, number).id


def the_hazard(journey: Journey, number: str) -> HazardRow:
    """The one hazard of a site."""
    hazards = journey.desk.hazards
    (row,) = (row for row in hazards.page(hazards.ids(HazardCriteria())) if row.site_number == number)
    return row


def the_letter(journey: Journey) -> TransferRow:
    """The one matter handed on."""
    (row,) = journey.desk.transfers.find(TransferCriteria())
    return row


def looks_at(journey: Journey, title: str = "") -> None:
    """Look at the papers that lie on the screen and put them away."""
    assert title in journey.sheets().windowTitle()
    journey.fold_sheets()


def life_dialog(journey: Journey) -> LifeDialog:
    """The dialog of an act on a registration, with the keyboard in it."""
    found = [each for each in journey.window.findChildren(QDialog) if isinstance(each, LifeDialog) and each.isVisible()]
    assert len(found) == 1
    journey.typist.take_over(found[0])
    return found[0]


def carries_out(journey: Journey, *, has_papers: bool = True) -> None:
    """Carry out the act of the dialog one is in, and look at its papers."""
    dialog = life_dialog(journey)
    journey.keys("{F9}")
    journey.see(lambda: not isValid(dialog) or not dialog.isVisible() or bool(dialog.banner.text), "the act done")
    assert not isValid(dialog) or not dialog.isVisible(), dialog.banner.text
    if has_papers:
        looks_at(journey)
    else:
        journey.typist.take_over(journey.window)


def text_of(journey: Journey, paper: IssuedPaper) -> str:
    """The words of a paper as printed, without breaks."""
    pages = PdfReader(BytesIO(journey.desk.issuing.pdf(paper.id))).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
