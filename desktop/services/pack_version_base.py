"""What the acts on versions of the rules have in common: their rows, who may decide, names, the trail."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import PackTree, VersionHead, VersionState
from desktop.models.database import Database
from desktop.models.pack_version import PackVersionRow
from desktop.policy.loader import pack_of
from desktop.policy.pack_text import fit_texts_of, hash_of
from desktop.services.audit import record_event
from desktop.services.once import row_of_act
from desktop.services.pack_version_rows import bound_pack, fit_head, is_own, next_version, stored_version, with_head
from desktop.services.seen_packs import SeenPacks
from desktop.services.station import Station
from desktop.services.touched import PACK_VERSION


class PackVersionBase:
    """Writes rows of versions and records what was done with them."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station, self._seen = database, station, SeenPacks()

    def _take(self, tree: PackTree, head: VersionHead, *, act_id: str, origin: dict[str, str] | None, said: str) -> int:
        head = fit_head(head)
        tree = with_head(tree, head)
        pack = pack_of(tree)
        with self._database.writing() as session:
            if (before := row_of_act(session, PackVersionRow, act_id, {"pack_id": pack.id})) is not None:
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

    def _draft(
        self,
        tree: PackTree,
        *,
        pack_id: str,
        based_on: str,
        act_id: str,
        note: str = "",
        effective_from: date | None = None,
    ) -> int:
        self._station.actor.require(Right.KEEP_SETTINGS)
        told = {"pack_id": pack_id, "based_on": based_on}
        with self._database.writing() as session:
            if (before := row_of_act(session, PackVersionRow, act_id, told)) is not None:
                return before.id
            taken = {pack.version for pack in self._shipped(pack_id)}
            taken |= set(session.scalars(select(PackVersionRow.version).where(PackVersionRow.pack_id == pack_id)))
            name = next_version(based_on, taken)
            head = fit_head(VersionHead(version=name, effective_from=effective_from, note=note))
            row = self._new_row(with_head(tree, head), pack_id=pack_id, head=head, act_id=act_id, based_on=based_on)
            session.add(row)
            session.flush()
            self._record(session, row, "pack_draft", f"由 {based_on} 起草")
            return row.id

    def _new_row(
        self, tree: PackTree, *, pack_id: str, head: VersionHead, act_id: str, based_on: str
    ) -> PackVersionRow:
        rules, papers = fit_texts_of(tree)
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
            written_by=[],
            submitted_by="",
            decided_by="",
            decision="",
        )

    def _to_decide(self, session: Session, version_id: int, reason: str) -> PackVersionRow:
        self._require_decider()
        row, actor = stored_version(session, version_id, within=(VersionState.SUBMITTED,)), self._station.actor
        if is_own(row, actor):
            raise ClerkError("second_person_needed", who=actor.name)
        row.decided_at, row.decision = self._station.now(), reason.strip()
        row.decided_by, row.decided_by_id = self._name(), actor.account_id
        return row

    def _sign(self, row: PackVersionRow) -> None:
        """Note who wrote in a version."""
        hand = [self._station.actor.account_id, self._name()]
        if hand not in row.written_by:
            row.written_by = [*row.written_by, hand]

    def _require_decider(self) -> None:
        actor = self._station.actor
        if not actor.may(Right.KEEP_SETTINGS):
            actor.require(Right.DECIDE_EXCEPTIONS)

    def _require_sound(self, row: PackVersionRow) -> None:
        if row.effective_from is None:
            raise ClerkError("version_without_day", version=row.version)
        self._seen.pack(row.rules, row.papers)

    def _require_new_name(self, session: Session, pack_id: str, version: str, *, but: int | None = None) -> None:
        same = select(PackVersionRow.id).where(PackVersionRow.pack_id == pack_id, PackVersionRow.version == version)
        others = [found for found in session.scalars(same) if found != but]
        if others or any(pack.version == version for pack in self._shipped(pack_id)):
            raise ClerkError("version_exists", version=version)

    def _shipped(self, pack_id: str) -> tuple[PolicyPack, ...]:
        """Give the versions that come with the program; none for a place that only this ledger knows."""
        shipped = self._station.shipped
        return shipped.versions(pack_id) if pack_id in shipped.ids() else ()

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
        self._station.packs = self._station.shipped.joined(bound_pack(row, self._seen) for row in rows)

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
