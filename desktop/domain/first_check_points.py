"""The points of a first check: one short name each, for the form and for the sheet of patrols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from desktop.domain.patrol_details import FirstCheckDetails, SchemeCheck
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.patrol_sheet import SheetColumn, SheetRow
from desktop.domain.search_keys import normalise

# Of the scheme, on the site, and of certificates; codes are the fields that keep the answers.
SCHEME_POINTS: Final = (
    ("plan", "施工计划"),
    ("technique", "工艺技术"),
    ("safety_measures", "安全措施"),
    ("persons", "人员保障"),
    ("emergency", "应急处置"),
    ("is_sealed", "盖章"),
    ("is_kept_to", "按方案施工"),
)
SITE_POINTS: Final = (
    ("is_briefed_in_writing", "书面交底"),
    ("is_briefing_signed", "双方签字"),
    ("is_shift_briefed", "班前交底"),
    ("gear_checked", "防护用品"),
    ("emergency_known", "险情处置"),
    ("area_marked", "作业区域"),
    ("fire_separation", "防火分隔"),
    ("hot_work_by_rule", "动火作业"),
)
CERTIFICATE_POINTS: Final = (
    ("qualification_fits", "施工资质"),
    ("licence_in_force", "安全许可证"),
    ("operators_certified", "特种作业证"),
)
POINT_WORDS: Final = tuple(label for _code, label in (*SCHEME_POINTS, *SITE_POINTS, *CERTIFICATE_POINTS))
_OF_SCHEME: Final = frozenset(code for code, _label in SCHEME_POINTS)
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {normalise(label): code for code, label in (*SCHEME_POINTS, *SITE_POINTS, *CERTIFICATE_POINTS)}
)
_WHOLE_SCHEME: Final = normalise("施工方案")
Trouble = tuple[SheetColumn, str]


def first_check_in(row: SheetRow) -> tuple[FirstCheckDetails | None, tuple[Trouble, ...]]:
    """Give the first check that a line of the sheet holds, None without one, and what of it cannot be taken.

    “施工方案” among the points stands for its five contents.
    """
    said = ((SheetColumn.CHECKED, row.checked, True), (SheetColumn.WANTING, row.wanting, False))
    if not any((row.checked, row.wanting, row.signed_by, row.approved_by)):
        return None, ()
    if row.kind is not PatrolKind.FIRST_CHECK:
        column = next((column for column, words, _is_there in said if words), SheetColumn.SIGNED_BY)
        return None, ((column, f"“{row.kind.label}”没有这一栏，请删去，或者把巡查类型改为“首次现场检查”"),)
    answers: dict[str, bool] = {}
    troubles: list[Trouble] = []
    for column, words, is_there in said:
        for word in words:
            codes = _codes(word)
            if not codes:
                troubles.append((column, f"首次检查没有“{word}”，应为 {'、'.join(POINT_WORDS)} 之一"))
            elif any(answers.get(code, is_there) is not is_there for code in codes):
                troubles.append((column, f"“{word}”在已查和缺项中都写了，请删去一处"))
            answers.update({code: is_there for code in codes if code not in answers})
    return _details(answers, row), tuple(troubles)


def points_of(details: FirstCheckDetails, *, is_there: bool) -> tuple[str, ...]:
    """Name the points that were found in order, or those that were wanting."""
    held: Sequence[tuple[object, str, str]] = (
        *((details.scheme, code, label) for code, label in SCHEME_POINTS),
        *((details, code, label) for code, label in (*SITE_POINTS, *CERTIFICATE_POINTS)),
    )
    return tuple(label for record, code, label in held if getattr(record, code) is is_there)


def _codes(word: str) -> tuple[str, ...]:
    if normalise(word) == _WHOLE_SCHEME:
        return ("plan", "technique", "safety_measures", "persons", "emergency")
    code = _CODES.get(normalise(word))
    return () if code is None else (code,)


def _details(answers: Mapping[str, bool], row: SheetRow) -> FirstCheckDetails:
    of_scheme: dict[str, Any] = {code: said for code, said in answers.items() if code in _OF_SCHEME}
    others: dict[str, Any] = {code: said for code, said in answers.items() if code not in _OF_SCHEME}
    scheme = replace(SchemeCheck(signed_by=row.signed_by, approved_by=row.approved_by), **of_scheme)
    return replace(FirstCheckDetails(scheme=scheme), **others)
