"""What a paper is composed from: the office, the pack, the matter, what was decided and its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.documents.titles import TITLES
from desktop.domain.acts import Office
from desktop.domain.assessment_result import Assessment
from desktop.domain.conditions import Condition, evaluate
from desktop.domain.facts import MINOR_OPERATION, Facts
from desktop.domain.local_rules import local
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.order import OrderWords
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome, PaperTexts
from desktop.domain.walk_in import IdKind, Party, PartyKind, WalkIn

# Words for works that the pack's own word for its kind does not fit.
_ABOVE: Final = "限额以上工程"
_SMALL: Final = "小型工程"


def is_natural(party: Party) -> bool:
    """Say whether a party is a natural person, or is known by a person's document only."""
    return party.kind is PartyKind.PERSON or (bool(party.id_number) and party.id_kind is not IdKind.CREDIT_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContext:
    """One decided matter as its papers need it.

    ``number`` is the number of the act (registration, notice or refusal).  ``valid_until`` and the two extension
    days stand only on an accepted matter; ``provisional`` says that a printed working-day date leans on a year
    whose holidays are not published.  ``reason`` is the clerk's own, for acts that need one.  ``reviewer`` passed the
    matter where it was reviewed; ``order`` is what an enforcement officer orders.
    """

    office: Office
    pack: PolicyPack
    walk_in: WalkIn
    assessment: Assessment
    number: str
    issued_on: date
    accepted_on: date | None = None
    valid_until: date | None = None
    extension_first: date | None = None
    extension_last: date | None = None
    site_check_by: date | None = None
    feedback_by: date | None = None
    deficiencies: tuple[Deficiency, ...] = ()
    reason: str = ""
    visit: int = 1
    provisional: bool = False
    previous_numbers: tuple[str, ...] = ()
    transfer_number: str = ""
    reviewer: str = ""
    order: OrderWords | None = None

    @property
    def facts(self) -> Facts:
        """Give the facts that choose the wording: as declared, with what the assessment made of them."""
        return self.walk_in.facts.with_facts(
            high_risk=self.assessment.is_high_risk,
            supervision_required=self.assessment.supervision_required is True,
            filed_on=self.issued_on,
        )

    @property
    def is_minor(self) -> bool:
        """Say whether the matter is a minor operation (零星作业)."""
        return self.walk_in.facts.text("kind") == MINOR_OPERATION

    @property
    def owner_word(self) -> str:
        """Give the word for the owner: 建设单位 of a small work, 业主 of a minor operation.

        A natural person who has a small work done is called 业主 first: nobody is a unit at home.
        """
        owner = self.pack.labels.get("owner_minor_operation", local("业主"))
        if self.is_minor:
            return owner
        unit = self.pack.labels.get("owner_small_work", owner)
        return f"{owner}（{unit}）" if is_natural(self.walk_in.owner) and owner != unit else unit

    @property
    def is_above_limit(self) -> bool:
        """Say whether a small work is certain to lie above the limits."""
        facts = self.walk_in.facts
        scope = next((scope for scope in self.pack.scopes if scope.kind == facts.text("kind")), None)
        return scope is not None and evaluate(scope.within, facts, self.pack.numbers()).holds is False

    @property
    def kind_word(self) -> str:
        """Give the word for the kind of matter, empty while it is not known.

        A work above the limits is never called 限额以下: what is registered all the same has its own word,
        and what is not is only said to be above.
        """
        kind = self.walk_in.facts.text("kind")
        if kind is None:
            return ""
        if self.is_above_limit:
            is_registered = self.assessment.outcome is Outcome.TREAT_AS_HIGH_RISK or self.accepted_on is not None
            own = self.pack.labels.get(Outcome.TREAT_AS_HIGH_RISK.name.lower(), "")
            return own if is_registered and own else _ABOVE
        return self.pack.label_of("kind", kind)

    @property
    def declared_word(self) -> str:
        """Give the word for what a refused matter was declared as: it is neither classified nor measured."""
        if self.is_minor or self.is_above_limit:
            return self.kind_word
        return local(_SMALL) if self.walk_in.facts.text("kind") else ""

    def holds(self, condition: Condition) -> bool:
        """Say whether a condition of the wording holds for certain."""
        return evaluate(condition, self.facts, self.pack.numbers()).holds is True

    def texts(self, code: str) -> PaperTexts:
        """Give the pack's wording of one paper; where the pack has none, only our own title for it."""
        return self.pack.papers.get(code) or PaperTexts(code=code, title=TITLES.get(code, ""))
