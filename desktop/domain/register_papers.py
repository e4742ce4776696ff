"""Which papers of a checklist the certificates of the register speak for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.domain.conditions import Compare
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Contractor


def ends_of_papers(pack: PolicyPack, contractor: Contractor) -> Mapping[str, date]:
    """Give the last valid day of each paper of the pack that a contractor's certificates are, by the paper's code.

    A paper is that certificate when the pack judges its term by the fact that the certificate states.
    """
    ends = {
        "qualification_valid_to": contractor.qualification.valid_to,
        "safety_licence_valid_to": contractor.safety_licence.valid_to,
    }
    found: dict[str, date] = {}
    for rule in pack.materials:
        end = ends.get(rule.expired.fact) if isinstance(rule.expired, Compare) else None
        if end is not None:
            found[rule.code] = end
    return found
