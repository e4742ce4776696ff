"""The printed papers by code, which of them an act prints, and the blank forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers import blanks, letters, notices
from desktop.documents.papers.life_blanks import LIFE_BLANKS
from desktop.documents.papers.obligations import obligations
from desktop.documents.papers.one_time_notice import one_time_notice
from desktop.documents.papers.orders import order_paper
from desktop.documents.papers.posting import posting
from desktop.documents.papers.receipt import receipt
from desktop.documents.papers.received import papers_received
from desktop.documents.papers.registration_form import registration_form
from desktop.documents.papers.site_blanks import SITE_BLANKS
from desktop.documents.papers.submission_receipt import submission_receipt
from desktop.documents.titles import TITLES
from desktop.domain.acts import Act, Office
from desktop.domain.assess import assess
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK, Facts
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import WalkIn
from desktop.domain.workdays import WorkdayCalendar

Compose = Callable[[PaperContext], Paper]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One printed paper: its code, and how it is composed."""

    code: str
    compose: Compose


def _kinds(**composers: Compose) -> Mapping[str, PaperKind]:
    kinds = {code: PaperKind(code=code, compose=own) for code, own in composers.items()}
    return MappingProxyType(kinds)


PAPERS: Final = _kinds(
    receipt=receipt,
    obligations=obligations,
    registration_form=registration_form,
    owner_commitment=letters.owner_commitment,
    contractor_commitment=letters.contractor_commitment,
    risk_notice=letters.risk_notice,
    safety_guide=letters.safety_guide,
    papers_received=papers_received,
    posting=posting,
    one_time_notice=one_time_notice,
    permit_notice=notices.permit_notice,
    must_not_start=notices.must_not_start,
    transfer_sheet=notices.transfer_sheet,
    not_applicable=notices.not_applicable,
    to_street_office=notices.to_street_office,
    submission_receipt=submission_receipt,
    stop_order=order_paper,
    rectification_order=order_paper,
)

_BUNDLES: Final[Mapping[Act, tuple[str, ...]]] = MappingProxyType(
    {
        Act.ACCEPT: (
            "receipt",
            "obligations",
            "registration_form",
            "owner_commitment",
            "contractor_commitment",
            "risk_notice",
            "safety_guide",
            "papers_received",
            "posting",
        ),
        Act.ONE_TIME_NOTICE: ("one_time_notice",),
        Act.INFORM_PERMIT: ("permit_notice",),
        Act.MUST_NOT_START: ("must_not_start", "transfer_sheet"),
        Act.NOT_APPLICABLE: ("not_applicable",),
        Act.TO_STREET_OFFICE: ("to_street_office",),
        Act.SUBMIT_FOR_REVIEW: ("submission_receipt",),
    }
)

_BLANK_FORMS: Final[Mapping[str, tuple[str, str, Compose]]] = MappingProxyType(
    {
        "form_small_work": ("登记表（小型工程）", SMALL_WORK, blanks.blank_registration_form),
        "form_minor_operation": ("登记表（零星作业）", MINOR_OPERATION, blanks.blank_registration_form),
        "power_of_attorney": (TITLES["power_of_attorney"], SMALL_WORK, blanks.power_of_attorney),
        "owner_consent": (TITLES["owner_consent"], SMALL_WORK, blanks.owner_consent),
        "manager_authorisation": (TITLES["manager_authorisation"], SMALL_WORK, blanks.manager_authorisation),
        "owner_commitment_small_work": ("安全生产承诺书（建设单位）", SMALL_WORK, letters.owner_commitment),
        "owner_commitment_minor": ("安全生产承诺书（业主）", MINOR_OPERATION, letters.owner_commitment),
        "contractor_commitment": (TITLES["contractor_commitment"], SMALL_WORK, letters.contractor_commitment),
        "briefing_record": (TITLES["briefing_record"], SMALL_WORK, blanks.briefing_record),
        **SITE_BLANKS,
        **LIFE_BLANKS,
    }
)

# Blanks of minor operations alone, for places whose rules know them.
MINOR_BLANKS: Final = frozenset({"form_minor_operation", "owner_commitment_minor", "patrol_record_minor"})
BLANKS: Final[Mapping[str, str]] = LocalCatalogue({code: title for code, (title, _, _) in _BLANK_FORMS.items()}, local)


def bundle(act: Act, context: PaperContext) -> tuple[Paper, ...]:
    """Compose every paper that an act prints, in the order of handing them over."""
    return tuple(PAPERS[code].compose(context) for code in _BUNDLES[act])


def blank(code: str, *, office: Office, pack: PolicyPack, walk_in: WalkIn | None = None) -> Paper:
    """Compose a blank form; with a matter, what is known stands in it already.

    Raises ``KeyError`` for a code that `BLANKS` does not list.
    """
    _, kind, compose = _BLANK_FORMS[code]
    matter = walk_in or WalkIn(facts=Facts({"kind": kind}))
    return compose(_undecided(office, pack, matter))


def unfilled(office: Office, pack: PolicyPack, *, on: date) -> PaperContext:
    """Give the context of a small work of which nothing is known, to see what a paper of these rules says."""
    return replace(_undecided(office, pack, WalkIn(facts=Facts({"kind": SMALL_WORK}))), issued_on=on)


def _undecided(office: Office, pack: PolicyPack, walk_in: WalkIn) -> PaperContext:
    return PaperContext(
        office=office,
        pack=pack,
        walk_in=walk_in,
        assessment=assess(walk_in.facts, pack, WorkdayCalendar()),
        number="",
        issued_on=date.min,
    )
