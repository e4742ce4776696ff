"""The pages of the window, in the order of the rail, and what the window asks of them; built when first shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from desktop.domain.access import Actor, Right
from desktop.domain.acts import Draft
from desktop.domain.ledger import LedgerCriteria
from desktop.services.home import HOME_RIGHTS
from desktop.views.workbench import Workbench


class IntakeLike(Protocol):
    """What the window asks of the intake page."""

    def new_matter(self) -> None:
        """Begin with the next person."""

    def open_draft(self, draft: Draft) -> bool:
        """Go on with an unfinished form."""

    def open_revisit(self, filing_id: int) -> None:
        """Open the next visit of a filing."""

    def flush(self) -> None:
        """Save what is typed now; raises ``ClerkError`` when it cannot be saved."""


@runtime_checkable
class StepsBack(Protocol):
    """A page that has steps of its own for Esc."""

    def step_back(self) -> bool:
        """Go one step back; says whether there was one."""


class Searches(Protocol):
    """The page that finds filings."""

    def search(self, text: str) -> None:
        """Look for a text."""

    def show_criteria(self, criteria: LedgerCriteria) -> None:
        """Show the filings of some criteria and no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One page: its key, its word in the rail, its icon, how it is built and any of which rights opens it."""

    key: str
    title: str
    icon: str
    build: Callable[[Workbench], QWidget]
    rights: frozenset[Right]


def _intake(workbench: Workbench) -> QWidget:
    from desktop.views.intake.intake_page import IntakePage

    return IntakePage(workbench)


def _home(workbench: Workbench) -> QWidget:
    from desktop.views.home.home_page import HomePage

    return HomePage(workbench)


def _ledger(workbench: Workbench) -> QWidget:
    from desktop.views.ledger.ledger_page import LedgerPage

    return LedgerPage(workbench)


def _registers(workbench: Workbench) -> QWidget:
    from desktop.views.registers.registers_page import RegistersPage

    return RegistersPage(workbench)


def _admin(workbench: Workbench) -> QWidget:
    from desktop.views.admin.admin_page import AdminPage

    return AdminPage(workbench)


def _audit(workbench: Workbench) -> QWidget:
    from desktop.views.audit.audit_page import AuditPage

    return AuditPage(workbench)


PAGES: Final[tuple[PageSpec, ...]] = (
    PageSpec(key="home", title="今日", icon="home", build=_home, rights=HOME_RIGHTS),
    PageSpec(key="intake", title="受理", icon="intake", build=_intake, rights=frozenset({Right.REGISTER})),
    PageSpec(key="ledger", title="台账", icon="ledger", build=_ledger, rights=frozenset({Right.SEE})),
    PageSpec(
        key="registers",
        title="名录",
        icon="registers",
        build=_registers,
        rights=frozenset({Right.SEE, Right.KEEP_REGISTERS}),
    ),
    PageSpec(key="audit", title="审计", icon="audit", build=_audit, rights=frozenset({Right.AUDIT})),
    PageSpec(key="admin", title="设置", icon="admin", build=_admin, rights=frozenset(Right)),
)

# Which right leads where after signing in, the first that is held (LG-P2): a clerk begins with the next person, a
# reviewer and a manager with what waits, a patroller and a community with the ledger.
_LANDINGS: Final = (
    (Right.REGISTER, "intake"),
    (Right.REVIEW_FILING, "home"),
    (Right.SEE, "ledger"),
    (Right.AUDIT, "audit"),
)


def landing_of(actor: Actor, keys: Collection[str]) -> str:
    """Give the page that somebody lands on, of the pages they may open; empty where there is none."""
    meant = (key for right, key in _LANDINGS if actor.may(right) and key in keys)
    return next(meant, next(iter(keys), ""))
