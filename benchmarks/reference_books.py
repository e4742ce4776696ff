"""The registers beside the reference ledger, in the numbers that 湖里 published; places and firms are invented.

Written through the program itself, entry by entry, as a clerk would type them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from desktop.domain.book import BookDraft, BookKind
from desktop.services.desk import Desk

# Trained: 1,100 person-times within a year; leaflets: 3,000; money in yuan.
TRAINED: Final = (180, 220, 160, 240, 140, 160)
COPIES: Final = (1_200, 1_000, 800)
FUNDS: Final[Mapping[int, int]] = {2023: 6_950_000, 2024: 7_820_000}
# Year, works, type, how many.
ACCIDENTS: Final = (
    (2023, "small_work", "fall", 4),
    (2023, "small_work", "machinery", 1),
    (2024, "small_work", "fall", 2),
    (2024, "minor_operation", "fall", 6),
)
_STREET: Final = "坪安街道办事处"
_COMMUNITIES: Final = ("坪安社区", "新禾社区")


def write_books(desk: Desk) -> None:
    """Write the entries; raises ``ClerkError`` for one that the registers do not take."""
    for place, draft in enumerate(_drafts()):
        desk.books.write(draft, act_id=f"bench-book-{place}")


def _drafts() -> Iterator[BookDraft]:
    for place, persons in enumerate(TRAINED, 1):
        of_training = {"kind": "training", "topic": "登记和巡查业务", "audience": "网格员、安全员"}
        yield _activity(f"2024-{place * 2:02}-12", **of_training, persons=str(persons))
    for place, copies in enumerate(COPIES, 1):
        yield _activity(f"2024-{place * 3:02}-20", kind="publicity", topic="登记须知折页", copies=str(copies))
    yield _activity("2024-06-16", kind="media", topic="安全宣教短片", channel="街道公众号", reach="12000")
    for year, amount in FUNDS.items():
        of_year = {"year": str(year), "year_from": f"{year}-01-20", "organisation": _STREET}
        yield _draft(BookKind.FUND, amount=str(amount), purpose="专职巡查队伍和平台", **of_year)
    for year, works, kind, count in ACCIDENTS:
        for place in range(count):
            yield _accident(f"{year}-{3 + place}-{8 + len(works) % 7:02}", works, kind, place)


def _activity(on: str, **texts: str) -> BookDraft:
    return _draft(BookKind.ACTIVITY, happened_on=on, level="street", organisation=_STREET, **texts)


def _accident(on: str, works: str, kind: str, place: int) -> BookDraft:
    given = {"dead": "1" if place == 0 else "0", "injured": "0" if place == 0 else "1", "is_registered": "否"}
    where = {"community": _COMMUNITIES[place % 2], "place": f"坪安路{place + 1}号"}
    told = {"state": "closed", "summary": "作业时未采取防护措施。", "result": "已按规定处理。"}
    return _draft(BookKind.ACCIDENT, happened_on=on, works=works, type=kind, **given, **where, **told)


def _draft(book: BookKind, /, **texts: str) -> BookDraft:
    return BookDraft(kind=book, texts=texts)
