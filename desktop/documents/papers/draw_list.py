"""The list of a random inspection and its results (抽查名单与结果）: numbered, and to be drawn again."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import (
    Block,
    Fact,
    FactTable,
    Heading,
    ItemTable,
    Paper,
    Paragraph,
    Shape,
    Signatures,
)
from desktop.documents.titles import TITLES
from desktop.documents.wording import day
from desktop.domain.acts import Office
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import PaperTexts
from desktop.domain.sampling import METHOD, NO_LONGER, Draw, InspectionResult, percent

RESULT_WORDS = {
    InspectionResult.IN_ORDER: "未发现问题",
    InspectionResult.PROBLEMS: "发现问题",
    InspectionResult.NOT_DONE: "未能检查",
}


def draw_list(draw: Draw, *, office: Office, pack: PolicyPack) -> Paper:
    """Compose the list as drawn, with room for the result, and with what it takes to draw it again."""
    return _paper("draw_list", draw, _list_blocks(draw, pack), office=office, pack=pack)


def draw_results(draw: Draw, *, office: Office, pack: PolicyPack, on: str) -> Paper:
    """Compose what the inspections came to up to a day (ISO 8601), with the rates."""
    return _paper("draw_results", draw, _result_blocks(draw, pack, on), office=office, pack=pack, on=on)


def _list_blocks(draw: Draw, pack: PolicyPack) -> Iterator[Block]:
    texts = _texts(pack, "draw_list")
    if texts.opening:
        yield Paragraph(text=texts.opening)
    yield FactTable(rows=tuple(_head(draw)))
    yield ItemTable(
        headers=(
            "序",
            local("登记编号"),
            "工程（作业）名称",
            "地点",
            "社区",
            "风险",
            local("业主"),
            "检查结果",
            "日期",
        ),
        rows=tuple(
            (
                str(row.ordinal),
                row.number,
                row.project_name,
                row.place,
                row.community,
                local("高风险") if row.is_high_risk else "",
                row.owner_name,
                "",
                "",
            )
            for row in draw.drawn
        ),
        widths=(8, 46, 48, 48, 22, 17, 36, 32, 18),
    )
    yield Heading(text="重新抽取所需的内容")
    yield Paragraph(text=local(METHOD), indent=False, small=True)
    yield Paragraph(text=f"种子：{draw.seed}", indent=False, small=True)
    if texts.closing:
        yield Paragraph(text=texts.closing, indent=False, small=True)
    yield Signatures(lines=texts.signatures or ("抽取人（签名）：", "监督人（签名）："))


def _result_blocks(draw: Draw, pack: PolicyPack, on: str) -> Iterator[Block]:
    texts, row = _texts(pack, "draw_results"), draw.row
    if texts.opening:
        yield Paragraph(text=texts.opening)
    yield FactTable(
        rows=(
            *_head(draw),
            (
                Fact(label="已检查", value=f"{row.inspected} 件，占能够被抽到的 {percent(row.inspected_share)}"),
                Fact(label="其中发现问题", value=f"{row.with_problems} 件"),
            ),
            (
                Fact(label="未能检查", value=f"{row.not_done} 件"),
                Fact(label="还没有结果", value=f"{row.waiting} 件（截至 {on}）"),
            ),
            *(((Fact(label=local("已注销、撤销，不再检查"), value=f"{row.no_longer} 件"),),) if row.no_longer else ()),
        )
    )
    yield ItemTable(
        headers=("序", local("登记编号"), "工程（作业）名称", "社区", "检查结果", "检查日期", "情况"),
        rows=tuple(
            (
                str(one.ordinal),
                one.number,
                one.project_name,
                one.community,
                RESULT_WORDS[one.result] if one.result is not None else NO_LONGER.get(one.status, "—"),
                one.inspected_on.isoformat() if one.inspected_on else "",
                one.note,
            )
            for one in draw.drawn
        ),
        widths=(8, 42, 56, 22, 24, 26, 62),
    )
    yield Signatures(lines=texts.signatures or ("填表人（签名）：", "负责人（签名）："))


def _head(draw: Draw) -> Iterator[tuple[Fact, ...]]:
    row = draw.row
    yield (
        Fact(label=local("登记期间"), value=f"{day(row.first_on)}至{day(row.last_on)}"),
        Fact(label="抽取日期", value=day(row.drawn_on)),
    )
    yield (Fact(label="范围", value=row.population), Fact(label="抽取人", value=row.drawn_by))
    yield (
        Fact(label="能够被抽到的", value=f"{row.frame_size} 件"),
        Fact(label="抽出", value=f"{row.size} 件（要求 {percent(row.share)}，实际 {percent(row.drawn_share)}）"),
    )


def _texts(pack: PolicyPack, code: str) -> PaperTexts:
    return pack.papers.get(code) or PaperTexts(code=code, title=TITLES[code])


def _paper(code: str, draw: Draw, blocks: Iterator[Block], *, office: Office, pack: PolicyPack, on: str = "") -> Paper:
    shape: Shape = "wide"
    return Paper(
        code=code,
        title=_texts(pack, code).title,
        number=draw.row.number,
        issuer="\n".join(part for part in (office.street_name, office.window) if part),
        template_version=f"{pack.id} {pack.version} · {code}",
        shape=shape,
        blocks=tuple(blocks),
        foot=(f"规则：{pack.banner_on(draw.row.drawn_on) or pack.title}",),
        issued_on=on or draw.row.drawn_on.isoformat(),
    )
