"""Entrustments, letters of responsibility and the rotation of patrollers on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.domain.errors import ClerkError
from desktop.domain.organisations import EntrustmentRow, LetterRow, RotationRow
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.registers.register_papers_dialog import RegisterPapersDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.registers.trust_dialogs import EntrustmentDialog, LetterDialog, RotationDialog
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("类别", "单位或者人员", "范围", "片区", "起", "止", "状态", "文号")
_WIDTHS = (5, 17, 14, 14, 7, 7, 11)


class TrustTab(RegisterTab):
    """What is entrusted, agreed and arranged, with what is running out said in the line of each."""

    nothing_there = "还没有委托、责任书和轮岗。"
    first_step = "按 Insert 登记委托，Ctrl+D 登记责任书，Ctrl+R 安排轮岗。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("trust", _COLUMNS, _WIDTHS), "单位、人员、片区、文号、状态")
        self.table.setAccessibleName("委托、责任书和轮岗")
        self._entrustments: dict[int, EntrustmentRow] = {}
        if self.may_change:
            acts: dict[str, tuple[str, Callable[[], object]]] = {
                "registers.new": ("登记委托", self.entrust),
                "registers.letter": ("登记责任书", self.sign),
                "registers.turn": ("安排轮岗", self.rotate),
                "registers.end": ("终止委托", self.end),
            }
            self.bind(acts, primary="registers.new")
        self.bind({"registers.print": ("打印", self.print_papers)})
        self.with_inactive.hide()
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give everything, with what has run out in grey; ids are only the places of the rows."""
        desk, on = self.bench.desk, self.bench.desk.office.today()
        entrustments = desk.entrustments.all()
        lapsing = {row.id for row in desk.entrustments.lapsing_letters()}
        found: list[tuple[Sequence[str], bool]] = []
        self._entrustments = dict(enumerate(entrustments))
        for row in entrustments:
            state = "有效" if row.runs_on(on) else "尚未开始" if row.entrustment.first_on > on else "已失效，不受理新件"
            found.append((_entrustment_texts(row, state), row.runs_on(on)))
        for letter in desk.entrustments.letters():
            is_over = letter.letter.last_on < on
            state = "已到期" if is_over else "▲ 快到期" if letter.id in lapsing else "有效"
            found.append((_letter_texts(letter, state), not is_over))
        for turn in desk.persons.rotations():
            found.append((_turn_texts(turn), turn.rotation.last_on >= on))
        return [(place, texts, is_active) for place, (texts, is_active) in enumerate(found)]

    def entrust(self) -> None:
        """Open an empty entrustment."""
        self._open(EntrustmentDialog(self.bench.desk, self))

    def sign(self) -> None:
        """Open an empty letter of responsibility."""
        self._open(LetterDialog(self.bench.desk, self))

    def rotate(self) -> None:
        """Open an empty turn of a patroller."""
        self._open(RotationDialog(self.bench.desk, self))

    def end(self) -> None:
        """End the chosen entrustment today, with a reason."""
        chosen = self.table.chosen_id()
        row = self._entrustments.get(chosen) if chosen is not None else None
        if row is None or row.ended_on is not None:
            self.say("请先选中一份没有终止的委托。", mark="注意")
            return
        words = f"自今天起终止对“{row.organisation}”的委托，该受理点不再受理新件。"
        dialog = ReasonDialog("终止委托", words, self)
        if not dialog.exec():
            return
        try:
            self.bench.desk.entrustments.end(row.id, on=self.bench.desk.office.today(), reason=dialog.reason())
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.told()
        self.say("已终止委托。")

    def print_papers(self) -> None:
        """Show what can be printed from the registers."""
        RegisterPapersDialog(self.bench, self).exec()

    def _open(self, dialog: RecordDialog) -> None:
        if dialog.exec():
            self.told()
            self.say("已保存。")


def _entrustment_texts(row: EntrustmentRow, state: str) -> Sequence[str]:
    own = row.entrustment
    last = row.ended_on or own.last_on
    days = (own.first_on.isoformat(), last.isoformat())
    return ("委托", row.organisation, word(own.scope), "、".join(own.areas), *days, state, own.document_number)


def _letter_texts(row: LetterRow, state: str) -> Sequence[str]:
    own = row.letter
    return (
        "责任书",
        row.organisation,
        "",
        own.area,
        own.first_on.isoformat(),
        own.last_on.isoformat(),
        state,
        own.document_number,
    )


def _turn_texts(row: RotationRow) -> Sequence[str]:
    turn = row.rotation
    who = f"{row.person}（{row.organisation}）"
    return ("轮岗", who, "", turn.area, turn.first_on.isoformat(), turn.last_on.isoformat(), "", "")
