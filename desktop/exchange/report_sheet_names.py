"""Names of worksheets made from titles: short enough, without the signs that a workbook forbids, each only once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from desktop.exchange.fit_text import fit

_LONGEST: Final = 31
_FORBIDDEN: Final = str.maketrans("[]:*?/\\\n", "（）：＊？／＼ ")


def sheet_names(titles: Iterable[str], *, taken: Sequence[str] = ()) -> list[str]:
    """Give a name for each title in order; equal ones get a number."""
    used = {name.casefold() for name in taken}
    names = []
    for title in titles:
        # An apostrophe may stand inside, but not at either end; a tab keeps this name for itself.
        name = fit(title).translate(_FORBIDDEN).strip("' ")[:_LONGEST].strip("' ") or "表"
        chosen, serial = name if name.casefold() != "history" else "表 History", 2
        while chosen.casefold() in used:
            mark = f" ({serial})"
            chosen, serial = name[: _LONGEST - len(mark)] + mark, serial + 1
        used.add(chosen.casefold())
        names.append(chosen)
    return names
