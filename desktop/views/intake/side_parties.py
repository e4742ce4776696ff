"""Owner and property owner with the facts that belong to them, and who else stands beside the matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.facts import UNKNOWN, FactValue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import IdKind, Party, PartyKind
from desktop.views.intake.form_group import FormGroup
from desktop.views.intake.named import named
from desktop.views.intake.party_group import PartyGroup
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

PERSON = Party(kind=PartyKind.PERSON, id_kind=IdKind.RESIDENT_ID)


class FactfulPartyGroup(PartyGroup):
    """A party with one fact of a closed list beside it, asked whether the party is there or not."""

    def __init__(
        self,
        prefix: str,
        title: str,
        *,
        key: str,
        fact: str,
        label: str,
        pack: PolicyPack,
        tick: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(prefix, title, key=key, tick=tick, usual=PERSON if tick else None, parent=parent)
        self._fact = fact
        self.choice = PickList([(each.code, each.label) for each in pack.choices.get(fact, ())])
        self.line(self.field(f"facts.{fact}", label, self.choice))

    def read_fact(self) -> dict[str, FactValue]:
        """Give the fact when it was chosen."""
        value = self.choice.value()
        return {self._fact: value} if value else {}

    def write_fact(self, facts: Mapping[str, FactValue]) -> None:
        """Show the fact, without signals."""
        value = facts.get(self._fact, UNKNOWN)
        self.choice.set_value(value if isinstance(value, str) else "")


class OtherPartiesGroup(FormGroup):
    """The property company, a remark, and what was done at the window before the act."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("物业、备注和签字", "others", parent)
        self.property_company, self.remark = TextField(), TextField(limit=1000)
        self.company_row = self.field("property_company", "物业企业", self.property_company)
        self.line(self.company_row)
        self.line(self.field("remark", "备注", self.remark))
        self.signed = named(QCheckBox(local("已当面签署真实性声明和承诺书")), "signed")
        self.video_watched = named(QCheckBox("已观看安全警示片"), "video_watched")
        self.video = PickList()
        self._video_row = self.field("video", "哪部片", self.video, label_characters=3)
        self.line(self.signed, self.video_watched, self._video_row, stretches=(3, 2, 3))
        QWidget.setTabOrder(self.video_watched, self.video)
        self.video_watched.toggled.connect(lambda _is_on: self._suit_films())
        self.video_watched.clicked.connect(self._ask_which)
        self.offer_films(())

    def offer_films(self, titles: Sequence[str]) -> None:
        """Offer the office's warning films; without any, only the tick is there."""
        self.video.set_options([(title, title) for title in titles])
        self._suit_films()

    def read_film(self) -> str:
        """Give which film was watched, empty where none was or nobody says which."""
        return self.video.value() if self.video_watched.isChecked() else ""

    def forget_person(self) -> None:
        """Forget what was signed and watched: it says nothing of the next person."""
        self.signed.setChecked(False)
        self.video_watched.setChecked(False)

    def _suit_films(self) -> None:
        titles, is_on = self.video.options, self.video_watched.isChecked()
        if not is_on:
            self.video.set_value("")
        elif len(titles) == 1:
            self.video.set_value(titles[0][0])
        self._video_row.setVisible(is_on and bool(titles))

    def _ask_which(self) -> None:
        if self.video_watched.isChecked() and not self.video.value() and self.video.options:
            self.video.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_company(self) -> str:
        """Give the property company where one is asked for."""
        return "" if self.company_row.isHidden() else self.property_company.value()
