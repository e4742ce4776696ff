"""The patroller's part of the morning, by keys: a finding with its notice, a refusal, the letter and its reply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QDialog

from desktop.domain.access import Role
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.transfer import TransferCriteria, TransferState
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.play import Player
from desktop.sample_morning.seats import Script, answer, fold_sheets, sit_down
from desktop.sample_morning.typist import Typist
from desktop.views.patrol.entry_tab import EntryTab
from desktop.views.patrol.patrol_page import PatrolPage
from desktop.views.patrol.step_dialog import StepDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.patrol.transfer_step_dialog import TransferStepDialog
from desktop.views.worklist.worklist_page import WorklistPage

_ITEM: Final = "临时用电"
_REFUSAL: Final = (("text", "现场负责人当面表示不换"),)
_REPLY: Final = (
    ("who", "何云川"),
    ("text", "已到场，当日改为三级配电"),
    ("penalty", "警告{Enter}"),
)


class OnSite:
    """Sends the patroller to a site that was registered this morning."""

    def __init__(self, player: Player, day: SampleDay, *, visits: str) -> None:
        self._player, self._day, self._visits = player, day, visits
        self._typist, self._window = player.typist, player.window

    def play(self) -> Iterator[str]:
        """Patrol, hand the refusal on, take the reply, look at what is still to do; gives a line for each."""
        sit_down(self._player, self._day, Role.PATROLLER, picture="9-patroller-signs-in")
        number = self._player.desk.ledger.file(self._player.filed(self._visits)).row.number
        yield self._patrol(number)
        yield self._hand_on(number)
        yield self._take_reply()
        yield self._look_at_worklist()

    def _patrol(self, number: str) -> str:
        self._typist.keys("{Ctrl+7}{Alt+1}{Ctrl+G}" + number + "{Enter}")
        entry = self._entry
        self._typist.wait_until(lambda: entry.form.chooser.site is not None, "the site")
        for name, keys in (("patrol.patrollers", "赵宁、何云川"), ("patrol.organisation", "坪安社区工作站")):
            self._typist.walk_to(name)
            self._typist.keys("{Ctrl+A}" + keys)
        self._to_item()
        self._typist.keys("2")
        self._player.settle()
        picture = self._player.shoot("9-patrol")
        self._typist.keys("{F9}")
        fold_sheets(self._player)
        return f"  赵宁 巡查，发现一条隐患，出整改通知　{picture.name}"

    def _hand_on(self, number: str) -> str:
        self._typist.keys("{Alt+2}{Ctrl+F}" + number + "{Enter}")
        self._player.settle()
        answer(self._player, "{F8}", StepDialog, _typing(_REFUSAL))
        self._player.settle()
        picture = self._player.shoot("9-hazards")
        answer(self._player, "{F5}", TransferDialog, self._send)
        fold_sheets(self._player)
        hazards = self._player.desk.hazards
        [hazard] = hazards.page(hazards.ids(HazardCriteria()))
        return f"  隐患 {hazard.number} 拒不整改，移交　{picture.name}"

    def _send(self, typist: Typist) -> None:
        typist.pause()
        self._shoot_dialog(typist, "9-transfer")
        typist.keys("{Ctrl+S}")

    def _take_reply(self) -> str:
        self._typist.keys("{Alt+4}")
        self._player.settle()
        answer(self._player, "{F9}", TransferStepDialog, _typing(_REPLY))
        [sent] = self._player.desk.transfers.find(TransferCriteria())
        assert sent.state is TransferState.REPLIED
        return f"  移交 {sent.number} 收到反馈　9-transfer.png"

    def _look_at_worklist(self) -> str:
        self._typist.keys("{Ctrl+5}")
        self._player.settle()
        page = self._window.page("worklist")
        assert isinstance(page, WorklistPage)
        self._typist.wait_until(lambda: page.worklist is not None, "what is to do")
        return f"  待办　{self._player.shoot('9-worklist').name}"

    def _to_item(self) -> None:
        """Go down the check list to the item on electricity."""
        self._typist.keys("{F2}{Ctrl+Home}")
        table = self._entry.form.checks
        for _ in range(table.rowCount()):
            item = table.item(table.currentRow(), 2)
            if item is not None and _ITEM in item.text():
                return
            self._typist.keys("{Down}")
        raise LookupError(_ITEM)

    def _shoot_dialog(self, typist: Typist, name: str) -> None:
        dialog = typist.window
        assert isinstance(dialog, QDialog)
        self._player.shoot(name, of=dialog)

    @property
    def _entry(self) -> EntryTab:
        page = self._window.page("patrol")
        assert isinstance(page, PatrolPage)
        assert page.entry is not None
        return page.entry


def _typing(steps: tuple[tuple[str, str], ...]) -> Script:
    """Walk to fields and type there, then save."""

    def type_all(typist: Typist) -> None:
        for name, keys in steps:
            typist.walk_to(name)
            typist.keys(keys)
        typist.keys("{Ctrl+S}")

    return type_all
