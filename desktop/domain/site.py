"""The site of a work as patrols, hazards, transfers and papers speak of it: registered, or found unregistered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.acts import Status
from desktop.domain.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRef:
    """Which site: a filing, a work found unregistered, or (neither) a road or an estate without a site."""

    filing_id: int | None = None
    found_site_id: int | None = None

    def __post_init__(self) -> None:
        if self.filing_id is not None and self.found_site_id is not None:
            raise ValueError("a site is a filing or a work found unregistered, never both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of a site.  ``number`` is that of the registration or of the finding; numbers of persons are whole.

    ``facts`` are those of the matter, empty for a work found unregistered; ``status`` is None there too.
    """

    ref: SiteRef
    number: str
    project_name: str
    place: str
    community: str
    grid: str = ""
    kind: str = ""  # small_work, minor_operation, above_limit; empty while it is not known
    category_label: str = ""
    owner_name: str = ""
    owner_phone: str = ""
    contractor_name: str = ""
    contractor_phone: str = ""
    manager_name: str = ""
    manager_phone: str = ""
    high_risk: bool | None = None
    escalated_on: date | None = None
    accepted_on: date | None = None
    valid_until: date | None = None
    planned_end: date | None = None
    site_check_by: date | None = None
    status: Status | None = None
    facts: Facts = field(default_factory=lambda: Facts({}))

    @property
    def is_managed_as_high_risk(self) -> bool:
        """Say whether it is high-risk, or was escalated to be managed so."""
        return self.high_risk is True or self.escalated_on is not None

    @property
    def is_registered(self) -> bool:
        """Say whether it is a filing that was accepted."""
        return self.accepted_on is not None
