"""Stations that send packages, for the tests of the exchange; every name is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.domain.known_station import StationRole
from desktop.domain.package import (
    Acknowledgement,
    NotTaken,
    Outcome,
    PackageKind,
    PackageRecord,
    RecordKind,
    StationCard,
)
from desktop.domain.packing import Sent
from desktop.exchange.package_reader import PackageReader
from desktop.exchange.sealed import Opener
from desktop.exchange.signed_files import write_acknowledgement
from desktop.exchange.signing import Signer, StationKeys, new_keys
from desktop.services.desk import Desk

PURPOSE = "按月上报街道"


def card_of(keys: StationKeys, name: str) -> StationCard:
    """The card of a station with these keys."""
    return StationCard(name=name, code="PA", sign_public=keys.sign_public, seal_public=keys.seal_public)


STREET_KEYS = new_keys()
STREET = card_of(STREET_KEYS, "坪安街道办事处")


class Sender:
    """A desk that packs, with a folder for its files."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder, self.packing, self._acts = desk, folder, desk.packing, 0
        self.street_id = desk.station_keys.confirm(
            STREET, role=StationRole.ABOVE, typed_fingerprint=STREET.fingerprint, act_id="street"
        ).id

    def make(self, kind: PackageKind = PackageKind.SINCE_LAST, **more: Any) -> tuple[Sent, Path]:
        """Make a package, with personal data whole unless said otherwise; each call is an act of its own."""
        self._acts += 1
        asked: dict[str, Any] = {"act_id": f"pack-{self._acts}", "whole": True, "purpose": PURPOSE, **more}
        file = self.folder / f"{asked['act_id']}.swpkg"
        return self.packing.make(kind, file, **asked), file

    def answer(self, sent: Sent, *not_taken: NotTaken, keys: StationKeys | None = None) -> Path:
        """An acknowledgement of a package, signed by the street or with other keys."""
        file = self.folder / f"{sent.package_id}.swack"
        told = Acknowledgement(
            package_id=sent.package_id,
            receiver=card_of(keys, "别处") if keys else STREET,
            received_at=datetime(2026, 3, 9, 1, 0, tzinfo=UTC),
            outcome={Outcome.NEW: sent.count - len(not_taken), Outcome.REJECTED: len(not_taken)},
            not_taken=not_taken,
        )
        write_acknowledgement(file, told, signer=Signer((keys or STREET_KEYS).sign_private))
        return file


def opened(file: Path, *, opener: Opener | None = None) -> PackageReader:
    """Open a package as its receiver does."""
    return PackageReader.open(file, scratch=file.parent, opener=opener)


def records_in(file: Path) -> dict[RecordKind, Sequence[PackageRecord]]:
    """Every record of a package by kind."""
    with opened(file) as reader:
        return {kind: tuple(reader.records(kind)) for kind in RecordKind}


def uids_in(file: Path) -> set[tuple[RecordKind, str]]:
    """What a package carries."""
    return {(record.kind, record.uid) for some in records_in(file).values() for record in some}
