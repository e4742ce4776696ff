"""What may be done with a version of the rules, by whom, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.pack_version import FilledNumber, PackTree, VersionHead, VersionState
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, count_of
from tests.integration.rule_versions import bound, drafted, new_act, with_number, with_section
from tests.integration.test_receiving import Exchange, exchange

__all__ = ["exchange"]

JULY = date(2026, 7, 1)
FIRST, SECOND, THIRD = (person(place, name, Role.ADMINISTRATOR) for place, name in enumerate(("甲", "乙", "丙"), 11))


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(ClerkError) as caught:
        yield
    assert caught.value.code == code


def state_of(desk: Desk, version_id: int) -> VersionState:
    return next(line.state for line in desk.pack_versions.all() if line.id == version_id)


def keep(desk: Desk, version_id: int, tree: PackTree, name: str = "2026-07") -> None:
    desk.pack_versions.keep(version_id, tree, VersionHead(version=name, effective_from=JULY))


@pytest.mark.requirement("Q-1")
def test_who_changed_a_version_does_not_let_it_bind(desk: Desk) -> None:
    versions = desk.pack_versions
    work_as(desk, FIRST)
    row_id = drafted(desk, "2026-07", JULY)
    work_as(desk, SECOND)
    tree = versions.tree("longgang", "2026-07")
    keep(desk, row_id, with_number(tree, "limit_amount_yuan", "200000"))
    work_as(desk, FIRST)
    versions.submit(row_id)
    work_as(desk, SECOND)
    with refused("second_person_needed"):
        versions.let_bind(row_id)
    [line] = [line for line in versions.all() if line.id == row_id]
    assert line.is_own
    work_as(desk, THIRD)
    versions.let_bind(row_id)


@pytest.mark.requirement("Q-1")
def test_who_kept_a_draft_before_there_were_accounts_does_not_let_it_bind_under_one(desk: Desk) -> None:
    row_id = drafted(desk, "2026-07", JULY)
    desk.pack_versions.submit(row_id)
    founder = desk.office.office()
    assert founder is not None
    work_as(desk, person(21, founder.clerk_name, Role.ADMINISTRATOR))
    with refused("second_person_needed"):
        desk.pack_versions.let_bind(row_id)
    work_as(desk, SECOND)
    desk.pack_versions.let_bind(row_id)


@pytest.mark.requirement("Q-1")
def test_a_draft_that_was_sent_back_once_is_on_record_and_stays(desk: Desk) -> None:
    versions = desk.pack_versions
    row_id = drafted(desk, "2026-07", JULY)
    versions.submit(row_id)
    versions.send_back(row_id, reason="限额与文件不符")
    versions.submit(row_id)
    versions.recall(row_id)
    with refused("version_not_open"):
        versions.discard(row_id)
    assert count_of(desk, "pack_version") == 1


@pytest.mark.requirement("Q-1")
def test_a_draft_is_discarded_and_the_ledger_still_proves(desk: Desk) -> None:
    desk.pack_versions.discard(drafted(desk, "2026-07", JULY))
    assert count_of(desk, "pack_version") == 0
    assert not desk.ledger_check.verify().findings
