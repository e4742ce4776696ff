"""Closing a day: its sheet is made, kept, printed and printed again; on paper it anchors the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.documents.blocks import from_plain, to_plain
from desktop.documents.papers.closing_sheet import closing_sheet
from desktop.domain.access import Right
from desktop.domain.closing import ActCount, ClosingRow, DayFacts, NumberRun
from desktop.domain.errors import ClerkError
from desktop.models.closing_sheet import ClosingSheet
from desktop.models.database import Database
from desktop.models.record import AuditEvent, AuditHead
from desktop.queries.closing import (
    SeriesOfDay,
    acts_between,
    count_accounts_locked,
    last_event_of,
    numbers_of_day,
)
from desktop.services.audit import record_event
from desktop.services.chain import HEAD_ID, START
from desktop.services.press import Press, content_sha256
from desktop.services.station import Station
from desktop.services.touched import CLOSING
from desktop.services.wording import act_word

# Who closes the day at the window, who answers for it, who verifies it.
RIGHTS: Final = (Right.REGISTER, Right.JUDGE_CONDUCT, Right.AUDIT)
_OWN_ACTS: Final = ("closing_sheet", "closing_reprint")
_REVEALS: Final = ("reveal", "platform_sheet", "attachment_seen_whole")
_EXPORTS: Final = (
    "export",
    "trail_exported",
    "person_lists_out",
    "firm_list",
    "bad_record_list",
    "attachment_copied",
)
_OPENED: Final = ("first_account", "make_account", "activate_account")


class ClosingService:
    """Makes one sheet a day, and another when something came after it."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database = database
        self._station = station
        self._press = press

    def may_close(self) -> bool:
        """Say whether who is signed in may close the day."""
        return any(self._station.actor.may(right) for right in RIGHTS)

    def close_day(self) -> ClosingRow:
        """Make today's sheet, or give the last one when nothing came after it.

        Raises ``ClerkError``: not_permitted, office_not_set_up, database_locked, disk_full.
        """
        self._station.actor.require(*RIGHTS)
        self._station.known_office()
        with self._database.writing(is_whole=True) as session:
            last = self._last_of_today(session)
            if last is not None and not _came_after(session, last):
                return _row(last)
            sheet = self._make(session, 1 if last is None else last.ordinal + 1)
            return _row(sheet, is_new=True)

    def sheets(self, most: int = 60) -> tuple[ClosingRow, ...]:
        """List the latest sheets, the newest first."""
        self._station.actor.require(*RIGHTS)
        with self._database.reading(is_whole=True) as session:
            asked = select(ClosingSheet).order_by(ClosingSheet.day.desc(), ClosingSheet.ordinal.desc()).limit(most)
            return tuple(_row(sheet) for sheet in session.scalars(asked))

    def pdf(self, sheet_id: int) -> bytes:
        """Give a sheet as it was made; raises ``ClerkError``: no_such_paper, paper_changed."""
        self._station.actor.require(*RIGHTS)
        with self._database.reading(is_whole=True) as session:
            sheet = _stored(session, sheet_id)
        return self._press.again(from_plain(sheet.paper), sheet.sha256)

    def reprint(self, sheet_id: int) -> bytes:
        """Give a sheet again with the mark 补打, and record it; raises as ``pdf``."""
        self._station.actor.require(*RIGHTS)
        with self._database.reading(is_whole=True) as session:
            sheet = _stored(session, sheet_id)
        pdf = self._press.reprint(from_plain(sheet.paper))
        summary = f"补打日结单 {sheet.day.isoformat()} 第 {sheet.ordinal} 次"
        with self._database.writing(is_whole=True) as session:
            record_event(session, self._station, act="closing_reprint", summary=summary)
        return pdf

    def _last_of_today(self, session: Session) -> ClosingSheet | None:
        of_day = select(ClosingSheet).where(ClosingSheet.day == self._station.today())
        return session.scalars(of_day.order_by(ClosingSheet.ordinal.desc()).limit(1)).first()

    def _make(self, session: Session, ordinal: int) -> ClosingSheet:
        facts = self._facts(session, ordinal)
        made = self._press.issue(closing_sheet(facts))
        sheet = ClosingSheet(
            day=facts.day,
            ordinal=ordinal,
            made_at=facts.made_at,
            made_by=facts.made_by,
            made_by_id=self._station.actor.account_id,
            event_count=facts.event_count,
            head_mac=facts.head_mac,
            pages=made.pages,
            sha256=made.sha256,
            content_sha256=made.content_sha256,
            paper=to_plain(made.paper),
        )
        session.add(sheet)
        session.flush()
        record_event(
            session,
            self._station,
            act="closing_sheet",
            at=facts.made_at,
            summary=f"打印日结单 {facts.day.isoformat()} 第 {ordinal} 次（截至第 {facts.event_count} 条）",
            touched=[(CLOSING, sheet.id)],
        )
        return sheet

    def _facts(self, session: Session, ordinal: int) -> DayFacts:
        day, office = self._station.today(), self._station.known_office()
        first = datetime.combine(day, time.min).astimezone()
        end = datetime.combine(day + timedelta(days=1), time.min).astimezone()
        counted = acts_between(session, first, end)
        head = session.get(AuditHead, HEAD_ID)
        return DayFacts(
            office=office,
            day=day,
            ordinal=ordinal,
            made_at=self._station.now(),
            made_by=office.clerk_name,
            acts=tuple(_acts(counted)),
            runs=tuple(_run(series) for series in numbers_of_day(session, day, first, end)),
            tallies=tuple(_tallies(session, counted)),
            event_count=head.count if head is not None else 0,
            head_mac=head.mac if head is not None else START,
        )


