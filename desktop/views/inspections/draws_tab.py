"""Random inspections on the page: the draws above, the filings of the chosen one below, results by key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.sampling import SHARE, Draw, DrawnRow, DrawRow, InspectionResult, percent
from desktop.views.inspections.draw_dialogs import DrawDialog, ResultDialog
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_DRAWS = ("抽查编号", "抽取日期", "登记期间", "范围", "抽出 / 能抽到", "已检查", "有问题", "未能查", "进度")
_DRAW_WIDTHS = (11, 7, 12, 15, 8, 6, 5, 5)
_DRAWN = ("序", "结果", "登记编号", "工程（作业）名称", "地点", "社区", "风险", "检查日期", "情况")
_DRAWN_WIDTHS = (3, 7, 11, 14, 14, 6, 5, 7)
_MARKS = {InspectionResult.IN_ORDER: "●", InspectionResult.PROBLEMS: "■", InspectionResult.NOT_DONE: "▲"}


class DrawsTab(RegisterTab):
    """Draws with their counts; Enter or a key goes on to the filings of one."""

    nothing_there = "还没有抽查。"
    first_step = "按 Insert 随机抽取。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("draws", _DRAWS, _DRAW_WIDTHS, roomy=(3,)), "编号、期间、范围")
        self.table.setAccessibleName("抽查")
        self.with_inactive.hide()
        self.coverage, self.heading = QLabel(), QLabel()
        self.drawn = RegisterTable("drawn", _DRAWN, _DRAWN_WIDTHS, roomy=(3, 4))
        knows_risk = workbench.desk.office.pack().tells_risk_apart
        self.drawn.setColumnHidden(_DRAWN.index("风险"), not knows_risk)
        self._shown: dict[int, DrawRow] = {}
        self._draw: Draw | None = None
        self._build_below()
        actor = self.bench.desk.sign_in.actor
        if actor.may(Right.DRAW_INSPECTIONS):
            self.bind({"inspections.new": ("随机抽取", self.new)}, primary="inspections.new")
        if any(actor.may(right) for right in (Right.PATROL_FEEDBACK, Right.DRAW_INSPECTIONS)):
            self.bind({"inspections.result": ("记结果", self.note)})
        self.bind({"inspections.filing": ("一件一档", self.open_filing)})
        if actor.may(Right.DRAW_INSPECTIONS):
            self.bind({"inspections.verify": ("核对抽取", self.verify)})
        self.bind(
            {"inspections.print": ("名单", self.print_list), "inspections.results": ("结果表", self.print_results)}
        )
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the draws, the newest first."""
        found = self.bench.desk.draws.all()
        self._shown = {row.id: row for row in found}
        self._say_coverage()
        return [(row.id, _draw_texts(row), True) for row in found]

    def show_rows(self) -> None:
        """Read the draws and the filings of the chosen one anew."""
        super().show_rows()
        self._show_drawn()

    def new(self) -> None:
        """Draw, and show the list to print."""
        dialog = DrawDialog(self.bench.desk, self)
        if not dialog.exec() or dialog.made is None:
            return
        row = dialog.made.row
        self.show_rows()
        self.table.setCurrentCell(0, 0)
        self.bench.changed.emit(frozenset({Change.FILINGS}))
        self.say(f"{row.number}：从 {row.frame_size} 件中抽出 {row.size} 件。", Tone.GREEN, mark="已抽取")
        self.print_list()

    def note(self) -> None:
        """Note the result of the chosen filing and go on to the next without one."""
        row = self._chosen_drawn()
        if row is None or self._draw is None:
            return
        if ResultDialog(self.bench.desk, self._draw, row, self).exec():
            self.bench.changed.emit(frozenset({Change.FILINGS}))
            self.show_rows()
            self.say(f"{row.number} 的抽查结果已记下。")
            self._to_next_waiting()

    def open_filing(self) -> None:
        """Open the file of the chosen filing."""
        row = self._chosen_drawn()
        if row is not None:
            self.bench.filing_asked.emit(row.filing_id)

    def verify(self) -> None:
        """Draw again from the record and say whether it is the same."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        try:
            again = self.bench.desk.draws.verify(chosen)
        except ClerkError as error:
            self.say_trouble(error)
            return
        if again.is_same:
            words = f"按记录的种子从 {again.frame_size} 件重新抽取，抽出的 {len(again.expected)} 件与名单一致。"
            self.say(words, Tone.GREEN, mark="一致")
        else:
            self.say("按记录重新抽取的结果与名单不一致，请报告审计人员。", Tone.RED, mark="不一致")

    def print_list(self) -> None:
        """Show the list as drawn."""
        self._print("随机抽查名单", is_results=False)

    def print_results(self) -> None:
        """Show the results as they are."""
        self._print("随机抽查结果", is_results=True)

    def _print(self, title: str, *, is_results: bool) -> None:
        chosen, draws = self.table.chosen_id(), self.bench.desk.draws
        if chosen is None:
            return
        make = draws.results_pdf if is_results else draws.list_pdf
        ListDialog(self.bench, f"{title} {self._shown[chosen].number}", lambda: make(chosen), self).exec()

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and changes & {Change.FILINGS, Change.SETTINGS}:
            self.show_rows()

    def _show_drawn(self) -> None:
        chosen = self.table.chosen_id()
        try:
            self._draw = self.bench.desk.draws.open(chosen) if chosen is not None else None
        except ClerkError as error:
            self._draw = None
            self.say_trouble(error)
        rows = self._draw.drawn if self._draw else ()
        self.drawn.show_rows([(row.filing_id, _drawn_texts(row), True) for row in rows])
        self.heading.setText(f"{self._draw.row.number} 抽出的工程（作业）" if self._draw else "")

    def _say_coverage(self) -> None:
        population, _share = self.bench.desk.draws.usual()
        part = self.bench.desk.draws.coverage(population.first_on, population.last_on)
        # The share of a place that names one is no guess.
        stated = self.bench.desk.office.pack().parameters.get(SHARE)
        unsure = "" if stated and not stated.is_gap and not stated.unverified else "（未核实）"
        lacking = f"，还差 {part.lacking} 件" if part.lacking else "，已达到"
        self.coverage.setText(
            local(
                f"{part.first_on} 至 {part.last_on} 登记 {part.registered} 件，已抽 {part.drawn} 件、"
                f"已检查 {part.inspected} 件（{percent(part.rate)}）；"
                f"按 {percent(part.least_share)}{unsure} 应检查 {part.required} 件{lacking}。"
            )
        )

    def _chosen_drawn(self) -> DrawnRow | None:
        chosen = self.drawn.chosen_id()
        return next((row for row in (self._draw.drawn if self._draw else ()) if row.filing_id == chosen), None)

    def _to_next_waiting(self) -> None:
        rows = self._draw.drawn if self._draw else ()
        waiting = next((place for place, row in enumerate(rows) if row.is_waiting), None)
        if waiting is not None:
            self.drawn.setCurrentCell(waiting, 0)
        self.drawn.setFocus()

    def _build_below(self) -> None:
        self.drawn.setAccessibleName("抽出的工程")
        self.coverage.setProperty("role", "soft")
        self.coverage.setWordWrap(True)
        self.heading.setProperty("role", "heading")
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.coverage)
        column.insertWidget(column.count() - 1, self.heading)
        column.insertWidget(column.count() - 1, self.drawn, 2)
        self.table.itemSelectionChanged.connect(self._show_drawn)
        self.table.opened.connect(lambda _id: self.drawn.setFocus())
        self.drawn.opened.connect(lambda _id: self.note())
        self.drawn.say_when_empty("选中上面的一次抽查，这里列出抽出的工程。")


def _draw_texts(row: DrawRow) -> Sequence[str]:
    return (
        row.number,
        row.drawn_on.isoformat(),
        f"{row.first_on} 至 {row.last_on}",
        row.population,
        f"{row.size} / {row.frame_size}（{percent(row.drawn_share)}）",
        f"{row.inspected}（{percent(row.inspected_share)}）",
        str(row.with_problems or ""),
        str(row.not_done or ""),
        f"▲ 待查 {row.waiting}" if row.waiting else "● 完成",
    )


def _drawn_texts(row: DrawnRow) -> Sequence[str]:
    return (
        str(row.ordinal),
        f"{_MARKS[row.result]} {word(row.result)}" if row.result else row.standing_words,
        row.number,
        row.project_name,
        row.place,
        row.community,
        local("高风险") if row.is_high_risk else "",
        row.inspected_on.isoformat() if row.inspected_on else "",
        row.note,
    )
