"""The chosen site in a few lines: what one must know before standing in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.domain.patrol import PatrolResult, PatrolSite
from desktop.views.actions import keys_of
from desktop.views.shared.chips import Chip, Tone
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3
from desktop.views.wording import kind_word, word

_NOTHING = (
    f"还没有选工地。没有工地的按 {keys_of('patrol.road')} 记道路、小区；"
    f"发现没有登记的工地按 {keys_of('patrol.found')}。"
)


class SiteCard(QFrame):
    """Says project, place, parties, and in chips what is due, overdue or in order."""

    def __init__(self, nothing: str = _NOTHING) -> None:
        super().__init__()
        self._nothing, self._is_low = local(nothing), False
        self.setProperty("role", "card")
        self.setObjectName("patrol.card")
        self.name, self.place, self.parties = QLabel(), QLabel(), QLabel()
        self.name.setProperty("role", "heading")
        self._chips = QWidget()
        self._row = QHBoxLayout(self._chips)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_1)
        for line in (self.name, self.place, self.parties):
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line.setMinimumWidth(1)  # a long name is cut, not the page widened
            column.addWidget(line)
        self.place.setProperty("role", "soft")
        column.addWidget(self._chips)
        self.show_nothing()

    @property
    def chips(self) -> tuple[str, ...]:
        """Give the words of the chips."""
        return tuple(chip.text for chip in self._chips.findChildren(Chip))

    def show_nothing(self) -> None:
        """Say what to do while no site is chosen."""
        self._write("", self._nothing, "")
        self._show_chips(())

    def show_site(self, site: PatrolSite, today: date, next_on: date | None = None) -> None:
        """Show a site as it stands on a day; ``next_on`` is the next visit that the plan wants."""
        parties = ((local("业主"), site.owner_name), ("施工", site.contractor_name))
        self._write(
            f"{site.project_name}　{site.number}",
            "　".join(_where(site)),
            "　".join(f"{what} {name}" for what, name in parties if name),
        )
        self._show_chips((*_marks(site), *_planned(next_on, today)))

    def be_low(self, is_low: bool) -> None:
        """Leave out the parties where there is no room for them; the tool tip has them."""
        self._is_low = is_low
        self.parties.setVisible(bool(self.parties.text()) and not is_low)
        self.setToolTip(self.parties.text() if is_low else "")

    def _write(self, name: str, place: str, parties: str) -> None:
        for label, text in ((self.name, name), (self.place, place), (self.parties, parties)):
            label.setText(text)
            label.setToolTip(text)
            label.setVisible(bool(text))
        self.be_low(self._is_low)
        self.setAccessibleName("，".join(part for part in (name, place, parties) if part))

    def _show_chips(self, marks: tuple[tuple[str, Tone], ...]) -> None:
        while self._row.count():
            taken = self._row.takeAt(0)
            if taken is not None and (gone := taken.widget()) is not None:
                gone.setParent(None)
                gone.deleteLater()
        for words, tone in marks:
            self._row.addWidget(Chip(words, tone))
        self._row.addStretch(1)
        self._chips.setVisible(bool(marks))
        self.setAccessibleDescription("，".join(words for words, _tone in marks))


def _where(site: PatrolSite) -> Iterator[str]:
    yield site.place
    if site.community and site.community not in site.place:
        yield site.community
    if site.grid:
        yield f"网格 {site.grid}"


def _planned(next_on: date | None, today: date) -> Iterator[tuple[str, Tone]]:
    if next_on is None:
        return
    if next_on < today:
        yield f"按计划应于 {next_on} 前巡查", Tone.RED
    else:
        yield f"按计划 {next_on} 前巡查", Tone.AMBER if next_on == today else Tone.GREY


def _marks(site: PatrolSite) -> Iterator[tuple[str, Tone]]:
    if not site.status:
        yield local("未登记"), Tone.RED
    if site.kind:
        yield kind_word(site.kind, "限额以上"), Tone.GREY
    if site.is_managed_as_high_risk:
        yield local("高风险"), Tone.AMBER
    if site.awaits_first_check:
        yield "待首次现场检查", Tone.AMBER
    if site.valid_until is not None:
        is_over = site.is_expired
        yield (
            local(f"登记{'已于' if is_over else '有效期至'} {site.valid_until}{' 到期' if is_over else ''}"),
            (Tone.RED if is_over else Tone.GREY),
        )
    if site.open_hazards:
        yield f"未销项隐患 {site.open_hazards} 条", Tone.RED
    if site.last_visited_on is None:
        yield "还没有巡查过", Tone.AMBER
    else:
        said = word(site.last_result) if site.last_result is not None else ""
        tone = Tone.AMBER if site.last_result is PatrolResult.FINDINGS else Tone.GREY
        yield f"上次 {site.last_visited_on} {said}".strip(), tone
