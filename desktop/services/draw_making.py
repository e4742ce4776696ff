"""Making one draw: the frame taken under a number, the paper of it, and the rows that are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.sampling import (
    Draw,
    DrawnRow,
    DrawRequest,
    DrawRow,
    Population,
    RiskChoice,
    Standing,
    drawn_from,
    ordered_frame,
)
from desktop.domain.typed_text import clean_text
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.queries.inspections import drawn_row, filings_numbered
from desktop.services.numbered_act import Written
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import DRAW

_KINDS: Final = LocalCatalogue({SMALL_WORK: "小型工程", MINOR_OPERATION: "零星作业"}, local)
_RISKS: Final = LocalCatalogue({RiskChoice.HIGH: "高风险（含参照、提级）", RiskChoice.OTHER: "非高风险"}, local)
_STANDINGS: Final = LocalCatalogue({Standing.UNDER_WAY: "在建", Standing.ALL: "期内登记的全部（不含撤销）"}, local)


class DrawMaking:
    """One draw while it is made: the frame taken under a number is the one that is written."""

    def __init__(self, station: Station, request: DrawRequest, seed: str) -> None:
        self._station, self._request, self._seed = station, request, seed
        self._number = ""
        self._frame: dict[str, int] = {}
        self._drawn: tuple[str, ...] = ()

    def take(self, number: str, frame: dict[str, int]) -> None:
        """Draw from what can be drawn now; raises ``ClerkError("draw_empty")``."""
        if not frame:
            raise ClerkError("draw_empty")
        self._number, self._frame = number, frame
        self._drawn = drawn_from(tuple(frame), seed=self._seed, share=self._request.share)

    def as_shown(self, session: Session) -> Draw:
        """Give the draw as its paper shows it."""
        population, found = self._request.population, filings_numbered(session, self._drawn)
        row = DrawRow(
            id=0,
            number=self._number,
            drawn_on=self._station.today(),
            drawn_by=name_at_work(self._station),
            first_on=population.first_on,
            last_on=population.last_on,
            population=population_words(population),
            share=self._request.share,
            frame_size=len(self._frame),
            size=len(self._drawn),
            inspected=0,
            with_problems=0,
            not_done=0,
        )
        drawn = tuple(_fresh(place, found[number]) for place, number in enumerate(self._drawn, 1))
        return Draw(row=row, seed=self._seed, drawn_at=self._station.now(), drawn=drawn)

    def write(self, session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[int, Written]:
        """Write the draw and the drawn filings."""
        population = self._request.population
        for document in documents:
            document.filing_id = document.community = None  # it belongs to no filing, and never changes once written
        session.add_all(documents)
        session.flush()
        row = RandomDraw(
            act_id=self._request.act_id,
            number=number,
            first_on=population.first_on,
            last_on=population.last_on,
            population=population_words(population),
            **told_of_draw(self._request, seed=self._seed),
            frame=list(ordered_frame(self._frame)),
            document_id=documents[0].id,
            drawn_on=self._station.today(),
            drawn_at=self._station.now(),
            drawn_by=name_at_work(self._station),
            drawn_by_id=self._station.actor.account_id,
        )
        session.add(row)
        session.flush()
        session.add_all(
            DrawnFiling(draw_id=row.id, filing_id=self._frame[one], ordinal=place, result="", note="")
            for place, one in enumerate(self._drawn, 1)
        )
        session.flush()
        summary = f"随机抽查 {number}：从 {len(self._frame)} 件中抽出 {len(self._drawn)} 件"
        return row.id, Written(act="draw", summary=summary, touched=[(DRAW, row.id)])


def told_of_draw(request: DrawRequest, *, seed: str = "") -> dict[str, Any]:
    """Give what a draw was asked for as it is kept; a seed that is neither typed nor given is left out."""
    typed = seed or clean_text(request.seed)
    kept = {"criteria": _plain(request.population), "share": str(request.share)}
    return {**kept, "seed": typed} if typed else kept


def population_words(population: Population) -> str:
    """Say in words who can be drawn."""
    parts = [
        _STANDINGS[population.standing],
        _KINDS.get(population.kind, population.kind) or local("小型工程和零星作业"),
    ]
    if population.risk is not None:
        parts.append(_RISKS[population.risk])
    return "，".join([*parts, population.community or "各社区"])


def _plain(population: Population) -> dict[str, Any]:
    held = asdict(population)
    days = {"first_on": population.first_on.isoformat(), "last_on": population.last_on.isoformat()}
    return {**held, **days, "risk": population.risk.value if population.risk else "", "standing": population.standing}


def _fresh(place: int, filing: Filing) -> DrawnRow:
    return drawn_row(DrawnFiling(filing_id=filing.id, ordinal=place, result="", note=""), filing)
