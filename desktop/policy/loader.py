"""Loading policy packs: every fault at once, with file and key, or a whole pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import PackTree
from desktop.domain.street_rules import documents_of, marked
from desktop.domain.unread_rules import UnreadVersion
from desktop.policy.pack_reader import read_pack
from desktop.policy.pack_tree import PAPERS_SUFFIX, file_name, in_file, is_pack_file, read_tree
from desktop.policy.table import Table


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs of an installation, by jurisdiction and version: the shipped ones, and those a ledger holds.

    The files of a jurisdiction are read when it is first asked for, so that the others cost nothing at the start.
    """

    packs: tuple[PolicyPack | UnreadVersion, ...] = ()
    files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    _read: dict[str, tuple[PolicyPack, ...]] = field(default_factory=dict)

    def joined(self, packs: Iterable[PolicyPack | UnreadVersion]) -> Packs:
        """Give these packs with further versions beside them, also such as do not read: they still have their day."""
        return Packs((*self.packs, *packs), self.files, self._read)

    def ids(self) -> tuple[str, ...]:
        """Name the jurisdictions that have a pack."""
        return tuple(dict.fromkeys((*self.files, *(pack.id for pack in self.packs))))

    def versions(self, pack_id: str) -> tuple[PolicyPack, ...]:
        """Give every version of a jurisdiction that reads; raises ``ClerkError("unknown_pack")``, ``FaultyInput``."""
        return tuple(each for each in self._all(pack_id) if isinstance(each, PolicyPack))

    def _all(self, pack_id: str) -> tuple[PolicyPack | UnreadVersion, ...]:
        if pack_id not in self._read and pack_id in self.files:
            self._read[pack_id] = load_all(self.files[pack_id])
        own = (*self._read.get(pack_id, ()), *(pack for pack in self.packs if pack.id == pack_id))
        if not own:
            raise ClerkError("unknown_pack", pack=pack_id, known=self.ids())
        return own

    def get(self, pack_id: str, on: date) -> PolicyPack:
        """Give the version that applies on a filing day; a draft without a date applies always.

        Raises ``ClerkError``: unknown_pack, no_pack_in_force, version_unreadable for one that does not read; no other
        is ever taken in its place.
        """
        return _read(self.applying(pack_id, on))

    def applying(self, pack_id: str, on: date) -> PolicyPack | UnreadVersion:
        """Give the version that applies on a filing day, also one that does not read; raises as ``get`` for none."""
        begun = [pack for pack in self._all(pack_id) if pack.effective_from is None or pack.effective_from <= on]
        if not begun:
            raise ClerkError("no_pack_in_force", pack=pack_id, on=on)
        # Of two that begin on one day the later made counts: those kept here stand last, in order.
        return max(enumerate(begun), key=lambda placed: (placed[1].effective_from or date.min, placed[0]))[1]

    def get_or_next(self, pack_id: str, on: date) -> PolicyPack:
        """Give the version that applies on a day, or the first to come; raises as ``get``, never no_pack_in_force."""
        own = self._all(pack_id)
        if any(pack.effective_from is None or pack.effective_from <= on for pack in own):
            return self.get(pack_id, on)
        return _read(min(own, key=lambda pack: pack.effective_from or date.min))

    def exact(self, pack_id: str, version: str) -> PolicyPack:
        """Give the version a filing was judged by; raises ``ClerkError``: unknown_pack, version_unreadable."""
        if pack_id in self.ids():
            for pack in self._all(pack_id):
                if pack.version == version:
                    return _read(pack)
        raise ClerkError("unknown_pack", pack=f"{pack_id} {version}", known=self.ids())


def _read(found: PolicyPack | UnreadVersion) -> PolicyPack:
    if isinstance(found, UnreadVersion):
        raise ClerkError("version_unreadable", pack=found.id, version=found.version, why=found.sentence())
    return found


def load_packs(folder: Path) -> Packs:
    """Find every pack below a folder (one folder a jurisdiction); raises ``FaultyInput`` when there is none."""
    files: dict[str, list[Path]] = {}
    for file in pack_files(folder):
        files.setdefault(file.parent.name, []).append(file)
    return Packs(files={pack_id: tuple(found) for pack_id, found in files.items()})


def pack_files(folder: Path) -> tuple[Path, ...]:
    """Name the pack files below a folder, one folder a jurisdiction; raises ``FaultyInput`` when there is none."""
    files = [file for file in sorted(folder.glob("*/*.toml")) if not file.name.endswith(PAPERS_SUFFIX)]
    if not files:
        raise FaultyInput((Fault(folder.name, "没有找到规则包"),))
    return tuple(files)


