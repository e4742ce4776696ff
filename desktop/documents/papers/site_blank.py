"""The site of a blank form about a registration: a known matter stands in it already."""

from __future__ import annotations

from dataclasses import replace

from desktop.documents.context import PaperContext
from desktop.documents.papers.site_blanks import site_of_matter
from desktop.documents.site_paper import SitePaper


def blank_site_paper(ctx: PaperContext) -> SitePaper:
    """Give what a blank form about a registration is composed from; only a registration is extended and closed."""
    blank = site_of_matter(ctx)
    return replace(blank, site=replace(blank.site, accepted_on=ctx.issued_on))
