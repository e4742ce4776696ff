"""Packages for the office above: what goes up, what waits, what comes back; on real ledgers and real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.access import Right, Role
from desktop.domain.acts import StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.package import (
    NotTaken,
    Outcome,
    PackageKind,
    Precedence,
    RecordKind,
    canonical_json,
    precedence,
)
from desktop.domain.packing import AgeBand
from desktop.domain.patrol import PatrolLevel, PatrolRequest
from desktop.domain.progress import Cancelled
from desktop.domain.site import SiteRef
from desktop.exchange.sealed import Opener
from desktop.exchange.signing import new_keys
from desktop.models.package import ForeignSubject
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk, open_desk
from desktop.services.record_shape import filing_uid
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.packages import PURPOSE, STREET_KEYS, Sender, opened, records_in, uids_in
from tests.scans import scan

PHONE = "13800002719"


@pytest.fixture
def sender(desk: Desk, tmp_path: Path) -> Sender:
    return Sender(desk, tmp_path)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sender]:
    """A station with a past: registrations in every state, patrols, hazards, a transfer, a draw, a report."""
    folder = tmp_path_factory.mktemp("sampled")
    desk = open_desk(folder / "data", today=lambda: date(2026, 3, 2))
    desk.office.set_up(factories.office(station_kind=StationKind.STREET_OFFICE))
    desk.office.add_samples()
    yield Sender(desk, folder)
    desk.close()


Register = Callable[..., int]


@pytest.fixture
def register(desk: Desk, decide: Decide) -> Register:
    """Register a work and give its filing."""

    def run(project: str = "坪安里12号铺装修", **changes: Any) -> int:
        matter = factories.all_in_order(factories.walk_in(project_name=project, **changes), desk.intake.pack())
        return decide(matter).filing_id

    return run


def patrol(desk: Desk, filing_id: int, act_id: str, on: date = factories.FILED_ON) -> int:
    asked = PatrolRequest(
        act_id=act_id,
        site=SiteRef(filing_id=filing_id),
        visited_on=on,
        patrollers=("何巡",),
        organisation="坪安社区工作站",
        level=PatrolLevel.COMMUNITY,
    )
    return desk.patrols.record(asked).patrol_id


def uid_of(desk: Desk, filing_id: int) -> tuple[RecordKind, str]:
    return RecordKind.FILING, filing_uid(desk.ledger.file(filing_id).row.number)


def refusal(kind: RecordKind, uid: str, reason: str = "编号已被占用") -> NotTaken:
    return NotTaken(kind=kind, uid=uid, outcome=Outcome.REJECTED, reason=reason)


@pytest.mark.requirement("LG-27-1", "LG-34-4")
def test_a_package_of_all_holds_every_register_with_counts_and_hashes(sampled: Sender) -> None:
    sent, file = sampled.make(PackageKind.ALL)

    with opened(file) as reader:
        told = reader.manifest.counts
        assert reader.file_sha256 == sent.file_sha256
    assert told[RecordKind.FILING] == count_of(sampled.desk, "filing")
    assert told[RecordKind.PATROL] == count_of(sampled.desk, "patrol")
    assert told[RecordKind.HAZARD] == count_of(sampled.desk, "hazard")
    assert told[RecordKind.TRANSFER] == count_of(sampled.desk, "transfer")
    assert dict(sent.counts) == dict(told)


@pytest.mark.requirement("LG-20-3")
def test_a_case_keeps_its_uid_its_number_and_its_number_of_the_platform(
    desk: Desk, sender: Sender, register: Register
) -> None:
    filing_id = register()
    number = desk.ledger.file(filing_id).row.number
    desk.platform.record(filing_id, "XT2026030200017", act_id="entered")

    _, file = sender.make()
    _, again = sender.make(PackageKind.ALL)

    (record,) = records_in(file)[RecordKind.FILING]
    assert record.uid == filing_uid(number)
    assert record.rows["filing"][0]["number"] == number
    assert record.rows["platform_entry"][0]["number"] == "XT2026030200017"
    assert records_in(again)[RecordKind.FILING] == (record,)


def test_references_are_places_within_the_record_and_uids_outside_of_it(sampled: Sender) -> None:
    _, file = sampled.make(PackageKind.ALL)
    records = records_in(file)
    known = uids_in(file)

    for filing in records[RecordKind.FILING]:
        visits = len(filing.rows["visit"])
        judged = {row["visit_id"] for row in filing.rows.get("visit_material", ())}
        assert judged <= {f"@{place}" for place in range(1, visits + 1)}
    patrols = [row for patrol in records[RecordKind.PATROL] for row in patrol.rows["patrol"]]
    assert {(RecordKind.FILING, row["filing_id"]) for row in patrols if "filing_id" in row} <= known
    hazards = [row for hazard in records[RecordKind.HAZARD] for row in hazard.rows["hazard"]]
    assert any("patrol_id" in row for row in hazards)
    assert {(RecordKind.PATROL, row["patrol_id"]) for row in hazards if "patrol_id" in row} <= known
    (draw,) = (record.rows["random_draw"][0] for record in records[RecordKind.DRAW])
    papers = {row["sha256"] for paper in records[RecordKind.LOOSE_PAPER] for row in paper.rows["issued_document"]}
    assert draw["document_id"]["of"] is None
    assert draw["document_id"]["sha256"] in papers


def test_no_row_carries_an_id_or_an_account(sampled: Sender) -> None:
    _, file = sampled.make(PackageKind.ALL)

    columns = {
        name
        for some in records_in(file).values()
        for record in some
        for rows in record.rows.values()
        for row in rows
        for name in row
    }
    assert "id" not in columns
    assert {name for name in columns if name.endswith("_by_id")} == set()


@pytest.mark.requirement("LG-14-3", "LG-23-1c", "HL-1.3c")
def test_after_an_acknowledgement_only_what_changed_since_goes_up(
    desk: Desk, sender: Sender, register: Register
) -> None:
    first, second = register("第一铺装修"), register("第二铺装修")
    sent, _ = sender.make()
    sender.packing.apply_acknowledgement(sender.answer(sent))
    patrol(desk, first, "visit-1")
    desk.platform.record(second, "XT2026030200018", act_id="entered")

    _, file = sender.make()

    assert uids_in(file) == {(RecordKind.PATROL, "visit-1"), uid_of(desk, second)}


@pytest.mark.requirement("LG-14-3")
def test_a_lost_package_goes_up_again_with_the_next(desk: Desk, sender: Sender, register: Register) -> None:
    register("第一铺装修")
    sender.make()
    register("第二铺装修")
    later, file = sender.make()

    assert later.from_event == 0
    assert later.counts[RecordKind.FILING] == 2
    sender.packing.apply_acknowledgement(sender.answer(later))
    assert sender.packing.standing().count == 0
    assert file.exists()


def test_a_package_of_a_period_settles_nothing(desk: Desk, sender: Sender, register: Register) -> None:
    register()
    sent, _ = sender.make(PackageKind.PERIOD, period=(factories.FILED_ON, factories.FILED_ON))

    sender.packing.apply_acknowledgement(sender.answer(sent))

    assert sender.packing.standing().count == 1


def test_looking_at_a_filing_whole_does_not_change_it(desk: Desk, sender: Sender, register: Register) -> None:
    filing_id = register()
    sent, _ = sender.make()
    sender.packing.apply_acknowledgement(sender.answer(sent))

    desk.revealing.reveal(filing_id, PURPOSE)

    assert sender.packing.standing().count == 0
    with pytest.raises(ClerkError, match="nothing_to_send"):
        sender.make()


@pytest.mark.requirement("LG-23-1c")
def test_the_package_of_a_month_stands_by_itself(desk: Desk, sender: Sender, register: Register, clock: Clock) -> None:
    filing_id, other = register("跨月装修"), register("无关装修")
    clock.day, clock.moment = date(2026, 4, 3), clock.moment + timedelta(days=32)
    patrol(desk, filing_id, "visit-april", on=clock.day)

    _, file = sender.make(PackageKind.PERIOD, period=(date(2026, 4, 1), date(2026, 4, 30)))

    assert uids_in(file) == {(RecordKind.PATROL, "visit-april"), uid_of(desk, filing_id)}
    assert uid_of(desk, other) not in uids_in(file)


@pytest.mark.requirement("LG-23-1c")
def test_a_visit_entered_after_its_month_is_in_the_package_of_that_month(
    desk: Desk, sender: Sender, register: Register, clock: Clock
) -> None:
    filing_id = register()
    clock.day, clock.moment = date(2026, 4, 1), clock.moment + timedelta(days=30)
    patrol(desk, filing_id, "visit-31", on=date(2026, 3, 31))

    _, file = sender.make(PackageKind.PERIOD, period=(date(2026, 3, 1), date(2026, 3, 31)))

    assert (RecordKind.PATROL, "visit-31") in uids_in(file)


def test_what_is_not_yet_up_is_counted_by_kind_and_age(
    desk: Desk, sender: Sender, register: Register, clock: Clock
) -> None:
    filing_id = register()
    clock.day, clock.moment = date(2026, 3, 12), clock.moment + timedelta(days=10)
    patrol(desk, filing_id, "visit-1", on=clock.day)

    standing = sender.packing.standing()

    waiting = {each.kind: each for each in standing.waiting if each.count}
    assert set(waiting) == {RecordKind.FILING, RecordKind.PATROL}
    assert waiting[RecordKind.PATROL].by_age[AgeBand.TODAY] == 1
    assert waiting[RecordKind.FILING].by_age[AgeBand.MONTH] == 1
    older = {each.kind: each for each in sender.packing.standing(clock.day + timedelta(days=60)).waiting}
    assert older[RecordKind.FILING].by_age[AgeBand.OLDER] == 1


@pytest.mark.requirement("LG-23-1c")
def test_what_was_refused_goes_up_again_until_it_is_taken(desk: Desk, sender: Sender, register: Register) -> None:
    filing_id = register()
    register("第二铺装修")
    kind, uid = uid_of(desk, filing_id)
    sent, _ = sender.make()

    told = sender.packing.apply_acknowledgement(sender.answer(sent, refusal(kind, uid)))

    assert (told.refused, told.is_repeated) == (1, False)
    (refused,) = sender.packing.standing().refused
    assert (refused.subject_id, refused.reason) == (filing_id, "编号已被占用")
    assert refused.name == desk.ledger.file(filing_id).row.number
    again, file = sender.make()
    assert uids_in(file) == {(kind, uid)}
    sender.packing.apply_acknowledgement(sender.answer(again))
    assert sender.packing.standing().refused == ()
    assert sender.packing.standing().count == 0


def test_the_same_acknowledgement_twice_changes_nothing(desk: Desk, sender: Sender, register: Register) -> None:
    kind, uid = uid_of(desk, register())
    sent, _ = sender.make()
    answer = sender.answer(sent, refusal(kind, uid))
    first = sender.packing.apply_acknowledgement(answer)
    events, standing = count_of(desk, "audit_event"), sender.packing.standing()

    second = sender.packing.apply_acknowledgement(answer)

    assert second.is_repeated
    assert second.sent == first.sent
    assert count_of(desk, "audit_event") == events
    assert sender.packing.standing() == standing


def test_an_answer_that_comes_late_does_not_undo_a_later_one(desk: Desk, sender: Sender, register: Register) -> None:
    kind, uid = uid_of(desk, register())
    first, _ = sender.make()
    second, _ = sender.make()
    sender.packing.apply_acknowledgement(sender.answer(second))

    sender.packing.apply_acknowledgement(sender.answer(first, refusal(kind, uid)))

    assert sender.packing.standing().refused == ()


def test_an_acknowledgement_of_anothers_package_is_refused(desk: Desk, sender: Sender, register: Register) -> None:
    register()
    sent, _ = sender.make()
    answer = sender.answer(replace(sent, package_id="7c1de5d2-4f9f-4b59-8f0e-0d4f1f7b1c11"))

    with pytest.raises(ClerkError, match="package_not_ours"):
        sender.packing.apply_acknowledgement(answer)


def test_an_acknowledgement_of_a_station_nobody_confirmed_is_refused(
    desk: Desk, sender: Sender, register: Register
) -> None:
    register()
    sent, _ = sender.make()

    with pytest.raises(ClerkError, match="station_unknown"):
        sender.packing.apply_acknowledgement(sender.answer(sent, keys=new_keys()))
    assert sender.packing.standing().settled_event == 0


def test_a_conflict_at_the_receiver_stays_to_be_sent(desk: Desk, sender: Sender, register: Register) -> None:
    kind, uid = uid_of(desk, register())
    sent, _ = sender.make()
    conflict = NotTaken(kind=kind, uid=uid, outcome=Outcome.CONFLICT, reason="两边都有改动")

    sender.packing.apply_acknowledgement(sender.answer(sent, conflict))

    assert [each.reason for each in sender.packing.standing().refused] == ["两边都有改动"]


def test_the_same_act_twice_gives_the_same_package(desk: Desk, sender: Sender, register: Register) -> None:
    register()
    first, file = sender.make(act_id="once")
    content = file.read_bytes()

    second, _ = sender.make(act_id="once")

    assert second == first
    assert file.read_bytes() == content
    assert sender.packing.sent() == (first,)


def test_making_a_package_changes_nothing_that_goes_up(desk: Desk, sender: Sender, register: Register) -> None:
    register()
    _, file = sender.make()
    _, again = sender.make()

    assert records_in(again) == records_in(file)
    with desk.database.reading(is_whole=True) as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert last is not None
        assert [kind for kind, _, _ in last.touched] == ["sent_package"]


@pytest.mark.requirement("LG-23-1c")
def test_what_came_from_elsewhere_goes_up_in_the_versions_it_came_in(
    desk: Desk, sender: Sender, register: Register
) -> None:
    filing_id, elsewhere = register(), "ab" * 20
    before = count_of(desk, "audit_event")
    with desk.database.writing(is_whole=True) as session:
        session.add(
            ForeignSubject(
                kind="filing",
                subject_id=filing_id,
                uid=uid_of(desk, filing_id)[1],
                station_id=sender.street_id,
                versions={elsewhere: 7},
                local_event=before,
                is_masked=True,
            )
        )

    _, untouched = sender.make()
    desk.platform.record(filing_id, "XT2026030200019", act_id="entered")
    _, changed = sender.make()

    (came,), (ours,) = records_in(untouched)[RecordKind.FILING], records_in(changed)[RecordKind.FILING]
    assert came.versions == {elsewhere: 7}
    assert ours.versions[elsewhere] == 7
    assert ours.versions[desk.station_keys.own_card().fingerprint] > before
    assert precedence(ours.versions, came.versions) is Precedence.LATER
    assert came.is_masked


def test_a_ledger_that_sent_and_was_answered_is_sound(desk: Desk, sender: Sender, register: Register) -> None:
    kind, uid = uid_of(desk, register())
    sent, _ = sender.make()
    sender.packing.apply_acknowledgement(sender.answer(sent, refusal(kind, uid)))

    assert desk.ledger_check.verify().findings == ()


class _StopAt:
    """Progress whose watcher gives up after some steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, done: int, total: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_a_package_given_up_leaves_neither_file_nor_record(
    desk: Desk, sender: Sender, register: Register, steps: int
) -> None:
    for place in range(4):
        register(f"第{place}铺装修")
    events = count_of(desk, "audit_event")

    with pytest.raises(Cancelled):
        sender.make(progress=_StopAt(steps))

    assert [file for file in sender.folder.iterdir() if file.is_file()] == []
    assert sender.packing.sent() == ()
    assert count_of(desk, "audit_event") == events


