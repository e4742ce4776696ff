"""The differences of two versions as a page: grouped by section, before and after side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Final

from desktop.domain.local_rules import in_brackets
from desktop.domain.pack_comparison import ChangedText, Difference, DifferenceKind
from desktop.domain.pack_version import PackVersionLine
from desktop.views.shared.chips import Tone
from desktop.views.theme import COLOURS

TONES: Final = {
    DifferenceKind.ADDED: Tone.GREEN,
    DifferenceKind.REMOVED: Tone.RED,
    DifferenceKind.CHANGED: Tone.AMBER,
}
NOTHING: Final = "两个版本没有差异。"


def titles(before: PackVersionLine, after: PackVersionLine) -> tuple[str, str]:
    """Say what stands on which side."""
    return f"原：{_titled(before)}", f"新：{_titled(after)}"


def keeping_words(after: PackVersionLine, kept: int, today: date) -> str:
    """Say what a day that has come already means for what was registered since; empty where it means nothing."""
    if after.effective_from is None or after.effective_from > today:
        return ""
    still = (
        f"自该日起已经受理的 {kept} 件按当时的版本办理，不重新判定。" if kept else "自该日起还没有按别的版本受理的件。"
    )
    begun = "已经到了" if after.effective_from < today else "就是今天"
    return f"{after.version} 的施行日期 {after.effective_from} {begun}：{still}"


def counted(differences: Sequence[Difference]) -> str:
    """Count the differences by kind."""
    said = [
        f"{kind.value} {count}" for kind in DifferenceKind if (count := sum(each.kind is kind for each in differences))
    ]
    return f"共 {len(differences)} 处：{'，'.join(said)}" if differences else NOTHING


def heading(difference: Difference) -> str:
    """Name one difference."""
    label = difference.label if difference.label != difference.name else difference.name
    return f"{label}{in_brackets(difference.article)}"


def plain_text(sides: tuple[str, str], differences: Sequence[Difference]) -> str:
    """Give the whole comparison as plain text."""
    return "\n".join(_plain_lines(sides, differences))


def difference_html(difference: Difference) -> str:
    """Give one difference as a table of both sides."""
    return f"{_heading_html(difference)}{_table_html(difference.texts)}"


def whole_html(sides: tuple[str, str], differences: Sequence[Difference], above: str = "") -> str:
    """Give the whole comparison as a page to be printed."""
    parts = [f"<h2>规则版本比较</h2><p>{escape(sides[0])}<br>{escape(sides[1])}</p><p>{counted(differences)}</p>"]
    if above:
        parts.append(f"<p>{escape(above)}</p>")
    for label, group in groupby(differences, key=lambda each: each.section_label):
        parts.append(f"<h3>{escape(label)}</h3>")
        parts += [difference_html(each) for each in group]
    return "".join(parts)


def _plain_lines(sides: tuple[str, str], differences: Sequence[Difference]) -> Iterator[str]:
    yield from (*sides, counted(differences))
    for label, group in groupby(differences, key=lambda each: each.section_label):
        yield f"\n{label}"
        for each in group:
            yield f"【{each.kind.value}】{heading(each)}"
            for text in each.texts:
                name = f"{text.label}：" if text.label else ""
                yield f"    {name}{text.before or '（无）'} → {text.after or '（无）'}"


def _heading_html(difference: Difference) -> str:
    tone = TONES[difference.kind]
    mark = f'<span style="color:{getattr(COLOURS, tone.value)}"><b>【{difference.kind.value}】</b></span>'
    return f"<p>{mark}<b>{escape(heading(difference))}</b></p>"


def _table_html(texts: Sequence[ChangedText]) -> str:
    rows = "".join(
        f'<tr><td width="16%" style="color:{COLOURS.ink_soft}">{escape(text.label)}</td>'
        f"{_cell(text.before, COLOURS.red_ground)}{_cell(text.after, COLOURS.green_ground)}</tr>"
        for text in texts
    )
    head = "<tr><td></td><td><b>原</b></td><td><b>新</b></td></tr>"
    return f'<table width="100%" cellspacing="2" cellpadding="4">{head}{rows}</table>'


def _cell(text: str, ground: str) -> str:
    said = escape(text).replace("\n", "<br>") or "（无）"
    return f'<td width="42%" bgcolor="{ground if text else COLOURS.paper}">{said}</td>'


def _titled(line: PackVersionLine) -> str:
    day = f"自 {line.effective_from} 起施行" if line.effective_from else "没有施行日期"
    return f"{line.version}（{line.state.label}，{day}）"
