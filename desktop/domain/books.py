"""The registers beside the ledger (登记簿), all of them, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from desktop.domain.book import BookKind, BookSpec, FieldSpec
from desktop.domain.book_accidents import ACCIDENT, ACCIDENT_TOTAL
from desktop.domain.book_activities import ACTIVITY, ATTENDANCE, SURVEY
from desktop.domain.book_insurance import CLAIM, INSURANCE, SERVICE
from desktop.domain.book_library import LIBRARY, TYPICAL_CASE
from desktop.domain.book_means import FUND, SUPERVISION
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import article, local


def _said(spec: BookSpec) -> BookSpec:
    """Say a register in the words of the place; its title names the register, not the registration."""
    return replace(
        spec,
        article=article(f"book.{spec.kind.value}"),
        fields=tuple(_said_field(spec.kind, each) for each in spec.fields),
        empty=local(spec.empty),
    )


def _said_field(kind: BookKind, field: FieldSpec) -> FieldSpec:
    """Say a field so that sheets may also use the words of the program."""
    said = tuple((code, local(word)) for code, word in field.choices)
    plain = tuple((word, code) for code, word in field.choices if local(word) != word)
    heads = (field.label,) if local(field.label) != field.label else ()
    return replace(
        field,
        label=local(field.label),
        choices=said,
        help=local(field.help),
        article=article(f"book.{kind.value}_{field.key}"),
        heads=(*heads, *field.heads),
        aliases=(*field.aliases, *plain),
    )


BOOKS: Final[Mapping[BookKind, BookSpec]] = LocalCatalogue(
    {
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
    },
    _said,
)
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
