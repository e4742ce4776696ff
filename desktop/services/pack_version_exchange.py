"""Versions of the rules between stations: given out signed, taken from a known station or from a pack file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.pack_version import VersionHead, VersionState
from desktop.exchange import signed_rules
from desktop.models.database import Database
from desktop.policy.loader import load_tree, pack_of
from desktop.policy.pack_text import tree_of
from desktop.services.file_writing import written_file
from desktop.services.pack_version_base import PackVersionBase
from desktop.services.pack_version_rows import stored_version
from desktop.services.resources import policies_folder
from desktop.services.station import Station
from desktop.services.station_keys import StationKeyService


class PackVersionExchange(PackVersionBase):
    """Signs versions for other stations and takes theirs in; nothing that came from elsewhere binds by itself."""

    def __init__(self, database: Database, station: Station, *, keys: StationKeyService) -> None:
        super().__init__(database, station)
        self._keys = keys

    def export(self, version_id: int, file: Path) -> None:
        """Save a version in force as a file signed by this station.

        Raises ``ClerkError``: not_permitted, no_such_version, version_not_open, and those of ``StationKeyService``,
        cannot_save_file, disk_full.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        card, signer = self._keys.own_card(), self._keys.signer()
        with self._database.reading() as session:
            row = stored_version(session, version_id, within=(VersionState.IN_FORCE,))
            signed = signed_rules.SignedRules(
                station=card,
                pack_id=row.pack_id,
                version=row.version,
                effective_from=row.effective_from,
                note=row.note,
                rules=row.rules,
                papers=row.papers,
            )
        with written_file(file) as fresh:
            signed_rules.write_rules(fresh, signed, signer=signer)
        with self._database.writing() as session:
            row = stored_version(session, version_id)
            self._record(session, row, "pack_out", "导出")

    def take_signed(self, file: Path, *, act_id: str) -> int:
        """Take a version signed by a known station; it waits for a second person here.  Gives its id.

        Raises ``ClerkError``: not_permitted, station_unknown, station_blocked, version_exists, and those of
        ``signed_rules.read_rules``; ``FaultyInput`` for rules that do not read.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        signed = signed_rules.read_rules(file)
        sender = self._keys.known_by(signed.station.fingerprint)
        if sender is None or sender.is_blocked:
            raise ClerkError("station_unknown" if sender is None else "station_blocked", name=signed.station.name)
        try:
            tree = tree_of(signed.rules, signed.papers)
        except ValueError as error:
            raise FaultyInput((Fault(file.name, f"不是 TOML：{error}"),)) from error
        said = tree.rules.get("pack")
        if not isinstance(said, Mapping) or said.get("id") != signed.pack_id:
            raise FaultyInput((Fault(file.name, f"文件写的是 {signed.pack_id} 的规则，内容却不是"),))
        head = VersionHead(version=signed.version, effective_from=signed.effective_from, note=signed.note)
        origin = {"name": sender.card.name, "code": sender.card.code, "fingerprint": sender.card.fingerprint}
        return self._take(tree, head, act_id=act_id, origin=origin, said=f"收到{sender.card.name}")

    def take_file(self, file: Path, *, act_id: str) -> int:
        """Take a pack file (.toml, its papers beside it) as a draft; raises as ``take_signed``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        tree = load_tree(file, bases=policies_folder())
        pack = pack_of(tree)
        head = VersionHead(version=pack.version, effective_from=pack.effective_from)
        return self._take(tree, head, act_id=act_id, origin=None, said="读入文件")
