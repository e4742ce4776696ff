"""What every task with matters handed on stands on: the ledger, who is at work, numbers, calendar and press."""

from __future__ import annotations

from desktop.models.database import Database
from desktop.services.calendar import CalendarService
from desktop.services.numbered_act import NumberedActs
from desktop.services.press import Press
from desktop.services.station import Station


class TransferBase:
    """Holds what sending letters and giving the register out share."""

    def __init__(
        self, database: Database, station: Station, *, acts: NumberedActs, calendar: CalendarService, press: Press
    ) -> None:
        self._database, self._station = database, station
        self._acts, self._calendar, self._press = acts, calendar, press
