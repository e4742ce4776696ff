"""Figures of the ledger beside the items of an evaluation: of the street, of a community or of a point by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.evaluation import EvaluationRound
from desktop.domain.measure import Breakdown, Figure, Measure, Number
from desktop.domain.measures import MEASURES
from desktop.domain.period import Period
from desktop.models.station_key import KnownStation
from desktop.queries.statistics.tally import ALL_COUNTS, tally
from desktop.services.station import Station

_OWN: Final = ""
_ENDINGS: Final = ("办事处", "人民政府")  # 坪安街道办事处 takes part as 坪安街道


def measures_of(asked: EvaluationRound) -> dict[str, Measure]:
    """Give the measures that the items of a round name, as far as they are known."""
    keys = dict.fromkeys(key for item in asked.items for key in item.measures)
    return {key: MEASURES[key] for key in keys if key in MEASURES}


def own_names(station: Station) -> frozenset[str]:
    """Give the names by which a round can mean this office."""
    office = station.office
    named = (office.street_name, office.station_name) if office else ()
    return frozenset(short for name in named for short in (name, *map(name.removesuffix, _ENDINGS)) if short)


def figures_of(session: Session, station: Station, asked: EvaluationRound) -> dict[tuple[str, str], Figure]:
    """Give the figures of the period by organisation and measure; whom the ledger does not know has none."""
    measures = measures_of(asked)
    places = _places(session, station, asked.organisations)
    wanted = _counted(measures.values())
    found: dict[tuple[str, str], Figure] = {}
    for by in {by for by, _code in places.values()}:
        cells = _cells(session, wanted, asked.period, by)
        for organisation, (own_by, code) in places.items():
            if own_by is by:
                figures = _figures(measures, cells, code)
                found.update({(organisation, key): figure for key, figure in figures})
    return found


def _places(
    session: Session, station: Station, organisations: Sequence[str]
) -> dict[str, tuple[Breakdown | None, str]]:
    """Say where the rows of each organisation lie: everywhere, in a community, or under the code of a point."""
    own, office = own_names(station), station.office
    points = {row[0]: row[1] for row in session.execute(select(KnownStation.name, KnownStation.code))}
    communities = frozenset(office.communities) if office else frozenset()
    places: dict[str, tuple[Breakdown | None, str]] = {}
    for name in organisations:
        if name in own:
            places[name] = (None, _OWN)
        elif name in communities:
            places[name] = (Breakdown.COMMUNITY, name)
        elif name in points:
            places[name] = (Breakdown.STATION, points[name])
    return places


def _counted(measures: Collection[Measure]) -> tuple[str, ...]:
    """Give what has to be counted: the measures, and what ratios are made of."""
    keys = (key for measure in measures for key in (_parts(measure) or (measure.key,)))
    return tuple(dict.fromkeys(key for key in keys if key in ALL_COUNTS))


def _parts(measure: Measure) -> tuple[str, ...]:
    return (measure.numerator, measure.denominator) if measure.is_ratio else ()


def _cells(
    session: Session, wanted: Sequence[str], period: Period, by: Breakdown | None
) -> Mapping[str, Mapping[str, Number]]:
    """Count what can be parted so; a measure that cannot has no figure."""
    fit = [key for key in wanted if by is None or ALL_COUNTS[key].can_be_parted(by)]
    cells = tally(session, fit, period, by=by) if fit else {}
    none = dict.fromkeys(fit, 0)
    found = {code: {**none, **values} for (code, _across), values in cells.items()}
    # A member without rows counts nothing, which is not the same as not known.
    return {**found, "?": none} if by is not None else found


def _figures(
    measures: Mapping[str, Measure], cells: Mapping[str, Mapping[str, Number]], code: str
) -> Iterator[tuple[str, Figure]]:
    values = cells.get(code, cells.get("?", {}))
    for key, measure in measures.items():
        if not measure.is_ratio:
            if key in values:
                yield key, Figure(values[key])
        elif measure.numerator in values and measure.denominator in values:
            yield key, _ratio(measure, values[measure.numerator], values[measure.denominator])


def _ratio(measure: Measure, part: Number, whole: Number) -> Figure:
    value = Decimal(part) * measure.scale / Decimal(whole) if whole else None
    return Figure(value, part, whole)
