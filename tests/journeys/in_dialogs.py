"""Working the dialogs of a journey: those that hold everything else up, and those that lie over the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import TypeVar

from pypdf import PdfReader
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from desktop.domain.access import FOUNDER, Actor, Role
from desktop.domain.worklist import Task, TaskKind
from desktop.domain.worklist_words import KIND_WORDS
from desktop.sample_morning.typist import Typist
from desktop.views.worklist.worklist_page import WorklistPage
from tests.integration.at_work import person, work_as
from tests.journeys.conftest import Journey
from tests.journeys.person import Person, Script
from tests.journeys.test_review import sits_down as takes_the_chair

D = TypeVar("D", bound=QDialog)
PATROLLER = person(8, "何巡", Role.PATROLLER)


def sits_down(journey: Journey, actor: Actor) -> None:
    """Let somebody else take the window over; the screen that is none does not give it the keyboard by itself."""
    takes_the_chair(journey, actor)
    journey.typist.take_over(journey.window)


def meanwhile(journey: Journey, keys: str, kind: type[QDialog], script: Script) -> None:
    """Press keys that open a dialog which waits for its end, now or after a look-up, and work that dialog."""
    is_over: list[bool] = []

    def work(typist: Typist) -> None:
        try:
            script(typist)
        finally:
            is_over.append(True)

    person_there = Person((kind, work))
    journey.keys(keys)
    journey.see(lambda: bool(is_over), f"{kind.__name__} worked")
    person_there.leave()
    come_back(journey)


def come_back(journey: Journey) -> None:
    """Go on where the window system puts one when a dialog closes: in what lies over the window, or in it."""
    lying = [each for each in journey.window.findChildren(QDialog) if each.isVisible()]
    journey.typist.take_over(lying[-1] if lying else journey.window)


def typing(*steps: tuple[str, str], last: str = "{Ctrl+S}") -> Script:
    """Walk to fields and type there, then save."""

    def type_all(typist: Typist) -> None:
        for name, keys in steps:
            typist.walk_to(name)
            typist.keys(keys)
        typist.keys(last)

    return type_all


def opened(journey: Journey, keys: str, kind: type[D]) -> D:
    """Press keys that lay a dialog over the window, and go on in it."""
    found: list[D] = []

    def is_there() -> bool:
        found[:] = [each for each in journey.window.findChildren(kind) if each.isVisible()]
        return bool(found)

    journey.keys(keys)
    journey.see(is_there, kind.__name__)
    journey.typist.take_over(found[0])
    return found[0]


def done(journey: Journey, keys: str, dialog: QDialog, after: Callable[[], bool]) -> None:
    """Press the keys that end a dialog and wait until what it did is there."""
    journey.keys(keys)
    journey.see(lambda: not isValid(dialog) or not dialog.isVisible(), "the dialog closed")
    journey.see(after, "what it did")
    come_back(journey)


def is_sound(journey: Journey) -> bool:
    """Say whether chain, rows, papers and numbers are as they should be."""
    work_as(journey.desk, FOUNDER)
    return journey.desk.ledger_check.verify().findings == ()


def paper_words(journey: Journey, number: str, paper_number: str) -> str:
    """Read what an issued paper of a filing says."""
    (paper,) = [each for each in journey.file(number).papers if each.number == paper_number]
    return text_of(journey.desk.issuing.pdf(paper.id))


@lru_cache(maxsize=64)
def text_of(pdf: bytes) -> str:
    """Read the words of a PDF, without what stands between them; the same print is read once."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def on_worklist(journey: Journey, kind: TaskKind) -> Task | None:
    """Go to the worklist and down to the task of a kind, None where there is none."""
    journey.keys("{Ctrl+5}")
    page = journey.window.page("worklist")
    assert isinstance(page, WorklistPage)
    journey.settle()
    if KIND_WORDS[kind] not in page.words():
        return None
    journey.keys("{Home}")
    for _line in page.words().splitlines():
        task = page.tree.current_task()
        if task is not None and task.kind is kind:
            return task
        journey.keys("{Down}")
    raise LookupError(page.words())
