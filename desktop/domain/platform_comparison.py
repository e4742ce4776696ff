"""The platform's list held against the ledger: same, ours newer, theirs newer, missing here, missing there.  Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.platform_list import ListField, PlatformRow
from desktop.domain.search_keys import normalise


class Standing(StrEnum):
    """How a row of the list and a filing of the ledger stand to each other."""

    SAME = "same"
    OURS_NEWER = "ours_newer"
    THEIRS_NEWER = "theirs_newer"
    MISSING_HERE = "missing_here"  # on the platform, not in the ledger
    MISSING_THERE = "missing_there"  # in the ledger, not on the platform
    UNCLEAR = "unclear"  # several could be meant
    UNREADABLE = "unreadable"


class Decision(StrEnum):
    """What is done about one line."""

    LEAVE = "leave"
    TAKE_NUMBER = "take_number"  # number and day of entry are written back
    NOTE = "note"  # the difference is noted on the filing
    REGISTER = "register"  # filed online: entered in the ledger as such


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFiling:
    """A registered filing as the comparison needs it."""

    filing_id: int
    numbers: tuple[str, ...]  # its own
    name: str
    owner: str
    place: str
    contractor: str
    accepted_on: date | None
    changed_on: date | None  # when something was last done with it
    platform_number: str = ""
    entered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field with what stands here and there."""

    field: ListField
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """One line of the comparison; ``key`` names it for the decision."""

    key: str
    standing: Standing
    row: PlatformRow | None = None
    filing: KnownFiling | None = None
    differences: tuple[Difference, ...] = ()
    why: str = ""

    @property
    def choices(self) -> tuple[Decision, ...]:
        """Give what can be done about the line, the proposed first."""
        if self.standing is Standing.MISSING_HERE:
            return (Decision.REGISTER, Decision.LEAVE)
        if self.filing is None or self.row is None or not self.differences:
            return (Decision.LEAVE,)
        if not any(each.field in _WRITTEN_BACK for each in self.differences):
            return (Decision.NOTE, Decision.LEAVE)
        if self.standing is Standing.OURS_NEWER:
            return (Decision.LEAVE, Decision.TAKE_NUMBER, Decision.NOTE)
        return (Decision.TAKE_NUMBER, Decision.NOTE, Decision.LEAVE)


_WRITTEN_BACK = (ListField.NUMBER, ListField.ENTERED_ON)


