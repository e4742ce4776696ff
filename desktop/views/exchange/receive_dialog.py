"""A package opened: whose it is, what taking it would do, record by record; then taken whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.known_station import fingerprint_groups
from desktop.domain.package import ACKNOWLEDGEMENT_SUFFIX, Outcome, RecordKind
from desktop.domain.receiving import ListedRecord, Received, ReceivingPlan, SenderTrust
from desktop.views.actions import keys_of, shortcut
from desktop.views.exchange.exchange_words import (
    OUTCOME_MARKS,
    OUTCOME_WORDS,
    RECORD_WORDS,
    content_words,
    moment,
    outcome_words,
)
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px, figure_font
from desktop.views.workbench import Workbench

_COUNTS: Final = ("种类", *OUTCOME_WORDS.values())
_COUNTS_WIDTH: Final = 43  # characters
_SIZE: Final = (88, 42)  # characters
_LISTED: Final = ("结果", "种类", "编号、名称", "原因")
_TRUST: Final = {
    SenderTrust.CONFIRMED: ("已核对的往来单位", Tone.GREEN),
    SenderTrust.UNKNOWN: ("没有核对过的单位", Tone.RED),
    SenderTrust.BLOCKED: ("已停止往来", Tone.RED),
    SenderTrust.OWN: ("本单位自己的", Tone.AMBER),
}
_WHY_NOT: Final = {
    SenderTrust.UNKNOWN: (
        "还没有把这个单位列为往来单位，不能接收。请先取得它的名片文件和核对单，由管理员在“往来单位”一栏列入。"
    ),
    SenderTrust.BLOCKED: "与这个单位已停止往来，不能接收。需要恢复的，请管理员在“往来单位”一栏写明理由后恢复。",
    SenderTrust.OWN: "这是本单位自己生成的上报包，不用接收。",
}


class ReceiveDialog(WorkingDialog):
    """``taken`` brings what taking did, ``answered`` the file of the answer."""

    taken = Signal(object)
    answered = Signal(object)

    def __init__(self, workbench: Workbench, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._file, self._act_id = file, uuid4().hex
        self.plan: ReceivingPlan | None = None
        self.received: Received | None = None
        self.station, self.trust, self.code, self.about = ElidedLabel(), Chip(), QLabel(), QLabel()
        self.counts = RegisterTable("received.counts", _COUNTS, (10, 5, 5, 5, 5, 5))
        self.counts_head, self.listed_head = QLabel("各类件数"), QLabel()
        self.listed = RegisterTable("received.listed", _LISTED, (5, 7, 26, 12), roomy=(2, 3))
        self.take_button = QPushButton(f"接收入库（{keys_of('received.take')}）")
        self.answer_button = QPushButton(f"保存回执（{keys_of('received.answer')}）")
        self.close_button = QPushButton("关闭（Esc）")
        self._build()
        self._connect()
        self.allow()
        receiving = workbench.desk.receiving
        self.run(lambda progress: receiving.examine(file, progress), self._show_plan, errand=Errand.LOOK_UP)
        self.allow()

    @property
    def may_take(self) -> bool:
        """Say whether the package can be taken now."""
        return (
            self.plan is not None
            and self.plan.trust is SenderTrust.CONFIRMED
            and self.plan.received_at is None
            and self.received is None
        )

    def take(self) -> None:
        """Take the package whole; Esc stops it and nothing is written."""
        if not self.take_button.isEnabled():
            return
        receiving, file, act_id = self.bench.desk.receiving, self._file, self._act_id
        self.banner.say("")
        self.run(lambda progress: receiving.take(file, act_id=act_id, progress=progress), self._show_received)
        self.allow()

    def ask_answer(self) -> None:
        """Ask where the answer is to lie."""
        if not self.answer_button.isEnabled() or self.plan is None:
            return
        head = self.plan.manifest
        wanted = f"回执 {head.station.code} {head.made_at.astimezone():%Y%m%d-%H%M}{ACKNOWLEDGEMENT_SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(self, "保存回执", wanted, f"上报回执（*{ACKNOWLEDGEMENT_SUFFIX}）")
        if name:
            file = Path(name)
            self.answer(file if file.suffix else file.with_suffix(ACKNOWLEDGEMENT_SUFFIX))

    def answer(self, file: Path) -> None:
        """Save the answer for the sender."""
        if self.plan is None:
            return
        receiving, package_id = self.bench.desk.receiving, self.plan.manifest.package_id

        def done(_told: Any) -> None:
            self.banner.say(f"回执已存为 {file}。请交给上报单位读入。", Tone.GREEN, mark="好了")
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.answered.emit(file)

        self.run(lambda _progress: receiving.write_acknowledgement(package_id, file), done)
        self.allow()

    def allow(self) -> None:
        is_idle = not self.is_busy
        if is_idle and self.plan is None:
            self.station.setText(self._file.name)
        was_taken = self.received is not None or (self.plan is not None and self.plan.received_at is not None)
        self.take_button.setEnabled(is_idle and self.may_take)
        self.answer_button.setEnabled(is_idle and was_taken)
        for button, is_next in ((self.take_button, not was_taken), (self.answer_button, was_taken)):
            button.setProperty("role", "primary" if is_next else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def _show_plan(self, plan: ReceivingPlan) -> None:
        self.plan = plan
        head = plan.manifest
        self.station.setText(f"{plan.station_name}（{head.station.code}）")
        self.trust.show_as(*_TRUST[plan.trust])
        self.trust.show()
        self.code.setText(f"核对码 {' '.join(fingerprint_groups(plan.fingerprint))}")
        personal = "个人信息已遮盖" if head.is_masked else "个人信息完整"
        scans = "附带附件" if head.has_attachments else "不带附件"
        made = f"{moment(head.made_at)} 由{head.made_by}生成" if head.made_by else f"{moment(head.made_at)} 生成"
        self.about.setText(f"{content_words(head.kind, head.period)}，{made}，{personal}，{scans}")
        self._show_counts(plan)
        self._show_listed(plan.listed, plan.listed_count)
        self._say_what_can_be_done(plan)
        self.allow()
        (self.take_button if self.may_take else self.listed).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_what_can_be_done(self, plan: ReceivingPlan) -> None:
        if plan.received_at is not None:
            self.banner.say(
                f"{moment(plan.received_at)} 已经接收过，再收也不会改动台账；回执可以再存一次。",
                Tone.BLUE,
                mark="已收过",
            )
        elif plan.trust in _WHY_NOT:
            self.banner.say(_WHY_NOT[plan.trust], Tone.RED, mark="不能接收")
        elif not plan.total(Outcome.NEW) + plan.total(Outcome.CHANGED) + plan.listed_count:
            self.banner.say("包内的内容本台账都已有，接收后只记一笔，可以出回执。", Tone.BLUE, mark="没有新内容")
        else:
            self.banner.say("已验证签名，内容完整。现在还没有写入台账。", Tone.BLUE, mark="待接收")

    def _show_received(self, received: Received) -> None:
        self.received = received
        self.allow()
        self.answer_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if received.was_known:
            self.banner.say("这个上报包以前已经接收，台账没有改动。", Tone.BLUE, mark="已收过")
        else:
            words = outcome_words(received.outcome) or "没有内容"
            more = "冲突的在“冲突”一栏裁定。" if received.outcome.get(Outcome.CONFLICT) else ""
            self.banner.say(f"已接收入库：{words}。{more}请保存回执，交给上报单位。", Tone.GREEN, mark="已接收")
        self.taken.emit(received)

    def _show_counts(self, plan: ReceivingPlan) -> None:
        kinds = [kind for kind in RecordKind if plan.counts.get(kind)]
        rows = [(place, _count_texts(kind, plan), True) for place, kind in enumerate(kinds)]
        if len(kinds) > 1:
            rows.append((len(kinds), _total_texts(plan), True))
        self.counts.show_rows(rows)
        self.counts.say_when_empty("包内没有内容。")

    def _show_listed(self, listed: tuple[ListedRecord, ...], count: int) -> None:
        more = f"，这里列出前 {len(listed)} 件" if count > len(listed) else ""
        self.listed_head.setText(f"与本台账不同的 {count} 件{more}" if count else "没有与本台账不同的")
        self.listed.show_rows([(place, _listed_texts(each), True) for place, each in enumerate(listed)])
        self.listed.say_when_empty("包内的内容与本台账相同。")

    def _connect(self) -> None:
        self.take_button.clicked.connect(self.take)
        self.answer_button.clicked.connect(self.ask_answer)
        self.close_button.clicked.connect(self.reject)
        QShortcut(shortcut("received.take"), self).activated.connect(self.take)
        QShortcut(shortcut("received.answer"), self).activated.connect(self.ask_answer)

    def _build(self) -> None:
        self.setObjectName("receive_package")
        self.setWindowTitle(f"上报包 {self._file.name}")
        wanted = QSize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        above = self.parentWidget()
        self.resize(wanted.boundedTo(above.window().size()) if above is not None else wanted)
        self.station.setProperty("role", "title")
        self.station.setText("正在打开，核对签名和内容…")
        self.trust.hide()
        self.code.setFont(figure_font())
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setProperty("role", "soft")
        self.about.setWordWrap(True)
        self.listed_head.setProperty("role", "heading")
        self.counts.setAccessibleName("各类各种结果的件数")
        self.counts_head.setProperty("role", "heading")
        self.listed.setAccessibleName("与本台账不同的内容")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(self.station)
        head.addWidget(self.trust)
        head.addStretch(1)
        foot.setSpacing(SPACE_3)
        foot.addWidget(self.bar, 1)
        foot.addStretch(1)
        for button in (self.take_button, self.answer_button, self.close_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        for part in (self.code, self.about, self.banner):
            column.addWidget(part)
        column.addLayout(self._tables(), 1)
        column.addLayout(foot)

    def _tables(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        for place, (head, table) in enumerate(((self.counts_head, self.counts), (self.listed_head, self.listed))):
            grid.addWidget(head, 0, place)
            grid.addWidget(table, 1, place)
        grid.setColumnStretch(1, 1)
        self.counts.setFixedWidth(base_px() * _COUNTS_WIDTH)
        grid.setRowStretch(1, 1)
        return grid


def _count_texts(kind: RecordKind, plan: ReceivingPlan) -> tuple[str, ...]:
    of_kind = plan.counts.get(kind, {})
    return (RECORD_WORDS[kind], *(_marked(each, of_kind.get(each, 0)) for each in OUTCOME_WORDS))


def _total_texts(plan: ReceivingPlan) -> tuple[str, ...]:
    return ("合计", *(_marked(each, plan.total(each)) for each in OUTCOME_WORDS))


def _marked(outcome: Outcome, count: int) -> str:
    return f"{OUTCOME_MARKS.get(outcome, '')}{count}" if count else ""


def _listed_texts(each: ListedRecord) -> tuple[str, ...]:
    mark = OUTCOME_MARKS.get(each.outcome, "")
    return (f"{mark}{OUTCOME_WORDS[each.outcome]}", RECORD_WORDS[each.kind], each.label, each.reason)
