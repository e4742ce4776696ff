"""The visit and the papers of every reference filing: those of one acceptance by the program, copied."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from benchmarks.invented import Invented
from benchmarks.matter import minor_operation
from desktop.domain.acts import Act, DecisionRequest, Office
from desktop.models.filing import FilingVisit, VisitMaterial
from desktop.models.issued_document import IssuedDocument
from desktop.services.desk import open_desk

# Who is not accepted takes one paper home.
_OF_REFUSAL = 1
_PAPER = (
    "INSERT INTO issued_document (id, filing_id, visit_id, code, title, number, pages, template_version, issued_at,"
    " sha256, content_sha256, paper) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_VISIT = (
    "INSERT INTO visit (id, filing_id, ordinal, visited_on, decided_at, act, number, clerk, facts_fingerprint, noticed,"
    " settled, reason, is_notice_incomplete, is_signed, is_video_watched, video)"
    " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, '[]', ?, '', 0, 0, 0, '')"
)
_MATERIAL = "INSERT INTO visit_material (visit_id, code, verdict, copies, remark, checked_by) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one acceptance leaves behind, as the file holds it."""

    visit: Any
    materials: Sequence[Any]
    papers: Sequence[Any]

    @classmethod
    def of(cls, office: Office) -> Self:
        """Let the program accept one ordinary matter in a ledger of its own, and read what it wrote."""
        with tempfile.TemporaryDirectory() as folder:
            desk = open_desk(Path(folder))
            desk.office.set_up(office)
            matter = minor_operation(desk)
            desk.intake.decide(DecisionRequest(act_id=uuid4().hex, act=Act.ACCEPT, walk_in=matter))
            with desk.database.reading() as session:
                visit = FilingVisit
                settled = type_coerce(visit.settled, String).label("settled")
                found = session.execute(select(visit.act, visit.clerk, visit.facts_fingerprint, settled)).one()
                judged = VisitMaterial
                columns = (judged.code, judged.verdict, judged.copies, judged.remark, judged.checked_by)
                materials = session.execute(select(*columns)).all()
                papers = session.execute(_papers()).all()
            desk.close()
        return cls(found, materials, papers)

    def write(self, session: Session, filings: Sequence[tuple[Invented, str]]) -> None:
        """Write visit, verdicts and papers of some filings, their numbers with them."""
        connection = session.connection()
        connection.exec_driver_sql(_VISIT, [self._visit(one, number) for one, number in filings])
        materials = [(one.serial, *row) for one, _ in filings for row in self.materials]
        connection.exec_driver_sql(_MATERIAL, materials)
        connection.exec_driver_sql(_PAPER, [row for one, number in filings for row in self._papers_of(one, number)])

    def _visit(self, one: Invented, number: str) -> tuple[object, ...]:
        row, moment = self.visit, _moment(one)
        act = row.act if one.status == "registered" else Act.ONE_TIME_NOTICE.value
        fingerprint = row.facts_fingerprint
        return one.serial, one.serial, moment[:10], moment, act, number, row.clerk, fingerprint, row.settled

    def _papers_of(self, one: Invented, number: str) -> list[tuple[object, ...]]:
        papers = self.papers if one.status == "registered" else self.papers[:_OF_REFUSAL]
        most = len(self.papers)
        return [
            (
                one.serial * most + place,
                one.serial,
                one.serial,
                row.code,
                row.title,
                number,
                row.pages,
                row.template_version,
                _moment(one),
                row.sha256,
                row.content_sha256,
                row.paper,
            )
            for place, row in enumerate(papers)
        ]


def _papers() -> Any:
    document = IssuedDocument
    return select(
        document.code,
        document.title,
        document.pages,
        document.template_version,
        document.sha256,
        document.content_sha256,
        type_coerce(document.paper, String).label("paper"),
    ).order_by(document.id)


def _moment(one: Invented) -> str:
    return f"{datetime.combine(one.filed_on, time(2), UTC):%Y-%m-%d %H:%M:%S.%f}"