@dataclass(slots=True)
class _Index:
    listed: frozenset[str]  # every number of the list
    by_platform: dict[str, list[KnownFiling]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[KnownFiling]] = field(default_factory=lambda: defaultdict(list))
    by_owner: dict[tuple[str, str], list[KnownFiling]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[tuple[str, str], list[KnownFiling]] = field(default_factory=lambda: defaultdict(list))


def compare(rows: Sequence[PlatformRow], known: Sequence[KnownFiling]) -> tuple[ComparedLine, ...]:
    """Hold every row against the ledger, then the filings that the list should hold and does not.

    A row is known by the platform's number, else by ours, else by name with owner, else by name with place.  A filing
    belongs in the list when it is entered there, or was accepted within the days the list covers.
    """
    index = _indexed(known, rows)
    met: dict[int, PlatformRow] = {}
    listed: dict[str, PlatformRow] = {}
    lines = []
    for row in rows:
        line = _line(row, index)
        if line.filing is not None:
            earlier = met.setdefault(line.filing.filing_id, row)
            if earlier is not row:
                why = f"与清单第 {earlier.row} 行对应同一件"
                line = ComparedLine(key=line.key, standing=Standing.UNCLEAR, row=row, why=why)
        elif line.standing is Standing.MISSING_HERE and row.number:
            earlier = listed.setdefault(normalise(row.number), row)
            if earlier is not row:
                why = f"与清单第 {earlier.row} 行编号相同"
                line = ComparedLine(key=line.key, standing=Standing.UNCLEAR, row=row, why=why)
        lines.append(line)
    # What may be meant by a row that stays open is not missing.
    open_names = {normalise(line.row.name) for line in lines if line.row and line.standing is Standing.UNCLEAR}
    left = [each for each in known if each.filing_id not in met and normalise(each.name) not in open_names]
    return (*lines, *_missing_there(rows, left))


def _indexed(known: Sequence[KnownFiling], rows: Sequence[PlatformRow]) -> _Index:
    index = _Index(listed=frozenset(normalise(row.number) for row in rows if row.number))
    for filing in known:
        name = normalise(filing.name)
        if filing.platform_number:
            index.by_platform[normalise(filing.platform_number)].append(filing)
        for number in filing.numbers:
            index.by_number[normalise(number)].append(filing)
        index.by_owner[name, normalise(filing.owner)].append(filing)
        index.by_place[name, normalise(filing.place)].append(filing)
    return index


def _line(row: PlatformRow, index: _Index) -> ComparedLine:
    key = f"row:{row.row}"
    if row.fault:
        return ComparedLine(key=key, standing=Standing.UNREADABLE, row=row, why=row.fault)
    found = _candidates(row, index)
    if len(found) > 1:
        shown = "、".join(filing.numbers[0] for filing in found[:3])
        why = f"台账里有 {len(found)} 件可能对应：{shown}{'等' if len(found) > 3 else ''}"
        return ComparedLine(key=key, standing=Standing.UNCLEAR, row=row, why=why)
    if not found:
        return ComparedLine(key=key, standing=Standing.MISSING_HERE, row=row)
    filing = found[0]
    differences = tuple(_differences(row, filing))
    return ComparedLine(
        key=key, standing=_standing(row, filing, differences), row=row, filing=filing, differences=differences
    )


def _candidates(row: PlatformRow, index: _Index) -> list[KnownFiling]:
    name = normalise(row.name)
    of_number = (
        index.by_platform.get(normalise(row.number), []),
        index.by_number.get(normalise(row.own_number), []) if row.own_number else [],
        index.by_number.get(normalise(row.number), []),
    )
    found = next((each for each in of_number if each), [])
    if found or not name:
        return found
    of_name = (
        index.by_owner.get((name, normalise(row.owner)), []) if row.owner else [],
        index.by_place.get((name, normalise(row.place)), []) if row.place else [],
    )
    # What the list names by another number is another matter of the same name.
    apart = ([one for one in each if normalise(one.platform_number) not in index.listed] for each in of_name)
    return next((each for each in apart if each), [])


def _differences(row: PlatformRow, filing: KnownFiling) -> Iterator[Difference]:
    if normalise(row.number) != normalise(filing.platform_number):
        yield Difference(field=ListField.NUMBER, ours=filing.platform_number, theirs=row.number)
    if row.entered_on is not None and row.entered_on != filing.entered_on:
        ours = filing.entered_on.isoformat() if filing.entered_on else ""
        yield Difference(field=ListField.ENTERED_ON, ours=ours, theirs=row.entered_on.isoformat())
    for name, theirs, ours in (
        (ListField.NAME, row.name, filing.name),
        (ListField.OWNER, row.owner, filing.owner),
        (ListField.PLACE, row.place, filing.place),
        (ListField.CONTRACTOR, row.contractor, filing.contractor),
    ):
        # What one side leaves out or shortens is no difference.
        here, there = normalise(ours), normalise(theirs)
        if there and here and there not in here and here not in there:
            yield Difference(field=name, ours=ours, theirs=theirs)


def _standing(row: PlatformRow, filing: KnownFiling, differences: Sequence[Difference]) -> Standing:
    if not differences:
        return Standing.SAME
    if not filing.platform_number:
        return Standing.THEIRS_NEWER
    if any(each.field is ListField.NUMBER for each in differences):
        ours = filing.entered_on or filing.changed_on
    elif all(each.field is ListField.ENTERED_ON for each in differences) and filing.entered_on is None:
        return Standing.THEIRS_NEWER
    else:
        ours = filing.changed_on
    theirs = row.last_on
    is_theirs = theirs is not None and (ours is None or theirs > ours)
    return Standing.THEIRS_NEWER if is_theirs else Standing.OURS_NEWER


def _missing_there(rows: Sequence[PlatformRow], left: Sequence[KnownFiling]) -> Iterator[ComparedLine]:
    days = [row.entered_on for row in rows if row.entered_on is not None]
    first, last = min(days, default=None), max(days, default=None)
    for filing in left:
        day = filing.entered_on or filing.accepted_on
        if first is None or last is None or (day is not None and first <= day <= last):
            why = f"台账记的平台编号 {filing.platform_number}" if filing.platform_number else "尚未录入平台"
            yield ComparedLine(
                key=f"filing:{filing.filing_id}", standing=Standing.MISSING_THERE, filing=filing, why=why
            )
