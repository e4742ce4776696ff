"""The sheet that is signed where a package is handed over (签收单)."""

from __future__ import annotations

from desktop.domain.errors import ClerkError
from desktop.domain.known_station import fingerprint_groups
from desktop.domain.package import RecordKind
from desktop.domain.packing import Sent
from desktop.services.packing import PackingService
from desktop.services.press import Press
from desktop.services.record_words import KIND_WORDS
from desktop.services.station import Station
from desktop.services.station_keys import StationKeyService


class PackageSheetService:
    """Prints for whoever may pack; the sheet names nobody but the clerk."""

    def __init__(self, station: Station, *, packing: PackingService, keys: StationKeyService, press: Press) -> None:
        self._station, self._packing, self._keys, self._press = station, packing, keys, press

    def signature_sheet(self, package_id: str) -> bytes:
        """Give the sheet of a package that was made, as PDF.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_package, and those of the station's own card.
        """
        from desktop.documents.papers.package_sheet import package_sheet

        sent = next((each for each in self._packing.sent() if each.package_id == package_id), None)
        if sent is None:
            raise ClerkError("no_such_package", package_id=package_id)
        card = self._keys.own_card()
        paper = package_sheet(
            sent,
            card,
            groups=fingerprint_groups(card.fingerprint),
            counts=[(KIND_WORDS[kind], sent.counts[kind]) for kind in RecordKind if sent.counts.get(kind)],
            receiver=self._receiver(sent),
            office=self._station.known_office(),
            on=self._station.today(),
        )
        return self._press.plain(paper)

    def _receiver(self, sent: Sent) -> str:
        known = (row.card.name for row in self._keys.known() if row.id == sent.receiver_id)
        return next(known, "")
