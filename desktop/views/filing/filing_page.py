"""One filing whole (一件一档): head, what can be done now, and its tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change, IssuedPaper, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile
from desktop.domain.local_rules import local
from desktop.domain.registration_life import LifeAct
from desktop.domain.worklist import Task, TaskKind
from desktop.services.orders import ORDER_CHANGES
from desktop.views.actions import keys_of
from desktop.views.filing.attachments_tab import AttachmentsTab
from desktop.views.filing.outgoing_buttons import OutgoingButtons
from desktop.views.filing.outside_review_tab import OutsideReviewTab
from desktop.views.filing.overview_text import override_words
from desktop.views.filing.platform_line import PlatformLine
from desktop.views.filing.review_line import ReviewLine
from desktop.views.filing.tabs import MaterialsTab, OverviewTab, PapersTab, TimelineTab
from desktop.views.filing.validity_bar import ValidityBar
from desktop.views.filing.verification_tab import VerificationTab
from desktop.views.filing.whole_button import WholeButton
from desktop.views.life.life_tab import LifeTab
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4
from desktop.views.wording import STATUS_TONES, word
from desktop.views.workbench import Workbench

# Which act on a registration deals with a task; an expired one is looked at first.
_ACT_OF_TASK: Final[Mapping[TaskKind, LifeAct]] = {
    TaskKind.EXTENSION: LifeAct.EXTEND,
    TaskKind.CHANGE_PAPERS: LifeAct.CHANGE,
    TaskKind.CLOSE_OUT: LifeAct.APPLY_CLOSEOUT,
    TaskKind.PLANNED_END: LifeAct.NOTE_COMPLETION,
    TaskKind.CLOSE_OUT_CHECK: LifeAct.VERIFY_CLOSEOUT,
    TaskKind.DELIVERY: LifeAct.DELIVER,
}


class FilingPage(QWidget):
    """Shows one filing; Esc goes back to where it was opened from."""

    def __init__(
        self, workbench: Workbench, parent: QWidget | None = None, *, today: Callable[[], date] | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._today = workbench, today or workbench.desk.office.today
        self.file: FilingFile | None = None
        self.number, self._name = QLabel(), ElidedLabel()
        self.status, self.risk, self.mark = Chip(), Chip(), Chip("告知不到位", Tone.RED)
        self.bar, self.overrides = ValidityBar(), Banner()
        self.platform = PlatformLine(workbench)
        self.papers_button, self.correct_button = QPushButton("全部文书（Ctrl+P）"), QPushButton("办理补正（F5）")
        self.tabs = QTabWidget()
        self.overview, self.materials = OverviewTab("概况"), MaterialsTab("材料")
        self.papers, self.timeline = PapersTab("文书"), TimelineTab("经过")
        self.review, self.verification = ReviewLine(workbench), VerificationTab(workbench)
        self.outside_review = OutsideReviewTab(workbench)
        self.links, self.whole, self.outgoing = ElidedLabel(), WholeButton(workbench), OutgoingButtons(workbench)
        self.attachments, self.life = AttachmentsTab(workbench), LifeTab(workbench)
        self.order_button = QPushButton(f"签发责令文书（{keys_of('filing.order')}）")
        self._build()
        self._connect()

    def show_filing(self, filing_id: int) -> None:
        """Show a filing; raises ``ClerkError`` when it cannot be read."""
        is_other = self.file is None or self.file.row.id != filing_id
        self.file = self._bench.desk.ledger.file(filing_id)
        rules = self._bench.desk.ledger.rules_of(self.file)
        self._show_head(self.file)
        self.whole.show_file(self.file)
        self._show_overview()
        self.materials.show_file(self.file, rules, self._bench.desk.reviews.checkers(filing_id))
        self.papers.show_papers(self.file.papers)
        self.timeline.show_file(self.file)
        attached = self.attachments.show_file(self.file, rules)
        self.tabs.setTabText(self.tabs.indexOf(self.attachments), f"附件 {attached}" if attached else "附件")
        verified = self.verification.show_file(self.file)
        self.tabs.setTabText(self.tabs.indexOf(self.verification), f"核实 {verified}" if verified else "核实")
        outside = self.outside_review.show_file(self.file)
        self.tabs.setTabText(self.tabs.indexOf(self.outside_review), f"第三方审查{f' {outside}' if outside else ''}")
        lived = self.life.show_file(self.file)
        self._show_validity(self.file)
        self.tabs.setTabText(self.tabs.indexOf(self.life), f"在建管理 {lived}" if lived else "在建管理")
        self.tabs.setTabText(1, f"材料 {len(self.file.walk_in.materials)}")
        self.tabs.setTabText(2, f"文书 {len(self.file.papers)}")
        if is_other:
            self.tabs.setCurrentIndex(0)

    def _show_overview(self) -> None:
        """Show the matter covered, or whole while that was asked for."""
        if self.file is not None:
            shown = self.file if self.whole.walk_in is None else replace(self.file, walk_in=self.whole.walk_in)
            warning = self._bench.desk.books.insurance_of(shown.row.id)
            self.overview.show_file(shown, self._bench.desk.ledger.rules_of(shown), warning)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.whole.cover()

    def do_task(self, task: Task) -> bool:
        """Go to the act that deals with a task of the worklist; says whether this page has one for it."""
        act = _ACT_OF_TASK.get(task.kind)
        if self.file is None or act is None:
            return False
        life = self.life.life
        if act is LifeAct.EXTEND and life is not None and not life.is_extension_left:
            # Nothing to offer: the tab says what is left.
            self._show_life()
            return True
        self._live(act)
        return True

    def step_back(self) -> bool:
        """Fold an open field of the head away; says whether there was one."""
        return self.review.step_back() or self.platform.step_back()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tabs.tabBar().setFocus(event.reason())

    def _show_head(self, file: FilingFile) -> None:
        row = file.row
        self.number.setText(file.registration_number or row.number)
        self._name.setText(row.project_name)
        self.status.show_as(word(row.status), STATUS_TONES[row.status])
        self.risk.setVisible(row.high_risk is not False)
        risk = (local("高风险"), Tone.AMBER) if row.high_risk else ("风险未定", Tone.GREY)
        self.risk.show_as(*risk)
        self.mark.setVisible(row.notice_not_complete)
        self.overrides.say(override_words(file.overrides), Tone.AMBER, mark="另有理由")
        self.correct_button.setVisible(file.can_correct)
        words = "改正后再送" if row.status is Status.RETURNED else "办理补正"
        self.correct_button.setText(f"{words}（{keys_of('filing.correct')}）")
        self.papers_button.setEnabled(bool(file.papers))
        self.platform.show_file(file)
        self.review.show_file(file)
        self.outgoing.show_file(file)
        self._show_links(file.row.id)
        self.order_button.setVisible(self._bench.desk.sign_in.actor.may(Right.ISSUE_ORDERS))

    def _show_validity(self, file: FilingFile) -> None:
        """Show the days of the registration; a window for extension only while one is left."""
        first, last, life = file.accepted_on, file.valid_until, self.life.life
        opens = file.extension_first if life is not None and life.is_extension_left else None
        self.bar.setVisible(first is not None and last is not None)
        if first and last:
            until = life.in_time_until if life is not None else None
            self.bar.show_dates(first=first, last=last, extension_first=opens, today=self._today(), in_time_until=until)

    def _show_links(self, filing_id: int) -> None:
        """Say who is in charge of each link of the work ."""
        links = self._bench.desk.in_charge.links(filing_id)
        self.links.setText("　→　".join(f"{link.word}：{link.who or '未指定'}" for link in links))

    def _order(self) -> None:
        if self.file is None or self.order_button.isHidden():
            return
        from desktop.views.filing.order_dialog import OrderDialog

        heading = f"{self.number.text()}　{self.file.row.project_name}"
        dialog = OrderDialog(self._bench, self.file.row.id, heading, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.issued.connect(self._ordered)
        dialog.open()

    def _ordered(self, paper: IssuedPaper) -> None:
        self._bench.told.emit(f"{paper.number} 已签发")
        self._bench.changed.emit(ORDER_CHANGES)
        self._bench.papers_asked.emit((paper,), paper.title)

    def _verify(self) -> None:
        self.tabs.setCurrentWidget(self.verification)
        self.verification.begin()

    def _review_outside(self) -> None:
        self.tabs.setCurrentWidget(self.outside_review)
        self.outside_review.begin()

    def _show_attachments(self) -> None:
        self.tabs.setCurrentWidget(self.attachments)
        self.attachments.begin()

    def _show_life(self) -> None:
        self.tabs.setCurrentWidget(self.life)
        self.tabs.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _live(self, act: LifeAct) -> None:
        self._show_life()
        self.life.open(act)

    def _all_papers(self) -> None:
        if self.file and self.file.papers:
            self._open_papers(self.file.papers)

    def _open_papers(self, papers: tuple[IssuedPaper, ...]) -> None:
        from desktop.views.papers.papers_dialog import PapersDialog

        # These papers were handed out when they were issued: what leaves the printer again bears the mark.
        dialog = PapersDialog(self._bench, papers, self.number.text(), reprint=True, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _correct(self) -> None:
        if self.file and self.file.can_correct:
            self._bench.revisit_asked.emit(self.file.row.id)

    def _changed(self, changes: frozenset[Change]) -> None:
        if self.file is None or not changes & {Change.FILINGS, Change.PAPERS, Change.CALENDAR}:
            return
        try:
            self.show_filing(self.file.row.id)
        except ClerkError as error:
            self._bench.told.emit(describe(error).text)

    def _connect(self) -> None:
        self.papers_button.clicked.connect(self._all_papers)
        self.correct_button.clicked.connect(self._correct)
        self.papers.paper_asked.connect(self._open_papers)
        self.timeline.paper_asked.connect(self._open_papers)
        self.life.paper_asked.connect(self._open_papers)
        self._bench.changed.connect(self._changed)
        self.platform.left.connect(self.setFocus)
        self.review.left.connect(self.setFocus)
        self.order_button.clicked.connect(self._order)
        self.whole.toggled_whole.connect(self._show_overview)
        bind_keys(
            self,
            {
                "filing.papers": self._all_papers,
                "filing.correct": self._correct,
                "filing.approve": self.review.approve,
                "filing.return": self.review.ask_return,
                "filing.opinion": self.review.ask_opinion,
                "filing.answer": self.review.ask_answer,
                "filing.order": self._order,
                "filing.verify": self._verify,
                "filing.outside_review": self._review_outside,
                "filing.attachments": self._show_attachments,
                "filing.whole": self.whole.ask,
                "filing.platform_number": self.platform.open,
                "filing.platform_sheet": self.platform.copy,
                "life.tab": self._show_life,
                **self.outgoing.acts(),
                **{f"life.{act.value}": partial(self._live, act) for act in LifeAct},
            },
        )

    def _build(self) -> None:
        self.number.setProperty("role", "number")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._name.setProperty("role", "heading")
        self.links.setProperty("role", "soft")
        first = QHBoxLayout()
        first.setSpacing(SPACE_2)
        for widget in (self.number, self.status, self.risk, self.mark):
            first.addWidget(widget)
        first.addStretch(1)
        self.correct_button.setProperty("role", "primary")
        first.addWidget(self.correct_button)
        first.addWidget(self.order_button)
        first.addWidget(self.papers_button)
        head = QFrame()
        head.setProperty("role", "card")
        column = QVBoxLayout(head)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(first)
        for part in (self._name, self.overrides, self.bar, self.review, self.platform):
            column.addWidget(part)
        last = QHBoxLayout()
        last.addWidget(self.links)
        last.addStretch(1)
        last.addWidget(self.outgoing)
        last.addWidget(self.review.opinion_button)
        column.addLayout(last)
        for tab, title in (
            (self.overview, "概况"),
            (self.materials, "材料"),
            (self.papers, "文书"),
            (self.timeline, "经过"),
            (self.verification, "核实"),
            (self.outside_review, "第三方审查"),
            (self.attachments, "附件"),
            (self.life, "在建管理"),
        ):
            self.tabs.addTab(tab, title)
        self.tabs.setCornerWidget(self.whole)
        page = QVBoxLayout(self)
        page.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        page.setSpacing(SPACE_3)
        page.addWidget(head)
        page.addWidget(self.tabs, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
