"""What somebody with an account of their own could try to get at more than is theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.domain.access import NOBODY, Actor, Grant, Right, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.demands import DemandDraft
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.verification import Datum, Finding, Manner, VerificationRequest
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.models.record import AuditEvent
from desktop.services.accounts import NewAccount
from desktop.services.conduct_at_intake import refuse_unnamed_manager
from desktop.services.desk import Desk
from desktop.services.review_settings import OwnReview
from tests import factories
from tests.integration.at_work import MANAGER, work_as
from tests.integration.conftest import Decide
from tests.integration.people import ADMIN_PASSWORD, OWN_PASSWORD, clerk, found, hire

HERE, THERE = frozenset({"坪安社区"}), frozenset({"新禾社区"})
MOBILE = "13800002719"


def _actor(*grants: Grant) -> Actor:
    return Actor(account_id=77, user_name="li", name="李", grants=grants)


def _with_phones(walk_in: WalkIn, *, owner: str, contractor: str) -> WalkIn:
    party = replace(walk_in.contractor.party, phone=contractor)
    return replace(
        walk_in,
        owner=replace(walk_in.owner, phone=owner),
        contractor=replace(walk_in.contractor, party=party),
        owner_safety_manager=replace(walk_in.owner_safety_manager, phone=""),
    )


def _patroller(areas: frozenset[str]) -> Grant:
    return Grant(role=Role.PATROLLER, areas=areas)


@pytest.mark.requirement("YC-1a")
def test_a_first_password_opens_nothing_until_it_is_changed(desk: Desk) -> None:
    found(desk)
    made = desk.accounts.make(NewAccount(user_name="zhouhe", name="周禾", grants=(clerk(),)))
    assert desk.sign_in.sign_in("zhouhe", made.one_time_password).must_change
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.ledger.ids(LedgerCriteria())
    desk.sign_in.change_password(made.one_time_password, OWN_PASSWORD)
    assert desk.ledger.ids(LedgerCriteria()) == ()
    assert desk.sign_in.actor.may(Right.REGISTER)


@pytest.mark.requirement("YC-A4f")
def test_who_keeps_accounts_of_an_area_takes_no_other_role_himself(desk: Desk) -> None:
    found(desk)
    boss = Grant(role=Role.DISTRICT_GOVERNMENT_ADMIN, areas=HERE)
    account_id = hire(desk, "boss", boss)
    desk.sign_in.sign_in("boss", OWN_PASSWORD)
    for more in (Role.ENFORCEMENT_OFFICER, Role.MANAGER, Role.CITY_GOVERNMENT_ADMIN):
        with pytest.raises(ClerkError, match="own_account"):
            desk.accounts.set_grants(account_id, [boss, Grant(role=more, areas=HERE)], "方便工作")


def test_one_administrator_of_everything_stays(desk: Desk) -> None:
    own = found(desk).account_id
    assert own is not None
    with pytest.raises(ClerkError, match="last_administrator"):
        desk.accounts.set_grants(own, [Grant(role=Role.ADMINISTRATOR, areas=HERE)], "误操作")


def test_roles_taken_from_oneself_are_gone_at_once(desk: Desk) -> None:
    own = found(desk).account_id
    assert own is not None
    hire(desk, "second", Grant(role=Role.ADMINISTRATOR))
    desk.accounts.set_grants(own, [clerk()], "改做窗口")
    assert not desk.sign_in.actor.may(Right.KEEP_ACCOUNTS)


def test_who_is_not_signed_in_learns_no_user_name(desk: Desk) -> None:
    found(desk)
    work_as(desk, NOBODY)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.accounts.suggested_user_name("高远")


@pytest.mark.requirement("LG-21-4e")
def test_another_name_makes_nobody_another_person(desk: Desk, complete: WalkIn) -> None:
    found(desk)
    both = hire(desk, "sunquan", clerk(), Grant(role=Role.REVIEWER), name="孙全")
    desk.review_settings.keep(OwnReview(other_small=1, same_person=False))
    desk.sign_in.sign_in("sunquan", OWN_PASSWORD)
    sent = desk.intake.decide(DecisionRequest(act_id="sent", act=Act.SUBMIT_FOR_REVIEW, walk_in=complete))
    desk.sign_in.sign_in("gaoyuan", ADMIN_PASSWORD)
    desk.accounts.rename(both, "孙荃")
    desk.sign_in.sign_in("sunquan", OWN_PASSWORD)
    with pytest.raises(ClerkError, match="same_person"):
        desk.reviews.approve(sent.filing_id, "passed")


@pytest.mark.requirement("YC-2b")
def test_an_owners_phone_is_seen_whole_only_where_that_right_reaches(desk: Desk) -> None:
    asked = DemandDraft(
        works="外墙修补",
        trade="防水",
        community="坪安社区",
        place="坪安路18号",
        owner_name="陈小满",
        owner_phone=MOBILE,
        remark=f"微信同号 {MOBILE}",
    )
    demand_id = desk.demands.take_in(asked, act_id="a")
    work_as(desk, _actor(_patroller(HERE), clerk(THERE)))
    assert MOBILE not in repr(desk.demands.all())
    with pytest.raises(ClerkError, match="outside_scope"):
        desk.demands.owner_phone(demand_id, "回电核实")


@pytest.mark.requirement("YC-2b", "LG-P1")
def test_parties_are_offered_from_where_one_registers_and_not_from_all_one_sees(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    decide(replace(complete, owner=factories.person()))
    work_as(desk, _actor(Grant(role=Role.CITY_GOVERNMENT_USER), clerk(THERE)))
    assert desk.intake.parties_like("陈小满") == ()
    assert desk.intake.contractors_like("匠新") == ()
    work_as(desk, _actor(clerk(HERE)))
    assert desk.intake.parties_like("陈小满") == (factories.person(),)


@pytest.mark.requirement("YC-2b")
def test_a_manager_agrees_only_for_the_own_community(desk: Desk) -> None:
    found(desk)
    hire(desk, "here", Grant(role=Role.MANAGER, areas=HERE), name="李管")
    hire(desk, "there", Grant(role=Role.MANAGER, areas=THERE), name="吴管")
    window = _actor(clerk(HERE), Grant(role=Role.MANAGER, areas=THERE))
    with desk.database.reading() as session:
        for reason in ("本人同意", "吴管同意"):
            with pytest.raises(ClerkError, match="manager_not_named"):
                refuse_unnamed_manager(session, window, reason, community="坪安社区")
        refuse_unnamed_manager(session, window, "李管同意", community="坪安社区")
        refuse_unnamed_manager(session, window, "本人同意", community="新禾社区")


@pytest.mark.requirement("LG-P1")
def test_a_paper_of_before_a_correction_stays_closed(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    matter = _with_phones(complete, owner=MOBILE, contractor="13800004444")
    missing = MaterialCheck(code=complete.materials[0].code, verdict=Verdict.MISSING)
    told = decide(matter.with_check(missing), Act.ONE_TIME_NOTICE)
    decide(_with_phones(complete, owner="13800009999", contractor="13800008888"), filing_id=told.filing_id)
    work_as(desk, _actor(_patroller(HERE)))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.issuing.pdf(told.papers[0].id)


@pytest.mark.requirement("LG-P1")
def test_numbers_typed_into_opinions_notes_reasons_and_titles_are_covered(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    typed = f"本人 {factories.PERSON_ID} 电话 {MOBILE}"
    filing_id = decide(complete, Act.NOT_APPLICABLE, reason=typed).filing_id
    desk.reviews.give_opinion(filing_id, typed)
    desk.verifying.record(
        VerificationRequest(
            act_id="v",
            filing_id=filing_id,
            datum=Datum(next(iter(Datum))),
            manner=Manner.OTHER,
            finding=Finding.TRUE,
            note=typed,
        )
    )
    form = desk.issuing.blank(desk.issuing.blanks()[0][0])
    desk.attachments.add(filing_id, form, act_id="scan", title=typed)
    shown = [
        desk.ledger.file(filing_id).timeline,
        desk.reviews.steps(filing_id),
        desk.verifying.of(filing_id),
        desk.attachments.of_filing(filing_id),
        desk.worklist.worklist(),
    ]
    work_as(desk, MANAGER)
    shown.append(desk.worklist.worklist())
    for part in shown:
        assert part
        assert factories.PERSON_ID not in repr(part)
        assert MOBILE not in repr(part)
    with desk.database.reading(is_whole=True) as session:
        assert typed in session.scalars(select(AuditEvent.reason)).all(), "what was said stays on record as said"
