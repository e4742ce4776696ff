"""What rows of a record refer to in other records, by uid; looked up many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import RecordKind
from desktop.models.issued_document import IssuedDocument
from desktop.services.record_shape import TableShape
from desktop.services.record_uids import batches, uids_of

_SUBJECTS = {kind.value: kind for kind in RecordKind}


class References:
    """The uids of what was referred to so far.

    Grows with the different subjects that others refer to: filings and sites, never the mass of patrols.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._uids: dict[RecordKind, dict[int, str | None]] = defaultdict(dict)
        self._papers: dict[int, tuple[int | None, str]] = {}

    def look_up(self, rows: Iterable[tuple[TableShape, Mapping[str, Any]]]) -> None:
        """Find the uids of everything that some rows refer to and that is not known yet."""
        wanted: dict[RecordKind, set[int]] = defaultdict(set)
        papers: set[int] = set()
        for shape, stored in rows:
            for kind, key in meant(shape, stored):
                wanted[kind].add(key)
            if shape.paper is not None and stored[shape.paper] is not None:
                papers.add(stored[shape.paper])
        for filing_id in self._find_papers(papers):
            wanted[RecordKind.FILING].add(filing_id)
        for kind, keys in wanted.items():
            missing = keys - self._uids[kind].keys()
            self._uids[kind].update(dict.fromkeys(missing))
            self._uids[kind].update(uids_of(self._session, kind, missing))

    def of(self, shape: TableShape, stored: Mapping[str, Any], *, names_papers: bool) -> dict[str, Any]:
        """Give the references of a row as they stand in a record; those to what is not there are left out."""
        found: dict[str, Any] = {}
        for name, kind in shape.outer.items():
            self._put(found, name, kind, stored[name])
        if shape.is_attachment and stored["subject"] in _SUBJECTS:
            self._put(found, "subject_uid", _SUBJECTS[stored["subject"]], stored["subject_id"])
        if shape.paper is not None and names_papers and stored[shape.paper] in self._papers:
            filing_id, sha256 = self._papers[stored[shape.paper]]
            of = None if filing_id is None else self._uids[RecordKind.FILING].get(filing_id)
            found[shape.paper] = {"of": of, "sha256": sha256}
        return found

    def _put(self, found: dict[str, Any], name: str, kind: RecordKind, key: int | None) -> None:
        uid = None if key is None else self._uids[kind].get(key)
        if uid is not None:
            found[name] = uid

    def _find_papers(self, ids: set[int]) -> Iterator[int]:
        """Look up some papers; gives the filings they are of."""
        for some in batches(ids - self._papers.keys()):
            asked = select(IssuedDocument.id, IssuedDocument.filing_id, IssuedDocument.sha256)
            for key, filing_id, sha256 in self._session.execute(asked.where(IssuedDocument.id.in_(some))):
                self._papers[key] = (filing_id, sha256)
                if filing_id is not None:
                    yield filing_id


def meant(shape: TableShape, stored: Mapping[str, Any]) -> Iterator[tuple[RecordKind, int]]:
    """Give the other subjects that a row refers to by number; papers stand aside."""
    for name, kind in shape.outer.items():
        if stored[name] is not None:
            yield kind, stored[name]
    if shape.is_attachment and stored["subject_id"] is not None and stored["subject"] in _SUBJECTS:
        yield _SUBJECTS[stored["subject"]], stored["subject_id"]
