"""What every task with a report stands on: the ledger, who is at work, numbers and the calendar."""

from __future__ import annotations

from desktop.models.database import Database
from desktop.services.calendar import CalendarService
from desktop.services.numbered_act import NumberedActs
from desktop.services.report_steps import ReportSteps
from desktop.services.station import Station


class ReportBase:
    """Holds what taking reports down and dealing with them share."""

    def __init__(self, database: Database, station: Station, *, acts: NumberedActs, calendar: CalendarService) -> None:
        self._database, self._station = database, station
        self._acts, self._calendar = acts, calendar
        self._steps = ReportSteps(station)
