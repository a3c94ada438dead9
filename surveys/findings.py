"""What is wrong with a definition, or could read better: one value with file, line and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """An ERROR keeps a programme from being loaded; a WARNING is advice on wording."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `line` counts from 1; None where a folder, not a file, is meant."""

    file: Path
    line: int | None
    sentence: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.sentence}"

    @property
    def order(self) -> tuple[str, int, str]:
        """What findings are sorted by: file, then line."""
        return str(self.file), self.line or 0, self.sentence
