"""The register of firms: kept, found, offered at intake, printed for owners; who may and what is on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desktop.domain.access import NOBODY, Actor, Grant, Role
from desktop.domain.acts import Decided
from desktop.domain.conduct import BadRecordDraft
from desktop.domain.errors import ClerkError
from desktop.domain.firms import CertificateKind, FirmCertificate, FirmDraft, FirmKind, PapersState
from desktop.domain.walk_in import IdKind, WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.factories import COMPANY_CODE, FILED_ON, OTHER_COMPANY_CODE, PERSON_ID

Decide = Callable[..., Decided]


def firm(**changes: Any) -> FirmDraft:
    """The contractor of the ordinary matter, as the register keeps it."""
    made = FirmDraft(
        name="深圳市匠新装饰工程有限公司",
        id_number=OTHER_COMPANY_CODE,
        trade="装饰装修",
        contact_name="周望",
        phone="13800005566",
        certificates=(
            FirmCertificate(
                kind=CertificateKind.QUALIFICATION,
                title="建筑装修装饰工程专业承包",
                number="D3440000000",
                grade="二级",
                valid_to=date(2028, 5, 31),
            ),
            FirmCertificate(
                kind=CertificateKind.SAFETY_LICENCE, title="安全生产许可证", number="0000", valid_to=date(2026, 4, 1)
            ),
        ),
    )
    return replace(made, **changes)


def craftsman(**changes: Any) -> FirmDraft:
    """A craftsman with a mobile phone and a resident ID."""
    made = FirmDraft(
        kind=FirmKind.CRAFTSMAN,
        name="何平",
        id_kind=IdKind.RESIDENT_ID,
        id_number=PERSON_ID,
        trade="水电工",
        phone="13800006612",
    )
    return replace(made, **changes)


def as_role(desk: Desk, *roles: Role) -> None:
    """Let somebody with these roles be at work."""
    grants = tuple(Grant(role=role) for role in roles)
    desk.firms._station.work_as(Actor(account_id=None, user_name="test", name="测试", grants=grants))


def pdf_text(pdf: bytes) -> str:
    """The words of a paper, without line breaks."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


@pytest.mark.requirement("YC-4b", "YC-4i")
def test_firms_and_craftsmen_are_kept_and_found_by_name_initials_number_and_trade(desk: Desk) -> None:
    desk.firms.add(firm(), act_id="a")
    desk.firms.add(craftsman(), act_id="b")
    for asked, name in (("匠新", "匠新"), ("szsjx", "匠新"), ("0003500K", "匠新"), ("水电", "何平"), ("hp", "何平")):
        assert [name in row.name for row in desk.firms.all(asked)] == [True], asked
    kinds = {row.kind for row in desk.firms.all()}
    assert kinds == {FirmKind.ENTERPRISE, FirmKind.CRAFTSMAN}


@pytest.mark.requirement("YC-4b")
def test_lists_cover_personal_numbers_and_show_credit_codes(desk: Desk) -> None:
    desk.firms.add(firm(), act_id="a")
    desk.firms.add(craftsman(), act_id="b")
    rows = desk.firms.all()
    told = " ".join(f"{row.id_shown} {row.phone_shown}" for row in rows)
    assert OTHER_COMPANY_CODE in told
    assert PERSON_ID not in told
    assert "13800006612" not in told


@pytest.mark.requirement("YC-4b")
def test_the_same_number_is_kept_once_and_the_same_act_counts_once(desk: Desk) -> None:
    first = desk.firms.add(firm(), act_id="a")
    assert desk.firms.add(firm(), act_id="a") == first
    with pytest.raises(ClerkError, match="firm_known"):
        desk.firms.add(firm(name="别的名称", id_number=f" {OTHER_COMPANY_CODE.lower()}"), act_id="b")
    assert len(desk.firms.all()) == 1


@pytest.mark.requirement("YC-4b")
def test_a_number_left_covered_in_the_editor_stays_as_stored(desk: Desk) -> None:
    firm_id = desk.firms.add(craftsman(), act_id="a")
    shown = desk.firms.for_editing(firm_id)
    assert PERSON_ID not in str(shown)
    assert desk.firms.faults(shown, firm_id=firm_id) == ()
    assert desk.firms.change(firm_id, replace(shown, trade="电工"))
    [offer] = desk.firms.offers("何平")
    assert (offer.contractor.party.id_number, offer.contractor.party.phone) == (PERSON_ID, "13800006612")
    assert desk.firms.change(firm_id, replace(shown, trade="电工")) == frozenset()


@pytest.mark.requirement("YC-4b")
def test_an_unfit_firm_is_refused_with_its_field_and_nothing_is_kept(desk: Desk) -> None:
    with pytest.raises(ClerkError) as caught:
        desk.firms.add(firm(id_number=COMPANY_CODE[:-1] + "4"), act_id="a")
    assert (caught.value.code, caught.value.details["field"]) == ("firm_unfit", "id_number")
    assert desk.firms.all() == ()


