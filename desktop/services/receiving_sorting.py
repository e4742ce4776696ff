"""What would become of each record of a package: new, changed, same, older, conflict, rejected.

Nothing is written.  The package is read once; again only when a record was rejected that others may refer to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.package import NotTaken, Outcome, PackageRecord, Precedence, RecordKind, Versions, precedence
from desktop.domain.package_json import record_part
from desktop.domain.progress import SILENT, Progress
from desktop.domain.receiving import ListedRecord
from desktop.domain.station_json import MOST_NOT_TAKEN
from desktop.services.receiving_forms import EntryForms
from desktop.services.receiving_keys import KeyCheck
from desktop.services.receiving_reach import SenderReach
from desktop.services.record_check import check_record, head_row, outer_references
from desktop.services.record_locating import SubjectIndex
from desktop.services.record_reading import VersionLookup
from desktop.services.record_shape import HEAD_OF
from desktop.services.record_uids import record_batches
from desktop.services.record_words import KIND_WORDS

MOST_LISTED: Final = 2_000
_ORDER: Final = {kind: place for place, kind in enumerate(RecordKind)}
_NUMBERED_BY: Final = ("registration_number", "number", "visited_on")
_NAMED_BY: Final = ("project_name", "title", "place", "road", "description", "to_body", "content", "organisation")
Records = Callable[[], Iterator[PackageRecord]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """A record that refers to one that has not been seen yet."""

    kind: RecordKind
    uid: str
    label: str
    to_kind: RecordKind
    to_uid: str


class Sorting:
    """The records of one package by what becomes of them.

    ``new`` gives the ids given out to new subjects, ``changed`` and ``conflicts`` those of subjects that lie here;
    ``new_papers`` the ids of new loose papers by the hash of their PDF.
    """

    def __init__(
        self,
        session: Session,
        *,
        index: SubjectIndex,
        versions: VersionLookup,
        give_id: Callable[[RecordKind], int],
        reach: SenderReach,
    ) -> None:
        self._session, self._index, self._versions, self._give_id = session, index, versions, give_id
        self._reach = reach
        self._keys, self._forms = KeyCheck(session), EntryForms(session, is_theirs=self._is_theirs)
        self.new: dict[RecordKind, dict[str, int]] = {kind: {} for kind in RecordKind}
        self.changed: dict[RecordKind, dict[str, int]] = {kind: {} for kind in RecordKind}
        self.conflicts: dict[RecordKind, dict[str, int]] = {kind: {} for kind in RecordKind}
        self.new_papers: dict[str, int] = {}
        self.counts: dict[RecordKind, Counter[Outcome]] = {kind: Counter() for kind in RecordKind}
        self.refused: dict[tuple[RecordKind, str], ListedRecord] = {}
        self.listed: dict[tuple[RecordKind, str], ListedRecord] = {}
        self._pending: list[_Pending] = []
        self._gone: set[tuple[RecordKind, str]] = set()  # taken back, and others may rely on them

    def sort(self, records: Records, total: int, progress: Progress = SILENT) -> None:
        """Sort all records; raises what reading them raises, and ``Cancelled``."""
        done = 0
        for batch in _by_kind(records()):
            self._sort_batch(batch)
            done += len(batch)
            progress.step(done, total)
        self._refuse_pending()
        self._refuse_parted_forms()
        while self._gone:
            gone, self._gone = self._gone, set()
            self._refuse_referring(records(), gone)
            self._refuse_parted_forms()

    def total(self, outcome: Outcome) -> int:
        """Give how many records come to one outcome."""
        return sum(of_kind[outcome] for of_kind in self.counts.values())

    def touches(self, kind: RecordKind) -> bool:
        """Say whether any record of a kind is to be written or kept."""
        return bool(self.new[kind] or self.changed[kind] or self.conflicts[kind])

    def not_taken(self) -> list[NotTaken]:
        """Give the records that are neither taken nor known, for the acknowledgement."""
        rows = [NotTaken(kind=e.kind, uid=e.uid, outcome=e.outcome, reason=e.reason) for e in self.refused.values()]
        held = "两边都改动过，待收包方裁定。"
        rows += [
            NotTaken(kind=kind, uid=uid, outcome=Outcome.CONFLICT, reason=held)
            for kind, uids in self.conflicts.items()
            for uid in uids
        ]
        return rows

    def _sort_batch(self, batch: Sequence[PackageRecord]) -> None:
        fitting = []
        for record in batch:
            reason = check_record(record)
            if reason:
                self._refuse(record, reason)
            else:
                fitting.append(record)
        if not fitting:
            return
        kind = fitting[0].kind
        known = self._index.ids(kind, {record.uid for record in fitting})
        ours = self._versions.of(self._session, kind, sorted(known.values()))
        origins = self._reach.origins(kind, sorted(known.values()))
        to_write = [record for record in fitting if self._is_to_write(record, known, ours, origins)]
        clashes = self._keys.clashes((record, known.get(record.uid)) for record in to_write)
        for record in to_write:
            clash = clashes.get(record.uid)
            if clash is not None:
                self._refuse(record, f"{clash.words} 已为另一条记录所用。")
            else:
                self._take(record, known.get(record.uid))
        self._look_at_references([r for r in to_write if r.uid not in clashes and (r.kind, r.uid) not in self.refused])

    def _is_to_write(
        self,
        record: PackageRecord,
        known: Mapping[str, int],
        ours: Mapping[int, tuple[Versions, bool]],
        origins: Mapping[int, int],
    ) -> bool:
        """Settle a record that is not written; the others are looked at further."""
        key = known.get(record.uid)
        if key is None:
            return not self._is_beyond_reach(record, is_new=not self._forms.is_of_known_entry(record))
        versions, is_masked = ours[key]
        outcome = _standing(record, versions, is_masked=is_masked)
        if outcome is not Outcome.SAME and self._is_beyond_reach(record, is_new=False):
            return False
        if outcome is Outcome.CHANGED and not self._reach.may_change(versions, origins.get(key)):
            outcome = Outcome.CONFLICT
        if outcome is Outcome.OLDER and self._reach.is_overstated(versions) and is_masked >= record.is_masked:
            outcome = Outcome.CONFLICT
        match outcome:
            case Outcome.CHANGED:
                return True
            case Outcome.REJECTED:
                self._refuse(record, "本台账已有完整资料，不以遮盖过的覆盖。")
            case Outcome.CONFLICT:
                self.conflicts[record.kind][record.uid] = key
                self._count(record, outcome)
            case _:
                self.counts[record.kind][outcome] += 1
        return False

    def _is_beyond_reach(self, record: PackageRecord, *, is_new: bool) -> bool:
        reason = self._reach.fault_in(record, is_new=is_new)
        if reason:
            self._refuse(record, reason)
        return bool(reason)

    def _is_theirs(self, key: int) -> bool:
        """Say whether the sender may change an entry of a register without a person."""
        kind = RecordKind.BOOK_ENTRY
        ours, origins = self._versions.of(self._session, kind, [key]), self._reach.origins(kind, [key])
        return self._reach.may_change(ours[key][0], origins.get(key))

    def _take(self, record: PackageRecord, known: int | None) -> None:
        self._forms.note(record)
        if known is not None:
            self.changed[record.kind][record.uid] = known
            self._count(record, Outcome.CHANGED)
            return
        key = self._give_id(record.kind)
        self.new[record.kind][record.uid] = key
        if record.kind is RecordKind.LOOSE_PAPER:
            self.new_papers.setdefault(head_row(record)["sha256"], key)
        self._count(record, Outcome.NEW)

    def _look_at_references(self, records: Sequence[PackageRecord]) -> None:
        wanted: dict[RecordKind, set[str]] = defaultdict(set)
        referring = [(record, set(outer_references(record))) for record in records]
        for _, meant in referring:
            for kind, uid in meant:
                if uid not in self.new[kind]:
                    wanted[kind].add(uid)
        here = {kind: self._index.ids(kind, uids) for kind, uids in wanted.items()}
        for record, meant in referring:
            for kind, uid in sorted(meant):
                if uid in self.new[kind] or uid in here.get(kind, {}):
                    continue
                if _ORDER[kind] < _ORDER[record.kind]:
                    self._take_back(record.kind, record.uid, label_of(record), _lacking(kind))
                    break
                self._pending.append(
                    _Pending(kind=record.kind, uid=record.uid, label=label_of(record), to_kind=kind, to_uid=uid)
                )

    def _refuse_pending(self) -> None:
        """Take back what refers to records that never came."""
        for each in self._pending:
            if each.to_uid not in self.new[each.to_kind] and not self._index.ids(each.to_kind, {each.to_uid}):
                self._take_back(each.kind, each.uid, each.label, _lacking(each.to_kind))

    def _refuse_referring(self, records: Iterator[PackageRecord], gone: set[tuple[RecordKind, str]]) -> None:
        """Take back what refers to records that were taken back and do not lie here."""
        for record in records:
            if record.uid not in self.new[record.kind] and record.uid not in self.changed[record.kind]:
                continue
            lost = next((each for each in outer_references(record) if each in gone), None)
            if lost is not None:
                self._take_back(record.kind, record.uid, label_of(record), _lacking(lost[0]))

    def _refuse_parted_forms(self) -> None:
        """Take back forms of entries that would not lie here together as they should."""
        kind = RecordKind.BOOK_ENTRY
        taken = self.new[kind].keys() | self.changed[kind].keys()
        for uid, label, reason in self._forms.faults(taken, self.conflicts[kind].keys()):
            self._take_back(kind, uid, label, reason)

    def _take_back(self, kind: RecordKind, uid: str, label: str, reason: str) -> None:
        is_new = self.new[kind].pop(uid, None) is not None
        if not is_new and self.changed[kind].pop(uid, None) is None:
            return
        self.counts[kind][Outcome.NEW if is_new else Outcome.CHANGED] -= 1
        self.listed.pop((kind, uid), None)
        self._note_refused(kind, uid, label, reason)
        if is_new:
            self._gone.add((kind, uid))

    def _refuse(self, record: PackageRecord, reason: str) -> None:
        self._note_refused(record.kind, record.uid, label_of(record), reason)

    def _note_refused(self, kind: RecordKind, uid: str, label: str, reason: str) -> None:
        if len(self.refused) >= MOST_NOT_TAKEN:
            raise ClerkError("package_too_large", part=record_part(kind))
        self.refused[(kind, uid)] = ListedRecord(
            kind=kind, uid=uid, label=label, outcome=Outcome.REJECTED, reason=reason
        )
        self.counts[kind][Outcome.REJECTED] += 1

    def _count(self, record: PackageRecord, outcome: Outcome) -> None:
        self.counts[record.kind][outcome] += 1
        if len(self.listed) < MOST_LISTED or outcome is Outcome.CONFLICT:
            row = ListedRecord(kind=record.kind, uid=record.uid, label=label_of(record), outcome=outcome)
            self.listed[(record.kind, record.uid)] = row


def label_of(record: PackageRecord) -> str:
    """Give what people call a record: its number and its name; numbers of persons covered.  It may not be fit."""
    row = next(iter(record.rows.get(HEAD_OF[record.kind], ())), {})
    said = []
    for names in (_NUMBERED_BY, _NAMED_BY):
        said += [str(row[name]) for name in names if isinstance(row.get(name), str) and row[name]][:1]
    return cover_numbers(" ".join(said))[:80] or KIND_WORDS[record.kind]


def _standing(record: PackageRecord, ours: Versions, *, is_masked: bool) -> Outcome:
    match precedence(record.versions, ours):
        case Precedence.EQUAL:
            return Outcome.CHANGED if is_masked and not record.is_masked else Outcome.SAME
        case Precedence.EARLIER:
            return Outcome.OLDER
        case stands:
            if record.is_masked and not is_masked:
                return Outcome.REJECTED
            return Outcome.CHANGED if stands is Precedence.LATER else Outcome.CONFLICT


def _lacking(kind: RecordKind) -> str:
    return f"所关联的{KIND_WORDS[kind]}既不在包内，也不在本台账。"


def _by_kind(records: Iterator[PackageRecord]) -> Iterator[list[PackageRecord]]:
    """Give records in batches of one kind."""
    for batch in record_batches(records):
        rest = batch
        while rest:
            same = [record for record in rest if record.kind is rest[0].kind]
            rest = [record for record in rest if record.kind is not rest[0].kind]
            yield same
