"""Packages for the office above (上报包): what is not yet up, making one, and taking in the answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.domain.errors import ClerkError
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.package import PackageKind, RecordKind
from desktop.domain.packing import Acknowledged, Sent, StandingUp
from desktop.domain.progress import SILENT, Progress
from desktop.exchange.package_writer import WrittenPackage
from desktop.models.attachment_store import AttachmentStore
from desktop.models.database import Database
from desktop.models.durable import move_durably, sync_file
from desktop.models.package import SentPackage
from desktop.services.acknowledging import apply, package_meant
from desktop.services.audit import record_event
from desktop.services.changed_subjects import ChangedSubjects
from desktop.services.file_writing import passing_file
from desktop.services.once import row_of_act
from desktop.services.package_choice import settled_up_to
from desktop.services.package_making import Ordered, write_package
from desktop.services.revealing import stated_purpose
from desktop.services.review_steps import name_at_work
from desktop.services.sent_packages import all_sent, sent_of
from desktop.services.standing_up import refused, waiting
from desktop.services.station import Station
from desktop.services.station_keys import StationKeyService
from desktop.services.touched import SENT_PACKAGE

_KIND_WORDS: Final = {
    PackageKind.SINCE_LAST: "上次确认以来的变动",
    PackageKind.PERIOD: "一段时间",
    PackageKind.ALL: "全部台账",
}


class PackingService:
    """Sends the ledger up.  A package holds the whole station, so it takes rights that count everywhere."""

    def __init__(
        self, database: Database, station: Station, *, store: AttachmentStore, keys: StationKeyService
    ) -> None:
        self._database, self._station, self._store, self._keys = database, station, store, keys

    def may_pack(self, *, whole: bool = False) -> bool:
        """Say whether who is signed in may make packages, with personal data ``whole`` or covered."""
        return all(_is_everywhere(self._station.actor, right) for right in _rights(whole))

    def standing(self, on: date | None = None) -> StandingUp:
        """Say what is not yet up on a day (today), by kind and age, what was refused, and the last packages.

        Raises ``ClerkError``: not_permitted, outside_scope.
        """
        self._require(whole=False)
        with self._database.reading(is_whole=True) as session:
            changed = ChangedSubjects(session, after=settled_up_to(session))
            sent = all_sent(session)
            return StandingUp(
                settled_event=changed.after,
                waiting=waiting(session, changed, on or self._station.today()),
                refused=refused(session),
                last_sent=next(iter(sent), None),
                last_acknowledged=next((each for each in sent if each.acknowledged_at is not None), None),
            )

    def sent(self) -> tuple[Sent, ...]:
        """Give the packages made, the last first; raises ``ClerkError``: not_permitted, outside_scope."""
        self._require(whole=False)
        with self._database.reading() as session:
            return all_sent(session)

    def make(
        self,
        kind: PackageKind,
        file: Path,
        *,
        act_id: str,
        period: tuple[date, date] | None = None,
        whole: bool = False,
        purpose: str = "",
        attachments: bool = False,
        receiver_id: int | None = None,
        progress: Progress = SILENT,
    ) -> Sent:
        """Write a package and put it on record; the same ``act_id`` twice gives the same answer and writes nothing.

        ``period`` (local days, both included) goes with ``PackageKind.PERIOD`` alone.  Personal data are covered unless
        ``whole``, for a ``purpose``; scans go along only then.  With a receiver the package is sealed for them.
        Raises ``ClerkError``: not_permitted, outside_scope, purpose_required, period_required, scans_need_whole,
        nothing_to_send, package_too_large, attachment_missing, attachment_changed, cannot_save_file, disk_full,
        database_locked, and those of the keys; ``Cancelled``.  Then there is neither file nor record.
        """
        self._require(whole=whole)
        reason = stated_purpose(purpose) if whole else cover_numbers(purpose.strip())
        with self._database.reading() as session:
            known = row_of_act(session, SentPackage, act_id)
            if known is not None:
                return sent_of(known)
        ordered = self._ordered(kind, period, whole=whole, attachments=attachments, receiver_id=receiver_id)
        with passing_file(file) as fresh:
            written = self._write(fresh, ordered, progress)
            sync_file(fresh)
            row = _row(written, act_id=act_id, receiver_id=receiver_id, file=file)
            row.made_by_id = self._station.actor.account_id
            return self._keep(row, fresh, file, reason=reason)

    def apply_acknowledgement(self, file: Path) -> Acknowledged:
        """Take in what the receiver of a package says; the same one twice changes nothing.

        Raises ``ClerkError``: not_permitted, outside_scope, package_not_ours, database_locked, and those of reading
        one and of whom it is from.
        """
        self._require(whole=False)
        told = self._keys.read_acknowledgement(file)
        with self._database.writing() as session:
            package = package_meant(session, told)
            if package.acknowledged_at is not None:
                return Acknowledged(sent=sent_of(package), refused=len(told.not_taken), is_repeated=True)
            count = apply(session, package, told, at=self._station.now())
            record_event(
                session,
                self._station,
                act="package_acknowledged",
                summary=f"{told.receiver.name}收到上报包，未收 {count} 件",
                changes=[("package_id", None, package.package_id), ("outcome", None, package.outcome)],
                touched=[(SENT_PACKAGE, package.id)],
            )
            return Acknowledged(sent=sent_of(package), refused=count, is_repeated=False)

    def _require(self, *, whole: bool) -> None:
        actor = self._station.actor
        for right in _rights(whole):
            actor.require(right)
            if not _is_everywhere(actor, right):
                raise ClerkError("outside_scope", right=right.value, user=actor.user_name, community="")

    def _ordered(
        self,
        kind: PackageKind,
        period: tuple[date, date] | None,
        *,
        whole: bool,
        attachments: bool,
        receiver_id: int | None,
    ) -> Ordered:
        is_period = kind is PackageKind.PERIOD
        if is_period != (period is not None) or (period is not None and period[0] > period[1]):
            raise ClerkError("period_required")
        if attachments and not whole:
            raise ClerkError("scans_need_whole")
        return Ordered(
            kind=kind,
            period=period,
            is_masked=not whole,
            has_attachments=attachments,
            receiver=None if receiver_id is None else self._keys.receiver(receiver_id),
            made_by=name_at_work(self._station),
        )

    def _write(self, fresh: Path, ordered: Ordered, progress: Progress) -> WrittenPackage:
        card, signer = self._keys.own_card(), self._keys.signer()
        with self._database.reading(is_whole=True) as session:
            return write_package(
                session, self._station, self._store, fresh, ordered, card=card, signer=signer, progress=progress
            )

    def _keep(self, row: SentPackage, fresh: Path, file: Path, *, reason: str) -> Sent:
        """Put a package on record and under its name, both or neither."""
        is_moved = False
        try:
            with self._database.writing() as session:
                session.add(row)
                session.flush()
                self._record(session, row, reason)
                # Within the transaction: a stick that was pulled meanwhile leaves no record of a file nobody has.
                move_durably(fresh, file)
                is_moved = True
        except BaseException:
            if is_moved:
                file.unlink(missing_ok=True)
            raise
        return sent_of(row)

    def _record(self, session: Session, row: SentPackage, reason: str) -> None:
        count, personal = sum(row.counts.values()), "已遮盖" if row.is_masked else "完整"
        record_event(
            session,
            self._station,
            act="package_made",
            summary=f"生成上报包（{_KIND_WORDS[PackageKind(row.kind)]}）{count} 件，个人信息{personal}",
            reason=reason,
            changes=[("package_id", None, row.package_id), ("counts", None, row.counts)],
            touched=[(SENT_PACKAGE, row.id)],
        )


def _rights(whole: bool) -> tuple[Right, ...]:
    return (Right.SEE, Right.EXPORT, Right.SEE_WHOLE) if whole else (Right.SEE, Right.EXPORT)


def _is_everywhere(actor: Actor, right: Right) -> bool:
    return any(grant.is_whole for grant in actor.grants_for(right))


def _row(written: WrittenPackage, *, act_id: str, receiver_id: int | None, file: Path) -> SentPackage:
    head = written.manifest
    return SentPackage(
        act_id=act_id,
        package_id=head.package_id,
        kind=head.kind.value,
        from_event=head.from_event,
        to_event=head.to_event,
        period_from=head.period[0] if head.period else None,
        period_to=head.period[1] if head.period else None,
        is_masked=head.is_masked,
        has_attachments=head.has_attachments,
        receiver_id=receiver_id,
        counts={kind.value: head.counts[kind] for kind in RecordKind if head.counts.get(kind)},
        file_name=file.name,
        file_sha256=written.file_sha256,
        made_at=head.made_at,
        made_by=head.made_by,
        made_by_id=None,
        acknowledged_at=None,
        acknowledged_by="",
        outcome={},
    )
