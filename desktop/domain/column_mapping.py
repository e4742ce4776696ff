"""Proposing what each column of an old ledger is, from its heading and what its cells look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from statistics import median
from typing import Final

from desktop.domain.checked import half_width
from desktop.domain.old_ledger_fields import (
    AMOUNT_WORDS,
    CONTRACTOR_WORDS,
    LEFT_OUT,
    OWNER_WORDS,
    PARTY_PARTS,
    OldField,
)
from desktop.domain.search_keys import normalise

_UNIT: Final = re.compile(r"[（(【\[][^（()）】\]]{0,12}[)）】\]]")
_SHORTEST_PART: Final = 2


class Confidence(IntEnum):
    """How sure a proposal is; only a person makes it certain."""

    NONE = 0  # nothing proposed
    GUESS = 1  # by a part of the heading or by the cells: to be looked at
    LIKELY = 2  # by the heading and the columns around it
    SURE = 3  # the heading is one of the known ones, or somebody confirmed it before

    @property
    def label(self) -> str:
        """Give the word the mapping shows."""
        return ("不导入", "请核对", "较有把握", "有把握")[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What one column is taken for; ``is_saved`` when somebody confirmed it at an earlier sheet."""

    target: OldField | None
    confidence: Confidence
    is_saved: bool = False


NOTHING: Final = Proposal(target=None, confidence=Confidence.NONE)


def propose(
    headings: Sequence[str],
    samples: Sequence[Sequence[str]],
    *,
    saved: Sequence[tuple[str, str | None]] | None = None,
) -> tuple[Proposal, ...]:
    """Propose a target for each column; no target is given twice, a saved mapping of the same headings wins.

    ``headings`` are the joined ones with a line break between the parts; ``saved`` gives each heading with its target.
    """
    if saved is not None:
        known = _saved(headings, saved)
        if known is not None:
            return known
    found = [_by_heading(headings, place, samples[place]) for place in range(len(headings))]
    return _each_once(found)


def headings_key(headings: Sequence[str]) -> tuple[str, ...]:
    """Give the headings as they are compared: folded, in their order, empty ones left out."""
    return tuple(key for key in (_folded(heading) for heading in headings) if key)


def recognised(headings: Sequence[str]) -> int:
    """Count the headings that are known ones, each target once; by it the line of the headings is found."""
    found = {_exact(heading) for heading in headings if heading}
    return len(found - {None}) + sum(_folded(heading) in _LEFT_OUT for heading in set(headings))


def _saved(headings: Sequence[str], saved: Sequence[tuple[str, str | None]]) -> tuple[Proposal, ...] | None:
    """Give what was confirmed for these headings; None where one of them was not among those of then."""
    if headings_key(headings) == headings_key([heading for heading, _target in saved]):
        in_order = iter(target for heading, target in saved if _folded(heading))
        targets = [next(in_order, None) if _folded(heading) else None for heading in headings]
    else:
        by_key = {_folded(heading): target for heading, target in saved}
        if any(key not in by_key and key not in _LEFT_OUT for key in headings_key(headings)):
            return None
        targets = [by_key.get(_folded(heading)) if _folded(heading) else None for heading in headings]
    return _each_once([_confirmed(target) for target in targets])


def _confirmed(target: str | None) -> Proposal:
    known = {field.value for field in OldField}
    if target not in known:
        return Proposal(target=None, confidence=Confidence.NONE, is_saved=True)
    return Proposal(target=OldField(target), confidence=Confidence.SURE, is_saved=True)


