"""Where in the window a row behind a figure is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.measure import CountedRow, RowKind

KIND_WORDS: Final[Mapping[RowKind, str]] = LocalCatalogue(
    {
        RowKind.FILING: "登记件",
        RowKind.VISIT: "窗口办理",
        RowKind.FOUND_SITE: "未登记工地",
        RowKind.PATROL: "巡查",
        RowKind.HAZARD: "隐患",
        RowKind.TRANSFER: "移交",
        RowKind.REPORT: "投诉举报",
        RowKind.BOOK_ENTRY: "登记簿",
    },
    local,
)
# Rows that have a list of their own on the page 巡查, and the tab it stands in.
PATROL_LISTS: Final[Mapping[RowKind, str]] = {
    RowKind.HAZARD: "hazards",
    RowKind.FOUND_SITE: "found",
    RowKind.TRANSFER: "transfers",
    RowKind.REPORT: "reports",
}

# The tab of the page 统计 that has the entries of the books.
BOOKS: Final = "books"


def place_words(row: CountedRow) -> str:
    """Say where a row opens, empty where nothing more is known of it than its line."""
    if row.kind in PATROL_LISTS or row.kind is RowKind.BOOK_ENTRY:
        return f"到“{KIND_WORDS[row.kind]}”"
    return "打开一件一档" if row.filing_id is not None else ""
