"""Where the records that others refer to lie in this ledger, or will lie once the package is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import PackageRecord, RecordKind
from desktop.models.issued_document import IssuedDocument
from desktop.services.record_check import outer_references
from desktop.services.record_shape import SHAPES
from desktop.services.record_uids import batches, every_uid, ids_by_uid

# Uids that cannot be turned back into a question: all of them are read once.
_READ_WHOLE = frozenset({RecordKind.FILING, RecordKind.LOOSE_PAPER})


class SubjectIndex:
    """Finds the subjects of this ledger by uid, many at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._whole: dict[RecordKind, dict[str, int]] = {}

    def ids(self, kind: RecordKind, uids: Collection[str]) -> dict[str, int]:
        """Give the ids of those of some uids that lie here."""
        if kind not in _READ_WHOLE:
            return ids_by_uid(self._session, kind, uids)
        every = self._whole.get(kind)
        if every is None:
            every = self._whole[kind] = every_uid(self._session, kind)
        return {uid: every[uid] for uid in uids if uid in every}


class Located:
    """The ids of what records refer to; ``new`` are the ids given out already to what is still to be written.

    ``new_papers`` are the ids given to loose papers, by the hash of their PDF.  What was found is kept: it grows with
    the different subjects referred to, filings and sites, never with the mass of patrols.
    """

    def __init__(
        self,
        session: Session,
        index: SubjectIndex,
        *,
        new: Mapping[RecordKind, Mapping[str, int]],
        new_papers: Mapping[str, int],
    ) -> None:
        self._session, self._index, self._new, self._new_papers = session, index, new, new_papers
        self._found: dict[RecordKind, dict[str, int | None]] = defaultdict(dict)
        self._papers: dict[tuple[int, str], int] = {}
        self._seen_filings: set[int] = set()
        self._loose: dict[str, int] | None = None

    def look_up(self, records: Iterable[PackageRecord]) -> None:
        """Find everything that some records refer to and that is not known yet."""
        wanted: dict[RecordKind, set[str]] = defaultdict(set)
        with_papers: set[str] = set()
        for record in records:
            for kind, uid in outer_references(record):
                wanted[kind].add(uid)
            for of in _filings_of_papers(record):
                wanted[RecordKind.FILING].add(of)
                with_papers.add(of)
        for kind, uids in wanted.items():
            missing = uids - self._found[kind].keys() - self._new.get(kind, {}).keys()
            self._found[kind].update(dict.fromkeys(missing))
            self._found[kind].update(self._index.ids(kind, missing))
        self._find_papers(with_papers)

    def subject(self, kind: RecordKind, uid: str) -> int | None:
        """Give the id of a subject that was looked up; None when it lies nowhere."""
        given = self._new.get(kind, {}).get(uid)
        return given if given is not None else self._found[kind].get(uid)

    def paper(self, of: str | None, sha256: str) -> int | None:
        """Give the id of an issued paper of a filing (``of``) or a loose one; None when it lies nowhere."""
        if of is None:
            given = self._new_papers.get(sha256)
            return given if given is not None else self._loose_papers().get(sha256)
        filing_id = self.subject(RecordKind.FILING, of)
        return None if filing_id is None else self._papers.get((filing_id, sha256))

    def _find_papers(self, filings: Iterable[str]) -> None:
        ids = {self.subject(RecordKind.FILING, uid) for uid in filings} - self._seen_filings - {None}
        known = {each for each in ids if each is not None}
        for some in batches(sorted(known)):
            asked = select(IssuedDocument.filing_id, IssuedDocument.sha256, IssuedDocument.id)
            for filing_id, sha256, key in self._session.execute(asked.where(IssuedDocument.filing_id.in_(some))):
                if filing_id is not None:
                    self._papers.setdefault((filing_id, sha256), key)
        self._seen_filings |= known

    def _loose_papers(self) -> Mapping[str, int]:
        if self._loose is None:
            asked = select(IssuedDocument.sha256, IssuedDocument.id).where(IssuedDocument.filing_id.is_(None))
            found = self._session.execute(asked.order_by(IssuedDocument.id.desc()))
            self._loose = {row.sha256: row.id for row in found}
        return self._loose


def _filings_of_papers(record: PackageRecord) -> Iterable[str]:
    """Give the other filings whose papers a record refers to."""
    for shape in SHAPES[record.kind]:
        if shape.paper is None:
            continue
        for row in record.rows.get(shape.table.name, ()):
            meant = row.get(shape.paper)
            if meant is not None and meant["of"] not in (None, record.uid):
                yield meant["of"]
