"""Ends the sample morning by keys: the reviewer passes what was sent, the auditor verifies, the ledger is backed up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.domain.access import Role
from desktop.domain.acts import Status
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.play import Player
from desktop.sample_morning.seats import fold_sheets, sit_down
from desktop.views.admin.admin_page import AdminPage
from desktop.views.audit.audit_page import AuditPage
from desktop.views.backup.backup_tab import BackupTab

_BACKUPS: Final = "备份和加密"


class HandingOver:
    """Lets one person after another sit down at the window of the morning."""

    def __init__(self, player: Player, day: SampleDay) -> None:
        self._player, self._day = player, day
        self._typist, self._window = player.typist, player.window

    def play(self) -> Iterator[str]:
        """Review, verify and back up; gives a line for each."""
        self._sit_down(Role.REVIEWER)
        yield from self._review()
        self._sit_down(Role.AUDITOR)
        yield self._verify()
        self._sit_down(Role.ADMINISTRATOR)
        yield self._back_up()

    def _sit_down(self, role: Role) -> None:
        sit_down(self._player, self._day, role, picture=f"10-{role.value}-signs-in")

    def _review(self) -> Iterator[str]:
        """Open what waits from the worklist and pass it; the papers of acceptance follow."""
        waiting = self._player.desk.reviews.queue()
        self._typist.wait_until(lambda: self._window.page_key == "worklist", "the worklist")
        self._typist.pause()
        self._player.shoot("10-waits-for-review")
        for awaited in waiting:
            yield self._pass(awaited.filing_id)
            self._typist.keys("{Ctrl+5}")
            self._typist.wait_until(lambda: self._window.page_key == "worklist", "the worklist")

    def _pass(self, filing_id: int) -> str:
        ledger = self._player.desk.ledger
        # The worklist is looked up beside; Enter means its first line only when that is there.
        self._player.settle()
        self._typist.keys("{Enter}")
        self._typist.wait_until(lambda: self._window.page_key == "filing", "the filing to review")
        self._typist.pause()
        picture = self._player.shoot("10-review")
        self._typist.keys("{F9}")
        self._typist.wait_until(lambda: ledger.file(filing_id).row.status is Status.REGISTERED, "the acceptance")
        fold_sheets(self._player)
        self._player.keep_reviewed(filing_id)
        who, number = self._day.people[Role.REVIEWER].name, ledger.file(filing_id).row.number
        return f"  {who} 审核通过　{number}　{picture.name}"

    def _verify(self) -> str:
        self._typist.keys("{Ctrl+6}")
        self._typist.wait_until(lambda: self._window.page_key == "audit", "the trail")
        page = self._window.page("audit")
        assert isinstance(page, AuditPage)
        page.table.setFocus()
        self._typist.keys("{F9}")
        self._player.settle()
        return f"  {self._day.people[Role.AUDITOR].name} 核验台账　{self._player.shoot('11-audit').name}"

    def _back_up(self) -> str:
        self._typist.keys("{Ctrl+3}")
        self._typist.wait_until(lambda: self._window.page_key == "admin", "the settings")
        page = self._window.page("admin")
        assert isinstance(page, AdminPage)
        while page.tabs.tabText(page.tabs.currentIndex()) != _BACKUPS:
            self._typist.keys("{Ctrl+Tab}")
        tab = page.tabs.currentWidget()
        assert isinstance(tab, BackupTab)
        self._typist.keys("{Tab}{F9}")
        self._typist.wait_until(lambda: tab.table.rowCount() > 0, "the backup")
        self._player.settle()
        return f"  {self._day.people[Role.ADMINISTRATOR].name} 备份台账　{self._player.shoot('12-backup').name}"
