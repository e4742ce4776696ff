"""Filings on their way into the platform, and what came of a sheet given out or a list taken in.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.acts import Change
from desktop.domain.platform_comparison import ComparedLine, Decision
from desktop.domain.platform_list import ListField
from desktop.domain.platform_values import CellFault


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitingFiling:
    """An accepted filing that nobody has entered in the platform (平台未录入)."""

    filing_id: int
    number: str
    kind: str
    project_name: str
    owner_name: str
    community: str
    accepted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFiling:
    """What the platform would refuse of one filing."""

    filing_id: int
    number: str
    project_name: str
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSheet:
    """What came of a sheet: the file, how many filings it holds, how many of them the platform would refuse."""

    file: Path
    count: int
    faulty: int
    left_out: int  # asked for and outside the scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """A list of the platform held against the ledger, before anything is written."""

    file_name: str
    sha256: str
    headings: tuple[str, ...]
    mapped: Mapping[ListField, str]
    profile: str  # the mapping kept by that name, empty for a proposal
    lines: tuple[ComparedLine, ...]
    elsewhere: int  # rows of filings that who asks does not see


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOrder:
    """What is to be done with a list: decisions by the key of a line, what is not named is left.

    ``kind_if_unsaid`` is the kind of what is registered where the list names none; ``keep_as`` keeps the mapping.
    """

    act_id: str
    sha256: str
    mapped: Mapping[ListField, str]
    decisions: Mapping[str, Decision]
    kind_if_unsaid: str = ""
    keep_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTaken:
    """What came of a list."""

    rows: int
    numbers: int
    notes: int
    registered: int
    known: int  # decided before, so that nothing was written again
    changes: frozenset[Change]
