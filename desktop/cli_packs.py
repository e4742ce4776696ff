"""The command for pack authors: ``small-works check-pack FILE|FOLDER``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TextIO

Print = Callable[[object], None]

_FAULTY: Final = 2


def add_pack_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], *, print_answer: Print) -> None:
    """Add the command: a line per pack and its remarks on standard output, faults on standard error; 0 or 2."""
    command = commands.add_parser("check-pack", help="check policy packs whole: every fault with file, key and cure")
    command.add_argument("place", type=Path, nargs="?", metavar="FILE|FOLDER", help="by default the shipped packs")
    command.add_argument("--json", action="store_true", help="JSON instead of text")

    def run(chosen: argparse.Namespace) -> int:
        from desktop.services.pack_checking import check_packs, checked_to_plain, summary_of

        checked = check_packs(chosen.place)
        faults = [fault for one in checked for fault in one.faults]
        if chosen.json:
            print_answer(checked_to_plain(checked))
        else:
            for one in checked:
                remarks = (f"  提示 {remark.where}: {remark.what}" for remark in one.remarks)
                _write(sys.stdout, (summary_of(one), *remarks) if one.pack is not None else ())
            _write(sys.stderr, (f"{fault.where}: {fault.what}" for fault in faults))
        return _FAULTY if faults else 0

    command.set_defaults(run=run)


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    """Write UTF-8 whatever the locale; a lone surrogate of a file name goes out as an escape."""
    stream.flush()
    stream.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    stream.flush()
