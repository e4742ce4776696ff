"""Limits change on 1 July: foretold in June, judged differently from that day, and what stands stays as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.acts import Act, DecisionRequest, Status
from desktop.domain.dry_run import ChangeKind
from desktop.domain.ledger import FilingFile
from desktop.domain.pack_version import PackTree, VersionHead
from desktop.domain.period import Period, PeriodKind
from desktop.domain.walk_in import Place
from desktop.domain.worklist import TaskKind
from desktop.models.ledger_key import Unlock
from desktop.sample_morning.typist import Typist
from desktop.services.ledger_check import verify_folder
from desktop.views.rules.editor_window import EditorWindow
from tests import factories
from tests.gui.staff import ADMIN, ADMIN_PASSWORD
from tests.journeys import at_a_place as place
from tests.journeys import rules_by_keys as by_keys
from tests.journeys.conftest import Journey
from tests.journeys.on_site import carries_out, does, life_dialog

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OLD, NEW = "2026-05", "2026-07"
OLD_FROM, NEW_FROM = date(2026, 5, 1), date(2026, 7, 1)
# Between the limits of before and of after, by both measures.
AMOUNT, AREA = "80", "400"
JUNE = Period(kind=PeriodKind.MONTH, first_on=date(2026, 6, 1), last_on=date(2026, 6, 30))
TWO_MONTHS = {"extension_months": "2"}
NO_WASTE = (("no_waste", "{Space}"),)


def changed(tree: PackTree, *, numbers: dict[str, str], **sections: dict[str, Any]) -> PackTree:
    """Give a tree with other numbers and some keys of sections said otherwise."""
    rules = {**tree.rules}
    parameters = {name: {**rules["parameters"][name], "value": value} for name, value in numbers.items()}
    rules["parameters"] = {**rules["parameters"], **parameters}
    for name, keys in sections.items():
        rules[name] = {**rules[name], **keys}
    return PackTree(rules=rules, papers=tree.papers)


def drafted(journey: Journey, version: str, on: date, *, numbers: dict[str, str], **sections: dict[str, Any]) -> int:
    """The administrator drafts a version out of the one at work and puts it to the leader."""
    rules, versions = journey.desk.office.pack(), journey.desk.pack_versions
    made = versions.begin(rules.id, rules.version, act_id=version)
    tree = changed(versions.tree(rules.id, rules.version), numbers=numbers, **sections)
    assert versions.keep(made, tree, VersionHead(version=version, effective_from=on, note="限额随法律调整")) == ()
    versions.submit(made)
    return made


def lowers_the_limits(typist: Typist, editor: EditorWindow) -> None:
    """Say the limits lower and some terms otherwise, and from when."""
    values = {"limit_amount_yuan": "600000", "limit_area_m2": "300", "extension_months": "5"}
    by_keys.says(typist, editor, "parameters", {name: {"value": value} for name, value in values.items()})
    by_keys.says(typist, editor, "deadlines", {"": {"validity_months": "6", "extension_window_days": "5"}})
    by_keys.heads(typist, version=NEW, on=NEW_FROM, note="限额随法律调整")


def lets_bind(journey: Journey, version_id: int) -> None:
    """The leader looks at the version and lets it bind; the administrator goes on."""
    place.leader_comes(journey)
    journey.window.workbench.changed.emit(journey.desk.pack_versions.let_bind(version_id))
    place.founder_comes(journey)


def registered(journey: Journey, amount: int, area: int) -> str:
    """A work registered before this journey begins; gives its number."""
    facts = factories.small_work_facts(contract_amount_yuan=Decimal(amount), floor_area_m2=Decimal(area))
    where = Place(community="坪安社区", estate=f"新禾路{area}号")
    owner = factories.person(f"何{'甲乙'[area % 2]}", phone=f"1380000{area:04d}")
    matter = factories.walk_in(facts, project_name=f"新禾路{area}号装修", place=where, owner=owner)
    matter = factories.all_in_order(matter, journey.desk.intake.pack())
    request = DecisionRequest(act_id=f"{amount}-{area}", act=Act.ACCEPT, walk_in=matter, signed=True)
    return journey.desk.intake.decide(request).number


def brings_the_shop(journey: Journey) -> None:
    """Somebody brings the decoration of a shop, of a size between the old limits and the new ones."""
    journey.keys("{Ctrl+N}")
    journey.fill(
        ("facts.kind", "1"),
        ("facts.category", "非住宅{Enter}"),
        ("project_name", "坪安路18号一层商铺装修"),
        ("content", "店内吊顶和墙面"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路18号"),
        ("facts.contract_amount_yuan", AMOUNT),
        ("facts.floor_area_m2", AREA),
        ("facts.place_kind", "商铺{Enter}"),
        ("facts.construction_permit_obtained", "{Ctrl+0}"),
        ("facts.illegal_acts", "{Ctrl+0}"),
        ("facts.structural_change", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *place.parties(),
    )


def june(journey: Journey) -> dict[str, object]:
    """The figures of June as the first page of the statistics counts them."""
    return {each.measure.key: each.figure.value for each in journey.desk.statistics.dashboard(JUNE).figures}


def versions_of(journey: Journey, *numbers: str) -> list[str]:
    """The version of the rules that each filing was judged by."""
    files: list[FilingFile] = [journey.file(number) for number in numbers]
    return [file.pack_version for file in files]


@pytest.mark.requirement("Q-1", "LG-2-9", "LG-3-10", "LG-25-2b", "LG-33-1")
def test_limits_change_on_the_first_of_july_and_old_filings_live_on_by_their_own_rules(closed: Journey) -> None:
    journey = closed
    place.first_start(journey, rules="龙岗", street="坪安街道办事处", day=date(2026, 5, 1))
    # For the exercise the rules are in force, with a validity that ends in summer.
    in_force = {"standing": "现行", "effective_from": OLD_FROM}
    ends_soon = {"validity_months": 2}
    lets_bind(journey, drafted(journey, OLD, OLD_FROM, numbers=TWO_MONTHS, pack=in_force, deadlines=ends_soon))
    assert journey.desk.office.pack().version == OLD
    journey.day = date(2026, 6, 10)
    small, between = registered(journey, 300_000, 120), registered(journey, 900_000, 450)

    # June: the limits of the law will be lower; it is tried over the ledger before anybody lets it bind.
    journey.day = date(2026, 6, 15)
    by_keys.drafts(journey, OLD, lowers_the_limits)
    foretold = by_keys.tries(journey, NEW, months=3)
    assert foretold.judged == 2
    assert [row.number for row in foretold.rows if any(c.kind is ChangeKind.SCOPE for c in row.changes)] == [between]
    assert versions_of(journey, small, between) == [OLD, OLD], "nothing was written"
    place.leader_comes(journey)
    looked = by_keys.lets_bind(journey, NEW, months=3, reason="与印发的文件一致")
    assert {"limit_amount_yuan", "limit_area_m2", "extension_months", "validity_months"} <= set(looked.changed)
    assert "2 件中有 2 件会有变化（登记范围 1，期限 1）" in looked.tried
    place.founder_comes(journey)
    assert journey.desk.office.pack().version == OLD, "its day has not come"

    # The last day of the old limits, and the first of the new ones: the same facts.
    journey.day = date(2026, 6, 30)
    brings_the_shop(journey)
    assert place.told(journey)[0] == "限额以下小型工程"
    journey.judge("{Shift+Space}")
    number = journey.decide("{F9}")
    as_issued = place.papers(journey, number)
    assert "有效期至2026年8月30日" in as_issued["receipt"]
    counted = june(journey)
    journey.day = NEW_FROM
    brings_the_shop(journey)
    assert place.told(journey)[0] == "限额以上，应办施工许可"
    refused = journey.decide("{F7}")
    notice = place.papers(journey, refused)["permit_notice"]
    assert "没有一项在限额（60万元、300平方米，均含本数）以内" in notice
    assert "longgang2026-07" in notice
    assert versions_of(journey, number, refused, between, small) == [OLD, NEW, OLD, OLD]
    assert june(journey) == counted, "nothing that was counted is counted otherwise"

    # August: the window of the old rules is open, that of the new ones would not be; it is extended as they said.
    journey.day = date(2026, 8, 20)
    does(journey, TaskKind.EXTENSION, number)
    dialog = life_dialog(journey)
    journey.keys("设备到货推迟")
    assert "2026-08-30 延至 2026-10-30" in dialog.effect.text(), "two months, as its own rules say"
    carries_out(journey)
    assert journey.file(number).valid_until == date(2026, 10, 30)
    journey.day = date(2026, 10, 20)
    place.closes_out(journey, number, completed="2026-10-19", more=NO_WASTE)
    assert journey.file(number).row.status is Status.CLOSED
    papers = place.papers(journey, number)
    for code in ("receipt", "extension_receipt", "closeout_application", "closeout_receipt"):
        assert f"longgang2026-05·{code}" in papers[code], "every paper says by which version"
        assert "2026-07·" not in papers[code]
    assert {code: papers[code] for code in as_issued} == as_issued, "a reprint says what the first print said"
    assert june(journey) == counted

    # Opened again, everything stands as it was.
    place.founder_comes(journey)
    opened_again(journey)
    assert versions_of(journey, number, refused, between, small) == [OLD, NEW, OLD, OLD]
    assert journey.desk.office.pack().version == NEW
    assert place.papers(journey, number) == papers
    assert [line.version for line in journey.desk.pack_versions.all()][:2] == [NEW, OLD]
    journey.leave()
    assert verify_folder(journey.folder, unlock=Unlock()).is_sound


def opened_again(journey: Journey) -> None:
    """Leave for the day and come back."""
    journey.leave()
    journey.open_desk()
    journey.desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    journey.open_window()
