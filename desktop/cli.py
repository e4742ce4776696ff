"""The command line: assess, check-id, check-pack, register, backups and others; without a command the window opens.

Qt is imported only for the window, so that a batch runs on a machine without a screen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.cli_exchange import add_exchange_commands
from desktop.cli_explain import add_explain_command
from desktop.cli_packs import add_pack_commands
from desktop.cli_rules import add_rules_command
from desktop.cli_statistics import add_statistics_commands
from desktop.domain.acts import Status
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.fact_reading import read_facts

_USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 when done, 2 with a sentence on standard error when the input is no good."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except FaultyInput as faulty:
        for fault in faulty.faults:
            print(f"{fault.where}: {fault.what}" if fault.where else fault.what, file=sys.stderr)
    except ClerkError as error:
        print(_sentence(error), file=sys.stderr)
    return _USAGE_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="small-works", description="小型工程和零星作业登记台")
    parser.set_defaults(run=_run_window)
    parser.add_argument("--data", type=Path, help="台账所在的数据文件夹")
    commands = parser.add_subparsers(title="commands")

    assess = commands.add_parser("assess", help="assess facts by a pack, JSON in and out")
    assess.add_argument("facts", help="FACTS.json, or - for standard input")
    by = assess.add_mutually_exclusive_group()
    by.add_argument("--policy", default="", help="id of the policy pack, by default the one of the installation")
    by.add_argument("--pack", type=Path, metavar="FILE|FOLDER", help="a pack outside the program instead")
    assess.add_argument("--on", type=_day, help="filing day where the facts name none")
    assess.set_defaults(run=_run_assess)

    check = commands.add_parser("check-id", help="check resident ID numbers or credit codes")
    check.add_argument("--credit-code", action="store_true", help="the numbers are unified social credit codes")
    check.add_argument("numbers", nargs="+", metavar="NUMBER")
    check.set_defaults(run=_run_check_id)

    add_pack_commands(commands, print_answer=_print_json)

    register = commands.add_parser("register", help="enter a paper filing, or a list, from a file, papers out")
    register.add_argument("file", help="FILE.json, or - for standard input")
    register.add_argument("--out", type=Path, required=True, help="folder for the papers")
    register.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")
    register.add_argument("--user", default="", help="who enters it, where the ledger has accounts")
    register.set_defaults(run=_run_register)

    ledger = commands.add_parser("ledger", help="list the ledger as JSON, or export it, within the user's scope")
    ledger.add_argument("--text", default="", help="number, part of a name or address, initials, last four digits")
    ledger.add_argument("--status", choices=[status.value for status in Status], help="state of the filings")
    ledger.add_argument("--community", help="community, as the ledger writes it")
    ledger.add_argument("--xlsx", type=Path, metavar="FILE", help="write a workbook instead, numbers covered")
    ledger.add_argument("--user", default="", help="who asks, where the ledger has accounts")
    ledger.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")
    ledger.set_defaults(run=_run_ledger)

    verify = commands.add_parser(
        "verify-ledger", help="verify the ledger without changing it; exit status 1 if tampered"
    )
    verify.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")
    verify.add_argument("--head", default="", metavar="MAC", help="head of the chain as a closing sheet prints it")
    verify.add_argument("--count", type=int, default=0, metavar="N", help="its count of events on the same sheet")
    verify.set_defaults(run=_run_verify)
    _add_backup_commands(commands)
    add_exchange_commands(commands, day=_day, print_answer=_print_json)
    add_statistics_commands(commands, print_answer=_print_json)
    add_explain_command(commands, day=_day, read_json=_read_json, print_answer=_print_json)
    add_rules_command(commands, print_answer=_print_json)
    return parser


def _add_backup_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = commands.add_parser("backup", help="back the ledger up")
    backup.add_argument("--to", type=Path, metavar="PLACE", help="another folder, such as a USB stick")
    backup.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder of the ledger")
    backup.add_argument("--user", default="", help="who does it, where the ledger has accounts")
    backup.set_defaults(run=_run_backup)

    check = commands.add_parser("check-backup", help="prove a backup by restoring it into a scratch folder")
    check.add_argument("backup", type=Path, help="dated folder of the backup")
    check.set_defaults(run=_run_check_backup)

    restore = commands.add_parser("restore", help="restore a backup; the present ledger is moved aside")
    restore.add_argument("backup", type=Path, help="dated folder of the backup")
    restore.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data folder to restore into")
    restore.set_defaults(run=_run_restore)


def _day(text: str) -> date:
    try:
        facts = read_facts({"filed_on": text})
    except FaultyInput:
        raise argparse.ArgumentTypeError(f"not a date: {text!r} (write YYYY-MM-DD)") from None
    day = facts.day("filed_on")
    if day is None:
        raise argparse.ArgumentTypeError("no date given (write YYYY-MM-DD)")
    return day


def _run_assess(chosen: argparse.Namespace) -> int:
    from desktop.services.assessing import assess_plain
    from desktop.services.resources import default_pack

    answer = assess_plain(
        _read_json(chosen.facts),
        source=_named(chosen.facts),
        policy=chosen.policy or default_pack(),
        on=chosen.on or date.today(),
        place=chosen.pack,
    )
    _print_json(answer)
    return 0


def _run_check_id(chosen: argparse.Namespace) -> int:
    from desktop.domain.id_report import report_lines

    for line in report_lines(chosen.numbers, chosen.credit_code, date.today()):
        print(line)
    return 0


def _run_register(chosen: argparse.Namespace) -> int:
    from desktop.app import register_file

    result = register_file(_read_json(chosen.file), out=chosen.out, data_folder=chosen.data, user=chosen.user)
    _print_json(result)
    left_out = [entry["id"] for entry in result if "error" in entry] if isinstance(result, list) else []
    if left_out:
        print(f"not decided: {len(left_out)} of {len(result)}: {', '.join(map(str, left_out))}", file=sys.stderr)
    return _USAGE_ERROR if left_out else 0


def _run_ledger(chosen: argparse.Namespace) -> int:
    from desktop.app import list_ledger
    from desktop.domain.ledger import LedgerCriteria

    criteria = LedgerCriteria(
        text=chosen.text,
        status=Status(chosen.status) if chosen.status else None,
        community=chosen.community,
    )
    _print_json(list_ledger(criteria, xlsx=chosen.xlsx, data_folder=chosen.data, user=chosen.user))
    return 0


def _run_verify(chosen: argparse.Namespace) -> int:
    from desktop.app import verify_ledger

    is_sound, lines = verify_ledger(chosen.data, head=chosen.head, count=chosen.count)
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    return 0 if is_sound else 1


def _run_backup(chosen: argparse.Namespace) -> int:
    from desktop.app import back_up_ledger

    print(back_up_ledger(chosen.data, to=chosen.to, user=chosen.user))
    return 0


def _run_check_backup(chosen: argparse.Namespace) -> int:
    from desktop.app import check_ledger_backup

    print(check_ledger_backup(chosen.backup))
    return 0


def _run_restore(chosen: argparse.Namespace) -> int:
    from desktop.app import restore_ledger

    print(restore_ledger(chosen.backup, chosen.data))
    return 0


def _run_window(chosen: argparse.Namespace) -> int:
    from desktop.app import run_window

    return run_window(chosen.data)


def _print_json(answer: object) -> None:
    """Write UTF-8 whatever the locale; a lone surrogate of the input goes out as an escape, not as a crash."""
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def _named(file: str) -> str:
    return "standard input" if file == "-" else file


def _read_json(file: str) -> object:
    try:
        # Bytes, so that neither the locale nor the code page of a Windows console changes the text.
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise FaultyInput((Fault(file, f"cannot be read: {error.strerror}"),)) from error
    except UnicodeDecodeError as error:
        raise FaultyInput((Fault(_named(file), "is not UTF-8 text"),)) from error
    try:
        # Numbers stay text-exact; NaN and Infinity are no JSON.
        return json.loads(text, parse_float=_exact, parse_constant=_no_constant, object_pairs_hook=_each_key_once)
    except FaultyInput as faulty:
        raise FaultyInput(tuple(Fault(_named(file), fault.what) for fault in faulty.faults)) from faulty
    except ValueError as error:
        raise FaultyInput((Fault(_named(file), f"is not JSON: {error}"),)) from error
    except RecursionError as error:
        raise FaultyInput((Fault(_named(file), "is nested too deeply"),)) from error


def _exact(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says one thing twice: which of the two is meant nobody knows."""
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise FaultyInput(tuple(Fault("", f"the key {key!r} stands twice in one object") for key in twice))
    return read


def _no_constant(text: str) -> object:
    raise ValueError(f"{text} is not a number")


# What a pack author or a batch stumbles over most, as a sentence; the rest by its code and what it concerns.
_SENTENCES = {
    "no_pack_in_force": "no version of pack {pack} is in force on {on}: file on a later day (--on, filed_on), or check "
    "its effective_from",
    "unknown_pack": "there is no pack {pack}: --policy takes one of {known}; a pack of your own goes with --pack FILE",
}


def _sentence(error: ClerkError) -> str:
    if error.code in _SENTENCES:
        told = {name: ", ".join(each) if isinstance(each, tuple) else each for name, each in error.details.items()}
        return f"{error.code}: {_SENTENCES[error.code].format(**told)}"
    return f"{error.code}: " + ", ".join(f"{name} {value}" for name, value in error.details.items())


if __name__ == "__main__":
    sys.exit(main())
