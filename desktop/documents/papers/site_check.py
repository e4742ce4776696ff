"""The first check of high-risk works: managers, scheme, briefing, separation, certificates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper
from desktop.documents.papers.on_site import (
    CheckedLine,
    PatrolOnPaper,
    answered,
    as_typed,
    boxes,
    duty_rows,
    sheet_of,
    visit_head,
)
from desktop.documents.papers.patrol_record import check_tables, hazard_table
from desktop.documents.site_paper import Row, SitePaper, closing, opening, row, signatures
from desktop.documents.wording import day
from desktop.domain.local_rules import local
from desktop.domain.masking import mask_certificate, mask_phone
from desktop.domain.patrol_details import FirstCheckDetails, SchemeCheck, SiteManager

CODE: Final = "site_check_record"
SCHEME: Final = "site_check_scheme"
MANNER: Final = "site_check_manner"
CERTIFICATES: Final = "site_check_certificates"
_BLANK_DAY: Final = "　　　年　　月　　日"


def site_check_record(
    ctx: SitePaper, patrol: PatrolOnPaper | None = None, *, lines: Sequence[CheckedLine] = ()
) -> Paper:
    """Compose the record of one first check, or a blank; ``lines`` are further points of the blank."""
    return sheet_of(ctx, CODE, _blocks(ctx, patrol, patrol.lines if patrol else lines))


def _blocks(ctx: SitePaper, patrol: PatrolOnPaper | None, lines: Sequence[CheckedLine]) -> Iterator[Block]:
    details = patrol.details if patrol and isinstance(patrol.details, FirstCheckDetails) else None
    is_blank = details is None
    own = details or FirstCheckDetails()
    yield from opening(ctx, CODE)
    yield visit_head(ctx, patrol)
    if ctx.site.site_check_by is not None:
        yield FactTable(rows=(row(("应在此日前检查", day(ctx.site.site_check_by))),))
    yield Heading(text="现场安全管理人员和项目负责人")
    yield _managers(ctx, own, is_blank=is_blank)
    yield from _part(ctx, SCHEME, details.scheme if details else None)
    yield FactTable(rows=tuple(_signed(own.scheme, is_blank=is_blank)), tall=is_blank)
    yield from _part(ctx, MANNER, details)
    yield from _part(ctx, CERTIFICATES, details)
    yield from check_tables(lines, is_blank=is_blank)
    if patrol is None or patrol.hazards:
        yield Heading(text="发现的问题")
        yield hazard_table(patrol.hazards if patrol else ())
    yield FactTable(
        rows=(row(("检查意见", boxes(("符合要求", "限期整改", "停止作业")) if is_blank else _said(patrol))),)
    )
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE)


def _part(ctx: SitePaper, code: str, answers: FirstCheckDetails | SchemeCheck | None) -> Iterator[Block]:
    table = duty_rows(ctx, code, answers)
    if table is not None:
        yield Heading(text=ctx.fill(ctx.texts(code).title))
        yield table


def _managers(ctx: SitePaper, details: FirstCheckDetails, *, is_blank: bool) -> ItemTable:
    of_whom = (
        (f"{ctx.owner_word}现场安全管理人员", details.owner_manager),
        (f"{ctx.contractor_word}现场安全管理人员", details.contractor_manager),
        ("项目负责人（注册建造师或者专业技术人员）", details.leader),
    )
    rows = tuple(_manager(duty, manager, is_blank=is_blank) for duty, manager in of_whom)
    headers = ("职责", "姓名", "联系电话", "证书", "在岗")
    return ItemTable(headers=headers, rows=rows, widths=(52, 26, 30, 34, 28), tall=is_blank)


def _manager(duty: str, manager: SiteManager | None, *, is_blank: bool) -> tuple[str, ...]:
    if manager is None:
        return duty, "", "", "", answered(None, is_blank=is_blank)
    shown = mask_phone(manager.phone), mask_certificate(manager.certificate)
    return duty, manager.name, *shown, answered(manager.is_present, is_blank=is_blank)


def _signed(scheme: SchemeCheck, *, is_blank: bool) -> Iterator[Row]:
    empty = _BLANK_DAY if is_blank else "—"
    yield row(("方案签字\n（技术负责人）", scheme.signed_by), ("日期", scheme.signed_on or empty))
    yield row((local("方案审定\n（建设单位）"), scheme.approved_by), ("日期", scheme.approved_on or empty))


def _said(patrol: PatrolOnPaper | None) -> str:
    if patrol is None:
        return ""
    found = f"发现问题 {len(patrol.hazards)} 项，按所列期限整改" if patrol.hazards else "未发现问题"
    return "。".join(part for part in (found, as_typed(patrol.remark)) if part)