def test_a_stick_that_is_gone_leaves_no_record(desk: Desk, sender: Sender, register: Register, tmp_path: Path) -> None:
    register()

    with pytest.raises(ClerkError, match="cannot_save_file"):
        sender.packing.make(PackageKind.ALL, tmp_path / "gone" / "a.swpkg", act_id="a")

    assert sender.packing.sent() == ()


def test_a_name_that_cannot_be_taken_leaves_no_record(
    desk: Desk, sender: Sender, register: Register, tmp_path: Path
) -> None:
    register()
    taken = tmp_path / "taken.swpkg"
    (taken / "inside").mkdir(parents=True)

    with pytest.raises(ClerkError, match="cannot_save_file"):
        sender.packing.make(PackageKind.ALL, taken, act_id="a")

    assert sender.packing.sent() == ()
    assert not taken.with_name("taken.swpkg.part").exists()


def test_a_masked_package_shows_no_number_of_a_person(desk: Desk, sender: Sender, register: Register) -> None:
    filing_id = register(f"装修（请拨{PHONE}）")
    patrol(desk, filing_id, "visit-1")

    sent, file = sender.make(whole=False, purpose="")

    records = records_in(file)
    said = canonical_json([record.plain() for some in records.values() for record in some]).decode()
    assert sent.is_masked
    assert PHONE not in said
    assert factories.PERSON_ID not in said
    assert all(record.is_masked for some in records.values() for record in some)
    assert not {"issued_document", "attachment", "reprint", "enforcement_order"} & {
        table for some in records.values() for record in some for table in record.rows
    }


