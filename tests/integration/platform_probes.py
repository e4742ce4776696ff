"""How the exchange with the platform and the small registers are asked for a filing that the caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from openpyxl import Workbook, load_workbook

from desktop.domain.platform_comparison import Decision
from desktop.domain.platform_entries import ListOrder
from desktop.services.desk import Desk


def _sheet(desk: Desk, target: Any) -> str:
    file = target.folder / f"{uuid4()}.xlsx"
    desk.platform_lists.write_sheet(file, [target.id], purpose="平台批量录入")
    return repr(list(load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True)))


def _list(target: Any) -> Any:
    file = target.folder / f"{uuid4()}.xlsx"
    book = Workbook()
    book.worksheets[0].append(["平台编号", "登记编号", "工程名称", "建设单位", "类别"])
    book.worksheets[0].append(
        [f"PT-{uuid4().hex[:8]}", target.number, target.walk_in.project_name, target.walk_in.owner.name, "零星作业"]
    )
    book.save(file)
    return file


def _filings(desk: Desk, target: Any) -> list[int]:
    lines = desk.platform_returns.plan(_list(target)).lines
    return [line.filing.filing_id for line in lines if line.filing is not None]


def _take(desk: Desk, target: Any) -> Any:
    file = _list(target)
    plan = desk.platform_returns.plan(file)
    decisions = {line.key: line.choices[0] for line in plan.lines if line.choices[0] is Decision.TAKE_NUMBER}
    order = ListOrder(act_id=str(uuid4()), sha256=plan.sha256, mapped=plan.mapped, decisions=decisions)
    return desk.platform_returns.take(file, order).numbers


def _matched(desk: Desk, target: Any) -> list[int]:
    file = target.folder / f"{uuid4()}.xlsx"
    book = Workbook()
    book.worksheets[0].append(["工程名称", "服务日期", "服务内容"])
    book.worksheets[0].append([target.walk_in.project_name, "2026-03-01", "安全检查"])
    book.save(file)
    return [row.filing_id for row in desk.prevention_services.plan(file).rows if row.filing_id is not None]


PLATFORM_LISTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "platform_lists.awaiting": lambda desk, _t: desk.platform_lists.awaiting(),
    "platform_lists.check": lambda desk, t: desk.platform_lists.check([t.id]),
    "platform_lists.write_sheet": _sheet,
    "platform_returns.plan": _filings,
    "prevention_services.all": lambda desk, _t: desk.prevention_services.all(),
    "prevention_services.plan": _matched,
}
PLATFORM_ACTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "platform_returns.take": _take,
    "prevention_services.of_filing": lambda desk, t: desk.prevention_services.of_filing(t.id),
}
PLATFORM_OTHERS: Mapping[str, str] = {
    "platform_lists.template": "headings",
    "platform_lists.is_own": "a setting",
    "platform_lists.keep_template": "a setting",
    "platform_lists.drop_template": "a setting",
    "platform_returns.profiles": "names of mappings",
    "prevention_services.take_in": "what prevention_services.plan matched",
    "prevention_services.assign": "by a row's own id and a filing's number: proved with the prevention services",
    "feedback.*": "what the caller typed; whoever does not see all sees their own, proved with them",
    "patroller_notes.*": "notes on patrollers, for who decides exceptions",
}
