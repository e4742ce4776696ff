"""Reports from the public (投诉举报) from receipt to answer and reward; who reported stays covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QCheckBox, QDialog

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteDraft
from desktop.domain.local_rules import cited, local
from desktop.domain.public_report import ReportCriteria, ReportFile, ReportRow, ReportSource, ReportState
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferMatter
from desktop.services.desk import Desk
from desktop.views.patrol.link_dialog import LinkDialog
from desktop.views.patrol.list_reading import Listing
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.report_dialogs import AnswerDialog, AssignDialog, ReportDialog, RewardDialog, VerifyDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.purpose_dialog import PurposeDialog
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("编号", "状态", "来源", "地址", "反映内容", "举报人", "交办", "核查期限", "结论")
_WIDTHS: Final = (12, 6, 7, 12, 18, 5, 7, 8)
_ROOMY: Final = (3, 4)
AskFound = Callable[[FoundSiteDraft], None]


class ReportsTab(ListTab):
    """What is not answered yet; the answered ones on demand.  ``ask_found`` opens the form of an unregistered work."""

    nothing_there = "没有待办的投诉举报。按 Insert 接收一件。"

    def __init__(self, workbench: Workbench, ask_found: AskFound) -> None:
        hint = "编号、地址、内容"
        super().__init__(workbench, RegisterTable("reports", _COLUMNS, _WIDTHS, roomy=_ROOMY), "投诉举报", hint)
        self._today, self._ask_found = workbench.desk.office.today, ask_found
        self._shown: dict[int, ReportRow] = {}
        self.state = PickList([("", "全部状态"), *((state.value, word(state)) for state in ReportState)])
        self.source = PickList([("", "全部来源"), *((source.value, word(source)) for source in ReportSource)])
        for label, pick in (("状态(&Z)", self.state), ("来源(&L)", self.source)):
            pick.set_value("")
            self.add_filter(label, pick)
        self.only_late, self.with_answered = QCheckBox("只看逾期(&V)"), QCheckBox("含已答复(&Q)")
        for tick in (self.only_late, self.with_answered):
            self.add_filter("", tick)
        self._bind()
        self.table.opened.connect(lambda _id: self.when_read(self.next_step))

    def reading(self, wanted: int | None) -> Callable[[], Listing]:
        """Ask for the reports that the filters ask for."""
        service, criteria, today = self.bench.desk.reports, self._criteria(), self._today()

        def read() -> Listing:
            found = service.find(criteria)
            if wanted is not None and len(found) >= criteria.limit and all(row.id != wanted for row in found):
                found = (service.file(wanted).row, *found[:-1])
            rows = [(row.id, _texts(row, today), row.state is not ReportState.ANSWERED) for row in found]
            return Listing(rows=rows, keep=partial(self._keep, found))

        return read

    def _criteria(self) -> ReportCriteria:
        state, source = self.state.value(), self.source.value()
        return ReportCriteria(
            limit=self.most,
            text=self.find_line.value(),
            state=ReportState(state) if state else None,
            source=ReportSource(source) if source else None,
            is_open=None if state or self.with_answered.isChecked() else True,
            is_overdue=True if self.only_late.isChecked() else None,
        )

    def _keep(self, found: Sequence[ReportRow]) -> None:
        self._shown = {row.id: row for row in found}

    def card(self, row_id: int) -> str:
        """Say what is known of a report."""
        return "\n".join(_lines(self.bench.desk.reports.file(row_id), self._today()))

    def forget_filters(self) -> None:
        """Show the answered ones too."""
        super().forget_filters()
        for pick in (self.state, self.source):
            pick.set_value("")
        self.only_late.setChecked(False)
        self.with_answered.setChecked(True)

    def new(self) -> None:
        """Take a report down."""
        dialog = ReportDialog(self.bench.desk, self)
        if dialog.exec() and dialog.taken is not None:
            self.told(f"已接收 {dialog.taken.number}。", Change.PAPERS)
            self.stand_on(dialog.taken.report_id, self.papers)

    def next_step(self) -> None:
        """Open the form of what comes next for the chosen report."""
        row = self._chosen()
        if row is None:
            return
        steps = {
            ReportState.RECEIVED: self.assign,
            ReportState.ASSIGNED: self.verify,
            ReportState.VERIFIED: self.answer,
            ReportState.ANSWERED: self.reward,
        }
        if self.may_act:
            steps[row.state]()

    def assign(self) -> None:
        """Give the chosen report to somebody to look into."""
        self._with(AssignDialog, "已交办")

    def verify(self) -> None:
        """Enter what looking into the chosen report brought."""
        self._with(lambda desk, row, parent: VerifyDialog(desk, row, parent=parent), "核查结果已记")

    def answer(self) -> None:
        """Enter the answer to the chosen report."""
        self._with(AnswerDialog, "已答复")

    def reward(self) -> None:
        """Enter the reward of the chosen report."""
        self._with(RewardDialog, "奖励已记")

    def link(self) -> None:
        """Tie the chosen report to a site."""
        row = self._chosen()
        if row is None:
            return
        dialog = LinkDialog(self.bench, f"{row.number} 反映的是哪个工地", self)
        if dialog.exec() and dialog.site is not None:
            ref, number, service = dialog.site.ref, dialog.site.number, self.bench.desk.reports
            self.do(lambda: service.link(row.id, ref, act_id=uuid4().hex), f"{row.number} 已关联 {number}。")

    def found(self) -> None:
        """Record the unregistered work that the chosen report led to."""
        row = self._chosen()
        if row is None:
            return
        try:
            draft = self.bench.desk.reports.found_site_draft(row.id)
        except ClerkError as error:
            self.say_trouble(error)
            return
        self._ask_found(draft)

    def patrol(self) -> None:
        """Enter the visit by which the chosen report is verified."""
        row = self._chosen()
        if row is not None and row.site != SiteRef():
            self.bench.patrol_asked.emit(row.site)
        elif row is not None:
            self.say(local("还没有关联工地：先关联，或者记为未登记工地。"), Tone.AMBER, "注意")

    def transfer(self) -> None:
        """Hand the chosen report on."""
        row = self._chosen()
        if row is not None:
            TransferDialog.send_from(self, TransferMatter(site=row.site, report_id=row.id))

    def see_reporter(self) -> None:
        """Show who reported, for a purpose that stays on record."""
        row = self._chosen()
        if row is None:
            return
        if row.is_anonymous:
            self.say(f"{row.number} 是匿名举报，没有举报人信息。", Tone.AMBER, "注意")
            return
        dialog = PurposeDialog(f"查看 {row.number} 的举报人", self, what="举报人姓名和电话", example="电话答复核查结果")
        dialog.given.connect(lambda purpose: self._reveal(row, purpose))
        dialog.exec()

    def papers(self) -> None:
        """Preview the slip of the chosen report."""
        row = self._chosen()
        if row is not None:
            self.show_papers(self.bench.desk.reports.file(row.id).papers, row.number)

    def _reveal(self, row: ReportRow, purpose: str) -> None:
        try:
            who = self.bench.desk.reports.reveal(row.id, purpose)
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.say(f"{row.number}　举报人 {who.name or '没有留名'}　{who.phone}", Tone.AMBER, "已记录")

    def _with(self, build: Callable[[Desk, ReportRow, ReportsTab], QDialog], said: str) -> None:
        row = self._chosen()
        if row is not None and build(self.bench.desk, row, self).exec():
            self.told(f"{row.number} {said}。")

    def _chosen(self) -> ReportRow | None:
        chosen = self.table.chosen_id()
        return self._shown.get(chosen) if chosen is not None else None

    def _bind(self) -> None:
        # Somebody at the window is heard there; what becomes of it is for who looks after the sites.
        if self.may_act or self.bench.desk.sign_in.actor.may(Right.REGISTER):
            self.bind({"patrol.report_new": ("接收", self.new)}, primary="patrol.report_new")
        if self.may_act:
            self.bind(
                {
                    "patrol.report_assign": ("交办", self.assign),
                    "patrol.report_verify": ("核查结果", self.verify),
                    "patrol.report_answer": ("答复", self.answer),
                    "patrol.report_reward": ("奖励", self.reward),
                    "patrol.report_link": ("关联工地", self.link),
                    "patrol.report_found": (local("未登记工地"), self.found),
                    "patrol.report_patrol": ("巡查", self.patrol),
                    "patrol.report_transfer": ("移送", self.transfer),
                }
            )
        if self.bench.desk.sign_in.actor.may(Right.SEE_WHOLE):
            self.bind({"patrol.report_who": ("看举报人", self.see_reporter)})
        self.bind({"patrol.report_papers": ("登记单", self.papers)})


def _texts(row: ReportRow, today: date) -> tuple[str, ...]:
    late = row.is_overdue(today)
    term = row.verify_by.isoformat() if row.verify_by and row.verified_on is None else ""
    return (
        row.number,
        f"● {word(row.state)}" if row.state is ReportState.ANSWERED else word(row.state),
        word(row.source),
        row.place,
        row.content,
        "匿名" if row.is_anonymous else row.reporter_name,
        row.assigned_to,
        f"■ {term}" if late else term,
        word(row.verdict) if row.verdict is not None else "",
    )


def _lines(file: ReportFile, today: date) -> Iterator[str]:
    row = file.row
    body = f"（{row.source_body}）" if row.source_body else ""
    yield f"{row.number}　{word(row.source)}{body}　{row.received_on} 收到　{row.community} {row.place}"
    yield f"反映：{row.content}"
    who = "匿名" if row.is_anonymous else " ".join(part for part in (row.reporter_name, row.reporter_phone) if part)
    yield f"举报人：{who or '没有留'}" + (f"　关联 {row.site_number}" if row.site_number else "")
    if row.verify_by is not None and row.verified_on is None:
        late = f"，已逾期 {(today - row.verify_by).days} 天" if row.is_overdue(today) else ""
        yield f"应于 {row.verify_by} 前核查{late}"
    if row.deserves_reward is not None:
        paid = f"，{row.rewarded_on} 发放" if row.rewarded_on else ""
        yield (
            f"奖励 {row.reward_yuan or 0} 元{paid}{cited('report_reward')}"
            if row.deserves_reward
            else f"不符合奖励办法{cited('report_reward')}"
        )
    for step in reversed(file.steps):
        yield f"{step.on} {word(step.move)}：{step.text}　{step.done_by}"
