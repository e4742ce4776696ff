"""Where the work is done: part of the street, community, grid, estate, building, room, and the rest of the address."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import Office
from desktop.domain.walk_in import Place
from desktop.views.intake.form_group import FormGroup
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField


class PlaceGroup(FormGroup):
    """Fields of one `Place`; parts and communities come from the office's settings and others may be typed.

    The part of the street (片区) is asked for only where the office has some, or the matter names one.
    """

    def __init__(self, office: Office, *, below: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("在哪里", "place", parent)
        self._has_parts = bool(office.sub_areas)
        self.sub_area = PickList(_named(office.sub_areas), allows_other=True)
        self.community = PickList(_named(office.communities), allows_other=True)
        self.grid, self.estate, self.building = TextField(), TextField(), TextField()
        self.room, self.detail = TextField(), TextField()
        self._part_row = self.field("place.sub_area", "片区", self.sub_area)
        self.line(self._part_row)
        self.line(
            self.field("place.community", "社区", self.community),
            self.field("place.grid", "网格", self.grid, label_characters=2),
            stretches=(3, 2),
        )
        self.line(
            self.field("place.estate", "小区/路段", self.estate),
            self.field("place.building", "栋", self.building, label_characters=2),
            self.field("place.room", "房号", self.room, label_characters=2),
            stretches=(5, 2, 2),
        )
        self.line(self.field("place.detail", "补充位置", self.detail))
        self.body.addWidget(below)
        self._settle()

    def offer(self, office: Office) -> None:
        """Offer parts and communities as the office has them now; what is chosen or typed stays."""
        self._has_parts = bool(office.sub_areas)
        self.sub_area.set_options(_named(office.sub_areas))
        self.community.set_options(_named(office.communities))
        self._settle()

    def read(self) -> Place:
        """Give the place as typed."""
        return Place(
            sub_area=self.sub_area.value(),
            community=self.community.value(),
            grid=self.grid.value(),
            estate=self.estate.value(),
            building=self.building.value(),
            room=self.room.value(),
            detail=self.detail.value(),
        )

    def write(self, place: Place) -> None:
        """Show a place, without signals."""
        self.sub_area.set_value(place.sub_area)
        self.community.set_value(place.community)
        self.grid.set_value(place.grid)
        self.estate.set_value(place.estate)
        self.building.set_value(place.building)
        self.room.set_value(place.room)
        self.detail.set_value(place.detail)
        self._settle()

    def _settle(self) -> None:
        self._part_row.setVisible(self._has_parts or bool(self.sub_area.value()))


def _named(communities: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in communities]
