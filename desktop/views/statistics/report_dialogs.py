"""Small forms around a report: as of which moment, within what, and under which name it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.measure import Breakdown
from desktop.domain.report import Report, ReportDefinition, TableSpec
from desktop.services.statistics import StatisticsService
from desktop.views.actions import keys_of
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.statistics.figure_links import member_words
from desktop.views.theme import row_px
from desktop.views.wording import kind_word

Within = tuple[tuple[Breakdown, str], ...]
# By what a whole report may be limited, in the order of the form.
LIMITS: Final = (
    (Breakdown.COMMUNITY, "社区(&Q)"),
    (Breakdown.KIND, "纳管类别(&K)"),
    (Breakdown.RISK, "风险(&F)"),
    (Breakdown.FUNDING, "资金来源(&Z)"),
    (Breakdown.STATION, "受理点(&D)"),
    (Breakdown.DEPARTMENT, "主管部门(&B)"),
)
_MOST_SHOWN: Final = 9


def members_of(
    report: Report | None, communities: Sequence[str], kinds: Sequence[str] = (SMALL_WORK, MINOR_OPERATION)
) -> dict[Breakdown, list[tuple[str, str]]]:
    """Give the members by which a report can be limited: of the office, and those that the report shows.

    ``kinds`` are those that the rules know; one kind alone limits nothing.
    """
    found: dict[Breakdown, dict[str, str]] = {
        Breakdown.COMMUNITY: {name: name for name in communities},
        Breakdown.KIND: {code: kind_word(code) for code in kinds if len(kinds) > 1},
    }
    limits = {by for by, _label in LIMITS}
    for (by, code), label in member_words(*(report.tables if report else ())).items():
        if by in limits and code:
            found.setdefault(by, {})[code] = label
    return {by: list(pairs.items()) for by, pairs in found.items()}


class AsOfDialog(RecordDialog):
    """Asks for an earlier moment; with empty fields the report is of now."""

    def __init__(self, as_of: datetime | None, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("statistics_as_of", "截至时点", save=self._take, parent=parent)
        self.as_of = as_of
        self.day, self.clock = DayEdit(today=today), TextField()
        self.add_field("day", "日期(&D)", self.day, help="不填就是现在。以后补录、更正的，这个时点的报表里没有。")
        self.add_field("clock", "时间(&T)", self.clock, help="如 17:30；不填就是当天的最后一刻。")
        if as_of is not None:
            local = as_of.astimezone()
            self.day.set_day(local.date())
            self.clock.set_value(f"{local:%H:%M}")
        self.save_button.setText(f"照此统计（{keys_of('registers.save')}）")
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.day.text(), self.clock.value())

    def _take(self) -> None:
        if not self.day.text().strip() and not self.clock.value():
            self.as_of = None
            return
        day = self.day.day()
        if day is None:
            raise ClerkError("day_not_possible", fields=("day",), why="请填写日期，或者两栏都不填。")
        try:
            at = time.fromisoformat(self.clock.value()) if self.clock.value() else time(23, 59, 59)
        except ValueError as error:
            raise ClerkError("day_not_possible", fields=("clock",), why="时间请写成 17:30。") from error
        self.as_of = datetime.combine(day, at).astimezone().astimezone(UTC)


class WithinDialog(RecordDialog):
    """Asks within what a report counts; an empty field limits nothing."""

    def __init__(
        self,
        within: Within,
        members: Mapping[Breakdown, Sequence[tuple[str, str]]],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("statistics_within", "限定范围", save=self._take, parent=parent)
        self.within = within
        given = dict(within)
        self.picks: dict[Breakdown, PickList] = {}
        for by, label in LIMITS:
            if by not in members and by not in given:
                continue
            options = [("", "不限"), *members.get(by, ())]
            if by in given and given[by] not in dict(options):
                options.append((given[by], given[by] or "未填"))
            pick = PickList(options)
            pick.set_value(given.get(by, ""))
            self.picks[by] = pick
            self.add_field(by.value, label, pick)
        self.save_button.setText(f"照此统计（{keys_of('registers.save')}）")
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return tuple(pick.value() for pick in self.picks.values())

    def _take(self) -> None:
        for pick in self.picks.values():
            pick.settle()
        self.within = tuple((by, pick.value()) for by, pick in self.picks.items() if pick.value())


class KeepDialog(RecordDialog):
    """Keeps a report under a name, with the tables that are ticked and what it is limited to."""

    def __init__(
        self,
        service: StatisticsService,
        definition: ReportDefinition,
        texts: Mapping[str, str],
        *,
        tables: Sequence[TableSpec],
        parent: QWidget | None = None,
    ) -> None:
        fields_of = {"report_name_missing": "name", "report_name_taken": "name", "report_empty": "tables"}
        super().__init__("statistics_keep", "存为常用报表", save=self._keep, fields_of=fields_of, parent=parent)
        self._service, self._definition, self._texts = service, definition, texts
        self._specs = tuple(tables)
        self.kept: ReportDefinition | None = None
        self.name, self.tables = TextField(definition.name), QListWidget()
        chosen = {spec.key for spec in definition.tables}
        for spec in self._specs:
            item = QListWidgetItem(spec.title, self.tables)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if spec.key in chosen else Qt.CheckState.Unchecked)
        self.tables.setFixedHeight(row_px() * min(_MOST_SHOWN, max(len(self._specs), 1)))
        self.tables.setAccessibleName("报表里的各表")
        self.tables.setCurrentRow(0)
        self.add_field("name", "名称(&N)", self.name, help="命令行按这个名称定时打印。")
        self.add_field("tables", "各表(&T)", self.tables, help="空格勾选或者取消。")
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.name.value(), *(spec.key for spec in self.ticked()))

    def ticked(self) -> tuple[TableSpec, ...]:
        """Give the tables that are ticked, in their order."""
        rows = enumerate(self._specs)
        return tuple(spec for row, spec in rows if self.tables.item(row).checkState() is Qt.CheckState.Checked)

    def _keep(self) -> None:
        if not self.name.value():
            raise ClerkError("report_name_missing", fields=("name",))
        is_renamed = self.name.value() != self._definition.name
        wanted = replace(
            self._definition,
            name=self.name.value(),
            tables=self.ticked(),
            # Under another name it is another one; the first stays.
            definition_id=None if is_renamed else self._definition.definition_id,
        )
        self.kept = self._service.save_definition(wanted, texts=self._texts)
