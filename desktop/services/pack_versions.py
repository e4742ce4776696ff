"""Versions of the rules made or received here: drafted, checked, put to a second person, in force from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError, Fault
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import (
    LONGEST_NOTE,
    FilledList,
    FilledNumber,
    PackTree,
    PackVersionLine,
    VersionHead,
    VersionState,
)
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.pack_version import PackVersionRow
from desktop.policy.loader import pack_faults, pack_of, shipped_tree
from desktop.policy.pack_text import fit_texts_of, hash_of, tree_of
from desktop.services.audit import changed_fields
from desktop.services.gap_filling import filled
from desktop.services.pack_version_exchange import PackVersionExchange
from desktop.services.pack_version_rows import fit_head, row_line, shipped_line, stored_version, with_head
from desktop.services.station import Station
from desktop.services.station_keys import StationKeyService

_OPEN: Final = (VersionState.DRAFT, VersionState.SENT_BACK)
_ABOUT_HEAD: Final = ("version", "effective_from", "note")


class PackVersionService(PackVersionExchange):
    """Keeps versions of the rules; who keeps settings writes them, a second person lets them bind."""

    def __init__(self, database: Database, station: Station, *, keys: StationKeyService) -> None:
        super().__init__(database, station, keys=keys)
        with database.reading() as session:
            self._adopt(session)
        station.speak()

    # Reading

    def all(self) -> tuple[PackVersionLine, ...]:
        """List the versions of this place's rules, those of the program and those kept here, the newest first.

        Those kept here for another place come first: an office moves to rules that do not come with the program by
        taking them in, letting them bind and then choosing them in its settings.  Raises ``ClerkError("signed_out")``.
        """
        self._require_anybody()
        today, pack_id = self._station.today(), self._station.pack().id
        applies = self._station.pack().version
        with self._database.reading() as session:
            rows = session.scalars(select(PackVersionRow).order_by(PackVersionRow.id.desc())).all()
            kept = [
                row_line(
                    row,
                    self._seen.glance(row.rules, row.papers),
                    applies=applies,
                    pack_id=pack_id,
                    actor=self._station.actor,
                )
                for row in sorted(rows, key=lambda row: row.pack_id == pack_id)
            ]
        shipped = [shipped_line(pack, applies=applies, today=today) for pack in self._shipped(pack_id)]
        return (*kept, *reversed(shipped))

    def tree(self, pack_id: str, version: str) -> PackTree:
        """Give a version whole, as it can be edited and compared; raises ``ClerkError("no_such_version")``."""
        self._require_anybody()
        with self._database.reading() as session:
            row = session.scalars(
                select(PackVersionRow).where(PackVersionRow.pack_id == pack_id, PackVersionRow.version == version)
            ).first()
            if row is not None:
                return tree_of(row.rules, row.papers)
        found = shipped_tree(self._station.shipped, pack_id, version)
        if found is None:
            raise ClerkError("no_such_version", version=version)
        return found

    def pack(self, version_id: int) -> PolicyPack:
        """Give a version kept here as a pack; raises ``ClerkError("no_such_version")``, ``FaultyInput``."""
        self._require_anybody()
        with self._database.reading() as session:
            row = stored_version(session, version_id)
            return self._seen.pack(row.rules, row.papers)

    def exact(self, pack_id: str, version: str) -> PolicyPack:
        """Give any version as a pack; raises as ``tree``, and ``FaultyInput`` for one that does not read."""
        return pack_of(self.tree(pack_id, version))

    def judged_by_others(self, version_id: int) -> int:
        """Count the filings accepted since the day of a version that were judged by another, and keep that one.

        The whole ledger is counted, whoever asks, as rules bind everybody.  Raises ``ClerkError``: no_such_version.
        """
        self._require_anybody()
        with self._database.reading(is_whole=True) as session:
            row = stored_version(session, version_id)
            if row.effective_from is None or row.effective_from > self._station.today():
                return 0
            others = select(func.count(Filing.id)).where(
                Filing.pack_id == row.pack_id,
                Filing.pack_version != row.version,
                Filing.accepted_on >= row.effective_from,
            )
            return session.scalar(others) or 0

    @staticmethod
    def faults(tree: PackTree) -> tuple[Fault, ...]:
        """Check a tree whole: every fault with its key and how to put it right; empty for a sound one."""
        return pack_faults(tree)

    # Writing

    def begin(self, pack_id: str, version: str, *, act_id: str) -> int:
        """Draft a new version out of an existing one; gives its id.  The same ``act_id`` twice gives the same draft.

        Raises ``ClerkError``: not_permitted, no_such_version, act_id_used.
        """
        return self._draft(self.tree(pack_id, version), pack_id=pack_id, based_on=version, act_id=act_id)

    def fill_gaps(
        self,
        pack_id: str,
        version: str,
        *,
        numbers: Sequence[FilledNumber],
        lists: Sequence[FilledList],
        act_id: str,
        effective_from: date | None = None,
    ) -> int:
        """Draft a version with some gaps of an existing one filled in; gives its id.

        It binds like any other once it has its day and a second person looked at it.  Raises as ``begin``,
        version_head_unfit, and ``FaultyInput`` with every entry that is unfit.
        """
        tree = self.tree(pack_id, version)
        full = filled(tree, pack_of(tree), numbers=numbers, lists=lists)
        names = [pack_of(tree).gap_label(name) for name in (*(n.name for n in numbers), *(one.code for one in lists))]
        note = f"补齐：{'、'.join(names)}"[:LONGEST_NOTE]
        return self._draft(
            full, pack_id=pack_id, based_on=version, act_id=act_id, note=note, effective_from=effective_from
        )

    def keep(self, version_id: int, tree: PackTree, head: VersionHead) -> tuple[Fault, ...]:
        """Keep a draft as it stands, sound or not, so that nothing typed is lost; gives what is wrong with it.

        Raises ``ClerkError``: not_permitted, no_such_version, version_not_open, version_head_unfit, version_exists.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        head = fit_head(head)
        tree = with_head(tree, head)
        rules, papers = fit_texts_of(tree)
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=_OPEN)
            self._require_new_name(session, row.pack_id, head.version, but=version_id)
            before = {name: getattr(row, name) for name in (*_ABOUT_HEAD, "sha256")}
            row.version, row.effective_from, row.note = head.version, head.effective_from, head.note
            row.rules, row.papers, row.sha256 = rules, papers, hash_of(rules, papers)
            after = {name: getattr(row, name) for name in before}
            if before != after:
                self._sign(row)
                self._record(session, row, "pack_keep", "修改", changes=changed_fields(_plain(before), _plain(after)))
        return pack_faults(tree)

    def discard(self, version_id: int) -> None:
        """Delete a draft that nobody decided on yet.

        Raises ``ClerkError``: not_permitted, no_such_version, version_not_open.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=(VersionState.DRAFT,))
            if row.decided_at is not None:
                # Somebody looked at it once: what was decided stays on record.
                raise ClerkError("version_not_open", version=row.version, state="退回过的草稿，留存备查")
            session.delete(row)
            self._record(session, row, "pack_discard", "删除草稿")

    def submit(self, version_id: int) -> frozenset[Change]:
        """Put a draft to a second person; raises as ``keep``, version_without_day, ``FaultyInput``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=_OPEN)
            self._require_sound(row)
            row.state, row.submitted_at = VersionState.SUBMITTED.value, self._station.now()
            row.submitted_by, row.submitted_by_id = self._name(), self._station.actor.account_id
            self._record(session, row, "pack_submit", "提交复核")
        return frozenset({Change.SETTINGS})

    def recall(self, version_id: int) -> frozenset[Change]:
        """Take a submitted version back to go on with it; raises as ``discard``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=(VersionState.SUBMITTED,))
            row.state = VersionState.DRAFT.value
            self._record(session, row, "pack_recall", "收回")
        return frozenset({Change.SETTINGS})

    def let_bind(self, version_id: int, *, reason: str = "") -> frozenset[Change]:
        """Let a submitted version bind from its day on; whoever drafted or submitted it may not.

        Before there are accounts the one at the desk may, and it is on record so.  Raises ``ClerkError``:
        not_permitted, no_such_version, version_not_open, second_person_needed; ``FaultyInput``.
        """
        with self._database.writing() as session:
            row = self._to_decide(session, version_id, reason)
            self._require_sound(row)
            row.state = VersionState.IN_FORCE.value
            alone = "" if self._station.actor.account_id is not None else "（未设账户，由经办人一人办理）"
            self._record(session, row, "pack_in_force", f"复核{alone}", reason=reason)
            session.flush()
            self._adopt(session)
        self._station.speak()
        return frozenset({Change.SETTINGS})

    def send_back(self, version_id: int, *, reason: str) -> frozenset[Change]:
        """Send a submitted version back; raises as ``let_bind``, and ``ClerkError("reason_required")``."""
        if not reason.strip():
            raise ClerkError("reason_required", why="请写明退回的理由。")
        with self._database.writing() as session:
            row = self._to_decide(session, version_id, reason)
            row.state = VersionState.SENT_BACK.value
            self._record(session, row, "pack_send_back", "退回", reason=reason)
        return frozenset({Change.SETTINGS})

    def withdraw(self, version_id: int, *, reason: str) -> frozenset[Change]:
        """Withdraw a version whose day has not come; nothing was judged by it.

        Raises ``ClerkError``: not_permitted, no_such_version, version_not_open, version_binds_already,
        reason_required.
        """
        self._require_decider()
        if not reason.strip():
            raise ClerkError("reason_required", why="请写明撤回的理由。")
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=(VersionState.IN_FORCE,))
            if row.effective_from is None or row.effective_from <= self._station.today():
                raise ClerkError("version_binds_already", version=row.version, on=row.effective_from)
            row.state = VersionState.WITHDRAWN.value
            self._record(session, row, "pack_withdraw", "撤回", reason=reason)
            session.flush()
            self._adopt(session)
        return frozenset({Change.SETTINGS})


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
