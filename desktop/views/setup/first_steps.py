"""What the first start does once everything is typed: account, office, sample data, protection, in this order."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.acts import Office
from desktop.domain.progress import Progress
from desktop.services.desk import Desk
from desktop.services.protecting import RecoverySheet
from desktop.views.people.administrator_form import FirstAdministrator


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsTaken:
    """What came of them: the recovery sheet of a protected ledger, and why samples were left out, if any."""

    sheet: RecoverySheet | None
    about_samples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """The choices of the first start; ``administrator`` is None where accounts are there, ``passphrase`` may be empty.

    The account comes first: cut off at any step, no ledger with an office is ever left to whoever passes by, and the
    steps that are done are not done twice.
    """

    office: Office
    administrator: FirstAdministrator | None
    passphrase: str
    with_samples: bool

    def take(self, desk: Desk, progress: Progress) -> StepsTaken:
        """Take the steps; raises ``ClerkError`` of any step."""
        who = self.administrator
        if who is not None and not desk.sign_in.has_accounts():
            desk.sign_in.make_first(who.user_name, who.name, who.password, is_clerk_too=who.is_clerk_too)
        desk.office.set_up(self.office)
        told = desk.office.add_samples(progress).why_left_out() if self.with_samples else ""
        is_protected = bool(self.passphrase) and not desk.protecting.state().is_encrypted
        sheet = desk.protecting.protect(self.passphrase, progress) if is_protected else None
        return StepsTaken(sheet=sheet, about_samples=told)
