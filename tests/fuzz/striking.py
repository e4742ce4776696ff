"""One case struck at a street: what came of it, and whether the ledger is as it must be then."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.old_registration import LedgerMapping
from desktop.domain.platform_comparison import Decision
from desktop.domain.platform_entries import ListOrder
from desktop.models.ledger_key import LEDGER_NAME
from desktop.services.desk import Desk
from tests.fuzz.looking import look_at_everything

_LONGEST_S: Final = 5.0  # of this process's own time, so that a busy machine makes no hang
_LOOK_EVERY: Final = 12
Take = Callable[[Desk, Path, str], bool]


class Hang(BaseException):
    """A case took too long."""


class Street:
    """An open ledger under attack; ``strike`` gives in a few words what came of a file."""

    def __init__(self, desk: Desk, folder: Path, *, told: Callable[[str], None], looks: bool = False) -> None:
        self.desk, self._folder, self._told = desk, folder, told
        self._watch = dbapi2.connect(str(desk.database.file))
        self._files = self._listed()
        self._taken, self._look_every = 0, 1 if looks else _LOOK_EVERY

    def strike(self, content: bytes, suffix: str, take: Take, *, act_id: str, case: object) -> str:
        """Write a file and take it in; gives ``refused: CODE``, ``taken``, ``nothing new``, or ``FAULT …``."""
        file = self._folder / f"case{suffix}"
        file.write_bytes(content)
        before = self._version()
        try:
            with _limited():
                is_new = take(self.desk, file, act_id)
        except (ClerkError, FaultyInput) as error:
            code = error.code if isinstance(error, ClerkError) else "faulty_input"
            return self._untouched(before, f"refused: {code}", case)
        except Hang:
            return self._fault("hang", case, traceback.format_exc())
        except Exception:
            return self._fault("crash", case, traceback.format_exc())
        finally:
            file.unlink()
            if left := [each.name for each in self._folder.iterdir()]:
                self._fault(f"left behind {left}", case)
        if not is_new:
            return self._untouched(before, "nothing new", case)
        self._files = self._listed()
        return self._looked_at(case)

    def look(self, case: object) -> str:
        """Read the whole ledger as its pages do."""
        try:
            look_at_everything(self.desk, self._folder)
        except Exception:
            return self._fault("unreadable", case, traceback.format_exc())
        return "taken"

    def close(self) -> None:
        """Close the ledger."""
        self._watch.close()
        self.desk.close()

    def _looked_at(self, case: object) -> str:
        orphans = self._watch.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            return self._fault(f"orphans {orphans[:3]}", case)
        self._taken += 1
        return self.look(case) if self._taken % self._look_every == 0 else "taken"

    def _untouched(self, before: int, word: str, case: object) -> str:
        if self._version() != before:
            return self._fault(f"written although {word}", case)
        if self._listed() != self._files:
            return self._fault(f"files although {word}", case)
        return word

    def _version(self) -> int:
        """Give the number that changes with every commit of another connection."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def _listed(self) -> frozenset[tuple[str, int]]:
        folder = self.desk.data_folder
        files = (each for each in folder.rglob("*") if each.is_file())
        return frozenset(
            (str(each.relative_to(folder)), each.stat().st_size)
            for each in files
            if not each.name.startswith(LEDGER_NAME) and each.parent.name != "logs"
        )

    def _fault(self, what: str, case: object, trace: str = "") -> str:
        self._told(f"FAULT {what}: {case!r}\n{trace}")
        return f"FAULT {what.split()[0]}"


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def take_package(desk: Desk, file: Path, act_id: str) -> bool:
    """Take a package as a clerk does: the dry run, the package, and the same once more."""
    plan = desk.receiving.examine(file)
    received = desk.receiving.take(file, act_id=act_id)
    told = {outcome: plan.total(outcome) for outcome in received.outcome}
    if told != dict(received.outcome) and not received.was_known:
        raise AssertionError(f"the dry run said {told}, and it came to {received.outcome}")
    if not desk.receiving.take(file, act_id=f"{act_id}/again").was_known:
        raise AssertionError("taken twice")
    return not received.was_known


def take_answer(desk: Desk, file: Path, _act_id: str) -> bool:
    """Take an answer in."""
    return not desk.packing.apply_acknowledgement(file).is_repeated


def read_card(desk: Desk, file: Path, _act_id: str) -> bool:
    """Read a card, which writes nothing."""
    desk.station_keys.read_card(file)
    return False


def _old_ledger(desk: Desk, file: Path, act_id: str) -> bool:
    look = desk.sheet_imports.look(file)
    if look.headings is None:
        return False
    targets = tuple(proposal.target for proposal in look.proposals)
    mapping = LedgerMapping(sheet=look.sheet, headings=look.headings, targets=targets, blanks=look.blanks)
    found = desk.sheet_imports.examine(file, mapping)
    desk.sheet_imports.write_faults(file, mapping, file.with_name("faults.xlsx"))
    file.with_name("faults.xlsx").unlink()
    taken = desk.sheet_imports.take(file, mapping, all_or_nothing=act_id[-1] in "02468", act_id=act_id)
    if taken.taken != found.ready:
        raise AssertionError(f"{found.ready} lines were ready, {taken.taken} were taken")
    return True


def _patrols(desk: Desk, file: Path, act_id: str) -> bool:
    desk.patrol_import.plan(file)
    desk.patrol_import.take_in(file, act_id=act_id, may_repeat=True)
    return True


def _platform(desk: Desk, file: Path, act_id: str) -> bool:
    plan = desk.platform_returns.plan(file)
    wanted = (Decision.TAKE_NUMBER, Decision.REGISTER, Decision.NOTE)
    decisions: dict[str, Any] = {
        line.key: next((each for each in wanted if each in line.choices), Decision.LEAVE) for line in plan.lines
    }
    order = ListOrder(
        act_id=act_id, sha256=plan.sha256, mapped=plan.mapped, decisions=decisions, kind_if_unsaid="small_work"
    )
    desk.platform_returns.take(file, order)
    return True


def _services(desk: Desk, file: Path, act_id: str) -> bool:
    plan = desk.prevention_services.plan(file)
    desk.prevention_services.take_in(file, sha256=plan.sha256, act_id=act_id)
    return True


def _people(desk: Desk, file: Path, _act_id: str) -> bool:
    desk.person_lists.take_in(file, expected=desk.person_lists.plan(file))
    return True


SHEETS: Final[dict[str, Take]] = {
    "old": _old_ledger,
    "patrols": _patrols,
    "platform": _platform,
    "services": _services,
    "people": _people,
}
