"""The command line on a ledger with accounts: nobody enters anything without a name and its password."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.access import Grant, Role
from desktop.policy.loader import load_packs
from desktop.services.desk import open_desk
from desktop.services.resources import policies_folder
from tests import factories
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.integration.test_command_line import run

_PACK = load_packs(policies_folder()).get("longgang", factories.FILED_ON)
_FILING: dict[str, Any] = {
    "facts": {
        "kind": "small_work",
        "category": "nonresidential_decoration",
        "contract_amount_yuan": 300000,
        "floor_area_m2": 120,
    },
    "project_name": "坪安路18号商铺装修",
    "place": {"community": "坪安社区", "estate": "坪安路18号"},
    "owner": {"kind": "person", "name": "陈小满", "id_kind": "resident_id", "id_number": factories.PERSON_ID},
    "contractor": {"party": {"name": "深圳市匠新装饰工程有限公司", "id_number": factories.COMPANY_CODE}},
    "materials": [{"code": rule.code, "verdict": "in_order"} for rule in _PACK.materials],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with an administrator, a clerk 周禾, a patroller, and a clerk who has not chosen a password yet."""
    desk = open_desk(tmp_path / "data", effort=factories.LIGHT)
    desk.office.set_up(factories.office(communities=()))
    found(desk)
    hire(desk, "zhouhe", clerk(), name="周禾")
    hire(desk, "patroller", Grant(role=Role.PATROLLER))
    fresh = hire(desk, "fresh", clerk())
    desk.accounts.reset_password(fresh)
    desk.close()
    return tmp_path


def _register(folder: Path, *user: str, password: str = OWN_PASSWORD) -> tuple[int, str, str]:
    file = folder / "filing.json"
    file.write_text(json.dumps(_FILING, ensure_ascii=False), encoding="utf-8")
    data, out = str(folder / "data"), str(folder / "out")
    done = run("register", str(file), "--out", out, "--data", data, *user, SMALL_WORKS_PASSWORD=password)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.requirement("YC-2b")
def test_a_clerk_enters_a_filing_in_the_own_name(folder: Path) -> None:
    status, answer, said = _register(folder, "--user", "zhouhe")
    assert (status, said) == (0, ""), said
    desk = open_desk(folder / "data", effort=factories.LIGHT)
    with desk.database.reading(is_whole=True) as session:
        from desktop.queries.filing_file import filing_file

        timeline = filing_file(session, json.loads(answer)["filing_id"]).timeline
    desk.close()
    assert timeline[0].who == "周禾"


@pytest.mark.requirement("YC-2b", "LG-34-0")
@pytest.mark.parametrize(
    ("user", "password", "code"),
    [
        ((), OWN_PASSWORD, "sign_in_needed"),
        (("--user", "zhouhe"), "wrong", "wrong_password"),
        (("--user", "zhouhe"), "", "wrong_password"),
        (("--user", "nobody"), OWN_PASSWORD, "wrong_password"),
        (("--user", "patroller"), OWN_PASSWORD, "not_permitted"),
    ],
)
def test_nobody_else_enters_anything(folder: Path, user: tuple[str, ...], password: str, code: str) -> None:
    status, answer, said = _register(folder, *user, password=password)
    assert (status, answer) == (2, ""), said
    assert said.startswith(code)
    assert not list((folder / "out").glob("*.pdf"))
