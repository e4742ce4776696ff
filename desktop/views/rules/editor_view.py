"""What the editor of a draft shows: sections with their entries, the fields of one, every fault in its place."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Fault
from desktop.domain.local_rules import local
from desktop.domain.pack_draft import FaultPlace, Key, PackDraft
from desktop.domain.pack_sections import field_label
from desktop.views.rules.editor_frame import EditorFrame
from desktop.views.workbench import Workbench


class EditorView(EditorFrame):
    """Goes from sections to entries to fields to faults; Enter on a fault goes to its field."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.draft: PackDraft | None = None
        self.faults: tuple[tuple[Fault, FaultPlace | None], ...] = ()
        self.sections.picked.connect(self._other_section)
        self.sections.entered.connect(self.entries.setFocus)
        self.entries.picked.connect(self._show_entry)
        self.entries.table.opened.connect(lambda _at: self.form.begin())
        self.fault_table.opened.connect(self.go_to)
        self.form.renamed.connect(self._renamed)

    def next_part(self) -> None:
        """Go from the sections to the entries, to the fields, to the faults, and back."""
        parts = [self.sections, self.entries, self.form, self.fault_table]
        focus = self.focusWidget()
        here = next((at for at, part in enumerate(parts) if focus is part or part.isAncestorOf(focus)), -1)
        after = parts[(here + 1) % (len(parts) if self.faults else len(parts) - 1)]
        if after is not self.form or not self.form.begin():
            after.setFocus()

    def go_to(self, at: int) -> None:
        """Stand in the field that a fault concerns."""
        place = self.faults[at][1] if 0 <= at < len(self.faults) else None
        if place is None or self.draft is None:
            return
        self.entries.finder.set_value("")
        self.sections.choose(place.section.path)
        self._show_entries(place.entry)
        if not self.form.begin(place.field):
            self.entries.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.draft is not None:
            self._show_entry()

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        draft = self.draft
        if draft is None:
            return
        self.faults = tuple((fault, draft.place_of(fault.where)) for fault in faults)
        self.fault_table.show_rows(
            [
                (at, (*self._words_of(place), fault.what, fault.where), True)
                for at, (fault, place) in enumerate(self.faults)
            ]
        )
        self.fault_table.setVisible(bool(self.faults))
        sections = draft.sections()
        counts = {section.path: len(draft.entries(section)) for section in sections}
        faulty = Counter(place.section.path for _fault, place in self.faults if place is not None)
        self.sections.show_sections(sections, counts, faulty)
        self._mark_fields()

    def _words_of(self, place: FaultPlace | None) -> tuple[str, str]:
        if place is None or self.draft is None:
            return "", ""
        entries = self.draft.entries(place.section)
        name = next((each.name for each in entries if each.key == place.entry), "")
        field = field_label(place.field) if not place.field.startswith("#") else ""
        return local(place.section.label), " · ".join(part for part in (name, field) if part)

    def _show_entries(self, key: Key | None) -> None:
        section = self.sections.chosen()
        if self.draft is None or section is None:
            return
        faulty = {
            place.entry for _fault, place in self.faults if place is not None and place.section.path == section.path
        }
        self.entries.show_entries(
            self.draft.entries(section), frozenset(each for each in faulty if each is not None), key
        )
        self._show_entry()

    def _show_entry(self) -> None:
        section = self.sections.chosen()
        if self.draft is not None and section is not None:
            self.form.show_entry(self.draft, section, self.entries.chosen())
            self._mark_fields()

    def _mark_fields(self) -> None:
        section, key = self.sections.chosen(), self.entries.chosen()
        here = [
            (place.field, fault.what)
            for fault, place in self.faults
            if place is not None and section is not None and (place.section.path, place.entry) == (section.path, key)
        ]
        self.form.say_faults(dict(reversed(here)))

    def _renamed(self, key: object) -> None:
        section = self.sections.chosen()
        if self.draft is not None and section is not None and isinstance(key, int | str):
            self.entries.show_entries(self.draft.entries(section), frozenset(), key)

    def _other_section(self) -> None:
        self.entries.finder.set_value("")
        self._show_entries(None)
