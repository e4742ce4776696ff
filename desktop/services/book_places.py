"""What an entry of a register names, found in the ledger: registrations, firms, entries of other registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import FieldFault
from desktop.domain.book import BookKind, BookSpec, BookValue, FieldSpec, FieldType
from desktop.domain.book_reading import ReadEntry
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.register_number import parse_number
from desktop.domain.search_keys import normalise
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing, FilingNumber
from desktop.models.firm import Firm

# Kept in columns of their own, or found again through one.
_BESIDE = frozenset({"community", "organisation", "filing"})
_SHORTEST_CODE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEntry:
    """An entry with what it names: ``values`` holds only what no column holds."""

    values: Mapping[str, BookValue]
    community: str
    organisation: str
    filing_id: int | None
    firm_id: int | None


def placed(
    session: Session, spec: BookSpec, read: ReadEntry, *, communities: Sequence[str]
) -> tuple[PlacedEntry, tuple[FieldFault, ...]]:
    """Find what an entry names; gives it with all faults, those of reading first.

    What the one at work may not see counts as not there.
    """
    finding = _Finding(session, spec, dict(read.values))
    finding.find(communities)
    entry = PlacedEntry(
        values={key: value for key, value in finding.values.items() if key not in _BESIDE},
        community=finding.text("community"),
        organisation=finding.text("organisation"),
        filing_id=finding.filing.id if finding.filing is not None else finding.filing_id,
        firm_id=finding.firm_id,
    )
    return entry, (*read.faults, *finding.faults)


class _Finding:
    """One entry while what it names is looked for."""

    def __init__(self, session: Session, spec: BookSpec, values: dict[str, BookValue]) -> None:
        self._session, self._spec = session, spec
        self.values = values
        self.faults: list[FieldFault] = []
        self.filing: Filing | None = None
        self.filing_id: int | None = None
        self.firm_id: int | None = None
        self._taken_over: list[str] = []  # communities of what the entry names, known to the ledger whatever the list

    def text(self, key: str) -> str:
        """Give a text of the entry, empty when there is none."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def find(self, communities: Sequence[str]) -> None:
        """Look for everything the entry names."""
        of_type = {
            FieldType.FILING: self._find_filing,
            FieldType.FIRM: self._find_firm,
            FieldType.ENTRY: self._find_entry,
        }
        for field in self._spec.fields:
            if field.type in of_type and self.text(field.key):
                of_type[field.type](field)
        self._find_community((*communities, *self._taken_over))
        if self._spec.kind is BookKind.TYPICAL_CASE and self.filing is not None:
            self._keep_names_out(self.filing)

    def _find_filing(self, field: FieldSpec) -> None:
        number = parse_number(self.text(field.key))
        asked = select(Filing).join(FilingNumber, FilingNumber.filing_id == Filing.id)
        wanted = str(number) if number is not None else self.text(field.key)
        self.filing = self._session.scalars(asked.where(FilingNumber.number == wanted)).first()
        if self.filing is None:
            self._fault(field.key, local("台账中没有这个编号，或者不在本人的范围内；没有登记的请留空"))

    def _find_firm(self, field: FieldSpec) -> None:
        typed = self.text(field.key)
        key = normalise(typed)
        by_code = self._session.scalars(select(Firm).where(Firm.number_key == key)).first()
        found = [by_code] if by_code else list(self._session.scalars(select(Firm).where(Firm.name_key == key)))
        if len(found) == 1:
            self.firm_id, self.values[field.key] = found[0].id, found[0].name
        elif found:
            self._fault(field.key, "名录里有几家同名的，请改填统一社会信用代码")
        elif cover_numbers(typed) != typed or (len(key) >= _SHORTEST_CODE and key.isascii()):
            self._fault(field.key, "名录里没有这个代码，请先登入名录，或者填名称")

    def _find_entry(self, field: FieldSpec) -> None:
        number = parse_number(self.text(field.key))
        asked = select(BookEntry).where(BookEntry.number == str(number), BookEntry.ended_at.is_(None))
        kind = field.of_book.value if field.of_book is not None else ""
        entry = self._session.scalars(asked.where(BookEntry.kind == kind)).first() if number is not None else None
        if entry is None:
            self._fault(field.key, "登记簿里没有这个编号，请从事故登记簿复制编号")
            return
        self.values[field.key] = entry.number
        self.filing_id = entry.filing_id
        if entry.community:
            self._taken_over.append(entry.community)
            if not self.text("community"):
                self.values["community"] = entry.community

    def _find_community(self, communities: Sequence[str]) -> None:
        typed = self.text("community")
        if self.filing is not None and self.filing.community:
            if typed and typed != self.filing.community:
                self._fault("community", f"{local('登记件')}在“{self.filing.community}”，请核对社区或者编号")
            self.values["community"] = self.filing.community
        elif typed and communities and typed not in communities:
            self._fault("community", f"受理点的社区名单里没有“{typed}”，请核对名称")

    def _keep_names_out(self, filing: Filing) -> None:
        names = [name for name in (filing.owner_name, filing.contractor_name) if len(name) > 1]
        for key in ("title", "summary", "lesson"):
            if any(name in self.text(key) for name in names):
                self._fault(key, local("印发的文字里有业主或者施工单位的名称，请改为“某业主”“某企业”"))

    def _fault(self, field: str, message: str) -> None:
        self.faults.append(FieldFault(field=field, code="unfit", message=message))
