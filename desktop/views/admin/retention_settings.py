"""How long scans and drafts are kept, what is due, and clearing that by key with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.attachments import MIB
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.domain.retention import MOST_MONTHS, DueList, KeepingPeriods, KeptKind, Purged
from desktop.services.retention import RetentionService
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

T = TypeVar("T")
_LABELS: Final[Mapping[KeptKind, str]] = {
    KeptKind.IDENTITY_SCAN: "身份证件扫描件(&I)",
    KeptKind.OTHER_SCAN: "其他扫描件和照片(&T)",
    KeptKind.DRAFT: "未办完的草稿(&C)",
}
_ABOUT: Final = (
    "保存期限：未核实。所依据的文件没有规定期限，请按单位档案规定填写整月数；不填就一直保存。"
    "扫描件从这一件结束（有效期届满或者最后一次办理）起算，草稿从最后一次修改起算。到期不会自动清除。"
)
_HEADINGS: Final = ("编号", "类别", "名称", "页数", "结束于", "届满于")


class RetentionSettings(QWidget):
    """Three periods above, the list of what is due below; nothing goes before it was listed."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._listed: DueList | None = None
        self.months = {kind: TextField() for kind in KeptKind}
        self.reason, self.banner, self._none = TextField(), Banner(), QLabel()
        self.save = QPushButton(f"保存（{keys_of('admin.save')}）")
        self.list_button = QPushButton(f"列出届满的（{keys_of('retention.list')}）")
        self.purge_button = QPushButton(f"清除列出的（{keys_of('retention.purge')}）")
        self.due = QTableWidget(0, len(_HEADINGS))
        self._build()
        self._show(workbench.desk.retention.periods())
        self._show_due(None)

    def list_due(self) -> None:
        """Look what is due today."""
        retention = self._bench.desk.retention
        self._run(lambda _progress: retention.due(), self._show_due)

    def purge(self) -> None:
        """Clear what is listed; a reason must stand in its field."""
        if self._listed is None or not self._listed.count:
            self.banner.say("请先列出届满的。", Tone.AMBER, mark="没有清除")
            return
        if not self.reason.value():
            self.banner.say("请写明清除的理由，例如经办和核对的人。", Tone.RED, mark="没有清除")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.purge_button.setEnabled(False)
        self._run(partial(_purge, self._bench.desk.retention, self._listed, self.reason.value()), self._purged)

    def _save(self) -> None:
        try:
            changes = self._bench.desk.retention.keep_periods(self._periods())
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
            kind = error.details.get("kind")
            if isinstance(kind, str):
                self.months[KeptKind(kind)].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_due(None)
        self._bench.changed.emit(changes)
        self.banner.say("已保存。到期的须在这里列出并清除。", Tone.BLUE, mark="已保存")

    def _periods(self) -> KeepingPeriods:
        typed = {kind: int(field.value()) if field.value() else None for kind, field in self.months.items()}
        return KeepingPeriods(
            identity_months=typed[KeptKind.IDENTITY_SCAN],
            other_months=typed[KeptKind.OTHER_SCAN],
            draft_months=typed[KeptKind.DRAFT],
        )

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self.banner.hide()
        self._bench.runner.run(
            work, done=while_there(self, done), failed=while_there(self, self._failed), errand=Errand.ACT
        )

    def _show(self, periods: KeepingPeriods) -> None:
        for kind, field in self.months.items():
            months = periods.of(kind)
            field.set_value("" if months is None else str(months))

    def _purged(self, purged: Purged) -> None:
        self.purge_button.setEnabled(True)
        self.reason.set_value("")
        self._bench.changed.emit(frozenset({Change.FILINGS, Change.DRAFTS}))
        self.list_due()
        said = f"已清除附件 {purged.scans} 份（{purged.size / MIB:.1f} MB）、草稿 {purged.drafts} 份，记录保留。"
        self.banner.say(said, Tone.BLUE, mark="已清除")

    def _failed(self, error: Exception) -> None:
        self.purge_button.setEnabled(True)
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")

    def _show_due(self, due: DueList | None) -> None:
        self._listed = due
        rows = _rows(due) if due is not None else []
        self.due.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.due.setItem(place, column, QTableWidgetItem(text))
        self.purge_button.setEnabled(bool(rows))
        self.reason.setEnabled(bool(rows))
        self._none.setVisible(not rows)
        self._none.setText("没有届满的。" if due is not None else f"按 {keys_of('retention.list')} 列出届满的。")
        self.due.setVisible(bool(rows))

    def _build(self) -> None:
        about = QLabel(_ABOUT)
        about.setProperty("role", "soft")
        about.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(about)
        periods = QHBoxLayout()
        periods.setSpacing(SPACE_4)
        for kind, field in self.months.items():
            field.setValidator(QIntValidator(0, MOST_MONTHS * 10, field))
            field.setPlaceholderText("一直保存")
            field.setMaximumWidth(base_px() * 6)
            periods.addWidget(FieldRow(_LABELS[kind], field, label_characters=9))
            periods.addWidget(QLabel("个月"))
        periods.addStretch(1)
        self.save.setProperty("role", "primary")
        periods.addWidget(self.save)
        column.addLayout(periods)
        column.addSpacing(SPACE_3)
        column.addLayout(self._due_head())
        self._none.setProperty("role", "faint")
        column.addWidget(self._none)
        column.addWidget(self.due, 1)
        column.addStretch(0)
        self._prepare_list()
        self.save.clicked.connect(self._save)
        self.list_button.clicked.connect(self.list_due)
        self.purge_button.clicked.connect(self.purge)
        self.reason.returnPressed.connect(self.purge)
        bind_keys(self, {"admin.save": self._save, "retention.list": self.list_due, "retention.purge": self.purge})
        may_keep = self._bench.desk.sign_in.actor.may(Right.KEEP_SETTINGS)
        for widget in (*self.months.values(), self.save, self.list_button):
            widget.setEnabled(may_keep)

    def _due_head(self) -> QHBoxLayout:
        heading = QLabel("届满的")
        heading.setProperty("role", "heading")
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(heading)
        row.addWidget(self.list_button)
        row.addWidget(FieldRow("清除理由(&L)", self.reason, label_characters=5), 1)
        row.addWidget(self.purge_button)
        return row

    def _prepare_list(self) -> None:
        self.due.setAccessibleName("届满的附件和草稿")
        self.due.setHorizontalHeaderLabels(list(_HEADINGS))
        self.due.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.due.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.due.setTabKeyNavigation(False)
        self.due.setShowGrid(False)
        self.due.verticalHeader().hide()
        header = self.due.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)


def _rows(due: DueList) -> list[tuple[str, ...]]:
    scans = [
        (scan.number, word(scan.kind), scan.title, str(scan.pages), f"{scan.ended_on}", f"{scan.due_on}")
        for scan in due.scans
    ]
    drafts = [
        (
            "—",
            word(KeptKind.DRAFT),
            f"附件 {draft.scans} 份",
            "—",
            f"{draft.saved_at.astimezone():%Y-%m-%d}",
            f"{draft.due_on}",
        )
        for draft in due.drafts
    ]
    return [*scans, *drafts]


def _purge(retention: RetentionService, listed: DueList, reason: str, progress: Progress) -> Purged:
    return retention.purge(listed, reason, progress)