def _came_after(session: Session, sheet: ClosingSheet) -> bool:
    """Say whether anything but closing and its reprints is on record since a sheet was made."""
    after = select(func.count()).select_from(AuditEvent).where(AuditEvent.id > _last_counted(session, sheet))
    return bool(session.scalar(after.where(AuditEvent.act.not_in(_OWN_ACTS))))


def _last_counted(session: Session, sheet: ClosingSheet) -> int:
    """Give the id of the last event a sheet counted: ids run without gaps, which verifying sees to."""
    first = session.scalar(select(func.min(AuditEvent.id))) or 1
    return first + sheet.event_count - 1


def _acts(counted: Counter[tuple[str, str]]) -> Iterator[ActCount]:
    for (act, who), count in sorted(counted.items(), key=lambda entry: (act_word(entry[0][0]), entry[0][1])):
        yield ActCount(act=act_word(act), who=who, count=count)


def _run(series: SeriesOfDay) -> NumberRun:
    numbers = series.numbers
    return NumberRun(
        label=series.label,
        first=numbers[0] if numbers else "",
        last=numbers[-1] if numbers else "",
        count=len(numbers),
        void=series.void,
    )


def _tallies(session: Session, counted: Counter[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    by_act: Counter[str] = Counter()
    for (act, _who), count in counted.items():
        by_act[act] += count
    yield "补打文书", f"{by_act['reprint']} 次"
    yield "取用完整信息", f"{sum(by_act[act] for act in _REVEALS)} 次"
    yield "导出", f"{sum(by_act[act] for act in _EXPORTS)} 次"
    yield "登录失败", f"{by_act['sign_in_failed']} 次"
    yield "新设、启用账号", f"{sum(by_act[act] for act in _OPENED)} 个"
    yield "停用账号", f"{by_act['deactivate_account']} 个"
    yield "现被锁定的账号", f"{count_accounts_locked(session)} 个"
    backed_up = last_event_of(session, "backup")
    yield "最近一次备份", f"{backed_up.astimezone():%Y-%m-%d %H:%M}" if backed_up else "没有记录"


def _stored(session: Session, sheet_id: int) -> ClosingSheet:
    sheet = session.get(ClosingSheet, sheet_id)
    if sheet is None:
        raise ClerkError("no_such_paper", paper_id=sheet_id)
    if content_sha256(sheet.paper) != sheet.content_sha256:
        raise ClerkError("paper_changed", paper_id=sheet_id, number=f"日结单 {sheet.day}")
    return sheet


def _row(sheet: ClosingSheet, *, is_new: bool = False) -> ClosingRow:
    return ClosingRow(
        id=sheet.id,
        day=sheet.day,
        ordinal=sheet.ordinal,
        number=str(sheet.paper["number"]),
        made_at=sheet.made_at,
        made_by=sheet.made_by,
        event_count=sheet.event_count,
        head_mac=sheet.head_mac,
        pages=sheet.pages,
        is_new=is_new,
    )
