"""Reading the wording of papers: titles, openings, duties with their articles, places to be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.pack_rules import PAPER_PLACES, Duty, PaperTexts
from desktop.domain.patrol_details import POINTS
from desktop.policy.condition_reader import ConditionReader
from desktop.policy.rule_readers import condition_of
from desktop.policy.table import Table

_PLACE = re.compile(r"\{(\w+)\}")


def papers_of(papers: Table, reader: ConditionReader) -> Mapping[str, PaperTexts]:
    """Read the wording of every paper; faults gather in the table's list."""
    if not papers.raw:
        return {}
    own = ConditionReader(reader.parameters, papers.faults, reader.named)
    read = {code: _paper(code, table, own) for code, table in papers.named_tables("papers")}
    papers.close()
    return read


def _paper(code: str, table: Table, reader: ConditionReader) -> PaperTexts:
    duties = []
    for entry in table.tables("duties"):
        duties.append(_duty(entry, reader))
        entry.close()
    paper = PaperTexts(
        code=code,
        title=table.text("title"),
        opening=table.text("opening", ""),
        duties=tuple(duties),
        closing=table.text("closing", ""),
        signatures=table.texts("signatures"),
        basis=table.text("article", ""),
    )
    _check_places(paper, table)
    _check_points(paper, table)
    table.close()
    return paper


def _check_points(paper: PaperTexts, table: Table) -> None:
    """Note points whose answers the program does not keep, and points that stand twice."""
    known, seen = POINTS.get(paper.code, ()), set[str]()
    for place, duty in enumerate(paper.duties):
        if known and duty.code not in known:
            table.fault(f"duties[{place}].code", f"没有名为 {duty.code} 的核查内容，可用：{'、'.join(known)}")
        elif duty.code and (not known or duty.code in seen):
            table.fault(f"duties[{place}].code", "重复的核查内容" if known else "这份文书没有核查内容")
        seen.add(duty.code)


def _check_places(paper: PaperTexts, table: Table) -> None:
    texts = (paper.title, paper.opening, paper.closing, *paper.signatures, *(duty.text for duty in paper.duties))
    for name in sorted({place for text in texts for place in _PLACE.findall(text)} - PAPER_PLACES):
        table.fault("", f"没有名为 {{{name}}} 的位置，可用：{'、'.join(sorted(PAPER_PLACES))}")


def _duty(table: Table, reader: ConditionReader) -> Duty:
    code = table.text("code", "")
    return Duty(text=table.text("text"), article=table.text("article", ""), when=condition_of(table, reader), code=code)