def test_a_masked_package_of_a_whole_life_says_what_happened(sampled: Sender) -> None:
    _, covered = sampled.make(PackageKind.ALL, whole=False, purpose="")
    _, whole = sampled.make(PackageKind.ALL)

    kept = {each for each in uids_in(whole) if each[0] not in (RecordKind.LOOSE_PAPER, RecordKind.LOOSE_ATTACHMENT)}
    assert uids_in(covered) == kept
    said = covered_text(covered)
    for record in records_in(whole)[RecordKind.FOUND_SITE]:
        assert record.rows["found_site"][0]["owner_phone"] not in said
    for record in records_in(whole)[RecordKind.REPORT]:
        assert record.rows["public_report"][0]["reporter_phone"] not in said
        assert record.rows["public_report"][0]["reporter_name"] not in said


def covered_text(file: Path) -> str:
    return canonical_json([record.plain() for some in records_in(file).values() for record in some]).decode()


def test_whole_personal_data_need_a_purpose_and_the_purpose_is_on_record(
    desk: Desk, sender: Sender, register: Register
) -> None:
    register()

    with pytest.raises(ClerkError, match="purpose_required"):
        sender.make(purpose="")
    sender.make()

    with desk.database.reading(is_whole=True) as session:
        made = session.scalars(select(AuditEvent).where(AuditEvent.act == "package_made")).all()
    assert [event.reason for event in made] == [PURPOSE]


