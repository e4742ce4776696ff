"""The station's own keys: made when they are first asked for, the private halves sealed under the ledger's key."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.domain.errors import ClerkError
from desktop.domain.known_station import fingerprint_groups
from desktop.domain.package import StationCard
from desktop.exchange.sealed import Opener
from desktop.exchange.signing import PRIVATE_BYTES, Signer, new_keys
from desktop.models.database import Database
from desktop.models.station_key import StationKey
from desktop.services.audit import record_event
from desktop.services.station import Station
from desktop.services.touched import STATION_KEY

_OWN: Final = 1
_NONCE: Final = 12
_PURPOSE: Final = b"station keys"


def require_anybody(station: Station) -> None:
    """See that somebody is signed in; raises ``ClerkError("signed_out")``."""
    if not station.actor.grants:
        raise ClerkError("signed_out")


class OwnKeys:
    """Makes and opens the keys of this station; every method raises as ``card``."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def card(self) -> StationCard:
        """Give this station's card, with the name and code that the office has now.

        Raises ``ClerkError``: signed_out, office_not_set_up, database_locked, disk_full.
        """
        key, office = self._own(), self._station.known_office()
        name = office.station_name
        if office.street_name not in name:
            name = f"{office.street_name}{name}"
        return StationCard(name=name, code=office.code, sign_public=key.sign_public, seal_public=key.seal_public)

    def signer(self) -> Signer:
        """Give what signs in this station's name; raises also station_key_unreadable."""
        return Signer(self._private()[:PRIVATE_BYTES])

    def opener(self) -> Opener:
        """Give what opens packages sealed for this station; raises also station_key_unreadable."""
        return Opener(self._private()[PRIVATE_BYTES:])

    def _private(self) -> bytes:
        key = self._own()
        try:
            sealed = bytes.fromhex(key.private_sealed)
            return self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(key.sign_public, key.seal_public))
        except (InvalidTag, ValueError) as error:
            raise ClerkError("station_key_unreadable") from error

    def _own(self) -> StationKey:
        """Give the row of the keys, which stays usable without its session."""
        require_anybody(self._station)
        self._station.known_office()
        with self._database.reading() as session:
            key = session.get(StationKey, _OWN)
        if key is not None:
            return key
        with self._database.writing() as session:
            key = session.get(StationKey, _OWN)
            if key is None:
                key = self._made()
                session.add(key)
                shown = " ".join(fingerprint_groups(key.fingerprint))
                summary = f"生成上报用的密钥，核对码 {shown}"
                record_event(session, self._station, act="station_key", summary=summary, touched=[(STATION_KEY, _OWN)])
            return key

    def _made(self) -> StationKey:
        keys, nonce = new_keys(), os.urandom(_NONCE)
        private = keys.sign_private + keys.seal_private
        sealed = nonce + self._cipher().encrypt(nonce, private, _bound(keys.sign_public, keys.seal_public))
        card = StationCard(name="", code="", sign_public=keys.sign_public, seal_public=keys.seal_public)
        return StationKey(
            id=_OWN,
            sign_public=keys.sign_public,
            seal_public=keys.seal_public,
            private_sealed=sealed.hex(),
            fingerprint=card.fingerprint,
            made_at=self._station.now(),
        )

    def _cipher(self) -> AESGCM:
        return AESGCM(self._station.chain.derived(_PURPOSE))


def _bound(sign_public: str, seal_public: str) -> bytes:
    """Give what the private halves are sealed together with: under other public halves they do not open."""
    return f"{sign_public}{seal_public}".encode()
