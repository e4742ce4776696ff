"""The register of matters handed on over a period: as a table, on paper and as a workbook; every copy on record."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.papers.transfer_register import asked_of_register, transfer_register
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.ledger_table import LedgerTable
from desktop.domain.site import Site, SiteRef
from desktop.domain.transfer import TransferCriteria, TransferRow
from desktop.domain.transfer_register import REGISTER_TITLE, RegisterPeriod, register_table
from desktop.exchange.tables_workbook import MOST_ROWS, write_tables_workbook
from desktop.queries.filing_file import departments_of
from desktop.queries.transfers import transfers
from desktop.services.area_ledger import LONGEST_PAPER
from desktop.services.audit import record_event
from desktop.services.file_writing import written_file
from desktop.services.reach import is_in_area
from desktop.services.transfer_base import TransferBase

_ACT: Final = "transfer_register_out"


class GivingOutTheRegister(TransferBase):
    """Prints the register of a period and writes it into files."""

    def register(self, period: RegisterPeriod) -> LedgerTable:
        """Give the lines of a period in the order in which they were sent, numbers of persons covered.

        Matters that are seen but not to be exported are left out.
        Raises ``ClerkError``: not_permitted, period_reversed (first, last).
        """
        self._station.actor.require(Right.EXPORT)
        if period.first_on > period.last_on:
            raise ClerkError("period_reversed", first=period.first_on, last=period.last_on)
        today = self._station.today()
        asked = TransferCriteria(
            sent_from=period.first_on,
            sent_to=period.last_on,
            community=period.community,
            to_body=period.to_body,
            limit=MOST_ROWS,
        )
        with self._database.reading() as session:
            found = [row for row in transfers(session, asked, as_of=today) if self._may_give_out(session, row)]
        return register_table(found[::-1], today)

    def register_pdf(self, period: RegisterPeriod) -> bytes:
        """Give the register on paper, and put on record that it left the program.

        Raises as ``register``, and ``ClerkError``: list_too_long (count, most), office_not_set_up, missing_characters,
        database_locked, disk_full, read_only.
        """
        table = self.register(period)
        if len(table.rows) > LONGEST_PAPER:
            raise ClerkError("list_too_long", count=len(table.rows), most=LONGEST_PAPER)
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=Site(ref=SiteRef(), number="", project_name="", place="", community=period.community or ""),
            number="",
            issued_on=self._station.today(),
        )
        pdf = self._press.plain(transfer_register(ctx, period, table))
        self._note_given_out("打印", period, table)
        return pdf

    def register_workbook(self, period: RegisterPeriod, file: Path) -> int:
        """Write the register into a workbook, put it on record and give how many matters it holds.

        Raises as ``register``, and ``ClerkError``: cannot_save_file, disk_full, database_locked.
        """
        table, office, actor = self.register(period), self._station.office, self._station.actor
        said = [
            ("导出内容", REGISTER_TITLE),
            *asked_of_register(period),
            ("导出人", actor.name or (office.clerk_name if office else "")),
            ("导出时间", f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"),
            ("个人信息", "证件号码和电话已遮盖。本次导出已记入审计记录。"),
        ]
        with written_file(file) as fresh:
            write_tables_workbook(fresh, [table], said)
            self._note_given_out("导出", period, table)
        return len(table.rows)

    def _may_give_out(self, session: Session, row: TransferRow) -> bool:
        actor = self._station.actor
        if row.site.filing_id is None:
            return is_in_area(actor, Right.EXPORT, row.community)
        if any(grant.is_whole for grant in actor.grants_for(Right.EXPORT)):
            return True
        return actor.may_for(Right.EXPORT, row.community, departments_of(session, row.site.filing_id))

    def _note_given_out(self, how: str, period: RegisterPeriod, table: LedgerTable) -> None:
        changes = [(f"asked.{name}", None, value) for name, value in asked_of_register(period)]
        with self._database.writing() as session:
            summary = f"{how}{REGISTER_TITLE} {len(table.rows)} 件（个人信息已遮盖）"
            record_event(session, self._station, act=_ACT, summary=summary, changes=changes)
