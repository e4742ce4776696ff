"""After a decision: which unregistered work came to be registered by it, or which may have."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.acts import Act, BegunFrom, Change, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteRow
from desktop.domain.local_rules import local
from desktop.views.intake.done_view import DoneView
from desktop.views.shared.messages import describe
from desktop.views.workbench import Workbench


class FoundOffer(QObject):
    """Says on the done view what was tied, and offers open works at the same place, to be tied by one key."""

    def __init__(self, workbench: Workbench, done: DoneView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._done = workbench, done
        self._filing_id: int | None = None
        self._begun_from = BegunFrom()
        done.link_asked.connect(self.link)

    def after(self, decided: Decided, begun_from: BegunFrom) -> None:
        """Look at what a decision has to do with unregistered works; a trouble is said and changes nothing."""
        self._filing_id, self._begun_from = decided.filing_id, begun_from
        try:
            said = self._tied()
            offered = self._proposals() if decided.act is Act.ACCEPT and not said else ()
        except ClerkError as trouble:
            said, offered = f"{local('没有查到未登记工地')}：{describe(trouble).text}", ()
        self._done.show_found(said, offered)

    def link(self, found: FoundSiteRow) -> None:
        """Tie one of the offered works to the filing that was just accepted."""
        if self._filing_id is None:
            return
        try:
            self._bench.desk.found_sites.link(found.id, self._filing_id)
            rest = self._proposals()
        except ClerkError as trouble:
            self._done.say_found(f"没有关联：{describe(trouble).text}")
            return
        self._done.show_found(local(f"已关联未登记工地 {found.number}。"), rest)
        self._bench.changed.emit(frozenset({Change.ON_SITE}))

    def _tied(self) -> str:
        if self._begun_from.found_site_id is not None:
            row = self._bench.desk.found_sites.row(self._begun_from.found_site_id)
            if row.filing_id == self._filing_id:
                return local(f"已关联未登记工地 {row.number}。")
            return local(f"未登记工地 {row.number} 已经另行处理，没有关联。")
        if self._begun_from.follows_id is not None:
            number = self._bench.desk.ledger.file(self._begun_from.follows_id).row.number
            return local(f"已接续原登记 {number}。")
        return ""

    def _proposals(self) -> tuple[FoundSiteRow, ...]:
        assert self._filing_id is not None
        return self._bench.desk.found_sites.proposals(self._filing_id)
