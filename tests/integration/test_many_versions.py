"""A list of many versions of the rules: each text is read once, and the list says of each what its text says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text

from desktop.domain.errors import FaultyInput
from desktop.domain.pack_version import VersionHead
from desktop.models.pack_version import PackVersionRow
from desktop.policy import loader
from desktop.services import seen_packs
from desktop.services.desk import Desk
from desktop.services.seen_packs import SeenPacks
from tests.integration.rule_versions import bound, drafted, with_section

MANY = 50


class Counted:
    """How often a pack was read from its tree."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(seen_packs, "pack_of", self._read)

    def _read(self, tree: object) -> object:
        self.times += 1
        return loader.pack_of(tree)  # type: ignore[arg-type]


def copies(desk: Desk, count: int) -> None:
    """Put copies of the one stored version beside it, each with a text of its own."""
    with desk.database.writing() as session:
        known = session.scalars(select(PackVersionRow)).one()
        columns = [each.name for each in PackVersionRow.__table__.columns if each.name != "id"]
        for number in range(count):
            values = {name: getattr(known, name) for name in columns}
            rules = f"{known.rules}\n# {number}\n"
            session.add(PackVersionRow(**{**values, "act_id": f"a{number}", "version": f"v{number}", "rules": rules}))


@pytest.mark.requirement("Q-1")
def test_fifty_versions_are_read_once_and_listed_from_then_on_without_reading(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(desk, "2026-07", date(2026, 7, 1), limit_amount_yuan="600000")
    copies(desk, MANY - 1)
    counted = Counted(monkeypatch)

    first = desk.pack_versions.all()
    assert counted.times == MANY
    again = desk.pack_versions.all()

    assert again == first
    assert len([line for line in again if line.id is not None]) == MANY
    assert counted.times == MANY, "nothing is read a second time"


@pytest.mark.requirement("Q-1")
def test_a_draft_that_changed_is_read_anew_and_one_that_does_not_read_is_listed_as_such(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = drafted(desk, "2026-07", date(2026, 7, 1))
    head = VersionHead(version="2026-07", effective_from=date(2026, 7, 1), note="")
    tree = desk.pack_versions.tree("longgang", "2026-07")
    (line, *_others) = desk.pack_versions.all()
    assert line.standing is not None

    desk.pack_versions.keep(made, with_section(tree, "pack", {"title": "改过的办法"}), head)
    assert desk.pack_versions.all()[0].title == "改过的办法"
    desk.pack_versions.keep(made, replace(tree, rules={"pack": {"title": "半张"}}), head)
    counted = Counted(monkeypatch)
    for _ in range(2):
        line = desk.pack_versions.all()[0]
        assert (line.title, line.standing, line.gaps) == ("半张", None, 0)
    assert counted.times == 1


@pytest.mark.requirement("Q-1")
def test_what_was_read_goes_by_the_text_not_by_the_hash_that_stands_beside_it(desk: Desk) -> None:
    made = drafted(desk, "2026-07", date(2026, 7, 1))
    desk.pack_versions.all()
    with desk.database.writing() as session:
        changed = "UPDATE pack_version SET rules = replace(rules, '[pack]', '[pick]') WHERE id = :id"
        session.execute(text(changed), {"id": made})

    assert desk.pack_versions.all()[0].standing is None
    with pytest.raises(FaultyInput):
        desk.pack_versions.pack(made)


@pytest.mark.requirement("Q-1")
def test_the_versions_in_force_are_not_read_again_for_the_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bound(desk, "2026-07", date(2026, 7, 1), limit_amount_yuan="600000")
    counted = Counted(monkeypatch)

    assert desk.pack_versions.all()[0].version == "2026-07"

    assert counted.times == 0


def test_few_packs_are_kept_and_those_used_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted(desk, "2026-07", date(2026, 7, 1))
    with desk.database.reading() as session:
        row = session.scalars(select(PackVersionRow)).one()
        rules, papers = row.rules, row.papers
    monkeypatch.setattr(seen_packs, "_MOST_PACKS", 2)
    counted, seen = Counted(monkeypatch), SeenPacks()
    one, two, three = (f"{rules}\n# {number}\n" for number in range(3))

    kept = seen.pack(one, papers)
    seen.pack(two, papers)
    assert seen.pack(one, papers) is kept
    seen.pack(three, papers)
    assert seen.pack(one, papers) is kept
    assert counted.times == 3
    seen.pack(two, papers)
    assert counted.times == 4
