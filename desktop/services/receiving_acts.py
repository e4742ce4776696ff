"""One package taken, from sorting to the last event, inside the one writing transaction."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import Manifest, NotTaken, Outcome, RecordKind
from desktop.domain.progress import Progress
from desktop.exchange.package_reader import PackageReader
from desktop.models.attachment_store import AttachmentStore
from desktop.models.package import ReceivedPackage
from desktop.models.record import SequenceRow
from desktop.services.changed_subjects import ChangedSubjects, last_event
from desktop.services.lineage import Lineage
from desktop.services.receiving_reach import SenderReach
from desktop.services.receiving_sorting import Sorting
from desktop.services.receiving_writing import From, PackageTaking, keep_files, summary_of
from desktop.services.record_locating import Located, SubjectIndex
from desktop.services.record_versions import RecordVersions
from desktop.services.record_writing import RecordWriter
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import RECEIVED_PACKAGE


class _Places:
    """Gives out numbers to count with where nothing is written."""

    def __init__(self) -> None:
        self._last = 0

    def give(self, _kind: RecordKind) -> int:
        """Give the next one."""
        self._last += 1
        return self._last


def sorted_only(
    session: Session, station: Station, reader: PackageReader, *, own: Lineage, progress: Progress
) -> Sorting:
    """Sort the records of a package without writing anything."""
    sorting = Sorting(
        session,
        index=SubjectIndex(session),
        versions=RecordVersions(own, ChangedSubjects(session)),
        give_id=_Places().give,
        reach=_reach(session, station, reader, own),
    )
    sorting.sort(reader.all_records, total_of(reader.manifest), progress)
    return sorting


def take_package(
    session: Session,
    station: Station,
    store: AttachmentStore,
    reader: PackageReader,
    *,
    act_id: str,
    source: From,
    own: Lineage,
    stored: list[str],
    progress: Progress,
) -> tuple[ReceivedPackage, Sorting]:
    """Write a package into the open transaction; ``stored`` takes the hashes of the scans that were put away."""
    index, total = SubjectIndex(session), total_of(reader.manifest)
    versions = RecordVersions(own, ChangedSubjects(session))
    writer, codes = RecordWriter(session), own_codes(session)
    sorting = Sorting(
        session,
        index=index,
        versions=versions,
        give_id=writer.give_id,
        reach=_reach(session, station, reader, own),
    )
    sorting.sort(reader.all_records, 2 * total, progress)
    located = Located(session, index, new=sorting.new, new_papers=sorting.new_papers)
    taking = PackageTaking(session, sorting=sorting, writer=writer, located=located, versions=versions, source=source)
    taking.write(reader.records, codes | _code_of(station), total, _After(progress, total))
    came = {sha256: partial(reader.attachment, sha256) for sha256 in reader.attachments()}
    stored.extend(keep_files(session, store, told=taking.told_files, came=came, source=source))
    row = _row(reader, sorting.not_taken(), sorting, act_id=act_id, source=source, station=station)
    session.add(row)
    session.flush()
    taking.record(station, summary_of(sorting), [(RECEIVED_PACKAGE, row.id)])
    taking.settle_versions(last_event(session), own)
    return row, sorting


def _reach(session: Session, station: Station, reader: PackageReader, own: Lineage) -> SenderReach:
    code = station.office.code if station.office is not None else ""
    return SenderReach(session, reader.manifest, own=own, office_code=code)


class _After:
    """The second half of the steps."""

    def __init__(self, progress: Progress, done: int) -> None:
        self._progress, self._done = progress, done

    def step(self, done: int, total: int) -> None:
        """Say how many of all steps are done."""
        self._progress.step(self._done + done, self._done + total)


def total_of(manifest: Manifest) -> int:
    """Give how many records a package holds."""
    return sum(manifest.counts.values())


def own_codes(session: Session) -> frozenset[str]:
    """Give the codes under which this ledger took numbers, so that nobody else's may bear them."""
    return frozenset(session.scalars(select(SequenceRow.station).distinct()))


def _code_of(station: Station) -> frozenset[str]:
    return frozenset({station.office.code} if station.office is not None else ())


def received_row(session: Session, package_id: str) -> ReceivedPackage | None:
    """Give a package that was taken before."""
    return session.scalars(select(ReceivedPackage).where(ReceivedPackage.package_id == package_id)).first()


def outcome_of(row: ReceivedPackage) -> dict[Outcome, int]:
    """Give how many records of a package came to what."""
    return {Outcome(name): count for name, count in row.outcome.items()}


def not_taken_of(row: ReceivedPackage) -> Iterator[NotTaken]:
    """Give the records of a package that were neither taken nor known."""
    for kind, uid, outcome, reason in row.not_taken:
        yield NotTaken(kind=RecordKind(kind), uid=uid, outcome=Outcome(outcome), reason=reason)


def _row(
    reader: PackageReader,
    not_taken: list[NotTaken],
    sorting: Sorting,
    *,
    act_id: str,
    source: From,
    station: Station,
) -> ReceivedPackage:
    head = reader.manifest
    return ReceivedPackage(
        act_id=act_id,
        package_id=head.package_id,
        station_id=source.station_id,
        kind=head.kind.value,
        from_event=head.from_event,
        to_event=head.to_event,
        period_from=head.period[0] if head.period else None,
        period_to=head.period[1] if head.period else None,
        is_masked=head.is_masked,
        chain_count=head.chain_count,
        chain_mac=head.chain_mac,
        made_at=head.made_at,
        file_sha256=reader.file_sha256,
        outcome={each.value: sorting.total(each) for each in Outcome},
        not_taken=[[each.kind.value, each.uid, each.outcome.value, each.reason] for each in not_taken],
        received_at=source.at,
        received_by=name_at_work(station),
        received_by_id=station.actor.account_id,
    )
