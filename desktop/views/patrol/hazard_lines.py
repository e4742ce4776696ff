"""The hazards of the visit being entered, and what the rules ask for the one that one stands on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.check_lists import CheckItem
from desktop.domain.hazard import HazardDraft, HazardLevel
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.patrol.hazard_dialog import HazardDialog
from desktop.views.patrol.hazard_proposing import draft_of_item, proposal_for, with_proposal
from desktop.views.patrol.proposal_panel import ProposalPanel
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.theme import SPACE_1, row_px
from desktop.views.wording import word

_FEWEST, _ROWS = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLine:
    """One hazard with the item of the check list it came from, empty for none."""

    draft: HazardDraft
    item: str = ""


class HazardLines(QWidget):
    """``changed`` follows every change; ``item_freed`` names the item whose hazard was taken away."""

    changed = Signal()
    item_freed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._site = desk, SiteRef()
        self.lines: tuple[HazardLine, ...] = ()
        self.table = RegisterTable("patrol.hazards", ("期限", "等级", "隐患"), (7, 4))
        self.table.setAccessibleName("本次发现的隐患")
        self.table.setFixedHeight(row_px() * (_FEWEST + 1))
        self.table.say_when_empty(f"检查表中按 2 或者按 {keys_of('patrol.hazard')}，隐患记在这里。")
        self.panel = ProposalPanel()
        head = QLabel(f"隐患（{keys_of('patrol.hazard')} 加一条，Enter 修改，Delete 去掉）")
        head.setProperty("role", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for part in (head, self.table):
            column.addWidget(part)
        column.addWidget(self.panel, 1)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self.edit)
        self.table.currentCellChanged.connect(lambda *_cells: self._propose())
        bind_keys(self.table, {"patrol.hazard_off": self.take_away})

    def begin(self, site: SiteRef, lines: tuple[HazardLine, ...] = ()) -> None:
        """Begin for a site, anew or with hazards typed before."""
        self._site, self.lines = site, lines
        self._show()

    def take_item(self, item: CheckItem) -> None:
        """Add a hazard for an item that failed, unless it has one."""
        if any(line.item == item.code for line in self.lines):
            return
        draft = draft_of_item(item, self._desk.hazards.pack_for(self._site))
        asked = proposal_for(self._desk, self._site, draft)
        self._add(HazardLine(draft=with_proposal(draft, asked), item=item.code))

    def drop_item(self, item_code: str) -> None:
        """Take away the hazard of an item that does not fail any more."""
        kept = tuple(line for line in self.lines if line.item != item_code)
        if kept != self.lines:
            self.lines = kept
            self._show()

    def edit_item(self, item: CheckItem) -> None:
        """Open the hazard of an item, one begun from it where there is none."""
        self.take_item(item)
        self.edit(next(place for place, line in enumerate(self.lines) if line.item == item.code))

    def add(self) -> None:
        """Ask for one more hazard, from the dictionary or freely worded."""
        dialog = HazardDialog(self._desk, self._site, None, found_on=self._desk.office.today(), parent=self)
        if dialog.exec():
            self._add(HazardLine(draft=dialog.draft()))

    def edit(self, place: int) -> None:
        """Open one hazard."""
        line = self.lines[place]
        dialog = HazardDialog(self._desk, self._site, line.draft, found_on=self._desk.office.today(), parent=self)
        if dialog.exec():
            changed = HazardLine(draft=dialog.draft(), item=line.item)
            self.lines = (*self.lines[:place], changed, *self.lines[place + 1 :])
            self._show()

    def take_away(self) -> None:
        """Take the chosen hazard away."""
        place = self.table.chosen_id()
        if place is None:
            return
        gone = self.lines[place]
        self.lines = (*self.lines[:place], *self.lines[place + 1 :])
        self._show()
        if gone.item:
            self.item_freed.emit(gone.item)

    def drafts(self) -> tuple[HazardDraft, ...]:
        """Give the hazards as typed."""
        return tuple(line.draft for line in self.lines)

    def _add(self, line: HazardLine) -> None:
        self.lines = (*self.lines, line)
        self._show()
        self.table.setCurrentCell(len(self.lines) - 1, 0)

    def _show(self) -> None:
        self.table.show_rows([(place, _texts(line.draft), True) for place, line in enumerate(self.lines)])
        rows = min(max(len(self.lines), _FEWEST), _ROWS)
        self.table.setFixedHeight(row_px() * (rows + 1))
        self._propose()
        self.changed.emit()

    def _propose(self) -> None:
        place = self.table.chosen_id()
        if place is None or place >= len(self.lines):
            self.panel.show_nothing()
            return
        asked = proposal_for(self._desk, self._site, self.lines[place].draft)
        if asked is None:
            self.panel.show_nothing("这个工地不在您的权限内，看不到要求。")
        else:
            self.panel.show_proposal(asked)


def _texts(draft: HazardDraft) -> tuple[str, ...]:
    term = "当场整改" if draft.is_on_the_spot else (f"{draft.due_on:%m-%d}" if draft.due_on else "")
    if draft.is_refused:
        term = "■ 拒改"
    level = f"■ {word(draft.level)}" if draft.level is HazardLevel.MAJOR else word(draft.level)
    return (term, level, "：".join(part for part in (draft.spot, draft.description) if part))
