"""``small-works export``, ``import``, ``acknowledge`` and ``verify-package``, as a scheduler runs them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.cli import main
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.known_station import StationRole
from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.integration.test_command_line import run


class Between(NamedTuple):
    """A station and the street above it that know each other, closed, and a folder between them."""

    station: Path
    street: Path
    stick: Path
    fingerprint: str


def _opened(folder: Path, code: str) -> Desk:
    desk = open_desk(folder, effort=factories.LIGHT, today=lambda: factories.FILED_ON)
    if desk.office.office() is None:
        desk.office.set_up(factories.office(code=code, station_name=f"{code}登记点"))
    return desk


def _know(desk: Desk, other: Desk, role: StationRole) -> None:
    card = other.station_keys.own_card()
    desk.station_keys.confirm(card, role=role, typed_fingerprint=card.fingerprint, act_id=role.value)


def register(desk: Desk, project: str) -> None:
    matter = factories.all_in_order(factories.walk_in(project_name=project), desk.intake.pack())
    desk.intake.decide(DecisionRequest(act_id=project, act=Act.ACCEPT, walk_in=matter))


@pytest.fixture
def between(tmp_path: Path) -> Between:
    station, street = _opened(tmp_path / "PA01", "PA01"), _opened(tmp_path / "JD", "JD")
    register(station, "坪安里12号铺装修")
    _know(street, station, StationRole.BELOW)
    _know(station, street, StationRole.ABOVE)
    fingerprint = station.station_keys.own_card().fingerprint
    station.close()
    street.close()
    (tmp_path / "stick").mkdir()
    return Between(tmp_path / "PA01", tmp_path / "JD", tmp_path / "stick", fingerprint)


Asked = Callable[..., tuple[int, Any, str]]
Exported = Callable[..., Path]


@pytest.fixture
def asked(capfdbinary: pytest.CaptureFixture[bytes]) -> Asked:
    """Run a command on a data folder; gives its status, its answer and what it said besides."""

    def ask(data: Path | None, *arguments: object) -> tuple[int, Any, str]:
        named = () if data is None else ("--data", data)
        status = main([*map(str, (*arguments, *named))])
        log = logging.getLogger("desktop")
        for handler in log.handlers[:]:
            log.removeHandler(handler)
            handler.close()
        written = capfdbinary.readouterr()
        return status, json.loads(written.out) if written.out else None, written.err.decode()

    return ask


@pytest.fixture
def exported(asked: Asked, between: Between) -> Exported:
    """Export a package from the station with personal data whole."""

    def export(*more: str) -> Path:
        whole = ("--whole", "--purpose", "按月上报街道")
        status, answer, said = asked(between.station, "export", between.stick, *whole, *more)
        assert (status, said) == (0, "")
        assert answer["counts"]["filing"] == 1
        return Path(answer["file"])

    return export


@pytest.mark.requirement("LG-23-1c", "LG-14-3", "HL-1.3c")
def test_a_package_goes_up_and_its_answer_comes_down_by_commands_alone(
    between: Between, asked: Asked, exported: Exported
) -> None:
    package = exported("--for", "JD")
    status, (taken,), _ = asked(between.street, "import", package, "--answers", between.stick)
    assert (status, taken["outcome"], taken["was_known"]) == (0, {"new": 1}, False)
    status, (applied,), _ = asked(between.station, "acknowledge", taken["answer"])
    assert (status, applied["package_id"], applied["not_taken"]) == (0, taken["package_id"], 0)

    assert asked(between.station, "export", between.stick) == (0, {"file": None, "records": 0}, "")
    status, (again,), _ = asked(between.street, "import", package)
    assert (status, again["was_known"]) == (0, True)
    street = _opened(between.street, "JD")
    assert len(street.ledger.ids(LedgerCriteria())) == 1
    street.close()


@pytest.mark.requirement("LG-22-2b")
def test_a_dry_run_says_what_would_come_and_writes_nothing(between: Between, asked: Asked, exported: Exported) -> None:
    package = exported()
    status, (planned,), _ = asked(between.street, "import", "--dry-run", package)
    assert (status, planned["outcome"], planned["trust"]) == (0, {"new": 1}, "confirmed")
    street = _opened(between.street, "JD")
    assert not street.ledger.ids(LedgerCriteria())
    street.close()
    # The sender does not know itself as a station below: the package is told, and somebody has to look.
    status, (planned,), _ = asked(between.station, "import", "--dry-run", package)
    assert (status, planned["trust"]) == (1, "own")


def test_one_bad_file_of_a_stack_is_named_and_the_good_one_is_taken(
    between: Between, asked: Asked, exported: Exported
) -> None:
    package, torn = exported(), between.stick / "torn.swpkg"
    torn.write_bytes(package.read_bytes()[:-40])
    status, answer, said = asked(between.street, "import", torn, package)
    assert (status, said) == (2, f"{answer[0]['error']['code']}: {torn}\n")
    assert answer[1]["outcome"] == {"new": 1}


@pytest.mark.requirement("SJ-5.6b")
def test_a_package_is_proved_without_a_ledger(between: Between, asked: Asked, exported: Exported) -> None:
    package = exported()
    done = run("verify-package", str(package), "--fingerprint", between.fingerprint)
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (answer["code"], answer["counts"]["filing"], answer["is_sealed"]) == ("PA01", 1, False)
    status, answer, _ = asked(None, "verify-package", package, "--fingerprint", "0" * 40)
    assert (status, answer["error"]["code"]) == (1, "fingerprint_differs")
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    package.write_bytes(content)
    status, answer, _ = asked(None, "verify-package", package)
    assert (status, answer["error"]["code"]) == (1, "package_damaged")


def test_what_is_sealed_is_proved_by_its_receiver_only(between: Between, asked: Asked, exported: Exported) -> None:
    package = exported("--for", "JD")
    status, answer, said = asked(None, "verify-package", package)
    assert (status, answer) == (2, None)
    assert said.startswith("not_sealed_for_us")
    status, answer, _ = asked(between.street, "verify-package", package)
    assert (status, answer["is_sealed"], answer["is_known"]) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "nowhere/out.swpkg"), "cannot_save_file"),
        (("export", "out.swpkg", "--from", "2026-03-01"), "period_required"),
        (("export", "out.swpkg", "--for", "XX"), "no_such_station"),
        (("export", "out.swpkg", "--whole"), "purpose_required"),
        (("verify-package", "missing.swpkg"), "cannot_read_file"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2_a_sentence_and_no_file(
    between: Between, asked: Asked, arguments: tuple[str, ...], code: str
) -> None:
    command, name, *more = arguments
    status, answer, said = asked(between.station, command, between.stick / name, *more)
    assert (status, answer) == (2, None)
    assert said.startswith(code)
    assert not list(between.stick.iterdir())


@pytest.mark.requirement("YC-2b", "LG-34-0")
def test_whoever_may_not_is_refused(between: Between, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALL_WORKS_PASSWORD", OWN_PASSWORD)
    station = _opened(between.station, "PA01")
    found(station)
    hire(station, "clerk", clerk(areas=frozenset({"坪安社区"})))
    station.close()
    status, _, said = asked(between.station, "export", between.stick)
    assert (status, said.split(":")[0]) == (2, "sign_in_needed")
    for command in ("export", "import"):
        status, _, said = asked(between.station, command, between.stick / "x.swpkg", "--user", "clerk")
        assert status == 2
        assert said.split(":")[0] in {"outside_scope", "not_permitted"}
    assert not list(between.stick.iterdir())
