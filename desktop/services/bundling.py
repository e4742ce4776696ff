"""The papers of a decision: composed from what was decided, rendered, and ready to be stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from desktop.documents.blocks import Paper
from desktop.documents.context import PaperContext
from desktop.documents.pdf import page_count, render
from desktop.documents.registry import bundle
from desktop.domain.acts import Act, DecisionRequest, Office, Preview
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers of one decision: its own, the transfer sheet's where there is one, and all earlier ones."""

    own: str
    transfer: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPaper:
    """A paper with what identifies its PDF."""

    paper: Paper
    sha256: str
    pages: int


def paper_context(
    request: DecisionRequest,
    preview: Preview,
    *,
    office: Office,
    pack: PolicyPack,
    numbers: Numbers,
    visit: int,
    on: date,
) -> PaperContext:
    """Give what the papers of a decision are composed from."""
    assessment = preview.assessment
    accepted = request.act is Act.ACCEPT
    return PaperContext(
        office=office,
        pack=pack,
        walk_in=request.walk_in,
        assessment=assessment,
        number=numbers.own,
        issued_on=on,
        accepted_on=on if accepted else None,
        valid_until=assessment.validity_end if accepted else None,
        extension_first=assessment.extension_first if accepted else None,
        extension_last=assessment.extension_last if accepted else None,
        site_check_by=assessment.site_check_by if accepted else None,
        feedback_by=assessment.acceptance_feedback_by,
        deficiencies=preview.deficiencies,
        reason=request.reason.strip(),
        visit=visit,
        provisional=bool(assessment.provisional_dates),
        previous_numbers=numbers.earlier,
        transfer_number=numbers.transfer,
    )


def render_bundle(act: Act, context: PaperContext, progress: Progress) -> tuple[RenderedPaper, ...]:
    """Compose and render every paper of an act; raises ``ClerkError("missing_characters")``."""
    papers = bundle(act, context)
    rendered = []
    for done, paper in enumerate(papers):
        progress.step(done, len(papers))
        pdf = render(paper)
        rendered.append(RenderedPaper(paper=paper, sha256=hashlib.sha256(pdf).hexdigest(), pages=page_count(pdf)))
    progress.step(len(papers), len(papers))
    return tuple(rendered)
