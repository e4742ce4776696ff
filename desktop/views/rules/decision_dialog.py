"""What a second person sees before a version of the rules binds: what changes, what stays open, what was tried."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.dry_run import ChangeKind, DryRun
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.local_rules import local
from desktop.domain.pack_version import PackVersionLine
from desktop.views.actions import keys_of
from desktop.views.rules.comparison_dialog import Compared, compared, usual_before
from desktop.views.rules.comparison_view import ComparisonView
from desktop.views.rules.comparison_words import keeping_words, titles
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_SIZE: Final = (88, 46)  # in characters
_NOT_TRIED: Final = "还没有试算。"
_ALONE: Final = "还没有建立账号：由经办人一人复核，记录中会写明。"


class DecisionDialog(WorkingDialog):
    """F9 lets the version bind from its day on, F8 sends it back with the reason."""

    stopped_words = "已停止。"
    try_asked = Signal()

    def __init__(
        self,
        workbench: Workbench,
        lines: tuple[PackVersionLine, ...],
        line: PackVersionLine,
        parent: QWidget | None = None,
        *,
        tried: DryRun | None = None,
    ) -> None:
        super().__init__(workbench, parent, named="正在比较")
        self._line, self._before = line, usual_before(lines, line)
        self.outcome = ""
        self.view = ComparisonView()
        self.about, self.open_gaps, self.tried_line = QLabel(), QLabel(), QLabel()
        self.reason = TextField(limit=300)
        self.reason_row = FieldRow("复核意见(&R)", self.reason, label_characters=6)
        self.bind_button = QPushButton(f"复核，自施行日起适用（{keys_of('rules_decision.bind')}）")
        self.back_button = QPushButton(f"退回（{keys_of('rules_decision.send_back')}）")
        self.try_button = QPushButton(f"试算（{keys_of('rules_decision.dry_run')}）")
        self._build()
        self.show_tried(tried)
        self._read()

    def show_tried(self, tried: DryRun | None) -> None:
        """Say what trying the version gave."""
        self.tried_line.setText(tried_words(tried))

    def let_bind(self) -> None:
        """Let the version bind."""
        versions, version_id, reason = self.bench.desk.pack_versions, self._line.id, self.reason.value()
        if version_id is not None:
            self.run(
                lambda _progress: versions.let_bind(version_id, reason=reason),
                lambda _changes: self._done(f"{self._line.version} 已复核，自 {self._line.effective_from} 起适用。"),
                failed=self._say,
                errand=Errand.ACT,
            )

    def send_back(self) -> None:
        """Send the version back with the reason."""
        versions, version_id, reason = self.bench.desk.pack_versions, self._line.id, self.reason.value()
        if version_id is not None:
            self.run(
                lambda _progress: versions.send_back(version_id, reason=reason),
                lambda _changes: self._done(f"{self._line.version} 已退回，理由留在记录中。"),
                failed=self._say,
                errand=Errand.ACT,
            )

    def entered(self) -> None:
        self.focusNextChild()

    def allow(self) -> None:
        for button in (self.bind_button, self.back_button, self.try_button):
            button.setEnabled(not self.is_busy)

    def _read(self) -> None:
        desk, before, line = self.bench.desk, self._before, self._line

        def work(_progress: object) -> tuple[Compared, tuple[str, ...]]:
            pack = desk.pack_versions.exact(line.pack_id, line.version)
            return compared(desk, before, line), tuple(pack.gap_label(name) for name in pack.gaps())

        self.run(work, self._show, errand=Errand.LOOK_UP, beginning="正在比较…")

    def _show(self, found: Any) -> None:
        told, gaps = found
        self.view.show_differences(told.differences)
        sides = "　→　".join(titles(told.before, told.after))
        keeping = keeping_words(told.after, told.kept, self.bench.desk.office.today())
        self.about.setText("\n".join(part for part in (sides, keeping) if part))
        self.open_gaps.setText(f"仍未填写 {len(gaps)} 项：{'、'.join(gaps)}" if gaps else "没有未填写的项。")
        if self.bench.desk.sign_in.actor.account_id is None:
            self.banner.say(_ALONE, Tone.AMBER, mark="注意")
        self.view.setFocus()

    def _done(self, words: str) -> None:
        self.outcome = words
        self.accept()

    def _say(self, error: Exception) -> None:
        if isinstance(error, ClerkError) and error.code == "reason_required":
            self.reason_row.set_fault(describe(error).text)
            self.reason_row.reveal()
            self.reason.setFocus()
        mark = "须另一人复核" if isinstance(error, ClerkError) and error.code == "second_person_needed" else "没有办成"
        trouble = describe(error)
        details = trouble.details if isinstance(error, FaultyInput) else ""
        self.banner.say("\n".join(part for part in (trouble.text, details) if part), Tone.RED, mark=mark)

    def _build(self) -> None:
        self.setObjectName("rules_decision")
        self.setWindowTitle(f"复核规则版本 · {self._line.version}")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        submitted = QLabel(
            f"{self._line.title}　提交：{self._line.submitted_by}　说明：{self._line.note or '（没有）'}"
        )
        submitted.setProperty("role", "heading")
        self.reason.setObjectName("rules_decision.reason")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        for label in (submitted, self.about, self.open_gaps, self.tried_line):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)
        column.addSpacing(SPACE_1)
        column.addWidget(self.reason_row)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        close = QPushButton("取消（Esc）")
        self.bind_button.setProperty("role", "primary")
        foot.addWidget(self.try_button)
        foot.addStretch(1)
        for button, act in (
            (self.bind_button, self.let_bind),
            (self.back_button, self.send_back),
            (self.try_button, self.try_asked.emit),
            (close, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            if button is not self.try_button:
                foot.addWidget(button)
        column.addLayout(foot)
        bind_keys(
            self,
            {
                "rules_decision.bind": self.bind_button.click,
                "rules_decision.send_back": self.back_button.click,
                "rules_decision.dry_run": self.try_button.click,
            },
        )
        self.allow()


def tried_words(tried: DryRun | None) -> str:
    """Say what trying a version gave, in one line."""
    if tried is None:
        return f"{_NOT_TRIED}按 {keys_of('rules_decision.dry_run')} 试算。"
    counts = [f"{local(kind.label)} {tried.count(kind)}" for kind in ChangeKind if tried.count(kind)]
    changed = f"有 {len(tried.rows)} 件会有变化（{'，'.join(counts)}）" if tried.rows else "没有一件会有变化"
    unread = f"，{tried.unreadable} 件读不出" if tried.unreadable else ""
    return f"试算 {tried.first_on} 至 {tried.last_on}：{tried.judged} 件中{changed}{unread}。"
