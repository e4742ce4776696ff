"""Makes the PDFs of papers.  The typesetter is loaded with the first paper, not with the window."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from desktop.documents.blocks import Paper, to_plain
from desktop.domain.papers_together import Together
from desktop.domain.progress import SILENT, Progress

_LOG = logging.getLogger(__name__)
# The bundles of the last few people: what was just decided is previewed and printed at once.
_REMEMBERED: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPaper:
    """A paper with what identifies its content and its PDF."""

    paper: Paper
    content_sha256: str
    sha256: str
    pages: int


class Press:
    """Renders papers and remembers the latest PDFs by their SHA-256."""

    def __init__(self) -> None:
        self._recent: OrderedDict[str, bytes] = OrderedDict()
        self._remembering = Lock()

    def issue(self, paper: Paper) -> RenderedPaper:
        """Render a paper that is being issued; raises ``ClerkError("missing_characters")``."""
        from desktop.documents.pdf import page_count, render

        pdf = render(paper)
        sha256 = hashlib.sha256(pdf).hexdigest()
        self._remember(sha256, pdf)
        content = content_sha256(to_plain(paper))
        return RenderedPaper(paper=paper, content_sha256=content, sha256=sha256, pages=page_count(pdf))

    def again(self, paper: Paper, sha256: str) -> bytes:
        """Give the PDF of an issued paper, byte by byte as it was while the typesetter is the same."""
        from desktop.documents.pdf import render

        with self._remembering:
            pdf = self._recent.get(sha256)
        if pdf is None:
            pdf = render(paper)
            if hashlib.sha256(pdf).hexdigest() != sha256:
                # The words are those that were issued; only fonts or line breaks of a newer program differ.
                _LOG.warning("paper %s is set by another version of the typesetter", paper.number)
            self._remember(sha256, pdf)
        return pdf

    def reprint(self, paper: Paper) -> bytes:
        """Give a paper with the mark 补打."""
        from desktop.documents.pdf import Mark, render

        return render(paper, mark=Mark.REPRINT)

    def draft(self, paper: Paper) -> bytes:
        """Give a paper of what is not decided, with the mark 草稿."""
        from desktop.documents.pdf import Mark, render

        return render(paper, mark=Mark.DRAFT)

    def plain(self, paper: Paper) -> bytes:
        """Give a paper without a mark, such as a blank form."""
        from desktop.documents.pdf import render

        return render(paper)

    def together(self, papers: Sequence[Paper], progress: Progress = SILENT) -> Together:
        """Give many papers without a mark as one PDF; raises ``ClerkError("missing_characters")``, ``Cancelled``."""
        from desktop.documents.pdf import render_together

        return render_together(papers, progress)

    def _remember(self, sha256: str, pdf: bytes) -> None:
        with self._remembering:
            self._recent[sha256] = pdf
            while len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)


def content_sha256(plain: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a paper's content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
