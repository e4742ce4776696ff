"""The command that tries rules before they bind: ``small-works try-rules PACKFILE``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

Print = Callable[[object], None]

_USUAL_MONTHS: Final = 12


def add_rules_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], *, print_answer: Print) -> None:
    """Add the command; it prints one JSON answer: counts, the commonest changes, and the list."""
    command = commands.add_parser(
        "try-rules", help="try a pack over the filings of the last months; nothing is written"
    )
    command.add_argument("pack", type=Path, metavar="PACKFILE", help="pack file (.toml), its papers beside it")
    command.add_argument("--months", type=int, default=_USUAL_MONTHS, help="how many months back, 1 to 60")
    command.add_argument("--xlsx", type=Path, metavar="FILE", help="write the list as a workbook too")
    command.add_argument("--user", default="", help="who tries it, where the ledger has accounts")
    command.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")

    def run(chosen: argparse.Namespace) -> int:
        from desktop.app import signed_in_desk
        from desktop.services.rules_trial import try_rules

        with signed_in_desk(chosen.data, chosen.user) as desk:
            print_answer(try_rules(desk, chosen.pack, months=chosen.months, workbook=chosen.xlsx))
        return 0

    command.set_defaults(run=run)
