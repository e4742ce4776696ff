"""Dealing with an unregistered work: urged to register, refused, of what kind, or no registration needed after all."""

from __future__ import annotations

from datetime import date

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.found_site import (
    ABOVE_LIMIT,
    REGISTRABLE,
    WAITING,
    FoundRecorded,
    FoundSiteDraft,
    FoundSiteRow,
    FoundState,
)
from desktop.domain.local_rules import local
from desktop.domain.site import SiteRef
from desktop.services.firms import needed_reason
from desktop.services.found_site_base import FoundSiteBase, shown_found_site
from desktop.services.found_site_states import kind_word, put_into, require_state, settled_report_day
from desktop.services.numbered_act import Written
from desktop.services.site import site_of
from desktop.services.touched import FOUND_SITE


class DealingWithFoundSites(FoundSiteBase):
    """Brings unregistered works to a state."""

    def urge(self, found_site_id: int, *, register_by: date) -> FoundRecorded:
        """Urge the owner to register by a day and print the notice (督促登记通知); may be repeated.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_closed (state),
        found_site_unfit (field, why), missing_characters, database_locked, disk_full, read_only.
        """
        today = self._station.today()
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            require_state(found, WAITING | {FoundState.REFUSED})
            if found.kind == ABOVE_LIMIT:
                why = local("限额以上的工程应当办理施工许可，不督促登记，请移送。")
                raise ClerkError("found_site_unfit", field="kind", why=why)
            if register_by < today:
                raise ClerkError("found_site_unfit", field="register_by", why=local("登记期限早于今天。"))
            # A longer term does not undo that enforcement had to know when the first ran out.
            due = settled_report_day(found, today)
            changes = put_into(
                found, FoundState.URGED, on=today, register_by=register_by, refused_on=None, report_by=due
            )
            site = site_of(session, SiteRef(found_site_id=found.id))
            draft = FoundSiteDraft(found_on=found.found_on, found_by=found.found_by, register_by=register_by)
            document = self._acts.issue(
                session,
                self._notice(site, draft),
                Written(
                    act="found_site_urged",
                    summary=local(f"督促登记，{found.number}，期限 {register_by.isoformat()}"),
                    community=found.community,
                    changes=changes,
                    touched=[(FOUND_SITE, found.id)],
                ),
            )
            return FoundRecorded(found_site_id=found.id, number=found.number, paper_id=document.id)

    def refuse(self, found_site_id: int, reason: str) -> FoundSiteRow:
        """Record that registration is refused: enforcement must know within the same day (当日).

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_closed (state),
        reason_required, database_locked.
        """
        today, why = self._station.today(), needed_reason(reason)
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            require_state(found, WAITING)
            due = settled_report_day(found, today) or today
            changes = put_into(found, FoundState.REFUSED, on=today, refused_on=today, report_by=due, state_reason=why)
            self._record(
                session, found, "found_site_refused", local("拒不登记，须当日上报"), changes=changes, reason=why
            )
            return shown_found_site(session, found_site_id)

    def dismiss(self, found_site_id: int, reason: str) -> FoundSiteRow:
        """Record that no registration is needed after all, with the reason; raises as ``refuse``."""
        today, why = self._station.today(), needed_reason(reason)
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            require_state(found, REGISTRABLE)
            changes = put_into(found, FoundState.DISMISSED, on=today, state_reason=why)
            self._record(session, found, "found_site_dismissed", local("无需登记"), changes=changes, reason=why)
            return shown_found_site(session, found_site_id)

    def set_kind(self, found_site_id: int, kind: str) -> FoundSiteRow:
        """Say what kind of work it is once that is known, above the limits too.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_unfit (field, why).
        """
        if kind not in (SMALL_WORK, MINOR_OPERATION, ABOVE_LIMIT):
            raise ClerkError("found_site_unfit", field="kind", why=local("请选择小型工程、零星作业或者限额以上。"))
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            changes = (("kind", found.kind, kind),)
            found.kind = kind
            self._record(session, found, "found_site_kind", f"认定为{kind_word(kind)}", changes=changes)
            return shown_found_site(session, found_site_id)
