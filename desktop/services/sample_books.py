"""Sample entries of the registers beside the ledger (``[[books]]`` of ``resources/samples/later.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.domain.book import BookDraft, BookKind
from desktop.domain.books import BOOKS
from desktop.domain.errors import ClerkError
from desktop.services.books import BookService
from desktop.services.life import LifeService
from desktop.services.station import Station


class SampleBooks:
    """Writes one entry after the other on the day at which the station stands; ``filings`` are those registered.

    In the texts ``{community}`` is the first of the office, ``{street}`` its name and ``{year}`` the year; a key of
    ``days`` is a day so many days after the entry's own; ``entry`` names the earlier entry that ``entry_field`` holds.
    """

    def __init__(self, station: Station, books: BookService, life: LifeService, *, filings: Mapping[str, int]) -> None:
        self._station, self._books, self._life, self._filings = station, books, life, filings
        self._numbers: dict[str, str] = {}

    def write(self, raw: Mapping[str, Any]) -> None:
        """Write one entry where that can be done; raises what ``BookService.write`` raises."""
        kind = BookKind(raw["book"])
        has_ground = raw.get("of", "") in {"", *self._filings} and raw.get("entry", "") in {"", *self._numbers}
        if not has_ground or not self._books.may_write(kind):
            return
        act_id = f"sample-book-{self._station.known_office().code}-{raw['name']}"
        try:
            written = self._books.write(BookDraft(kind=kind, texts=self._texts(kind, raw)), act_id=act_id)
        except ClerkError as error:
            # Who is at work may write such entries, but not for the whole street.
            if error.code != "outside_scope":
                raise
        else:
            self._numbers[raw["name"]] = written.row.number

    def _texts(self, kind: BookKind, raw: Mapping[str, Any]) -> dict[str, str]:
        office, today = self._station.known_office(), self._station.today()
        known = {
            "community": office.communities[0] if office.communities else "",
            "street": office.street_name,
            "year": today.year,
        }
        texts = {key: text.format(**known) for key, text in raw["texts"].items()}
        days = {BOOKS[kind].day.key: 0, **raw.get("days", {})}
        texts |= {key: (today + timedelta(days=after)).isoformat() for key, after in days.items()}
        if "of" in raw:
            texts["filing"] = self._life.of(self._filings[raw["of"]]).registration.number
        if "entry" in raw:
            texts[raw["entry_field"]] = self._numbers[raw["entry"]]
        return texts
