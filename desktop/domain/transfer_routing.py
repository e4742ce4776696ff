"""Which body a matter goes to and by which letter, from the pack's tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.after_registration import Aftermath, follow_up
from desktop.domain.bodies import BodyLevel, TransferBody, TransferKind
from desktop.domain.facts import Facts, FactValue
from desktop.domain.pack import PolicyPack
from desktop.domain.transfer import TransferMatter, TransferProposal

SAME_DAY: Final = "same_day_report_to_street_enforcement"


@dataclass(frozen=True, slots=True)
class _Named:
    """The body that the rules name, with the article."""

    name: str = ""
    article: str = ""


def propose_transfer(
    matter: TransferMatter, pack: PolicyPack, *, facts: Facts, departments: Collection[str] = ()
) -> TransferProposal:
    """Propose letter and body for a matter; ``facts`` are those of the site, with its kind.

    ``departments`` lead the trade of the site: beyond the street's power the district's body of that trade comes
    first.  Without an answer to the question of power the street's own body is proposed, and the question asked.
    """
    violation = matter.violation or ("" if matter.finding else "work_safety")
    found = follow_up(_stated(matter, facts, violation), pack)
    is_same_day = _is_same_day(found, is_refused=matter.is_refused)
    named = _named(found, is_same_day=is_same_day)
    street = _bodies(pack, violation, BodyLevel.STREET, first=named.name)
    district = _bodies(pack, violation, BodyLevel.DISTRICT, departments=departments)
    within = TransferProposal(
        kind=_kind(street, named.name, is_same_day=is_same_day),
        to_body=named.name,
        route=violation or matter.finding,
        article=named.article,
        is_same_day=is_same_day,
        bodies=(*street, *district),
        question=pack.power_question if district else None,
        is_within_power=matter.is_within_power,
    )
    if matter.is_within_power is not False or not district:
        return within
    body = district[0]
    return replace(within, kind=body.kind, to_body=body.name, article=body.article, bodies=(*district, *street))


def _stated(matter: TransferMatter, facts: Facts, violation: str) -> Facts:
    stated: dict[str, FactValue] = {"refuses_rectification": matter.is_refused}
    if matter.finding:
        stated["patrol_finding"] = matter.finding
    if violation:
        stated["violation_kind"] = violation
    return facts.with_facts(**stated)


def _is_same_day(found: Aftermath, *, is_refused: bool) -> bool:
    """Say whether the rules want enforcement told within the same day (当日)."""
    after_refusal = (found.if_refused, found.if_not_rectified) if is_refused else ()
    return SAME_DAY in (*found.patrol_actions, *after_refusal)


def _named(found: Aftermath, *, is_same_day: bool) -> _Named:
    """Give the body that the rules name: whom to tell the same day, else where the rules on violations send it."""
    told, sent = (_by(found, name) for name in ("report_to", "transfer_to"))
    order = (told, sent) if is_same_day else (sent, told)
    return next((one for one in order if one.name), _Named())


def _by(found: Aftermath, decides: str) -> _Named:
    article = next((reason.article for reason in found.reasons if reason.decides == decides), "")
    return _Named(getattr(found, decides) or "", article)


def _kind(bodies: tuple[TransferBody, ...], name: str, *, is_same_day: bool) -> TransferKind:
    if is_same_day:
        return TransferKind.REPORT
    return next((body.kind for body in bodies if body.name == name), TransferKind.TRANSFER)


def _bodies(
    pack: PolicyPack, violation: str, level: BodyLevel, *, first: str = "", departments: Collection[str] = ()
) -> tuple[TransferBody, ...]:
    """Give the bodies of a level: the one named, then whose own the violation is, of the site's trade first."""
    own = [body for body in pack.bodies if body.level is level]
    return tuple(
        sorted(
            own,
            key=lambda body: (
                body.name != first,
                violation not in body.violations,
                set(departments).isdisjoint(body.departments),
            ),
        )
    )
