"""Orders of enforcement (责令文书): their kinds, and what an officer states in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class OrderKind(StrEnum):
    """The orders an enforcement officer signs here; each value is stored."""

    STOP = "stop"  # 责令停止施工（作业）
    RECTIFY = "rectify"  # 责令限期改正


PAPER_OF: Final = {OrderKind.STOP: "stop_order", OrderKind.RECTIFY: "rectification_order"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClause:
    """A clause of the rules that an order may rest on; ``kinds`` are the orders it speaks of."""

    code: str
    article: str
    text: str
    kinds: frozenset[OrderKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWords:
    """What one order says: on which clause, for which facts, what is asked until when, and who signs."""

    kind: OrderKind
    clause: OrderClause
    facts: str
    asked: str
    due_on: date | None
    officer: str
    certificate_number: str
    body: str  # the enforcement body in whose name it goes out


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRequest:
    """One order as asked for.  ``act_id`` is made by the client, so that repeating the call is harmless."""

    act_id: str
    filing_id: int
    kind: OrderKind
    clause: str
    facts: str
    asked: str
    certificate_number: str
    due_on: date | None = None
