"""After how many minutes without a key the screen locks."""

from __future__ import annotations

from typing import Final

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.services.audit import record_event
from desktop.services.station import Station
from desktop.services.touched import SETTING

USUAL_MINUTES: Final = 10
FEWEST_MINUTES: Final = 1
MOST_MINUTES: Final = 60
_KEY: Final = "screen_lock"


class ScreenLockService:
    """One number for the whole office; kept in memory, so that looking at it costs nothing."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station
        with database.reading(is_whole=True) as session:
            stored = session.get(Setting, _KEY)
            self._minutes = USUAL_MINUTES if stored is None else int(stored.value["minutes"])

    def minutes(self) -> int:
        """Give the minutes after which the screen locks."""
        return self._minutes

    def set_minutes(self, minutes: int) -> frozenset[Change]:
        """Let the screen lock after so many minutes; raises ``ClerkError``: not_permitted, minutes_unfit."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
            raise ClerkError("minutes_unfit", minutes=minutes)
        with self._database.writing() as session:
            session.merge(Setting(key=_KEY, value={"minutes": minutes}))
            record_event(
                session,
                self._station,
                act="screen_lock",
                summary=f"锁屏时间改为 {minutes} 分钟",
                changes=[("minutes", self._minutes, minutes)],
                touched=[(SETTING, _KEY)],
            )
        self._minutes = minutes
        return frozenset({Change.SETTINGS})
