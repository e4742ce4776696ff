"""Writes what a version of the rules would change as a workbook: the counts on a cover, and the list."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop.domain.dry_run import ChangeKind, DryRun
from desktop.exchange.fit_text import fit
from desktop.exchange.open_book import open_book

_HEADS: Final = ("编号", "申报日期", "社区", "类型", "原规则版本", "变化", "现在", "试算以后", "依据")
_WIDTHS: Final = (24, 12, 16, 24, 16, 10, 36, 36, 24)


def write_dry_run(file: Path, result: DryRun) -> None:
    """Write the counts and the list; raises ``OSError``."""
    with open_book(file) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        cover = book.add_worksheet("合计")
        cover.set_column(0, 1, 28)
        cover.set_column(2, 2, 40)
        lines: list[tuple[str | int, ...]] = [
            ("规则版本", f"{result.pack_id} {result.version}"),
            ("申报日期", f"{result.first_on} 至 {result.last_on}"),
            ("试算件数", result.judged),
            ("有变化的件数", len(result.rows)),
            ("未能试算的件数", result.unreadable),
            *((f"其中：{kind.label}", result.count(kind)) for kind in ChangeKind),
            (),
            ("变化", "现在", "试算以后", "件数"),
            *((kind.label, before, after, count) for (kind, before, after), count in result.transitions.items()),
            (),
            ("试算不改动任何登记；已经登记的件仍按受理时的规则版本办理。",),
        ]
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                cover.write(row, column, fit(value) if isinstance(value, str) else value)
        listed = book.add_worksheet("逐件清单")
        for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            listed.set_column(column, column, width)
            listed.write(0, column, head, bold)
        place = 0
        for one in result.rows:
            for change in one.changes:
                place += 1
                cells = (one.number, str(one.filed_on), one.community, one.category, one.version)
                told = (change.kind.label, change.before, change.after, change.article)
                for column, text in enumerate((*cells, *told)):
                    listed.write_string(place, column, fit(text), wrapped)
        listed.freeze_panes(1, 0)
        listed.autofilter(0, 0, max(place, 1), len(_HEADS) - 1)
