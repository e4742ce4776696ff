"""Papers for a test: the same paper set twice gives the same bytes, so it is set once for a run."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import Final

from desktop.documents.blocks import Paper, to_plain
from desktop.documents.pdf import Mark, render

_KEPT: Final = 400


class QuickRender:
    """Stands in for ``render`` behind the press; the tests of papers call the typesetter itself."""

    def __init__(self) -> None:
        self._pdfs: OrderedDict[tuple[str, Mark], bytes] = OrderedDict()
        self._keeping = Lock()

    def __call__(self, paper: Paper, *, mark: Mark = Mark.NONE) -> bytes:
        """Give a paper as a PDF; what ``render`` raises is raised each time."""
        key = (json.dumps(to_plain(paper), sort_keys=True), mark)
        with self._keeping:
            pdf = self._pdfs.get(key)
        if pdf is None:
            pdf = render(paper, mark=mark)
            with self._keeping:
                self._pdfs[key] = pdf
                if len(self._pdfs) > _KEPT:
                    self._pdfs.popitem(last=False)
        return pdf