def found_packs(place: Path) -> tuple[Path, ...]:
    """Name the pack files that an author means: the file, or every pack in the folder and in the folders below it.

    What has no ``[pack]`` in the folder itself is a base.  Raises ``FaultyInput`` when there is no pack, and for a file
    of papers that no pack belongs to.
    """
    if place.is_file():
        if place.name.endswith(PAPERS_SUFFIX):
            own = place.name.removesuffix(PAPERS_SUFFIX)
            raise FaultyInput((Fault(place.name, f"这是文书用语，检查它所属的 {own}.toml"),))
        return (place,)
    files = [file for file in sorted((*place.glob("*.toml"), *place.glob("*/*.toml"))) if file.is_file()]
    papers = [file for file in files if file.name.endswith(PAPERS_SUFFIX)]
    packs = [file for file in files if file not in papers and (file.parent != place or is_pack_file(file))]
    stray = [file for file in papers if not file.with_name(f"{file.name.removesuffix(PAPERS_SUFFIX)}.toml").exists()]
    if stray:
        cure = "没有它所属的规则包，文书用语的文件名须与规则包相同：1.toml 和 1.papers.toml"
        raise FaultyInput(tuple(Fault(file_name(file), cure) for file in stray))
    if not packs:
        raise FaultyInput((Fault(place.name, "没有找到规则包，指明 .toml 文件或者它所在的文件夹"),))
    return tuple(packs)


def load_all(files: Iterable[Path], *, bases: Path | None = None) -> tuple[PolicyPack, ...]:
    """Load some pack files; raises ``FaultyInput`` with the faults of all of them."""
    faults: list[Fault] = []
    packs: list[PolicyPack] = []
    for file in files:
        try:
            packs.append(load_pack(file, bases=bases))
        except FaultyInput as faulty:
            faults.extend(faulty.faults)
    if faults:
        raise FaultyInput(tuple(faults))
    return tuple(packs)


def load_tree(file: Path, *, bases: Path | None = None) -> PackTree:
    """Give the tree of one pack file with its base below it; raises ``FaultyInput`` for a file that is not TOML."""
    faults: list[Fault] = []
    tree = read_tree(file, faults, bases=bases)
    if faults:
        raise FaultyInput(tuple(faults))
    return tree


def shipped_tree(packs: Packs, pack_id: str, version: str) -> PackTree | None:
    """Give the tree of a version that comes with the program; None when there is none of this name."""
    for file in packs.files.get(pack_id, ()):
        tree = load_tree(file)
        if tree.rules.get("pack", {}).get("version") == version:
            return tree
    return None


def load_pack(file: Path, *, bases: Path | None = None) -> PolicyPack:
    """Load one pack with its papers' wording beside it; raises ``FaultyInput`` naming file and key.

    ``bases`` is the folder of the shipped bases, for a pack that lies elsewhere.
    """
    faults: list[Fault] = []
    tree = read_tree(file, faults, bases=bases)
    papers_file = file.with_name(file.stem + PAPERS_SUFFIX)
    pack = None
    if not faults:
        pack, found, papers_found = _of_tree(tree)
        faults += in_file(file, found) + in_file(papers_file, papers_found)
    if faults or pack is None:
        raise FaultyInput(tuple(faults))
    return pack


def pack_of(tree: PackTree) -> PolicyPack:
    """Read a pack from its tree; raises ``FaultyInput`` naming the keys."""
    pack, faults, papers_faults = _of_tree(tree)
    if faults or papers_faults:
        raise FaultyInput((*faults, *papers_faults))
    return pack


def pack_faults(tree: PackTree) -> tuple[Fault, ...]:
    """Check a tree whole; every fault with its key, those of the papers after those of the rules."""
    try:
        _, faults, papers_faults = _of_tree(tree)
    except FaultyInput as faulty:
        return faulty.faults
    return (*faults, *papers_faults)


def _of_tree(tree: PackTree) -> tuple[PolicyPack, list[Fault], list[Fault]]:
    faults: list[Fault] = []
    papers_faults: list[Fault] = []
    try:
        own = documents_of(tree.rules)
        rules, papers = marked(tree.rules, own), marked(tree.papers, own)
        return read_pack(Table(rules, "", faults), Table(papers, "", papers_faults)), faults, papers_faults
    except RecursionError as error:
        raise FaultyInput((Fault("", "嵌套太深，把条件拆开，写进 [conditions] 再用 ref 引用"),)) from error
