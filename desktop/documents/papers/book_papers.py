"""Papers of the registers: the list of one, and the summary of a typical case that names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, Fact, FactTable, Heading, ItemTable, Paper, Paragraph, Signatures
from desktop.documents.papers.office_list import office_list
from desktop.documents.wording import day
from desktop.domain.acts import Office
from desktop.domain.book import BookRow, BookSpec, FieldSpec, FieldType
from desktop.domain.book_values import shown

CASE: Final = "typical_case"
LIST: Final = "book_list"
_NUMBER: Final = 50
_TEXT: Final = 36
_MAIN: Final = 52  # of the text that says what an entry is about
_SAYS_WHAT: Final = frozenset({"topic", "title", "subject", "purpose"})
_WIDTHS: Final = {
    FieldType.DAY: 26,
    FieldType.COUNT: 20,
    FieldType.MONEY: 28,
    FieldType.CHOICE: 22,
    FieldType.COMMUNITY: 22,
    FieldType.YES_NO: 14,
    FieldType.LONG_TEXT: 60,
    FieldType.FILING: _NUMBER,
    FieldType.ENTRY: _NUMBER,
}


def book_list(spec: BookSpec, rows: Sequence[BookRow], *, said: str, office: Office, on: date) -> Paper:
    """Compose the list of a register; ``said`` is what was looked for."""
    return replace(_paper(LIST, spec.title, office, on, _listed(spec, rows, said)), shape="wide")


def typical_case(row: BookRow, spec: BookSpec, *, works: str, office: Office, on: date) -> Paper:
    """Compose the summary for firms and communities: no number, name or house; ``works`` is the kind of works."""
    return _paper(CASE, "典型案例摘要", office, on, tuple(_case(row, spec, works)))


def _listed(spec: BookSpec, rows: Sequence[BookRow], said: str) -> tuple[Block, ...]:
    fields = [spec.spec_of(key) for key in spec.columns]
    basis = (Fact(label="依据", value=spec.article),) if spec.article else ()
    head = FactTable(rows=((Fact(label="范围", value=said), *basis),))
    if not rows:
        return head, Paragraph(text="没有记录。")
    table = ItemTable(
        headers=("编号", *(_heading(field) for field in fields)),
        rows=tuple((row.number, *(shown(field, row.values.get(field.key)) for field in fields)) for row in rows),
        widths=(_NUMBER, *map(_width, fields)),
    )
    note = Paragraph(text=f"共 {len(rows)} 条。", indent=False, small=True)
    return head, table, note, Signatures(lines=("制表人（签名）：", "审核人（签名）："))


def _width(field: FieldSpec) -> int:
    return _WIDTHS.get(field.type, _MAIN if field.key in _SAYS_WHAT else _TEXT)


def _heading(field: FieldSpec) -> str:
    return f"{field.label}（{field.unit}）" if field.type is FieldType.MONEY else field.label


def _case(row: BookRow, spec: BookSpec, works: str) -> Iterator[Block]:
    def text(key: str) -> str:
        return shown(spec.spec_of(key), row.values.get(key))

    facts = [("案例名称", text("title")), ("工程类别", works), ("发布单位", row.organisation)]
    facts.append(("发布日期", day(row.happened_on)))
    yield FactTable(rows=tuple((Fact(label=label, value=value),) for label, value in facts if value))
    for title, key in (("案情摘要", "summary"), ("警示要点", "lesson")):
        if text(key):
            yield Heading(text=title)
            for part in text(key).splitlines():
                yield Paragraph(text=part)
    note = "本摘要供学习警示，已隐去当事人的姓名、名称和具体地点。"
    yield Paragraph(text=note, indent=False, small=True)


def _paper(code: str, title: str, office: Office, on: date, blocks: tuple[Block, ...]) -> Paper:
    return office_list(code, title, family="book", office=office, on=on, blocks=blocks)
