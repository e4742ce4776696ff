"""What the measures of stop-works, escalations, transfers and reports from the public count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, not_, select
from sqlalchemy.orm import aliased

from desktop.domain.hazard import HazardState, StepKind
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.domain.public_report import BORNE_OUT, ReportMove
from desktop.domain.transfer import TransferMove
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.public_report import PublicReport, PublicReportStep
from desktop.models.transfer import Transfer, TransferStep
from desktop.queries.statistics.hazard_counts import stood
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.on_site_rows import (
    HAZARD_MEMBER_JOINS,
    HAZARD_MEMBERS,
    hazard_shown,
    of_site,
    site_shown,
)
from desktop.queries.statistics.source import Count, Source, code, known


def _steps(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(HazardStep).join(Hazard, Hazard.id == HazardStep.hazard_id)


_STEP_KNOWN: Final = known_here(RecordKind.HAZARD, HazardStep.hazard_id, HazardStep.done_at)
_SENT_KNOWN: Final = known_here(RecordKind.TRANSFER, Transfer.id, Transfer.sent_at)
_REPORT_KNOWN: Final = known_here(RecordKind.REPORT, PublicReport.id, PublicReport.recorded_at)

_STEP_ROWS: Final = Source(
    row_kind=RowKind.HAZARD,
    joined=_steps,
    id=HazardStep.id,
    opens=Hazard.id,
    on=HazardStep.on,
    known_at=_STEP_KNOWN,
    done_at=HazardStep.done_at,
    shown=hazard_shown(),
    word="隐患处置",
    members=HAZARD_MEMBERS,
    member_joins=HAZARD_MEMBER_JOINS,
)
_OF_TRANSFERS: Final = of_site(Transfer)
_TRANSFER_ROWS: Final = Source(
    row_kind=RowKind.TRANSFER,
    joined=lambda statement: statement.select_from(Transfer),
    id=Transfer.id,
    on=Transfer.sent_on,
    known_at=_SENT_KNOWN,
    done_at=Transfer.sent_at,
    shown=site_shown(Transfer, number=Transfer.number, note=Transfer.to_body, place=literal("")),
    word="移交、上报、函告",
    members={
        **_OF_TRANSFERS.members,
        Breakdown.BODY: code(Transfer.to_body),
        Breakdown.TRANSFER_KIND: code(Transfer.kind),
    },
    member_joins=_OF_TRANSFERS.joins,
)
_OF_REPORTS: Final = of_site(PublicReport)
_REPORT_ROWS: Final = Source(
    row_kind=RowKind.REPORT,
    joined=lambda statement: statement.select_from(PublicReport),
    id=PublicReport.id,
    on=PublicReport.received_on,
    known_at=_REPORT_KNOWN,
    done_at=PublicReport.recorded_at,
    shown=site_shown(PublicReport, number=PublicReport.number, note=PublicReport.content, place=PublicReport.place),
    word="举报、投诉和反馈",
    members={**_OF_REPORTS.members, Breakdown.REPORT_SOURCE: code(PublicReport.source)},
    member_joins=_OF_REPORTS.joins,
)


def _stepped(period: Period) -> ColumnElement[bool]:
    in_period = HazardStep.on.between(period.first_on, period.last_on)
    return and_(in_period, Hazard.state != HazardState.WITHDRAWN.value)


def _stepped_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    in_period = HazardStep.on.between(period.first_on, period.last_on)
    return and_(in_period, known(_STEP_KNOWN, known_by), stood(known_by))


def _steps_of(kind: StepKind) -> Count:
    only = HazardStep.kind == kind.value
    return Count(source=_STEP_ROWS, when=_stepped, known_when=_stepped_known, only=only)


def _is_replied(period: Period) -> ColumnElement[bool]:
    return func.coalesce(Transfer.replied_on <= period.last_on, False)


def _is_reply_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    replies = aliased(TransferStep)
    asked = select(replies.id).where(replies.transfer_id == Transfer.id, replies.state == TransferMove.REPLIED.value)
    told = known_here(RecordKind.TRANSFER, replies.transfer_id, replies.done_at) <= known_by
    return and_(_is_replied(period), exists(asked.where(told)))


def _sent(period: Period) -> ColumnElement[bool]:
    return Transfer.sent_on.between(period.first_on, period.last_on)


def _sent_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_sent(period), known(_SENT_KNOWN, known_by))


def _replied(period: Period) -> ColumnElement[bool]:
    return and_(_sent(period), _is_replied(period))


def _replied_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_sent_known(period, known_by), _is_reply_known(period, known_by))


def _waits(period: Period) -> ColumnElement[bool]:
    return and_(Transfer.sent_on <= period.last_on, not_(_is_replied(period)))


def _waits_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    sent = and_(Transfer.sent_on <= period.last_on, known(_SENT_KNOWN, known_by))
    return and_(sent, not_(_is_reply_known(period, known_by)))


def _received(period: Period) -> ColumnElement[bool]:
    return PublicReport.received_on.between(period.first_on, period.last_on)


def _received_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_received(period), known(_REPORT_KNOWN, known_by))


def _is_move_known(move: ReportMove, known_by: datetime) -> ColumnElement[bool]:
    moves = aliased(PublicReportStep)
    asked = select(moves.id).where(moves.report_id == PublicReport.id, moves.state == move.value)
    told = known_here(RecordKind.REPORT, moves.report_id, moves.done_at) <= known_by
    return exists(asked.where(told))


def _answered(period: Period) -> ColumnElement[bool]:
    return and_(_received(period), PublicReport.replied_on <= period.last_on)


def _answered_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    known_answer = and_(PublicReport.replied_on <= period.last_on, _is_move_known(ReportMove.ANSWERED, known_by))
    return and_(_received_known(period, known_by), known_answer)


def _borne_out(period: Period) -> ColumnElement[bool]:
    is_true = PublicReport.verdict.in_(sorted(BORNE_OUT))
    return and_(_received(period), is_true, PublicReport.verified_on <= period.last_on)


def _borne_out_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_borne_out(period), known(_REPORT_KNOWN, known_by), _is_move_known(ReportMove.VERIFIED, known_by))


ENFORCEMENT_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "stop_works": _steps_of(StepKind.STOPPED),
        "stops_lifted": _steps_of(StepKind.RESUMED),
        "escalations": _steps_of(StepKind.ESCALATED),
        "transfers": Count(source=_TRANSFER_ROWS, when=_sent, known_when=_sent_known),
        "transfers_replied": Count(source=_TRANSFER_ROWS, when=_replied, known_when=_replied_known),
        "transfers_waiting": Count(source=_TRANSFER_ROWS, when=_waits, known_when=_waits_known, is_stock=True),
        "public_reports": Count(source=_REPORT_ROWS, when=_received, known_when=_received_known),
        "reports_borne_out": Count(source=_REPORT_ROWS, when=_borne_out, known_when=_borne_out_known),
        "reports_answered": Count(source=_REPORT_ROWS, when=_answered, known_when=_answered_known),
    }
)