def test_scans_go_along_by_choice_and_only_with_whole_data(desk: Desk, sender: Sender, register: Register) -> None:
    attached = desk.attachments.add(register(), scan("合同"), act_id="scan-1", title="施工合同")

    sent, file = sender.make(attachments=True)
    _, without = sender.make()

    with opened(file) as reader:
        assert reader.attachments() == (attached.sha256,)
    with opened(without) as reader:
        assert reader.attachments() == ()
    assert sent.has_attachments
    with pytest.raises(ClerkError, match="scans_need_whole"):
        sender.make(whole=False, attachments=True)


def test_a_package_for_a_receiver_is_sealed(desk: Desk, sender: Sender, register: Register) -> None:
    register("密封装修")
    asked = PackageKind.ALL
    sealed = sender.folder / "sealed.swpkg"
    sender.packing.make(asked, sealed, act_id="s", whole=True, purpose=PURPOSE, receiver_id=sender.street_id)

    with pytest.raises(ClerkError, match="not_sealed_for_us"):
        opened(sealed)
    with opened(sealed, opener=Opener(STREET_KEYS.seal_private)) as reader:
        assert reader.manifest.counts[RecordKind.FILING] == 1


@pytest.mark.parametrize(
    ("role", "areas", "code"),
    [
        (Role.WINDOW_CLERK, frozenset({"坪安社区"}), "outside_scope"),
        (Role.ADMINISTRATOR, None, "not_permitted"),
    ],
)
def test_a_package_takes_rights_that_count_everywhere(
    desk: Desk, sender: Sender, register: Register, role: Role, areas: frozenset[str] | None, code: str
) -> None:
    register()
    work_as(desk, person(31, "罗甲", role, areas=areas))

    for asked in (
        sender.packing.standing,
        sender.packing.sent,
        sender.make,
        lambda: sender.packing.apply_acknowledgement(sender.folder / "a.swack"),
    ):
        with pytest.raises(ClerkError, match=code):
            asked()
    assert not sender.packing.may_pack()


def test_who_may_not_see_whole_sends_covered_data(desk: Desk, sender: Sender, register: Register) -> None:
    register()
    patroller = person(32, "何巡", Role.PATROLLER)
    assert not patroller.may(Right.SEE_WHOLE)
    work_as(desk, patroller)

    with pytest.raises(ClerkError, match="not_permitted"):
        sender.make()
    sent, _ = sender.make(whole=False, purpose="")

    assert sent.is_masked
    assert sender.packing.may_pack()
    assert not sender.packing.may_pack(whole=True)


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        (PackageKind.PERIOD, None),
        (PackageKind.PERIOD, (date(2026, 3, 2), date(2026, 3, 1))),
        (PackageKind.ALL, (date(2026, 3, 1), date(2026, 3, 2))),
    ],
)
def test_a_period_goes_with_its_kind_and_runs_forward(
    sender: Sender, register: Register, kind: PackageKind, period: tuple[date, date] | None
) -> None:
    register()

    with pytest.raises(ClerkError, match="period_required"):
        sender.make(kind, period=period)
