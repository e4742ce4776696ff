"""What a form can be begun from: an unfinished one, a next visit, a registration that is over, an unregistered work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from desktop.domain.acts import BegunFrom, Draft
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from desktop.services.revisits import Revisit
from desktop.views.shared.messages import describe

FROM_NOTHING: Final = BegunFrom()


class Begin(Protocol):
    """Puts a matter on the form."""

    def __call__(
        self,
        walk_in: WalkIn,
        *,
        revisit: Revisit | None = None,
        draft_id: str | None = None,
        begun_from: BegunFrom = FROM_NOTHING,
    ) -> None: ...


class Beginnings:
    """Reads what is begun from and puts it on the form; what is typed there is kept first, or nothing happens.

    ``may_begin`` keeps the form at hand and says whether another may take its place.
    """

    def __init__(self, desk: Desk, *, begin: Begin, may_begin: Callable[[], bool], say: Callable[[str], None]) -> None:
        self._desk, self._begin = desk, begin
        self._may_begin, self._say = may_begin, say

    def draft(self, draft: Draft) -> bool:
        """Go on with an unfinished form; says whether that was possible."""
        if not self._may_begin():
            return False
        try:
            revisit = self._desk.intake.revisit(draft.filing_id) if draft.filing_id is not None else None
        except ClerkError as trouble:
            self._say(describe(trouble).text)
            return False
        self._begin(draft.walk_in, revisit=revisit, draft_id=draft.id, begun_from=draft.begun_from)
        return True

    def revisit(self, filing_id: int) -> Revisit | None:
        """Open the next visit of a filing and give it, or go on with its draft; raises as ``IntakeService.revisit``."""
        revisit = self._desk.intake.revisit(filing_id)
        if not self._may_begin():
            return None
        begun = next((draft for draft in self._desk.drafts.all() if draft.filing_id == filing_id), None)
        if begun is not None:
            self.draft(begun)
            return None
        self._begin(revisit.to_judge_anew(), revisit=revisit)
        return revisit

    def again(self, filing_id: int) -> None:
        """Begin in place of a registration that is past or over; raises as ``LifeService.begin_again``."""
        self._anew(self._desk.life.begin_again(filing_id), BegunFrom(follows_id=filing_id))

    def found(self, found_site_id: int) -> None:
        """Begin from a work found unregistered; raises as ``FoundSiteService.begin_walk_in``."""
        self._anew(self._desk.found_sites.begin_walk_in(found_site_id), BegunFrom(found_site_id=found_site_id))

    def next_shop(self, filing_id: int) -> None:
        """Begin the next shop of the mall that a filing lies in; raises as ``MallService.after``."""
        if self._may_begin():
            self._begin(self._desk.malls.after(filing_id))

    def words(self, begun_from: BegunFrom) -> tuple[str, str]:
        """Give the title and the sentence for what a form is begun from, both empty for nothing.

        Raises ``ClerkError`` when that is not to be seen any more.
        """
        if begun_from.found_site_id is not None:
            found = self._desk.found_sites.row(begun_from.found_site_id)
            title, known = local("未登记工地来办"), "已知的内容已填入。办结后自动与它关联。"
            return title, f"{local('未登记工地')} {found.number}（{found.place}），{known}"
        if begun_from.follows_id is not None:
            row = self._desk.ledger.file(begun_from.follows_id).row
            said = local(f"接原登记 {row.number}，原有内容已填入，材料重新核对。受理后与原登记关联。")
            return local("重新登记"), said
        return "", ""

    def _anew(self, matter: WalkIn, begun_from: BegunFrom) -> None:
        if not self._may_begin():
            return
        begun = next((draft for draft in self._desk.drafts.all() if draft.begun_from == begun_from), None)
        if begun is not None:
            self.draft(begun)
        else:
            self._begin(matter, begun_from=begun_from)
