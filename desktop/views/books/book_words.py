"""The whole of one entry in words, below the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.book import BookRow, BookSpec, FieldType
from desktop.domain.book_values import shown

_BETWEEN: Final = "　　"
_MOST_TRAININGS: Final = 3


def page_of(spec: BookSpec, row: BookRow) -> str:
    """Give number, who wrote it and when, then every field that says something; long texts on lines of their own."""
    return "\n".join(_lines(spec, row))


def _lines(spec: BookSpec, row: BookRow) -> Iterator[str]:
    put_right = f"（第 {row.version} 稿，更正过）" if row.version > 1 else ""
    yield f"{row.number}{_BETWEEN}{row.recorded_by} {row.recorded_at.astimezone():%Y-%m-%d %H:%M} 记{put_right}"
    short = [
        f"{field.label}：{shown(field, row.values[field.key])}{field.unit}"
        for field in spec.fields
        if field.key in row.values and field.type is not FieldType.LONG_TEXT
    ]
    yield _BETWEEN.join(short)
    for field in spec.fields:
        if field.type is FieldType.LONG_TEXT and field.key in row.values:
            yield f"{field.label}：{shown(field, row.values[field.key])}"


def attendance_words(rows: Sequence[BookRow]) -> str:
    """Say the last trainings a firm or craftsman attended, and how many there were."""
    if not rows:
        return "○ 参训：没有记录"
    told = "；".join(_training(row) for row in rows[:_MOST_TRAININGS])
    return f"● 参训 {len(rows)} 次：{told}"


def _training(row: BookRow) -> str:
    persons = row.values.get("persons")
    parts = (
        row.happened_on.isoformat(),
        str(row.values.get("topic", "")),
        f"{persons} 人" if persons else "",
        str(row.values.get("result", "")),
    )
    return " ".join(part for part in parts if part)
