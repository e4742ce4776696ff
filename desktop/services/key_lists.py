"""The key lists (重点清单): works under way to be looked after more closely; numbers covered."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.documents.papers.key_list import key_list
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.key_lists import (
    KEY_SUPERVISION_WORD,
    LIST_TITLES,
    NO_KEY_SUPERVISION,
    KeyList,
    KeyListRow,
    KeyListSheet,
    SupervisionCount,
    lists_of,
)
from desktop.domain.local_rules import local
from desktop.exchange.key_list_workbook import write_key_lists
from desktop.models.database import Database
from desktop.models.durable import move_durably, sync_file
from desktop.queries.filing_file import departments_of
from desktop.queries.key_lists import listed, supervision
from desktop.services.audit import record_event
from desktop.services.press import Press
from desktop.services.station import Station


class KeyListService:
    """Answers which works stand on a list, on paper and as a workbook."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database, self._station, self._press = database, station, press

    def sheet(self, kind: KeyList) -> KeyListSheet:
        """Give one list of what is seen; one that the pack knows nothing of is empty, with the reason in its note."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return self._sheet(session, kind)

    def supervision(self) -> SupervisionCount:
        """Count the small works under way that must be supervised, or are of their own will."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            works, required, voluntary = supervision(session)
        return SupervisionCount(works=works, required=required, voluntary=voluntary)

    def pdf(self, kind: KeyList) -> bytes:
        """Give one list on paper; raises ``ClerkError``: not_permitted, office_not_set_up, missing_characters."""
        sheet = self.sheet(kind)
        return self._press.plain(key_list(sheet, office=self._station.known_office(), pack=self._station.pack()))

    def workbook(self, file: Path, kinds: Sequence[KeyList] = ()) -> int:
        """Write lists into a workbook and record it; all that the rules know where none is named.

        Gives how many works they hold.  Works that are seen but not to be exported are left out.
        Raises ``ClerkError``: not_permitted, cannot_save_file, disk_full, database_locked.
        """
        actor = self._station.actor
        actor.require(Right.SEE)
        actor.require(Right.EXPORT)
        fresh, kinds = file.with_name(f"{file.name}.part"), kinds or lists_of(self._station.pack())
        try:
            with self._database.reading() as session:
                sheets = [self._exportable(session, self._sheet(session, kind)) for kind in kinds]
            count = write_key_lists(fresh, sheets)
            sync_file(fresh)
            self._record(kinds, count)
            move_durably(fresh, file)
        except OSError as error:
            code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot_save_file"
            raise ClerkError(code, path=str(file), why=error.strerror or str(error)) from error
        finally:
            fresh.unlink(missing_ok=True)
        return count

    def _sheet(self, session: Session, kind: KeyList) -> KeyListSheet:
        on, pack = self._station.today(), self._station.pack()
        words = {choice.code: choice.label for choice in pack.choices.get("place_kind", ())}
        if kind is not KeyList.KEY_SUPERVISION:
            return KeyListSheet(kind=kind, rows=listed(session, kind, words), as_of=on)
        if local("高风险") != KEY_SUPERVISION_WORD:
            return KeyListSheet(kind=kind, rows=(), as_of=on, note=NO_KEY_SUPERVISION)
        # Where the place calls its high-risk works so, they are this list; what its classes still lack is said.
        note = "；".join(f"{opened.label}：{opened.why}" for opened in pack.open_lists)
        return KeyListSheet(kind=kind, rows=listed(session, KeyList.HIGH_RISK, words), as_of=on, note=note)

    def _exportable(self, session: Session, sheet: KeyListSheet) -> KeyListSheet:
        return replace(sheet, rows=tuple(row for row in sheet.rows if self._may_export(session, row)))

    def _may_export(self, session: Session, row: KeyListRow) -> bool:
        departments = departments_of(session, row.filing_id)
        return self._station.actor.may_for(Right.EXPORT, row.community, departments)

    def _record(self, kinds: Sequence[KeyList], count: int) -> None:
        titles = "、".join(LIST_TITLES[kind] for kind in kinds)
        with self._database.writing() as session:
            summary = f"导出{titles}，共 {count} 件（个人信息已遮盖）"
            record_event(session, self._station, act="key_list_out", summary=summary)
