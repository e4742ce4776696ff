"""Writing one package: the records chosen, streamed kind by kind, then the scans; nothing is kept in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop import __version__
from desktop.domain.errors import ClerkError
from desktop.domain.package import Manifest, PackageKind, RecordKind, StationCard
from desktop.domain.progress import SILENT, Progress
from desktop.exchange.package_writer import PackageWriter, WrittenPackage
from desktop.exchange.signing import Signer
from desktop.models.attachment import Attachment
from desktop.models.attachment_store import AttachmentStore
from desktop.models.migrating import HEAD
from desktop.models.record import AuditHead
from desktop.services.chain import HEAD_ID, START
from desktop.services.changed_subjects import ChangedSubjects
from desktop.services.lineage import Lineage
from desktop.services.package_choice import Chosen, of_period, settled_up_to, unsettled
from desktop.services.record_masking import UNMASKABLE
from desktop.services.record_reading import records_of
from desktop.services.record_uids import batches, count_of
from desktop.services.record_versions import RecordVersions
from desktop.services.station import Station

_WITH_SCANS: Final = (RecordKind.FILING, RecordKind.LOOSE_ATTACHMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What a package is to hold, and for whom it is sealed."""

    kind: PackageKind
    period: tuple[date, date] | None
    is_masked: bool
    has_attachments: bool
    receiver: StationCard | None
    made_by: str


def write_package(
    session: Session,
    station: Station,
    store: AttachmentStore,
    file: Path,
    ordered: Ordered,
    *,
    card: StationCard,
    signer: Signer,
    progress: Progress = SILENT,
) -> WrittenPackage:
    """Write what is ordered into ``file``; the session must see everything, and one steady view of it.

    Raises ``ClerkError``: nothing_to_send, package_too_large, attachment_missing, attachment_changed; ``OSError``;
    ``Cancelled``.
    """
    since_last = ordered.kind is PackageKind.SINCE_LAST
    changed = ChangedSubjects(session, after=settled_up_to(session) if since_last else 0)
    chosen = _chosen(session, changed, ordered)
    total = sum(count_of(session, kind) if ids is None else len(ids) for kind, ids in chosen.items())
    if not total:
        raise ClerkError("nothing_to_send")
    versions = RecordVersions(Lineage(session, card.fingerprint), changed)
    head = _head(session, station, ordered, changed, card)
    with PackageWriter(file, head, signer=signer, receiver=ordered.receiver, total=total, progress=progress) as written:
        for kind in RecordKind:
            ids = chosen.get(kind, ())
            records = records_of(session, kind, ids, versions=versions, masked=ordered.is_masked)
            written.add_records(kind, records)
        if ordered.has_attachments:
            written.add_attachments((sha256, store.get(sha256)) for sha256 in _scans(session, chosen))
        return written.finish()


def _chosen(session: Session, changed: ChangedSubjects, ordered: Ordered) -> Chosen:
    chosen: Chosen
    if ordered.period is not None:
        chosen = of_period(session, *ordered.period)
    elif ordered.kind is PackageKind.ALL:
        chosen = dict.fromkeys(RecordKind)
    else:
        chosen = unsettled(session, changed)
    left_out = UNMASKABLE if ordered.is_masked else frozenset()
    return {kind: ids for kind, ids in chosen.items() if kind not in left_out}


def _head(
    session: Session, station: Station, ordered: Ordered, changed: ChangedSubjects, card: StationCard
) -> Manifest:
    head = session.get(AuditHead, HEAD_ID)
    # A package of a period settles nothing: it begins and ends where the trail is.
    first = changed.up_to if ordered.kind is PackageKind.PERIOD else changed.after
    return Manifest(
        package_id=str(uuid4()),
        station=card,
        kind=ordered.kind,
        from_event=first,
        to_event=changed.up_to,
        period=ordered.period,
        is_masked=ordered.is_masked,
        has_attachments=ordered.has_attachments,
        made_at=station.now(),
        made_by=ordered.made_by,
        chain_count=head.count if head is not None else 0,
        chain_mac=head.mac if head is not None else START,
        program=__version__,
        schema=HEAD,
        counts={},
        parts=(),
    )


def _scans(session: Session, chosen: Chosen) -> list[str]:
    """Give the hashes of the scans whose bytes are still kept, of what is chosen, sorted."""
    found: set[str] = set()
    for kind in _WITH_SCANS:
        for asked in _asked_scans(kind, chosen.get(kind, ())):
            found.update(session.scalars(asked))
    return sorted(found)


def _asked_scans(kind: RecordKind, ids: Collection[int] | None) -> Iterator[Select[str]]:
    asked = select(Attachment.sha256).where(Attachment.purged_at.is_(None)).distinct()
    is_filing = kind is RecordKind.FILING
    asked = asked.where(Attachment.filing_id.is_not(None) if is_filing else Attachment.filing_id.is_(None))
    if ids is None:
        yield asked
        return
    for some in batches(ids):
        yield asked.where((Attachment.filing_id if is_filing else Attachment.id).in_(some))
