"""How many levels of review come before acceptance, by class, and whether one person may do both."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.review import MOST_LEVELS, ReviewClass, rule_of
from desktop.services.review_settings import OwnReview
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import SPACE_2, SPACE_4, base_px
from desktop.views.workbench import Workbench

_LABELS: Final = {
    ReviewClass.HIGH_RISK: "高风险小型工程(&G)",
    ReviewClass.OTHER_SMALL: "其他小型工程(&Q)",
    ReviewClass.MINOR: "零星作业(&L)",
}
_BY_PACK: Final = "pack"
_LEVELS: Final = ("0 级：窗口直接受理", "1 级：一人审核后受理", "2 级：两级审核后受理")
_YES, _NO = "yes", "no"


class ReviewSettings(QWidget):
    """Four fields with one button; what is left to the rules follows the rule pack."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        of_pack = rule_of(workbench.desk.office.pack())
        self.levels = {each: _levels_list(getattr(of_pack, each.value)) for each in ReviewClass}
        same = "可以" if of_pack.same_person else "不可以"
        self.same_person = PickList(
            [(_BY_PACK, f"按规则包（{same}）"), (_YES, "可以是同一人"), (_NO, "必须是不同的人")]
        )
        self.banner, self.save = Banner(), QPushButton("保存（Ctrl+S）")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._save)
        self._build()
        self._show(workbench.desk.review_settings.own())

    def _show(self, own: OwnReview) -> None:
        for each, field in self.levels.items():
            level = getattr(own, each.value)
            field.set_value(_BY_PACK if level is None else str(level))
        chosen = _BY_PACK if own.same_person is None else (_YES if own.same_person else _NO)
        self.same_person.set_value(chosen)

    def own(self) -> OwnReview:
        """Give what is chosen."""
        levels = {
            each.value: None if field.value() in ("", _BY_PACK) else int(field.value())
            for each, field in self.levels.items()
        }
        same = {_YES: True, _NO: False}.get(self.same_person.value())
        return OwnReview(
            high_risk=levels["high_risk"],
            other_small=levels["other_small"],
            minor=levels["minor"],
            same_person=same,
        )

    def _save(self) -> None:
        for field in (*self.levels.values(), self.same_person):
            field.settle()
        try:
            changes = self._bench.desk.review_settings.keep(self.own())
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
            return
        self._bench.changed.emit(changes)
        self.banner.say("已保存。以后的来件按此办理，已送审的仍按送审时的级数。", Tone.BLUE, mark="已保存")

    def _build(self) -> None:
        articles = "、".join(self._bench.desk.review_settings.articles())
        about = f"受理前是否另由他人审核。规则包默认值为未核实参数{in_brackets(articles)}。"
        hint = QLabel(about)
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(hint)
        labelled = [*((local(_LABELS[each]), field) for each, field in self.levels.items())]
        labelled.append(("受理和审核(&R)", self.same_person))
        pack = self._bench.desk.office.pack()
        unknown = [] if MINOR_OPERATION in pack.kinds() else [self.levels[ReviewClass.MINOR]]
        if not pack.tells_risk_apart:
            unknown.append(self.levels[ReviewClass.HIGH_RISK])
        for label, field in labelled:
            row = FieldRow(label, field, label_characters=11)
            row.setMaximumWidth(base_px() * 40)
            column.addWidget(row)
            # What the rules do not know is not asked for; what was chosen for it stays.
            row.setVisible(field not in unknown)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        bind_keys(self, {"admin.save": self._save})


def _levels_list(of_pack: int) -> PickList:
    options = [(str(level), _LEVELS[level]) for level in range(MOST_LEVELS + 1)]
    return PickList([(_BY_PACK, f"按规则包（{of_pack} 级）"), *options])
