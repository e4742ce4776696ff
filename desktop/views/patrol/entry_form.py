"""One patrol as it is typed: site, visit, check list, hazards, what its kind asks, photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.check_lists import CheckItem
from desktop.domain.errors import ClerkError
from desktop.domain.patrol import CheckVerdict, PatrolKind, PatrolResult, PatrolSite
from desktop.domain.patrol_details import PatrolDetails
from desktop.domain.site import SiteRef
from desktop.views.actions import keys_of
from desktop.views.patrol.check_table import CheckTable
from desktop.views.patrol.details_dialogs import WITH_DETAILS, ask_details, details_words, fits
from desktop.views.patrol.entry_saving import Entry, new_act_id, patrol_request
from desktop.views.patrol.entry_state import EntryState
from desktop.views.patrol.hazard_lines import HazardLines
from desktop.views.patrol.site_chooser import SiteChooser
from desktop.views.patrol.visit_fields import VisitFields
from desktop.views.shared.given_files import ask_files
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

_FIRST_CHECK_DUE = "这个工地还没有做首次现场检查。这次就做的，请把类型改为“首次现场检查”。"


class EntryForm(QWidget):
    """``noted`` follows what is to be said beside the buttons, ``site_taken`` a site and what to know of it."""

    noted = Signal(str)
    site_taken = Signal(str)
    failed = Signal(object)  # Exception
    settled = Signal()  # whether anything was found may have changed

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._desk = workbench.desk
        self.chooser, self.visit = SiteChooser(workbench), VisitFields(self._desk)
        self.checks, self.hazards = CheckTable(), HazardLines(self._desk)
        self.photos: tuple[Path, ...] = ()
        self.details: PatrolDetails | None = None
        self._act_id, self._today = new_act_id(), self._desk.office.today()
        self._build()
        self._connect()

    @property
    def site_ref(self) -> SiteRef:
        """Give the chosen site, neither for a road."""
        return self.chooser.site.ref if self.chooser.site is not None else SiteRef()

    @property
    def has_place(self) -> bool:
        """Say whether a site or a road is chosen."""
        return self.chooser.site is not None or self.visit.is_road

    @property
    def has_findings(self) -> bool:
        """Say whether an item failed or a hazard is noted."""
        return bool(self.hazards.lines) or bool(self._failed_items())

    @property
    def is_begun(self) -> bool:
        """Say whether something of this entry would be lost."""
        return self.is_typed or self.has_place

    @property
    def is_typed(self) -> bool:
        """Say whether more than the place is there."""
        has_more = self.has_findings or bool(self.photos) or self.details is not None
        return has_more or bool(self.visit.visit().remark)

    @property
    def place_words(self) -> str:
        """Name the site or the road."""
        return self.chooser.site.number if self.chooser.site is not None else self.visit.visit().road

    def remember(self) -> None:
        """Begin as the last entry was; raises ``ClerkError``."""
        self.visit.remember(self._desk.patrols.last_entry(), self._desk.sign_in.actor)

    def take(self, site: PatrolSite, kind: PatrolKind | None = None) -> None:
        """Begin a visit of a site."""
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

    def entry(self) -> Entry:
        """Give what is typed as one act; raises ``ClerkError("patrol_unfit")`` for a day that cannot be read."""
        visit, on = self.visit.visit(), self.visit.day()
        if on is None:
            why = self.visit.on.problem() or "请填写巡查日期。"
            self.visit.set_faults((("visited_on", why),))
            raise ClerkError("patrol_unfit", field="visited_on", why=why)
        request = patrol_request(
            self._act_id,
            visit,
            on=on,
            site=self.site_ref,
            is_scanned=self.chooser.is_scanned,
            details=self.details if fits(visit.kind, self.details) else None,
            check_list=self.checks.code,
            answers=self.checks.answers(),
            has_hazards=bool(self.hazards.lines),
        )
        return Entry(act_id=self._act_id, patrol=request, hazards=self.hazards.drafts(), photos=self.photos)

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
        self.keep_up()
        self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_up(self) -> None:
        """Write down visits of today once the day has turned; one that is begun keeps its own day."""
        today = self._desk.office.today()
        if today != self._today and not self.is_begun:
            self._today = today
            self.visit.on.set_day(today)

    def lacks_details(self) -> bool:
        """Say whether a stand-by has no words yet of who stood by, and ask for them once."""
        kind = self.visit.visit().kind
        if kind is PatrolKind.STANDBY and not fits(kind, self.details):
            self.ask_details()
            return not fits(kind, self.details)
        return False

    def ask_details(self) -> bool:
        """Ask for what this kind of visit has of its own; says whether it has anything."""
        kind = self.visit.visit().kind
        if kind not in WITH_DETAILS:
            return False
        self.details = ask_details(kind, self.details if fits(kind, self.details) else None, self)
        self._note()
        return True

    def add_photos(self) -> None:
        """Choose photos from a folder."""
        self.photos = tuple(dict.fromkeys((*self.photos, *ask_files(self, "现场照片（整改前）"))))
        self._note()

    def toggle_road(self) -> None:
        """Enter a road or an estate instead of a site, or the other way round."""
        self.visit.show_road(not self.visit.is_road)
        if not self.visit.is_road:
            self.chooser.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.chooser.take(None)
        self.hazards.begin(SiteRef(), self.hazards.lines)
        self._offer_checks()
        self.visit.road.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_checks(self) -> None:
        """Put the keyboard into the check list."""
        self.checks.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _begin_at(self, site: PatrolSite) -> None:
        self.visit.show_road(False)
        is_regular = self.visit.visit().kind is PatrolKind.REGULAR
        self.hazards.begin(site.ref, self.hazards.lines)
        self._offer_checks()
        self._note()
        self.to_checks()
        self.site_taken.emit(_FIRST_CHECK_DUE if site.awaits_first_check and is_regular else "")

    def _offer_checks(self) -> None:
        if not self.has_place:
            self.checks.show_list(None)
            return
        try:
            self.checks.show_list(self._desk.patrols.check_list(self.site_ref, self.visit.visit().kind))
        except ClerkError as error:
            self.failed.emit(error)

    def _failed_items(self) -> frozenset[str]:
        return frozenset(each.item for each in self.checks.answers() if each.verdict is CheckVerdict.FAILED)

    def _item_answered(self) -> None:
        for line in self.hazards.lines:
            if line.item and line.item not in self._failed_items():
                self.hazards.drop_item(line.item)
        self._settle_result()

    def _open_item(self, item: CheckItem) -> None:
        if item.code in self._failed_items():
            self.hazards.edit_item(item)

    def _settle_result(self) -> None:
        if self.has_findings:
            self.visit.result.set_value(PatrolResult.FINDINGS.value)
        elif self.visit.result.value() == PatrolResult.FINDINGS.value:
            self.visit.result.set_value(PatrolResult.IN_ORDER.value)
        self.settled.emit()

    def _take_kind(self) -> None:
        self._offer_checks()
        self._note()

    def _note(self) -> None:
        kind = self.visit.visit().kind
        words = details_words(self.details) if fits(kind, self.details) else ""
        if not words and kind in WITH_DETAILS:
            words = f"按 {keys_of('patrol.details')} 填写{kind.label}的内容"
        photos = f"照片 {len(self.photos)} 张" if self.photos else ""
        self.noted.emit("　".join(part for part in (words, photos) if part))

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._begin_at)
        self.chooser.left.connect(self.to_checks)
        self.visit.kind_changed.connect(self._take_kind)
        self.checks.failed.connect(self.hazards.take_item)
        self.checks.answered.connect(self._item_answered)
        self.checks.hazard_asked.connect(self._open_item)
        self.hazards.item_freed.connect(self.checks.unfail)
        self.hazards.changed.connect(self._settle_result)

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_3)
        middle.addWidget(self.checks, 3)
        middle.addWidget(self.hazards, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.chooser)
        column.addWidget(self.visit)
        column.addLayout(middle, 1)
