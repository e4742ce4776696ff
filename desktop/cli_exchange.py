"""The commands of the exchange between stations: export, import, acknowledge, verify-package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktop.domain.errors import ClerkError
from desktop.domain.package import PackageKind

Day = Callable[[str], date]
Print = Callable[[object], None]
Answer = Callable[[argparse.Namespace], tuple[object, int]]

_DONE, _SOMEBODY_NEEDED, _REFUSED = 0, 1, 2
# What says that a package is not what its sender made; all else is trouble of the file or of the one who asks.
_UNTRUE = frozenset({"package_damaged", "package_not_signed", "fingerprint_differs"})


def add_exchange_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, day: Day, print_answer: Print
) -> None:
    """Add the commands; each prints one JSON answer.

    ``day`` reads a date as the other commands do, and ``print_answer`` writes as they write.
    """

    def runs(answer: Answer) -> Callable[[argparse.Namespace], int]:
        def run(chosen: argparse.Namespace) -> int:
            said, status = answer(chosen)
            print_answer(said)
            return status

        return run

    _add_export(commands, day).set_defaults(run=runs(_export))
    _add_import(commands).set_defaults(run=runs(_import))
    _add_acknowledge(commands).set_defaults(run=runs(_acknowledge))
    _add_verify(commands).set_defaults(run=runs(_verify))


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser], day: Day) -> argparse.ArgumentParser:
    command = commands.add_parser("export", help="make a package for the station above; nothing new makes no file")
    command.add_argument("place", type=Path, help="FILE.swpkg, or a folder that is there")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--all", action="store_true", help="the whole ledger, not what is new since the last answer")
    what.add_argument("--from", dest="first", type=day, metavar="DAY", help="what happened in a period, with --to")
    command.add_argument("--to", dest="last", type=day, metavar="DAY", help="last day of the period")
    command.add_argument("--whole", action="store_true", help="personal data whole; needs --purpose and the right")
    command.add_argument("--purpose", default="", help="what for, goes on record")
    command.add_argument("--attachments", action="store_true", help="scans too, with --whole")
    command.add_argument("--for", dest="receiver", default="", metavar="STATION", help="seal it for a known station")
    return _with_ledger(command)


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = commands.add_parser(
        "import", help="take packages of known stations in; exit status 1 if one is left open"
    )
    command.add_argument("files", type=Path, nargs="+", metavar="FILE")
    command.add_argument("--dry-run", action="store_true", help="only say what would come of it")
    command.add_argument("--answers", type=Path, metavar="FOLDER", help="write the answers to the senders there")
    return _with_ledger(command)


def _add_acknowledge(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = commands.add_parser("acknowledge", help="take in what the station above answered to packages of ours")
    command.add_argument("files", type=Path, nargs="+", metavar="ANSWER")
    return _with_ledger(command)


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = commands.add_parser("verify-package", help="prove a package whole; exit status 1 if it is not")
    command.add_argument("file", type=Path)
    command.add_argument("--fingerprint", default="", help="of the station it must come from, as it is printed")
    return _with_ledger(command)


def _with_ledger(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--user", default="", help="who does it, where the ledger has accounts")
    command.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")
    return command


def _export(chosen: argparse.Namespace) -> tuple[object, int]:
    from desktop.app import signed_in_desk
    from desktop.services.exchange_batch import Sending, send

    period = (chosen.first, chosen.last) if chosen.first and chosen.last else None
    if (chosen.first or chosen.last) and period is None:
        raise ClerkError("period_required", why="--from and --to go together")
    since = PackageKind.ALL if chosen.all else PackageKind.SINCE_LAST
    asked = Sending(
        kind=PackageKind.PERIOD if period else since,
        period=period,
        whole=chosen.whole,
        purpose=chosen.purpose,
        attachments=chosen.attachments,
        receiver=chosen.receiver,
    )
    with signed_in_desk(chosen.data, chosen.user) as desk:
        return send(desk, chosen.place, asked), _DONE


def _import(chosen: argparse.Namespace) -> tuple[object, int]:
    from desktop.app import signed_in_desk
    from desktop.services.exchange_batch import examine, take

    with signed_in_desk(chosen.data, chosen.user) as desk:
        if chosen.dry_run:
            return _judged(examine(desk, chosen.files))
        return _judged(take(desk, chosen.files, answers=chosen.answers))


def _acknowledge(chosen: argparse.Namespace) -> tuple[object, int]:
    from desktop.app import signed_in_desk
    from desktop.services.exchange_batch import take_answers

    with signed_in_desk(chosen.data, chosen.user) as desk:
        return _judged(take_answers(desk, chosen.files))


def _verify(chosen: argparse.Namespace) -> tuple[object, int]:
    from desktop.app import signed_in_desk
    from desktop.services.exchange_batch import proved

    try:
        if chosen.data is None and not chosen.user:
            return proved(chosen.file, fingerprint=chosen.fingerprint), _DONE
        with signed_in_desk(chosen.data, chosen.user) as desk:
            return proved(chosen.file, fingerprint=chosen.fingerprint, desk=desk), _DONE
    except ClerkError as error:
        if error.code not in _UNTRUE:
            raise
        details = {name: str(value) for name, value in error.details.items()}
        return {"file": str(chosen.file), "error": {"code": error.code, **details}}, _SOMEBODY_NEEDED


def _judged(entries: Sequence[dict[str, Any]]) -> tuple[object, int]:
    from desktop.services.exchange_batch import needs_somebody

    refused = [entry for entry in entries if "error" in entry]
    for entry in refused:
        print(f"{entry['error']['code']}: {entry['file']}", file=sys.stderr)
    if refused:
        return entries, _REFUSED
    return entries, _SOMEBODY_NEEDED if any(map(needs_somebody, entries)) else _DONE
