"""What the register of firms, the bad records and the demands of owners show: plain rows, personal numbers covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.conduct import Ground, MeasureKind, in_force
from desktop.domain.demands import DemandState
from desktop.domain.firms import FirmCertificate, FirmKind, PapersState


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRow:
    """One firm or craftsman as the register lists it; ``cases`` counts registered filings one may see."""

    id: int
    kind: FirmKind
    name: str
    id_shown: str
    trade: str
    scope: str
    contact_name: str
    phone_shown: str
    listed_phone: str
    training: str
    papers: PapersState
    valid_to: date | None  # when the first of the certificates in use ends
    is_on_record: bool  # a bad record is in force
    is_active: bool
    cases: int
    certificates: tuple[FirmCertificate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringRow:
    """A certificate that ran out, or runs out soon."""

    firm_id: int
    firm_name: str
    phone_shown: str
    certificate: FirmCertificate
    state: PapersState


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecordRow:
    """One bad record; lifted ones stay in the list."""

    id: int
    firm_id: int
    firm_name: str
    firm_kind: FirmKind
    id_shown: str
    ground: Ground
    decided_on: date
    since: date
    until: date | None
    document: str
    decided_by: str
    filing_number: str
    remark: str
    entered_by: str
    lifted_on: date | None
    lifted_by: str
    lift_reason: str

    def is_in_force(self, day: date) -> bool:
        """Say whether the record counts on a day."""
        return in_force(day, since=self.since, until=self.until, lifted_on=self.lifted_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure taken against a party."""

    id: int
    firm_id: int
    firm_name: str
    kind: MeasureKind
    taken_on: date
    taken_by: str
    document: str
    remark: str
    entered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmFile:
    """The whole page of one party: its row, its certificates, bad records and measures."""

    row: FirmRow
    address: str
    remark: str
    records: tuple[BadRecordRow, ...]
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRow:
    """One demand of an owner; the owner's phone is covered."""

    id: int
    works: str
    trade: str
    community: str
    place: str
    wanted_from: date | None
    wanted_to: date | None
    owner_name: str
    phone_shown: str
    remark: str
    state: DemandState
    taken_on: date
    taken_by: str
    answer: str
    answered_on: date | None
    answered_by: str
