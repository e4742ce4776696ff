"""Which identity document a person's number is of, where the form has no field for its kind."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from desktop.domain.checked import Checked, compact
from desktop.domain.identifiers import check_identity
from desktop.domain.walk_in import IdKind

# In this order; what fits none of them is taken for a resident ID number, so that a slip in one is found.
_FORMS: Final = (
    (IdKind.HK_MACAO_PERMIT, re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})")),
    (IdKind.TAIWAN_PERMIT, re.compile(r"[0-9]{8}")),
    (IdKind.FOREIGN_RESIDENT_ID, re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]")),
    # One or two letters and digits as most countries number; nine digits as some do.
    (IdKind.PASSPORT, re.compile(r"[A-Z]{1,2}[0-9]{6,9}|[0-9]{9}")),
)


def document_of(text: str) -> IdKind:
    """Recognise the document by the form of its number; a residence permit of 港澳台居民 counts as resident ID."""
    number = compact(text)
    return next((kind for kind, form in _FORMS if form.fullmatch(number)), IdKind.RESIDENT_ID)


def check_person_document(text: str, today: date) -> Checked:
    """Check a person's number as that of the document it looks like; only some have a check symbol."""
    return check_identity(document_of(text), text, today)
