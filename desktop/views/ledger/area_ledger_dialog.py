"""Asks whose ledger over which period, and gives it out on paper or as Excel."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.ledger_table import AREA_ARTICLES, AreaCriteria, AreaKind
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.organisations import OrganisationKind
from desktop.domain.progress import Progress
from desktop.views.actions import keys_of, shortcut
from desktop.views.ledger.making_dialog import MakingDialog
from desktop.views.papers.dossier_dialogs import AreaLedgerPaper
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_LABEL: Final = 7
_WIDTH: Final = 48


class AreaLedgerDialog(MakingDialog):
    """Four or five fields; while a ledger is being made Esc stops that, otherwise it closes the dialog."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent, named="制作进度")
        today = workbench.desk.office.today
        self.kind = PickList([(kind.value, f"{word(kind)}{in_brackets(AREA_ARTICLES[kind])}") for kind in AreaKind])
        self.community, self.organisation = PickList(), PickList(allows_other=True)
        self.first_on, self.last_on = DayEdit(today=today), DayEdit(today=today)
        self.rows = {
            "kind": FieldRow("台账(&T)", self.kind, label_characters=_LABEL),
            "community": FieldRow("社区(&Q)", self.community, label_characters=_LABEL),
            "organisation": FieldRow("物业企业(&W)", self.organisation, label_characters=_LABEL),
            "first_on": FieldRow("期间起(&R)", self.first_on, label_characters=_LABEL),
            "last_on": FieldRow("止(&E)", self.last_on, label_characters=_LABEL),
        }
        self.preview_button = QPushButton(f"预览、打印（{keys_of('area_ledger.preview')}）")
        self.workbook_button = QPushButton(f"存为 Excel（{keys_of('area_ledger.workbook')}）")
        self.makers, self.shorter = (self.preview_button, self.workbook_button), self.workbook_button
        self._build()
        self._begin()
        self._connect()

    def criteria(self) -> AreaCriteria | None:
        """Give what is asked for, or None after saying at a field what is wanting."""
        for pick in (self.kind, self.community, self.organisation):
            pick.settle()
        first, last = self.first_on.day(), self.last_on.day()
        kind = AreaKind(self.kind.value() or AreaKind.COMMUNITY)
        company = self.organisation.value().strip()
        wanting = {
            "community": "请选择社区。" if kind is AreaKind.COMMUNITY and not self.community.value() else "",
            "organisation": "请填写物业服务企业。" if kind is AreaKind.PROPERTY and not company else "",
            "first_on": self.first_on.problem() or ("" if first else "请填写起始日期。"),
            "last_on": self.last_on.problem() or ("" if last else "请填写截止日期。"),
        }
        if first and last and first > last:
            wanting["last_on"] = "截止日期早于起始日期。"
        if not self.is_right(wanting) or first is None or last is None:
            return None
        return AreaCriteria(
            kind=kind,
            first_on=first,
            last_on=last,
            community=self.community.value() or None if kind is not AreaKind.STREET else None,
            organisation=company if kind is AreaKind.PROPERTY else "",
        )

    def preview(self) -> None:
        """Make the ledger and show its pages."""
        asked = None if self.is_busy else self.criteria()
        if asked is not None:
            dossiers = self.bench.desk.dossiers
            self._run(lambda progress: dossiers.ledger_preview(asked, progress), lambda pdf: self._show(asked, pdf))

    def ask_file(self) -> None:
        """Ask where the workbook goes, then write it."""
        asked = None if self.is_busy else self.criteria()
        if asked is None:
            return
        wanted = f"{self._title(asked)} {asked.first_on:%Y%m%d}-{asked.last_on:%Y%m%d}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "台账存为 Excel", wanted, "Excel 表格（*.xlsx）")
        if name:
            file = Path(name)
            self.save_workbook(asked, file if file.suffix else file.with_suffix(".xlsx"))

    def save_workbook(self, asked: AreaCriteria, file: Path) -> None:
        """Write the ledger into a workbook."""
        dossiers = self.bench.desk.dossiers
        self._run(lambda progress: dossiers.ledger_workbook(asked, file, progress), self._saved)

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.banner.say("")
        self.run(work, done, errand=Errand.PAPERS, beginning="正在汇总…", counted="已汇总巡查 {done} / {total} 次")

    def _show(self, asked: AreaCriteria, pdf: bytes) -> None:
        if self._is_stopping:
            self._stopped()
            return
        dialog = AreaLedgerPaper(self.bench, asked, self._title(asked), pdf, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _saved(self, file: Path) -> None:
        self.banner.say(f"已存为 {file}，个人号码已遮盖。", Tone.GREEN, mark="保存")

    def _title(self, asked: AreaCriteria) -> str:
        whose = asked.organisation or asked.community or ""
        return f"{whose} {word(asked.kind)}".strip()

    def _show_fields(self) -> None:
        kind = AreaKind(self.kind.value() or AreaKind.COMMUNITY)
        self.rows["community"].setVisible(kind is not AreaKind.STREET)
        self.rows["organisation"].setVisible(kind is AreaKind.PROPERTY)
        everywhere = [] if kind is AreaKind.COMMUNITY else [("", "各社区")]
        chosen = self.community.value()
        self.community.set_options([*everywhere, *((name, name) for name in self._places())])
        self.community.set_value(chosen)

    def _places(self) -> tuple[str, ...]:
        office = self.bench.desk.office.office()
        return office.communities if office else ()

    def _begin(self) -> None:
        today = self.bench.desk.office.today()
        self.community.setPlaceholderText("请选择")
        self.organisation.setPlaceholderText("名称与巡查记录中的一致")
        self.first_on.set_day(today.replace(day=1))
        self.last_on.set_day(today)
        self.kind.set_value(AreaKind.COMMUNITY.value)
        self.organisation.set_options([(name, name) for name in self._companies()])
        self._show_fields()
        places = self._places()
        if len(places) == 1:
            self.community.set_value(places[0])
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _companies(self) -> tuple[str, ...]:
        """Give the property companies of the register, as far as it may be read; others are typed."""
        try:
            found = self.bench.desk.organisations.all()
        except ClerkError:
            return ()
        return tuple(
            each.organisation.name for each in found if each.organisation.kind is OrganisationKind.PROPERTY_COMPANY
        )

    def _connect(self) -> None:
        self.kind.changed.connect(self._show_fields)
        self.preview_button.clicked.connect(self.preview)
        self.workbook_button.clicked.connect(self.ask_file)
        self.close_button.clicked.connect(self.reject)
        for key, button in (
            ("area_ledger.preview", self.preview_button),
            ("area_ledger.workbook", self.workbook_button),
        ):
            QShortcut(shortcut(key), self).activated.connect(button.click)

    def _build(self) -> None:
        self.setObjectName("area_ledger")
        self.setWindowTitle("社区、物业、街道台账")
        self.setMinimumWidth(base_px() * _WIDTH)
        for name, row in self.rows.items():
            row.editor.setObjectName(f"area_ledger.{name}")
        title = QLabel(local("一个期间的登记、巡查、隐患、注销，附按月汇总"))
        title.setProperty("role", "heading")
        self.preview_button.setProperty("role", "primary")
        self.bar.hide()
        days = QHBoxLayout()
        days.setSpacing(SPACE_3)
        for name in ("first_on", "last_on"):
            days.addWidget(self.rows[name], 1, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addStretch(1)
        buttons = (self.preview_button, self.workbook_button, self.close_button)
        for button in buttons:
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(title)
        column.addWidget(self.banner)
        for name in ("kind", "community", "organisation"):
            column.addWidget(self.rows[name])
        column.addLayout(days)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(foot)
        order = (self.kind, self.community, self.organisation, self.first_on, self.last_on, *buttons)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
