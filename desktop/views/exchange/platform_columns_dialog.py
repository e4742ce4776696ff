"""Asks which heading of the platform's list means what, where the headings do not say it themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.headed_list import proposed
from desktop.domain.platform_list import HEADING_WORDS, REQUIRED, ListField
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.chips import Tone
from desktop.views.shared.pick_list import PickList


class PlatformColumnsDialog(RecordDialog):
    """A pick list of the headings for each field; ``mapped`` brings what was chosen."""

    mapped = Signal(object)

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("platform_columns", "平台清单的列", save=self._give, parent=parent)
        self.save_button.setText(self.save_button.text().replace("保存", "照此核对"))
        known = proposed(tuple(headings), HEADING_WORDS)
        self.picks: dict[ListField, PickList] = {}
        for field in ListField:
            pick = self.picks[field] = PickList([("", "没有这一列"), *((text, text) for text in headings)])
            pick.set_value(known.get(field, ""))
        fields = list(ListField)
        for left, right in zip(fields[::2], fields[1::2], strict=True):
            self.add_line(*((each.value, each.label, self.picks[each]) for each in (left, right)))
        self.banner.say(
            "请指明各列的含义，平台编号和名称必须有；下次导入同样的清单时照此对应。", Tone.BLUE, mark="对应"
        )
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return tuple(pick.value() for pick in self.picks.values())

    def save(self) -> None:
        """Go on, or say which field is wanting."""
        for pick in self.picks.values():
            pick.settle()
        missing = [field for field in REQUIRED if not self.picks[field].value()]
        for field in ListField:
            self.rows[field.value].set_fault("请选择这一列。" if field in missing else "")
        for field in missing:
            self.rows[field.value].reveal()
        if missing:
            self.rows[missing[0].value].editor.setFocus()
            return
        super().save()

    def _give(self) -> None:
        self.mapped.emit({field: pick.value() for field, pick in self.picks.items() if pick.value()})
