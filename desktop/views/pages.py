"""The pages of the window, in the order of the rail; a page is built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.views.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One page: its key, its word in the rail, its icon and how it is built."""

    key: str
    title: str
    icon: str
    build: Callable[[Workbench], QWidget]


def _intake(workbench: Workbench) -> QWidget:
    from desktop.views.intake.intake_page import IntakePage

    return IntakePage(workbench)


def _ledger(workbench: Workbench) -> QWidget:
    from desktop.views.ledger.ledger_page import LedgerPage

    return LedgerPage(workbench)


def _admin(workbench: Workbench) -> QWidget:
    from desktop.views.admin.admin_page import AdminPage

    return AdminPage(workbench)


PAGES: Final[tuple[PageSpec, ...]] = (
    PageSpec(key="intake", title="受理", icon="intake", build=_intake),
    PageSpec(key="ledger", title="台账", icon="ledger", build=_ledger),
    PageSpec(key="admin", title="设置", icon="admin", build=_admin),
)
