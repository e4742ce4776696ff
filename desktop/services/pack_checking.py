"""Checking pack files whole, wherever they lie: faults, remarks, gaps and unverified settings of each; no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.documents.titles import TITLES
from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.policy.loader import Packs, found_packs, load_pack
from desktop.policy.pack_remarks import remarks
from desktop.policy.pack_tree import PAPERS_SUFFIX, file_name, in_file
from desktop.services.resources import policies_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPack:
    """One pack file: the pack where it reads, else what is wrong; remarks are no faults."""

    file: str
    pack: PolicyPack | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()


def check_packs(place: Path | None) -> tuple[CheckedPack, ...]:
    """Check a pack file, or every pack in a folder; the shipped ones when no place is named.

    Raises ``FaultyInput`` where there is no pack at all.
    """
    checked: list[CheckedPack] = []
    seen: dict[tuple[str, str], str] = {}
    for file in found_packs(place or policies_folder()):
        one = _checked(file)
        if one.pack is not None:
            first = seen.setdefault((one.pack.id, one.pack.version), one.file)
            if first != one.file:
                what = f"{one.pack.id} {one.pack.version} 已经在 {first} 里，改一个版本号"
                one = CheckedPack(file=one.file, faults=tuple(in_file(file, [Fault("pack.version", what)])))
        checked.append(one)
    return tuple(checked)


def packs_at(place: Path) -> Packs:
    """Load the packs of a file or a folder of the author's own, to assess by them; raises ``FaultyInput``."""
    faults: list[Fault] = []
    packs: list[PolicyPack] = []
    for file in found_packs(place):
        try:
            packs.append(load_pack(file, bases=policies_folder()))
        except FaultyInput as faulty:
            faults += faulty.faults
    ids = tuple(dict.fromkeys(pack.id for pack in packs))
    if not faults and len(ids) > 1:
        faults.append(Fault(place.name, f"有几个地方的规则包（{'、'.join(ids)}），指明其中一个文件"))
    if faults:
        raise FaultyInput(tuple(faults))
    return Packs(tuple(packs))


def summary_of(one: CheckedPack) -> str:
    """Say a sound pack in one line."""
    pack = one.pack
    if pack is None:
        return f"{one.file}: 有 {len(one.faults)} 处错误"
    return (
        f"{pack.id} {pack.version}: {pack.standing.value}，{len(pack.categories)} 类，"
        f"{len(pack.materials)} 种材料，{len(pack.papers)} 种文书，"
        f"未核实参数 {len(_unverified(pack))} 项，待补 {len(pack.gaps())} 项，提示 {len(one.remarks)} 条：合格"
    )


def checked_to_plain(checked: Sequence[CheckedPack]) -> list[dict[str, object]]:
    """Give the answer as JSON is written."""
    return [
        {
            "file": one.file,
            "is_sound": one.pack is not None,
            **({} if one.pack is None else dict(_about(one.pack))),
            "faults": [{"where": fault.where, "what": fault.what} for fault in one.faults],
            "remarks": [{"where": remark.where, "what": remark.what} for remark in one.remarks],
        }
        for one in checked
    ]


def _checked(file: Path) -> CheckedPack:
    name = file_name(file)
    try:
        pack = load_pack(file, bases=policies_folder())
    except FaultyInput as faulty:
        return CheckedPack(file=name, faults=faulty.faults)
    return CheckedPack(file=name, pack=pack, remarks=tuple(_placed(file, remarks(pack, papers=TITLES.keys()))))


def _placed(file: Path, found: Sequence[Fault]) -> Iterator[Fault]:
    papers = file.with_name(f"{file.stem}{PAPERS_SUFFIX}")
    for remark in found:
        yield from in_file(papers if remark.where.startswith("papers.") and papers.exists() else file, [remark])


def _about(pack: PolicyPack) -> Iterator[tuple[str, object]]:
    yield "id", pack.id
    yield "version", pack.version
    yield "title", pack.title
    yield "standing", pack.standing.value
    yield "effective_from", pack.effective_from.isoformat() if pack.effective_from else None
    yield "effective_to", pack.effective_to.isoformat() if pack.effective_to else None
    yield "categories", len(pack.categories)
    yield "materials", len(pack.materials)
    yield "papers", len(pack.papers)
    yield "gaps", [{"name": name, "label": pack.gap_label(name)} for name in pack.gaps()]
    yield "unverified", list(_unverified(pack))


def _unverified(pack: PolicyPack) -> tuple[str, ...]:
    return tuple(name for name, parameter in pack.parameters.items() if parameter.unverified)
