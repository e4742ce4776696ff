"""Whether training was held this year at the level of the district, as is asked every year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingYear:
    """The trainings of the district in one year."""

    year: int
    trainings: int
    persons: int
    last_on: date | None

    @property
    def is_held(self) -> bool:
        """Say whether 本年度已组织."""
        return self.trainings > 0

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        if self.last_on is None:
            return f"{self.year} 年度区级培训：尚未组织。"
        return (
            f"{self.year} 年度区级培训：已组织 {self.trainings} 次，{self.persons:,} 人次，"
            f"最近一次 {self.last_on.isoformat()}。"
        )
