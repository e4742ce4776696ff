"""Adding photos from a folder to what they show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from desktop.domain.attachments import AttachedTo, Moment
from desktop.services.desk import Desk


def add_photos(
    desk: Desk, subject: AttachedTo, subject_id: int, files: Sequence[Path], *, moment: Moment | None = None
) -> None:
    """Add each file; raises as ``AttachmentService.add_to`` at the first that cannot be taken."""
    for file in files:
        desk.attachments.add_to(subject, subject_id, file, act_id=uuid4().hex, moment=moment, title=file.stem)
