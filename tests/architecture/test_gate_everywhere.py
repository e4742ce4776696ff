"""No query or service goes round the gate: what would is listed here with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop
from desktop.models import gate, schema
from desktop.models.base import Base

ROOT = Path(desktop.__file__).parent
GATED = ("queries", "services")
# module.function: what the program itself must see whoever is signed in.
WHOLE = {
    "services.anchor._note_head": "the end of the chain is noted outside the ledger",
    "services.anchor.check": "the count of events is held against the anchor outside the ledger",
    "services.attachment_care.check": "every stored scan is held against its content hash",
    "services.attachment_care.look_after": "scans that no row names are swept away",
    "services.backups._has_changed": "whether anything was written since the last backup",
    "services.backups.due": "whether anything was written since the last backup",
    "services.backups.restore": "keeps the ledger from being exchanged meanwhile",
    "services.backups.settings": "the program itself goes by them",
    "services.calendar._change": "due dates of every filing follow the calendar",
    "services.closing.close_day": "the sheet of the window's day counts all that was done, and names no filing",
    "services.closing.pdf": "the sheet of the window's day",
    "services.closing.reprint": "the sheet of the window's day",
    "services.office.add_samples": "whether the ledger holds any filing at all",
    "services.closing.sheets": "the sheets of the window's days",
    "services.drafts.save": "whose draft an id is",
    "services.deciding._attempt": "known parties, acts and drafts of others are met while a decision is written",
    "services.draws._stored": "a draw of which a filing is seen; its frame of numbers is never given out",
    "services.draws._stored_list": "the list belongs to no filing; asked for only by who sees every filing on it",
    "services.ledger_check._record": "the chain is one over all filings",
    "services.ledger_check.verify": "the chain is one over all filings",
    "services.dry_run._filings": "rules bind everybody: counts and numbers without names, for who keeps settings",
    "services.pack_versions.judged_by_others": "rules bind everybody: one count, which names nothing",
    "services.packing._write": "a package holds the whole station, for who exports everywhere",
    "services.packing.standing": "counts of the whole station and its trail, for who exports everywhere",
    "services.platform_returns._without_unseen": "what is in the ledger unseen is not made twice; only a count is told",
    **{
        f"services.receiving.{function}": "a package may tell of any site; asked only by who decides for all of them"
        for function in ("_settle", "conflict", "conflicts", "decide", "examine", "take")
    },
    "services.retention._forget": "what has been kept long enough goes, in whosever scope",
    "services.retention.due": "what has been kept long enough, in whosever scope",
    "services.retention.purge": "what has been kept long enough, in whosever scope",
    "services.screen_lock.__init__": "the setting is read before anybody is signed in",
    "services.sheet_imports.examine": "numbers and lines of others are met; no more than that is told",
    "services.sheet_imports.take": "numbers and lines of others are met; no more than that is told",
    "services.sheet_imports.write_faults": "as in the dry run, whose faults it writes down",
    "services.statistics_reading._trail_end": "whether anything was written since a report was counted",
    "services.splitting_radar._verdicts": "decisions on works that are seen; words on others are left out",
    "services.statistics_issuing._paper": "the paper of a printed report that the gate let be read",
    "services.staging._remove": "scans that no row names any more",
    "services.staging.drop_abandoned": "scans of drafts that nobody owns any more",
    **{
        f"services.trail.{function}": "an auditor reads every event"
        for function in ("_lines", "event", "export", "ids", "page", "people_and_acts")
    },
}
# Modules that name plain tables: what they give is hashed or linked, never shown.
PLAIN_TABLES = {
    "queries.exceptions": "stands in a condition on filings, which the gate closes",
    "queries.first_checks": "stands in conditions on filings, which the gate closes, and on one filing seen",
    "queries.outstanding_papers": "stands in a condition on filings, which the gate closes",
    "queries.statistics.patrol_counts": "the day of a draw in a condition on filings, which the gate closes",
    "queries.worklist": "departments in a condition on filings, which the gate closes",
    "queries.worklist_filings": "stands in conditions on filings, which the gate closes",
    "queries.worklist_on_site": "stands in conditions on filings, which the gate closes",
    "queries.worklist_patrols": "stands in conditions on filings and found sites, which the gate closes",
    "services.chain": "the columns of an event, to hash them",
    "services.chain_walk": "the chain as the file holds it",
    "services.ledger_check": "the revision of the schema",
    "services.record_writing": "rows as the file holds them, to write what another station sent",
    "services.row_check": "rows as the file holds them, to hash them",
    "services.stored_form": "rows as the file holds them, to hash them",
    "services.touched": "rows of a subject, to hash them",
}
# Columns that point at a filing without being one of its rows.
OUTSIDE = {
    "audit_event": "closed by a condition of its own: an auditor reads all",
    "random_draw": "closed by a condition of its own: who does not see all sees the own ones",
    "draft": "closed by a condition of its own: drafts are their owner's",
    "book_entry": "closed by a condition of its own: entries are of a community, or of the whole street",
    "sampled_project": "closed by a condition of its own: an evaluation is seen by who sees all, or by who opened it",
    "issued_report": "closed by a condition of its own: a report is seen by who sees all, or by who made it",
}
# Rows that hang on a hanging row and say nothing of the filing.
SILENT = {"finished_act": "an act id; whose visit is not seen gives act_id_used"}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for part in GATED:
        for file in sorted((ROOT / part).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield name, ast.parse(file.read_text(encoding="utf-8"))


def _with_function(tree: ast.AST, around: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) and not around else around
        yield inside, node
        yield from _with_function(node, inside)


def _opens_whole(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.keyword)
        and node.arg == "is_whole"
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    )


@pytest.mark.requirement("YC-A4a", "LG-P1")
def test_the_gate_is_opened_only_where_the_program_itself_must_see() -> None:
    found = {
        f"{module}.{function}"
        for module, tree in _trees()
        for function, node in _with_function(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("reading", "writing")
        and any(_opens_whole(keyword) for keyword in node.keywords)
    }
    assert found <= set(WHOLE), f"opens the gate unlisted: {sorted(found - set(WHOLE))}"


def test_no_query_is_written_as_text_and_none_takes_the_connection_below_the_gate() -> None:
    offenders = []
    for module, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                offenders += [f"{module}: {alias.name}" for alias in node.names if alias.name in ("text", "table")]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in ("exec_driver_sql", "get_bind"):
                    offenders.append(f"{module}: {node.func.attr}")
                if node.func.attr == "connection" and getattr(node.func.value, "id", "") == "session":
                    offenders.append(f"{module}: session.connection")
    assert [offender for offender in offenders if offender.split(":")[0] not in PLAIN_TABLES] == []


def test_plain_tables_are_named_only_where_rows_are_hashed() -> None:
    found = {
        module
        for module, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "__table__"
    }
    assert found <= set(PLAIN_TABLES), f"names plain tables unlisted: {sorted(found - set(PLAIN_TABLES))}"


def _mapped() -> dict[str, type[Base]]:
    assert schema is not None  # importing it maps every class
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


@pytest.mark.requirement("YC-A4a", "YC-A4e")
def test_whatever_hangs_on_a_filing_is_behind_the_gate() -> None:
    listed = (*gate._HANGING, *gate._LOOSE, *gate._ON_SITE, *(step for step, _, _ in gate._STEPS))
    closed = {entity.__tablename__ for entity in listed} | {"filing", "found_site", "visit_material", "reprint"}
    open_ones = {
        name
        for name, entity in _mapped().items()
        for key in entity.__table__.foreign_keys
        if key.column.table.name in closed and name not in closed | set(OUTSIDE) | set(SILENT)
    }
    named = {name for name, entity in _mapped().items() if "filing_id" in entity.__table__.columns}
    assert open_ones == set()
    assert named - closed - set(OUTSIDE) == set()
