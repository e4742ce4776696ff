"""The acceptance point at work: its office, the pack of today, its clock; asked by every service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.acts import Office, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.policy.loader import Packs

DEFAULT_PACK: Final = "longgang"
_OFFICE_KEY: Final = "office"


class Station:
    """Keeps the office in memory, so that previews while typing never touch the database."""

    def __init__(
        self, database: Database, packs: Packs, *, today: Callable[[], date], now: Callable[[], datetime]
    ) -> None:
        self.packs = packs
        self.today = today
        self.now = now
        with database.reading() as session:
            stored = session.get(Setting, _OFFICE_KEY)
            self._office = None if stored is None else _office_from_plain(stored.value)

    @property
    def office(self) -> Office | None:
        """Give the office, None until the first start is done."""
        return self._office

    def known_office(self) -> Office:
        """Give the office; raises ``ClerkError("office_not_set_up")``."""
        if self._office is None:
            raise ClerkError("office_not_set_up")
        return self._office

    def pack(self) -> PolicyPack:
        """Give the pack that applies today; raises ``ClerkError`` when there is none in force."""
        pack_id = self._office.pack_id if self._office is not None else ""
        return self.packs.get(pack_id or DEFAULT_PACK, self.today())

    def keep(self, session: Session, office: Office) -> None:
        """Store the office in the open transaction; ``adopt`` makes it count once that is committed."""
        session.merge(Setting(key=_OFFICE_KEY, value=asdict(office)))

    def adopt(self, office: Office) -> None:
        """Work as this office from now on."""
        self._office = office


def _office_from_plain(plain: dict[str, Any]) -> Office:
    known = {field.name for field in fields(Office)}
    values = {name: value for name, value in plain.items() if name in known}
    return Office(
        **{
            **values,
            "station_kind": StationKind(values["station_kind"]),
            "communities": tuple(values.get("communities", ())),
            "videos": tuple(values.get("videos", ())),
        }
    )
