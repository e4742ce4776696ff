"""The words for members of breakdowns, and which members are there though nothing was counted in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.bodies import TransferKind
from desktop.domain.book import BookKind
from desktop.domain.books import BOOKS
from desktop.domain.check_lists import CheckGroup
from desktop.domain.hazard import LEVEL_WORDS
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.measure import WORKS_TYPE_JOINT, Breakdown, Member
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel
from desktop.domain.period import Period, months_in
from desktop.domain.public_report import SOURCE_WORDS
from desktop.domain.transfer import KIND_WORDS
from desktop.domain.walk_in import ONLINE
from desktop.models.filing import Filing
from desktop.queries.statistics.filing_source import AT_THE_WINDOW, HIGH, IMPORTED, ORDINARY
from desktop.services.wording import ACT_WORDS

UNFILLED: Final = "未填"
_RISKS: Final = LocalCatalogue({HIGH: "高风险", ORDINARY: "非高风险"}, local)
_CHANNELS: Final = {AT_THE_WINDOW: "现场申报", ONLINE: "网上申报"}
# By fact of the pack's closed lists.
_CHOICES: Final = {Breakdown.KIND: "kind", Breakdown.FUNDING: "funding"}
_MOST_NAMED: Final = 500
# What fits into no list and is not worth a word for nothing filled in: a figure of the whole office.
_UNFILLED: Final = {Breakdown.RISK: "待判定", Breakdown.COMMUNITY: "未填社区", Breakdown.OUTCOME: "未填"}


def _choices(kind: BookKind, key: str) -> dict[str, str]:
    return dict(BOOKS[kind].spec_of(key).choices)


def _of_accident(key: str) -> dict[str, str]:
    return _choices(BookKind.ACCIDENT, key)


def _joint() -> dict[str, str]:
    """Give the order of both together; the words are put together of both."""
    return {f"{works}{WORKS_TYPE_JOINT}{kind}": "" for works in _of_accident("works") for kind in _of_accident("type")}


# Asked for when they are shown: what the place calls a thing is known only then.
_WORDS: Final[Mapping[Breakdown, Callable[[], Mapping[str, str]]]] = {
    Breakdown.RISK: lambda: _RISKS,
    Breakdown.CHANNEL: lambda: _CHANNELS,
    Breakdown.OUTCOME: lambda: {**{act.value: words for act, words in ACT_WORDS.items()}, IMPORTED: "旧台账导入"},
    Breakdown.PATROL_KIND: lambda: {kind.value: kind.label for kind in PatrolKind},
    Breakdown.PATROL_LEVEL: lambda: {level.value: level.label for level in PatrolLevel},
    Breakdown.HAZARD_GROUP: lambda: {group.value: group.label for group in CheckGroup},
    Breakdown.HAZARD_LEVEL: lambda: {level.value: words for level, words in LEVEL_WORDS.items()},
    Breakdown.TRANSFER_KIND: lambda: {kind.value: KIND_WORDS[kind] for kind in TransferKind},
    Breakdown.REPORT_SOURCE: lambda: {source.value: words for source, words in SOURCE_WORDS.items()},
    Breakdown.ACTIVITY_KIND: lambda: _choices(BookKind.ACTIVITY, "kind"),
    Breakdown.ACCIDENT_TYPE: lambda: _of_accident("type"),
    Breakdown.WORKS_KIND: lambda: _of_accident("works"),
    Breakdown.WORKS_AND_TYPE: _joint,
}
# Breakdowns that stand in the order of their list, whatever the figures.
_BY_LIST: Final = frozenset({Breakdown.KIND, Breakdown.RISK, Breakdown.HAZARD_LEVEL, Breakdown.PATROL_LEVEL})
_NAMED_BY_PACK: Final[Mapping[Breakdown, Callable[[PolicyPack, str], str]]] = {
    Breakdown.CATEGORY: lambda pack, code: found.label if (found := pack.category(code)) else code,
    Breakdown.MATERIAL: lambda pack, code: next((rule.label for rule in pack.materials if rule.code == code), code),
    Breakdown.FINDING: lambda pack, code: pack.finding_label(code),
    Breakdown.HAZARD_ENTRY: lambda pack, code: found.label if (found := pack.hazard_entry(code)) else code,
    Breakdown.BODY: lambda pack, code: next((body.name for body in pack.bodies if body.code == code), code),
}


class MemberWords:
    """Orders the members of breakdowns and names them, by the pack of today and the office at work."""

    def __init__(
        self, session: Session, *, pack: PolicyPack, communities: Sequence[str], stations: Mapping[str, str]
    ) -> None:
        """``stations`` are the names of the points by the codes their numbers begin with, as far as they are known."""
        self._session, self._pack, self._communities, self._stations = session, pack, communities, stations

    def ordered(self, by: Breakdown, codes: Iterable[str], period: Period) -> tuple[str, ...]:
        """Give the codes found, and those that stand in a table without a row; a list's order where there is one."""
        found = dict.fromkeys(codes)
        if by is Breakdown.MONTH:
            return tuple(month.code for month in months_in(period))
        if by is Breakdown.YEAR:
            return tuple(str(year) for year in range(period.first_on.year, period.last_on.year + 1))
        if by is Breakdown.COMMUNITY:
            found = dict.fromkeys((*self._communities, *found))
        listed = self._listed(by)
        places = {code: place for place, code in enumerate(listed)}
        shown = dict.fromkeys((*listed, *found)) if by in _BY_LIST else found
        return tuple(sorted(shown, key=lambda code: _place(code, places)))

    def names(self, by: Breakdown, codes: Collection[str]) -> Mapping[str, str]:
        """Give the words for some codes; what nobody filled in has a word too."""
        named = self._contractors(codes) if by is Breakdown.CONTRACTOR else {}
        return {code: named.get(code) or self._name(by, code) for code in codes}

    def member(self, by: Breakdown, code: str) -> Member:
        """Give one member with its word."""
        return Member(code, self.names(by, (code,))[code])

    def _name(self, by: Breakdown, code: str) -> str:
        if not code:
            return _UNFILLED.get(by, UNFILLED)
        if by is Breakdown.MONTH:
            return f"{code[:4]}年{int(code[5:])}月"
        if by is Breakdown.YEAR:
            return f"{code}年"
        if by is Breakdown.STATION:
            return self._stations.get(code, code)
        if by is Breakdown.WORKS_AND_TYPE:
            return _works_and_type(code)
        if by in _CHOICES:
            return self._pack.label_of(_CHOICES[by], code)
        if by in _NAMED_BY_PACK:
            return _NAMED_BY_PACK[by](self._pack, code)
        return _WORDS[by]().get(code, code) if by in _WORDS else code

    def _listed(self, by: Breakdown) -> tuple[str, ...]:
        if by in _CHOICES:
            return tuple(choice.code for choice in self._pack.choices.get(_CHOICES[by], ()))
        return tuple(_WORDS[by]()) if by in _WORDS else ()

    def _contractors(self, codes: Collection[str]) -> dict[str, str]:
        """Give the name under which each contractor filed last."""
        keys = [code for code in codes if code][:_MOST_NAMED]
        newest = select(func.max(Filing.id)).where(Filing.contractor_key.in_(keys)).group_by(Filing.contractor_key)
        asked = select(Filing.contractor_key, Filing.contractor_name).where(Filing.id.in_(newest))
        return {row.contractor_key: row.contractor_name for row in self._session.execute(asked)}


def _works_and_type(code: str) -> str:
    works, _joint, kind = code.partition(WORKS_TYPE_JOINT)
    works_word, kind_word = _of_accident("works").get(works, works), _of_accident("type").get(kind, kind)
    return f"{works_word or UNFILLED}　{kind_word or UNFILLED}"


def _place(code: str, places: Mapping[str, int]) -> tuple[bool, int, str]:
    return not code, places.get(code, len(places)), code
