"""The main window: frame, keys that work everywhere, who is at work, and leaving without losing a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.views.actions import action, shortcut
from desktop.views.backup.backup_keeper import BackupKeeper
from desktop.views.frame.day_turn import DayTurn
from desktop.views.frame.keys_dialog import KeysDialog
from desktop.views.frame.leaving import close_dialogs, finish_work, wants_to_leave
from desktop.views.frame.openings import Openings
from desktop.views.frame.page_stack import FILING, PageStack
from desktop.views.frame.rail import Rail
from desktop.views.frame.rail_counts import RailCounts
from desktop.views.frame.rules_turn import RulesTurn
from desktop.views.frame.status_line import StatusLine
from desktop.views.frame.top_bar import TopBar
from desktop.views.frame.warming_up import WarmingUp
from desktop.views.pages import PAGES, IntakeLike, PageSpec, Searches, StepsBack
from desktop.views.people.at_work import AtWork
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.shared.remembered import Remembered
from desktop.views.shared.screen_room import room_on_screen
from desktop.views.theme import apply_theme, base_px, icon
from desktop.views.workbench import Workbench

_SIZE: Final = (1366, 768)
_SMALLEST: Final = (1180, 640)


class MainWindow(QMainWindow):
    """Frame of all pages.  Esc goes one step back and never closes; closing saves what is typed first."""

    warmed_up = Signal()  # what the first papers need is loaded

    def __init__(
        self, workbench: Workbench, parent: QWidget | None = None, *, pages: Sequence[PageSpec] = PAGES
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.remembered = Remembered(workbench.desk.data_folder)
        self.top_bar, self.rail, self.status = TopBar(), Rail(()), StatusLine()
        self.banner, self.draft_banner, self._pages = Banner(), Banner(), PageStack(workbench, pages)
        self.at_work = AtWork(workbench, self, self)
        self._openings = Openings(workbench, self._pages, self.go, self)
        self._counts = RailCounts(workbench, self.rail, self)
        self.day_turn, self.rules_turn = DayTurn(workbench.desk, self), RulesTurn(workbench, self, self)
        if self.remembered.base_px != base_px():
            self._dress(self.remembered.base_px)
        self._build()
        self._make_actions(pages)
        self._warming = WarmingUp(workbench, self)
        self._warming.done.connect(self.warmed_up)
        self._backups = BackupKeeper(workbench, self)
        self._connect()
        self.take_up()
        self.at_work.watch()

    @property
    def page_key(self) -> str:
        """Give the key of the page one is on."""
        return self._pages.here

    @property
    def filing_shown(self) -> int | None:
        """Give the filing one looks at, None on every other page."""
        return self._pages.filing_shown

    def page(self, key: str) -> QWidget:
        """Give a page, built when it is first asked for."""
        return self._pages.page(key)

    def has_page(self, key: str) -> bool:
        """Say whether a page of the rail is for who is signed in."""
        return key in self._pages.specs

    def go(self, key: str) -> None:
        """Show a page and put the keyboard into it; one that is not for who is signed in stays away."""
        if not self.has_page(key) and key != FILING:
            self.status.say("这一页不在您的权限内。")
            return
        page = self._pages.show_page(key)
        self.rail.show_page(self._pages.came_from)
        self._name_window()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_up(self) -> None:
        """Begin for who is signed in: their pages, their draft, their name."""
        self.rail.offer(self._pages.offer(self.workbench.desk.sign_in.actor))
        self._counts.count()
        self.show_settings()
        if not self._pages.first:
            self._pages.show_nothing()
            self._name_window()
            return
        self.go(self._pages.first)
        self._go_on_with_draft()

    def put_away(self) -> None:
        """Wait for what is under way, keep the draft and close every page and dialog of who leaves.

        Raises ``ClerkError`` when the draft cannot be kept; everything stays as it was then.
        """
        self._counts.forget()
        finish_work(self.workbench.runner)
        self._flush()
        close_dialogs()
        self._pages.clear()
        self.rail.offer(())
        self.draft_banner.hide()
        self.top_bar.show_nobody()
        self.status.forget()
        self._name_window()

    def show_settings(self) -> None:
        """Show office, rules and who is signed in as they are now."""
        office = self.workbench.desk.office.office()
        if office is not None:
            self.top_bar.show_office(office)
        actor = self.workbench.desk.sign_in.actor
        self.top_bar.show_person(actor, unnamed=office.clerk_name if office else "")
        pack = self.workbench.desk.office.pack()
        on = self.workbench.desk.office.today()
        self.top_bar.show_pack(pack, on)
        self.status.show_pack(pack)
        if pack.notice_on(on) != self.banner.text:
            # What the clerk has put away comes back only with other rules.
            self.banner.say(pack.notice_on(on), Tone.AMBER, mark="规则", button="收起")
        self.count_today()

    def _begin_day(self) -> None:
        """Count anew what the day alone changes, for whoever is at work: what is due, what was decided, which rules."""
        if self._pages.first:
            self._counts.count()
            self.show_settings()
            # A version of the rules may bind from this day on.
            self.rules_turn.look_on_new_day()

    def count_today(self) -> None:
        """Count today's decisions anew; a ledger that cannot be read is said in the status line."""
        if not self.workbench.desk.sign_in.actor.may(Right.SEE):
            self.status.hide_today()
            return
        try:
            self.status.show_today(self.workbench.desk.ledger.decided_today())
        except ClerkError as error:
            self.status.show_trouble(describe(error).text)

    def step_back(self) -> None:
        """Go one step back: inside the page, or from a filing to the page it was opened from."""
        here = self._pages.here
        if not here:
            return
        page = self.page(here)
        if isinstance(page, StepsBack) and page.step_back():
            return
        if here not in self._pages.specs:
            self.go(self._pages.came_from)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._warming.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self._flush()
        except ClerkError as error:
            if not wants_to_leave(self, error):
                event.ignore()
                return
        self._warming.stop()
        close_dialogs()
        self.workbench.runner.finish()
        self.workbench.closing.emit()
        self.remembered.geometry = self.saveGeometry()
        self.remembered.keep()
        event.accept()

    def _flush(self) -> None:
        if self._pages.is_built("intake"):
            self._intake().flush()

    def _build(self) -> None:
        self.setWindowIcon(icon("window"))
        self.setMinimumSize(*_SMALLEST)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._pages, 1)
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
            room = room_on_screen(self)
            self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))

    def _make_actions(self, pages: Sequence[PageSpec]) -> None:
        for page in pages:
            self._on_key(f"page.{page.key}", partial(self.go, page.key))
        self._on_key("people.menu", self.top_bar.person.showMenu)
        self._on_key("people.lock", self.at_work.lock)
        self._on_key("people.switch", self.at_work.switch)
        self._on_key("search", self._to_search)
        self._on_key("next_person", self._next_person)
        self._on_key("closing.print", self._close_day)
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
        bench.changed.connect(self.show_settings)
        bench.told.connect(self.status.say)
        bench.verified.connect(self.status.show_verdict)
        bench.runner.busy_changed.connect(self.status.show_busy)
        self.day_turn.turned.connect(self._begin_day)
        self._backups.stands.connect(self.status.show_backup)
        self._backups.show_standing()
        self.rail.asked.connect(self.go)
        self.status.keys_asked.connect(self._show_keys)
        self.banner.pressed.connect(self.banner.hide)
        self.draft_banner.pressed.connect(self.draft_banner.hide)
        self.top_bar.search.searched.connect(self._search)
        self.top_bar.search.left.connect(lambda: self.go(self._pages.here))
        self._connect_person()

    def _connect_person(self) -> None:
        person = self.top_bar.person
        person.lock_asked.connect(self.at_work.lock)
        person.switch_asked.connect(self.at_work.switch)
        person.password_asked.connect(self.at_work.change_password)
        person.leave_asked.connect(self.close)

    def _intake(self) -> IntakeLike:
        return cast("IntakeLike", self.page("intake"))

    def _search(self, text: str) -> None:
        cast("Searches", self.page("ledger")).search(text)
        self.top_bar.search.clear()
        self.go("ledger")

    def _to_search(self) -> None:
        if not self.top_bar.search.isVisible():
            return
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def _next_person(self) -> None:
        self.go("intake")
        if self.page_key == "intake":
            self._intake().new_matter()

    def _close_day(self) -> None:
        from desktop.views.audit.closing_dialog import print_closing

        print_closing(self.workbench, self)

    def _show_keys(self) -> None:
        dialog = KeysDialog(self._pages.here, self._pages.title, self)
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
        if "intake" not in self._pages.specs:
            return
        drafts = self.workbench.desk.drafts.all()
        if not drafts or not self._intake().open_draft(drafts[0]):
            return
        others = f"另有 {len(drafts) - 1} 件未办完，可在“受理”页中打开。" if len(drafts) > 1 else ""
        said = f"已接上 {drafts[0].saved_at.astimezone():%m-%d %H:%M} 没有办完的来件。{others}Ctrl+N 另起一件。"
        self.draft_banner.say(said, Tone.BLUE, mark="草稿", button="知道了")

    def _name_window(self) -> None:
        office = self.workbench.desk.office.office()
        whose = f"{office.station_name} {office.window}".strip() if office else ""
        self.setWindowTitle(" · ".join(part for part in (self._pages.title, whose) if part))
