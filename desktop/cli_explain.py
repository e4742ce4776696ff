"""The command that explains: ``small-works explain FILING``, or declared facts without a ledger."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Fault, FaultyInput

if TYPE_CHECKING:
    from desktop.services.explaining import Explained

Print = Callable[[object], None]
Read = Callable[[str], object]


def add_explain_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    *,
    day: Callable[[str], date],
    read_json: Read,
    print_answer: Print,
) -> None:
    """Add the command; it prints plain Chinese text, or with ``--json`` one JSON answer."""
    command = commands.add_parser("explain", help="explain an assessment rule by rule, with what would change it")
    command.add_argument("filing", nargs="?", default="", metavar="FILING", help="number or id of a filing")
    command.add_argument("--facts", default="", metavar="FILE", help="explain FACTS.json instead, - for standard input")
    by = command.add_mutually_exclusive_group()
    by.add_argument("--policy", default="", help="id of the policy pack for --facts")
    by.add_argument("--pack", type=Path, metavar="FILE|FOLDER", help="a pack outside the program for --facts")
    command.add_argument("--on", type=day, help="filing day for --facts where the facts name none")
    command.add_argument("--json", action="store_true", help="JSON instead of text")
    command.add_argument("--user", default="", help="who asks, where the ledger has accounts")
    command.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")

    def run(chosen: argparse.Namespace) -> int:
        from desktop.domain.explanation_text import explanation_lines, explanation_to_plain

        explained = _explained(chosen, read_json)
        if chosen.json:
            print_answer({"of": explained.heading, **explanation_to_plain(explained.explanation)})
            return 0
        lines = explanation_lines(explained.explanation, heading=explained.heading)
        sys.stdout.flush()
        # UTF-8 whatever the locale.
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
        return 0

    command.set_defaults(run=run)


def _explained(chosen: argparse.Namespace, read_json: Read) -> Explained:
    if bool(chosen.filing) == bool(chosen.facts):
        raise FaultyInput((Fault("explain", "name either a FILING of the ledger or --facts FILE"),))
    if chosen.facts:
        from desktop.services.explaining import explain_declared
        from desktop.services.resources import default_pack

        source = "standard input" if chosen.facts == "-" else chosen.facts
        policy = chosen.policy or default_pack()
        return explain_declared(
            read_json(chosen.facts), source=source, policy=policy, on=chosen.on or date.today(), place=chosen.pack
        )
    if chosen.policy or chosen.pack or chosen.on:
        said = "--policy and --on go with --facts, --pack too: a filing keeps its own rules"
        raise FaultyInput((Fault("explain", said),))
    from desktop.app import signed_in_desk

    with signed_in_desk(chosen.data, chosen.user) as desk:
        return desk.explaining.numbered(chosen.filing)
