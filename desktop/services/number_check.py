"""Whether the numbers of every series run from one to the last taken, each held once or explained (作废).

Numbers of other stations came with their packages; whether theirs run on is for them to check.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.register_number import RegisterNumber, Series, parse_number
from desktop.domain.trail import Finding, FindingKind
from desktop.models.book_entry import BookEntry
from desktop.models.desk_rows import Setting
from desktop.models.filing import FilingNumber, FilingVisit
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.issued_document import IssuedDocument
from desktop.models.order import Order
from desktop.models.public_report import PublicReport
from desktop.models.random_draw import RandomDraw
from desktop.models.record import SequenceRow, VoidNumber
from desktop.models.registration_life import CloseOut, Extension, RegistrationChange, Revocation
from desktop.models.transfer import Transfer
from desktop.services.station import OFFICE_KEY

_MOST_NAMED: Final = 20
# Wherever a number that was taken may stand.
_HOLDERS: Final = (
    FilingNumber.number,
    FilingVisit.number,
    IssuedDocument.number,
    Order.number,
    Hazard.number,
    FoundSite.number,
    Transfer.number,
    PublicReport.number,
    RandomDraw.number,
    Extension.number,
    RegistrationChange.number,
    CloseOut.number,
    Revocation.number,
    BookEntry.number,
)


@dataclass(frozen=True, slots=True)
class _Run:
    station: str
    series: str
    year: int

    def number(self, serial: int) -> str:
        """Write one number of the run."""
        return str(RegisterNumber(office_code=self.station, series=Series(self.series), year=self.year, serial=serial))


def check_numbers(session: Session) -> tuple[int, tuple[Finding, ...]]:
    """Count the numbers looked at and name the missing, the doubled and those beyond the last taken."""
    held, void = _held(session), _void(session)
    last = {_Run(row.station, row.series, row.year): row.last for row in session.scalars(select(SequenceRow))}
    findings: list[Finding] = []
    own = _own_codes(session, last)
    for run in sorted({*held, *last}, key=lambda run: (run.station, run.series, run.year)):
        if run.station not in own:
            continue
        findings.extend(_faults(run, held[run], void[run], last.get(run, 0)))
    findings.extend(_twice(session))
    return sum(len(serials) for serials in held.values()), tuple(findings)


def _own_codes(session: Session, last: Iterable[_Run]) -> set[str]:
    """Give the codes under which this ledger gives numbers, now or formerly."""
    office = session.get(Setting, OFFICE_KEY)
    return {run.station for run in last} | ({str(office.value.get("code", ""))} if office is not None else set())


def _faults(run: _Run, held: set[int], void: set[int], last: int) -> Iterator[Finding]:
    label = _label(run)
    missing = [serial for serial in range(1, last + 1) if serial not in held and serial not in void]
    for serial in missing[:_MOST_NAMED]:
        said = "没有任何申报件持有，也没有作废登记。"
        yield Finding(kind=FindingKind.NUMBER_MISSING, about=f"{label} {_written(run, serial)}", said=said)
    if len(missing) > _MOST_NAMED:
        said = f"另有 {len(missing) - _MOST_NAMED} 个号没有下落。"
        yield Finding(kind=FindingKind.NUMBER_MISSING, about=f"{label} {run.station} {run.year}", said=said)
    for serial in sorted(held & void):
        said = "已作废，却又有申报件持有。"
        yield Finding(kind=FindingKind.NUMBER_TWICE, about=f"{label} {_written(run, serial)}", said=said)
    beyond = sorted(serial for serial in held if serial > last)
    for serial in beyond[:_MOST_NAMED]:
        said = f"大于取号记录的末号 {last}：取号记录被改小，或者该号是另加的。"
        yield Finding(kind=FindingKind.NUMBER_BEYOND, about=f"{label} {_written(run, serial)}", said=said)


def _twice(session: Session) -> Iterator[Finding]:
    """Name numbers that two filings hold, by whatever table they hold them."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, filing_id in session.execute(select(FilingNumber.number, FilingNumber.filing_id)):
        holders[number].add(filing_id)
    for number, filing_id in session.execute(select(FilingVisit.number, FilingVisit.filing_id)):
        holders[number].add(filing_id)
    for number, by in sorted(holders.items()):
        if len(by) > 1:
            said = f"为 {len(by)} 件申报件同时持有。"
            yield Finding(kind=FindingKind.NUMBER_TWICE, about=f"编号 {number}", said=said)
    counted = Counter(session.scalars(select(FilingVisit.number)))
    for number, count in counted.items():
        if count > 1:
            yield Finding(kind=FindingKind.NUMBER_TWICE, about=f"编号 {number}", said=f"给出过 {count} 次。")


def _held(session: Session) -> dict[_Run, set[int]]:
    runs: dict[_Run, set[int]] = defaultdict(set)
    for column in _HOLDERS:
        for number in session.scalars(select(column).distinct()):
            _put(runs, number)
    return runs


def _void(session: Session) -> dict[_Run, set[int]]:
    runs: dict[_Run, set[int]] = defaultdict(set)
    for number in session.scalars(select(VoidNumber.number)):
        _put(runs, number)
    return runs


def _put(runs: dict[_Run, set[int]], number: str) -> None:
    parsed = parse_number(str(number))
    # What is written otherwise was never given by this program: a number of an old ledger may look like one.
    if parsed is not None and str(parsed) == str(number):
        runs[_Run(parsed.office_code, parsed.series.value, parsed.year)].add(parsed.serial)


def _label(run: _Run) -> str:
    known = {series.value: series.label for series in Series}
    return f"{known.get(run.series, run.series)}编号"


def _written(run: _Run, serial: int) -> str:
    try:
        return run.number(serial)
    except ValueError:
        return f"{run.station}-{run.series}-{run.year}-{serial}"  # a series somebody wrote by hand
