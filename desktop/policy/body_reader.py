"""Reads the bodies that a matter can be handed to, and the question of power."""

from __future__ import annotations

from desktop.domain.bodies import BodyLevel, PowerQuestion, TransferBody, TransferKind
from desktop.policy.table import Table


def transfer_body(table: Table) -> TransferBody:
    """Read one body; what is wrong with it is noted in the table."""
    level, kind = table.text("level"), table.text("kind")
    if level not in tuple(BodyLevel):
        table.fault("level", f"应为 {'、'.join(BodyLevel)} 之一")
    if kind not in tuple(TransferKind):
        table.fault("kind", f"应为 {'、'.join(TransferKind)} 之一")
    body = TransferBody(
        code=table.text("code"),
        name=table.text("name"),
        level=BodyLevel(level) if level in tuple(BodyLevel) else BodyLevel.STREET,
        article=table.text("article"),
        kind=TransferKind(kind) if kind in tuple(TransferKind) else TransferKind.TRANSFER,
        violations=frozenset(table.texts("violations")),
        departments=table.texts("departments"),
        is_street_enforcement=table.flag("is_street_enforcement"),
    )
    table.close()
    return body


def power_question(rules: Table) -> PowerQuestion | None:
    """Read the question of power; None for a pack that asks none."""
    if "power_question" not in rules.raw:
        return None
    table = rules.table("power_question")
    question = PowerQuestion(
        article=table.text("article"),
        text=table.text("text"),
        within=table.text("within"),
        beyond=table.text("beyond"),
    )
    table.close()
    return question
