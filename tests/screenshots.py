"""Makes the pictures of the READMEs by working the real window: ``make screenshots``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from desktop.app import build_application
from desktop.domain.ledger import LedgerCriteria
from desktop.sample_morning.play import Player
from desktop.sample_morning.script import read_morning
from desktop.services.desk import open_desk
from desktop.services.resources import resources_folder

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
}
PAPERS = {"receipt.png": "1-shop-accepted/*登记回执.pdf", "notice.png": "3-dwelling-one-time-notice/*一次性告知书.pdf"}
# A sample with a life: patrolled for months, extended, with a hazard past its term.
SAMPLE = "坪安路18号"
_PAPER_SCALE = 1.2
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
        player.close()
        desk.close()
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


def _picture_of(pdf: Path, picture: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=_PAPER_SCALE).to_pil().save(picture)
    document.close()


if __name__ == "__main__":
    main()
