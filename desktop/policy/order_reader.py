"""Reads the clauses that an order of enforcement may rest on."""

from __future__ import annotations

from desktop.domain.order import OrderClause, OrderKind
from desktop.policy.table import Table


def order_clause(table: Table) -> OrderClause:
    """Read one clause; what is wrong with it is noted in the table."""
    named = table.texts("kinds")
    known = {kind.value for kind in OrderKind}
    if not named or not set(named) <= known:
        table.fault("kinds", f"应为 {'、'.join(sorted(known))} 之一或者几个")
    clause = OrderClause(
        code=table.text("code"),
        article=table.text("article"),
        text=table.text("text"),
        kinds=frozenset(OrderKind(name) for name in named if name in known),
    )
    table.close()
    return clause
