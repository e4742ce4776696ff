"""The main window: frame, pages, keys that work everywhere, and leaving without losing a word."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.views.actions import action, shortcut
from desktop.views.frame.keys_dialog import KeysDialog
from desktop.views.frame.rail import Rail
from desktop.views.frame.status_line import StatusLine
from desktop.views.frame.top_bar import TopBar
from desktop.views.pages import PAGES, IntakeLike, PageSpec, Searches, StepsBack
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe, show_trouble
from desktop.views.shared.remembered import Remembered
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import apply_theme, base_px, icon
from desktop.views.workbench import Workbench

_SIZE: Final = (1366, 768)
_SMALLEST: Final = (1180, 640)
FILING: Final = "filing"
IDLE_MS: Final = 500
_LOG: Final = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Frame of all pages.  Esc goes one step back and never closes; closing saves what is typed first."""

    warmed_up = Signal()  # what the first papers need is loaded

    def __init__(
        self, workbench: Workbench, parent: QWidget | None = None, *, pages: Sequence[PageSpec] = PAGES
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._specs = {page.key: page for page in pages}
        self._built: dict[str, QWidget] = {}
        self._here, self._came_from = "", next(iter(self._specs))
        self.remembered = Remembered(workbench.desk.data_folder)
        self.top_bar, self.rail, self.status = TopBar(), Rail(pages), StatusLine()
        self.banner, self.draft_banner, self._stack = Banner(), Banner(), QStackedWidget()
        if self.remembered.base_px != base_px():
            self._dress(self.remembered.base_px)
        self._build()
        self._make_actions()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._connect()
        self.show_settings()
        self.go(self._came_from)
        self._go_on_with_draft()

    @property
    def page_key(self) -> str:
        """Give the key of the page one is on."""
        return self._here

    def page(self, key: str) -> QWidget:
        """Give a page, built when it is first asked for."""
        if key not in self._built:
            self._built[key] = self._specs[key].build(self.workbench) if key in self._specs else self._filing_page()
            self._stack.addWidget(self._built[key])
        return self._built[key]

    def go(self, key: str) -> None:
        """Show a page and put the keyboard into it."""
        page = self.page(key)
        if self._here in self._specs:
            self._came_from = self._here
        self._here = key
        self._stack.setCurrentWidget(page)
        self.rail.show_page(key if key in self._specs else self._came_from)
        self._name_window()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_settings(self) -> None:
        """Show office, rules and text size as they are set now."""
        office = self.workbench.desk.office.office()
        if office is not None:
            self.top_bar.show_office(office)
        pack = self.workbench.desk.office.pack()
        on = self.workbench.desk.office.today()
        self.top_bar.show_pack(pack, on)
        self.status.show_pack(pack)
        if pack.banner_on(on) != self.banner.text:
            # What the clerk has put away comes back only with other rules.
            self.banner.say(pack.banner_on(on), Tone.AMBER, mark="规则", button="收起")
        self.count_today()

    def count_today(self) -> None:
        """Count today's decisions anew; a ledger that cannot be read is said in the status line."""
        try:
            self.status.show_today(self.workbench.desk.ledger.decided_today())
        except ClerkError as error:
            self.status.show_trouble(describe(error).text)

    def step_back(self) -> None:
        """Go one step back: inside the page, or from a filing to the page it was opened from."""
        page = self._built[self._here]
        if isinstance(page, StepsBack) and page.step_back():
            return
        if self._here not in self._specs:
            self.go(self._came_from)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._idle.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            if "intake" in self._built:
                self._intake().flush()
        except ClerkError as error:
            if not self._wants_to_leave(error):
                event.ignore()
                return
        self._idle.stop()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        self.workbench.runner.finish()
        self.workbench.closing.emit()
        self.remembered.geometry = self.saveGeometry()
        self.remembered.keep()
        event.accept()

    def _build(self) -> None:
        self.setWindowIcon(icon("window"))
        self.setMinimumSize(*_SMALLEST)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top_bar, self.banner, self.draft_banner):
            column.addWidget(widget)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        if not self.restoreGeometry(self.remembered.geometry):
            room = self.screen().availableGeometry()
            self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))

    def _make_actions(self) -> None:
        for key in self._specs:
            self._on_key(f"page.{key}", partial(self.go, key))
        self._on_key("search", self._to_search)
        self._on_key("next_person", self._next_person)
        self._on_key("keys", self._show_keys)
        self._on_key("text.larger", lambda: self._resize_text(1))
        self._on_key("text.smaller", lambda: self._resize_text(-1))

    def _on_key(self, key: str, act: Callable[[], None]) -> None:
        made = QAction(action(key).text, self)
        made.setObjectName(key)
        made.setShortcut(QKeySequence(shortcut(key)))
        made.triggered.connect(lambda _checked=False: act())
        self.addAction(made)

    def _connect(self) -> None:
        bench = self.workbench
        bench.changed.connect(lambda _changes: self.show_settings())
        bench.filing_asked.connect(self._open_filing)
        bench.revisit_asked.connect(self._open_revisit)
        bench.papers_asked.connect(self._open_papers)
        bench.page_asked.connect(self.go)
        bench.told.connect(self.status.say)
        bench.runner.busy_changed.connect(self.status.show_busy)
        self.rail.asked.connect(self.go)
        self._idle.timeout.connect(self._warm_up)
        self.status.keys_asked.connect(self._show_keys)
        self.banner.pressed.connect(self.banner.hide)
        self.draft_banner.pressed.connect(self.draft_banner.hide)
        self.top_bar.search.searched.connect(self._search)
        self.top_bar.search.left.connect(lambda: self.go(self._here))

    def _warm_up(self) -> None:
        """Load what the first papers need while nobody waits for it; without it they only take longer."""
        self._idle.timeout.disconnect(self._warm_up)
        self.workbench.runner.run(
            lambda _progress: self.workbench.desk.issuing.warm_up(),
            done=while_there(self, lambda _nothing: self.warmed_up.emit()),
            failed=lambda error: _LOG.warning("warm-up failed: %s", type(error).__name__),
            errand=Errand.UNSEEN,
        )

    def _intake(self) -> IntakeLike:
        return cast("IntakeLike", self.page("intake"))

    def _filing_page(self) -> QWidget:
        from desktop.views.filing.filing_page import FilingPage

        return FilingPage(self.workbench)

    def _open_filing(self, filing_id: int) -> None:
        from desktop.views.filing.filing_page import FilingPage

        page = self.page(FILING)
        assert isinstance(page, FilingPage)
        try:
            page.show_filing(filing_id)
        except ClerkError as error:
            show_trouble(error, self)
            return
        self.go(FILING)

    def _open_revisit(self, filing_id: int) -> None:
        try:
            self._intake().open_revisit(filing_id)
        except ClerkError as error:
            show_trouble(error, self)
            return
        self.go("intake")

    def _open_papers(self, papers: tuple[IssuedPaper, ...], title: str) -> None:
        from desktop.views.papers.papers_dialog import PapersDialog

        dialog = PapersDialog(self.workbench, papers, title, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _search(self, text: str) -> None:
        cast("Searches", self.page("ledger")).search(text)
        self.top_bar.search.clear()
        self.go("ledger")

    def _to_search(self) -> None:
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def _next_person(self) -> None:
        self.go("intake")
        self._intake().new_matter()

    def _show_keys(self) -> None:
        dialog = KeysDialog(self._here, self._title_here(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _resize_text(self, by: int) -> None:
        self._dress(base_px() + by)
        self.remembered.base_px = base_px()
        self.status.say(f"文字大小 {base_px()}")

    def _dress(self, text_px: int) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, text_px)

    def _go_on_with_draft(self) -> None:
        """Open the newest unfinished form, so that leaving in the middle costs nothing."""
        if "intake" not in self._specs:
            return
        drafts = self.workbench.desk.drafts.all()
        if not drafts or not self._intake().open_draft(drafts[0]):
            return
        others = f"另有 {len(drafts) - 1} 件未办完，可在“受理”页中打开。" if len(drafts) > 1 else ""
        said = f"已接上 {drafts[0].saved_at.astimezone():%m-%d %H:%M} 没有办完的来件。{others}Ctrl+N 另起一件。"
        self.draft_banner.say(said, Tone.BLUE, mark="草稿", button="知道了")

    def _wants_to_leave(self, error: ClerkError) -> bool:
        box = QMessageBox(self)
        box.setObjectName("leaving")
        box.setWindowTitle("草稿没有保存")
        box.setText(describe(error).title)
        box.setInformativeText(f"{describe(error).remedy}\n现在关闭会丢失最后录入的内容。")
        stay = box.addButton("返回窗口", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("仍然关闭", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave

    def _title_here(self) -> str:
        return self._specs[self._here].title if self._here in self._specs else "一件一档"

    def _name_window(self) -> None:
        office = self.workbench.desk.office.office()
        whose = f"{office.station_name} {office.window}".strip() if office else ""
        self.setWindowTitle(" · ".join(part for part in (self._title_here(), whose) if part))
