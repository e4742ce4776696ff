"""What patrols, hazards, transfers and reports share as statistics read them: their site parts and names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal, select

from desktop.domain.measure import Breakdown
from desktop.models.filing import Filing, FilingDepartment
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.models.transfer import Transfer
from desktop.queries.statistics.filing_source import FILING_MEMBERS
from desktop.queries.statistics.source import Column, Joined, Shown, code

OnSiteRow = type[Patrol] | type[Hazard] | type[Transfer] | type[PublicReport]

# By what a row is parted as the filing it hangs on is; what hangs on none has none.
_AS_ITS_FILING: Final = (
    Breakdown.KIND,
    Breakdown.CATEGORY,
    Breakdown.RISK,
    Breakdown.STATION,
    Breakdown.FUNDING,
    Breakdown.CONTRACTOR,
    Breakdown.SUB_AREA,
    Breakdown.GRID,
)


@dataclass(frozen=True, slots=True)
class SiteParts:
    """By what rows of a class are parted through their site, and the joins this needs."""

    members: Mapping[Breakdown, Column]
    joins: Mapping[Breakdown, Joined]


def of_site(row: OnSiteRow) -> SiteParts:
    """Part rows by their community, and by what parts their filing; a work of two departments stands in both."""

    def with_filing(statement: Select[Any]) -> Select[Any]:
        return statement.outerjoin(Filing, Filing.id == row.filing_id)

    def with_departments(statement: Select[Any]) -> Select[Any]:
        return statement.outerjoin(FilingDepartment, FilingDepartment.filing_id == row.filing_id)

    members: dict[Breakdown, Column] = {by: code(FILING_MEMBERS[by]) for by in _AS_ITS_FILING}
    members |= {Breakdown.COMMUNITY: row.community, Breakdown.DEPARTMENT: code(FilingDepartment.code)}
    joins: dict[Breakdown, Joined] = dict.fromkeys(_AS_ITS_FILING, with_filing)
    return SiteParts(members, joins | {Breakdown.DEPARTMENT: with_departments})


def site_shown(row: OnSiteRow, *, number: Column, note: Column, title: Column | None = None, place: Column) -> Shown:
    """Show a row with name and place of its filing or of the unregistered site; ``title`` and ``place`` stand in."""
    return Shown(
        filing_id=row.filing_id,
        number=number,
        title=func.coalesce(
            _of_filing(row, Filing.project_name),
            _of_found(row, FoundSite.work),
            literal("") if title is None else title,
        ),
        place=func.coalesce(_of_filing(row, Filing.place), _of_found(row, FoundSite.place), place),
        community=row.community,
        note=note,
    )


def site_number(row: OnSiteRow) -> Column:
    """Give the number of the filing or of the unregistered site, in a list whose rows have none of their own."""
    number = func.coalesce(Filing.registration_number, Filing.number)
    return func.coalesce(_of_filing(row, number), _of_found(row, FoundSite.number), "")


def _of_filing(row: OnSiteRow, column: Column) -> ColumnElement[Any]:
    """Look a column of the filing up: no join, so that it stands beside the tables that breakdowns join."""
    return select(column).where(Filing.id == row.filing_id).correlate(row).scalar_subquery()


def _of_found(row: OnSiteRow, column: Column) -> ColumnElement[Any]:
    return select(column).where(FoundSite.id == row.found_site_id).correlate(row).scalar_subquery()


def hazard_shown() -> Shown:
    """Show a hazard by its number, its site, and what is wrong."""
    return site_shown(Hazard, number=Hazard.number, note=Hazard.description, place=Hazard.spot)


def _with_patrol(statement: Select[Any]) -> Select[Any]:
    return statement.outerjoin(Patrol, Patrol.id == Hazard.patrol_id)


_OF_HAZARDS: Final = of_site(Hazard)
HAZARD_MEMBERS: Final[Mapping[Breakdown, Column]] = {
    **_OF_HAZARDS.members,
    Breakdown.HAZARD_GROUP: code(Hazard.group),
    Breakdown.HAZARD_ENTRY: code(Hazard.entry),
    Breakdown.FINDING: code(Hazard.finding),
    Breakdown.HAZARD_LEVEL: code(Hazard.level),
    Breakdown.PATROL_LEVEL: code(Patrol.level),
    Breakdown.PATROL_KIND: code(Patrol.kind),
    Breakdown.PATROL_ORGANISATION: code(Patrol.organisation),
}
HAZARD_MEMBER_JOINS: Final[Mapping[Breakdown, Joined]] = {
    **_OF_HAZARDS.joins,
    Breakdown.PATROL_LEVEL: _with_patrol,
    Breakdown.PATROL_KIND: _with_patrol,
    Breakdown.PATROL_ORGANISATION: _with_patrol,
}
