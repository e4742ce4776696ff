"""The exchange between stations without a window: packages out and in, answers in, plain data back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from desktop.domain.errors import ClerkError
from desktop.domain.known_station import fingerprint_groups, wrong_groups
from desktop.domain.package import ACKNOWLEDGEMENT_SUFFIX, PACKAGE_SUFFIX, Manifest, Outcome, PackageKind, RecordKind
from desktop.domain.receiving import ListedRecord, ReceivingPlan
from desktop.exchange.package_reader import PackageReader
from desktop.services.clock import utc_now
from desktop.services.desk import Desk

_OPEN: Final = (Outcome.CONFLICT, Outcome.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What a package to be made holds, and for whom; ``receiver`` is the code or the fingerprint of a known station."""

    kind: PackageKind
    period: tuple[date, date] | None = None
    whole: bool = False
    purpose: str = ""
    attachments: bool = False
    receiver: str = ""


def send(desk: Desk, place: Path, asked: Sending) -> dict[str, Any]:
    """Make a package, in a folder under a name of its own; where nothing waits there is no file, and that is no fault.

    Raises ``ClerkError`` as ``PackingService.make``, and no_such_station, station_ambiguous.
    """
    receiver_id = _receiver(desk, asked.receiver) if asked.receiver else None
    act_id = uuid4().hex
    file = place / _name(desk, asked.kind, act_id) if place.is_dir() else place
    try:
        sent = desk.packing.make(
            asked.kind,
            file,
            act_id=act_id,
            period=asked.period,
            whole=asked.whole,
            purpose=asked.purpose,
            attachments=asked.attachments,
            receiver_id=receiver_id,
        )
    except ClerkError as error:
        if error.code != "nothing_to_send":
            raise
        return {"file": None, "records": 0}
    return {
        "file": str(file),
        "package_id": sent.package_id,
        "records": sent.count,
        "counts": {kind.value: count for kind, count in sent.counts.items()},
        "is_masked": sent.is_masked,
        "sha256": sent.file_sha256,
    }


def examine(desk: Desk, files: Sequence[Path]) -> list[dict[str, Any]]:
    """Say of each package what taking it would do; nothing is written."""
    return _each(files, lambda file: _planned(desk.receiving.examine(file)))


def take(desk: Desk, files: Sequence[Path], *, answers: Path | None) -> list[dict[str, Any]]:
    """Take packages in, each whole or not at all, and write the answers to their senders into a folder.

    One that is refused does not keep the others out; its entry has ``error``.
    """

    def taken(file: Path) -> dict[str, Any]:
        received = desk.receiving.take(file, act_id=uuid4().hex)
        answer = None if answers is None else answers / f"{received.package_id}{ACKNOWLEDGEMENT_SUFFIX}"
        if answer is not None:
            desk.receiving.write_acknowledgement(received.package_id, answer)
        return {
            "package_id": received.package_id,
            "station": received.station_name,
            "was_known": received.was_known,
            "outcome": _counted(received.outcome),
            "refused": _listed(received.refused),
            "answer": None if answer is None else str(answer),
        }

    return _each(files, taken)


def take_answers(desk: Desk, files: Sequence[Path]) -> list[dict[str, Any]]:
    """Take in the answers of the station above to packages of ours; one that is refused does not stop the others."""

    def applied(file: Path) -> dict[str, Any]:
        done = desk.packing.apply_acknowledgement(file)
        return {
            "package_id": done.sent.package_id,
            "station": done.sent.acknowledged_by,
            "was_known": done.is_repeated,
            "outcome": _counted(done.sent.outcome),
            "not_taken": done.refused,
        }

    return _each(files, applied)


def proved(file: Path, *, fingerprint: str = "", desk: Desk | None = None) -> dict[str, Any]:
    """Prove a package whole, every record of it; ``fingerprint`` is that of the station it must come from.

    A desk opens what is sealed for it and says whether it knows the sender.  Raises ``ClerkError`` as
    ``PackageReader.open``, and fingerprint_differs.
    """
    opener = None if desk is None else desk.station_keys.opener()
    scratch = file.parent if desk is None else desk.data_folder
    with PackageReader.open(file, scratch=scratch, opener=opener) as reader:
        card = reader.manifest.station
        if fingerprint and (wrong := wrong_groups(fingerprint, card.fingerprint)):
            raise ClerkError("fingerprint_differs", groups=wrong, found=" ".join(fingerprint_groups(card.fingerprint)))
        reader.check_records()
        found = {**_told(reader.manifest), "is_sealed": reader.is_sealed, "sha256": reader.file_sha256}
    if desk is not None:
        known = desk.station_keys.known_by(card.fingerprint)
        found["is_known"] = known is not None and not known.is_blocked
    return found


def needs_somebody(entry: Mapping[str, Any]) -> bool:
    """Say whether something of a package is left for a person: a sender to confirm, a conflict, a record not taken."""
    if entry.get("may_be_taken") is False and not entry["was_known"]:
        return True
    return any(entry.get("outcome", {}).get(each.value) for each in _OPEN)


def _each(files: Sequence[Path], do: Callable[[Path], dict[str, Any]]) -> list[dict[str, Any]]:
    entries = list[dict[str, Any]]()
    for file in files:
        try:
            entries.append({"file": str(file), **do(file)})
        except ClerkError as error:
            details = {name: str(value) for name, value in error.details.items()}
            entries.append({"file": str(file), "error": {"code": error.code, **details}})
    return entries


def _planned(plan: ReceivingPlan) -> dict[str, Any]:
    return {
        **_told(plan.manifest),
        "trust": plan.trust.value,
        "may_be_taken": plan.may_be_taken,
        "was_known": plan.received_at is not None,
        "outcome": {each.value: count for each in Outcome if (count := plan.total(each))},
        "refused": _listed(each for each in plan.listed if each.outcome is Outcome.REJECTED),
    }


def _told(head: Manifest) -> dict[str, Any]:
    return {
        "package_id": head.package_id,
        "station": head.station.name,
        "code": head.station.code,
        "fingerprint": " ".join(fingerprint_groups(head.station.fingerprint)),
        "kind": head.kind.value,
        "made_at": head.made_at.isoformat(),
        "is_masked": head.is_masked,
        "counts": {kind.value: head.counts[kind] for kind in RecordKind if head.counts.get(kind)},
    }


def _counted(outcome: Mapping[Outcome, int]) -> dict[str, int]:
    return {each.value: count for each, count in outcome.items() if count}


def _listed(refused: Iterable[ListedRecord]) -> list[dict[str, str]]:
    """Name refused records by kind and uid; a scheduler's log is no place for the names of works and persons."""
    return [{"kind": each.kind.value, "uid": each.uid, "reason": each.reason} for each in refused]


def _receiver(desk: Desk, wanted: str) -> int:
    known = [row for row in desk.station_keys.known() if not row.is_blocked]
    found = [row.id for row in known if row.card.code == wanted or not wrong_groups(wanted, row.card.fingerprint)]
    if not found:
        raise ClerkError("no_such_station", station=wanted)
    if len(found) > 1:
        raise ClerkError("station_ambiguous", station=wanted, count=len(found))
    return found[0]


def _name(desk: Desk, kind: PackageKind, act_id: str) -> str:
    """Give a package a name that sorts by time and never meets another."""
    return f"{desk.station_keys.own_card().code}-{kind.value}-{utc_now():%Y%m%d-%H%M%S}-{act_id[:8]}{PACKAGE_SUFFIX}"
