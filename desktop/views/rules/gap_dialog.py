"""What the documents of a place leave open, filled in with its source: a new version that a second person looks at."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import PackVersionLine
from desktop.views.actions import keys_of
from desktop.views.rules.gap_fields import ListCard, NumberCard
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_SIZE: Final = (76, 46)  # in characters
_ABOUT: Final = (
    "下列各项，文件没有写明。查到依据的填上并写明出处，没有查到的空着，仍按没有写明办理。"
    "“未核实建议”来自公开资料，程序不会据此判断；采用前请核对原文。"
)
_PLACED: Final = re.compile(r"^(.*)\[(\d+)\]$")


class GapDialog(WorkingDialog):
    """A card for each gap; what is saved becomes a version of its own and waits for a second person."""

    stopped_words = "已停止。"

    def __init__(self, workbench: Workbench, line: PackVersionLine, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent, named="正在读取规则")
        self._line, self._act_id = line, uuid4().hex
        self.numbers: dict[str, NumberCard] = {}
        self.lists: dict[str, ListCard] = {}
        self.outcome, self.tone = "", Tone.GREEN
        self.day = DayEdit(today=workbench.desk.office.today)
        self.day_row = FieldRow("自何日起按填写的内容办理", self.day, label_characters=14)
        self.save_button = QPushButton(f"存为新版本，提交复核（{keys_of('rules_gaps.save')}）")
        self._cards, self._was_warned, self._is_changed = QVBoxLayout(), False, False
        self._build()
        self._read()

    def save(self) -> None:
        """Save what is filled in as a new version and put it to a second person."""
        for card in (*self.numbers.values(), *self.lists.values()):
            card.clear_faults()
        self._settle()
        numbers = [one for card in self.numbers.values() if (one := card.filled()) is not None]
        lists = [filled for each in self.lists.values() if (filled := each.filled()) is not None]
        if not numbers and not lists:
            self.banner.say("一项也没有填。", Tone.AMBER, mark="没有保存")
            return
        day, why = self.day.day(), self.day.problem()
        if day is None:
            self.day_row.set_fault(why or "请写明自何日起。")
            self.day_row.reveal()
            self.day.setFocus()
            return
        versions, line, act_id = self.bench.desk.pack_versions, self._line, self._act_id

        def work(_progress: object) -> Exception | None:
            made = versions.fill_gaps(
                line.pack_id, line.version, numbers=numbers, lists=lists, act_id=act_id, effective_from=day
            )
            try:
                versions.submit(made)
            except (ClerkError, FaultyInput) as error:
                return error  # the draft is kept; it is told what still keeps it from being submitted
            return None

        self.run(work, self._saved, failed=self._say_faults, errand=Errand.ACT)

    def adopt(self) -> None:
        """Copy the proposal of the gap that the keyboard is on."""
        for card in (*self.numbers.values(), *self.lists.values()):
            if card.isAncestorOf(self.focusWidget()):
                card.adopt()

    def add(self) -> None:
        """Put a row to the list that the keyboard is on, or to the only one."""
        for card in self._list_here():
            card.add()

    def remove(self) -> None:
        """Take the row away that the keyboard is on."""
        for card in self._list_here():
            card.remove()

    def entered(self) -> None:
        self.focusNextChild()

    def allow(self) -> None:
        self.save_button.setEnabled(not self.is_busy and bool(self.numbers or self.lists))

    def reject(self) -> None:
        if self._is_changed and not self._was_warned and not self.is_busy:
            self._was_warned = True
            words = f"填写的内容还没有保存：{keys_of('rules_gaps.save')} 保存，再按一次 Esc 放弃。"
            self.banner.say(words, Tone.AMBER, mark="注意")
            return
        super().reject()

    def _read(self) -> None:
        versions, line = self.bench.desk.pack_versions, self._line
        self.run(lambda _progress: versions.exact(line.pack_id, line.version), self._show, errand=Errand.LOOK_UP)

    def _show(self, pack: PolicyPack) -> None:
        for name, known in pack.parameters.items():
            if known.is_gap:
                self.numbers[name] = NumberCard(name, known)
        for opened in pack.open_lists:
            self.lists[opened.code] = ListCard(opened)
        for card in (*self.numbers.values(), *self.lists.values()):
            self._cards.addWidget(card)
            card.changed.connect(self._changed)
        self._cards.addStretch(1)
        first = next(iter((*self.numbers.values(), *self.lists.values())), None)
        if first is not None:
            QTimer.singleShot(0, first.rows[0].editor, first.rows[0].editor.setFocus)

    def _changed(self) -> None:
        self._is_changed, self._was_warned = True, False

    def _settle(self) -> None:
        for card in self.numbers.values():
            if isinstance(card.value, PickList):
                card.value.settle()

    def _list_here(self) -> list[ListCard]:
        cards = list(self.lists.values())
        return [card for card in cards if card.isAncestorOf(self.focusWidget())] or cards[:1]

    def _saved(self, trouble: Any) -> None:
        if trouble is None:
            self.outcome = "填写的内容已存为新版本并提交，须由另一人复核后适用。"
        else:
            self.outcome, self.tone = f"已存为草稿，没有提交：{describe(trouble).text}", Tone.AMBER
        self.accept()

    def _say_faults(self, error: Exception) -> None:
        if not isinstance(error, FaultyInput):
            if isinstance(error, ClerkError) and error.code == "version_head_unfit":
                self.day_row.set_fault(describe(error).text)
                self.day_row.reveal()
            self.say_trouble(error)
            return
        first: QWidget | None = None
        for fault in error.faults:
            placed = _PLACED.match(fault.where)
            code, place = (placed[1], int(placed[2])) if placed else (fault.where, 0)
            at = None
            if code in self.numbers:
                at = self.numbers[code].say_fault(fault.what)
            elif code in self.lists:
                at = self.lists[code].say_fault(fault.what, place)
            first = first or at
        self.banner.say(f"有 {len(error.faults)} 处要改，已在各栏标明。", Tone.RED, mark="没有保存")
        if first is not None:
            first.setFocus()

    def _build(self) -> None:
        self.setObjectName("rules_gaps")
        self.setWindowTitle(f"补齐待填项 · {self._line.version}")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        about = QLabel(_ABOUT)
        about.setWordWrap(True)
        about.setProperty("role", "soft")
        self.day.setObjectName("rules_gaps.day")
        self.day.set_day(self.bench.desk.office.today())
        inside = QWidget()
        self._cards.setContentsMargins(0, 0, SPACE_2, 0)
        self._cards.setSpacing(SPACE_2)
        inside.setLayout(self._cards)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        close = QPushButton("取消（Esc）")
        self.save_button.setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addWidget(self.day_row)
        foot.addStretch(1)
        for button, act in ((self.save_button, self.save), (close, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        for part in (self.banner, about):
            column.addWidget(part)
        column.addWidget(area, 1)
        column.addWidget(self.bar)
        column.addLayout(foot)
        bind_keys(
            self,
            {
                "rules_gaps.save": self.save_button.click,
                "rules_gaps.adopt": self.adopt,
                "rules_gaps.add": self.add,
                "rules_gaps.remove": self.remove,
            },
        )
        self.allow()