@pytest.mark.requirement("YC-4b")
def test_cases_done_are_the_registered_filings_of_the_firm(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    desk.firms.add(firm(), act_id="a")
    decide(complete)
    [row] = desk.firms.all()
    assert row.cases == 1


@pytest.mark.requirement("LG-13-2")
def test_the_expiry_list_names_what_runs_out_within_sixty_days(desk: Desk) -> None:
    firm_id = desk.firms.add(firm(), act_id="a")
    [row] = desk.firms.expiring()
    assert (row.firm_id, row.certificate.title, row.state) == (firm_id, "安全生产许可证", PapersState.EXPIRING)
    assert desk.firms.expiring(within_days=10) == ()
    desk.firms.withdraw(firm_id, "停业")
    assert desk.firms.expiring() == ()


@pytest.mark.requirement("LG-10-1c", "LG-13-2")
def test_registered_firms_are_offered_first_with_the_state_of_their_papers(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    other = factories.company("深圳市匠新水电有限公司", id_number=COMPANY_CODE)
    decide(replace(complete, contractor=replace(complete.contractor, party=other)))
    decide(replace(complete, place=replace(complete.place, building="B栋"), owner=factories.person()))
    desk.firms.add(firm(), act_id="a")
    first, second = desk.firms.offers("匠新")
    assert (first.contractor.party.id_number, first.papers) == (OTHER_COMPANY_CODE, PapersState.EXPIRING)
    assert first.contractor.qualification.number == "D3440000000"
    assert first.contractor.safety_licence.valid_to == date(2026, 4, 1)
    assert (second.contractor.party.name, second.papers) == (other.name, None)


@pytest.mark.requirement("YC-4b")
def test_a_withdrawn_firm_is_offered_no_more_and_comes_back_with_a_reason(desk: Desk) -> None:
    firm_id = desk.firms.add(firm(), act_id="a")
    with pytest.raises(ClerkError, match="reason_required"):
        desk.firms.withdraw(firm_id, " ")
    desk.firms.withdraw(firm_id, "停业")
    assert desk.firms.offers("匠新") == ()
    desk.firms.take_back(firm_id, "复业")
    assert len(desk.firms.offers("匠新")) == 1


@pytest.mark.requirement("YC-4b", "YC-4f")
def test_the_list_for_owners_has_no_personal_number_and_nobody_on_record(desk: Desk) -> None:
    desk.firms.add(craftsman(listed_phone="0755-20001234"), act_id="a")
    bad = desk.firms.add(firm(), act_id="b")
    withdrawn = desk.firms.add(firm(name="深圳市歇业装饰有限公司", id_number=COMPANY_CODE), act_id="c")
    desk.firms.withdraw(withdrawn, "停业")
    desk.conduct.enter(
        BadRecordDraft(firm_id=bad, decided_on=FILED_ON, since=FILED_ON, document="1号", decided_by="街道办"),
        act_id="d",
    )
    printed = pdf_text(desk.firms.list_pdf())
    assert "何平" in printed
    assert "0755-20001234" in printed
    for unwanted in (PERSON_ID, "13800006612", OTHER_COMPANY_CODE, "匠新", "歇业"):
        assert unwanted not in printed


@pytest.mark.requirement("YC-4b", "LG-10-1c")
@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        (Role.WINDOW_CLERK, True, True),
        (Role.ADMINISTRATOR, True, True),
        (Role.PATROLLER, True, False),
        (Role.MANAGER, True, False),
        (Role.AUDITOR, False, False),
        (None, False, False),
    ],
)
def test_who_reads_and_who_keeps_the_register(desk: Desk, role: Role | None, reads: bool, keeps: bool) -> None:
    firm_id = desk.firms.add(firm(), act_id="a")
    if role is None:
        desk.firms._station.work_as(NOBODY)
    else:
        as_role(desk, role)
    for is_allowed, call in (
        (reads, lambda: desk.firms.all()),
        (reads, lambda: desk.firms.file(firm_id)),
        (reads, lambda: desk.firms.expiring()),
        (reads, lambda: desk.firms.list_pdf()),
        (keeps, lambda: desk.firms.for_editing(firm_id)),
        (keeps, lambda: desk.firms.add(craftsman(), act_id="b")),
        (keeps, lambda: desk.firms.change(firm_id, firm(trade="土建"))),
        (keeps, lambda: desk.firms.withdraw(firm_id, "停业")),
    ):
        if is_allowed:
            call()
        else:
            with pytest.raises(ClerkError, match="not_permitted"):
                call()


@pytest.mark.requirement("YC-4b")
def test_every_change_is_in_the_trail_with_covered_numbers_and_a_hash_of_what_it_left(desk: Desk) -> None:
    firm_id = desk.firms.add(craftsman(), act_id="a")
    desk.firms.change(firm_id, replace(desk.firms.for_editing(firm_id), trade="电工", phone="13800007788"))
    with desk.database.reading(is_whole=True) as session:
        events = session.execute(
            text("SELECT act, changes, touched FROM audit_event WHERE act LIKE 'firm%' ORDER BY id")
        ).all()
    assert [event.act for event in events] == ["firm_added", "firm_changed"]
    told = " ".join(event.changes for event in events)
    assert "13800007788" not in told
    assert PERSON_ID not in told
    assert '["trade"' in events[1].changes
    assert '["phone"' in events[1].changes
    assert f'["firm",{firm_id},' in events[0].touched
    assert events[0].touched != events[1].touched


@pytest.mark.requirement("YC-4b")
def test_a_firm_cannot_be_deleted_even_by_hand(desk: Desk) -> None:
    desk.firms.add(firm(certificates=()), act_id="a")
    with pytest.raises(DBAPIError, match="withdrawn"), desk.database.connection() as connection:
        connection.execute(text("DELETE FROM firm"))


@pytest.mark.requirement("LG-13-2")
def test_a_renewed_certificate_leaves_the_expiry_list(desk: Desk) -> None:
    firm_id = desk.firms.add(firm(), act_id="a")
    shown = desk.firms.for_editing(firm_id)
    renewed = replace(shown.certificates[1], number="0001", valid_to=FILED_ON + timedelta(days=900))
    desk.firms.change(firm_id, replace(shown, certificates=(*shown.certificates, renewed)))
    assert desk.firms.expiring() == ()
