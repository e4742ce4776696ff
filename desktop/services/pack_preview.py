"""The papers of a version of the rules, in its words, before it binds: blank, marked as drafts, stored nowhere."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.registry import BLANKS, PAPERS, PaperKind, blank, unfilled
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.services.pack_versions import PackVersionService
from desktop.services.press import Press
from desktop.services.station import Station

# They are made of an order that somebody wrote; without one there is nothing to be seen.
_OF_ORDERS: Final = frozenset({"stop_order", "rectification_order"})
_KINDS: Final[tuple[PaperKind, ...]] = tuple(kind for code, kind in PAPERS.items() if code not in _OF_ORDERS)


class PackPreviewService:
    """Composes what a version would print of a matter of which nothing is known yet."""

    def __init__(self, station: Station, *, versions: PackVersionService, press: Press) -> None:
        self._station, self._versions, self._press = station, versions, press

    def titles(self, pack_id: str, version: str) -> tuple[tuple[str, str], ...]:
        """List what there is to be seen: code and title, those of a matter first, then the blank forms.

        Raises ``ClerkError``: not_permitted, no_such_version; ``FaultyInput`` for a version that does not read.
        """
        pack = self._pack(pack_id, version)
        of_matters = ((kind.code, self._of_matter(kind, pack).title) for kind in _KINDS)
        return (*of_matters, *((code, f"空白：{title}") for code, title in BLANKS.items() if code not in PAPERS))

    def pdf(self, pack_id: str, version: str, code: str) -> bytes:
        """Give one of them, marked 草稿; raises as ``titles``, no_such_form, office_not_set_up."""
        pack = self._pack(pack_id, version)
        kind = next((each for each in _KINDS if each.code == code), None)
        if kind is None and code not in BLANKS:
            raise ClerkError("no_such_form", form=code)
        office = self._station.known_office()
        return self._press.draft(self._of_matter(kind, pack) if kind else blank(code, office=office, pack=pack))

    def _of_matter(self, kind: PaperKind, pack: PolicyPack) -> Paper:
        return kind.compose(unfilled(self._station.known_office(), pack, on=self._station.today()))

    def _pack(self, pack_id: str, version: str) -> PolicyPack:
        self._station.actor.require(*Right)
        return self._versions.exact(pack_id, version)
