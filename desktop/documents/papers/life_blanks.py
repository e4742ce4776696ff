"""Blank forms of the life of a registration: extension, change, close-out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.change import change_blank
from desktop.documents.papers.close_out import closeout_application_blank, closeout_check_blank
from desktop.documents.papers.extension import extension_blank
from desktop.documents.titles import TITLES
from desktop.domain.facts import SMALL_WORK

LIFE_BLANKS: Final[Mapping[str, tuple[str, str, Callable[[PaperContext], Paper]]]] = MappingProxyType(
    {
        code: (TITLES[code], SMALL_WORK, compose)
        for code, compose in (
            ("extension_application", extension_blank),
            ("change_form", change_blank),
            ("closeout_application", closeout_application_blank),
            ("closeout_check", closeout_check_blank),
        )
    }
)
