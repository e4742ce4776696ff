"""Another station's card, taken among the known ones once its check code was typed from paper or as heard."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.known_station import KnownStationRow, PeriodKind, StationRole
from desktop.domain.package import StationCard
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.exchange.exchange_words import PERIOD_WORDS, ROLE_WORDS
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

_HOW = (
    "照对方的核对单录入核对码，或者请对方电话逐组念读；不要照文件中的内容录入。十组全部一致才会列入，空格和大小写不论。"
)


class StationDialog(RecordDialog):
    """The card's own check code is not shown: it is to come from elsewhere than the file."""

    def __init__(
        self, desk: Desk, card: StationCard, known: KnownStationRow | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "station",
            "核对往来单位",
            save=self._confirm,
            fields_of={"fingerprint_differs": "station.typed", "note_unfit": "station.note"},
            parent=parent,
        )
        self._desk, self._card, self._act_id = desk, card, uuid4().hex
        self.typed = TextField()
        self.typed.setProperty("figures", "true")
        self.typed.setPlaceholderText("十组，每组四个字符：数字 0 至 9 和字母 A 至 F")
        self.role = PickList([(role.value, words) for role, words in ROLE_WORDS.items()])
        self.period = PickList([(kind.value or "none", words) for kind, words in PERIOD_WORDS.items()])
        self.note = TextField()
        self._build_form(known)
        self.ready()
        self.typed.setFocus()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.typed.value(), self.role.value(), self.period.value(), self.note.value())

    def _build_form(self, known: KnownStationRow | None) -> None:
        again = "　已列入过，核对后按这里的内容更新" if known is not None else ""
        title, how = QLabel(f"{self._card.name}（{self._card.code}）{again}"), QLabel(_HOW)
        title.setProperty("role", "heading")
        how.setProperty("role", "soft")
        for words in (title, how):
            words.setWordWrap(True)
            self._column.addWidget(words)
        self.add_field("station.typed", "核对码(&H)", self.typed)
        self.add_line(("station.role", "关系(&G)", self.role), ("station.period", "报送(&B)", self.period))
        self.add_field("station.note", "备注(&Z)", self.note)
        self.role.set_value(known.role.value if known is not None else StationRole.BELOW.value)
        self.period.set_value((known.period_kind.value or "none") if known is not None else PeriodKind.MONTH.value)
        self.note.set_value(known.note if known is not None else "")
        self.save_button.setText(f"核对并列入（{keys_of('registers.save')}）")

    def _confirm(self) -> None:
        self.role.settle()
        self.period.settle()
        period, role = self.period.value(), StationRole(self.role.value() or StationRole.BELOW.value)
        is_expected = role is StationRole.BELOW and period not in ("", "none")
        self._desk.station_keys.confirm(
            self._card,
            role=role,
            typed_fingerprint=self.typed.value(),
            act_id=self._act_id,
            period_kind=PeriodKind(period) if is_expected else PeriodKind.NONE,
            note=self.note.value(),
        )
