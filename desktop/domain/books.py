"""The registers beside the ledger (登记簿), all of them, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.book import BookKind, BookSpec
from desktop.domain.book_accidents import ACCIDENT, ACCIDENT_TOTAL
from desktop.domain.book_activities import ACTIVITY, ATTENDANCE, SURVEY
from desktop.domain.book_insurance import CLAIM, INSURANCE, SERVICE
from desktop.domain.book_library import LIBRARY, TYPICAL_CASE
from desktop.domain.book_means import FUND, SUPERVISION

BOOKS: Final[Mapping[BookKind, BookSpec]] = {
    spec.kind: spec
    for spec in (
        ACTIVITY,
        ATTENDANCE,
        TYPICAL_CASE,
        LIBRARY,
        SURVEY,
        INSURANCE,
        ACCIDENT,
        CLAIM,
        SERVICE,
        ACCIDENT_TOTAL,
        FUND,
        SUPERVISION,
    )
}
# Fields that stand in columns of their own beside the values.
OF_ROW: Final = frozenset({"community", "organisation"})
LONGEST_TEXT: Final = 200
LONGEST_LONG_TEXT: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCriteria:
    """What a list of one register shows; None and empty leave a point open.  Days are inclusive."""

    first_on: date | None = None
    last_on: date | None = None
    community: str | None = None
    text: str = ""
    filing_id: int | None = None
