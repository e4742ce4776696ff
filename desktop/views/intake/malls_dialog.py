"""The malls whose shops are taken in together (商圈一揽子纳管): the next shop, a list of shops, their notices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.batch import BatchRow, landlord, mall_name
from desktop.domain.local_rules import local
from desktop.domain.shop_list import ShopList, shops_of_text
from desktop.domain.typed_texts import LONGEST_NAME
from desktop.domain.unprintable import unprintable_fault
from desktop.domain.walk_in import Batch, Place, WalkIn
from desktop.services.malls import ShopsBegun
from desktop.views.actions import keys_of
from desktop.views.intake.named import named
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("一揽子名称", "地址", "房屋产权人", "物业企业", "已登记", "最近一户")
_WIDTHS: Final = (12, 16, 12, 12, 6)
_KINDS: Final = "表格（*.xlsx *.xlsm *.csv *.txt）;;所有文件（*）"
_SIZE: Final = (74, 40)
_HINT: Final = "同一商圈、园区的商户共用地址、房屋产权人、物业企业；每户仍单独登记、单独出文书。"
_AT_HAND: Final = 0
_ACTS: Final = {
    "next": "登记下一户",
    "join": "本件列入",
    "drafts": "各建草稿",
    "read_in": "读入 Excel 名单",
    "notices": "商户告知单",
}


class MallsDialog(WorkingDialog):
    """Choose a mall and go on with it; the matter on the form stands first where it could begin one.

    ``next_asked`` and ``join_asked`` name a mall; ``drafted`` says that drafts were begun.
    """

    next_asked = Signal(str)
    join_asked = Signal(str)
    drafted = Signal()

    stopped_words = "已停止，没有建草稿。"

    def __init__(self, workbench: Workbench, matter: WalkIn, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.setObjectName("malls")
        self.setWindowTitle("商圈一揽子纳管")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        self._matter, self._malls = matter, workbench.desk.malls.all()
        self.table = RegisterTable("malls.table", _COLUMNS, _WIDTHS, roomy=(0, 1, 2, 3))
        self.table.setAccessibleName("商圈、园区")
        self.table.say_when_empty(
            local("还没有一揽子纳管的商圈。在表单上填好一户的地址、产权人、物业以后，到这里列入；")
            + f"或者打开已登记的一户，按 {keys_of('filing.next_shop')} 登记下一户。"
        )
        self.name = TextField(limit=LONGEST_NAME)
        self.name_row = FieldRow("一揽子名称", named(self.name, "malls.name"))
        self.shops = named(QPlainTextEdit(), "malls.shops")
        self.count = QLabel()
        self.buttons = {key: QPushButton(f"{said}（{keys_of(f'malls.{key}')}）") for key, said in _ACTS.items()}
        self._build()
        self._fill()
        self._connect()
        self.allow()
        (self.table if self.table.rowCount() else self.name).setFocus()

    @property
    def listed(self) -> ShopList:
        """Give the shops as typed by now."""
        return shops_of_text(self.shops.toPlainText())

    @property
    def chosen(self) -> BatchRow | None:
        """Give the chosen mall, None on the matter at hand or where there is none."""
        row = self.table.chosen_id()
        return self._malls[row - 1] if row else None

    def allow(self) -> None:
        """Let be pressed what can be done with what is chosen and typed."""
        mall, has_matter = self.chosen, bool(mall_name(self._matter))
        listed = self.listed
        able = {
            "next": mall is not None,
            "join": has_matter and bool(self.name.value()),
            "drafts": bool(listed.shops) and not listed.faults and (mall is not None or has_matter),
            "read_in": True,
            "notices": not listed.faults,
        }
        for key, button in self.buttons.items():
            button.setEnabled(able[key] and not self.is_busy)
        self._count(listed)

    def entered(self) -> None:
        """Go on with the next shop when Enter is pressed beside the fields."""
        self.buttons["next"].click()

    def next(self) -> None:
        """Take in the next shop of the chosen mall."""
        mall = self.chosen
        if mall is not None:
            self.accept()
            self.next_asked.emit(mall.name)

    def join(self) -> None:
        """Let the matter on the form belong to the mall that is named."""
        name = self.name.value()
        fault = unprintable_fault(name, longest=LONGEST_NAME)
        if fault:
            self.name_row.set_fault(f"{fault}。")
            self.name_row.reveal()
            return
        self.accept()
        self.join_asked.emit(name)

    def begin_drafts(self) -> None:
        """Begin a draft for each shop of the list."""
        mall, listed, desk = self.chosen, self.listed, self.bench.desk
        beside = None if mall is not None else _named(self._matter, self.name.value())
        self.run(
            lambda _: desk.malls.begin_drafts(listed.shops, mall=mall.name if mall else "", beside=beside),
            self._begun,
            beginning="正在建草稿…",
        )

    def ask_file(self) -> None:
        """Ask which list to read."""
        name, _kind = QFileDialog.getOpenFileName(self, "读入商户名单", "", _KINDS)
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Put the shops of a sheet into the list."""
        malls = self.bench.desk.malls
        self.run(lambda progress: malls.read_list(file, progress), self._read, beginning="正在读取…")

    def show_notices(self) -> None:
        """Show the notices of the shops of the list, or the one for all."""
        from desktop.views.intake.notices_dialog import NoticesDialog

        mall = self.chosen.name if self.chosen is not None else self.name.value()
        dialog = NoticesDialog(self.bench, self.listed.shops, mall, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _begun(self, begun: ShopsBegun) -> None:
        known = f"；{len(begun.known)} 户已有草稿或者登记，没有重复建" if begun.known else ""
        words = f"已建草稿 {begun.begun} 份{known}。在受理页按 {keys_of('intake.drafts')} 逐份打开办理。"
        self.banner.say(words, Tone.GREEN if begun.begun else Tone.AMBER, mark="草稿")
        self.drafted.emit()
        self.bench.changed.emit(frozenset({Change.DRAFTS}))

    def _read(self, found: ShopList) -> None:
        lines = [*self.shops.toPlainText().splitlines(), *(shop.line for shop in found.shops)]
        self.shops.setPlainText("\n".join(line for line in lines if line.strip()))
        faults = "；".join(found.faults)
        words = f"读入 {len(found.shops)} 户。{f'没有读入：{faults}。' if faults else ''}"
        self.banner.say(words, Tone.AMBER if faults else Tone.GREEN, mark="名单")
        self.shops.setFocus()

    def _count(self, listed: ShopList) -> None:
        shape = "一行一户：名称，铺位，联系人，电话。可以从表格复制过来"
        parts = [f"名单 {len(listed.shops)} 户" if listed.shops else shape]
        if listed.repeated:
            parts.append(f"重复的 {len(listed.repeated)} 行只算一户")
        parts += listed.faults[:2]
        self.count.setText("；".join(parts) + "。")
        self.count.setProperty("role", "fault" if listed.faults else "soft")
        self.count.style().polish(self.count)

    def _fill(self) -> None:
        own, rows = mall_name(self._matter), list[tuple[int, tuple[str, ...], bool]]()
        known = {mall.name for mall in self._malls}
        if own and own not in known:
            rows.append((_AT_HAND, _at_hand(self._matter, own), True))
        rows += [(place, _texts(mall), True) for place, mall in enumerate(self._malls, start=1)]
        self.table.show_rows(rows)
        self.name.set_value(own or (self._malls[0].name if self._malls else ""))
        if own in known:
            self.table.setCurrentCell([mall.name for mall in self._malls].index(own), 0)

    def _follow_row(self) -> None:
        mall = self.chosen
        self.name.set_value(mall.name if mall is not None else mall_name(self._matter))
        self.allow()

    def _connect(self) -> None:
        acts = {
            "next": self.next,
            "join": self.join,
            "drafts": self.begin_drafts,
            "read_in": self.ask_file,
            "notices": self.show_notices,
        }
        for key, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=acts[key]: act())
        keys = {f"malls.{key}": button.click for key, button in self.buttons.items()}
        bind_keys(self, {**keys, "malls.list": self.shops.setFocus})
        self.table.currentCellChanged.connect(lambda *_: self._follow_row())
        self.table.opened.connect(lambda _row: self.buttons["next"].click())
        self.name.changed.connect(self.allow)
        self.shops.textChanged.connect(self.allow)

    def _build(self) -> None:
        heading, hint = QLabel("商圈一揽子纳管"), QLabel(local(_HINT))
        heading.setProperty("role", "title")
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        self.count.setWordWrap(True)
        listed = QLabel(f"商户名单　{keys_of('malls.list')}")
        listed.setProperty("role", "heading")
        listed.setBuddy(self.shops)
        self.shops.setAccessibleName("商户名单，一行一户")
        self.shops.setTabChangesFocus(True)
        self.buttons["next"].setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        close = QPushButton("关闭（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        for button in (*self.buttons.values(), close):
            foot.addWidget(button)
        foot.insertStretch(len(self.buttons), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        parts: tuple[tuple[QWidget, int], ...] = (
            (heading, 0),
            (hint, 0),
            (self.banner, 0),
            (self.table, 3),
            (self.name_row, 0),
            (listed, 0),
            (self.shops, 2),
            (self.count, 0),
            (self.bar, 0),
        )
        for part, share in parts:
            column.addWidget(part, share)
        column.addLayout(foot)


def _named(matter: WalkIn, name: str) -> WalkIn:
    return replace(matter, batch=Batch(name=name or mall_name(matter)))


def _at_hand(matter: WalkIn, name: str) -> tuple[str, ...]:
    place, owner = matter.place, landlord(matter)
    address = Place(community=place.community, estate=place.estate, building=place.building).text
    return (name, address, owner.name if owner else "", matter.property_company, "—", "表单上的本件，尚未列入")


def _texts(mall: BatchRow) -> tuple[str, ...]:
    return (mall.name, mall.place, mall.landlord, mall.property_company, f"{mall.filings} 户", f"{mall.last_on}")
