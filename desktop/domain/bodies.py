"""The bodies a matter can be handed to, and the question of power, as the pack lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TransferKind(StrEnum):
    """The three letters by which a matter is handed on; each value is stored."""

    TRANSFER = "transfer"  # 移交单
    REPORT = "report"  # 上报单
    LETTER = "letter"  # 函告函


class BodyLevel(StrEnum):
    """Whose body it is: one of the street, or one of the district beside or above it."""

    STREET = "street"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferBody:
    """One body with the article that names it, the kind of letter it gets, and the violations that are its own.

    ``is_street_enforcement`` says that the office's own enforcement body is meant, whatever it is called there.
    """

    code: str
    name: str
    level: BodyLevel
    article: str
    kind: TransferKind
    violations: frozenset[str]
    departments: tuple[str, ...] = ()  # as the table of classes (分类表) names the trade's lead
    is_street_enforcement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerQuestion:
    """Whether the matter is within the street's power (是否属授权范围), and what follows from either answer."""

    article: str
    text: str
    within: str
    beyond: str
