"""The papers of a decision: composed from what was decided, rendered, and ready to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.documents.context import PaperContext
from desktop.documents.registry import bundle
from desktop.domain.acts import Act, DecisionRequest, Office, Preview
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Progress
from desktop.services.press import Press, RenderedPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers of one decision: its own, the transfer sheet's where there is one, and all earlier ones."""

    own: str
    transfer: str = ""
    earlier: tuple[str, ...] = ()


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
        provisional="site_check_by" in assessment.provisional_dates,
        previous_numbers=numbers.earlier,
        transfer_number=numbers.transfer,
    )


def render_bundle(act: Act, context: PaperContext, *, press: Press, progress: Progress) -> tuple[RenderedPaper, ...]:
    """Compose and render every paper of an act; raises ``ClerkError("missing_characters")``."""
    papers = bundle(act, context)
    rendered = []
    for done, paper in enumerate(papers):
        progress.step(done, len(papers))
        rendered.append(press.issue(paper))
    progress.step(len(papers), len(papers))
    return tuple(rendered)
