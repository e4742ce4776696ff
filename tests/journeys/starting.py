"""The program started as the command does, with a person at it: first start, signing in, closing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop import app
from desktop.sample_morning.typist import Typist
from tests.gui.staff import ADMIN_PASSWORD
from tests.journeys.person import Person, Script


def run(folder: Path, *scripts: tuple[type[QWidget], Script]) -> int:
    """Run the program as the command does, with a person at it."""
    person = Person(*scripts)
    try:
        return app.run_window(folder)
    finally:
        person.leave()


def close(typist: Typist) -> None:
    """Close the window as the window system does."""
    typist.window.close()


def office_of_a_street(typist: Typist) -> None:
    """Fill in the office by keys."""
    for path, keys in (
        ("street_name", "坪安街道办事处"),
        ("code", "pa"),
        ("window", "受理窗口2"),
        ("clerk_name", "林晓"),
        ("communities", "坪安社区、新禾社区"),
    ):
        typist.walk_to(path)
        typist.keys(keys)


def name_the_administrator(typist: Typist) -> None:
    """Name the first administrator and choose a password, by keys."""
    typist.walk_to("admin_name")
    typist.keys("高远")
    for field in ("admin_password", "admin_password_again"):
        typist.walk_to(field)
        typist.keys(ADMIN_PASSWORD)
