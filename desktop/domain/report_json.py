"""Reports and their definitions as plain data, as they are stored and hashed; what was written is read back equal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from desktop.domain.measure import Breakdown, Figure, Good, Measure, MeasureGroup, Member, Number, RowKind
from desktop.domain.period import Period, PeriodKind, parse_period
from desktop.domain.report import (
    ChartKind,
    PackStanding,
    Report,
    ReportDefinition,
    ReportKind,
    ReportTable,
    TableRow,
    TableSpec,
)

Plain = dict[str, Any]


def definition_to_plain(definition: ReportDefinition) -> Plain:
    """Write a definition without the id under which it is saved."""
    return {
        "kind": definition.kind.value,
        "name": definition.name,
        "period_kind": definition.period_kind.value,
        "tables": [_spec(spec) for spec in definition.tables],
        "within": [[by.value, code] for by, code in definition.within],
    }


def definition_from_plain(plain: Mapping[str, Any], *, definition_id: int | None = None) -> ReportDefinition:
    """Read a definition; raises ``KeyError`` or ``ValueError`` for what no program wrote."""
    return ReportDefinition(
        kind=ReportKind(plain["kind"]),
        name=plain["name"],
        period_kind=PeriodKind(plain["period_kind"]),
        tables=tuple(_read_spec(each) for each in plain["tables"]),
        within=tuple((Breakdown(by), code) for by, code in plain["within"]),
        definition_id=definition_id,
    )


def report_to_plain(report: Report) -> Plain:
    """Write a report whole, its texts and fingerprint too; numbers that are no whole ones stand as text."""
    return {
        **_hashed(report),
        "texts": dict(report.texts),
        "fingerprint": report.fingerprint,
    }


def report_from_plain(plain: Mapping[str, Any]) -> Report:
    """Read a report as it was written; raises ``KeyError`` or ``ValueError`` for what no program wrote."""
    return Report(
        definition=definition_from_plain(plain["definition"]),
        period=_read_period(plain["period"]),
        as_of=datetime.fromisoformat(plain["as_of"]),
        scope=plain["scope"],
        office=plain["office"],
        packs=tuple(PackStanding(**each) for each in plain["packs"]),
        measures={each["key"]: _read_measure(each) for each in plain["measures"]},
        tables=tuple(_read_table(each) for each in plain["tables"]),
        notes=tuple(plain["notes"]),
        texts=dict(plain["texts"]),
        fingerprint=plain["fingerprint"],
    )


def fingerprint_of_report(report: Report) -> str:
    """Give the SHA-256 over everything a report says but what the manager wrote, in hexadecimal."""
    canonical = json.dumps(_hashed(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(report: Report) -> Report:
    """Give a report with its fingerprint."""
    return replace(report, fingerprint=fingerprint_of_report(report))


def _hashed(report: Report) -> Plain:
    return {
        "definition": definition_to_plain(report.definition),
        "period": _period(report.period),
        "as_of": report.as_of.isoformat(),
        "scope": report.scope,
        "office": report.office,
        "packs": [asdict(pack) for pack in report.packs],
        "measures": [_measure(report.measures[key]) for key in sorted(report.measures)],
        "tables": [_table(table) for table in report.tables],
        "notes": list(report.notes),
    }


def _period(period: Period) -> Plain:
    # A week or month names its kind; a span of one day would read back as a day.
    return {"kind": period.kind.value, "first_on": period.first_on.isoformat(), "last_on": period.last_on.isoformat()}


def _read_period(plain: Mapping[str, str]) -> Period:
    span = parse_period(f"{plain['first_on']}..{plain['last_on']}")
    if span is None:
        raise ValueError("not a period")
    return replace(span, kind=PeriodKind(plain["kind"]))


def _spec(spec: TableSpec) -> Plain:
    return {
        "key": spec.key,
        "title": spec.title,
        "measures": list(spec.measures),
        "by": spec.by.value if spec.by else None,
        "across": spec.across.value if spec.across else None,
        "chart": spec.chart.value,
        "most": spec.most,
    }


def _read_spec(plain: Mapping[str, Any]) -> TableSpec:
    return TableSpec(
        key=plain["key"],
        title=plain["title"],
        measures=tuple(plain["measures"]),
        by=Breakdown(plain["by"]) if plain["by"] else None,
        across=Breakdown(plain["across"]) if plain["across"] else None,
        chart=ChartKind(plain["chart"]),
        most=plain["most"],
    )


def _measure(measure: Measure) -> Plain:
    return {**asdict(measure), "target": None if measure.target is None else str(measure.target)}


def _read_measure(plain: Mapping[str, Any]) -> Measure:
    target = plain["target"]
    return Measure(
        **{
            **plain,
            "group": MeasureGroup(plain["group"]),
            "rows": RowKind(plain["rows"]),
            "good": Good(plain["good"]),
            "target": None if target is None else Decimal(target),
        }
    )


def _table(table: ReportTable) -> Plain:
    return {
        "spec": _spec(table.spec),
        "columns": [[column.code, column.label] for column in table.columns],
        "rows": [
            {
                "member": [row.member.code, row.member.label],
                "figures": [_figure(figure) for figure in row.figures],
                "is_rest": row.is_rest,
            }
            for row in table.rows
        ],
        "total": [_figure(figure) for figure in table.total],
    }


def _read_table(plain: Mapping[str, Any]) -> ReportTable:
    return ReportTable(
        spec=_read_spec(plain["spec"]),
        columns=tuple(Member(*each) for each in plain["columns"]),
        rows=tuple(
            TableRow(member=Member(*row["member"]), figures=_read_figures(row["figures"]), is_rest=row["is_rest"])
            for row in plain["rows"]
        ),
        total=_read_figures(plain["total"]),
    )


def _figure(figure: Figure) -> list[int | str | None]:
    parts = (figure.value, figure.numerator, figure.denominator)
    return [_number(part) for part in parts] if parts[1:] != (None, None) else [_number(figure.value)]


def _number(number: Number | None) -> int | str | None:
    return str(number) if isinstance(number, Decimal) else number


def _read_figures(plain: Iterable[list[int | str | None]]) -> tuple[Figure, ...]:
    return tuple(Figure(*(Decimal(part) if isinstance(part, str) else part for part in parts)) for parts in plain)
