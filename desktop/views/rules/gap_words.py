"""What the form of gaps says of one gap, and what taking a proposal copies."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from desktop.domain.local_rules import in_brackets
from desktop.domain.pack_rules import OpenList, Parameter
from desktop.domain.sentences import plain_number

UNVERIFIED: Final = "未核实"


def number_proposal(known: Parameter) -> str:
    """Say the likely value of a number with where it was read; empty without one."""
    if known.proposal is None:
        return ""
    return f"{value_words(known, known.proposal)}。来源：{known.proposal_source}"


def value_words(known: Parameter, value: Decimal) -> str:
    """Say a value, coded ones by their word."""
    return next((word.label for word in known.words if word.value == value), plain_number(value))


def marked_source(source: str) -> str:
    """Give the source of a proposal as it is copied: nothing that was only copied loses its mark."""
    return source if UNVERIFIED in source else f"{source}（{UNVERIFIED}）"


def number_about(known: Parameter) -> str:
    """Say why a number is open."""
    return f"{known.why}{in_brackets(known.article)}"


def list_about(opened: OpenList) -> str:
    """Say why a list is open, and how many classes the documents speak of."""
    count = f"文件说共 {opened.known} 类，已点名的不必再填。" if opened.known else ""
    return f"{opened.why}{in_brackets(opened.article)}{count}"
