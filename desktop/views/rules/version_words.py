"""Versions of the rules in words: the cells of a line, what is said of it whole, and why an act is not possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.domain.pack_version import PackVersionLine, VersionState
from desktop.views.actions import keys_of

COLUMNS: Final = ("版本", "状态", "效力", "施行日期", "待填", "起草", "提交", "复核", "修改说明")
WIDTHS: Final = (12, 16, 6, 8, 5, 6, 6, 6, 12)
ROOMY: Final = (0, 8)
_MARKS: Final = {VersionState.SUBMITTED: "▲ ", VersionState.SENT_BACK: "■ "}
_SHORT_HASH: Final = 16
_ELSEWHERE: Final = "，其他地方的"
_NO_RIGHT: Final = "您的账号没有保存设置的权限。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who looks at the versions: what they may do, on which day."""

    keeps: bool
    decides: bool
    today: date


Why = Callable[[PackVersionLine, Asker], str]


def cells(line: PackVersionLine) -> tuple[str, ...]:
    """Give the texts of one line."""
    mark = "● " if line.is_today else _MARKS.get(line.state, "")
    state = f"{mark}{line.state.label}{'，今天适用' if line.is_today else _ELSEWHERE if line.is_elsewhere else ''}"
    return (
        line.version,
        state,
        "■ 有错误" if line.standing is None else line.standing.value,
        line.effective_from.isoformat() if line.effective_from else "未定",
        f"▲ {line.gaps} 项" if line.gaps else "",
        line.made_by,
        line.submitted_by,
        line.decided_by,
        line.note,
    )


def told(line: PackVersionLine) -> str:
    """Say of a version who did what with it and when."""
    return "　".join(_told(line))


def why_not(act: str, line: PackVersionLine | None, asker: Asker) -> str:
    """Say why an act is not possible on a version; empty when it is."""
    if act == "take":
        return "" if asker.keeps else _NO_RIGHT
    if line is None:
        return "请先选中一个版本。"
    return _WHY[act](line, asker)


def _told(line: PackVersionLine) -> Iterator[str]:
    yield line.title
    if line.is_elsewhere and line.state is VersionState.IN_FORCE:
        yield "改用它的，在“设置—受理点”中选它的规则包"
    if line.based_on:
        yield f"由 {line.based_on} 起草"
    if line.origin:
        yield f"来自 {line.origin}，签名已核对"
    for name, moment, act in (
        (line.made_by, line.made_at, "收到" if line.origin else "起草"),
        (line.submitted_by, line.submitted_at, "提交"),
        (line.decided_by, line.decided_at, "复核"),
    ):
        if moment is not None:
            yield f"{act}：{name or '（未写明）'} {_at(moment)}"
    if line.decision:
        yield f"复核意见：{line.decision}"
    if line.note:
        yield f"修改说明：{line.note}"
    if line.sha256:
        yield f"内容校验码 {line.sha256[:_SHORT_HASH]}"


def _at(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _keeps(line: PackVersionLine, asker: Asker) -> str:
    del line
    return "" if asker.keeps else _NO_RIGHT


def _fill(line: PackVersionLine, asker: Asker) -> str:
    if line.standing is None:
        return f"这个版本有错误，先按 {keys_of('rules.edit')} 修改。"
    return _keeps(line, asker) if line.gaps else "这个版本没有待填项。"


def _edit(line: PackVersionLine, asker: Asker) -> str:
    if line.state is VersionState.SUBMITTED:
        return f"已提交复核，先按 {keys_of('rules.recall')} 收回。"
    if line.state not in (VersionState.DRAFT, VersionState.SENT_BACK):
        return f"“{line.state.label}”的版本不能改，按 {keys_of('rules.draft')} 由它起草新版本。"
    return _keeps(line, asker)


def _compare(line: PackVersionLine, asker: Asker) -> str:
    del line, asker
    return ""


def _papers(line: PackVersionLine, asker: Asker) -> str:
    del asker
    return "这个版本有错误，改好以后才能看文书样张。" if line.standing is None else ""


def _dry_run(line: PackVersionLine, asker: Asker) -> str:
    if line.standing is None:
        return "这个版本有错误，改好以后才能试算。"
    return "" if asker.keeps or asker.decides else _NO_RIGHT


def _submit(line: PackVersionLine, asker: Asker) -> str:
    if line.state not in (VersionState.DRAFT, VersionState.SENT_BACK):
        return "只有草稿和退回的版本可以提交复核。"
    if line.standing is None:
        return f"这个版本有错误，先按 {keys_of('rules.edit')} 修改。"
    if line.effective_from is None:
        return f"没有施行日期，先按 {keys_of('rules.edit')} 填写。"
    return _keeps(line, asker)


def _recall(line: PackVersionLine, asker: Asker) -> str:
    return _keeps(line, asker) if line.state is VersionState.SUBMITTED else "只有待复核的版本可以收回。"


def _decide(line: PackVersionLine, asker: Asker) -> str:
    if line.state is not VersionState.SUBMITTED:
        return "只有待复核的版本可以复核、退回。"
    if not asker.keeps and not asker.decides:
        return "您的账号没有复核规则的权限。"
    return "这个版本由您起草或者提交，须由另一人复核。" if line.is_own else ""


def _withdraw(line: PackVersionLine, asker: Asker) -> str:
    if line.state is not VersionState.IN_FORCE or line.effective_from is None:
        return "只有已复核、尚未施行的版本可以撤回。"
    if line.effective_from <= asker.today:
        return f"自 {line.effective_from} 起已经施行，不能撤回；要改的另起草一个版本。"
    return "" if asker.keeps or asker.decides else "您的账号没有复核规则的权限。"


def _give_out(line: PackVersionLine, asker: Asker) -> str:
    return _keeps(line, asker) if line.state is VersionState.IN_FORCE else "只有本单位已复核的版本可以导出。"


def _discard(line: PackVersionLine, asker: Asker) -> str:
    return _keeps(line, asker) if line.state is VersionState.DRAFT else "只有草稿可以删除。"


_WHY: Final[Mapping[str, Why]] = {
    "fill": _fill,
    "draft": _keeps,
    "edit": _edit,
    "compare": _compare,
    "papers": _papers,
    "dry_run": _dry_run,
    "submit": _submit,
    "recall": _recall,
    "decide": _decide,
    "send_back": _decide,
    "withdraw": _withdraw,
    "give_out": _give_out,
    "discard": _discard,
}
