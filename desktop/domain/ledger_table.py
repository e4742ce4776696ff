"""Tables that leave the program on paper and as sheets of a workbook, and what is asked of a ledger over a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import article
from desktop.domain.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTable:
    """One table in words, numbers of persons covered.

    ``widths`` are parts of the whole width, one a column; ``note`` stands below, or says why there is no row.
    """

    title: str
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the ledger knows of one case in five parts, and four kinds of supervision at a glance."""

    site: Site
    at_a_glance: LedgerTable  # 登记、巡查、执法、培训
    parts: tuple[LedgerTable, ...]


class AreaKind(StrEnum):
    """Whose ledger it is."""

    COMMUNITY = "community"  # 社区台账
    PROPERTY = "property"  # 物业巡查台账
    STREET = "street"  # 街道管理台账


AREA_ARTICLES: Final[Mapping[AreaKind, str]] = LocalCatalogue(
    {
        AreaKind.COMMUNITY: "area_ledger_community",
        AreaKind.PROPERTY: "area_ledger_property",
        AreaKind.STREET: "area_ledger_street",
    },
    article,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCriteria:
    """Which ledger is asked for; ``community`` None is all that is seen, ``organisation`` names a property company."""

    kind: AreaKind
    first_on: date
    last_on: date
    community: str | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLedger:
    """One ledger over a period: the works, the patrols, the hazards, what ended, and totals by month."""

    criteria: AreaCriteria
    works: LedgerTable
    patrols: LedgerTable
    hazards: LedgerTable
    endings: LedgerTable
    months: LedgerTable

    @property
    def tables(self) -> Sequence[LedgerTable]:
        """Give all tables in the order of the sheets."""
        return self.months, self.works, self.patrols, self.hazards, self.endings
