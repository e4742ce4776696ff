"""The pages of the window, in the order of the rail, and what the window asks of them; built when first shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from desktop.domain.access import Actor, Right
from desktop.domain.acts import Draft
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.site import SiteRef
from desktop.domain.worklist import WORKLIST_RIGHTS, Task, WorklistCriteria
from desktop.views.workbench import Workbench


class IntakeLike(Protocol):
    """What the window asks of the intake page."""

    def new_matter(self) -> None:
        """Begin with the next person."""

    def open_draft(self, draft: Draft) -> bool:
        """Go on with an unfinished form."""

    def open_revisit(self, filing_id: int) -> None:
        """Open the next visit of a filing."""

    def open_again(self, filing_id: int) -> None:
        """Begin a registration in place of one that is past or over."""

    def open_next_shop(self, filing_id: int) -> None:
        """Begin the next shop of the mall that a filing lies in."""

    def open_found(self, found_site_id: int) -> None:
        """Begin the registration of a work found unregistered."""

    def flush(self) -> None:
        """Save what is typed now; raises ``ClerkError`` when it cannot be saved."""


@runtime_checkable
class StepsBack(Protocol):
    """A page that has steps of its own for Esc."""

    def step_back(self) -> bool:
        """Go one step back; says whether there was one."""


class EntersPatrols(Protocol):
    """The page on which patrols are entered."""

    def enter_patrol(self, site: SiteRef) -> bool:
        """Begin the entry of a patrol of a site; says whether the one at work may."""


@runtime_checkable
class DoesTasks(Protocol):
    """A page that deals with tasks of the worklist."""

    def do_task(self, task: Task) -> bool:
        """Go to the act that deals with a task; says whether the page has one for it."""


@runtime_checkable
class ShowsRows(Protocol):
    """A page with lists of which one row can be shown."""

    def show_row(self, key: str, row_id: int) -> bool:
        """Stand on one row of a list; says whether the one at work has it."""


class ListsTasks(Protocol):
    """The page of the worklist."""

    def show_criteria(self, criteria: WorklistCriteria) -> None:
        """Show what some criteria ask for and nothing else."""


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


def _worklist(workbench: Workbench) -> QWidget:
    from desktop.views.worklist.worklist_page import WorklistPage

    return WorklistPage(workbench)


def _ledger(workbench: Workbench) -> QWidget:
    from desktop.views.ledger.ledger_page import LedgerPage

    return LedgerPage(workbench)


def _patrol(workbench: Workbench) -> QWidget:
    from desktop.views.patrol.patrol_page import PatrolPage

    return PatrolPage(workbench)


def _inspections(workbench: Workbench) -> QWidget:
    from desktop.views.inspections.inspections_page import InspectionsPage

    return InspectionsPage(workbench)


def _registers(workbench: Workbench) -> QWidget:
    from desktop.views.registers.registers_page import RegistersPage

    return RegistersPage(workbench)


def _exchange(workbench: Workbench) -> QWidget:
    from desktop.views.exchange.exchange_page import ExchangePage

    return ExchangePage(workbench)


def _statistics(workbench: Workbench) -> QWidget:
    from desktop.views.statistics.statistics_page import StatisticsPage

    return StatisticsPage(workbench)


def _admin(workbench: Workbench) -> QWidget:
    from desktop.views.admin.admin_page import AdminPage

    return AdminPage(workbench)


def _audit(workbench: Workbench) -> QWidget:
    from desktop.views.audit.audit_page import AuditPage

    return AuditPage(workbench)


PAGES: Final[tuple[PageSpec, ...]] = (
    PageSpec(key="worklist", title="待办", icon="home", build=_worklist, rights=WORKLIST_RIGHTS),
    PageSpec(key="intake", title="受理", icon="intake", build=_intake, rights=frozenset({Right.REGISTER})),
    PageSpec(key="ledger", title="台账", icon="ledger", build=_ledger, rights=frozenset({Right.SEE})),
    PageSpec(key="patrol", title="巡查", icon="patrol", build=_patrol, rights=frozenset({Right.SEE})),
    PageSpec(key="inspections", title="抽查", icon="inspections", build=_inspections, rights=frozenset({Right.SEE})),
    PageSpec(
        key="registers",
        title="名录",
        icon="registers",
        build=_registers,
        rights=frozenset({Right.SEE, Right.KEEP_REGISTERS}),
    ),
    PageSpec(
        key="exchange",
        title="上报",
        icon="exchange",
        build=_exchange,
        rights=frozenset({Right.EXPORT, Right.DECIDE_EXCEPTIONS, Right.KEEP_SETTINGS}),
    ),
    PageSpec(
        key="statistics", title="统计", icon="statistics", build=_statistics, rights=frozenset({Right.STATISTICS})
    ),
    PageSpec(key="audit", title="审计", icon="audit", build=_audit, rights=frozenset({Right.AUDIT})),
    PageSpec(key="admin", title="设置", icon="admin", build=_admin, rights=frozenset(Right)),
)

# Which right leads where after signing in, the first that is held: a clerk begins with the next person, a
# manager with the overview, a reviewer, a patroller and an enforcement officer with what waits, who only looks with
# the ledger.
_LANDINGS: Final = (
    (Right.REGISTER, "intake"),
    (Right.DECIDE_EXCEPTIONS, "statistics"),
    *((right, "worklist") for right in sorted(WORKLIST_RIGHTS - {Right.REGISTER})),
    (Right.SEE, "ledger"),
    (Right.AUDIT, "audit"),
)


def landing_of(actor: Actor, keys: Collection[str]) -> str:
    """Give the page that somebody lands on, of the pages they may open; empty where there is none."""
    meant = (key for right, key in _LANDINGS if actor.may(right) and key in keys)
    return next(meant, next(iter(keys), ""))
