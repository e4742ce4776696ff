"""On which grounds a registration is revoked, and when rectification comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.after_registration import Aftermath, follow_up
from desktop.domain.facts import Facts
from desktop.domain.life_acts import OTHER_GROUND, Ground
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack

_REVOKED: Final = "revoked"
# Our words for the grounds of the drafts; a pack may give its own as labels ``ground_<code>``.
GROUND_WORDS: Final[Mapping[str, str]] = LocalCatalogue(
    {
        "false_declaration": "虚假申报",
        "permit_evasion": "刻意规避施工许可证办理",
        "beyond_registered_scope": "超出登记范围施工",
        "illegal_construction": "违法建设",
        OTHER_GROUND: "其他情形",
    },
    local,
)


def grounds_of(pack: PolicyPack, facts: Facts) -> tuple[Ground, ...]:
    """List the grounds of the pack for a matter, and the open one ("等") at the end."""
    codes = dict.fromkeys(rule.code for rule in pack.revocations)
    return (*(_ground(code, pack, facts) for code in codes), _ground(OTHER_GROUND, pack, facts))


def _ground(code: str, pack: PolicyPack, facts: Facts) -> Ground:
    refused, patient = (_aftermath(code, pack, facts, refuses) for refuses in (True, False))
    needs_refusal = refused.status_change == _REVOKED and patient.status_change not in (None, _REVOKED)
    return Ground(
        code=code,
        label=pack.labels.get(f"ground_{code}") or GROUND_WORDS.get(code, code),
        article=refused.basis or pack.deadlines.validity_article,
        needs_refusal=needs_refusal,
        first_article=(patient.basis or "") if needs_refusal else "",
    )


def _aftermath(code: str, pack: PolicyPack, facts: Facts, refuses: bool) -> Aftermath:
    return follow_up(facts.with_facts(finding=code, refuses_rectification=refuses), pack)
