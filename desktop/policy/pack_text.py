"""The text of a whole pack, to be stored or handed on, and its hash."""

from __future__ import annotations

import hashlib
import tomllib

from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.pack_version import PackTree
from desktop.policy.pack_tree import MOST_BYTES


def texts_of(tree: PackTree) -> tuple[str, str]:
    """Give the rules and the papers of a tree as TOML."""
    import tomli_w

    return tomli_w.dumps(tree.rules, multiline_strings=False), tomli_w.dumps(tree.papers, multiline_strings=False)


def tree_of(rules: str, papers: str) -> PackTree:
    """Read a tree from its texts; raises ``ValueError`` for what is not TOML, or nested beyond reading."""
    try:
        return PackTree(rules=tomllib.loads(rules), papers=tomllib.loads(papers))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def fit_texts_of(tree: PackTree) -> tuple[str, str]:
    """Give both texts to be kept; raises ``FaultyInput`` for what is too long or nested beyond writing."""
    try:
        rules, papers = texts_of(tree)
    except RecursionError as error:
        raise FaultyInput((Fault("", "嵌套太深，把条件拆开，写进 [conditions] 再用 ref 引用"),)) from error
    if max(len(rules.encode()), len(papers.encode())) > MOST_BYTES:
        raise FaultyInput((Fault("", f"规则或者文书用语太长，各最多 {MOST_BYTES // 1_000_000} MB"),))
    return rules, papers


def hash_of(rules: str, papers: str) -> str:
    """Give the SHA-256 over both texts, hexadecimal."""
    return hashlib.sha256(b"\0".join((rules.encode(), papers.encode()))).hexdigest()
