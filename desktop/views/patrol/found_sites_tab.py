"""Unregistered works (未登记工地): until they are registered, passed on, or need no registration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QCheckBox

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.found_site import (
    CampaignSummary,
    FoundSiteCriteria,
    FoundSiteDraft,
    FoundSiteRow,
    FoundState,
)
from desktop.domain.local_rules import cited, local
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferMatter
from desktop.views.patrol.day_dialog import DayDialog
from desktop.views.patrol.found_site_dialog import KINDS, FoundSiteDialog
from desktop.views.patrol.link_dialog import LinkDialog
from desktop.views.patrol.list_reading import Listing
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.pick_list import PickList
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("编号", "状态", "地址", "在做什么", "类别", "业主", "施工单位", "登记期限", "发现", "登记件")
_WIDTHS: Final = (12, 7, 13, 10, 6, 5, 10, 7, 7)
_ROOMY: Final = (2, 3, 6)
_CLOSED: Final = (FoundState.LINKED, FoundState.DISMISSED)


class FoundSitesTab(ListTab):
    """What waits for registration; what was closed on demand."""

    def __init__(self, workbench: Workbench) -> None:
        self.nothing_there = local("没有等待登记的工地。巡查中按 F4，或者在这里按 Insert 记一处。")
        hint = local("编号、地址、业主")
        super().__init__(
            workbench, RegisterTable("found_sites", _COLUMNS, _WIDTHS, roomy=_ROOMY), local("未登记工地"), hint
        )
        self._today = workbench.desk.office.today
        self._shown: dict[int, FoundSiteRow] = {}
        self._campaigns: tuple[str, ...] | None = None
        self.state = PickList([("", "全部状态"), *((state.value, word(state)) for state in FoundState)])
        self.campaign = PickList()
        for pick in (self.state, self.campaign):
            pick.set_value("")
        self.only_due, self.with_closed = QCheckBox("只看须上报(&V)"), QCheckBox("含已办结(&Q)")
        self.add_filter("状态(&Z)", self.state)
        self.add_filter("排摸(&M)", self.campaign)
        for tick in (self.only_due, self.with_closed):
            self.add_filter("", tick)
        self._bind()
        self.table.opened.connect(lambda _id: self.when_read(self.papers))

    def reading(self, wanted: int | None) -> Callable[[], Listing]:
        """Ask for the works that the filters ask for."""
        service, criteria, today = self.bench.desk.found_sites, self._criteria(), self._today()

        def read() -> Listing:
            found, campaign = service.find(criteria), criteria.campaign
            if wanted is not None and len(found) >= criteria.limit and all(row.id != wanted for row in found):
                found = (service.row(wanted), *found[:-1])
            summary = service.campaign_summary(campaign) if campaign else None
            rows = [(row.id, _texts(row, today), row.state not in _CLOSED) for row in found]
            return Listing(rows=rows, keep=partial(self._keep, found, service.campaigns(), summary))

        return read

    def card(self, row_id: int) -> str:
        """Say what is known of a work."""
        return "\n".join(_lines(self._shown[row_id], self._today()))

    def forget_filters(self) -> None:
        """Show the closed ones too."""
        super().forget_filters()
        for pick in (self.state, self.campaign):
            pick.set_value("")
        self.only_due.setChecked(False)
        self.with_closed.setChecked(True)

    def new(self, begun: FoundSiteDraft | None = None) -> None:
        """Record an unregistered work."""
        desk = self.bench.desk
        actor = desk.sign_in.actor
        dialog = FoundSiteDialog(desk, begun or FoundSiteDraft(found_by=actor.name), self)
        if not dialog.exec() or dialog.recorded is None:
            return
        self.told(f"已记 {dialog.recorded.number}。", Change.PAPERS)
        has_paper = dialog.recorded.paper_id is not None
        self.stand_on(dialog.recorded.found_site_id, self.papers if has_paper else None)

    def urge(self) -> None:
        """Urge the owner of the chosen work to register by a day."""
        row = self._chosen()
        if row is None:
            return
        service = self.bench.desk.found_sites
        words = (
            f"督促 {row.place} {local('办理登记')}，打印通知{cited('unregistered_work')}。逾期不办的，次日须上报执法。"
        )
        dialog = DayDialog(
            self.bench.desk, local("督促登记"), words, label=local("登记期限(&T)"), begun=service.term(), parent=self
        )
        if dialog.exec() and self.do(lambda: service.urge(row.id, register_by=dialog.day()), f"已督促 {row.number}。"):
            self.papers()

    def refuse(self) -> None:
        """Record that registration is refused, which must be reported the same day."""
        service = self.bench.desk.found_sites
        self._with_reason(
            local("拒不登记"),
            f"须于当日 24:00 前上报街道相关执法机构{cited('unregistered_work')}。",
            service.refuse,
            local("已记拒不登记"),
        )

    def dismiss(self) -> None:
        """Record that no registration is needed."""
        service = self.bench.desk.found_sites
        self._with_reason(local("无需登记"), "记录保留，不再列为待办。", service.dismiss, local("已记无需登记"))

    def report(self) -> None:
        """Report the chosen work to enforcement."""
        row = self._chosen()
        if row is not None:
            finding = "unregistered" if row.kind != "above_limit" else "permit_missing_or_split"
            matter = TransferMatter(site=SiteRef(found_site_id=row.id), finding=finding)
            TransferDialog.send_from(self, matter)

    def register(self) -> None:
        """Open the intake form with what is known of the chosen work."""
        row = self._chosen()
        if row is not None:
            self.bench.found_work_asked.emit(row.id)

    def link(self) -> None:
        """Tie the chosen work to a filing."""
        row = self._chosen()
        if row is None:
            return
        dialog = LinkDialog(self.bench, local(f"把 {row.number} 关联到登记件"), self)
        if dialog.exec() and dialog.site is not None and dialog.site.ref.filing_id is not None:
            filing_id, number = dialog.site.ref.filing_id, dialog.site.number
            service = self.bench.desk.found_sites
            self.do(lambda: service.link(row.id, filing_id), f"{row.number} 已关联 {number}。")

    def patrol(self) -> None:
        """Enter a patrol of the chosen work."""
        row = self._chosen()
        if row is not None:
            self.bench.patrol_asked.emit(SiteRef(found_site_id=row.id))

    def papers(self) -> None:
        """Preview the papers of the chosen work."""
        row = self._chosen()
        if row is not None:
            self.show_papers(self.bench.desk.found_sites.papers(row.id), row.number)

    def _chosen(self) -> FoundSiteRow | None:
        chosen = self.table.chosen_id()
        return self._shown.get(chosen) if chosen is not None else None

    def _with_reason(self, title: str, words: str, act: Callable[[int, str], object], said: str) -> None:
        row = self._chosen()
        if row is None:
            return
        dialog = ReasonDialog(title, f"{row.number}　{row.place}。{words}", self)
        if dialog.exec():
            reason = dialog.reason()
            self.do(lambda: act(row.id, reason), f"{row.number} {said}。")

    def _criteria(self) -> FoundSiteCriteria:
        state = self.state.value()
        return FoundSiteCriteria(
            limit=self.most,
            text=self.find_line.value(),
            state=FoundState(state) if state else None,
            campaign=self.campaign.value() or None,
            is_open=None if state or self.with_closed.isChecked() else True,
            is_report_due=True if self.only_due.isChecked() else None,
        )

    def _keep(self, found: Sequence[FoundSiteRow], campaigns: Sequence[str], summary: CampaignSummary | None) -> None:
        self._shown = {row.id: row for row in found}
        if tuple(campaigns) != self._campaigns:
            # Never while somebody types in it for nothing new.
            self._campaigns = tuple(campaigns)
            self.campaign.set_options([("", "全部"), *((name, name) for name in campaigns)])
        if summary is not None:
            self.banner.say(_summary(summary), Tone.BLUE, mark="排摸")

    def _bind(self) -> None:
        actor = self.bench.desk.sign_in.actor
        if self.may_act:
            self.bind(
                {
                    "patrol.found_new": ("记一处", self.new),
                    "patrol.found_urge": (local("督促登记"), self.urge),
                    "patrol.found_refuse": (local("拒不登记"), self.refuse),
                    "patrol.found_report": ("上报执法", self.report),
                    "patrol.found_patrol": ("巡查", self.patrol),
                },
                primary="patrol.found_new",
            )
        if actor.may(Right.REGISTER):
            self.bind({"patrol.found_register": ("转受理", self.register)})
        if self.may_act or actor.may(Right.REGISTER):
            self.bind({"patrol.found_link": (local("关联登记件"), self.link)})
        if self.may_act:
            self.bind({"patrol.found_dismiss": (local("无需登记"), self.dismiss)})
        self.bind({"patrol.found_papers": ("文书", self.papers)})


def _texts(row: FoundSiteRow, today: date) -> tuple[str, ...]:
    return (
        row.number,
        _state(row, today),
        row.place,
        row.work,
        local(dict(KINDS).get(row.kind, "")),
        row.owner_name,
        row.contractor_name,
        row.register_by.isoformat() if row.register_by else "",
        row.found_on.isoformat(),
        row.filing_number,
    )


def _state(row: FoundSiteRow, today: date) -> str:
    if row.report_by is not None and row.reported_on is None and row.report_by <= today:
        return f"{'■' if row.is_report_overdue(today) else '▲'} 须上报"
    if row.is_registered:
        return local("● 已登记")
    return f"■ {word(row.state)}" if row.state is FoundState.REFUSED else word(row.state)


def _lines(row: FoundSiteRow, today: date) -> Iterator[str]:
    yield f"{row.number}　{row.community}　{row.place}　{row.work}"
    owner = " ".join(part for part in (row.owner_name, row.owner_phone) if part)
    yield f"{local('业主')} {owner or '未知'}　施工 {row.contractor_name or '未知'}"
    yield f"{row.found_on} {row.found_by} 发现（{word(row.source)}）"
    yield f"{row.state_on} {word(row.state)}" + (f"：{row.state_reason}" if row.state_reason else "")
    if row.register_by is not None:
        yield f"应于 {row.register_by} 前{local('办理登记')}{cited('unregistered_work')}"
    if row.report_by is not None:
        said = f"已于 {row.reported_on} 上报" if row.reported_on else "还没有上报"
        late = "，超过时限" if row.is_report_overdue(today) else ""
        yield f"{row.report_by} 24:00 前须上报执法，{said}{late}"
    if row.filing_number:
        yield f"关联 {row.filing_number}" + (local("，已登记") if row.is_registered else "，还没有受理")


def _summary(found: CampaignSummary) -> str:
    days = f"{found.first_on} 至 {found.last_on}，" if found.first_on else ""
    return (
        f"{found.campaign}：{'、'.join(found.communities)}，{days}巡查 {found.patrols} 次，发现 {found.found} 处，"
        f"{local('已登记')} {found.registered}，{local('未登记')} {found.not_registered}，"
        f"限额以上 {found.above_limit}，已上报 {found.reported}，{local('无需登记')} {found.dismissed}。"
    )
