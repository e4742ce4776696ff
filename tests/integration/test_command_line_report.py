"""``small-works report``: papers and workbooks into a folder, as a scheduler prints them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.measure import Breakdown
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.report import ReportKind
from desktop.services.desk import open_desk
from desktop.services.statistics_batch import ReportOrder, print_reports
from tests import factories
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.integration.test_statistics_reports import one_table


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one filing of 2 March 2026."""
    desk = open_desk(tmp_path / "data", effort=factories.LIGHT, today=lambda: factories.FILED_ON)
    desk.office.set_up(factories.office())
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    desk.intake.decide(DecisionRequest(act_id="one", act=Act.ACCEPT, walk_in=matter))
    desk.statistics.save_definition(one_table("registered", by=Breakdown.GRID))
    desk.close()
    return tmp_path / "data"


def report(
    capsysbinary: pytest.CaptureFixture[bytes], ledger: Path, out: Path, *arguments: str
) -> list[dict[str, Any]]:
    status = main(["report", *arguments, "--data", str(ledger), "--out", str(out)])
    said = capsysbinary.readouterr()
    assert status == 0, said.err.decode()
    answer: list[dict[str, Any]] = json.loads(said.out)
    return answer


@pytest.mark.requirement("LG-21-2d")
def test_a_month_is_printed_with_its_workbook(
    ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "报表"
    (made,) = report(capsysbinary, ledger, out, "monthly", "--period", "2026-03", "--xlsx")
    paper, workbook = Path(made["paper"]), Path(made["workbook"])
    assert paper.read_bytes().startswith(b"%PDF")
    assert workbook.read_bytes().startswith(b"PK")
    assert made["number"] in paper.name
    assert "2026-03" in paper.name
    assert sorted(out.iterdir()) == sorted((paper, workbook))


@pytest.mark.requirement("LG-22-2c")
def test_the_sheet_of_communities_is_made_for_each(
    ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    made = report(capsysbinary, ledger, tmp_path / "out", "community", "--period", "2026-03")
    assert [one["scope"].rpartition("：")[2] for one in made] == ["坪安社区", "新禾社区"]
    assert len({one["number"] for one in made}) == 2


@pytest.mark.parametrize("kind", ["upward", "district", "annual", "implementation", "circular"])
def test_every_kind_is_printed(
    ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], kind: str
) -> None:
    (made,) = report(capsysbinary, ledger, tmp_path / "out", kind, "--period", "2026", "--draft")
    assert made["number"] == ""
    assert Path(made["paper"]).read_bytes().startswith(b"%PDF")


def test_a_saved_report_is_printed_by_its_name(
    ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (made,) = report(capsysbinary, ledger, tmp_path / "out", "month", "--period", "2026-03", "--definition", "测试表")
    assert "测试表" in Path(made["paper"]).name


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["month", "--period", "2026"], "period_unfit"),
        (["month", "--period", "soon"], "period_unfit"),
        (["month", "--period", "2099-01"], "it has not begun"),
        (["implementation"], "period_required"),
        (["month", "--period", "2026-03", "--community", "无此社区"], "no_such_community"),
        (["month", "--period", "2026-03", "--definition", "没有的"], "no_such_statistics"),
    ],
)
def test_what_cannot_be_printed_is_said_and_leaves_nothing(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    out = tmp_path / "out"
    assert main(["report", *arguments, "--data", str(ledger), "--out", str(out)]) == 2
    assert code in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("out", ["/proc/self", "file"])
def test_where_no_file_can_be_made_no_number_is_taken(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    (tmp_path / "file").touch()
    assert main(["report", "month", "--period", "2026-03", "--data", str(ledger), "--out", str(tmp_path / out)]) == 2
    assert "folder_unusable" in capsys.readouterr().err
    desk = open_desk(ledger, effort=factories.LIGHT)
    assert desk.statistics.issued() == ()
    desk.close()


def test_who_may_not_count_is_told_before_a_folder_is_made(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(ledger, effort=factories.LIGHT)
    found(desk)
    hire(desk, "auditor", Grant(role=Role.AUDITOR))
    desk.close()
    monkeypatch.setenv("SMALL_WORKS_PASSWORD", OWN_PASSWORD)
    out = tmp_path / "out"
    asked = ["report", "month", "--data", str(ledger), "--out", str(out)]
    assert main([*asked, "--user", "auditor"]) == 2
    assert "not_permitted" in capsys.readouterr().err
    assert main(asked) == 2
    assert "--user" in capsys.readouterr().err
    assert not out.exists()


def test_a_job_without_a_password_locks_no_account(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(ledger, effort=factories.LIGHT)
    found(desk)
    hire(desk, "linxiao", clerk())
    desk.close()
    monkeypatch.delenv("SMALL_WORKS_PASSWORD", raising=False)
    asked = ["report", "month", "--data", str(ledger), "--out", str(tmp_path / "out"), "--user", "linxiao"]
    assert main(asked) == 2
    assert "SMALL_WORKS_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("SMALL_WORKS_PASSWORD", "wrong")
    assert main(asked) == 2
    assert "left 4" in capsys.readouterr().err, "the first wrong one"


def test_a_ledger_that_a_window_has_open_is_left_alone(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = open_desk(ledger, effort=factories.LIGHT)
    assert main(["report", "month", "--data", str(ledger), "--out", str(tmp_path / "out")]) == 2
    assert "already_open" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert window.statistics.issued() == ()
    window.close()


def test_without_a_period_the_one_that_ended_last_is_printed(ledger: Path, tmp_path: Path) -> None:
    desk = open_desk(ledger, effort=factories.LIGHT, today=lambda: date(2026, 4, 1))
    (made,) = print_reports(desk, ReportOrder(kind=ReportKind.PERIOD, period_kind=PeriodKind.MONTH), tmp_path / "out")
    assert made["period"] == period_of(PeriodKind.MONTH, factories.FILED_ON).code
    assert [row.number for row in desk.statistics.issued()] == [made["number"]]
    desk.close()


def test_who_sees_one_community_prints_that_one(
    ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(ledger, effort=factories.LIGHT, today=lambda: factories.FILED_ON)
    found(desk)
    hire(desk, "xinhe", clerk(frozenset({"新禾社区"})))
    desk.close()
    monkeypatch.setenv("SMALL_WORKS_PASSWORD", OWN_PASSWORD)
    made = report(capsysbinary, ledger, tmp_path / "out", "community", "--period", "2026-03", "--user", "xinhe")
    assert [one["scope"] for one in made] == ["社区：新禾社区；只计社区：新禾社区"]
