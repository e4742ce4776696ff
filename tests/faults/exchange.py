"""Packages out and in, and old ledgers in, while faults strike; and what must hold of them afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.known_station import StationRole
from desktop.domain.old_registration import LedgerMapping
from desktop.domain.package import Outcome, PackageKind
from desktop.exchange.package_reader import PackageReader
from desktop.models.package import ForeignSubject, ReceivedPackage, SentPackage
from desktop.models.sheet_import import ImportedRow, SheetImport
from desktop.models.station_key import KnownStation
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.old_ledgers import lines, plain_sheet

_SENDER_CODE: Final = "PB"
_PURPOSE: Final = "按月上报街道"
_STICK: Final = "stick"
_OLD_LINES: Final = 30
_PACKAGES: Final = 8


def export_package(desk: Desk, dice: random.Random) -> dict[str, Any]:
    """Send the whole ledger up; gives the package that is then on record."""
    stick = desk.data_folder.with_name(_STICK)
    stick.mkdir(exist_ok=True)
    file, act_id = stick / f"{dice.randrange(5)}.swpkg", str(dice.random())
    try:
        sent = desk.packing.make(PackageKind.ALL, file, act_id=act_id, whole=True, purpose=_PURPOSE)
    except ClerkError as error:
        if error.code != "nothing_to_send":
            raise
        return {}
    return {"sent": sent.package_id}


def prepare_packages(data: Path) -> None:
    """Let a station below register one work after the other and report after each; the ledger gets to know it."""
    # Imported here: the operations themselves lead to this module.
    from tests.faults.operations import register_one

    sender = open_desk(data.with_name(_SENDER_CODE), effort=factories.LIGHT)
    sender.office.set_up(factories.office(code=_SENDER_CODE))
    card = sender.station_keys.own_card()
    for number in range(_PACKAGES):
        register_one(sender, f"below-{number}")
        file = data.with_name(f"{_SENDER_CODE}-{number}.swpkg")
        sender.packing.make(PackageKind.ALL, file, act_id=f"package-{number}", whole=True, purpose=_PURPOSE)
    sender.close()
    desk = open_desk(data, effort=factories.LIGHT)
    desk.station_keys.confirm(card, role=StationRole.BELOW, typed_fingerprint=card.fingerprint, act_id="below")
    desk.close()


def take_package(desk: Desk, dice: random.Random) -> dict[str, Any]:
    """Take one of the packages of the station below, in any order, now and then one that was taken before."""
    files = sorted(desk.data_folder.parent.glob(f"{_SENDER_CODE}-*.swpkg"))
    if not files:
        return {}
    return {"received": desk.receiving.take(dice.choice(files), act_id=str(dice.random())).package_id}


def take_old_ledger(desk: Desk, dice: random.Random) -> dict[str, Any]:
    """Take the lines of an old ledger over: all of them or none."""
    with TemporaryDirectory() as folder:
        file = plain_sheet(Path(folder) / "old.xlsx", lines(_OLD_LINES, first=dice.randrange(10**9)))
        look = desk.sheet_imports.look(file)
        assert look.headings is not None
        targets = tuple(proposal.target for proposal in look.proposals)
        mapping = LedgerMapping(sheet=look.sheet, headings=look.headings, targets=targets, blanks=look.blanks)
        act_id = str(dice.random())
        desk.sheet_imports.take(file, mapping, all_or_nothing=True, act_id=act_id)
    return {"old_ledger": act_id}


def foreign_codes(session: Session) -> frozenset[str]:
    """Give the codes whose numbers came from elsewhere and have no sequence here."""
    return frozenset(session.scalars(select(KnownStation.code)))


def faults_of_exchange(session: Session, folder: Path, acknowledged: Iterable[Mapping[str, Any]]) -> list[str]:
    """Name what was lost or taken in part, and half a file under its final name."""
    acknowledged = list(acknowledged)
    packages = list(session.scalars(select(ReceivedPackage)))
    imports = list(session.scalars(select(SheetImport)))
    held = {
        "sent": set(session.scalars(select(SentPackage.package_id))),
        "received": {each.package_id for each in packages},
        "old_ledger": {each.act_id for each in imports},
    }
    found = [
        f"lost: {key} {each[key]}"
        for each in acknowledged
        for key, known in held.items()
        if key in each and each[key] not in known
    ]
    new = sum(each.outcome.get(Outcome.NEW.value, 0) for each in packages)
    subjects = session.scalar(select(func.count()).select_from(ForeignSubject))
    found += [f"part: {subjects} subjects came of {new} new records"] if subjects != new else []
    taken = sum(each.rows_taken for each in imports)
    rows = session.scalar(select(func.count()).select_from(ImportedRow))
    found += [f"part: {rows} rows stand of {taken} taken"] if rows != taken else []
    return found + [f"file: {file.name}" for file in _packages(folder) if not _is_whole(file)]


def _packages(folder: Path) -> list[Path]:
    return [*folder.with_name(_STICK).glob("*.swpkg"), *folder.parent.glob("*.swpkg")]


def _is_whole(file: Path) -> bool:
    try:
        with PackageReader.open(file, scratch=file.parent) as reader:
            reader.check_records()
    except ClerkError:
        return False
    return True
