"""Whether a form of an entry of a register that came is one that this program could have written; why not, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop.domain.book import BookKind
from desktop.domain.book_stored import is_stored_text, stored_fault
from desktop.domain.books import BOOKS
from desktop.domain.register_number import Series, parse_number

Row = Mapping[str, Any]


def entry_fault(row: Row) -> str:
    """Give why a form of an entry cannot be taken; empty when it fits.  Its columns are of the right types already."""
    spec = BOOKS[BookKind(row["kind"])]
    number = parse_number(row["number"])
    if number is None or number.series is not Series.BOOK or str(number) != row["number"]:
        return f"{spec.title}的编号写法不对。"
    # The first form gives the entry its name; a later one cannot be that of another entry.
    if row["version"] < 1 or (row["version"] == 1) != (row["uid"] == row["act_id"]):
        return f"{spec.title}的记录标识与第几稿不符。"
    if _is_half_ended(row):
        return f"{spec.title}的更正或者撤销记载不全。"
    if not is_stored_text(row["organisation"]) or not is_stored_text(row["community"]):
        return f"{spec.title}的单位或者社区写法不对。"
    return stored_fault(
        spec,
        json.loads(row["entry_values"]),
        day=row["happened_on"],
        organisation=row["organisation"],
        has_filing="filing_id" in row,
    )


def _is_half_ended(row: Row) -> bool:
    is_ended = "ended_at" in row
    return is_ended != bool(row["end_reason"]) or (bool(row["is_withdrawn"]) and not is_ended)
