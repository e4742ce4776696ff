"""What the program is doing when a fault strikes; each says what it was told is done."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import Place
from desktop.services.desk import Desk
from tests import factories

Operation = Callable[[Desk, random.Random], dict[str, Any]]


def register_one(desk: Desk, act_id: str, act: Act = Act.ACCEPT, reason: str = "") -> dict[str, Any]:
    """Decide one complete matter; gives what the program then said."""
    # A place of its own: works at one place would rightly be suspected of being one work in parts.
    place = Place(community="坪安社区", estate=f"坪安路{act_id}号")
    typed = factories.walk_in(project_name=f"装修 {act_id}", place=place, owner=factories.person(f"业主{act_id}"))
    matter = factories.all_in_order(typed, desk.intake.pack())
    request = DecisionRequest(act_id=act_id, act=act, walk_in=matter, reason=reason, signed=True)
    return {"act_id": act_id, "number": desk.intake.decide(request).number}


def _register(desk: Desk, dice: random.Random) -> dict[str, Any]:
    act, reason = dice.choice([(Act.ACCEPT, ""), (Act.NOT_APPLICABLE, "当场撤回")])
    return register_one(desk, str(dice.random()), act, reason)


def _reprint(desk: Desk, dice: random.Random) -> dict[str, Any]:
    ids = desk.ledger.ids(LedgerCriteria())
    if ids:
        papers = desk.ledger.file(dice.choice(ids)).papers
        desk.issuing.reprint(dice.choice(papers).id, act_id=str(dice.random()))
    return {}


OPERATIONS: Final[tuple[tuple[str, Operation], ...]] = (
    ("register", _register),
    ("register", _register),
    ("print", _reprint),
)
