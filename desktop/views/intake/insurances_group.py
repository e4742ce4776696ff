"""The insurances of the work."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.walk_in import Insurance
from desktop.views.intake.repeat_group import Block, RepeatGroup
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

KINDS: Final = tuple((kind, kind) for kind in ("工伤保险", "安全生产责任保险", "意外伤害保险"))


class InsuranceBlock(Block[Insurance]):
    """One policy on two lines."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.kind = PickList(KINDS, allows_other=True)
        self.insurer, self.policy_number = TextField(), TextField()
        self.policy_number.setProperty("figures", "true")
        self.valid_from, self.valid_to = DayEdit(), DayEdit()
        self.line(
            self.field(f"{path}.kind", "险种", self.kind),
            self.field(f"{path}.insurer", "保险公司", self.insurer, label_characters=4),
        )
        self.line(
            self.field(f"{path}.policy_number", "保单号", self.policy_number),
            self.field(f"{path}.valid_from", "自", self.valid_from, label_characters=1),
            self.field(f"{path}.valid_to", "至", self.valid_to, label_characters=1),
            stretches=(5, 3, 3),
        )

    def read(self) -> Insurance:
        """Give the policy as typed."""
        return Insurance(
            kind=self.kind.value(),
            insurer=self.insurer.value(),
            policy_number=self.policy_number.value(),
            valid_from=self.valid_from.day(),
            valid_to=self.valid_to.day(),
        )

    def write(self, value: Insurance) -> None:
        """Show a policy, without signals."""
        self.kind.set_value(value.kind)
        self.insurer.set_value(value.insurer)
        self.policy_number.set_value(value.policy_number)
        self.valid_from.set_day(value.valid_from)
        self.valid_to.set_day(value.valid_to)


class InsurancesGroup(RepeatGroup[Insurance]):
    """As many policies as there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("保险", "insurances", "insurances", add_words="加一份", empty=Insurance(), parent=parent)

    def make_block(self, path: str) -> Block[Insurance]:
        """Make the fields of one policy."""
        return InsuranceBlock(path)
