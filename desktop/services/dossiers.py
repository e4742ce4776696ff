"""The dossier of one case and the ledgers of a period: on paper and as workbooks, covered, every time on record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.documents.papers.area_ledger import TITLES_OF, area_ledger_paper, asked_words
from desktop.documents.papers.dossier import dossier_paper
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.ledger_table import AreaCriteria, AreaLedger, Dossier
from desktop.domain.progress import SILENT, Progress
from desktop.domain.site import Site, SiteRef
from desktop.exchange.tables_workbook import write_tables_workbook
from desktop.models.database import Database
from desktop.models.gate import SeenBy, see_as
from desktop.queries.filing_file import stored_filing
from desktop.services.area_ledger import LONGEST_PAPER, area_ledger
from desktop.services.audit import FieldChange, record_event
from desktop.services.dossier_reading import dossier_of
from desktop.services.file_writing import written_file
from desktop.services.press import Press
from desktop.services.reach import require_for_filing
from desktop.services.site import pack_on_site
from desktop.services.station import Station


class DossierService:
    """Gives out what the ledger knows of a case, or of an area over a period."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database = database
        self._station = station
        self._press = press

    def of(self, filing_id: int) -> Dossier:
        """Give everything that is known of one case, in five parts, numbers covered.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing.
        """
        actor = self._station.actor
        actor.require(Right.EXPORT)
        with self._database.reading() as session:
            filing = stored_filing(session, filing_id)
            require_for_filing(session, actor, Right.EXPORT, filing)
            return dossier_of(session, filing, pack=pack_on_site(session, self._station, SiteRef(filing_id=filing_id)))

    def preview(self, filing_id: int) -> bytes:
        """Give the dossier (一案一档) as PDF to look at.

        Raises as ``of``, and ``ClerkError``: office_not_set_up, missing_characters.
        """
        return self._set(self.of(filing_id))

    def pdf(self, filing_id: int) -> bytes:
        """Give the dossier as PDF, and put on record that it left the program; raises as ``preview``."""
        told = self.of(filing_id)
        pdf = self._set(told)
        self._note("dossier_out", f"打印一案一档 {told.site.number}", filing_id=filing_id)
        return pdf

    def workbook(self, filing_id: int, file: Path) -> Path:
        """Write the five parts into a workbook, a sheet each, and put that on record.

        Raises as ``of``, and ``ClerkError``: cannot_save_file, disk_full.
        """
        told = self.of(filing_id)
        with written_file(file) as fresh:
            write_tables_workbook(fresh, told.parts, self._said([("导出内容", f"一案一档 {told.site.number}")]))
            self._note("dossier_out", f"导出一案一档 {told.site.number}", filing_id=filing_id)
        return file

    def ledger(self, criteria: AreaCriteria, progress: Progress = SILENT) -> AreaLedger:
        """Give a community's, a property company's or the street's ledger over a period, numbers covered.

        Raises ``ClerkError``: not_permitted, period_reversed, organisation_required; ``Cancelled``.
        """
        actor = self._station.actor
        actor.require(Right.EXPORT)
        with self._database.reading() as session:
            # What may be seen but not taken out stays out.
            see_as(session, SeenBy(actor.grants_for(Right.EXPORT), actor.account_id, sees_trail=False))
            return area_ledger(session, criteria, pack=self._station.pack(), progress=progress)

    def ledger_preview(self, criteria: AreaCriteria, progress: Progress = SILENT) -> bytes:
        """Give the ledger as PDF to look at.

        Raises as ``ledger``, and ``ClerkError("list_too_long")`` with count and most.
        """
        told = self.ledger(criteria, progress)
        count = sum(len(table.rows) for table in told.tables)
        if count > LONGEST_PAPER:
            raise ClerkError("list_too_long", count=count, most=LONGEST_PAPER)
        area = Site(ref=SiteRef(), number="", project_name="", place="", community=criteria.community or "")
        return self._press.plain(area_ledger_paper(self._context(area), told))

    def ledger_pdf(self, criteria: AreaCriteria) -> bytes:
        """Give the ledger as PDF, and put on record that it left the program; raises as ``ledger_preview``."""
        pdf = self.ledger_preview(criteria)
        self._note("area_ledger_out", f"打印{TITLES_OF[criteria.kind]}", asked=asked_words(criteria))
        return pdf

    def ledger_workbook(self, criteria: AreaCriteria, file: Path, progress: Progress = SILENT) -> Path:
        """Write the ledger into a workbook, a sheet a table, and put that on record.

        Raises as ``ledger``, and ``ClerkError``: cannot_save_file, disk_full; nothing is left when it is stopped.
        """
        told = self.ledger(criteria, progress)
        asked = asked_words(criteria)
        with written_file(file) as fresh:
            said = [("导出内容", TITLES_OF[criteria.kind]), *asked]
            count = write_tables_workbook(fresh, told.tables, self._said(said))
            progress.step(count, count)  # the last moment to stop: what is on record has left
            self._note("area_ledger_out", f"导出{TITLES_OF[criteria.kind]}", asked=asked)
        return file

    def _set(self, told: Dossier) -> bytes:
        return self._press.plain(dossier_paper(self._context(told.site), told))

    def _context(self, site: Site) -> SitePaper:
        station = self._station
        with self._database.reading() as session:
            pack = pack_on_site(session, station, site.ref)
        return SitePaper(
            office=station.known_office(), pack=pack, site=site, number=site.number, issued_on=station.today()
        )

    def _said(self, what: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        office, actor = self._station.office, self._station.actor
        by = actor.name or (office.clerk_name if office else "")
        at = f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"
        return [*what, ("导出人", by), ("导出时间", at), ("个人信息", "证件号码和电话已遮盖。本次导出已记入审计记录。")]

    def _note(
        self, act: str, summary: str, *, filing_id: int | None = None, asked: Sequence[tuple[str, str]] = ()
    ) -> None:
        changes: list[FieldChange] = [(f"asked.{name}", None, value) for name, value in asked]
        with self._database.writing() as session:
            record_event(session, self._station, act=act, summary=summary, filing_id=filing_id, changes=changes)
