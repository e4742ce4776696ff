"""The pages that who is signed in may open, built when they are first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop.domain.access import Actor
from desktop.domain.local_rules import local
from desktop.views.pages import PageSpec, landing_of
from desktop.views.workbench import Workbench

FILING: Final = "filing"
FILING_TITLE: Final = "一件一档"
_NO_PAGE: Final = (
    "您已登录，但是账号还没有可用的页面：还没有给您角色，或者角色只用于命令行。\n"
    "请系统管理员在“设置—账号”中给您分配角色，再重新登录。"
)


class PageStack(QStackedWidget):
    """One page at a time; ``here`` is its key, empty where there is none."""

    def __init__(self, workbench: Workbench, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._all = workbench, tuple(pages)
        self._built: dict[str, QWidget] = {}
        self._came_from = self._landing = ""
        self.here = ""
        self.specs: dict[str, PageSpec] = {}
        self._nothing = QLabel(_NO_PAGE)
        self._nothing.setObjectName("no_page")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self._nothing)

    @property
    def first(self) -> str:
        """Give the key of the page to begin with, empty where no page may be opened."""
        return self._landing if self.specs else ""

    @property
    def title(self) -> str:
        """Give the title of the page one is on."""
        if not self.here:
            return ""
        return local(self.specs[self.here].title if self.here in self.specs else FILING_TITLE)

    @property
    def came_from(self) -> str:
        """Give the key of the page of the rail that one is on, or came from."""
        return self.here if self.here in self.specs else self._came_from

    @property
    def filing_shown(self) -> int | None:
        """Give the filing one looks at, None on every other page."""
        from desktop.views.filing.filing_page import FilingPage

        page = self.currentWidget()
        return page.file.row.id if isinstance(page, FilingPage) and page.file is not None else None

    def offer(self, actor: Actor) -> tuple[PageSpec, ...]:
        """Offer the pages that a person may open, and no others."""
        allowed = tuple(page for page in self._all if any(actor.may(right) for right in page.rights))
        self.specs = {page.key: page for page in allowed}
        self._landing = landing_of(actor, self.specs)
        return allowed

    def is_built(self, key: str) -> bool:
        """Say whether a page was asked for already."""
        return key in self._built

    def page(self, key: str) -> QWidget:
        """Give a page, built when it is first asked for; raises ``KeyError`` for one that is not offered."""
        if key not in self._built:
            built = self.specs[key].build(self._bench) if key != FILING else self._filing_page()
            self._built[key] = built
            self.addWidget(built)
        return self._built[key]

    def show_page(self, key: str) -> QWidget:
        """Show a page and remember where one was."""
        page = self.page(key)
        self._came_from = self.came_from or key
        self.here = key
        self.setCurrentWidget(page)
        return page

    def clear(self) -> None:
        """Close every page: nothing of it is shown or kept for whoever comes next."""
        self.setCurrentWidget(self._nothing)
        self._nothing.hide()
        for page in self._built.values():
            self.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._built.clear()
        self.specs = {}
        self.here = self._came_from = ""

    def show_nothing(self) -> None:
        """Say why there is no page for who is signed in."""
        self.setCurrentWidget(self._nothing)
        self._nothing.show()

    def _filing_page(self) -> QWidget:
        from desktop.views.filing.filing_page import FilingPage

        return FilingPage(self._bench)
