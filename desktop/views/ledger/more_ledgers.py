"""What else leads into the ledger and out of it: standing ledgers, the platform's sheet, ledgers of before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from desktop.domain.access import Right
from desktop.views.actions import keys_of
from desktop.views.workbench import Workbench


class MoreLedgers(QPushButton):
    """A menu of what one may do; each has its own key, which works while the menu is closed."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__("更多台账", parent)
        self._bench = workbench
        self._menu = QMenu(self)
        self.setProperty("role", "quiet")
        self.setAccessibleName("更多台账：导出、导入、平台录入")
        self.setMenu(self._menu)
        desk = workbench.desk
        if desk.exporting.may_export():
            self._offer("台账导出", "ledger.standing", self.ask_standing)
            self._offer("期间台账", "ledger.area", self.ask_area)
        if desk.sheet_imports.may_import():
            self._offer("导入旧台账", "ledger.old_ledger", self.ask_old_ledger)
        if desk.sign_in.actor.may(Right.REGISTER):
            self._offer("平台录入", "ledger.platform", self.ask_platform)
        if self._menu.isEmpty():
            self.hide()

    def offered(self) -> tuple[str, ...]:
        """Give what the menu offers, in its order."""
        return tuple(action.text().split("\t")[0] for action in self._menu.actions())

    def ask_area(self) -> None:
        """Ask for the ledger of a community, a property company or the street over a period."""
        from desktop.views.ledger.area_ledger_dialog import AreaLedgerDialog

        if self._bench.desk.exporting.may_export():
            self._open(AreaLedgerDialog(self._bench, self.window()))

    def ask_standing(self) -> None:
        """Ask for one of the standing ledgers as a file."""
        from desktop.views.ledger.standing_ledger_dialog import StandingLedgerDialog

        if self._bench.desk.exporting.may_export():
            self._open(StandingLedgerDialog(self._bench, self.window()))

    def ask_platform(self) -> None:
        """Open what awaits entry in the platform."""
        from desktop.views.exchange.platform_list_dialog import PlatformListDialog

        if self._bench.desk.sign_in.actor.may(Right.REGISTER):
            self._open(PlatformListDialog(self._bench, self.window()))

    def ask_old_ledger(self) -> None:
        """Take in a ledger that the office kept in Excel before."""
        from desktop.views.exchange.old_ledger_dialog import ask_old_ledger

        ask_old_ledger(self._bench, self.window())

    def _offer(self, text: str, key: str, act: Callable[[], None]) -> None:
        self._menu.addAction(f"{text}\t{keys_of(key)}").triggered.connect(act)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
