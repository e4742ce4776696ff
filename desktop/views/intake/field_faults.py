"""What is wrong with the fields of the form: texts that cannot be read, and the objections of the rules."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import FieldFault
from desktop.views.intake.answers import MeasureEdit
from desktop.views.shared.editors import AmountEdit, AreaEdit, DayEdit, NumberEdit
from desktop.views.shared.field import FieldRow


def show_faults(rows: Iterable[tuple[str, FieldRow]], faults: tuple[FieldFault, ...]) -> None:
    """Give each field its fault by its path; an unreadable text comes before the rules' objection."""
    objections = {fault.field: fault for fault in reversed(faults)}
    for path, row in rows:
        fault = objections.get(path)
        unreadable = _problem(row.editor)
        if unreadable:
            row.set_fault(unreadable)
        else:
            row.set_fault(fault.message if fault else "", fault.blocking if fault else True)
            # A value that cannot stand is said even where a draft brought it; what is empty can wait.
            if fault and fault.code != "missing" and not row.is_inside():
                row.reveal()


def first_unreadable(rows: Iterable[tuple[str, FieldRow]]) -> tuple[str, str] | None:
    """Give path and sentence of the first field whose text cannot be taken."""
    return next(((path, problem) for path, row in rows if (problem := _problem(row.editor))), None)


def _problem(editor: QWidget) -> str:
    if isinstance(editor, DayEdit | AmountEdit | AreaEdit | NumberEdit | MeasureEdit):
        return editor.problem()
    return ""
