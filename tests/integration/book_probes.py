"""How the registers are asked for a filing that the caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from desktop.domain.book import BookDraft, BookKind
from desktop.domain.books import BookCriteria
from desktop.services.desk import Desk

_Probe = Callable[[Desk, Any], Any]


def _policy(target: Any) -> BookDraft:
    texts = {
        "filing": target.number,
        "kind": "安责险",
        "insurer": "鹏安财产保险",
        "policy_number": "P1",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    }
    return BookDraft(kind=BookKind.INSURANCE, texts=texts)


BOOK_LISTS: Mapping[str, _Probe] = {
    "books.all": lambda desk, t: desk.books.all(BookKind.INSURANCE, BookCriteria(filing_id=t.id)),
    "books.insurance_warnings": lambda desk, t: [
        each for each in desk.books.insurance_warnings() if each.filing_id == t.id
    ],
}
BOOK_ACTS: Mapping[str, _Probe] = {
    "books.write": lambda desk, t: desk.books.write(_policy(t), act_id=str(uuid4())),
    "books.insurance_of": lambda desk, t: desk.books.insurance_of(t.id),
}
BOOK_OTHERS: Mapping[str, str] = {
    "books.attendances": "of a firm of the register: gated rows, proved with the registers",
    "books.case_pdf": "by the entry's id: gated rows, proved with the registers",
    "books.entry": "by the entry's id: gated rows, proved with the registers",
    "books.faults": "finds what the caller may see, proved with the registers",
    "books.forms": "by the entry's id: gated rows, proved with the registers",
    "books.list_pdf": "the rows that books.all gives",
    "books.may_write": "says what the caller may",
    "books.plan_sheet": "a file of the caller's own; places outside the scope are faults, proved with the registers",
    "books.put_right": "by the entry's id: gated rows, proved with the registers",
    "books.save_sheet": "the rows that books.all gives, proved with the registers",
    "books.specs": "rules",
    "books.take_sheet": "writes only within the caller's scope, proved with the registers",
    "books.template": "an empty sheet",
    "books.training_year": "counts of gated rows, proved with the registers",
    "books.withdraw": "by the entry's id: gated rows, proved with the registers",
}
