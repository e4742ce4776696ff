"""What stands in the columns of the standing ledgers: each source by its name, read from a row, numbers covered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from desktop.domain.acts import Status
from desktop.domain.bodies import TransferKind
from desktop.domain.covered_text import covered_text
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.hazard import (
    LEVEL_WORDS,
    MEASURE_WORDS,
    RESPONSIBLE_WORDS,
    STATE_WORDS,
    HazardLevel,
    HazardState,
    Measure,
    Responsible,
)
from desktop.domain.ledger_line import LedgerLine
from desktop.domain.life_acts import CloseOutKind, CloseOutState
from desktop.domain.life_words import CLOSEOUT_KIND_WORDS, CLOSEOUT_STATE_WORDS
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.standing_ledger import Cell
from desktop.domain.transfer import KIND_WORDS, TransferState
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.queries.high_risk_lines import HighRiskLine

Reading = Mapping[str, Callable[[Any], Cell]]

# No number of a person or telephone has fewer digits, or more than three other characters between two of them.
_MAY_HOLD_A_NUMBER: Final = re.compile(r"(?:\d\D{0,3}){9}")
_REMEMBERED: Final = 20_000
_LISTS: Final = 2_000
_WORK_KINDS: Final = LocalCatalogue({SMALL_WORK: "小型工程", MINOR_OPERATION: "零星作业"}, local)
_RISKS: Final = LocalCatalogue({True: "高风险", False: "一般", None: "未定"}, local)
_TRANSFER_STATES: Final = {
    TransferState.SENT: "已移交",
    TransferState.RECEIVED: "已接收",
    TransferState.IN_PROGRESS: "处理中",
    TransferState.REPLIED: "已反馈",
}
_LATE: Final = {True: "逾期", False: "按期", None: ""}


class Cover:
    """Covers numbers of persons in typed texts, or leaves them whole; texts that come again are not read again."""

    def __init__(self, *, is_whole: bool) -> None:
        self._is_whole = is_whole
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Give the text as it may leave the program."""
        if self._is_whole or not text:
            return text
        known = self._known.get(text)
        if known is None:
            known = covered_text(text) if _MAY_HOLD_A_NUMBER.search(text) else text
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = known
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of what was dealt with or followed up, wherever it was recorded."""

    on: date
    site_number: str
    site_name: str
    community: str
    number: str
    violation: str = ""
    article: str = ""
    measures: str = ""
    result: str = ""
    step: str = ""
    text: str = ""
    due_on: date | None = None
    who: str = ""


def filing_cells(cover: Cover) -> Reading:
    """Read a ``LedgerLine``; its matter is covered or whole already."""
    return {
        "registration_number": lambda line: line.registration_number or line.row.number,
        "accepted_on": lambda line: line.accepted_on,
        "kind": lambda line: _WORK_KINDS.get(line.row.kind, ""),
        "project_name": lambda line: cover(line.row.project_name),
        "place": lambda line: cover(line.row.place),
        "community": lambda line: line.row.community,
        "grid": lambda line: line.walk_in.place.grid,
        "category": lambda line: line.row.category_label,
        "risk": lambda line: _RISKS[line.row.high_risk],
        "status": lambda line: STATUS_WORDS[Status(line.row.status)],
        "valid_until": lambda line: line.row.valid_until,
        "owner_name": lambda line: cover(line.row.owner_name),
        "owner_id_number": lambda line: line.walk_in.owner.id_number,
        "owner_phone": lambda line: line.walk_in.owner.phone,
        "contractor_name": lambda line: cover(line.row.contractor_name),
        "contractor_id_number": lambda line: line.walk_in.contractor.party.id_number,
        "contractor_phone": lambda line: line.walk_in.contractor.party.phone,
        "manager_name": lambda line: line.walk_in.contractor.project_manager.name,
        "manager_phone": lambda line: line.walk_in.contractor.project_manager.phone,
        "supervisor_name": lambda line: line.walk_in.supervisor.name if line.walk_in.supervisor else "",
        "property_company": lambda line: line.walk_in.property_company,
        "contract_amount": lambda line: line.walk_in.facts.number("contract_amount_yuan"),
        "floor_area": lambda line: line.walk_in.facts.number("floor_area_m2"),
        "planned_start_on": lambda line: line.walk_in.planned_start_on,
        "planned_end_on": lambda line: line.walk_in.planned_end_on,
        "departments": lambda line: "、".join(line.departments),
        "acceptance_point": lambda line: line.acceptance_point,
        "platform_number": lambda line: line.platform_number,
        "remark": lambda line: cover(line.walk_in.remark),
    }


def high_risk_cells(cover: Cover) -> Reading:
    """Read a ``HighRiskLine``: what a filing has, and how it is looked after."""

    def of_line(read: Callable[[LedgerLine], Cell]) -> Callable[[HighRiskLine], Cell]:
        return lambda row: read(row.line)

    return {
        **{source: of_line(read) for source, read in filing_cells(cover).items()},
        "risk": lambda row: local("高风险") if row.line.row.high_risk else "提级管理",
        "escalated_on": lambda row: row.escalated_on,
        "site_check_by": lambda row: row.site_check_by,
        "patrols": lambda row: row.patrols,
        "last_patrol_on": lambda row: row.last_patrol_on,
        "open_hazards": lambda row: row.open_hazards,
    }


def patrol_cells(cover: Cover, found: Mapping[int, int]) -> Reading:
    """Read a row of ``queries.standing_ledgers.patrols``; ``found`` counts the hazards of each visit."""
    kinds = {kind.value: kind.label for kind in PatrolKind}
    results = {result.value: result.label for result in PatrolResult}
    levels = {level.value: level.label for level in PatrolLevel}
    names = lru_cache(_LISTS)(lambda stored: "、".join(json.loads(stored)))
    return {
        "visited_on": lambda row: row.visited_on,
        "visited_time": lambda row: row.visited_time,
        "site_number": lambda row: row.site_number,
        "site_name": lambda row: cover(row.site_name),
        "site_place": lambda row: cover(row.site_place),
        "community": lambda row: row.community,
        "kind": lambda row: kinds[row.kind],
        "organisation": lambda row: f"{row.organisation or '—'}（{levels[row.level]}）",
        "patrollers": lambda row: names(row.patrollers),
        "result": lambda row: results[row.result],
        "hazards": lambda row: found.get(row.id),
        "remark": lambda row: cover(row.remark),
    }


def hazard_cells(cover: Cover, pack: PolicyPack) -> Reading:
    """Read a row of ``queries.standing_ledgers.hazards``."""
    return {
        **_site(cover),
        **_own("Hazard", "number", "found_on", "due_on", "feedback_on", "cleared_on", "stopped_on", "refused_on"),
        "finding": lambda row: pack.finding_label(row.Hazard.finding),
        "description": lambda row: cover("：".join(filter(None, (row.Hazard.spot, row.Hazard.description)))),
        "level": lambda row: LEVEL_WORDS[HazardLevel(row.Hazard.level)],
        "responsible": lambda row: cover(_responsible(row.Hazard)),
        "measures": lambda row: measure_words(row.Hazard.measures),
        "state": lambda row: STATE_WORDS[HazardState(row.Hazard.state)],
        "supervised": lambda row: _joined(row.Hazard.supervised_level, row.Hazard.supervised_on),
    }


def transfer_cells(cover: Cover) -> Reading:
    """Read a row of ``queries.standing_ledgers.transfers``."""
    return {
        **_site(cover),
        **_own(
            "Transfer", "number", "article", "to_body", "sent_on", "sent_by", "reply_by", "received_on", "replied_on"
        ),
        "kind": lambda row: KIND_WORDS[TransferKind(row.Transfer.kind)],
        "violation": lambda row: cover("：".join(filter(None, (row.Transfer.violation, row.Transfer.facts)))),
        "state": lambda row: _TRANSFER_STATES[TransferState(row.Transfer.state)],
        "result": lambda row: cover(row.Transfer.result),
        "penalty": lambda row: cover(row.Transfer.penalty),
    }


def close_out_cells(cover: Cover) -> Reading:
    """Read a row of ``queries.standing_ledgers.close_outs``."""
    return {
        "registration_number": lambda row: row.site_number,
        "project_name": lambda row: cover(row.site_name),
        "place": lambda row: cover(row.place),
        "community": lambda row: row.community,
        "owner_name": lambda row: cover(row.owner_name),
        "closed_on": lambda row: row.closed_on,
        **_own("CloseOut", "number", "completed_on", "applied_on", "apply_by", "checked_on", "checked_by"),
        "kind": lambda row: CLOSEOUT_KIND_WORDS[CloseOutKind(row.CloseOut.kind)],
        "is_late": lambda row: _LATE[row.CloseOut.is_late],
        "check_text": lambda row: cover(row.CloseOut.check_text),
        "state": lambda row: CLOSEOUT_STATE_WORDS[CloseOutState(row.CloseOut.state)],
    }


def told_cells(cover: Cover) -> Reading:
    """Read a ``Told``."""
    plain = ("on", "site_number", "community", "number", "article", "measures", "step", "due_on", "who")
    return {
        **{name: _attribute(name) for name in plain},
        **{name: _covered(cover, name) for name in ("site_name", "violation", "result", "text")},
    }


def measure_words(measures: list[str]) -> str:
    """Say what was done on the spot."""
    return "、".join(MEASURE_WORDS[Measure(each)] for each in measures)


def _site(cover: Cover) -> Reading:
    return {
        "site_number": lambda row: row.site_number,
        "site_name": lambda row: cover(row.site_name),
        "community": lambda row: row.community,
    }


def _own(entity: str, *names: str) -> Reading:
    def read(name: str) -> Callable[[Any], Cell]:
        return lambda row: getattr(getattr(row, entity), name)

    return {name: read(name) for name in names}


def _attribute(name: str) -> Callable[[Any], Cell]:
    return lambda row: getattr(row, name)


def _covered(cover: Cover, name: str) -> Callable[[Any], Cell]:
    return lambda row: cover(getattr(row, name))


def _responsible(one: Any) -> str:
    return "：".join(filter(None, (RESPONSIBLE_WORDS[Responsible(one.responsible)], one.responsible_name)))


def _joined(text: str, on: date | None) -> str:
    return " ".join(filter(None, (text, on.isoformat() if on else "")))
