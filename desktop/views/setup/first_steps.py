"""What the first start does once everything is typed: account, office, sample data, protection, in this order."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.acts import Office
from desktop.domain.progress import Progress
from desktop.services.desk import Desk
from desktop.services.protecting import RecoverySheet
from desktop.views.people.administrator_form import FirstAdministrator


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

    def take(self, desk: Desk, progress: Progress) -> RecoverySheet | None:
        """Take the steps; gives the recovery sheet of a protected ledger.  Raises ``ClerkError`` of any step."""
        who = self.administrator
        if who is not None and not desk.sign_in.has_accounts():
            desk.sign_in.make_first(who.user_name, who.name, who.password, is_clerk_too=who.is_clerk_too)
        desk.office.set_up(self.office)
        if self.with_samples:
            desk.office.add_samples(progress)
        if not self.passphrase or desk.protecting.state().is_encrypted:
            return None
        return desk.protecting.protect(self.passphrase, progress)
