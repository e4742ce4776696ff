"""What was carried over from an earlier shop of the same mall: marked on its fields, and passed over by Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea

from desktop.domain.batch import shared_values
from desktop.domain.facts import FactValue
from desktop.domain.local_rules import local
from desktop.domain.walk_in import WalkIn
from desktop.views.shared.field import FieldRow

if TYPE_CHECKING:
    from desktop.views.intake.intake_form import IntakeForm

_NOTHING: Final[Mapping[str, FactValue]] = {}
# What the fields are called together, by the beginning of their paths.
_WORDS: Final = (
    ("place.", "地址"),
    ("property_owner.", "房屋产权人"),
    ("property_company", "物业企业"),
    ("facts.", "房屋和管理情况"),
)


class TakenOver(QObject):
    """Marks the fields whose value is still the one carried over; one that is typed over loses its mark."""

    def __init__(self, form: IntakeForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form, self._begun = form, _NOTHING
        form.changed.connect(self._look)

    def begin(self, walk_in: WalkIn) -> None:
        """Take note of what a shop begins with; a matter of no mall has nothing carried over."""
        self._begun = shared_values(walk_in) if walk_in.batch.name else _NOTHING
        self._mark(self._begun)

    def words(self, mall: str) -> str:
        """Say what was carried over, and what is to be typed."""
        named = [word for begins, word in _WORDS if any(path.startswith(begins) for path in self._begun)]
        taken = f"已带入{'、'.join(named)}，旁边注“带入”，回车跳过。" if named else ""
        return f"“{mall}”一揽子纳管：{taken}{local('本户的工程、建设单位和材料照常填写，单独登记、单独出文书。')}"

    def _look(self) -> None:
        if self._begun:
            self._mark(shared_values(self._form.walk_in()))

    def _mark(self, now: Mapping[str, FactValue]) -> None:
        for group in self._form.groups:
            for path, row in group.rows.items():
                row.mark_taken(path in self._begun and now.get(path) == self._begun[path])


def go_on(form: QScrollArea, rows: Sequence[FieldRow]) -> None:
    """Let the keyboard go on to the next field that was not carried over."""
    form.focusNextPrevChild(True)
    for _ in rows:
        if not any(row.is_taken and row.is_inside() for row in rows):
            return
        form.focusNextPrevChild(True)
