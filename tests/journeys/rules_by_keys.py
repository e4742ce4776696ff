"""Versions of the rules by keys: gaps filled in, a version drafted in the editor, tried, decided by a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.dry_run import DryRun
from desktop.sample_morning.typist import Typist
from desktop.views.admin.admin_page import AdminPage
from desktop.views.admin.rules_tab import RulesTab
from desktop.views.rules.decision_dialog import DecisionDialog
from desktop.views.rules.dry_run_window import DryRunWindow
from desktop.views.rules.editor_window import EditorWindow
from desktop.views.rules.gap_dialog import GapDialog
from desktop.views.rules.versions_panel import VersionsPanel
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import meanwhile
from tests.journeys.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a second person saw before a version was let bind."""

    changed: tuple[str, ...]
    open_gaps: str
    tried: str


def versions(journey: Journey) -> VersionsPanel:
    """Go to the versions of the rules in the settings."""
    journey.keys("{Ctrl+3}")
    page = journey.window.page("admin")
    assert isinstance(page, AdminPage)
    for _ in range(page.tabs.count()):
        if isinstance(page.tabs.currentWidget(), RulesTab):
            break
        journey.keys("{Ctrl+Tab}")
    tab = page.tabs.currentWidget()
    assert isinstance(tab, RulesTab)
    journey.typist.walk_to("rules.versions")
    journey.settle()
    journey.see(lambda: bool(tab.versions.lines()), "the versions")
    return tab.versions


def stands_on(journey: Journey, version: str) -> VersionsPanel:
    """Go down to a version."""
    panel = versions(journey)
    journey.keys("{Ctrl+Home}")
    for _ in panel.lines():
        line = panel.chosen()
        if line is not None and line.version == version:
            return panel
        journey.keys("{Down}")
    raise LookupError(f"{version} is not among {[line.version for line in panel.lines()]}")


def fills_gaps(journey: Journey, version: str, *, classes: tuple[tuple[str, str], ...] = ()) -> str:
    """Fill in what a version leaves open, each number with what is proposed; gives the version made of it."""
    panel = stands_on(journey, version)

    def fill(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, GapDialog)
        cards = dialog.numbers
        typist.wait_until(lambda: any(each.isAncestorOf(typist.focus()) for each in cards.values()), "the gaps")
        for name in dialog.numbers:
            typist.walk_to(name)
            typist.keys("{Alt+J}")
            assert typist.focus().objectName() == f"{name}.source", "the source is to be looked at"
            assert "未核实" in dialog.numbers[name].source.value()
        for card in dialog.lists.values():
            while not card.isAncestorOf(typist.focus()):
                typist.keys("{Tab}")
            for at, (label, source) in enumerate(classes):
                typist.keys("{Ctrl+Enter}" if at else "")
                typist.keys(label + "{Tab}" + source)
        assert dialog.day.day() == journey.day
        typist.keys("{Ctrl+S}")
        typist.wait_until(lambda: bool(dialog.outcome) or bool(dialog.banner.text), "the version saved")
        assert dialog.outcome, dialog.banner.text

    before = {line.version for line in panel.lines()}
    meanwhile(journey, "{F6}", GapDialog, fill)
    journey.settle()
    assert "提交" in panel.banner.text
    (made,) = {line.version for line in panel.lines()} - before
    return made


def drafts(journey: Journey, based_on: str, change: Callable[[Typist, EditorWindow], None]) -> None:
    """Draft a version of another in the editor, check it and put it to a second person."""
    panel = stands_on(journey, based_on)
    before = {line.version for line in panel.lines()}
    journey.keys("{Insert}")
    journey.see(lambda: len(panel.lines()) > len(before), "the draft in the list")
    (made,) = {line.version for line in panel.lines()} - before
    stands_on(journey, made)

    def edit(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, EditorWindow)
        typist.wait_until(lambda: window.draft is not None and not window.is_busy, "the rules in the editor")
        change(typist, window)
        typist.keys("{F9}")
        typist.wait_until(lambda: bool(window.banner.text), "the version checked")
        assert "没有错误" in window.banner.text, window.banner.text
        typist.keys("{F7}")
        typist.wait_until(lambda: bool(window.outcome), "the version submitted")

    meanwhile(journey, "{F2}", EditorWindow, edit)
    journey.settle()
    assert "已提交" in panel.banner.text


def says(typist: Typist, window: EditorWindow, section: str, fields: Mapping[str, Mapping[str, str]]) -> None:
    """Go to a section of the editor and say fields of its entries otherwise; one record is the entry ``""``."""
    while window.sections is not typist.focus():
        typist.keys("{F6}")
    typist.keys("{Home}")
    while (chosen := window.sections.chosen()) is not None and chosen.path != (section,):
        typist.keys("{Down}")
    typist.keys("{Enter}")
    for entry, values in fields.items():
        while window.entries.table is not typist.focus():
            typist.keys("{F6}")
        typist.keys("{Ctrl+Home}")
        for _ in range(window.entries.table.rowCount()):
            if window.entries.chosen() == entry:
                break
            typist.keys("{Down}")
        assert window.entries.chosen() == entry
        typist.keys("{Enter}")
        for field, value in values.items():
            typist.walk_to(f"rules_editor.{field}")
            typist.keys("{Ctrl+A}" + value)


def heads(typist: Typist, *, version: str, on: date, note: str) -> None:
    """Say what a version is called, from when it binds and what it changes."""
    typist.keys("{F4}{Ctrl+A}" + version)
    for name, text in (("day", on.isoformat()), ("note", note)):
        typist.walk_to(f"rules_editor.head.{name}")
        typist.keys("{Ctrl+A}" + text)


def _tries(months: int, found: list[DryRun]) -> Callable[[Typist], None]:
    def work(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, DryRunWindow)
        typist.walk_to("dry_run.months")
        typist.keys(f"{{Ctrl+A}}{months}{{F9}}")
        typist.wait_until(lambda: window.tried is not None and not window.is_busy, "the version tried")
        assert window.tried is not None
        found.append(window.tried)
        typist.keys("{Esc}")

    return work


def tries(journey: Journey, version: str, *, months: int) -> DryRun:
    """Try a version over the filings of some months."""
    stands_on(journey, version)
    found: list[DryRun] = []
    meanwhile(journey, "{F5}", DryRunWindow, _tries(months, found))
    return found[0]


def lets_bind(journey: Journey, version: str, *, months: int = 0, reason: str = "") -> Decided:
    """Look at a version as the second person, try it over some months where wanted, and let it bind."""
    stands_on(journey, version)
    seen: list[Decided] = []

    def decide(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, DecisionDialog)
        typist.wait_until(lambda: not dialog.is_busy and bool(dialog.view.differences), "what changes")
        if months:
            assert "还没有试算" in dialog.tried_line.text()
            person = Person((DryRunWindow, _tries(months, [])))
            typist.keys("{F5}")
            typist.wait_until(lambda: "试算 " in dialog.tried_line.text(), "what trying it gave")
            person.leave()
            typist.take_over(dialog)
        names = tuple(each.name for each in dialog.view.differences)
        seen.append(Decided(changed=names, open_gaps=dialog.open_gaps.text(), tried=dialog.tried_line.text()))
        if reason:
            typist.walk_to("rules_decision.reason")
            typist.keys(reason)
        typist.keys("{F9}")
        typist.wait_until(lambda: bool(dialog.outcome) or bool(dialog.banner.text), "the decision")
        assert dialog.outcome, dialog.banner.text

    meanwhile(journey, "{F9}", DecisionDialog, decide)
    journey.settle()
    return seen[0]
