"""Photos and documents of entries of the registers: an activity as it was held, the report on an accident.

They hang on the form of an entry that stands and go along when it is put right, and on its community, never on a
filing: who sees the entry sees them, and like other photos without a filing they are kept.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Actor
from desktop.domain.attachments import AttachedKind, AttachedTo, MediaType
from desktop.domain.book import BookKind
from desktop.domain.errors import ClerkError
from desktop.models.attachment import Attachment
from desktop.models.book_entry import BookEntry
from desktop.queries.books import standing_entry
from desktop.services.book_base import WRITERS
from desktop.services.reach import require_any_in_area
from desktop.services.touched import LOOSE_ATTACHMENT, Subject

EVERY_WRITER = tuple(dict.fromkeys(right for rights in WRITERS.values() for right in rights))


def entry_to_show(session: Session, actor: Actor, entry_id: int) -> BookEntry:
    """Give the form of an entry that stands, by any form of it, if who acts may write there.

    Raises ``ClerkError``: no_such_entry (also of one that was withdrawn), not_permitted, outside_scope.
    """
    row = session.get(BookEntry, entry_id)
    entry = None if row is None else standing_entry(session, row.uid)
    if entry is None:
        raise ClerkError("no_such_entry", entry_id=entry_id)
    require_any_in_area(actor, WRITERS[BookKind(entry.kind)], entry.community)
    return entry


def kind_of_scan(media_type: MediaType) -> AttachedKind:
    """Say what a file shows: a photo, or a document such as a report."""
    return AttachedKind.OTHER if media_type is MediaType.PDF else AttachedKind.SITE_PHOTO


def go_along(session: Session, before: BookEntry, form: BookEntry) -> list[Subject]:
    """Let what shows an entry hang on its new form, in the community of that one; gives what was touched."""
    shows = (Attachment.subject == AttachedTo.BOOK_ENTRY.value, Attachment.subject_id == before.id)
    rows = session.scalars(select(Attachment).where(*shows)).all()
    for row in rows:
        row.subject_id, row.community = form.id, form.community
    session.flush()
    return [(LOOSE_ATTACHMENT, row.id) for row in rows]
