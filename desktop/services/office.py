"""The office itself: first start, its settings, the packs to choose from, and sample data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from desktop.domain.access import Right
from desktop.domain.acts import Change, Office
from desktop.domain.checked import half_width
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing
from desktop.domain.progress import SILENT, Progress
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.policy.loader import Packs
from desktop.services.audit import changed_fields, record_event
from desktop.services.calendar import CalendarService
from desktop.services.filing_keys import storable
from desktop.services.resources import default_pack
from desktop.services.sample_acts import SampleServices
from desktop.services.samples import SamplesEntered, enter_samples
from desktop.services.station import OFFICE_KEY, Station
from desktop.services.touched import SETTING

# Shorter than a number could bear, so that it is read and spoken easily.
_CODE = re.compile("[A-Z0-9]{1,6}")
_REQUIRED = ("street_name", "station_name", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """A policy pack to choose at first start, with its standing and the banner it will show."""

    id: str
    title: str
    standing: Standing
    banner: str


class OfficeService:
    """Keeps who accepts, as printed on every paper."""

    def __init__(
        self, database: Database, station: Station, *, calendar: CalendarService, samples: SampleServices
    ) -> None:
        self._database, self._station = database, station
        self._calendar, self._samples = calendar, samples

    def office(self) -> Office | None:
        """Give the office, None until the first start is done."""
        return self._station.office

    def set_up(self, office: Office) -> frozenset[Change]:
        """Keep the office's data; raises ``ClerkError("office_incomplete", fields=…)``, unknown_pack.

        Who is signed in by an account is the clerk of every paper; the name typed before there were accounts stays.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        wanted = _tidied(office)
        faulty = tuple(_faulty_fields(wanted))
        if faulty:
            raise ClerkError("office_incomplete", fields=faulty)
        before = self._station.stored_office
        if before is None or before.pack_id != wanted.pack_id:
            self._station.packs.get(wanted.pack_id, self._station.today())
        if before is not None and self._station.actor.account_id is not None:
            wanted = replace(wanted, clerk_name=before.clerk_name)
        with self._database.writing() as session:
            changed = changed_fields({} if before is None else asdict(before), asdict(wanted))
            self._station.keep(session, wanted)
            summary = "首次设置受理点" if before is None else "更改受理点设置"
            record_event(
                session,
                self._station,
                act="office",
                summary=summary,
                changes=changed,
                touched=[(SETTING, OFFICE_KEY)],
                office=wanted,
            )
        self._station.adopt(wanted)
        return frozenset({Change.SETTINGS})

    def today(self) -> date:
        """Give the day this window works on."""
        return self._station.today()

    def pack(self) -> PolicyPack:
        """Give the pack that applies today."""
        return self._station.pack()

    def pack_choices(self) -> tuple[PackChoice, ...]:
        """List the packs of this installation, one a jurisdiction, the usual one first.

        Each in the version of today, else in the first to come.
        """
        on, packs = self._station.today(), self._station.packs
        ids = sorted(packs.ids(), key=lambda pack_id: pack_id != default_pack())
        found = (self._chosen(packs, pack_id, on) for pack_id in ids)
        return tuple(
            PackChoice(id=p.id, title=p.title, standing=p.standing_on(on), banner=p.unreadable or p.banner_on(on))
            for p in found
        )

    def _chosen(self, packs: Packs, pack_id: str, on: date) -> PolicyPack:
        try:
            return packs.get_or_next(pack_id, on)
        except ClerkError:
            # One that does not read is still named, with what is wrong with it.
            return self._station.shown_pack(pack_id)

    def add_samples(self, progress: Progress = SILENT) -> SamplesEntered:
        """Enter invented filings of every outcome, and what follows them, through the ordinary acts; says how many.

        In a ledger without filings all of it, whatever who is at work may do else: it is for a first look.  In any
        other what they may not do is left out.  Cancelled in the middle, what was entered stays; entered again,
        nothing is doubled.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.reading(is_whole=True) as session:
            is_fresh = session.scalars(select(Filing.id).limit(1)).first() is None
        calendar = self._calendar.calendar()
        return enter_samples(self._station, self._samples, progress, calendar=calendar, is_fresh=is_fresh)


def _tidied(office: Office) -> Office:
    texts: dict[str, Any] = {
        field.name: storable(value).strip()
        for field in fields(office)
        if isinstance(value := getattr(office, field.name), str) and field.name != "station_kind"
    }
    return replace(
        office,
        **{**texts, "code": half_width(texts["code"]).upper(), "pack_id": texts["pack_id"] or default_pack()},
        communities=_each_once(office.communities),
        sub_areas=_each_once(office.sub_areas),
        videos=_each_once(office.videos),
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(storable(name).strip() for name in names if name.strip()))


def _faulty_fields(office: Office) -> Iterator[str]:
    yield from (name for name in _REQUIRED if not getattr(office, name))
    if office.code and not _CODE.fullmatch(office.code):
        yield "code"
