"""The form of an entry of any register, made from its fields: written anew, or put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.book import BookDraft, BookKind, BookRow, BookSpec, FieldSpec, FieldType
from desktop.domain.book_values import shown, typed
from desktop.domain.books import BOOKS
from desktop.services.book_base import BookWritten
from desktop.services.desk import Desk
from desktop.views.books.field_editor import WIDE, editor_of, hint_of, set_hint, set_text, text_in
from desktop.views.books.fields_area import FieldsArea
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.field import FieldRow
from desktop.views.theme import base_px

_LABEL: Final = 10
_WIDTH: Final = 64
_KEYS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What a field of choices shows as is; the others show what can be typed again.
_BY_CODE: Final = frozenset({FieldType.CHOICE})


class BookDialog(FittingDialog):
    """All fields of the register in reading order; ``written`` holds what was kept."""

    def __init__(self, desk: Desk, spec: BookSpec, row: BookRow | None = None, parent: QWidget | None = None) -> None:
        title = f"{spec.title}　更正 {row.number}" if row is not None else f"{spec.title}　记一条"
        fields_of = {"outside_scope": "community"}
        super().__init__("book", title, save=self._keep, faults=self._find_faults, fields_of=fields_of, parent=parent)
        self._desk, self.spec, self._row = desk, spec, row
        self._act_id = uuid4().hex
        self.written: BookWritten | None = None
        self.setMinimumWidth(base_px() * _WIDTH)
        self.area = FieldsArea()
        self._column.addWidget(self.area)
        self._make_fields()
        for field in spec.fields if row is not None else ():
            self._show(field)
        self.ready()

    def save(self) -> None:
        """Save, or show the first mistake where it is."""
        super().save()
        here = self.focusWidget()
        if here is not None and self.area.isAncestorOf(here):
            self.area.ensureWidgetVisible(here)

    def draft(self) -> BookDraft:
        """Give the entry as typed."""
        texts = {key: text_in(row.editor) for key, row in self.rows.items()}
        return BookDraft(kind=self.spec.kind, texts={key: text for key, text in texts.items() if text})

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return tuple(text_in(row.editor) for row in self.rows.values())

    def _make_fields(self) -> None:
        office = self._desk.office.office()
        communities = office.communities if office is not None else ()
        for place, field in enumerate(self.spec.fields):
            entries = _entries(self._desk, field.of_book) if field.of_book is not None else ()
            editor = editor_of(field, today=self._desk.office.today, communities=communities, entries=entries)
            editor.setObjectName(field.key)
            set_hint(editor, hint_of(field))
            label = f"{field.label}(&{_KEYS[place]})"
            row = FieldRow(label, editor, help=field.help, article=field.article, label_characters=_LABEL)
            self.rows[field.key] = row
            self.area.add(row, is_wide=field.type in WIDE)

    def _show(self, field: FieldSpec) -> None:
        assert self._row is not None
        value = self._row.values.get(field.key)
        text = str(value or "") if field.type in _BY_CODE else typed(field, value)
        set_text(self.rows[field.key].editor, text)

    def _find_faults(self) -> Sequence[FieldFault]:
        return self._desk.books.faults(self.draft())

    def _keep(self) -> None:
        books, draft = self._desk.books, self.draft()
        if self._row is None:
            self.written = books.write(draft, act_id=self._act_id)
        else:
            self.written = books.put_right(self._row.uid, draft, version=self._row.version, act_id=self._act_id)


def _entries(desk: Desk, kind: BookKind) -> tuple[tuple[str, str], ...]:
    """Give the entries of a register to choose from, the last first: number, day and what tells them apart."""
    spec = BOOKS[kind]
    words = [spec.spec_of(key) for key in spec.columns[1:5]]

    def told(row: BookRow) -> str:
        said = (shown(each, row.values.get(each.key)) for each in words)
        return " ".join((row.number, row.happened_on.isoformat(), *said))

    return tuple((row.number, told(row)) for row in desk.books.all(kind))
