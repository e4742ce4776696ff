"""The keys by which packages are signed and sealed, and the stations whose keys somebody has compared (核对码)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.known_station import KnownStationRow, PeriodKind, StationRole, fingerprint_groups, wrong_groups
from desktop.domain.package import Acknowledgement, StationCard
from desktop.domain.typed_text import clean_text, text_fault
from desktop.exchange import signed_files
from desktop.exchange.sealed import Opener
from desktop.exchange.signing import Signer
from desktop.models.database import Database
from desktop.models.station_key import KnownStation
from desktop.services.audit import changed_fields, record_event
from desktop.services.file_writing import written_file
from desktop.services.once import row_of_act
from desktop.services.own_keys import OwnKeys, require_anybody
from desktop.services.press import Press
from desktop.services.station import Station
from desktop.services.touched import KNOWN_STATION

_LONGEST_NOTE: Final = 200


class StationKeyService:
    """Keeps the station's own keys and the list of those it exchanges packages with."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database, self._station, self._press = database, station, press
        self._keys = OwnKeys(database, station)

    # The station's own

    def own_card(self) -> StationCard:
        """Give this station's card; its keys are made when they are first asked for.

        Raises ``ClerkError``: signed_out, office_not_set_up, database_locked, disk_full.
        """
        return self._keys.card()

    def fingerprint(self) -> tuple[str, ...]:
        """Give this station's fingerprint in groups of four to be read aloud; raises as ``own_card``."""
        return fingerprint_groups(self._keys.card().fingerprint)

    def write_card(self, file: Path) -> None:
        """Save this station's card for another station; raises as ``own_card``, and cannot_save_file."""
        card, signer = self.own_card(), self.signer()
        with written_file(file) as fresh:
            signed_files.write_card(fresh, card, signer=signer)
        with self._database.writing() as session:
            record_event(
                session, self._station, act="station_card_out", summary=f"另存本单位名片，核对码 {_shown(card)}"
            )

    def paper(self) -> bytes:
        """Give the paper by which another station knows ours, as PDF; raises as ``own_card``, missing_characters."""
        from desktop.documents.papers.station_card import station_card

        card, office = self.own_card(), self._station.known_office()
        groups = fingerprint_groups(card.fingerprint)
        return self._press.plain(station_card(card, groups, office=office, on=self._station.today()))

    def signer(self) -> Signer:
        """Give what signs in this station's name; raises as ``own_card``, and station_key_unreadable."""
        return self._keys.signer()

    def opener(self) -> Opener:
        """Give what opens packages sealed for this station; raises as ``signer``."""
        return self._keys.opener()

    # The others

    def known(self) -> tuple[KnownStationRow, ...]:
        """List the known stations, blocked ones last; raises ``ClerkError("signed_out")``."""
        require_anybody(self._station)
        with self._database.reading() as session:
            rows = [_row(each) for each in session.scalars(select(KnownStation))]
        return tuple(sorted(rows, key=lambda row: (row.is_blocked, row.role, row.card.code, row.card.name, row.id)))

    def known_by(self, fingerprint: str) -> KnownStationRow | None:
        """Give the known station of a fingerprint, also a blocked one; raises ``ClerkError("signed_out")``."""
        return next((row for row in self.known() if row.card.fingerprint == fingerprint), None)

    def sender(self, card: StationCard, *, role: StationRole) -> KnownStationRow:
        """Give the known station that a package or an acknowledgement claims to be of.

        Raises ``ClerkError``: signed_out, station_unknown, station_blocked, station_role_differs.
        """
        row = self.known_by(card.fingerprint)
        if row is None:
            raise ClerkError("station_unknown", name=card.name, groups=fingerprint_groups(card.fingerprint))
        _refuse_blocked(row)
        if row.role is not role:
            raise ClerkError("station_role_differs", name=row.card.name, role=row.role.value)
        return row

    def receiver(self, station_id: int) -> StationCard:
        """Give a known station to seal a package for; raises ``ClerkError``: no_such_station, station_blocked."""
        row = next((row for row in self.known() if row.id == station_id), None)
        if row is None:
            raise ClerkError("no_such_station", station_id=station_id)
        _refuse_blocked(row)
        return row.card

    def read_card(self, file: Path) -> StationCard:
        """Read the card of another station, to be confirmed by its fingerprint.

        Raises ``ClerkError``: not_permitted, and those of ``signed_files.read_card``.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        return signed_files.read_card(file)

    def read_acknowledgement(self, file: Path) -> Acknowledgement:
        """Read an acknowledgement of a known station above; raises as ``sender`` and ``signed_files``."""
        told = signed_files.read_acknowledgement(file)
        self.sender(told.receiver, role=StationRole.ABOVE)
        return told

    def write_acknowledgement(self, file: Path, acknowledgement: Acknowledgement) -> None:
        """Save an acknowledgement signed by this station; raises as ``signer``, cannot_save_file, disk_full."""
        signer = self.signer()
        with written_file(file) as fresh:
            signed_files.write_acknowledgement(fresh, acknowledgement, signer=signer)

    def confirm(
        self,
        card: StationCard,
        *,
        role: StationRole,
        typed_fingerprint: str,
        act_id: str,
        period_kind: PeriodKind = PeriodKind.NONE,
        note: str = "",
    ) -> KnownStationRow:
        """Take a station among the known ones after its fingerprint was typed from paper or as heard.

        One that is known already gets the name, code and role given now.  Raises ``ClerkError``: not_permitted,
        fingerprint_differs (``groups``: their numbers), own_station, station_blocked, note_unfit, act_id_used,
        database_locked, disk_full.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        if wrong := wrong_groups(typed_fingerprint, card.fingerprint):
            raise ClerkError("fingerprint_differs", groups=wrong)
        if card.fingerprint == self._keys.card().fingerprint:
            raise ClerkError("own_station")
        words = _fit_note(note)
        with self._database.writing() as session:
            done = row_of_act(session, KnownStation, act_id)
            if done is not None:
                return _row(done)
            station = session.scalars(select(KnownStation).where(KnownStation.fingerprint == card.fingerprint)).first()
            before = {} if station is None else _plain(station)
            if station is None:
                station = self._new(card, act_id)
                session.add(station)
            elif station.blocked_at is not None:
                raise ClerkError("station_blocked", name=station.name)
            station.name, station.code = card.name, card.code
            station.role, station.period_kind, station.note = role.value, period_kind.value, words
            session.flush()
            self._record(session, "station_confirmed", station, before=before)
            return _row(station)

    def block(self, station_id: int, *, reason: str) -> None:
        """Take nothing more from a station and make nothing for it; a second time changes nothing.

        Raises ``ClerkError``: not_permitted, reason_required, note_unfit, no_such_station, database_locked.
        """
        self._set_blocked(station_id, True, reason)

    def unblock(self, station_id: int, *, reason: str) -> None:
        """Exchange with a blocked station again; a second time changes nothing.  Raises as ``block``."""
        self._set_blocked(station_id, False, reason)

    def _set_blocked(self, station_id: int, is_blocked: bool, reason: str) -> None:
        self._station.actor.require(Right.KEEP_SETTINGS)
        words = _fit_note(reason)
        if not words:
            raise ClerkError("reason_required")
        with self._database.writing() as session:
            station = session.get(KnownStation, station_id)
            if station is None:
                raise ClerkError("no_such_station", station_id=station_id)
            if (station.blocked_at is not None) == is_blocked:
                return
            before = _plain(station)
            station.blocked_at = self._station.now() if is_blocked else None
            session.flush()
            act = "station_blocked" if is_blocked else "station_unblocked"
            self._record(session, act, station, before=before, reason=words)

    def _new(self, card: StationCard, act_id: str) -> KnownStation:
        office, actor = self._station.office, self._station.actor
        return KnownStation(
            act_id=act_id,
            name=card.name,
            code=card.code,
            role="",
            sign_public=card.sign_public,
            seal_public=card.seal_public,
            fingerprint=card.fingerprint,
            period_kind="",
            confirmed_at=self._station.now(),
            confirmed_by=actor.name or (office.clerk_name if office else ""),
            confirmed_by_id=actor.account_id,
            blocked_at=None,
            note="",
        )

    def _record(
        self, session: Session, act: str, station: KnownStation, *, before: dict[str, object], reason: str = ""
    ) -> None:
        record_event(
            session,
            self._station,
            act=act,
            summary=f"{station.name}（{station.code}），核对码 {' '.join(fingerprint_groups(station.fingerprint))}",
            reason=reason,
            changes=changed_fields(before, _plain(station)),
            touched=[(KNOWN_STATION, station.id)],
        )


def _shown(card: StationCard) -> str:
    return " ".join(fingerprint_groups(card.fingerprint))


def _refuse_blocked(row: KnownStationRow) -> None:
    if row.is_blocked:
        raise ClerkError("station_blocked", name=row.card.name)


def _fit_note(typed: str) -> str:
    words = clean_text(typed)
    if why := text_fault(words, longest=_LONGEST_NOTE):
        raise ClerkError("note_unfit", why=why)
    return words


def _plain(station: KnownStation) -> dict[str, object]:
    return {
        "name": station.name,
        "code": station.code,
        "role": station.role,
        "period_kind": station.period_kind,
        "note": station.note,
        "is_blocked": station.blocked_at is not None,
    }


def _row(station: KnownStation) -> KnownStationRow:
    card = StationCard(
        name=station.name, code=station.code, sign_public=station.sign_public, seal_public=station.seal_public
    )
    return KnownStationRow(
        id=station.id,
        card=card,
        role=StationRole(station.role),
        period_kind=PeriodKind(station.period_kind),
        confirmed_at=station.confirmed_at,
        confirmed_by=station.confirmed_by,
        blocked_at=station.blocked_at,
        note=station.note,
    )
