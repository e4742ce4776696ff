"""How often works are patrolled (分级分类): the pack's frequencies, or the office's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.duties import Duty
from desktop.domain.errors import ClerkError
from desktop.domain.expiry import expired_before
from desktop.domain.local_rules import cited
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.patrol import DueVisit
from desktop.domain.patrol_plan import MOST_DAYS, PatrolPlan, PlanClass, PlanRule
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.queries.patrol_due import due_visits
from desktop.services.audit import changed_fields, record_event
from desktop.services.calendar import CalendarService
from desktop.services.duties import DutyService
from desktop.services.station import Station
from desktop.services.touched import SETTING

PLAN_KEY: Final = "patrol_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFrequency:
    """What the office set for one class: every so many days, or once a month; 0 and False is off."""

    every_days: int = 0
    is_monthly: bool = False


OwnPlan = Mapping[PlanClass, OwnFrequency]  # a class that is missing is left to the pack


class PatrolPlanService:
    """Keeps the office's own frequencies in memory; what is due is computed whenever it is asked."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService, duties: DutyService) -> None:
        self._database, self._station = database, station
        self._calendar, self._duties = calendar, duties
        with database.reading() as session:
            stored = session.get(Setting, PLAN_KEY)
            self._own = {} if stored is None else _from_plain(stored.value)

    def own(self) -> OwnPlan:
        """Give what the office set itself."""
        return dict(self._own)

    def plan(self) -> PatrolPlan:
        """Give the frequencies in force for every class: the office's own where it set one, the pack's else.

        All are off while the street does not have the duty of patrols.
        """
        if not self._duties.is_ours(Duty.PATROL):
            return {each: PlanRule() for each in PlanClass}
        of_pack = self._station.pack().patrol_plan
        plan = {each: of_pack.get(each, PlanRule()) for each in PlanClass}
        source = f"街道自行设定{cited('patrol_plan')}"
        for each, own in self._own.items():
            plan[each] = PlanRule(every_days=own.every_days, is_monthly=own.is_monthly, article=source)
        return plan

    def keep(self, own: OwnPlan) -> frozenset[Change]:
        """Keep the office's own frequencies; raises ``ClerkError``: not_permitted, patrol_plan_unfit (``field``)."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        for each, frequency in own.items():
            is_double = frequency.is_monthly and frequency.every_days > 0
            if not 0 <= frequency.every_days <= MOST_DAYS or is_double:
                raise ClerkError("patrol_plan_unfit", most=MOST_DAYS, field=each.value)
        before, after = _to_plain(self._own), _to_plain(own)
        with self._database.writing() as session:
            session.merge(Setting(key=PLAN_KEY, value=after))
            record_event(
                session,
                self._station,
                act="patrol_plan",
                summary="更改巡查频次",
                changes=changed_fields(before, after),
                touched=[(SETTING, PLAN_KEY)],
            )
        self._own = dict(own)
        return frozenset({Change.SETTINGS, Change.ON_SITE})

    def due(self, until: date | None = None, *, community: str | None = None) -> tuple[DueVisit, ...]:
        """List the visits that the plan wants until a day, today when none is given, the earliest first.

        Raises ``ClerkError("not_permitted")``.
        """
        self._station.actor.require(Right.SEE)
        today = self._station.today()
        with self._database.reading() as session:
            expired = expired_before(today, pack=self._station.pack(), calendar=self._calendar.calendar())
            found = due_visits(session, self.plan(), expired=expired, until=until or today, community=community)
        return tuple(
            replace(visit, project_name=cover_numbers(visit.project_name), place=cover_numbers(visit.place))
            for visit in found
        )


def _to_plain(own: OwnPlan) -> dict[str, Any]:
    return {each.value: ("monthly" if kept.is_monthly else kept.every_days) for each, kept in own.items()}


def _from_plain(plain: Mapping[str, Any]) -> dict[PlanClass, OwnFrequency]:
    known = {each.value for each in PlanClass}
    return {
        PlanClass(name): OwnFrequency(is_monthly=True) if value == "monthly" else OwnFrequency(every_days=value)
        for name, value in plain.items()
        if name in known
    }
