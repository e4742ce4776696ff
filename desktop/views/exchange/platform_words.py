"""The words and lines of the platform's dialogs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.platform_comparison import ComparedLine, Decision, Standing
from desktop.domain.platform_entries import AwaitingFiling, CheckedFiling, ListTaken
from desktop.domain.platform_template import PlatformTemplate, unknown_headings

STANDING_WORDS: Final = {
    Standing.SAME: "● 一致",
    Standing.OURS_NEWER: "台账较新",
    Standing.THEIRS_NEWER: "▲ 平台较新",
    Standing.MISSING_HERE: "▲ 台账没有",
    Standing.MISSING_THERE: "▲ 平台没有",
    Standing.UNCLEAR: "■ 对应不清",
    Standing.UNREADABLE: "■ 读不出",
}
DECISION_WORDS: Final = {
    Decision.LEAVE: "不处理",
    Decision.TAKE_NUMBER: "回录编号、日期",
    Decision.NOTE: "记不一致",
    Decision.REGISTER: "登入（网上申报）",
}


KIND_WORDS: Final = LocalCatalogue({SMALL_WORK: "小型工程", MINOR_OPERATION: "零星作业"}, local)


def awaiting_texts(filing: AwaitingFiling, checked: CheckedFiling | None, *, is_ticked: bool) -> tuple[str, ...]:
    """Give the cells of one filing that awaits entry."""
    return (
        "✓" if is_ticked else "",
        filing.number,
        KIND_WORDS.get(filing.kind, ""),
        filing.project_name,
        filing.owner_name,
        filing.community,
        filing.accepted_on.isoformat() if filing.accepted_on else "",
        _lacks(checked),
    )


def faults_in_full(checked: CheckedFiling | None) -> str:
    """Say every fault of one filing."""
    if checked is None or not checked.faults:
        return ""
    return "上传前要补：" + "；".join(f"{fault.heading}（{fault.what}）" for fault in checked.faults)


def line_texts(line: ComparedLine, decision: Decision) -> tuple[str, ...]:
    """Give the cells of one compared line."""
    row, filing = line.row, line.filing
    return (
        DECISION_WORDS[decision] if len(line.choices) > 1 else "",
        STANDING_WORDS[line.standing],
        str(row.row) if row else "",
        (row.number if row else "") or (filing.platform_number if filing else ""),
        filing.numbers[0] if filing else "",
        (row.name if row else "") or (filing.name if filing else ""),
        differences_in_full(line),
    )


def differences_in_full(line: ComparedLine) -> str:
    """Say how a line differs, or why it stands as it does."""
    said = (f"{each.field.label}：{each.ours or '空'} → {each.theirs}" for each in line.differences)
    return line.why or "；".join(said)


def counted(lines: Sequence[ComparedLine]) -> str:
    """Count the lines by how they stand."""
    counts = Counter(line.standing for line in lines)
    told = [f"{STANDING_WORDS[each].lstrip('●▲■ ')} {counts[each]}" for each in Standing if counts[each]]
    return "，".join(told) or "清单是空的"


def taken_words(taken: ListTaken) -> str:
    """Say what came of a list."""
    said = (
        f"已回录 {taken.numbers} 件" if taken.numbers else "",
        f"登入网上申报 {taken.registered} 件" if taken.registered else "",
        f"记不一致 {taken.notes} 件" if taken.notes else "",
        f"{taken.known} 件以前已处理，没有重复写入" if taken.known else "",
    )
    return "，".join(each for each in said if each) + "。" if any(said) else "没有需要写入的内容。"


def template_words(template: PlatformTemplate, *, is_own: bool) -> str:
    """Say which sheet is filled, and what of it this program leaves empty."""
    if not is_own:
        return f"导入表：{template.title}（表头为本程序自拟，未核实；请管理员选取平台的空白导入表替换）"
    unknown = unknown_headings(template)
    said = f"；{'、'.join(unknown)} 没有对应的内容，须在平台的表里自行填写" if unknown else ""
    return f"导入表：{template.title}（平台的空白导入表）{said}"


def _lacks(checked: CheckedFiling | None) -> str:
    if checked is None:
        return "正在核对…"
    if not checked.faults:
        return "● 齐全"
    first = checked.faults[0].heading.strip("*")
    return f"▲ {first}" + (f"等 {len(checked.faults)} 项" if len(checked.faults) > 1 else "")
