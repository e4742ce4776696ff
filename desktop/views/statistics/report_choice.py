"""Which report is wanted: the standard ones and those that were kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.period import PeriodKind
from desktop.domain.report import ReportDefinition, ReportKind
from desktop.domain.report_kinds import USUAL_PERIOD
from desktop.services.statistics import StatisticsService
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import base_px

_KEPT: Final = "kept:"
_WIDTH: Final = 22


class ReportChoice(PickList):
    """Values are kinds of standard reports, and ids of kept ones."""

    def __init__(self, service: StatisticsService, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._service = service
        self._kept: Mapping[str, ReportDefinition] = {}
        self.setObjectName("statistics.definition")
        self.setAccessibleName("报表")
        self.setMinimumWidth(base_px() * _WIDTH)
        self.offer(())
        self.set_value(ReportKind.PERIOD.value)

    def offer(self, kept: Sequence[ReportDefinition]) -> None:
        """Offer these kept ones behind the standard ones."""
        self._kept = {f"{_KEPT}{each.definition_id}": each for each in kept}
        standard = [(kind.value, kind.label) for kind in ReportKind]
        self.set_options([*standard, *((code, f"★ {each.name}") for code, each in self._kept.items())])
        if not self.value():
            self.set_value(ReportKind.PERIOD.value)

    def choose(self, definition: ReportDefinition) -> None:
        """Stand on a kept one."""
        self.set_value(f"{_KEPT}{definition.definition_id}")

    @property
    def kept(self) -> ReportDefinition | None:
        """Give the kept one that is chosen, None for a standard one."""
        return self._kept.get(self.value())

    def usual_period(self) -> PeriodKind:
        """Give over how long a period what is chosen is usually made."""
        return self.kept.period_kind if self.kept else USUAL_PERIOD[ReportKind(self.value())]

    def definition(self, period_kind: PeriodKind) -> ReportDefinition:
        """Give what the report shows over a period of a kind."""
        if self.kept is not None:
            return replace(self.kept, period_kind=period_kind)
        return self._service.standard(ReportKind(self.value()), period_kind)
