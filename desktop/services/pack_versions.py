"""Versions of the rules made or received here: drafted, checked, put to a second person, in force from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import (
    LONGEST_NOTE,
    FilledList,
    FilledNumber,
    PackVersionLine,
    VersionHead,
    VersionState,
)
from desktop.exchange import signed_rules
from desktop.models.database import Database
from desktop.models.pack_version import PackVersionRow
from desktop.policy.loader import load_tree, pack_faults, pack_of, shipped_tree
from desktop.policy.pack_text import hash_of, texts_of, tree_of
from desktop.policy.pack_tree import PackTree
from desktop.services.audit import changed_fields, record_event
from desktop.services.file_writing import written_file
from desktop.services.gap_filling import filled
from desktop.services.once import row_of_act
from desktop.services.pack_version_rows import (
    bound_pack,
    fit_head,
    next_version,
    row_line,
    shipped_line,
    stored_version,
    with_head,
)
from desktop.services.resources import policies_folder
from desktop.services.station import Station
from desktop.services.station_keys import StationKeyService
from desktop.services.touched import PACK_VERSION

_OPEN: Final = (VersionState.DRAFT, VersionState.SENT_BACK)
_ABOUT_HEAD: Final = ("version", "effective_from", "note")


class PackVersionService:
    """Keeps versions of the rules; who keeps settings writes them, a second person lets them bind."""

    def __init__(self, database: Database, station: Station, *, keys: StationKeyService) -> None:
        self._database, self._station, self._keys = database, station, keys
        with database.reading() as session:
            self._adopt(session)
        station.speak()

    # Reading

    def all(self) -> tuple[PackVersionLine, ...]:
        """List the versions of this place's rules, those of the program and those kept here, the newest first.

        Raises ``ClerkError("signed_out")``.
        """
        self._require_anybody()
        today, pack_id = self._station.today(), self._station.pack().id
        applies = self._station.pack().version
        with self._database.reading() as session:
            rows = session.scalars(select(PackVersionRow).order_by(PackVersionRow.id.desc())).all()
            kept = [row_line(row, applies=applies, pack_id=pack_id) for row in rows if row.pack_id == pack_id]
        shipped = [shipped_line(pack, applies=applies, today=today) for pack in self._station.shipped.versions(pack_id)]
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
            return pack_of(tree_of(row.rules, row.papers))

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
    ) -> int:
        """Draft a version with some gaps of an existing one filled in; gives its id.

        It binds like any other once it has its day and a second person looked at it.  Raises as ``begin``, and
        ``FaultyInput`` with every entry that is unfit.
        """
        tree = self.tree(pack_id, version)
        full = filled(tree, pack_of(tree), numbers=numbers, lists=lists)
        names = [pack_of(tree).gap_label(name) for name in (*(n.name for n in numbers), *(one.code for one in lists))]
        note = f"补齐：{'、'.join(names)}"[:LONGEST_NOTE]
        return self._draft(full, pack_id=pack_id, based_on=version, act_id=act_id, note=note)

    def keep(self, version_id: int, tree: PackTree, head: VersionHead) -> tuple[Fault, ...]:
        """Keep a draft as it stands, sound or not, so that nothing typed is lost; gives what is wrong with it.

        Raises ``ClerkError``: not_permitted, no_such_version, version_not_open, version_head_unfit, version_exists.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        head = fit_head(head)
        tree = with_head(tree, head)
        rules, papers = texts_of(tree)
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=_OPEN)
            self._require_new_name(session, row.pack_id, head.version, but=version_id)
            before = {name: getattr(row, name) for name in (*_ABOUT_HEAD, "sha256")}
            row.version, row.effective_from, row.note = head.version, head.effective_from, head.note
            row.rules, row.papers, row.sha256 = rules, papers, hash_of(rules, papers)
            after = {name: getattr(row, name) for name in before}
            if before != after:
                self._record(session, row, "pack_keep", "修改", changes=changed_fields(_plain(before), _plain(after)))
        return pack_faults(tree)

    def discard(self, version_id: int) -> None:
        """Delete a draft; raises ``ClerkError``: not_permitted, no_such_version, version_not_open."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.writing() as session:
            row = stored_version(session, version_id, within=(VersionState.DRAFT,))
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

    # Between stations

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

    # What the acts have in common

    def _take(self, tree: PackTree, head: VersionHead, *, act_id: str, origin: dict[str, str] | None, said: str) -> int:
        tree = with_head(tree, fit_head(head))
        pack = pack_of(tree)
        with self._database.writing() as session:
            if (before := row_of_act(session, PackVersionRow, act_id)) is not None:
                return before.id
            self._require_new_name(session, pack.id, head.version)
            row = self._new_row(tree, pack_id=pack.id, head=head, act_id=act_id, based_on="")
            if origin is not None:
                row.state, row.origin = VersionState.SUBMITTED.value, dict(origin)
                row.submitted_at, row.submitted_by, row.submitted_by_id = row.made_at, row.made_by, row.made_by_id
            session.add(row)
            session.flush()
            self._record(session, row, "pack_in", said)
            return row.id

    def _draft(self, tree: PackTree, *, pack_id: str, based_on: str, act_id: str, note: str = "") -> int:
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.writing() as session:
            if (before := row_of_act(session, PackVersionRow, act_id, {"based_on": based_on})) is not None:
                return before.id
            taken = {pack.version for pack in self._station.shipped.versions(pack_id)}
            taken |= set(session.scalars(select(PackVersionRow.version).where(PackVersionRow.pack_id == pack_id)))
            head = VersionHead(version=next_version(based_on, taken), effective_from=None, note=note)
            row = self._new_row(with_head(tree, head), pack_id=pack_id, head=head, act_id=act_id, based_on=based_on)
            session.add(row)
            session.flush()
            self._record(session, row, "pack_draft", f"由 {based_on} 起草")
            return row.id

    def _new_row(
        self, tree: PackTree, *, pack_id: str, head: VersionHead, act_id: str, based_on: str
    ) -> PackVersionRow:
        rules, papers = texts_of(tree)
        return PackVersionRow(
            act_id=act_id,
            pack_id=pack_id,
            version=head.version,
            state=VersionState.DRAFT.value,
            effective_from=head.effective_from,
            based_on=based_on,
            rules=rules,
            papers=papers,
            sha256=hash_of(rules, papers),
            note=head.note,
            made_at=self._station.now(),
            made_by=self._name(),
            made_by_id=self._station.actor.account_id,
            submitted_by="",
            decided_by="",
            decision="",
        )

    def _to_decide(self, session: Session, version_id: int, reason: str) -> PackVersionRow:
        self._require_decider()
        row, actor = stored_version(session, version_id, within=(VersionState.SUBMITTED,)), self._station.actor
        if actor.account_id is not None and actor.account_id in (row.made_by_id, row.submitted_by_id):
            raise ClerkError("second_person_needed", who=row.submitted_by)
        row.decided_at, row.decision = self._station.now(), reason.strip()
        row.decided_by, row.decided_by_id = self._name(), actor.account_id
        return row

    def _require_decider(self) -> None:
        actor = self._station.actor
        if not actor.may(Right.KEEP_SETTINGS):
            actor.require(Right.DECIDE_EXCEPTIONS)

    def _require_sound(self, row: PackVersionRow) -> None:
        if row.effective_from is None:
            raise ClerkError("version_without_day", version=row.version)
        pack_of(tree_of(row.rules, row.papers))

    def _require_new_name(self, session: Session, pack_id: str, version: str, *, but: int | None = None) -> None:
        same = select(PackVersionRow.id).where(PackVersionRow.pack_id == pack_id, PackVersionRow.version == version)
        others = [found for found in session.scalars(same) if found != but]
        shipped = pack_id in self._station.shipped.ids() and any(
            pack.version == version for pack in self._station.shipped.versions(pack_id)
        )
        if others or shipped:
            raise ClerkError("version_exists", version=version)

    def _require_anybody(self) -> None:
        if not self._station.actor.grants:
            raise ClerkError("signed_out")

    def _name(self) -> str:
        office = self._station.office
        return self._station.actor.name or (office.clerk_name if office else "")

    def _adopt(self, session: Session) -> None:
        """Let the versions in force here stand beside the shipped ones from now on."""
        bind = select(PackVersionRow).where(PackVersionRow.state == VersionState.IN_FORCE.value)
        rows = session.scalars(bind.order_by(PackVersionRow.decided_at, PackVersionRow.id)).all()
        self._station.packs = self._station.shipped.joined(bound_pack(row) for row in rows)

    def _record(
        self,
        session: Session,
        row: PackVersionRow,
        act: str,
        said: str,
        *,
        reason: str = "",
        changes: tuple[tuple[str, object, object], ...] = (),
    ) -> None:
        bound = f"，自 {row.effective_from} 起施行" if row.effective_from else ""
        record_event(
            session,
            self._station,
            act=act,
            summary=f"规则版本 {row.pack_id} {row.version}{bound}：{said}",
            reason=reason.strip(),
            changes=changes,
            touched=[(PACK_VERSION, row.id)],
        )


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
