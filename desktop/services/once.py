"""Acts that are asked for twice: the same act id gives what the first call wrote, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.models.base import Base
from desktop.models.gate import is_act_known

Row = TypeVar("Row", bound=Base)


def row_of_act(
    session: Session, entity: type[Row], act_id: str, told: Mapping[str, object] | None = None
) -> Row | None:
    """Give the row that an act wrote, None when the act is new.

    ``told`` holds by attribute what the act says now, of those that never change once written.  Raises
    ``ClerkError("act_id_used")`` when it was done with something else, or with something that is not to be seen.
    """
    column = entity.__mapper__.columns["act_id"]
    row = session.scalars(select(entity).where(column == act_id)).first()
    if row is None and is_act_known(session, entity, act_id):
        raise ClerkError("act_id_used", act_id=act_id)
    if row is not None and any(getattr(row, name) != value for name, value in (told or {}).items()):
        # Not every row is known by a number of its own.
        number = getattr(row, "number", None)
        raise ClerkError("act_id_used", act_id=act_id, **({} if number is None else {"number": number}))
    return row
