"""A ledger put back from a backup sends on: what was lost and typed again is no late copy of what was lost."""

from __future__ import annotations

import pytest

from desktop.domain.package import Outcome
from desktop.services.backups import BACKUPS_NAME
from desktop.services.desk import Desk, open_desk
from desktop.services.restoring import restore
from tests.factories import LIGHT
from tests.integration.test_receiving import Exchange, exchange, register

__all__ = ["exchange"]

pytestmark = pytest.mark.requirement("LG-20-3", "JS-3.1c")


def _note(desk: Desk, filing_id: int, number: str, act_id: str) -> None:
    desk.platform.record(filing_id, number, act_id=act_id)


@pytest.fixture
def street(exchange: Exchange) -> Desk:
    return exchange.station("PA")


@pytest.fixture
def below(exchange: Exchange, street: Desk) -> Desk:
    """A station with two filings, known to the street, with a backup of that day."""
    desk = exchange.station("DA")
    exchange.know(street, desk)
    register(desk), register(desk, "坪安里14号铺装修")
    desk.backups.make()
    return desk


def _restored(exchange: Exchange, below: Desk) -> Desk:
    backup = next(each for each in sorted((below.data_folder / BACKUPS_NAME).iterdir()) if each.is_dir())
    below.close()
    done = restore(backup, below.data_folder)
    desk = open_desk(below.data_folder, today=exchange.clock.today, now=exchange.clock.now, effort=LIGHT)
    exchange.desks.append(desk)
    desk.backups.note_restore(backup.name, done.manifest, desk.backups.restorer())
    return desk


def test_what_the_lost_days_changed_and_is_changed_again_is_decided_by_a_person(
    exchange: Exchange, street: Desk, below: Desk
) -> None:
    _note(below, 1, "PT-LOST", "lost")
    exchange.take(street, exchange.pack(below))
    again = _restored(exchange, below)
    _note(again, 1, "PT-AGAIN", "again")

    received = exchange.take(street, exchange.pack(again))

    assert received.outcome[Outcome.CONFLICT] == 1
    assert len(street.receiving.conflicts()) == 1


def test_what_only_the_lost_days_changed_is_not_taken_back(exchange: Exchange, street: Desk, below: Desk) -> None:
    _note(below, 1, "PT-LOST", "lost")
    exchange.take(street, exchange.pack(below))
    again = _restored(exchange, below)

    received = exchange.take(street, exchange.pack(again))

    assert received.outcome[Outcome.OLDER] == 1
    assert not street.receiving.conflicts()


def test_what_is_changed_only_afterwards_is_taken_as_a_change(exchange: Exchange, street: Desk, below: Desk) -> None:
    exchange.take(street, exchange.pack(below))
    again = _restored(exchange, below)
    _note(again, 2, "PT-NEW", "new")

    received = exchange.take(street, exchange.pack(again))

    assert received.outcome[Outcome.CHANGED] == 1
    assert not street.receiving.conflicts()
