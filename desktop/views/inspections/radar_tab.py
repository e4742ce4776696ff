"""Works that look parted, on the page (肢解核对): the ledger looked through, suspicions, works of one, a decision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop.domain.acts import Change
from desktop.domain.local_rules import in_brackets, local
from desktop.services.splitting_radar import DECIDING, RadarReport, SuspectedWork, Suspicion
from desktop.views.actions import keys_of
from desktop.views.inspections.verdict_dialog import VerdictDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.theme import SPACE_2
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("判定", "线索", "件数", "金额（元）", "面积（㎡）", "申报日期", "地点或者单位", "理由")
_WIDTHS = (8, 19, 4, 8, 7, 13, 16)
_WORKS = ("编号", "申报日期", "工程名称", "地点", "建设单位", "生产经营单位", "金额（元）", "面积（㎡）", "状态")
_WORK_WIDTHS = (11, 7, 13, 15, 11, 12, 7, 7)


class RadarTab(RegisterTab):
    """Suspicions, the undecided and sure ones first; fainter hints on demand."""

    nothing_there = ""

    def __init__(self, workbench: Workbench) -> None:
        table = RegisterTable("suspicions", _COLUMNS, _WIDTHS, roomy=(1, 6))
        super().__init__(workbench, table, "线索、地点、单位、理由")
        self.table.setAccessibleName("疑似肢解的工程")
        self.with_inactive.setText("含较弱线索和已判定的(&Q)")
        self.report: RadarReport | None = None
        self._task: Task | None = None
        self._shown: dict[int, Suspicion] = {}
        self.works = RegisterTable("parted_works", _WORKS, _WORK_WIDTHS, roomy=(2, 3, 4, 5))
        self.because, self.bar = QLabel(), BusyBar("核对进度")
        self.stop = QPushButton("停止（Esc）")
        self._build_below()
        self.bind({"inspections.scan": ("核对整个台账", self.scan)}, primary="inspections.scan")
        if any(self.bench.desk.sign_in.actor.may(right) for right in DECIDING):
            self.bind({"inspections.decide": ("判定", self.decide)})
        self.bind({"inspections.filing": ("一件一档", self.open_filing)})
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the suspicions of the last look."""
        everything = self.report.suspicions if self.report else ()
        kept = (
            everything if self.with_inactive.isChecked() else [s for s in everything if s.waits and s.group.is_strong]
        )
        self._shown = dict(enumerate(kept, 1))
        return [(place, _texts(one), one.waits) for place, one in self._shown.items()]

    def show_rows(self) -> None:
        """Show the suspicions of the last look, and the works of the chosen one."""
        super().show_rows()
        self._show_works()

    def scan(self) -> None:
        """Look through the whole ledger, with progress."""
        if self._task is not None:
            return
        radar = self.bench.desk.splitting_radar
        self.bar.begin("正在核对…")
        self._show_running(True)
        task = self.bench.runner.run(
            radar.scan,
            done=while_there(self, self._scanned),
            failed=while_there(self, self._failed),
            errand=Errand.LOOK_UP,
        )
        task.progressed.connect(lambda done, total: self.bar.step(done, total, "正在核对…"))
        task.cancelled.connect(self._stopped)
        self._task = task

    def cancel(self) -> bool:
        """Stop looking; says whether it was under way."""
        if self._task is None:
            return False
        self._task.cancel()
        return True

    def decide(self) -> None:
        """Decide on the chosen suspicion."""
        one = self._chosen()
        if one is None:
            return
        if VerdictDialog(self.bench.desk, one, self).exec():
            self.bench.changed.emit(frozenset({Change.FILINGS}))
            self.say("判定已记下，留在每一件的经过里。")
            self.scan()

    def open_filing(self) -> None:
        """Open the file of the chosen work."""
        chosen = self.works.chosen_id()
        if chosen is not None:
            self.bench.filing_asked.emit(chosen)

    def _words_when_empty(self) -> str:
        if self._task is not None:
            return ""
        if self.report is None:
            return f"按 {keys_of('inspections.scan')} 核对整个台账。"
        return "没有待判定的疑似肢解工程。" if not self.table.rowCount() else super()._words_when_empty()

    def _after(self, _changes: object) -> None:
        """Stay as the last look showed it: looking again is asked for by key."""

    def _scanned(self, report: RadarReport) -> None:
        self._end()
        self.report = report
        self.show_rows()
        waiting = sum(one.waits and one.group.is_strong for one in report.suspicions)
        hints = sum(one.waits and not one.group.is_strong for one in report.suspicions)
        words = local(
            f"核对了 {report.works:,} 件小型工程：待判定 {waiting} 组，"
            f"较弱线索 {hints} 组{in_brackets(report.article)}。"
        )
        words += _apart_words(report)
        self.say(words, Tone.AMBER if waiting else Tone.GREEN, mark="核对")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.say_trouble(error)

    def _stopped(self) -> None:
        self._end()
        self.say("已停止，没有改动任何内容。", Tone.AMBER, mark="核对")

    def _end(self) -> None:
        self._task = None
        self._show_running(False)

    def _show_running(self, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.stop.setVisible(is_running)
        self._count()

    def _chosen(self) -> Suspicion | None:
        chosen = self.table.chosen_id()
        return self._shown.get(chosen) if chosen is not None else None

    def _show_works(self) -> None:
        one = self._chosen()
        self.works.show_rows([(work.row.id, _work_texts(work), True) for work in (one.works if one else ())])
        self.because.setText(f"{one.group.because}{in_brackets(one.group.limits.article)}" if one else "")

    def _build_below(self) -> None:
        self.works.setAccessibleName("这一组的工程")
        self.because.setWordWrap(True)
        self.because.setProperty("role", "soft")
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.cancel)
        running = QHBoxLayout()
        running.setSpacing(SPACE_2)
        running.addWidget(self.bar, 1)
        running.addWidget(self.stop)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, running)
        column.insertWidget(column.count() - 1, self.because)
        column.insertWidget(column.count() - 1, self.works, 1)
        for widget in (self.bar, self.stop):
            widget.hide()
        self.table.itemSelectionChanged.connect(self._show_works)
        self.table.opened.connect(lambda _id: self.decide())
        self.works.opened.connect(lambda _id: self.open_filing())


