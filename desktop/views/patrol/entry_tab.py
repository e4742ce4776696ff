"""Entering patrols fast: site, nothing found, saved; or the check list, the hazards, and one key for all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.patrol import PatrolResult, PatrolRow
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.site import SiteRef
from desktop.services.patrol_import import Imported
from desktop.views.actions import keys_of
from desktop.views.papers.patrol_paper import open_patrol_paper
from desktop.views.patrol.day_list import DayList
from desktop.views.patrol.entry_foot import EntryFoot
from desktop.views.patrol.entry_form import EntryForm
from desktop.views.patrol.entry_saving import Saved, save_entry, saved_words
from desktop.views.patrol.entry_state import EntryState
from desktop.views.patrol.importing import DayImport
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, base_px, row_px
from desktop.views.workbench import Workbench

# From this height on the day's list stays in sight while a site is being entered.
_TALL = 55
_LOW = 36
_ROWS, _FEW_ROWS = 5, 3


class EntryTab(QWidget):
    """The entry above, the day's list below; ``found_asked`` asks for the form of an unregistered work."""

    found_asked = Signal()
    saved = Signal(object)  # Saved

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.bench, self._desk = workbench, workbench.desk
        self.banner, self.form, self.day = Banner(), EntryForm(workbench), DayList(workbench.desk)
        self.imports = DayImport(workbench, self)
        self.foot = EntryFoot(self._acts())
        self._is_saving = False
        self._whose = ("patrol", workbench.desk.sign_in.actor.account_id)
        self._build()
        self._connect()
        self.day.show_day()
        self._take_up()
        self.setFocusProxy(self.form.chooser.field)

    def take_site(self, ref: SiteRef, kind: PatrolKind | None = None) -> None:
        """Begin a visit of a site that another page names; one that is being typed is saved or cleared first."""
        if self.form.is_typed:
            keys = f"{keys_of('patrol.save')} 保存，{keys_of('patrol.clear')} 清空"
            self.say(f"{self.form.place_words} 还没有保存：{keys}，再录下一处。", Tone.AMBER, "注意")
            return
        try:
            self.form.take(self._desk.patrols.site(ref), kind)
        except ClerkError as error:
            self.say_trouble(error)

    def nothing_found(self) -> None:
        """Record that nothing was found, and stand ready for the next site."""
        if self.form.has_findings:
            said = f"已有不符合的项目或者隐患，不能存为“未发现问题”。按 {keys_of('patrol.save')} 保存。"
            self.say(said, Tone.AMBER, "注意")
            return
        self.form.visit.result.set_value(PatrolResult.IN_ORDER.value)
        self.save()

    def save(self) -> None:
        """Record the visit with all that was found on it."""
        if self._is_saving or not self.form.visit.settle() or not self._has_place() or self.form.lacks_details():
            return
        try:
            entry = self.form.entry()
        except ClerkError as error:
            self._failed(error)
            return
        self._is_saving = True
        desk = self._desk
        self.bench.runner.run(
            lambda _progress: save_entry(desk, entry),
            done=while_there(self, self._saved),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _mark_primary(self) -> None:
        self.foot.mark_end(has_findings=self.form.has_findings)

    def ask_details(self) -> None:
        """Ask for what this kind of visit has of its own."""
        if not self.form.ask_details():
            self.say("这类巡查没有另外的内容；旁站、进场核查、首次现场检查有。", Tone.BLUE, "提示")

    def clear(self) -> None:
        """Empty the entry; what is remembered stays."""
        self.form.clear()
        self._mark_primary()
        self._settle_day()

    def print_record(self) -> None:
        """Give the record of the chosen visit as a numbered paper, marked 补打 when it was given before."""
        row = self.day.chosen()
        if row is not None:
            title = row.project_name or row.place
            open_patrol_paper(self.bench, row.id, title, parent=self, failed=self.say_trouble)

    def step_back(self) -> bool:
        """Go one step back: close the picks, or go back to the site; says whether there was one."""
        if self.form.chooser.step_back():
            return True
        if self.form.is_begun and not self.form.chooser.field.hasFocus():
            self._to_site()
            return True
        return False

    def say(self, words: str, tone: Tone = Tone.BLUE, mark: str = "已保存") -> None:
        """Say what was done, or what is wanting."""
        self.banner.say(words, tone, mark=mark)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong."""
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.form.chooser.field.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.keep_up()
        self.day.show_day(self.form.visit.day())

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed: the page may be closed for somebody else to work here."""
        if self.form.is_begun:
            self.bench.unfinished[self._whose] = self.form.state()
        else:
            self.bench.unfinished.pop(self._whose, None)
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "foot"):
            self._settle_day()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_day()

    def _has_place(self) -> bool:
        if self.form.has_place:
            return True
        said = f"还没有选工地：扫码或者输入编号后按 Enter；没有工地的按 {keys_of('patrol.road')}。"
        self.say(said, Tone.AMBER, "注意")
        self._to_site()
        return False

    def _saved(self, saved: Saved) -> None:
        self._is_saving = False
        name, on = self.form.place_words, self.form.visit.day()
        self.clear()
        self.day.show_day(on)
        self.say(saved_words(name, saved))
        self.saved.emit(saved)
        self.bench.changed.emit(saved.changes | {Change.ON_SITE})
        if saved.notice is not None:
            self.bench.papers_asked.emit((saved.notice,), f"整改通知 {saved.notice.number}")

    def _failed(self, error: Exception) -> None:
        self._is_saving = False
        self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
        faults = error.details.get("faults") if isinstance(error, ClerkError) else None
        listed = [(fault.field, fault.message) for fault in faults] if isinstance(faults, tuple) else []
        if not listed or self.form.visit.set_faults(listed):
            return
        if listed[0][0].startswith("hazards"):
            self.form.hazards.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif listed[0][0].startswith("details"):
            self.form.ask_details()

    def _imported(self, imported: Imported) -> None:
        to_follow = f"，其中 {len(imported.suggestions)} 处要跟进隐患" if imported.suggestions else ""
        self.say(f"已导入 {len(imported.patrol_ids)} 条巡查{to_follow}。", mark="导入")
        self.day.show_day()
        self.bench.changed.emit(imported.changes)

    def _site_taken(self, words: str) -> None:
        self.banner.say(words, Tone.AMBER, mark="首检")
        self._settle_day()

    def _settle_day(self) -> None:
        """Give the room of the day's list to the check list while a site is entered on a small screen."""
        is_tall = self.height() > base_px() * _TALL
        is_shown = not self.form.has_place or is_tall
        is_low = self.height() < base_px() * _LOW
        self.day.table.setMinimumHeight(row_px() * (_ROWS if is_tall else _FEW_ROWS))
        self.day.setVisible(is_shown or not is_low)
        self.form.chooser.card.be_low(is_low)
        self.day.table.setVisible(is_shown)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.setStretchFactor(self.day, 1 if is_shown else 0)

    def _take_up(self) -> None:
        """Begin as the last entry was, and go on with what was left unfinished."""
        try:
            self.form.remember()
        except ClerkError as error:
            self.say_trouble(error)
        left = self.bench.unfinished.pop(self._whose, None)
        if isinstance(left, EntryState):
            self.form.show_state(left)
            self.say("已接上没有保存的一条。", Tone.BLUE, "接着")

    def _open_row(self, row: PatrolRow) -> None:
        if row.ref.filing_id is not None:
            self.bench.filing_asked.emit(row.ref.filing_id)

    def _to_site(self) -> None:
        self.form.chooser.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_day(self) -> None:
        self.day.show()
        self.day.table.show()
        self.day.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle_road(self) -> None:
        self.form.toggle_road()
        self._settle_day()

    def _connect(self) -> None:
        self.form.noted.connect(self.foot.note)
        self.form.site_taken.connect(self._site_taken)
        self.form.failed.connect(self.say_trouble)
        self.form.settled.connect(self._mark_primary)
        self.day.opened.connect(self._open_row)
        self.imports.taken_in.connect(self._imported)
        self.imports.said.connect(self.say)
        self.imports.failed.connect(self.say_trouble)
        bind_keys(self, self._acts())

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {
            "patrol.in_order": self.nothing_found,
            "patrol.save": self.save,
            "patrol.site": self._to_site,
            "patrol.checks": self.form.to_checks,
            "patrol.road": self._toggle_road,
            "patrol.found": self.found_asked.emit,
            "patrol.details": self.ask_details,
            "patrol.hazard": self.form.hazards.add,
            "patrol.photos": self.form.add_photos,
            "patrol.clear": self.clear,
            "patrol.day": self._to_day,
            "patrol.paper": self.print_record,
            "patrol.import": self.imports.ask_file,
            "patrol.template": self.imports.ask_target,
        }

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self.form, 3)
        column.addWidget(self.foot)
        column.addWidget(self.day, 1)
