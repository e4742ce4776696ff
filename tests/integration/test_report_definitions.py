"""Definitions of reports kept under names, shared by who makes statistics."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError
from desktop.domain.measure import Breakdown
from desktop.domain.report import ReportKind
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.test_statistics_reports import MARCH, one_table

_OURS = replace(
    one_table("registered", by=Breakdown.GRID), name="网格月报", within=((Breakdown.COMMUNITY, "坪安社区"),)
)


@pytest.mark.requirement("LG-21-2d")
def test_a_saved_definition_comes_back_and_counts(desk: Desk) -> None:
    saved = desk.statistics.save_definition(_OURS)
    (found,) = desk.statistics.definitions()
    assert found == saved == replace(_OURS, definition_id=saved.definition_id)
    assert desk.statistics.report(found, MARCH).definition.name == "网格月报"


def test_saving_again_takes_the_place_of_what_was_saved(desk: Desk) -> None:
    saved = desk.statistics.save_definition(_OURS)
    desk.statistics.save_definition(replace(saved, name="网格周报"))
    assert [each.name for each in desk.statistics.definitions()] == ["网格周报"]


def test_a_name_belongs_to_one_definition(desk: Desk) -> None:
    desk.statistics.save_definition(_OURS)
    with pytest.raises(ClerkError, match="report_name_taken"):
        desk.statistics.save_definition(_OURS)


def test_a_definition_needs_a_name_and_something_to_count(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="report_name_missing"):
        desk.statistics.save_definition(replace(_OURS, name="  "))
    with pytest.raises(ClerkError, match="report_empty"):
        desk.statistics.save_definition(replace(_OURS, tables=()))


def test_a_forgotten_definition_is_gone_and_the_ledger_stays_sound(desk: Desk) -> None:
    saved = desk.statistics.save_definition(_OURS)
    assert saved.definition_id is not None
    desk.statistics.forget_definition(saved.definition_id)
    assert desk.statistics.definitions() == ()
    assert desk.ledger_check.verify().is_sound
    with pytest.raises(ClerkError, match="no_such_statistics"):
        desk.statistics.forget_definition(saved.definition_id)
    with pytest.raises(ClerkError, match="no_such_statistics"):
        desk.statistics.save_definition(saved)


def test_words_saved_with_a_definition_are_offered_before_anything_is_printed(desk: Desk) -> None:
    desk.statistics.save_definition(_OURS, texts={"情况说明": "按网格说明。"})
    assert desk.statistics.texts_before(ReportKind.PERIOD) == {"情况说明": "按网格说明。"}


def test_who_makes_no_statistics_saves_nothing(desk: Desk) -> None:
    work_as(desk, person(31, "管账", Role.ADMINISTRATOR))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.statistics.save_definition(_OURS)
