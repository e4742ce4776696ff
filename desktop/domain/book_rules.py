"""What must fit together within one entry of a register.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.book import BookKind, BookSpec, BookValue

Values = Mapping[str, BookValue]

# A day that cannot be before another.
_AFTER: Final[Mapping[BookKind, tuple[tuple[str, str], ...]]] = {
    BookKind.INSURANCE: (("valid_to", "valid_from"),),
    BookKind.ACCIDENT_TOTAL: (("last_on", "first_on"),),
    BookKind.LIBRARY: (("withdrawn_on", "issued_on"),),
    BookKind.CLAIM: (("advanced_on", "reported_on"), ("paid_on", "reported_on")),
    BookKind.SUPERVISION: (("due_on", "happened_on"), ("done_on", "happened_on")),
}
# A number that cannot be more than another.
_WITHIN: Final[Mapping[BookKind, tuple[tuple[str, str], ...]]] = {
    BookKind.SURVEY: (("aware", "asked"), ("satisfied", "asked")),
}


def joint_faults(spec: BookSpec, values: Values) -> Iterator[FieldFault]:
    """Give what does not fit together, each at the field to put right."""
    for later, earlier in _AFTER.get(spec.kind, ()):
        if _day(values, later, date.max) < _day(values, earlier, date.min):
            yield _fault(later, f"{spec.spec_of(later).label}早于{spec.spec_of(earlier).label}，请核对")
    for part, whole in _WITHIN.get(spec.kind, ()):
        less, more = values.get(part), values.get(whole)
        if isinstance(less, int) and isinstance(more, int) and less > more:
            yield _fault(part, f"{spec.spec_of(part).label}多于{spec.spec_of(whole).label}，请核对")
    yield from _OWN.get(spec.kind, _none)(values)


def _accident(values: Values) -> Iterator[FieldFault]:
    if values.get("is_registered") is False and "filing" in values:
        yield _fault("is_registered", "填了登记编号，“已登记”应选“是”；没有登记的请删去编号")
    if values.get("state") == "closed" and not ({"result", "report_document"} & values.keys()):
        yield _fault("result", "已结案的请填处理结果，或者调查报告的名称、文号")


def _claim(values: Values) -> Iterator[FieldFault]:
    for state, needed, word in (("advanced", "advanced", "预付赔款"), ("paid", "paid", "赔付金额")):
        if values.get("state") == state:
            if needed not in values:
                yield _fault(needed, f"请填写{word}")
            if f"{needed}_on" not in values:
                yield _fault(f"{needed}_on", f"请填写{word}的日期")


def _library(values: Values) -> Iterator[FieldFault]:
    if values.get("state") == "withdrawn" and "withdrawn_on" not in values:
        yield _fault("withdrawn_on", "已废止的请填废止日期")


def _fund(values: Values) -> Iterator[FieldFault]:
    year = values.get("year")
    if isinstance(year, int) and not 2000 <= year <= 2100:
        yield _fault("year", "经费年度请写四位年份，如 2026")


def _media(values: Values) -> Iterator[FieldFault]:
    if values.get("kind") == "media" and "channel" not in values:
        yield _fault("channel", "媒体宣传请填媒体或者渠道的名称")


def _service(values: Values) -> Iterator[FieldFault]:
    if "filing" not in values and "firm" not in values:
        yield _fault("filing", "请填登记编号，或者受服务的企业")


def _none(_values: Values) -> Iterator[FieldFault]:
    return iter(())


_OWN: Final[Mapping[BookKind, Callable[[Values], Iterator[FieldFault]]]] = {
    BookKind.ACCIDENT: _accident,
    BookKind.CLAIM: _claim,
    BookKind.LIBRARY: _library,
    BookKind.FUND: _fund,
    BookKind.ACTIVITY: _media,
    BookKind.SERVICE: _service,
}


def _day(values: Values, key: str, missing: date) -> date:
    value = values.get(key)
    return value if isinstance(value, date) else missing


def _fault(field: str, message: str) -> FieldFault:
    return FieldFault(field=field, code="unfit", message=message)
