"""Entering patrols fast: site, nothing found, saved; or the check list, the hazards, and one key for all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.check_lists import CheckItem
from desktop.domain.errors import ClerkError
from desktop.domain.patrol import PatrolKind, PatrolResult, PatrolRow, PatrolSite
from desktop.domain.patrol_details import PatrolDetails
from desktop.domain.site import SiteRef
from desktop.services.patrol_import import Imported
from desktop.views.actions import keys_of
from desktop.views.patrol.check_table import CheckTable
from desktop.views.patrol.day_list import DayList
from desktop.views.patrol.details_dialogs import WITH_DETAILS, ask_details, details_words, fits
from desktop.views.patrol.entry_saving import Entry, Saved, new_act_id, patrol_request, save_entry
from desktop.views.patrol.entry_state import EntryState
from desktop.views.patrol.hazard_lines import HazardLines
from desktop.views.patrol.importing import DayImport
from desktop.views.patrol.site_chooser import SiteChooser
from desktop.views.patrol.visit_fields import VisitFields
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.given_files import ask_files
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


class EntryTab(QWidget):
    """The entry above, the day's list below; ``found_asked`` asks for the form of an unregistered work."""

    found_asked = Signal()
    saved = Signal(object)  # Saved

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.bench, self._desk = workbench, workbench.desk
        self.banner, self.chooser = Banner(), SiteChooser(workbench)
        self.visit, self.checks = VisitFields(self._desk), CheckTable()
        self.hazards, self.day = HazardLines(self._desk), DayList(self._desk)
        self.imports = DayImport(workbench, self)
        self.noted = QLabel()
        self.photos: tuple[Path, ...] = ()
        self.details: PatrolDetails | None = None
        self._act_id, self._is_saving = new_act_id(), False
        self._buttons: dict[str, QPushButton] = {}
        self._build()
        self._connect()
        self.day.show_day()
        self._remember()
        self.setFocusProxy(self.chooser.field)

    # What the entry holds

    @property
    def site_ref(self) -> SiteRef:
        """Give the chosen site, neither for a road."""
        return self.chooser.site.ref if self.chooser.site is not None else SiteRef()

    @property
    def is_begun(self) -> bool:
        """Say whether something of this entry would be lost."""
        has_words = bool(self.hazards.lines or self.photos or self.details or self.checks.answers())
        visit = self.visit.visit()
        return has_words or self.chooser.site is not None or bool(visit.road or visit.remark)

    def take_site(self, ref: SiteRef, kind: PatrolKind | None = None) -> None:
        """Begin a visit of a site that another page names."""
        try:
            site = self._desk.patrols.site(ref)
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.clear()
        if kind is not None:
            self.visit.kind.set_value(kind.value)
        self.chooser.take(site)
        self._begin_at(site)

    def state(self) -> EntryState:
        """Give what is typed, to be taken up again."""
        return EntryState(
            site=self.chooser.site,
            is_scanned=self.chooser.is_scanned,
            visit=self.visit.visit(),
            answers=self.checks.answers(),
            hazards=self.hazards.lines,
            details=self.details,
            photos=self.photos,
            act_id=self._act_id,
        )

    def show_state(self, state: EntryState) -> None:
        """Take up what was typed before."""
        self.visit.show_visit(state.visit)
        self.chooser.take(state.site)
        self.chooser.is_scanned = state.is_scanned
        self.details, self.photos, self._act_id = state.details, state.photos, state.act_id
        self._offer_checks()
        self.checks.begin(state.answers)
        self.hazards.begin(self.site_ref, state.hazards)
        self._note()

    # The acts

    def nothing_found(self) -> None:
        """Record that nothing was found, and stand ready for the next site."""
        if self.hazards.lines or self._has_failed():
            self.say("检查表里有不符合的项目或者已记隐患，不能存为“未发现问题”。按 F9 保存。", Tone.AMBER, "注意")
            return
        self.visit.result.set_value(PatrolResult.IN_ORDER.value)
        self.save()

    def save(self) -> None:
        """Record the visit with all that was found on it."""
        if self._is_saving or not self._is_whole():
            return
        entry = self._entry()
        if entry is None:
            return
        self._is_saving = True
        desk = self._desk
        self.bench.runner.run(
            lambda _progress: save_entry(desk, entry),
            done=while_there(self, self._saved),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def ask_details(self) -> None:
        """Ask for what this kind of visit has of its own."""
        kind = self.visit.visit().kind
        if kind not in WITH_DETAILS:
            self.say("这类巡查没有另外的内容；旁站、进场核查、首次现场检查有。", Tone.BLUE, "提示")
            return
        self.details = ask_details(kind, self.details if fits(kind, self.details) else None, self)
        self._note()

    def add_photos(self) -> None:
        """Choose photos from a folder."""
        self.photos = tuple(dict.fromkeys((*self.photos, *ask_files(self, "现场照片（整改前）"))))
        self._note()

    def toggle_road(self) -> None:
        """Enter a road or an estate instead of a site, or the other way round."""
        self.visit.show_road(not self.visit.is_road)
        if self.visit.is_road:
            self.chooser.take(None)
            self.hazards.begin(SiteRef(), self.hazards.lines)
            self._offer_checks()
            self.visit.road.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.chooser.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Empty the entry; what is remembered stays."""
        self.chooser.take(None)
        self.chooser.is_scanned = False
        self.visit.next_site()
        self.visit.show_road(False)
        self.visit.set_faults(())
        self.details, self.photos, self._act_id = None, (), new_act_id()
        self.checks.begin()
        self.checks.show_list(None)
        self.hazards.begin(SiteRef())
        self._note()
        self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_record(self) -> None:
        """Give the record of the chosen visit as a numbered paper."""
        row = self.day.chosen()
        if row is None:
            return
        papers, title = self._desk.site_papers, row.project_name or row.place
        self.bench.runner.run(
            lambda _progress: papers.patrol_paper(row.id),
            done=while_there(self, lambda paper: self.bench.papers_asked.emit((paper,), title)),
            failed=while_there(self, self.say_trouble),
            errand=Errand.PAPERS,
        )

    def step_back(self) -> bool:
        """Go one step back: close the picks, or go back to the site; says whether there was one."""
        if self.chooser.step_back():
            return True
        if self.is_begun and not self.chooser.field.hasFocus():
            self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)
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
        self.chooser.field.setFocus(event.reason())

    # Inside

    def _has_failed(self) -> bool:
        return any(answer.verdict.value == "failed" for answer in self.checks.answers())

    def _is_whole(self) -> bool:
        """Say whether there is a place and a kind's own content; ask for what is wanting."""
        if self.chooser.site is None and not self.visit.is_road:
            self.say("还没有选工地：扫码或者输入编号后按 Enter；没有工地的按 F3。", Tone.AMBER, "注意")
            self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        kind = self.visit.visit().kind
        if kind is PatrolKind.STANDBY and not fits(kind, self.details):
            self.ask_details()
            return fits(kind, self.details)
        return True

    def _entry(self) -> Entry | None:
        visit, on = self.visit.visit(), self.visit.day()
        if on is None:
            why = self.visit.on.problem() or "请填写巡查日期。"
            self.visit.set_faults((("visited_on", why),))
            self.say(why, Tone.RED, "没有保存")
            return None
        kind_details = self.details if fits(visit.kind, self.details) else None
        request = patrol_request(
            self._act_id,
            visit,
            on=on,
            site=self.site_ref,
            is_scanned=self.chooser.is_scanned,
            details=kind_details,
            check_list=self.checks.code,
            answers=self.checks.answers(),
            has_hazards=bool(self.hazards.lines),
        )
        return Entry(act_id=self._act_id, patrol=request, hazards=self.hazards.drafts(), photos=self.photos)

    def _saved(self, saved: Saved) -> None:
        self._is_saving = False
        name = self.chooser.site.number if self.chooser.site is not None else self.visit.visit().road
        on = self.visit.day()
        self.clear()
        self.day.show_day(on)
        self.say("".join(_saved_words(name, saved)), Tone.BLUE)
        self.saved.emit(saved)
        self.bench.changed.emit(saved.changes | {Change.ON_SITE})
        if saved.notice is not None:
            self.bench.papers_asked.emit((saved.notice,), f"整改通知 {saved.notice.number}")

    def _failed(self, error: Exception) -> None:
        self._is_saving = False
        self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
        if not isinstance(error, ClerkError):
            return
        faults = error.details.get("faults")
        listed = [(fault.field, fault.message) for fault in faults] if isinstance(faults, tuple) else []
        if self.visit.set_faults(listed):
            return
        if listed and listed[0][0].startswith("hazards"):
            self.hazards.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif listed and listed[0][0].startswith("details"):
            self.ask_details()

    def _begin_at(self, site: PatrolSite) -> None:
        self.visit.show_road(False)
        if site.awaits_first_check and self.visit.visit().kind is PatrolKind.REGULAR:
            self.say("这个工地还没有做首次现场检查；这次就是的，把类型改为“首次现场检查”。", Tone.AMBER, "首检")
        else:
            self.banner.hide()
        self.hazards.begin(site.ref, self.hazards.lines)
        self._offer_checks()
        self._note()
        self.to_checks()

    def to_checks(self) -> None:
        """Put the keyboard into the check list."""
        self.checks.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _offer_checks(self) -> None:
        if self.chooser.site is None and not self.visit.is_road:
            self.checks.show_list(None)
            return
        try:
            self.checks.show_list(self._desk.patrols.check_list(self.site_ref, self.visit.visit().kind))
        except ClerkError as error:
            self.say_trouble(error)

    def _take_kind(self) -> None:
        self._offer_checks()
        self._note()

    def _item_failed(self, item: CheckItem) -> None:
        self.hazards.take_item(item)
        self.visit.result.set_value(PatrolResult.FINDINGS.value)

    def _items_answered(self) -> None:
        failed = {answer.item for answer in self.checks.answers() if answer.verdict.value == "failed"}
        for line in self.hazards.lines:
            if line.item and line.item not in failed:
                self.hazards.drop_item(line.item)
        self._settle_result()

    def _settle_result(self) -> None:
        result = self.visit.result.value()
        if self.hazards.lines or self._has_failed():
            self.visit.result.set_value(PatrolResult.FINDINGS.value)
        elif result == PatrolResult.FINDINGS.value:
            self.visit.result.set_value(PatrolResult.IN_ORDER.value)

    def _note(self) -> None:
        kind = self.visit.visit().kind
        words = details_words(self.details) if fits(kind, self.details) else ""
        if not words and kind in WITH_DETAILS:
            words = f"按 {keys_of('patrol.details')} 填写{kind.label}的内容"
        photos = f"照片 {len(self.photos)} 张" if self.photos else ""
        self.noted.setText("　".join(part for part in (words, photos) if part))

    def _remember(self) -> None:
        try:
            self.visit.remember(self._desk.patrols.last_entry())
        except ClerkError as error:
            self.say_trouble(error)

    def _open_row(self, row: PatrolRow) -> None:
        if row.ref.filing_id is not None:
            self.bench.filing_asked.emit(row.ref.filing_id)

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._begin_at)
        self.chooser.left.connect(self.to_checks)
        self.visit.kind_changed.connect(self._take_kind)
        self.checks.failed.connect(self._item_failed)
        self.checks.answered.connect(self._items_answered)
        self.checks.hazard_asked.connect(self._open_item)
        self.hazards.item_freed.connect(self.checks.unfail)
        self.hazards.changed.connect(self._settle_result)
        self.day.opened.connect(self._open_row)
        self.imports.taken_in.connect(self._imported)
        self.imports.said.connect(self.say)
        self.imports.failed.connect(self.say_trouble)
        bind_keys(self, self._acts())

    def _imported(self, imported: Imported) -> None:
        to_follow = f"，其中 {len(imported.suggestions)} 处要跟进隐患" if imported.suggestions else ""
        self.say(f"已导入 {len(imported.patrol_ids)} 条巡查{to_follow}。", mark="导入")
        self.day.show_day()
        self.bench.changed.emit(imported.changes)

    def _open_item(self, item: CheckItem) -> None:
        if any(answer.item == item.code and answer.verdict.value == "failed" for answer in self.checks.answers()):
            self.hazards.edit_item(item)

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {
            "patrol.in_order": self.nothing_found,
            "patrol.save": self.save,
            "patrol.site": lambda: self.chooser.field.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "patrol.checks": self.to_checks,
            "patrol.road": self.toggle_road,
            "patrol.found": self.found_asked.emit,
            "patrol.details": self.ask_details,
            "patrol.hazard": self.hazards.add,
            "patrol.photos": self.add_photos,
            "patrol.clear": self.clear,
            "patrol.day": lambda: self.day.table.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "patrol.paper": self.print_record,
            "patrol.import": self.imports.ask_file,
            "patrol.template": self.imports.ask_target,
        }

    def _build(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(SPACE_2)
        left.addWidget(self.checks, 3)
        right.addWidget(self.hazards, 1)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_3)
        middle.addLayout(left, 3)
        middle.addLayout(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        self.noted.setProperty("role", "soft")
        column.addWidget(self.banner)
        column.addWidget(self.chooser)
        column.addWidget(self.visit)
        column.addLayout(middle, 3)
        column.addLayout(self._foot())
        column.addWidget(self.day, 1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        words = (
            ("patrol.in_order", "未发现问题"),
            ("patrol.save", "保存"),
            ("patrol.photos", "照片"),
            ("patrol.found", "未登记工地"),
            ("patrol.import", "导入"),
            ("patrol.paper", "记录单"),
        )
        acts = self._acts()
        for key, title in words:
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=acts[key]: act())
            if key == "patrol.in_order":
                button.setProperty("role", "primary")
            self._buttons[key] = button
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.noted)
        return foot


def may_enter(workbench: Workbench) -> bool:
    """Say whether the one at work records patrols."""
    return workbench.desk.sign_in.actor.may(Right.PATROL_FEEDBACK)


def _saved_words(name: str, saved: Saved) -> tuple[str, ...]:
    hazards = f"，隐患 {len(saved.numbers)} 条" if saved.numbers else ""
    notice = f"，整改通知 {saved.notice.number}" if saved.notice is not None else ""
    photos = f"，照片 {saved.photos} 张" if saved.photos else ""
    first = "，首次现场检查已完成" if saved.is_first_check else ""
    return (f"{name} 已记", hazards, notice, photos, first, "。下一处请扫码或者输入编号。")
