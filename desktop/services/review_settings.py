"""How many levels of review the office wants: the pack's parameters, overridden in the settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.domain.review import MOST_LEVELS, PARAMETER_OF, SAME_PERSON_PARAMETER, ReviewClass, ReviewRule, rule_of
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.services.audit import changed_fields, record_event
from desktop.services.station import Station
from desktop.services.touched import SETTING

REVIEW_KEY: Final = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReview:
    """What the office sets itself; None leaves it to the pack."""

    high_risk: int | None = None
    other_small: int | None = None
    minor: int | None = None
    same_person: bool | None = None


class ReviewSettingsService:
    """Keeps the office's own levels in memory, so that previews while typing never touch the database."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station
        with database.reading() as session:
            stored = session.get(Setting, REVIEW_KEY)
            self._own = OwnReview() if stored is None else _from_plain(stored.value)

    def own(self) -> OwnReview:
        """Give what the office set itself."""
        return self._own

    def rule_for(self, pack: PolicyPack) -> ReviewRule:
        """Give the rule in force: the office's own where it set one, the pack's else."""
        of_pack, own = rule_of(pack), self._own
        kept = {name: value for name, value in asdict(own).items() if value is not None}
        return ReviewRule(**{**asdict(of_pack), **kept})

    def articles(self) -> tuple[str, ...]:
        """Give where the pack takes its own levels from, each once; empty where it has none."""
        parameters = self._station.pack().parameters
        names = (*PARAMETER_OF.values(), SAME_PERSON_PARAMETER)
        return tuple(dict.fromkeys(parameters[name].article for name in names if name in parameters))

    def keep(self, own: OwnReview) -> frozenset[Change]:
        """Keep the office's own levels; raises ``ClerkError``: not_permitted, review_levels_unfit."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        levels = (getattr(own, each.value) for each in ReviewClass)
        if any(level is not None and not 0 <= level <= MOST_LEVELS for level in levels):
            raise ClerkError("review_levels_unfit", most=MOST_LEVELS)
        with self._database.writing() as session:
            session.merge(Setting(key=REVIEW_KEY, value=asdict(own)))
            record_event(
                session,
                self._station,
                act="review_settings",
                summary="更改审核设置",
                changes=changed_fields(asdict(self._own), asdict(own)),
                touched=[(SETTING, REVIEW_KEY)],
            )
        self._own = own
        return frozenset({Change.SETTINGS})


def _from_plain(plain: dict[str, Any]) -> OwnReview:
    known = {field.name for field in fields(OwnReview)}
    return OwnReview(**{name: value for name, value in plain.items() if name in known})
