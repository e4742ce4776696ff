"""How often each class of works is patrolled: as the rule pack has it, or set by the office."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.local_rules import cited, local
from desktop.domain.patrol_plan import MOST_DAYS, PlanClass, PlanRule
from desktop.services.patrol_plan import OwnFrequency, OwnPlan
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_LABELS: Final = {
    PlanClass.ESCALATED: "提级管理(&T)",
    PlanClass.HIGH_RISK: "高风险小型工程(&G)",
    PlanClass.EXPIRED: "到期未延期、未注销(&D)",
    PlanClass.ORDINARY: "其他小型工程(&Q)",
    PlanClass.MINOR: "零星作业(&L)",
    PlanClass.FOUND: "发现未登记的工地(&W)",
}
_BY_PACK, _OFF, _DAYS, _MONTHLY = "pack", "off", "days", "monthly"
_LABEL_CHARACTERS: Final = 11
_ABOUT: Final = "工程属于多类的，按先列的一类；到期的巡查列入“待办”。"
_UNVERIFIED: Final = "规则包的频次未核实，请按街道的内部要求设定。"


class PatrolPlanSettings(QWidget):
    """One line for each class with one button; what is left to the rules follows the rule pack."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        of_pack = workbench.desk.office.pack().patrol_plan
        self.lines = {each: PlanLine(each, of_pack.get(each, PlanRule())) for each in PlanClass}
        self.banner, self.save = Banner(), QPushButton(f"保存（{keys_of('admin.save')}）")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._save)
        self._build()
        own = workbench.desk.patrol_plan.own()
        for each, line in self.lines.items():
            line.show_own(own.get(each))
            line.changed.connect(self.banner.hide)

    def _save(self) -> None:
        own: dict[PlanClass, OwnFrequency] = {}
        for each, line in self.lines.items():
            line.settle()
            if line.wants_days():
                self._refuse(line, f"请填写天数，1 至 {MOST_DAYS}。")
                return
            frequency = line.own()
            if frequency is not None:
                own[each] = frequency
        self._keep(own)

    def _keep(self, own: OwnPlan) -> None:
        try:
            changes = self._bench.desk.patrol_plan.keep(own)
        except ClerkError as error:
            field = error.details.get("field")
            self._refuse(self.lines[PlanClass(field)] if isinstance(field, str) else None, describe(error).text)
            return
        self._bench.changed.emit(changes)
        self.banner.say("已保存，待办按此列出到期的巡查。", Tone.BLUE, mark="已保存")

    def _refuse(self, line: PlanLine | None, why: str) -> None:
        name = f"{local(line.plan_class.label)}：" if line is not None else ""
        self.banner.say(f"{name}{why}", Tone.RED, mark="没有保存")
        if line is not None:
            line.days.setFocus(Qt.FocusReason.OtherFocusReason)
            line.days.selectAll()

    def _build(self) -> None:
        is_unverified = any(line.of_pack.is_unverified for line in self.lines.values())
        hint = QLabel(f"多久巡查一次{cited('patrol_plan')}。{_ABOUT}{_UNVERIFIED if is_unverified else ''}")
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(hint)
        pack = self._bench.desk.office.pack()
        known = {
            PlanClass.MINOR: MINOR_OPERATION in pack.kinds(),
            PlanClass.HIGH_RISK: pack.tells_risk_apart,
            PlanClass.ESCALATED: bool(pack.article("escalation")),
            PlanClass.EXPIRED: pack.deadlines.validity_months is not None,
        }
        for each, line in self.lines.items():
            column.addWidget(line)
            # What the rules do not know is not asked for; what was set for it stays.
            line.setVisible(known.get(each, True))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        bind_keys(self, {"admin.save": self._save})


class PlanLine(QWidget):
    """One class: how it is visited, every how many days, and whose word that is."""

    changed = Signal()

    def __init__(self, plan_class: PlanClass, of_pack: PlanRule) -> None:
        super().__init__()
        self.plan_class, self.of_pack = plan_class, of_pack
        self.how = PickList(
            [
                (_BY_PACK, f"按规则包（{_words(of_pack)}）"),
                (_OFF, "不安排"),
                (_DAYS, "每若干天一次"),
                (_MONTHLY, "每月一次（自然月）"),
            ]
        )
        self.days, self._unit, self.basis = TextField(limit=3), QLabel("天"), QLabel()
        self._build()
        self.how.picked.connect(self._picked)
        self.how.changed.connect(self.changed)
        self.days.changed.connect(self.changed)

    def show_own(self, own: OwnFrequency | None) -> None:
        """Show what the office set, None for what is left to the pack."""
        if own is None:
            how = _BY_PACK
        elif own.is_monthly:
            how = _MONTHLY
        else:
            how = _DAYS if own.every_days else _OFF
        self.how.set_value(how)
        self.days.set_value(str(own.every_days) if own is not None and how == _DAYS else "")
        self._show_days()

    def settle(self) -> None:
        """Take what was typed."""
        self.how.settle()
        self._show_days()

    def wants_days(self) -> bool:
        """Say whether the number of days is still to be typed."""
        return self.how.value() == _DAYS and not self._typed()

    def own(self) -> OwnFrequency | None:
        """Give what is chosen, None for what is left to the pack."""
        how = self.how.value()
        if how in ("", _BY_PACK):
            return None
        return OwnFrequency(every_days=self._typed() if how == _DAYS else 0, is_monthly=how == _MONTHLY)

    def _typed(self) -> int:
        typed = self.days.value()
        return int(typed) if typed.isdecimal() else 0

    def _picked(self, how: str) -> None:
        self._show_days()
        if how == _DAYS:
            self.days.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_days(self) -> None:
        """Offer the number of days only where it says something, and tell whose word the frequency is."""
        counts_days, is_of_pack = self.how.value() == _DAYS, self.how.value() in ("", _BY_PACK)
        self.days.setVisible(counts_days)
        self._unit.setVisible(counts_days)
        of_pack = "未核实" if self.of_pack.is_unverified else ""
        mark = of_pack if is_of_pack else "内部要求，街道自行设定"
        self.basis.setText("，".join(part for part in (mark, self.of_pack.article) if part))

    def _build(self) -> None:
        self.how.setObjectName(f"plan.{self.plan_class.value}")
        self.days.setObjectName(f"plan.{self.plan_class.value}.days")
        self.days.setProperty("figures", "true")
        self.days.setValidator(QIntValidator(0, 999, self.days))
        self.days.setAccessibleName(f"{local(self.plan_class.label)}，每多少天一次")
        self.days.setFixedWidth(base_px() * 5)
        self.basis.setProperty("role", "soft")
        choice = FieldRow(local(_LABELS[self.plan_class]), self.how, label_characters=_LABEL_CHARACTERS)
        choice.setFixedWidth(base_px() * 27)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(choice)
        row.addWidget(self.days)
        row.addWidget(self._unit)
        row.addSpacing(SPACE_3)
        row.addWidget(self.basis, 1)


def _words(rule: PlanRule) -> str:
    if rule.is_monthly:
        return "每月一次"
    return f"每 {rule.every_days} 天一次" if rule.is_on else "不安排"