def _each_once(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Give a target to the surest column, the leftmost of equals; the others go without."""
    taken: set[OldField] = set()
    kept: dict[int, Proposal] = {}
    for place, proposal in sorted(enumerate(found), key=lambda pair: (-pair[1].confidence, pair[0])):
        target = proposal.target
        if target is None:
            kept[place] = proposal
            continue
        twin = {OldField.AMOUNT_YUAN, OldField.AMOUNT_WAN} if target in _AMOUNTS else {target}
        kept[place] = proposal if not twin & taken else NOTHING
        taken |= {target}
    return tuple(kept[place] for place in range(len(found)))


def _by_heading(headings: Sequence[str], place: int, samples: Sequence[str]) -> Proposal:
    heading = headings[place]
    if not _folded(heading) or _folded(heading) in _LEFT_OUT:
        return NOTHING
    parts = [part for part in heading.split("\n") if part.strip()]
    by_party = _by_party(headings, place, parts)
    if by_party is not None:
        return by_party
    amount = _amount(heading, samples)
    if amount is not None:
        return amount
    # The lowest line of several says the most; the whole of them says it for certain.
    for text, confidence in ((heading, Confidence.SURE), (parts[-1], Confidence.SURE)):
        target = _exact(text)
        if target is not None:
            return Proposal(target=target, confidence=confidence)
    return _by_part(heading)


def _exact(heading: str) -> OldField | None:
    whole, bare = _folded(heading), _folded(_UNIT.sub("", heading))
    return _BY_WORD.get(whole) or _BY_WORD.get(bare)


def _by_party(headings: Sequence[str], place: int, parts: Sequence[str]) -> Proposal | None:
    """Read 联系电话 and its like by the heading above it, else by the party column before it."""
    last = _folded(_UNIT.sub("", parts[-1]))
    wanted = _PARTY_PARTS.get(last)
    if wanted is None:
        return None
    if len(parts) > 1:
        side = _side("".join(parts[:-1]))
        if side is not None and wanted[side] is not None:
            return Proposal(target=wanted[side], confidence=Confidence.SURE)
        return None
    if last in _NAMES:
        return None  # 名称 alone is that of the work
    for before in range(place - 1, -1, -1):
        side = _side(headings[before])
        if side is not None and wanted[side] is not None:
            return Proposal(target=wanted[side], confidence=Confidence.LIKELY)
    if wanted[0] is not None and last not in _BY_WORD:
        return Proposal(target=wanted[0], confidence=Confidence.GUESS)
    return None


def _side(heading: str) -> int | None:
    folded = _folded(heading)
    if any(folded.startswith(word) for word in _OWNER_WORDS):
        return 0
    is_party = _BY_WORD.get(folded) in _CONTRACTOR_FIELDS or folded in _CONTRACTOR_WORDS
    return 1 if is_party or any(folded.startswith(word) for word in _CONTRACTOR_SIDES) else None


def _amount(heading: str, samples: Sequence[str]) -> Proposal | None:
    bare = _folded(_UNIT.sub("", heading))
    if not any(bare.endswith(word) or bare.removesuffix("万元").endswith(word) for word in _AMOUNT_WORDS):
        return None
    if "万" in heading:
        return Proposal(target=OldField.AMOUNT_WAN, confidence=Confidence.SURE)
    if "元" in heading:
        return Proposal(target=OldField.AMOUNT_YUAN, confidence=Confidence.SURE)
    target = OldField.AMOUNT_WAN if _looks_like_wan(samples) else OldField.AMOUNT_YUAN
    return Proposal(target=target, confidence=Confidence.GUESS)


def _looks_like_wan(samples: Sequence[str]) -> bool:
    """Say whether amounts without a unit are more likely 万元: works below the limits cost up to 100 of them."""
    numbers = []
    for sample in samples:
        try:
            numbers.append(float(Decimal(half_width(sample).replace(",", "").strip())))
        except (InvalidOperation, ValueError):
            continue
    return bool(numbers) and median(numbers) < 1000


def _by_part(heading: str) -> Proposal:
    """Take the longest known heading that stands within this one."""
    folded = _folded(heading)
    within = [word for word in _BY_WORD if len(word) > _SHORTEST_PART and word in folded]
    if not within:
        return NOTHING
    return Proposal(target=_BY_WORD[max(within, key=len)], confidence=Confidence.GUESS)


def _folded(text: str) -> str:
    return normalise(text)


_AMOUNTS: Final = frozenset({OldField.AMOUNT_YUAN, OldField.AMOUNT_WAN})
_CONTRACTOR_FIELDS: Final = frozenset({OldField.CONTRACTOR})
_BY_WORD: Final[Mapping[str, OldField]] = {_folded(word): field for field in OldField for word in field.words}
_LEFT_OUT: Final = frozenset(_folded(word) for word in LEFT_OUT)
_PARTY_PARTS: Final = {_folded(word): fields for word, fields in PARTY_PARTS.items()}
_NAMES: Final = frozenset(_folded(word) for word in ("名称", "姓名", "单位名称"))
_OWNER_WORDS: Final = tuple(_folded(word) for word in OWNER_WORDS)
_CONTRACTOR_WORDS: Final = frozenset(_folded(word) for word in CONTRACTOR_WORDS)
_CONTRACTOR_SIDES: Final = tuple(
    _folded(f"{word}{end}") for word in CONTRACTOR_WORDS for end in ("单位", "方", "企业", "队")
)
_AMOUNT_WORDS: Final = tuple(_folded(word) for word in AMOUNT_WORDS)
