"""The chips of a contractor that stands on the register: how its papers stand, and a bad record (不良档案)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.firms import OfferedContractor, PapersState
from desktop.domain.local_rules import local
from desktop.views.shared.chips import Tone

PAPERS_CHIPS: Final[Mapping[PapersState, tuple[str, Tone]]] = {
    PapersState.VALID: ("证照有效", Tone.GREEN),
    PapersState.EXPIRING: ("将到期", Tone.AMBER),
    PapersState.EXPIRED: ("已过期", Tone.RED),
    PapersState.NONE: ("未录入证照", Tone.GREY),
}
ON_RECORD_CHIP: Final = ("不良档案", Tone.RED)


def firm_chips(offered: OfferedContractor) -> tuple[tuple[str, Tone], ...]:
    """Give the chips of one offer; one that is not on the register has none."""
    if offered.papers is None:
        return ()
    words, tone = PAPERS_CHIPS[offered.papers]
    state = (local(words), tone)
    return (state, ON_RECORD_CHIP) if offered.is_on_record else (state,)
