"""A filing that comes again: what it was, what notices told of it, and who may go on with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import OPEN_TO_THE_CLERK, Status
from desktop.domain.errors import ClerkError
from desktop.domain.one_time_notice import Deficiency, PreviousNotice
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Verdict, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.queries.decisions import last_visit, told_before
from desktop.queries.filing_file import stored_filing
from desktop.services.reach import require_for_filing
from desktop.services.review_steps import Reviewed, open_review, returned_with
from desktop.services.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """A filing that comes again after a one-time notice or a review; ``visit`` is 2 for the second visit.

    ``previous`` is what notices told so far, None while none was given: what a reviewer found was never left out of
    one.  ``opinion`` is the reviewer's, of a filing that was sent back.  ``pack`` is the version of the rules of its
    filing day: by that it goes on being judged, whatever binds by now.
    """

    filing_id: int
    number: str
    walk_in: WalkIn
    previous: PreviousNotice | None
    open_items: tuple[Deficiency, ...]
    visit: int
    pack: PolicyPack
    ordinal: int = 2  # of the decision that comes next, among all that was decided of the filing
    opinion: str = ""

    def to_judge_anew(self) -> WalkIn:
        """Give the earlier matter with the papers of the notice to be judged anew, and no other."""
        walk_in = self.walk_in
        for item in self.open_items:
            check = walk_in.check_of(item.code)
            if check.verdict is not Verdict.UNJUDGED:
                walk_in = walk_in.with_check(replace(check, verdict=Verdict.UNJUDGED, remark=""))
        return walk_in


def revisit_of(session: Session, station: Station, filing_id: int, reviewed: Reviewed | None = None) -> Revisit:
    """Give the next visit of a filing to who is signed in; ``reviewed`` when it is its last step of review.

    Raises ``ClerkError``: no_such_filing, not_awaiting_correction, review_done, not_permitted, outside_scope,
    unknown_pack where the version of its filing day is not here.
    """
    filing = stored_filing(session, filing_id)
    right = Right.REVIEW_FILING if reviewed else Right.REGISTER
    require_for_filing(session, station.actor, right, filing)
    if reviewed is not None:
        open_review(session, filing)
    elif Status(filing.status) not in OPEN_TO_THE_CLERK:
        raise ClerkError("not_awaiting_correction", number=filing.number)
    previous, open_items = told_before(session, filing_id)
    return Revisit(
        filing_id=filing_id,
        number=filing.number,
        walk_in=walk_in_from_plain(filing.walk_in),
        previous=previous if previous.items else None,
        open_items=open_items,
        visit=filing.visits + 1,
        pack=station.pack_of(filing),
        ordinal=last_visit(session, filing_id).ordinal + 1,
        opinion=returned_with(session, filing) if filing.status == Status.RETURNED.value else "",
    )
