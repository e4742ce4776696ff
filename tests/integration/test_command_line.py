"""The command line in a process of its own: facts in, assessment out, clear sentences for bad input, no Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.services.resources import default_pack

ROOT = Path(__file__).resolve().parents[2]
SHOP: dict[str, Any] = {
    "kind": "small_work",
    "category": "nonresidential_decoration",
    "contract_amount_yuan": 300000,
    "floor_area_m2": 120,
}
SIGN: dict[str, Any] = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


def written(folder: Path, facts: object) -> str:
    file = folder / "facts.json"
    file.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return str(file)


def answer(*arguments: str, stdin: bytes = b"") -> Any:
    done = run(*arguments, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


@pytest.mark.requirement("LG-21-4a")
def test_one_object_of_facts_gives_one_assessment(tmp_path: Path) -> None:
    found = answer("assess", written(tmp_path, SHOP | {"provided_materials": []}), "--on", "2026-03-02")
    assert (found["outcome"], found["intake_result"]) == ("register", "one_time_notice")
    assert found["industry_department"] == "区住房建设部门"
    assert {"decides", "article", "because"} <= set(found["reasons"][0])
    assert found["missing_facts"] == []


def test_a_file_says_which_pack_the_installation_works_by(tmp_path: Path) -> None:
    facts = written(tmp_path, SHOP)
    assert answer("assess", facts) == answer("assess", facts, "--policy", default_pack())


def test_a_list_gives_a_list_in_the_same_order(tmp_path: Path) -> None:
    batch = [{"id": "乙", "facts": SIGN}, {"id": 7, "facts": SHOP}, {"id": None, "facts": {}}]
    found = answer("assess", written(tmp_path, batch))
    assert [entry["id"] for entry in found] == ["乙", 7, None]
    assert [entry["assessment"]["classification_table_row"] for entry in found] == [14, 1, None]
    assert found[2]["assessment"]["outcome"] == "undetermined"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_standard_input_is_read_whatever_the_locale(encoding: str) -> None:
    facts = json.dumps(SHOP | {"facility_zh": "门楣招牌"}, ensure_ascii=False).encode(encoding)
    done = run("assess", "-", stdin=facts, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert "限额以下" in json.dumps(json.loads(done.stdout.decode()), ensure_ascii=False)


@pytest.mark.requirement("LG-27-2b")
def test_the_filing_day_is_the_facts_own_else_the_one_given(tmp_path: Path) -> None:
    by = {"filing_channel": "online"}
    batch = [{"id": 1, "facts": SHOP | by}, {"id": 2, "facts": SHOP | by | {"filed_on": "2026-03-09"}}]
    found = answer("assess", written(tmp_path, batch), "--on", "2026-03-02", "--policy", "longgang")
    assert [entry["assessment"]["acceptance_feedback"]["by"] for entry in found] == ["2026-03-05", "2026-03-12"]


def test_an_amount_is_taken_as_written_not_as_a_binary_float(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(
        '{"kind": "small_work", "category": "nonresidential_decoration",'
        ' "contract_amount_yuan": 1000000.00000000001, "floor_area_m2": 500.00000000000001}',
        encoding="utf-8",
    )
    assert answer("assess", str(file))["outcome"] == "above_limit_permit_required"


BAD = [
    pytest.param(SHOP | {"colour": "red"}, ["colour", "unknown key"], id="unknown-key"),
    pytest.param(SHOP | {"hoisting": "yes"}, ["hoisting", "true or false"], id="flag-of-wrong-type"),
    pytest.param(SHOP | {"floor_area_m2": "120"}, ["floor_area_m2", "number"], id="number-as-text"),
    pytest.param(SHOP | {"illegal_acts": 3}, ["illegal_acts", "list"], id="list-of-wrong-type"),
    pytest.param(SHOP | {"contract_amount_yuan": -0.01}, ["contract_amount_yuan", "negative"], id="negative"),
    pytest.param(SHOP | {"filed_on": "2026-02-30"}, ["filed_on", "not a date"], id="impossible-date"),
    pytest.param(SHOP | {"accepted_on": "9999-12-31"}, ["accepted_on", "no likely day"], id="absurd-date"),
    pytest.param(
        SHOP | {"category": "residental_decoration"}, ["category", "unknown category"], id="misspelt-category"
    ),
    pytest.param(SHOP | {"art4_kind": "castle"}, ["facts.json.art4_kind", "'castle'"], id="invented-kind"),
    pytest.param([{"id": "乙", "facts": SIGN | {"illegal_acts": ["x"]}}], ["乙", "illegal_acts", "'x'"], id="act"),
    pytest.param(SHOP | {"provided_materials": ["28-99"]}, ["provided_materials", "28-99"], id="invented-paper"),
    pytest.param(SHOP | {"config": {"limit": 5}}, ["config.limit", "unknown key"], id="unknown-limit"),
    pytest.param([{"id": "甲", "facts": SHOP}, {"id": "乙", "facts": {"x": 1}}], ["[1]", "乙", "x"], id="second-entry"),
    pytest.param([SHOP], ["[0]", '"facts"'], id="entry-without-facts"),
    pytest.param([{"id": 1, "facts": SHOP, "note": ""}], ["[0].note", "unknown key"], id="unknown-key-of-entry"),
    pytest.param(3, ["object"], id="no-object"),
]


@pytest.mark.parametrize(("facts", "words"), BAD)
def test_unusable_facts_end_with_status_2_and_a_sentence(tmp_path: Path, facts: object, words: list[str]) -> None:
    file = written(tmp_path, facts)
    done = run("assess", file)
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert "Traceback" not in told
    assert all(word in told for word in [file, *words]), told


def test_every_fault_of_a_batch_is_told_and_nothing_is_assessed(tmp_path: Path) -> None:
    batch = [{"id": n, "facts": {"x": 1, "filed_on": "never"}} for n in range(3)]
    done = run("assess", written(tmp_path, batch))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, b"", 6)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        pytest.param(b"{", "not JSON", id="cut-off"),
        pytest.param(b"", "not JSON", id="empty"),
        pytest.param(b'{"contract_amount_yuan": NaN}', "not JSON", id="nan"),
        pytest.param(b'{"kind": "\xff"}', "UTF-8", id="not-utf8"),
        pytest.param(b"[" * 100000, "deep", id="nested-too-deeply"),
        pytest.param(b'{"hoisting": true, "hoisting": false}', "'hoisting' stands twice", id="key-twice"),
        pytest.param(b'[{"id": 1, "facts": {"a": 1, "a": 1}}]', "'a' stands twice", id="key-twice-further-in"),
        pytest.param(b'{"contract_amount_yuan": 1' + b"0" * 5000 + b"}", "digits", id="endless-number"),
    ],
)
def test_what_is_no_json_ends_with_status_2(data: bytes, word: str) -> None:
    done = run("assess", "-", stdin=data)
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert word in told
    assert "standard input" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("assess", "nowhere.json"), id="missing-file"),
        pytest.param(("assess", "tests"), id="a-folder"),
        pytest.param(("assess", "-", "--on", "2026-02-30"), id="impossible-day"),
        pytest.param(("assess", "-", "--on", "9999-12-31"), id="absurd-day"),
        pytest.param(("assess", "-", "--policy", "nowhere"), id="unknown-policy"),
        pytest.param(("assess",), id="no-file-named"),
        pytest.param(("assist",), id="unknown-command"),
        pytest.param(("check-id",), id="no-number"),
        pytest.param(("check-pack", "nowhere"), id="no-packs"),
    ],
)
def test_a_wrong_call_ends_with_status_2_and_a_sentence(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, stdin=b"{}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.strip()
    assert b"Traceback" not in done.stderr


def test_a_lone_surrogate_in_an_id_is_no_crash(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('[{"id": "\\ud800", "facts": {}}]', encoding="utf-8")
    assert answer("assess", str(file))[0]["assessment"]["missing_facts"]


@pytest.mark.parametrize("command", [("assess", "-"), ("check-id", "11010519491231002X"), ("check-pack",)])
def test_qt_and_the_database_are_not_imported(command: tuple[str, ...]) -> None:
    script = (
        "import sys; from desktop.cli import main; status = main(sys.argv[1:]); "
        "heavy = [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6', 'sqlalchemy', 'reportlab')]; "
        "sys.exit(9 if heavy else status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], input=b"{}", capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_thousand_cases_take_about_a_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = run("assess", written(tmp_path, [{"id": 0, "facts": SHOP}]))
    assert one.returncode == 0
    timed = {}
    for count in (1, 1000):
        batch = [{"id": n, "facts": (SHOP if n % 2 else SIGN) | {"provided_materials": []}} for n in range(count)]
        file = written(tmp_path, batch)
        began = time.perf_counter()
        assert len(answer("assess", file)) == count
        timed[count] = time.perf_counter() - began
    with capsys.disabled():
        print(f"\nassess: start {timed[1]:.2f} s, 999 further cases {timed[1000] - timed[1]:.2f} s")
    assert timed[1000] - timed[1] < 20  # a measurement; the bound only catches a runaway


@pytest.mark.requirement("LG-28-2.1")
def test_check_id_says_a_line_for_each_number() -> None:
    done = run("check-id", "11010519491231002x", "110105194912310021")
    first, second = done.stdout.decode().splitlines()
    assert first.split()[:2] == ["11010519491231002X", "valid"]
    assert second.split()[:2] == ["110105194912310021", "invalid"]
    assert len(second.split()) > 2


@pytest.mark.requirement("LG-28-2.1")
def test_check_id_knows_credit_codes() -> None:
    done = run("check-id", "--credit-code", "91350100M000100Y43", "91350100M000100Y44")
    first, second = done.stdout.decode().splitlines()
    assert first.split()[:2] == ["91350100M000100Y43", "valid"]
    assert second.split()[:2] == ["91350100M000100Y44", "invalid"]


@pytest.mark.requirement("LG-3-10")
def test_check_pack_says_a_line_for_each_pack() -> None:
    done = run("check-pack")
    assert done.returncode == 0
    lines = [line for line in done.stdout.decode().splitlines() if not line.startswith("  提示 ")]
    assert [line for line in lines if line.startswith("longgang 2025-draft: 征求意见")]
    assert len(lines) == len({line.partition(":")[0] for line in lines}) > 1


@pytest.mark.requirement("LG-3-10")
def test_check_pack_names_every_fault_with_file_and_key(tmp_path: Path) -> None:
    shipped = ROOT / "resources" / "policies" / "longgang" / "2025-draft.toml"
    text = shipped.read_text(encoding="utf-8").replace('label = "起重吊装工程"', 'lable = "起重吊装工程"')
    (tmp_path / "mine").mkdir()
    file = tmp_path / "mine" / "1.toml"
    file.write_text(text, encoding="utf-8")
    for place in (str(file), str(tmp_path)):
        done = run("check-pack", place)
        told = done.stderr.decode().splitlines()
        assert (done.returncode, done.stdout, len(told)) == (2, b"", 2)
        assert all(line.startswith("mine/1.toml: high_risk[7](8).") for line in told)


def test_the_installed_command_does_the_same(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("small-works")
    if not command.exists():
        pytest.skip("small-works is not installed in this environment")
    done = subprocess.run(
        [command, "assess", written(tmp_path, SHOP)], capture_output=True, cwd=tmp_path, timeout=60, check=False
    )
    assert json.loads(done.stdout)["outcome"] == "register"
