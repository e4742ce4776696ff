"""The acceptance point at work: its office, the pack of today, its clock; asked by every service."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.access import NOBODY, Actor, Right
from desktop.domain.acts import Office, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import LocalRules, work_by
from desktop.domain.pack import PolicyPack
from desktop.domain.unread_rules import UnreadVersion, standing_in
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.models.filing import Filing
from desktop.models.gate import SeenBy
from desktop.policy.loader import Packs
from desktop.services.chain import Chain
from desktop.services.resources import default_pack

OFFICE_KEY: Final = "office"


class Station:
    """Keeps the office in memory, so that previews while typing never touch the database."""

    def __init__(
        self,
        database: Database,
        packs: Packs,
        *,
        chain: Chain,
        today: Callable[[], date],
        now: Callable[[], datetime],
    ) -> None:
        # What comes with the program, and this with the versions that bind here beside it.
        self.shipped = packs
        self.packs = packs
        self.chain = chain
        self.today = today
        self.now = now
        self._spoken: LocalRules | None = None
        self._stand_ins: dict[UnreadVersion, PolicyPack] = {}
        self._actor = NOBODY
        database.seen_by = self._seen_by
        with database.reading() as session:
            stored = session.get(Setting, OFFICE_KEY)
            self._office = None if stored is None else _office_from_plain(stored.value)
        self.speak()

    @property
    def actor(self) -> Actor:
        """Give who is signed in; ``NOBODY`` while nobody is, ``FOUNDER`` before there are accounts."""
        return self._actor

    def work_as(self, actor: Actor) -> None:
        """Let somebody else be the one at work from now on; ``NOBODY`` sees nothing and may do nothing."""
        self._actor = actor

    @property
    def office(self) -> Office | None:
        """Give the office with who is signed in as its clerk, None until the first start is done."""
        office, name = self._office, self._actor.name
        return replace(office, clerk_name=name) if office is not None and name else office

    @property
    def stored_office(self) -> Office | None:
        """Give the office as it is kept, whoever is signed in."""
        return self._office

    def known_office(self) -> Office:
        """Give the office as ``office`` does; raises ``ClerkError("office_not_set_up")``."""
        office = self.office
        if office is None:
            raise ClerkError("office_not_set_up")
        return office

    def pack(self) -> PolicyPack:
        """Give the pack that applies today; raises ``ClerkError`` when there is none in force.

        For a version that does not read stands a pack that says so and judges nothing (``PolicyPack.unreadable``).
        """
        found = self.shown_pack(self._pack_id())
        if found.local_rules is not self._spoken:
            # The day of a new version may come while the window stands open.
            self._spoken = found.local_rules
            work_by(found.local_rules)
        return found

    def shown_pack(self, pack_id: str) -> PolicyPack:
        """Give the pack that applies today in a place, to speak and list by; raises as ``Packs.get``."""
        found = self.packs.applying(pack_id, self.today())
        return found if isinstance(found, PolicyPack) else self._stand_in(found)

    def require_readable(self) -> None:
        """Refuse to judge while the version that applies does not read; raises ``ClerkError("version_unreadable")``."""
        if why := self.pack().unreadable:
            raise ClerkError("version_unreadable", why=why)

    def pack_on(self, day: date) -> PolicyPack:
        """Give the version by which a matter filed on a day is judged, the first where none was in force by then.

        Raises ``ClerkError("unknown_pack")``.
        """
        return self.packs.get_or_next(self._pack_id(), day)

    def pack_of(self, filing: Filing) -> PolicyPack:
        """Give the version of the rules that a filing was judged by and keeps; raises as ``Packs.exact``."""
        return self.packs.exact(filing.pack_id, filing.pack_version)

    def rules_of(self, pack_id: str, version: str) -> PolicyPack:
        """Give a version to name and list by, those at work where it is not here or does not read."""
        try:
            return self.packs.exact(pack_id, version)
        except ClerkError:
            return self.pack()

    def keep(self, session: Session, office: Office) -> None:
        """Store the office in the open transaction; ``adopt`` makes it count once that is committed."""
        session.merge(Setting(key=OFFICE_KEY, value=asdict(office)))

    def adopt(self, office: Office) -> None:
        """Work as this office from now on."""
        self._office = office
        self.speak()

    def speak(self) -> None:
        """Let everything shown and printed speak as the rules of the office do from now on."""
        self._spoken = None
        with suppress(ClerkError):
            # No pack in force on this day: the page of the rules says so, in neutral words.
            self.pack()

    def _pack_id(self) -> str:
        return (self._office.pack_id if self._office is not None else "") or default_pack()

    def _stand_in(self, unread: UnreadVersion) -> PolicyPack:
        if unread not in self._stand_ins:
            readable = self.packs.versions(unread.id)
            if readable:
                # Of several the last before it, else the first to come: its words are the nearest.
                begins = unread.effective_from or date.min
                before = [pack for pack in readable if (pack.effective_from or date.min) <= begins]
                self._stand_ins[unread] = standing_in(before[-1] if before else readable[0], unread)
            else:
                # A place of which nothing reads: nothing of another place is said in its name.
                any_place = self.shipped.get_or_next(default_pack(), self.today())
                nameless = replace(any_place, title=unread.id, document_number="", local_rules=LocalRules())
                self._stand_ins[unread] = standing_in(nameless, unread)
        return self._stand_ins[unread]

    def _seen_by(self) -> SeenBy:
        actor = self._actor
        return SeenBy(actor.grants_for(Right.SEE), actor.account_id, sees_trail=actor.may(Right.AUDIT))


def _office_from_plain(plain: dict[str, Any]) -> Office:
    known = {field.name for field in fields(Office)}
    values = {name: value for name, value in plain.items() if name in known}
    return Office(
        **{
            **values,
            "station_kind": StationKind(values["station_kind"]),
            "communities": tuple(values.get("communities", ())),
            "sub_areas": tuple(values.get("sub_areas", ())),
            "videos": tuple(values.get("videos", ())),
        }
    )
