"""Items of a check list between the words of a sheet and their codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from desktop.domain.check_lists import CheckItem, CheckList, HazardEntry
from desktop.domain.patrol import CheckAnswer, CheckVerdict
from desktop.domain.patrol_sheet import SheetAnswer, SheetColumn, SheetRow
from desktop.domain.search_keys import normalise

_LEAST: Final = 2  # characters of a part of an item's words that still mean something
_MOST_DIGITS: Final = 4


def answers_in(
    row: SheetRow, check_list: CheckList | None, entries: Sequence[HazardEntry]
) -> tuple[tuple[CheckAnswer, ...], tuple[tuple[SheetColumn, str], ...]]:
    """Give the answers that a line holds, and what of it names no item, with the cure."""
    answers: dict[str, CheckAnswer] = {}
    troubles: list[tuple[SheetColumn, str]] = []
    words = {entry.code: entry.label for entry in entries}
    for column, verdict, said in _said(row):
        found = _named(said.item, check_list.items if check_list else (), words)
        if len(found) == 1:
            answers[found[0].code] = CheckAnswer(item=found[0].code, verdict=verdict, remark=said.remark)
        elif found:
            troubles.append((column, f"“{said.item}”可以是：{'；'.join(item.label for item in found[:3])}。请写全"))
        else:
            name = f"《{check_list.label}》" if check_list else "检查表"
            troubles.append((column, f"{name}里没有“{said.item}”，请照“检查项目”一页填写，其他问题写在备注里"))
    return tuple(answers.values()), tuple(troubles)


def said_in(
    answers: Sequence[CheckAnswer], check_list: CheckList | None, verdict: CheckVerdict
) -> tuple[SheetAnswer, ...]:
    """Give the answers of one verdict in the words of the sheet."""
    labels: Mapping[str, str] = {item.code: item.label for item in check_list.items} if check_list else {}
    return tuple(
        SheetAnswer(item=labels.get(answer.item, answer.item), remark=_plain(answer.remark))
        for answer in answers
        if answer.verdict is verdict
    )


def _said(row: SheetRow) -> Iterator[tuple[SheetColumn, CheckVerdict, SheetAnswer]]:
    for text in row.not_applicable:
        yield SheetColumn.NOT_APPLICABLE, CheckVerdict.NOT_APPLICABLE, SheetAnswer(item=text)
    for answer in row.failed:
        yield SheetColumn.FAILED, CheckVerdict.FAILED, answer


def _named(text: str, items: Sequence[CheckItem], words: Mapping[str, str]) -> list[CheckItem]:
    """Find what is meant: the item's place in the list, its code or words, else a part of them or of its hazard's."""
    key = normalise(text)
    if text.isascii() and text.isdecimal():
        place = int(text) if len(text) < _MOST_DIGITS else 0
        return [items[place - 1]] if 1 <= place <= len(items) else []
    whole = [item for item in items if key in (normalise(item.code), normalise(item.label))]
    if whole or len(key) < _LEAST:
        return whole
    by_hazard = [item for item in items if item.entry and normalise(words.get(item.entry, "")) == key]
    return by_hazard or [item for item in items if key in normalise(item.label)]


def _plain(remark: str) -> str:
    """Give a remark without what parts the items of a cell."""
    return remark.replace("；", "，").replace(";", ",")