def _texts(one: Suspicion) -> Sequence[str]:
    group = one.group
    first, last = group.works[0].filed_on, group.works[-1].filed_on
    decided = word(one.verdict.answer) if one.verdict else "有新的加入" if one.asks_again else "待判定"
    mark = "▲ " if one.waits else ""
    return (
        f"{mark}{decided}",
        "；".join(word(link) for link in group.links[:2]) + ("" if group.is_strong else "（较弱）"),
        str(len(group.works)),
        f"{group.total_amount_yuan:,.0f}{' ↑' if group.over_amount else ''}",
        f"{group.total_area_m2:,.0f}{' ↑' if group.over_area else ''}",
        f"{first} 至 {last}",
        f"{one.works[0].row.place}　{one.works[0].row.owner_name}",
        one.verdict.reason if one.verdict else "",
    )


def _work_texts(one: SuspectedWork) -> Sequence[str]:
    amount, area = one.work.amount_yuan, one.work.area_m2
    return (
        one.row.number,
        one.row.filed_on.isoformat(),
        one.row.project_name,
        one.row.place,
        one.row.owner_name,
        one.row.contractor_name,
        "未填" if amount is None else f"{amount:,.0f}",
        "未填" if area is None else f"{area:,.0f}",
        word(one.row.status),
    )


def _apart_words(report: RadarReport) -> str:
    """Say which shops were not added up, as they are of different owners in one mall."""
    if not report.apart:
        return ""
    count, names = sum(report.apart.values()), list(report.apart)
    more = f"等 {len(names)} 个商圈" if len(names) > 1 else ""
    said = local(f"的 {count} 户建设单位各不相同，各为一件，没有合并计算。")
    return f"一揽子纳管“{names[0]}”{more}{said}"
