"""The register of matters handed on (移交登记簿) over a period, as it is printed and given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.ledger_table import LedgerTable
from desktop.domain.transfer import KIND_WORDS, STATE_WORDS, TransferRow, TransferState

REGISTER_TITLE: Final = "移交登记簿"
_HEADERS: Final = (
    "序",
    "编号",
    "文书、依据",
    "接收机构",
    "工地编号",
    "工程（作业）、地点",
    "发出",
    "经办人",
    "反馈期限",
    "接收",
    "反馈",
    "状态",
    "处理结果、处罚",
)
_WIDTHS: Final = (6, 24, 21, 24, 26, 32, 23, 14, 23, 23, 23, 19, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPeriod:
    """Which part of the register is asked for: what was sent on these days, both included; None is all."""

    first_on: date
    last_on: date
    community: str | None = None
    to_body: str | None = None


def register_table(rows: Sequence[TransferRow], on: date) -> LedgerTable:
    """Put the matters into the lines of the register, in the order given; ``on`` says what is overdue."""
    late = sum(row.is_overdue(on) for row in rows)
    waiting = sum(row.state is not TransferState.REPLIED for row in rows)
    counted = f"共 {len(rows)} 件，未反馈 {waiting} 件" + (f"，其中已逾期 {late} 件（■）。" if late else "。")
    return LedgerTable(
        title=REGISTER_TITLE,
        headers=_HEADERS,
        widths=_WIDTHS,
        rows=tuple(_cells(place, row, on) for place, row in enumerate(rows, 1)),
        note=counted if rows else "期间没有移交、上报或者函告。",
    )


def _cells(place: int, row: TransferRow, on: date) -> tuple[str, ...]:
    state = STATE_WORDS[row.state]
    return (
        str(place),
        row.number,
        " ".join(part for part in (KIND_WORDS[row.kind], row.article) if part),
        row.to_body,
        row.site_number,
        "，".join(part for part in (row.site_name, row.place) if part),
        _day(row.sent_on),
        row.sent_by,
        _day(row.reply_by),
        _day(row.received_on),
        _day(row.replied_on),
        f"■{state}" if row.is_overdue(on) else state,
        "；".join(part for part in (row.result, row.penalty) if part),
    )


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
