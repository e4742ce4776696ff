"""An unregistered work as a form: where, what, whose, and by when it is to be registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.found_site import ABOVE_LIMIT, FoundRecorded, FoundSiteDraft, FoundSource
from desktop.domain.local_rules import local
from desktop.services.desk import Desk
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word

KINDS: Final = (("", "还不清楚"), (SMALL_WORK, "小型工程"), (MINOR_OPERATION, "零星作业"), (ABOVE_LIMIT, "限额以上"))


class FoundSiteDialog(FittingDialog):
    """``recorded`` gives what came of it; the owner is urged at once unless the tick is taken off."""

    def __init__(self, desk: Desk, begun: FoundSiteDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            "found_site",
            local("发现未登记的工地"),
            save=self._keep,
            faults=lambda: self._found_faults(),
            fields_of={},
            parent=parent,
        )
        self._desk, self._begun, self._act_id = desk, begun, uuid4().hex
        self.recorded: FoundRecorded | None = None
        office = desk.office.office()
        communities = office.communities if office else ()
        self.community = PickList([(name, name) for name in communities], allows_other=True)
        known = {"", ABOVE_LIMIT, *desk.office.pack().kinds(), begun.kind}
        self.kind = PickList([(code, local(label)) for code, label in KINDS if code in known])
        self.source = PickList([(source.value, word(source)) for source in FoundSource])
        self.campaign = PickList([(name, name) for name in desk.found_sites.campaigns()], allows_other=True)
        self.place, self.work, self.grid = TextField(), TextField(limit=800), TextField(limit=40)
        self.owner_name, self.owner_phone, self.contractor_name = TextField(), TextField(), TextField()
        self.found_by = TextField()
        self.found_on, self.register_by = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self.urges = QCheckBox(local("当场督促登记，打印通知(&D)"))
        self._arrange()
        self._show(begun)
        self.urges.toggled.connect(self._settle_term)
        self.kind.picked.connect(self._take_kind)
        self.ready()

    def draft(self) -> FoundSiteDraft:
        """Give the record as typed."""
        for pick in (self.community, self.kind, self.source, self.campaign):
            pick.settle()
        return replace(
            self._begun,
            community=self.community.value(),
            grid=self.grid.value(),
            place=self.place.value(),
            work=self.work.value(),
            kind=self.kind.value(),
            owner_name=self.owner_name.value(),
            owner_phone=self.owner_phone.value(),
            contractor_name=self.contractor_name.value(),
            found_on=self.found_on.day(),
            found_by=self.found_by.value(),
            source=FoundSource(self.source.value() or FoundSource.PATROL),
            campaign=self.campaign.value(),
            register_by=self.register_by.day() if self.urges.isChecked() else None,
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.draft()), self.found_on.text(), self.register_by.text())

    def _found_faults(self) -> Sequence[FieldFault]:
        return self._desk.found_sites.faults(self.draft())

    def _keep(self) -> None:
        self.recorded = self._desk.found_sites.record(self.draft(), act_id=self._act_id)

    def _settle_term(self, urges: bool) -> None:
        self.register_by.setEnabled(urges)
        self.register_by.set_day(self._desk.found_sites.term() if urges else None)

    def _take_kind(self, kind: str) -> None:
        # Above the limits a permit is needed: that is handed on, not registered here.
        if kind == ABOVE_LIMIT:
            self.urges.setChecked(False)

    def _show(self, begun: FoundSiteDraft) -> None:
        today = self._desk.office.today()
        for pick, value in (
            (self.community, begun.community),
            (self.kind, begun.kind),
            (self.source, begun.source.value),
            (self.campaign, begun.campaign),
        ):
            pick.set_value(value)
        for field, text in (
            (self.place, begun.place),
            (self.work, begun.work),
            (self.grid, begun.grid),
            (self.owner_name, begun.owner_name),
            (self.owner_phone, begun.owner_phone),
            (self.contractor_name, begun.contractor_name),
            (self.found_by, begun.found_by),
        ):
            field.set_value(text)
        self.found_on.set_day(begun.found_on or today)
        self.urges.setChecked(True)
        self.register_by.set_day(begun.register_by or self._desk.found_sites.term())

    def _arrange(self) -> None:
        self.add_field("work", "在做什么(&G)", self.work)
        self.add_field("place", "地址(&P)", self.place)
        self.add_line(("community", "社区(&Q)", self.community), ("grid", "网格(&L)", self.grid))
        self.add_line(("kind", "类别(&K)", self.kind), ("contractor_name", "施工单位(&S)", self.contractor_name))
        self.add_line(
            ("owner_name", local("业主(&Y)"), self.owner_name), ("owner_phone", local("业主电话(&T)"), self.owner_phone)
        )
        self.add_line(("found_on", "发现日期(&R)", self.found_on), ("found_by", "发现人(&F)", self.found_by))
        self.add_line(("source", "来源(&N)", self.source), ("campaign", "排摸名称(&M)", self.campaign))
        self.add_line(("urges", "督促", self.urges), ("register_by", local("登记期限(&E)"), self.register_by))
