"""The worklist on paper: all that is due for who is signed in, in their own scope; every print on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from desktop.documents.papers.worklist_list import CODE, asked_of_worklist, worklist_list
from desktop.documents.site_paper import SitePaper
from desktop.documents.titles import TITLES
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.site import Site, SiteRef
from desktop.domain.worklist import Worklist, WorklistCriteria
from desktop.models.database import Database
from desktop.services.audit import record_event
from desktop.services.press import Press
from desktop.services.station import Station

# What nobody carries along any more; the filters make it shorter.
LONGEST_LIST: Final = 1_000


class WorklistPrinting:
    """Prints what ``read`` gives."""

    def __init__(self, database: Database, station: Station, *, press: Press, read: Callable[..., Worklist]) -> None:
        self._database, self._station = database, station
        self._press, self._read = press, read

    def pdf(self, criteria: WorklistCriteria) -> bytes:
        """Give the list; raises as ``WorklistService.pdf`` says."""
        self._station.actor.require(Right.EXPORT)
        worklist = self._read(criteria, most=LONGEST_LIST)
        count = sum(group.count for group in worklist.groups)
        if count > LONGEST_LIST:
            raise ClerkError("list_too_long", count=count, most=LONGEST_LIST)
        office, actor = self._station.known_office(), self._station.actor
        ctx = SitePaper(
            office=office,
            pack=self._station.pack(),
            site=Site(ref=SiteRef(), number="", project_name="", place="", community=criteria.community or ""),
            number="",
            issued_on=worklist.day,
        )
        asked = (("打印人", actor.name or office.clerk_name), *asked_of_worklist(criteria))
        pdf = self._press.plain(worklist_list(ctx, worklist, asked=asked))
        with self._database.writing() as session:
            record_event(
                session,
                self._station,
                act="worklist_out",
                summary=f"打印{TITLES[CODE]} {count} 件（个人信息已遮盖）",
                changes=[(f"asked.{name}", None, value) for name, value in asked_of_worklist(criteria)],
            )
        return pdf
