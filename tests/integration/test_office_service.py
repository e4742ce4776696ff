"""The office is set up once, kept whole, and sample data comes by ordinary decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.acts import Change, Office, StationKind, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk, open_desk
from tests import factories


def test_a_new_folder_has_no_office_until_it_is_set_up(data_folder: Path) -> None:
    desk = open_desk(data_folder)
    try:
        assert desk.office.office() is None
        assert desk.office.pack().id == "longgang"
        assert desk.office.set_up(factories.office()) == frozenset({Change.SETTINGS})
        assert desk.office.office() == factories.office()
    finally:
        desk.close()


def test_the_office_is_there_again_after_a_restart(desk: Desk, data_folder: Path) -> None:
    desk.close()
    again = open_desk(data_folder)
    try:
        assert again.office.office() == factories.office()
    finally:
        again.close()


def test_every_field_that_is_missing_or_wrong_is_named(desk: Desk) -> None:
    empty = Office(street_name=" ", station_name="", station_kind=StationKind.STREET_OFFICE, code="坪安")
    with pytest.raises(ClerkError) as caught:
        desk.office.set_up(empty)
    assert caught.value.code == "office_incomplete"
    assert caught.value.details["fields"] == ("street_name", "station_name", "code")
    assert desk.office.office() == factories.office()


@pytest.mark.parametrize("code", ["PA-1", "ABCDEFG", "", "ＰＡ！"])
def test_a_code_that_cannot_head_numbers_is_refused(desk: Desk, code: str) -> None:
    with pytest.raises(ClerkError, match="office_incomplete"):
        desk.office.set_up(factories.office(code=code))


def test_a_code_is_kept_in_plain_capitals(desk: Desk) -> None:
    desk.office.set_up(factories.office(code=" ｐａ9 "))
    office = desk.office.office()
    assert office is not None
    assert office.code == "PA9"


def test_an_unknown_pack_is_refused(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="unknown_pack"):
        desk.office.set_up(factories.office(pack_id="nowhere"))


def test_the_choice_of_packs_says_how_each_stands(desk: Desk) -> None:
    [choice] = [choice for choice in desk.office.pack_choices() if choice.id == "longgang"]
    assert choice.standing.value == "征求意见"
    assert choice.banner


# An office without a review, as the pack has it, sends nothing for review.
OF_REVIEW = {Status.AWAITING_REVIEW, Status.RETURNED}


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (StationKind.STREET_OFFICE, {Status.REDIRECTED, *OF_REVIEW}),
        (StationKind.PROPERTY_COMPANY, OF_REVIEW),
    ],
)
def test_samples_show_every_outcome_and_are_not_doubled(desk: Desk, kind: StationKind, missing: set[Status]) -> None:
    desk.office.set_up(factories.office(station_kind=kind))
    assert desk.office.add_samples().entered == 24
    facets = desk.ledger.facets(LedgerCriteria())
    assert set(facets.by_status) == set(Status) - missing
    count = len(desk.ledger.ids(LedgerCriteria()))
    desk.office.add_samples()
    assert len(desk.ledger.ids(LedgerCriteria())) == count
    assert any(row.visits == 2 for row in desk.ledger.page(desk.ledger.ids(LedgerCriteria())))
