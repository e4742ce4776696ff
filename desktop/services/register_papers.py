"""What is printed from the registers of organisations and persons."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.papers.entrusting import (
    ENTRUSTMENT_TITLE,
    LETTER_TITLE,
    entrustment_paper,
    responsibility_letter,
)
from desktop.documents.papers.leaflet import TITLE as LEAFLET_TITLE
from desktop.documents.papers.leaflet import leaflet
from desktop.documents.papers.person_lists import person_list
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.person_lists import SHAPES, Annex
from desktop.models.database import Database
from desktop.services.audit import record_event
from desktop.services.entrustments import EntrustmentService
from desktop.services.person_lists import PersonListService
from desktop.services.press import Press
from desktop.services.register_rows import may_read, organisation_of, organisations_in
from desktop.services.station import Station

BLANK_ENTRUSTMENT: Final = "entrustment"
BLANK_LETTER: Final = "letter"
LEAFLET: Final = "leaflet"


class RegisterPaperService:
    """Composes the lists, the letters and the leaflet; none of them belongs to a filing."""

    def __init__(
        self,
        database: Database,
        station: Station,
        *,
        press: Press,
        lists: PersonListService,
        entrustments: EntrustmentService,
    ) -> None:
        self._database = database
        self._station = station
        self._press = press
        self._lists = lists
        self._entrustments = entrustments

    def available(self) -> tuple[tuple[str, str], ...]:
        """List code and title of what can be printed by the one at work; the lists only for who keeps the registers."""
        may_read(self._station)
        lists: list[tuple[str, str]] = []
        if self._station.actor.may(Right.KEEP_REGISTERS):
            lists = [(f"list:{annex.value}", f"附件{annex.value} {shape.title}") for annex, shape in SHAPES.items()]
        entrusted = [
            (f"entrustment:{row.id}", f"{ENTRUSTMENT_TITLE}：{row.organisation}") for row in self._entrustments.all()
        ]
        letters = [(f"letter:{row.id}", f"{LETTER_TITLE}：{row.organisation}") for row in self._entrustments.letters()]
        blanks = [(BLANK_ENTRUSTMENT, f"{ENTRUSTMENT_TITLE}（空白）"), (BLANK_LETTER, f"{LETTER_TITLE}（空白）")]
        return ((LEAFLET, LEAFLET_TITLE), *lists, *blanks, *entrusted, *letters)

    def pdf(self, code: str) -> bytes:
        """Give one of them as PDF; raises ``ClerkError``: not_permitted, no_such_form, office_not_set_up."""
        may_read(self._station)
        kind, _, key = code.partition(":")
        if kind == "list":
            self._station.actor.require(Right.KEEP_REGISTERS)
        return self._press.plain(self._paper(kind, key))

    def note_given_out(self, code: str) -> None:
        """Note that a list with whole telephones was printed or saved."""
        kind, _, key = code.partition(":")
        if kind != "list":
            return
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            summary = f"打印《{SHAPES[Annex(int(key))].title}》，含完整电话"
            record_event(session, self._station, act="person_lists_out", summary=summary)

    def _paper(self, kind: str, key: str) -> Paper:
        office, on = self._station.known_office(), self._station.today()
        if kind == "list" and key in {str(annex.value) for annex in Annex}:
            return person_list(Annex(int(key)), self._lists.lists(), office=office, on=on)
        if kind == LEAFLET:
            with self._database.reading() as session:
                points = [organisation_of(one) for one in organisations_in(session) if one.is_point]
            return leaflet(points, office=office, pack=self._station.pack(), on=on)
        if kind == BLANK_ENTRUSTMENT:
            entrusted = next((row for row in self._entrustments.all() if str(row.id) == key), None)
            if bool(key) == (entrusted is not None):
                return entrustment_paper(entrusted, office=office, pack=self._station.pack(), on=on)
        if kind == BLANK_LETTER:
            letter = next((row for row in self._entrustments.letters() if str(row.id) == key), None)
            if bool(key) == (letter is not None):
                return responsibility_letter(letter, office=office, on=on)
        raise ClerkError("no_such_form", form=f"{kind}:{key}")
