"""The text of a whole pack, to be stored or handed on, and its hash."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Final

from desktop.domain.pack_version import PackTree

MOST_BYTES: Final = 2_000_000  # of each of the two texts; the largest shipped pack has 150 kB


def texts_of(tree: PackTree) -> tuple[str, str]:
    """Give the rules and the papers of a tree as TOML."""
    import tomli_w

    return tomli_w.dumps(tree.rules, multiline_strings=False), tomli_w.dumps(tree.papers, multiline_strings=False)


def tree_of(rules: str, papers: str) -> PackTree:
    """Read a tree from its texts; raises ``ValueError`` for what is not TOML."""
    return PackTree(rules=tomllib.loads(rules), papers=tomllib.loads(papers))


def hash_of(rules: str, papers: str) -> str:
    """Give the SHA-256 over both texts, hexadecimal."""
    return hashlib.sha256(b"\0".join((rules.encode(), papers.encode()))).hexdigest()
