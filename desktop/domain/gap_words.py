"""What a clerk is told where the rules of the office still have gaps, and a matter cannot be decided for that."""

from __future__ import annotations

from desktop.domain.assessment_result import Assessment
from desktop.domain.conditions import SETTING
from desktop.domain.pack import PolicyPack


def declared_missing(assessment: Assessment) -> tuple[str, ...]:
    """Name the facts that the counter can ask for; what the pack lacks is not among them."""
    return tuple(name for name in assessment.missing_facts if not name.startswith(SETTING))


def gaps_told(assessment: Assessment, pack: PolicyPack) -> str:
    """Say which gaps of the rules leave the matter undecided, and who fills them in; empty where none does."""
    if pack.unreadable:
        return f"{pack.unreadable}。" if assessment.missing_settings else ""
    named = "、".join(f"“{pack.gap_label(name)}”" for name in assessment.missing_settings)
    return f"本规则的{named}尚未填写，不能判定；请系统管理员在“规则”中填写。" if named else ""


def still_open(assessment: Assessment, pack: PolicyPack, sentence: str) -> str:
    """Say why a thing cannot be decided: ``sentence`` where facts are wanting, the gaps where the rules are."""
    gaps = gaps_told(assessment, pack)
    return f"{sentence}{gaps}" if declared_missing(assessment) or not gaps else gaps
