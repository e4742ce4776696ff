"""The daily closing sheet (日结单): what the day came to, and the head of the chain, to be kept on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import (
    Block,
    ChainHead,
    Fact,
    FactTable,
    Heading,
    ItemTable,
    Paper,
    Paragraph,
    Signatures,
)
from desktop.documents.wording import day
from desktop.domain.closing import DayFacts
from desktop.domain.local_rules import local
from desktop.domain.trail import grouped

CODE: Final = "closing_sheet"
TITLE: Final = "日结单"
_WHY: Final = (
    "链头是截至打印时全部审计记录的校验值。妥善保存本页：以后任何人改动、删去或者整段换掉此前的记录，"
    "或者用更早的备份替换台账，用本页的条数和链头核验即可发现。"
)
_NOTHING: Final = "当日没有发生。"


def closing_sheet(facts: DayFacts) -> Paper:
    """Compose the sheet of one day."""
    office = facts.office
    return Paper(
        code=CODE,
        title=TITLE,
        number=facts.number,
        issuer="\n".join(dict.fromkeys((office.street_name, f"{office.station_name}{office.window}"))),
        template_version=CODE,
        shape="form",
        blocks=tuple(_blocks(facts)),
        foot=(local("本页供内部核对和存档，不含申请人信息，不作为登记凭据。"),),
        issued_on=facts.day.isoformat(),
    )


def _blocks(facts: DayFacts) -> Iterator[Block]:
    yield FactTable(
        rows=(
            (
                Fact(label="日期", value=f"{day(facts.day)}（第 {facts.ordinal} 次）"),
                Fact(label="打印时间", value=f"{facts.made_at.astimezone():%Y-%m-%d %H:%M:%S}"),
            ),
            (Fact(label="打印人", value=facts.made_by), Fact(label="编号代码", value=facts.office.code)),
        )
    )
    yield Heading(text="当日编号")
    yield from _runs(facts)
    yield Heading(text="当日办理和操作")
    yield from _acts(facts)
    yield Heading(text="核对事项")
    pairs = [Fact(label=label, value=value) for label, value in facts.tallies]
    yield FactTable(rows=tuple(tuple(pairs[start : start + 2]) for start in range(0, len(pairs), 2)))
    yield Heading(text=f"审计链：{facts.event_count} 条，链头")
    yield ChainHead(groups=tuple(grouped(facts.head_mac).split()), whole=f"{facts.event_count} {facts.head_mac}")
    yield Paragraph(text=_WHY, small=True)
    yield Signatures(lines=("打印人：", "复核人："))


def _runs(facts: DayFacts) -> Iterator[Block]:
    if not facts.runs:
        yield Paragraph(text=_NOTHING, indent=False)
        return
    rows = tuple(
        (run.label, run.first or "—", run.last or "—", str(run.count), "、".join(run.void) or "无")
        for run in facts.runs
    )
    yield ItemTable(headers=("编号种类", "起", "止", "个数", "作废"), rows=rows, widths=(34, 46, 46, 14, 30))


def _acts(facts: DayFacts) -> Iterator[Block]:
    if not facts.acts:
        yield Paragraph(text=_NOTHING, indent=False)
        return
    rows = []
    for act in dict.fromkeys(entry.act for entry in facts.acts):
        people = [(entry.who or "（未登录）", entry.count) for entry in facts.acts if entry.act == act]
        who = people[0][0] if len(people) == 1 else "、".join(f"{name} {count}" for name, count in people)
        rows.append((act, who, str(sum(count for _name, count in people))))
    yield ItemTable(headers=("事项", "经办人", "次数"), rows=tuple(rows), widths=(50, 100, 20))
