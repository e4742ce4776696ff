"""The intake page (受理): form, decision, papers and acts joined; one person after another."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.domain.acts import Act, BegunFrom, Change, Decided, DecisionRequest, Draft, Office, Preview, StationKind
from desktop.domain.batch import may_be_shop
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.domain.register_papers import ends_of_papers
from desktop.domain.walk_in import WalkIn
from desktop.services.revisits import Revisit
from desktop.views.intake.beginnings import FROM_NOTHING, Beginnings
from desktop.views.intake.deciding import Deciding, request_of
from desktop.views.intake.done_view import DoneView
from desktop.views.intake.draft_keeper import DraftKeeper
from desktop.views.intake.explain_ask import ExplainAsk
from desktop.views.intake.found_offer import FoundOffer
from desktop.views.intake.keyboard import Keyboard
from desktop.views.intake.look_ups import LookUps
from desktop.views.intake.mall_ask import MallAsk
from desktop.views.intake.page_keys import keys_when_done, keys_while_working
from desktop.views.intake.paper_asks import PaperAsks
from desktop.views.intake.scans import Scans
from desktop.views.intake.working_view import WorkingView
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.messages import describe
from desktop.views.workbench import Workbench

PREVIEW_PAUSE_MS: Final = 120
_NO_OFFICE: Final = Office(street_name="", station_name="", station_kind=StationKind.STREET_OFFICE, code="")


class IntakePage(QWidget):
    """One person's matter from the first key to the number.  Nothing typed is lost by an error or by leaving."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("intake")
        self._bench = workbench
        self._desk = workbench.desk
        self._revisit: Revisit | None = None
        self._preview: Preview | None = None
        self._stack = QStackedWidget(self)
        self.done = DoneView(self._stack)
        self.keeper = DraftKeeper(self._desk, self.walk_in, self)
        self.paper_asks = PaperAsks(workbench, self)
        self.found_offer = FoundOffer(workbench, self.done, self)
        self._beginnings = Beginnings(
            self._desk, begin=self._begin, may_begin=self._kept, say=lambda text: self.actions_bar.say(text)
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PREVIEW_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        self._work_by(self._desk.intake.pack())
        self._begin(WalkIn())

    def _work_by(self, pack: PolicyPack) -> None:
        """Build the form for a version of the rules: what comes again is asked by that of its filing day."""
        workbench, self._pack = self._bench, pack
        office = self._desk.office.office() or _NO_OFFICE
        self._working = WorkingView(pack, office, self._stack)
        self.head, self.form, self.actions_bar = self._working.head, self._working.form, self._working.actions_bar
        self.decision, self.materials = self._working.decision, self._working.materials
        self.keyboard = Keyboard(self._working, refresh=self.refresh, parent=self)
        self.scans = Scans(workbench, self.materials.list, self.keeper, self)
        self.deciding = Deciding(
            workbench,
            form=self.form,
            materials=self.materials,
            bar=self.actions_bar,
            refresh=self.refresh,
            request=self._request_for,
            parent=self,
        )
        self.look_ups = LookUps(workbench, self.form, self)
        self.explain_ask = ExplainAsk(workbench, self._working, self.keyboard, walk_in=self.walk_in)
        self.mall_ask = MallAsk(
            workbench,
            self._working,
            self.keyboard,
            self.keeper,
            begin=self._begin,
            may_begin=self._kept,
            walk_in=self.walk_in,
        )
        self._stack.addWidget(self._working)
        self._connect_working()
        self._install_keys()

    def _put_working_away(self) -> None:
        """Close the form and all that belongs to it; whatever is under way for it answers to nobody."""
        self._pause.stop()
        self._stack.removeWidget(self._working)
        self._working.hide()
        parts = (self.keyboard, self.scans, self.deciding, self.look_ups, self.explain_ask, self.mall_ask)
        for part in (*parts, self._working):
            part.deleteLater()

    def walk_in(self) -> WalkIn:
        """Give the matter as typed and judged."""
        checks, corrections = self.materials.read()
        return replace(self.form.walk_in(), materials=checks, corrections=corrections)

    def new_matter(self) -> None:
        """Begin with the next person; an unfinished form is kept as a draft first."""
        if self._kept():
            self._begin(WalkIn())

    def open_draft(self, draft: Draft) -> bool:
        """Go on with an unfinished form, the one at hand being kept first; says whether that was possible."""
        is_open = self._beginnings.draft(draft)
        if is_open:
            self.head.show_saved(draft.saved_at)
        return is_open

    def open_revisit(self, filing_id: int) -> None:
        """Open the next visit of a filing, or go on with its draft; raises ``ClerkError`` when none is awaited."""
        revisit = self._beginnings.revisit(filing_id)
        if revisit is not None:
            self.materials.focus_first_open(tuple(item.code for item in revisit.open_items))
            # The page may not be shown yet; this is where the keyboard goes when it is.
            self.keyboard.come_back_to(self.materials.list)

    def open_again(self, filing_id: int) -> None:
        """Begin a registration in place of one that is past or over; raises ``ClerkError`` when it still holds."""
        self._beginnings.again(filing_id)

    def open_found(self, found_site_id: int) -> None:
        """Begin the registration of a work found unregistered; raises ``ClerkError`` for one that waits no more."""
        self._beginnings.found(found_site_id)

    def open_next_shop(self, filing_id: int) -> None:
        """Begin the next shop of the mall that a filing lies in; raises ``ClerkError`` as ``MallService.after``."""
        self._beginnings.next_shop(filing_id)

    def flush(self) -> None:
        """Keep the draft now; raises ``ClerkError`` when it cannot be kept."""
        self.keeper.flush()

    def step_back(self) -> bool:
        """Fold away what is open; says whether anything was."""
        if self.actions_bar.is_asking:
            self.actions_bar.close_reason()
            return True
        return False

    def refresh(self) -> Preview:
        """Assess what is typed by now and show it everywhere."""
        self._pause.stop()
        suspicion, conduct = self.look_ups.suspicion, self.look_ups.conduct
        preview = self._desk.intake.preview(self.walk_in(), revisit=self._revisit, suspicion=suspicion, conduct=conduct)
        self._preview = preview
        self._working.show_preview(preview)
        return preview

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keyboard on to where it was last."""
        super().focusInEvent(event)
        if self._stack.currentWidget() is self.done:
            self.done.setFocus()
        else:
            self.keyboard.come_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+N also where no window around the page does."""
        if event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.new_matter()
        else:
            super().keyPressEvent(event)

    def _begin(
        self,
        walk_in: WalkIn,
        *,
        revisit: Revisit | None = None,
        draft_id: str | None = None,
        begun_from: BegunFrom = FROM_NOTHING,
    ) -> None:
        self._revisit = revisit
        pack = revisit.pack if revisit else self._desk.intake.pack()
        if (pack.id, pack.version) != (self._pack.id, self._pack.version):
            self._put_working_away()
            self._work_by(pack)
        self.keyboard.come_back_to(None)
        self.deciding.begin()
        self.keeper.begin(draft_id, filing_id=revisit.filing_id if revisit else None, begun_from=begun_from)
        self.form.set_walk_in(walk_in)
        self.form.others.forget_person()
        self._offer_films()
        self.materials.write(walk_in.materials, walk_in.corrections)
        self.scans.begin()
        self.look_ups.begin(revisit.filing_id if revisit else None)
        self.actions_bar.clear()
        self.head.show_visit(revisit)
        self._show_begun()
        self.mall_ask.begin(walk_in, revisit, self.keeper.begun_from)
        self._offer_drafts()
        self._stack.setCurrentWidget(self._working)
        self.refresh()
        self.keyboard.begin()

    def _show_begun(self) -> None:
        """Say what the form was begun from; what is out of sight by now is not tied any more."""
        try:
            self.head.show_begun(*self._beginnings.words(self.keeper.begun_from))
        except ClerkError as trouble:
            self.keeper.begun_from = FROM_NOTHING
            self.actions_bar.say(f"{describe(trouble).text}本件按新的来件办理。")

    def _kept(self) -> bool:
        """Keep the form at hand, so that another may begin; when that fails, say so and stay."""
        if self.deciding.is_under_way:
            return False
        try:
            self.flush()
        except ClerkError as trouble:
            self.head.show_unsaved(describe(trouble).text)
            return False
        return True

    def _offer_drafts(self) -> None:
        drafts = tuple(draft for draft in self._desk.drafts.all() if draft.id != self.keeper.draft_id)
        self.head.drafts.show_drafts(drafts)

    def _offer_films(self) -> None:
        office = self._desk.office.office() or _NO_OFFICE
        self.form.others.offer_films(office.videos)

    def _settings_changed(self, changes: frozenset[Change]) -> None:
        if Change.SETTINGS not in changes:
            return
        office = self._desk.office.office() or _NO_OFFICE
        self._offer_films()
        self.form.place.offer(office)
        self.decision.judge_at(office.station_kind)
        self.refresh()

    def _discard(self, draft: Draft) -> None:
        self._desk.drafts.discard(draft.id)
        self.scans.drop_abandoned()
        self._offer_drafts()

    def _changed(self) -> None:
        self.keeper.touch()
        self.actions_bar.say("")
        self._pause.start()

    def _form_changed(self) -> None:
        self.look_ups.touch()
        self._changed()

    def _press(self, act: Act) -> None:
        if self.scans.is_under_way:
            self.actions_bar.say("附件正在添加，请稍候再按一次。")
            return
        self.keyboard.settle()
        self.refresh()
        self.actions_bar.press(act)

    def _request_for(self, act: Act, reason: str) -> DecisionRequest:
        walk_in, others = self.walk_in(), self.form.others
        return request_of(act, reason, walk_in=walk_in, revisit=self._revisit, keeper=self.keeper, others=others)

    def _decided(self, decided: Decided, reason: str) -> None:
        self.keeper.forget()
        self.head.show_new()
        self._offer_drafts()
        self.done.show_decided(decided, reason)
        self.done.offer_next_shop(may_be_shop(self.form.walk_in()))
        self._stack.setCurrentWidget(self.done)
        self.done.setFocus()
        begun_from = self.keeper.begun_from
        self.found_offer.after(decided, begun_from)
        on_site = () if begun_from.found_site_id is None else (Change.ON_SITE,)
        self._bench.changed.emit(decided.changes | {Change.DRAFTS, *on_site})
        self._bench.told.emit(f"{decided.number} 已办结")

    def _connect(self) -> None:
        self._bench.changed.connect(self._settings_changed)
        self.keeper.saved.connect(lambda at: self.head.show_saved(at))
        self.keeper.failed.connect(lambda trouble: self.head.show_unsaved(describe(trouble).text))
        self.done.papers_asked.connect(self._bench.papers_asked)
        self.done.filing_asked.connect(self._bench.filing_asked)
        self.done.next_asked.connect(self.new_matter)
        self.done.next_shop_asked.connect(self._bench.next_shop_asked)
        self.paper_asks.failed.connect(lambda error: self.actions_bar.say(describe(error).text))
        bind_keys(self.done, keys_when_done(self.done))

    def _connect_working(self) -> None:
        self.form.changed.connect(self._form_changed)
        self.form.similar.filing_asked.connect(self._bench.filing_asked)
        self.look_ups.suspicion_changed.connect(self._pause.start)
        self.look_ups.conduct_changed.connect(self.decision.show_conduct)
        self.look_ups.conduct_changed.connect(lambda _: self._pause.start())
        # What the register knows is put down; the verdict on the papers stays the clerk's.
        self.form.contractor.registered_taken.connect(
            lambda unit: self.materials.note_ends(ends_of_papers(self._pack, unit))
        )
        self.form.others.signed.toggled.connect(lambda _: self.actions_bar.say(""))
        self.materials.changed.connect(self._changed)
        self.scans.said.connect(self.actions_bar.say)
        self.decision.lit.connect(self.form.light)
        self.decision.fact_asked.connect(self.keyboard.to_fact)
        self.deciding.decided.connect(self._decided)
        self.actions_bar.draft_asked.connect(self._show_draft_papers)
        self.actions_bar.blanks_asked.connect(self.paper_asks.show_blanks)
        self.head.drafts.opened.connect(self.open_draft)
        self.head.drafts.discarded.connect(self._discard)
        self.mall_ask.drafted.connect(self._offer_drafts)

    def _install_keys(self) -> None:
        show_draft, show_blanks = self._show_draft_papers, self.paper_asks.show_blanks
        acts = keys_while_working(
            self._working,
            self.keyboard,
            press=self._press,
            show_draft=show_draft,
            show_blanks=show_blanks,
            show_malls=self.mall_ask.ask,
        )
        bind_keys(self._working, acts)

    def _show_draft_papers(self) -> None:
        self.keyboard.settle()
        preview = self.refresh()
        act = next((allowed.act for allowed in preview.acts if allowed.primary), Act.ACCEPT)
        self.paper_asks.show_draft(self.walk_in(), act, self._revisit.filing_id if self._revisit else None)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.done)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._stack)
        # No stop of the Tab key: the page would only send the keyboard back to where it was.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
