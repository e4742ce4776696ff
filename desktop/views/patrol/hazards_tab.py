"""Hazards (隐患): what stands open, what is late, and each next step by one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QCheckBox

from desktop.domain.access import Right
from desktop.domain.acts import Change, IssuedPaper
from desktop.domain.attachments import Attached, AttachedTo, Moment
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardLevel, HazardState, StepKind
from desktop.domain.hazard_rows import HazardCriteria, HazardFile, HazardRow
from desktop.domain.transfer import TransferMatter
from desktop.views.patrol.hazard_card import HazardCard
from desktop.views.patrol.hazard_conduct import KEY, enter_conduct, proposal_of, why_with_key
from desktop.views.patrol.hazard_words import COLUMNS, ROOMY, WIDTHS, card_text, row_texts
from desktop.views.patrol.list_reading import Listing
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.photo_adding import add_photos
from desktop.views.patrol.step_dialog import StepDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.given_files import ask_files
from desktop.views.shared.pick_list import PickList
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_USUAL = 5
# Key of the action and short word of each step, in the order of the buttons.
STEPS: Final = (
    ("patrol.hazard_feedback", "反馈已整改", StepKind.FEEDBACK),
    ("patrol.hazard_passed", "复查合格", StepKind.PASSED),
    ("patrol.hazard_failed", "复查不合格", StepKind.FAILED),
    ("patrol.hazard_refused", "拒不整改", StepKind.REFUSED),
    ("patrol.hazard_notice", "整改通知", StepKind.NOTICE),
    ("patrol.hazard_term", "调整期限", StepKind.TERM),
    ("patrol.hazard_measures", "采取措施", StepKind.MEASURES),
    ("patrol.hazard_materials", "补材料", StepKind.MATERIALS_ASKED),
    ("patrol.hazard_stopped", "停工整改", StepKind.STOPPED),
    ("patrol.hazard_resumed", "复工", StepKind.RESUMED),
    ("patrol.hazard_supervised", "督办", StepKind.SUPERVISED),
    ("patrol.hazard_reported", "上报", StepKind.REPORTED),
    ("patrol.hazard_escalated", "提级", StepKind.ESCALATED),
    ("patrol.hazard_lifted", "解除提级", StepKind.ESCALATION_LIFTED),
    ("patrol.hazard_withdrawn", "撤回误记", StepKind.WITHDRAWN),
)


class HazardsTab(ListTab):
    """The open ones first, of them the first to be due."""

    nothing_there = "没有未销项的隐患。"

    def __init__(self, workbench: Workbench) -> None:
        hint = "编号、工地、隐患、责任方、整改通知编号"
        super().__init__(workbench, RegisterTable("hazards", COLUMNS, WIDTHS, roomy=ROOMY), "隐患", hint)
        self._shown: dict[int, HazardRow] = {}
        office = workbench.desk.office.office()
        communities = office.communities if office else ()
        self.state = PickList([("", "全部状态"), *((state.value, word(state)) for state in HazardState)])
        self.community = PickList([("", "全部社区"), *((name, name) for name in communities)])
        self.level = PickList([("", "全部等级"), *((level.value, word(level)) for level in HazardLevel)])
        self.with_closed, self.only_late = QCheckBox("含已销项(&Q)"), QCheckBox("只看逾期(&V)")
        for label, pick in (("状态(&Z)", self.state), ("社区(&S)", self.community), ("等级(&D)", self.level)):
            pick.set_value("")
            self.add_filter(label, pick)
        for tick in (self.only_late, self.with_closed):
            self.add_filter("", tick)
        self.table.opened.connect(lambda _id: self.when_read(self.open))
        self._bind()

    def reading(self, wanted: int | None) -> Callable[[], Listing]:
        """Ask for the hazards that the filters ask for."""
        service, criteria, most = self.bench.desk.hazards, self.criteria(), self.most

        def read() -> Listing:
            ids = service.ids(criteria)
            shown = ids[:most]
            if wanted in ids and wanted not in shown:
                shown = (wanted, *shown[:-1])
            rows = service.page(shown)
            listed = [(row.id, row_texts(row), row.is_open) for row in rows]
            return Listing(rows=listed, keep=partial(self._keep, rows))

        return read

    def criteria(self) -> HazardCriteria:
        """Give what the filters ask for."""
        state = self.state.value()
        return HazardCriteria(
            text=self.find_line.value(),
            community=self.community.value() or None,
            states=frozenset({HazardState(state)}) if state else frozenset(),
            is_open=None if state or self.with_closed.isChecked() else True,
            is_overdue=self.only_late.isChecked(),
            level=HazardLevel(self.level.value()) if self.level.value() else None,
        )

    def _keep(self, rows: Sequence[HazardRow]) -> None:
        self._shown = {row.id: row for row in rows}

    def card(self, row_id: int) -> str:
        """Say what is known of a hazard."""
        desk = self.bench.desk
        file, proposal = desk.hazards.file(row_id), proposal_of(desk, row_id)
        self._offer(file, has_ground=proposal is not None)
        label_of = desk.hazards.pack_for(file.row.site).finding_label
        text = card_text(file, label_of, self._photos(row_id), desk.office.today())
        if proposal is None:
            return text
        head, _, rest = text.partition("\n")
        said = why_with_key(proposal, file.row.number, may_judge=self.button(KEY) is not None)
        return f"{head}\n{said}\n{rest}"

    def forget_filters(self) -> None:
        """Show the closed ones too."""
        super().forget_filters()
        for pick in (self.state, self.community, self.level):
            pick.set_value("")
        self.with_closed.setChecked(True)
        self.only_late.setChecked(False)

    def open(self) -> None:
        """Open the card of the chosen hazard."""
        chosen = self.table.chosen_id()
        if chosen is not None:
            file = self.bench.desk.hazards.file(chosen)
            HazardCard(self.bench, file, self._photos(chosen), self.card(chosen), self).exec()
            self.table.setFocus()

    def take_step(self, kind: StepKind) -> None:
        """Take one step with the chosen hazard."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        file = self.bench.desk.hazards.file(chosen)
        if kind not in file.next_steps:
            self.say(f"{file.row.number} 现在是“{word(file.row.state)}”，不能记“{word(kind)}”。", Tone.AMBER, "注意")
            return
        try:
            names = self._body(file) if kind is StepKind.REPORTED else ""
            dialog = StepDialog(self.bench.desk, file.row, kind, names=names, parent=self)
        except ClerkError as error:
            self.say_trouble(error)
            return
        if not dialog.exec() or dialog.outcome is None:
            return
        self._add(chosen, dialog.photos, Moment.AFTER)
        self.told(
            f"{file.row.number} 已记“{word(kind)}”，现为“{word(dialog.outcome.state)}”。",
            *_as_changes(dialog.outcome.changes),
        )
        if dialog.outcome.paper is not None:
            self.show_papers((dialog.outcome.paper,), f"{dialog.outcome.paper.title} {dialog.outcome.paper.number}")

    def transfer(self) -> None:
        """Hand the chosen hazard on to the body that the rules name."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        row = self._shown[chosen]
        matter = TransferMatter(site=row.site, hazard_id=row.id, finding=row.finding)
        TransferDialog.send_from(self, matter)

    def photos_before(self) -> None:
        """Add photos of the hazard as it was found."""
        chosen = self.table.chosen_id()
        if chosen is not None and (files := ask_files(self, "整改前的照片")):
            self._add(chosen, files, Moment.BEFORE)
            self.told(f"已加照片 {len(files)} 张。")

    def papers(self) -> None:
        """Preview the papers of the chosen hazard."""
        chosen = self.table.chosen_id()
        if chosen is not None:
            file = self.bench.desk.hazards.file(chosen)
            self.show_papers(_once(file.papers), file.row.number)

    def enter_conduct(self) -> None:
        """Propose who did not put the chosen hazard right for the conduct register."""
        chosen = self.table.chosen_id()
        if chosen is not None:
            enter_conduct(self, chosen, self._shown[chosen].number)

    def to_site(self) -> None:
        """Open the file of the site."""
        chosen = self.table.chosen_id()
        if chosen is not None and (filing_id := self._shown[chosen].site.filing_id) is not None:
            self.bench.filing_asked.emit(filing_id)

    def _add(self, hazard_id: int, files: Sequence[Path], moment: Moment) -> None:
        try:
            add_photos(self.bench.desk, AttachedTo.HAZARD, hazard_id, files, moment=moment)
        except ClerkError as error:
            self.say_trouble(error)

    def _photos(self, hazard_id: int) -> tuple[Attached, ...]:
        return self.bench.desk.attachments.attached_to(AttachedTo.HAZARD, hazard_id)

    def _body(self, file: HazardFile) -> str:
        row = file.row
        asked = self.bench.desk.hazards.propose(
            row.site, row.finding, level=row.level, is_refused=row.refused_on is not None
        )
        return asked.report_to

    def _offer(self, file: HazardFile, *, has_ground: bool) -> None:
        if (conduct := self.button(KEY)) is not None:
            conduct.setVisible(has_ground)
        for key, _title, kind in STEPS:
            if (button := self.button(key)) is not None:
                button.setVisible(kind in file.next_steps)

    def _bind(self) -> None:
        if self.may_act:
            usual = {key: (title, partial(self.take_step, kind)) for key, title, kind in STEPS[:_USUAL]}
            others = {key: (title, partial(self.take_step, kind)) for key, title, kind in STEPS[_USUAL:]}
            self.bind(usual)
            self.bind({"patrol.hazard_transfer": ("移交", self.transfer)})
            self.bind({"patrol.hazard_photos": ("照片", self.photos_before)})
        self.bind({"patrol.hazard_papers": ("文书", self.papers)})
        if self.may_act:
            self.bind(others)
        if self.bench.desk.sign_in.actor.may(Right.JUDGE_CONDUCT):
            self.bind({KEY: ("列入不良档案", self.enter_conduct)})
        self.bind({"patrol.hazard_site": ("工地", self.to_site)})


def _once(papers: Sequence[IssuedPaper]) -> tuple[IssuedPaper, ...]:
    return tuple({paper.id: paper for paper in papers}.values())


def _as_changes(changes: frozenset[Change]) -> tuple[Change, ...]:
    return tuple(changes)
