"""The worked example of the pack author's guide: an invented place that does not come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
GUIDE: Final = ROOT / "docs" / "policy-packs.md"
EXAMPLE: Final = ROOT / "docs" / "example-pack" / "example" / "2026-07.toml"
