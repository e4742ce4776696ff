"""Which duties are not the street's, by the list of duties it goes by: set with document and reason, on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.duties import (
    LONGEST_DOCUMENT,
    LONGEST_REASON,
    Duty,
    NotOurs,
    article_of,
    kinds_away,
    notes_for_day,
)
from desktop.domain.errors import ClerkError
from desktop.domain.worklist import TaskKind
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.services.audit import record_event
from desktop.services.filing_keys import storable
from desktop.services.station import Station
from desktop.services.touched import SETTING

DUTIES_KEY: Final = "duties"
_SWITCHES: Final = "switches"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty as the settings list it: its article, and what takes it away now or from a day to come."""

    duty: Duty
    article: str
    not_ours: NotOurs | None = None


def stored_duties(session: Session) -> tuple[NotOurs, ...]:
    """Read every time in which a duty was or is not the street's, in the order they were set."""
    stored = session.get(Setting, DUTIES_KEY)
    return () if stored is None else tuple(_from_plain(stored.value[_SWITCHES]))


class DutyService:
    """Keeps in memory which duties are away, so that the worklist does not ask the database for it."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station
        with database.reading() as session:
            self._switches = stored_duties(session)

    def lines(self) -> tuple[DutyLine, ...]:
        """List every duty with its article and how it stands; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        pack = self._station.pack()
        return tuple(
            DutyLine(duty=duty, article=article_of(duty, pack), not_ours=self._standing(duty)) for duty in Duty
        )

    def kinds_away(self) -> frozenset[TaskKind]:
        """Give the kinds of task that nobody is reminded of today."""
        return kinds_away(self._switches, self._station.today())

    def notes(self) -> tuple[str, ...]:
        """Say which duties are not the street's today."""
        return notes_for_day(self._switches, self._station.today())

    def is_ours(self, duty: Duty) -> bool:
        """Say whether the street has a duty today."""
        return not any(switch.duty is duty and switch.is_on(self._station.today()) for switch in self._switches)

    def switch_off(self, duty: Duty, *, document: str, reason: str, from_on: date | None) -> frozenset[Change]:
        """Take a duty off the street from a day on, by the document that says so; nothing on record changes.

        Raises ``ClerkError``: not_permitted, duty_unfit (``field``, ``why``).
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        document, reason = storable(document).strip(), storable(reason).strip()
        day = self._fit(duty, from_on, document=document, reason=reason)
        switch = NotOurs(duty=duty, from_on=day, document=document, reason=reason, by=self._name())
        self._keep(
            (*self._switches, switch),
            summary=f"{duty.label}：自 {day} 起本街道不承担",
            changes=[(f"{duty.value}.from_on", None, day.isoformat()), (f"{duty.value}.document", None, document)],
            reason=reason,
        )
        return frozenset({Change.SETTINGS, Change.ON_SITE})

    def switch_on(self, duty: Duty, *, reason: str) -> frozenset[Change]:
        """Give a duty back to the street from today on; raises ``ClerkError``: not_permitted, duty_unfit."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        standing, why = self._standing(duty), storable(reason).strip()
        if standing is None:
            raise ClerkError("duty_unfit", field="duty", why=f"{duty.label}本来就由本街道承担。")
        _require_text("reason", why, "理由", LONGEST_REASON)
        # What has not begun yet never begins.
        ended = replace(standing, until_on=max(self._station.today(), standing.from_on))
        self._keep(
            tuple(ended if switch is standing else switch for switch in self._switches),
            summary=f"{duty.label}：自 {ended.until_on} 起仍由本街道承担",
            changes=[(f"{duty.value}.until_on", None, f"{ended.until_on}")],
            reason=why,
        )
        return frozenset({Change.SETTINGS, Change.ON_SITE})

    def _fit(self, duty: Duty, from_on: date | None, *, document: str, reason: str) -> date:
        if self._standing(duty) is not None:
            raise ClerkError("duty_unfit", field="duty", why=f"{duty.label}已经设为本街道不承担。")
        _require_text("document", document, "依据文件和条款", LONGEST_DOCUMENT)
        _require_text("reason", reason, "理由", LONGEST_REASON)
        if from_on is None:
            raise ClerkError("duty_unfit", field="from_on", why="请填写从哪一天起不承担。")
        ends = [each.until_on for each in self._switches if each.duty is duty and each.until_on is not None]
        if ends and from_on < max(ends):
            raise ClerkError("duty_unfit", field="from_on", why=f"不能早于 {max(ends)}：此前已有记录。")
        return from_on

    def _standing(self, duty: Duty) -> NotOurs | None:
        """Give what takes a duty away, today or from a day to come."""
        return next((each for each in self._switches if each.duty is duty and each.until_on is None), None)

    def _name(self) -> str:
        office = self._station.office
        return self._station.actor.name or (office.clerk_name if office is not None else "")

    def _keep(
        self,
        switches: tuple[NotOurs, ...],
        *,
        summary: str,
        changes: Sequence[tuple[str, str | None, str]],
        reason: str,
    ) -> None:
        with self._database.writing() as session:
            session.merge(Setting(key=DUTIES_KEY, value={_SWITCHES: _to_plain(switches)}))
            record_event(
                session,
                self._station,
                act="duties",
                summary=summary,
                reason=reason,
                changes=changes,
                touched=[(SETTING, DUTIES_KEY)],
            )
        self._switches = switches


def _require_text(field: str, text: str, name: str, most: int) -> None:
    if not text:
        raise ClerkError("duty_unfit", field=field, why=f"请填写{name}。")
    if len(text) > most:
        raise ClerkError("duty_unfit", field=field, why=f"{name}最多 {most} 字。")


def _to_plain(switches: Iterable[NotOurs]) -> list[dict[str, Any]]:
    return [
        {
            "duty": each.duty.value,
            "from_on": each.from_on.isoformat(),
            "document": each.document,
            "reason": each.reason,
            "by": each.by,
            "until_on": None if each.until_on is None else each.until_on.isoformat(),
        }
        for each in switches
    ]


def _from_plain(plain: Iterable[Mapping[str, Any]]) -> Iterable[NotOurs]:
    known = {duty.value for duty in Duty}
    for each in plain:
        if each["duty"] in known:
            until = each["until_on"]
            yield NotOurs(
                duty=Duty(each["duty"]),
                from_on=date.fromisoformat(each["from_on"]),
                document=each["document"],
                reason=each["reason"],
                by=each["by"],
                until_on=None if until is None else date.fromisoformat(until),
            )
