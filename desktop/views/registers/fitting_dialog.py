"""A form whose service names every fault by its field: all are shown at once, the first gets the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import FieldFault
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow


class FittingDialog(RecordDialog):
    """Asks ``faults`` before it saves; days that cannot be read are faults of their own."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        save: Callable[[], object],
        faults: Callable[[], Sequence[FieldFault]],
        fields_of: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, title, save=save, fields_of=fields_of, parent=parent)
        self._faults = faults

    def all_rows(self) -> Mapping[str, FieldRow]:
        """Give the labelled fields by their names, those of repeated blocks too."""
        return self.rows

    def save(self) -> None:
        """Show every fault, or save and close."""
        rows = self.all_rows()
        for row in rows.values():
            row.set_fault("")
        found = {name: said for name, row in rows.items() if (said := _unreadable(row))}
        for fault in self._faults():
            if fault.blocking:
                found.setdefault(fault.field, fault.message)
        if not found:
            super().save()
            return
        for name, said in found.items():
            if name in rows:
                rows[name].set_fault(said)
                rows[name].reveal()
        first = next((name for name in rows if name in found), None)
        self.banner.say(found[first or next(iter(found))], Tone.RED, mark="没有保存")
        if first is not None:
            rows[first].editor.setFocus()


def _unreadable(row: FieldRow) -> str:
    return row.editor.problem() if isinstance(row.editor, DayEdit) else ""
