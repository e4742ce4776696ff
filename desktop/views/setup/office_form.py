"""The form of an office: which street, which acceptance point, which rules; used at first start and in the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.acts import Office, StationKind
from desktop.domain.local_rules import local
from desktop.services.office import PackChoice
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_6
from desktop.views.wording import word

_CODE: Final = re.compile(r"[A-Z0-9]{1,6}")
_LONGEST_LIST: Final = 2000
_PARTED: Final = re.compile(r"[、，,;；\s]+")
# Titles of films may hold commas and blanks.
_TITLES_PARTED: Final = re.compile(r"[、;；\n]+")
_LABEL_CHARACTERS: Final = 8

# Field of Office: label, placeholder.  Order is the order of the Tab key; the first six stand at the left.
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "street_name": ("街道名称(&J)", "例：坪安街道办事处"),
    "station_name": ("受理点名称(&D)", "印在文书上，例：坪安社区工作站"),
    "code": ("编号代码(&B)", "1 至 6 位字母或者数字，例：PA"),
    "window": ("窗口(&C)", "例：受理窗口2"),
    "clerk_name": ("窗口人员(&R)", "登录后以登录人为准"),
    "phone": ("窗口电话(&H)", "印在文书上，例：0755-00001234"),
    "address": ("窗口地址(&Z)", "群众来补材料的地方"),
    "hours": ("办公时间(&S)", "例：工作日 9:00–12:00，14:00–18:00"),
    "enforcement_body": ("街道执法机构(&F)", "移送时的去处"),
    "street_office_address": ("街道受理地址", "转街道办理时告诉群众"),
    "street_office_phone": ("街道受理电话", "转街道办理时告诉群众"),
}
_LEFT: Final = ("street_name", "station_kind", "station_name", "code", "window", "clerk_name", "pack_id")
_NEEDED: Final[Mapping[str, str]] = {
    "street_name": "请填写街道名称，它印在每份文书上。",
    "station_name": "请填写受理点名称；街道窗口可与街道名称相同。",
    "code": "请填写编号代码，登记编号以它开头，开始使用后不宜再改。",
}


class OfficeForm(QWidget):
    """Fields of an office in two columns; faults stand in words under their fields."""

    changed = Signal()

    def __init__(self, packs: Sequence[PackChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._packs = tuple(packs)
        self.rows: dict[str, FieldRow] = {}
        self.texts = {name: TextField() for name in _TEXTS}
        self.station_kind = PickList([(kind.value, word(kind)) for kind in StationKind])
        self.pack = PickList([(choice.id, choice.title) for choice in packs])
        self.sub_areas, self.communities, self.videos = (TextField(limit=_LONGEST_LIST) for _ in range(3))
        self._standing = QLabel()
        self._build()
        self.station_kind.set_value(StationKind.STREET_OFFICE.value)
        if self._packs:
            self.pack.set_value(self._packs[0].id)
        self._settle()

    def office(self) -> Office:
        """Give the office as typed; ask ``faults`` first whether it can stand."""
        texts: dict[str, Any] = {name: field.value() for name, field in self.texts.items()}
        return Office(
            **texts,
            station_kind=StationKind(self.station_kind.value()),
            pack_id=self.pack.value(),
            sub_areas=_listed(self.sub_areas, _PARTED),
            communities=_listed(self.communities, _PARTED),
            videos=_listed(self.videos, _TITLES_PARTED),
        )

    def show_office(self, office: Office) -> None:
        """Show an office, without signals."""
        for name, field in self.texts.items():
            field.set_value(str(getattr(office, name)))
        self.station_kind.set_value(office.station_kind.value)
        self.pack.set_value(office.pack_id)
        self.sub_areas.set_value("、".join(office.sub_areas))
        self.communities.set_value("、".join(office.communities))
        self.videos.set_value("、".join(office.videos))
        self._settle()

    def offer_packs(self, packs: Sequence[PackChoice]) -> None:
        """Offer the packs there are now; the chosen one stays."""
        if tuple(packs) != self._packs:
            self._packs = tuple(packs)
            self.pack.set_options([(choice.id, choice.title) for choice in packs])
            self._settle()

    def leave_out_clerk(self) -> None:
        """Do not ask who works here: with accounts that is who signs in."""
        self.rows["clerk_name"].hide()

    def faults(self) -> Mapping[str, str]:
        """Give what is wrong by field, in words."""
        found = {name: local(words) for name, words in _NEEDED.items() if not self.texts[name].value()}
        code = self.texts["code"].value()
        if code and not _CODE.fullmatch(code):
            found["code"] = "编号代码只能是 1 至 6 位大写字母或者数字。"
        if not self.station_kind.value():
            found["station_kind"] = "请选择受理点性质，它决定能受理哪些事项。"
        if not self.pack.value():
            found["pack_id"] = "请选择规则包。"
        return found

    def check(self) -> bool:
        """Show every fault, put the keyboard into the first field at fault, and say whether there is none."""
        self._settle()
        found = self.faults()
        for row in self.rows.values():
            row.reveal()
        first = next((name for name in self.rows if name in found), None)
        if first is not None:
            self.rows[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not found

    def _settle(self) -> None:
        code = self.texts["code"]
        if code.text() != code.text().upper():
            cursor = code.cursorPosition()
            code.set_value(code.text().upper())
            code.setCursorPosition(cursor)
        found = self.faults()
        for name, row in self.rows.items():
            row.set_fault(found.get(name, ""))
        is_street = self.station_kind.value() == StationKind.STREET_OFFICE.value
        for name in ("street_office_address", "street_office_phone"):
            self.rows[name].setVisible(not is_street)
        choice = next((choice for choice in self._packs if choice.id == self.pack.value()), None)
        self._standing.setText(choice.banner if choice else "")

    def _typed(self) -> None:
        self._settle()
        self.changed.emit()

    def _take_street_name(self) -> None:
        # A street's own window usually bears the street's name.
        street, station = self.texts["street_name"], self.texts["station_name"]
        if self.station_kind.value() == StationKind.STREET_OFFICE.value and not station.value():
            station.set_value(street.value())
            self._settle()

    def _build(self) -> None:
        editors: dict[str, QWidget] = {
            **self.texts,
            "station_kind": self.station_kind,
            "sub_areas": self.sub_areas,
            "communities": self.communities,
            "videos": self.videos,
            "pack_id": self.pack,
        }
        labels = {name: text for name, (text, _hint) in _TEXTS.items()}
        labels |= {"station_kind": "受理点性质(&K)", "communities": "辖区社区(&Q)", "pack_id": "规则包(&G)"}
        labels |= {"sub_areas": "辖区片区(&W)", "videos": "安全警示片(&V)"}
        for name, (_label, hint) in _TEXTS.items():
            self.texts[name].setPlaceholderText(hint)
        self.sub_areas.setPlaceholderText("街道分片区管理的才填，用顿号隔开")
        self.communities.setPlaceholderText("用顿号隔开，例：坪安社区、新禾社区")
        self.videos.setPlaceholderText("窗口播放的片名，用顿号隔开")
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(SPACE_2)
        for name in (*_LEFT, *(name for name in editors if name not in _LEFT)):
            row = FieldRow(labels[name], editors[name], label_characters=_LABEL_CHARACTERS)
            editors[name].setObjectName(name)
            self.rows[name] = row
            (left if name in _LEFT else right).addWidget(row)
        self._standing.setWordWrap(True)
        self._standing.setProperty("role", "doubt")
        self._standing.setIndent(self.rows["pack_id"].label.minimumWidth() + SPACE_2)
        left.addWidget(self._standing)
        left.addStretch(1)
        right.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        columns.setSpacing(SPACE_6)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        for field in (
            *self.texts.values(),
            self.sub_areas,
            self.communities,
            self.videos,
            self.station_kind,
            self.pack,
        ):
            field.changed.connect(self._typed)
        self.texts["street_name"].editingFinished.connect(self._take_street_name)


def _listed(field: TextField, parted: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in parted.split(field.value()) if name.strip()))
