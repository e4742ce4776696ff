"""Makes the pictures of the READMEs by working the real window: ``make screenshots``."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.app import build_application
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack_version import PackTree, VersionHead
from desktop.sample_morning.play import Player
from desktop.sample_morning.script import Morning, read_morning
from desktop.sample_morning.seats import answer
from desktop.sample_morning.typist import Typist
from desktop.services.desk import Desk, open_desk
from desktop.services.resources import resources_folder
from desktop.views.admin.admin_page import AdminPage
from desktop.views.admin.rules_tab import RulesTab
from desktop.views.rules.dry_run_window import DryRunWindow
from desktop.views.rules.gap_dialog import GapDialog
from desktop.views.rules.versions_panel import VersionsPanel

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
# Picture of the README: picture that the morning leaves.
WANTED = {
    "intake.png": "7-high-risk-to-street-office-form.png",
    "done.png": "1-shop-accepted-done.png",
    "ledger.png": "9-ledger.png",
    "filing.png": "9-filing.png",
    "worklist.png": "worklist.png",
    "patrol.png": "patrol.png",
    "hazards.png": "hazards.png",
    "life.png": "life.png",
    "statistics.png": "statistics.png",
    "report.png": "report.png",
    "rules.png": "rules.png",
    "gaps.png": "gaps.png",
    "dry-run.png": "dry-run.png",
    "explanation.png": "9-explanation.png",
}
PAPERS = {"receipt.png": "1-shop-accepted/*登记回执.pdf", "notice.png": "3-dwelling-one-time-notice/*一次性告知书.pdf"}
# A sample with a life: patrolled for months, extended, with a hazard past its term.
SAMPLE = "坪安路18号"
_PAPER_SCALE = 1.2
_WINDOW = (1200, 680)  # wider than the screen that is none
# A place whose documents leave the limits open.
GAPPY = "junshan"
# A limit between works that the samples hold, so that trying it shows something.
LOWER_LIMIT = {"limit_amount_yuan": "200000"}
_COUNTED_MS = 600  # after a step to another period the page waits before it counts


def main() -> None:
    """Play the morning on a ledger with the sample filings and keep the pictures the READMEs show."""
    application = build_application()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder))
        morning = read_morning(resources_folder() / "samples" / "morning.toml")
        desk.office.set_up(morning.office)
        desk.office.add_samples()
        player = Player(desk, Path(folder))
        for line in player.play(morning):
            print(line)
        _look_after_registration(player)
        _try_rules(player)
        player.close()
        desk.close()
        _fill_gaps(Path(folder) / "gaps", morning, Path(folder) / "screenshots")
        application.processEvents()
        for name, left in WANTED.items():
            shutil.copyfile(Path(folder) / "screenshots" / left, PICTURES / name)
        for name, pattern in PAPERS.items():
            _picture_of(next((Path(folder) / "papers").glob(pattern)), PICTURES / name)
    print(f"pictures: {PICTURES}")


def _look_after_registration(player: Player) -> None:
    """Take pictures of the pages of later life and of statistics, as the samples fill them."""
    sample = min(player.desk.ledger.ids(LedgerCriteria(text=SAMPLE)))
    number = player.desk.ledger.file(sample).row.number
    for picture, keys in (
        ("worklist", "{Ctrl+5}"),
        ("patrol", "{Ctrl+7}{Alt+1}{Ctrl+G}" + number + "{Enter}"),
        ("hazards", "{Alt+2}"),
    ):
        player.typist.keys(keys)
        player.settle()
        player.shoot(picture)
    player.open_filing(sample)
    player.typist.keys("{F2}")
    player.settle()
    player.shoot("life")
    for picture, keys in (("statistics", "{Ctrl+Shift+S}{Alt+Left}"), ("report", "{F9}")):
        player.typist.keys(keys)
        player.typist.pause(_COUNTED_MS)
        player.settle()
        player.shoot(picture)


def _try_rules(player: Player) -> None:
    """Take a picture of a version with a lower limit, tried over the samples."""
    drafted = _draft_lower_limit(player.desk)
    versions = _go_to_versions(player)
    for _ in versions.lines():
        if (line := versions.chosen()) is not None and line.version == drafted:
            break
        player.typist.keys("{Up}")

    def work(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, DryRunWindow)
        window.resize(*_WINDOW)
        typist.keys("{F9}")
        typist.wait_until(lambda: window.tried is not None and not window.is_busy, "the end of the trial")
        typist.pause()
        player.shoot("dry-run", of=window)
        typist.keys("{Esc}")

    answer(player, "{F5}", DryRunWindow, work)


def _fill_gaps(data: Path, morning: Morning, pictures: Path) -> None:
    """Take pictures of the rules and of the form of gaps in a place whose documents say less."""
    desk = open_desk(data)
    desk.office.set_up(replace(morning.office, pack_id=GAPPY))
    player = Player(desk, data)
    (data / "screenshots").mkdir()
    player.open_window()
    _go_to_versions(player)
    shutil.copyfile(player.shoot("rules"), pictures / "rules.png")

    def work(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, GapDialog)
        typist.wait_until(lambda: not dialog.is_busy and bool(dialog.numbers), "the gaps")
        typist.pause()
        typist.walk_to(next(iter(dialog.numbers)))
        typist.keys("{Alt+J}")
        typist.pause()
        shutil.copyfile(player.shoot("gaps", of=dialog), pictures / "gaps.png")
        typist.keys("{Esc}{Esc}")

    answer(player, "{F6}", GapDialog, work)
    player.close()
    desk.close()


def _draft_lower_limit(desk: Desk) -> str:
    """Draft a version with a lower limit; gives its name."""
    pack, versions = desk.office.pack(), desk.pack_versions
    made = versions.begin(pack.id, pack.version, act_id="lower limit")
    tree = versions.tree(pack.id, pack.version)
    numbers = tree.rules["parameters"]
    lower = {name: {**numbers[name], "value": value} for name, value in LOWER_LIMIT.items()}
    tree = PackTree(rules={**tree.rules, "parameters": {**numbers, **lower}}, papers=tree.papers)
    begins = desk.office.today() + timedelta(days=30)
    head = VersionHead(version=f"{begins:%Y-%m}", effective_from=begins, note="虚构的限额，只为试算")
    assert versions.keep(made, tree, head) == ()
    return head.version


def _go_to_versions(player: Player) -> VersionsPanel:
    """Go to the versions of the rules in the settings."""
    player.typist.keys("{Ctrl+3}")
    page = player.window.page("admin")
    assert isinstance(page, AdminPage)
    while not isinstance(tab := page.tabs.currentWidget(), RulesTab):
        player.typist.keys("{Ctrl+Tab}")
    player.typist.walk_to("rules.versions")
    player.settle()
    player.typist.wait_until(lambda: bool(tab.versions.lines()), "the versions")
    return tab.versions


def _picture_of(pdf: Path, picture: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=_PAPER_SCALE).to_pil().save(picture)
    document.close()


if __name__ == "__main__":
    main()
